"""Who may see a case: why oneself does, and who is kept apart from it (practice C4, R6)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.confidentiality import actions
from alongside.confidentiality.access import case_view, in_frame
from alongside.confidentiality.forms.access import ConflictForm, EndForm
from alongside.confidentiality.models import Conflict, MarkReader, UrgentOpening
from alongside.confidentiality.queries.urgent import own_openings
from alongside.confidentiality.queries.why import keeps_marks, kept_apart_from, why_i_see
from alongside.confidentiality.views.parts import small_form
from alongside.foundations import clock
from alongside.foundations.needs import actor_of, needs
from alongside.foundations.pages import open_form
from alongside.foundations.roles import OWN_ACCOUNT, READ_CASE, SUPERVISE
from alongside.people.models import Assignment, Case
from alongside.people.queries import here_now


@case_view(READ_CASE)
def case_access(request: HttpRequest, case: Case) -> HttpResponse:
    """Why I can see this case, who is kept apart from it, and who opened it urgently."""
    actor = actor_of(request)
    keeps = keeps_marks(actor, case)
    context = in_frame(
        request, case, "seen", why=why_i_see(actor, case), keeps=keeps, answers=SUPERVISE.held_by(actor.roles),
        conflicts=Conflict.objects.filter(case=case).select_related("staff", "declared_by").order_by("-since"),
        lent=Assignment.objects.filter(case=case, role="review").select_related("staff").order_by("-since"), today=clock.today(),
        readers=MarkReader.objects.filter(case=case).select_related("staff", "named_by").order_by("mark", "-since"),
        openings=UrgentOpening.objects.filter(case=case).select_related("staff", "judged_by").order_by("-began_at"),
    )  # fmt: skip
    return render(request, "confidentiality/case_access.html", context)


@case_view(READ_CASE)
def conflict_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Declare a conflict of interest: about oneself, or about anybody when one answers for the case."""
    actor = actor_of(request)
    among = here_now(actor.agency)
    if not SUPERVISE.held_by(actor.roles):
        among = among.filter(pk=actor.staff)
    form = open_form(request, ConflictForm, among=among, initial={"staff": actor.staff})

    def do() -> str:
        sent = form.cleaned_data
        actions.conflict_declare(actor, case=case, staff=sent["staff"], reason=sent["reason"], until=sent["until"])
        return _("%(name)s is kept apart from the case from now on.") % {"name": sent["staff"].name}

    told = _("From the next page on the case is closed to them, whatever their role. What they wrote in it stays.")
    leads = reverse("own_access") if request.POST.get("staff") == str(actor.staff) else ""
    return small_form(
        request, case, form, do, _("A conflict of interest"), _("Keep them apart"), told=told, leads=leads
    )


@case_view(SUPERVISE)
def conflict_end_it(request: HttpRequest, case: Case, conflict: UUID) -> HttpResponse:
    """Let somebody back to the case."""
    actor = actor_of(request)
    found = get_object_or_404(Conflict.objects.select_related("staff"), pk=conflict, case=case)
    form = open_form(request, EndForm)

    def do() -> str:
        actions.conflict_end(actor, conflict=found, why=form.cleaned_data["why"])
        return _("%(name)s is no longer kept apart from the case.") % {"name": found.staff.name}

    told = _("What they see then follows from their place and role, as for everyone.")
    return small_form(
        request, case, form, do, _("No longer apart?"), _("Let them back"), told=told, about=found.staff.name
    )


@needs(OWN_ACCOUNT)
def own_access(request: HttpRequest) -> HttpResponse:
    """What is closed to me and what I have opened urgently. It says nothing about any client."""
    context = {"apart": kept_apart_from(), "openings": own_openings(actor_of(request))}
    return render(request, "confidentiality/own_access.html", context)
