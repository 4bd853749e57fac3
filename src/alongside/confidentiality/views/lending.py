"""A file lent for review: to whom, for which review, until when (practice S7, S12)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from alongside.confidentiality import actions
from alongside.confidentiality.access import case_view
from alongside.confidentiality.forms.access import LendForm
from alongside.confidentiality.views.parts import small_form
from alongside.foundations.needs import actor_of
from alongside.foundations.pages import HouseForm, open_form
from alongside.foundations.roles import SUPERVISE
from alongside.people.models import Assignment, Case
from alongside.people.queries import here_now


@case_view(SUPERVISE)
def file_lend(request: HttpRequest, case: Case) -> HttpResponse:
    """Lend the file for reading."""
    actor = actor_of(request)
    form = open_form(request, LendForm, among=here_now(actor.agency).exclude(pk=actor.staff))

    def do() -> str:
        sent = form.cleaned_data
        actions.file_lend(actor, case=case, staff=sent["staff"], review=sent["reason"], until=sent["until"])
        return _("The file is lent to %(name)s.") % {"name": sent["staff"].name}

    told = _(
        "They may read everything but what bears a mark, and write nothing. It closes by itself after the last day."
    )
    return small_form(request, case, form, do, _("Lend the file for review"), _("Lend the file"), told=told)


@case_view(SUPERVISE)
def file_take_back(request: HttpRequest, case: Case, assignment: UUID) -> HttpResponse:
    """Close a lent file before its day."""
    rows = Assignment.objects.filter(case=case, role="review").select_related("staff")
    found = get_object_or_404(rows, pk=assignment)
    form = open_form(request, HouseForm)

    def do() -> str:
        actions.file_take_back(actor_of(request), lent=found)
        return _("The file is closed to %(name)s.") % {"name": found.staff.name}

    return small_form(request, case, form, do, _("Take the file back?"), _("Take it back"), about=found.staff.name)
