"""Who works on a case: the team, cover, and the next primary (practice E7)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from alongside.client_level.engagement import actions
from alongside.client_level.engagement.forms.persons import StopForm
from alongside.client_level.engagement.forms.team import PrimaryForm, TeamForm
from alongside.client_level.engagement.queries import case_managers, colleagues
from alongside.client_level.engagement.views.persons import small_form
from alongside.confidentiality.access import case_view
from alongside.foundations import looks
from alongside.foundations.errors import NotAllowed
from alongside.foundations.needs import actor_of, page_name
from alongside.foundations.pages import open_form
from alongside.foundations.roles import SUPERVISE, WORK_CASE
from alongside.people.models import Assignment, Case


@case_view(WORK_CASE)
def team_join(request: HttpRequest, case: Case) -> HttpResponse:
    """Put someone on the case's team, or arrange cover."""
    form, actor = open_form(request, TeamForm, among=colleagues()), actor_of(request)
    do = lambda sent: actions.assignment_add(actor, case=case, **sent)  # noqa: E731
    return small_form(request, case, form, do, _("Someone else on this case"), _("Let them work on it"))


@case_view(WORK_CASE)
def team_leave(request: HttpRequest, case: Case, assignment: UUID) -> HttpResponse:
    """End someone's part in the case."""
    found = get_object_or_404(Assignment.objects.select_related("staff"), pk=assignment, case=case)
    form, actor = open_form(request, StopForm), actor_of(request)
    do = lambda sent: actions.assignment_end(actor, case=case, assignment=found)  # noqa: E731
    told = _("The file is open to them until the end of today.")
    return small_form(
        request, case, form, do, _("No longer on this case"), _("End their part"), told=told, about=found.staff.name
    )


@case_view(SUPERVISE)
def primary_next(request: HttpRequest, case: Case) -> HttpResponse:
    """Name the next primary case manager, from tomorrow on or from today. A supervisor or the program manager does it."""
    actor = actor_of(request)
    if not SUPERVISE.held_by(actor.roles):
        looks.look(looks.REFUSED, actor=actor, case=case.pk, page=page_name(request))
        raise NotAllowed(_("A supervisor or the program manager names the next primary."))
    form = open_form(request, PrimaryForm, among=case_managers(case.program))
    do = lambda sent: actions.primary_change(  # noqa: E731
        actor, case=case, staff=sent["staff"], reason=sent["reason"], chosen_by_client=sent["chosen"] == "yes",
        today=sent["begins"] == "today",
    )  # fmt: skip
    told = _(
        "From tomorrow they answer for the case, and can work in the file from today to take it over. "
        "From today: the last one can still work in it until tonight, to hand it over."
    )
    return small_form(request, case, form, do, _("The next primary case manager"), _("Name them"), told=told)
