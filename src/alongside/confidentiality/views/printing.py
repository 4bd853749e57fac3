"""The question for whom something is printed, asked before it is drawn (practice C1, C2, P9)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.confidentiality.access import case_view, in_frame
from alongside.confidentiality.actions import Leave, disclosure_make
from alongside.confidentiality.forms.disclosures import PrintForm
from alongside.confidentiality.queries.disclosures import OWN_COPY
from alongside.confidentiality.queries.packet import Item, parts_of_packet
from alongside.confidentiality.queries.releases import in_force
from alongside.foundations.errors import RuleBroken
from alongside.foundations.needs import actor_of
from alongside.foundations.pages import ask, open_form
from alongside.foundations.roles import WORK_CASE
from alongside.people.models import Case, SignificantOther

TITLES = {
    "file": gettext_lazy("Print the case file"),
    "plan": gettext_lazy("Print the plan"),
    "assessment": gettext_lazy("Print the assessment"),
}
PAGES = {"file": "case_file", "plan": "plan_version_pdf", "assessment": "assessment_pdf"}
"""The page that draws each for the file, inside the agency."""
IN_THEIR_LANGUAGE = "?own=1"
"""Asks the plan to be drawn in the language that the client reads."""


@case_view(WORK_CASE)
def print_for(request: HttpRequest, case: Case, what: str) -> HttpResponse:
    """Ask for whom a paper is: what leaves the agency leaves as a disclosure; a print for the file is a look."""
    if what not in TITLES:
        raise Http404
    others = list(SignificantOther.objects.filter(person=case.client_id, must_not_know=False).order_by("pk"))
    form = open_form(request, PrintForm, releases=in_force(case), others=others, client=case.client.short_name)
    context: dict[str, Any] = in_frame(request, case, "consent", title=TITLES[what])

    def do() -> str:
        kind, _colon, key = form.cleaned_data["whom"].partition(":")
        if kind == "file":
            return _page(request, case, what)
        if kind in ("release", "other"):
            return f"{reverse('disclosure_new', args=[case.pk])}?{kind}={key}"
        return _for_client(request, case, what)

    return ask(request, form, do, "confidentiality/print_for.html", context)


def _version(request: HttpRequest) -> int | None:
    told = request.GET.get("version", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 5 else None


def _page(request: HttpRequest, case: Case, what: str) -> str:
    if what != "plan":
        return reverse(PAGES[what], args=[case.pk])
    version = _version(request)
    return reverse(PAGES[what], args=[case.pk, version]) if version else reverse("plan_pdf", args=[case.pk])


def _for_client(request: HttpRequest, case: Case, what: str) -> str:
    """What the client gets of their own record is a disclosure to them; plan and assessment are then drawn in their dress."""
    items = [item for one in parts_of_packet(case) for item in one.items if what in ("file", one.part.key)]
    if what == "plan":
        items = _one_version(items, _version(request))
    if not items:
        raise RuleBroken(
            _("None of it is signed or complete yet. Sign or complete it first; drafts are not shared."), "practice C2", "whom"
        )  # fmt: skip
    made = disclosure_make(
        actor_of(request), case=case, recipient="", leave=Leave(), ticked=[item.key for item in items],
        purpose=str(OWN_COPY),
    )  # fmt: skip
    if what == "file":
        return reverse("disclosure", args=[case.pk, made.pk])
    return _page(request, case, what) + (IN_THEIR_LANGUAGE if what == "plan" else "")


def _one_version(items: list[Item], version: int | None) -> list[Item]:
    return [item for item in items if item.number == version] if version else items[-1:]
