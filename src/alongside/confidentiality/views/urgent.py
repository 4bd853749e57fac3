"""The urgent opening of a case from outside its team, and its judgment (practice C5)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.confidentiality import actions
from alongside.confidentiality.forms.access import CalledForm, JudgeForm, UrgentForm
from alongside.confidentiality.models import UrgentOpening
from alongside.confidentiality.queries.urgent import cases_called, hours_of_agency, judged_lately, unjudged
from alongside.foundations import looks
from alongside.foundations.errors import RuleBroken
from alongside.foundations.needs import actor_of, needs, page_name
from alongside.foundations.pages import ask, drop_draft, open_form
from alongside.foundations.roles import READ_CASE, SUPERVISE


@needs(READ_CASE)
def urgent(request: HttpRequest) -> HttpResponse:
    """Find out whether there is a case, by its number or the exact name; by POST, so that no address holds a name."""
    actor, form = actor_of(request), open_form(request, CalledForm)
    context: dict[str, Any] = {"form": form, "hours": hours_of_agency(), "asked": False}
    if request.method == "POST" and form.is_valid():
        drop_draft(request)
        looks.look(looks.SEARCHED, actor=actor, page=page_name(request))
        found = cases_called(form.cleaned_data["called"])
        first = found[0].number if len(found) == 1 else ""
        context |= {"asked": True, "found": found, "opens": UrgentForm(initial={"called": first})}
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    return render(request, "confidentiality/urgent.html", context, status=status)


@needs(READ_CASE)
def urgent_reason(request: HttpRequest) -> HttpResponse:
    """Say why it cannot wait, and have the case opened for some hours."""
    actor, form = actor_of(request), open_form(request, UrgentForm)
    context = {"hours": hours_of_agency()}

    def do() -> str:
        found = cases_called(form.cleaned_data["called"])
        if len(found) != 1:
            raise RuleBroken(_("There is no one case of that number. Check it."), "practice C5", "called")
        opening = actions.urgent_open(actor, called=found[0], reason=form.cleaned_data["reason"])
        messages.success(request, _("The case is open to you for reading. Its supervisor has been told."))
        return reverse("case", args=[opening.case_id])

    return ask(request, form, do, "confidentiality/urgent_reason.html", context)


@needs(SUPERVISE)
def urgent_openings(request: HttpRequest) -> HttpResponse:
    """What waits for judgment, and what was judged lately."""
    actor = actor_of(request)
    looks.look(looks.LISTED, actor=actor, page=page_name(request))
    context = {"waiting": unjudged(actor), "judged": judged_lately(actor)}
    return render(request, "confidentiality/urgent_openings.html", context)


@needs(SUPERVISE)
def urgent_judgment(request: HttpRequest, opening: UUID) -> HttpResponse:
    """Read one urgent opening, and say whether it was fitting."""
    actor = actor_of(request)
    rows = UrgentOpening.objects.select_related("staff", "case__client", "judged_by").exclude(staff_id=actor.staff)
    found = get_object_or_404(rows, pk=opening)
    looks.look(looks.OPENED, actor=actor, case=found.case_id, page=page_name(request))
    form = open_form(request, JudgeForm)

    def do() -> str:
        sent = form.cleaned_data
        actions.urgent_judge(actor, opening=found, fitting=sent["fitting"] == "yes", words=sent["words"])
        messages.success(request, _("The opening is judged."))
        return reverse("urgent_openings")

    return ask(request, form, do, "confidentiality/urgent_judgment.html", {"opening": found})
