"""Pages about those around the client, and the question for whom something is printed (practice C8, C1)."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.confidentiality.access import case_view, in_frame
from alongside.confidentiality.actions import Leave, disclosure_make, sharing_set
from alongside.confidentiality.forms.disclosures import PrintForm, ShareForm
from alongside.confidentiality.models import SharingWish
from alongside.confidentiality.queries.packet import parts_of_packet
from alongside.confidentiality.queries.releases import in_force
from alongside.foundations.needs import actor_of
from alongside.foundations.pages import ask, open_form
from alongside.foundations.roles import WORK_CASE
from alongside.people.models import Case, SignificantOther

PAPERS: dict[str, tuple[str, tuple[str, ...]]] = {"file": ("case_file", ()), "plan": ("plan_pdf", ("plan",))}
"""By name: the page that draws it for the file, and the parts of the packet that it is; none is all of them."""


@case_view(WORK_CASE)
def sharing(request: HttpRequest, case: Case, other: UUID) -> HttpResponse:
    """What one person around the client may be told."""
    kin = get_object_or_404(SignificantOther, pk=other, person=case.client_id)
    wish = SharingWish.objects.filter(other=kin).first()
    first = {"may_share": wish.may_share, "edition": wish.edition} if wish else {}
    form = open_form(request, ShareForm, initial=first)

    def do() -> str:
        told = form.cleaned_data
        sharing_set(
            actor_of(request), case=case, other=kin, may_share=told["may_share"], edition=told["edition"] or 0
        )
        return reverse("consent", args=[case.pk])

    context = in_frame(request, case, "people", other=kin, wish=wish)
    return ask(request, form, do, "confidentiality/sharing.html", context)


@case_view(WORK_CASE)
def print_for(request: HttpRequest, case: Case, what: str) -> HttpResponse:
    """Ask for whom a paper is, before it is drawn: what leaves the agency leaves as a disclosure."""
    if what not in PAPERS:
        raise Http404
    others = list(SignificantOther.objects.filter(person=case.client_id, must_not_know=False).order_by("pk"))
    form = open_form(
        request, PrintForm, releases=in_force(case), others=others, client=case.client.short_name
    )
    context: dict[str, Any] = in_frame(request, case, "consent", what=what)

    def do() -> str:
        kind, _colon, key = form.cleaned_data["whom"].partition(":")
        if kind == "file":
            return reverse(PAPERS[what][0], args=[case.pk])
        if kind in ("release", "other"):
            return f"{reverse('disclosure_new', args=[case.pk])}?{kind}={key}"
        return _for_client(request, case, what)

    return ask(request, form, do, "confidentiality/print_for.html", context)


def _for_client(request: HttpRequest, case: Case, what: str) -> str:
    """What the client gets of their own record is a disclosure to them; the plan is drawn in its own, readable dress."""
    page, parts = PAPERS[what]
    keys = [item.key for one in parts_of_packet(case) for item in one.items if not parts or one.part.key in parts]
    made = disclosure_make(
        actor_of(request), case=case, recipient="", leave=Leave(), ticked=keys, purpose=_("Their own copy")
    )
    return reverse(page, args=[case.pk]) if parts else reverse("disclosure", args=[case.pk, made.pk])
