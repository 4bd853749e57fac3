"""Forms of decisions to let a need rest."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.client_level.planning.actions import decision_end as end
from alongside.client_level.planning.actions import decision_record
from alongside.client_level.planning.forms import DecisionForm
from alongside.client_level.planning.views.sure import sure
from alongside.confidentiality.access import case_view
from alongside.documentation.models import Need, NeedDecision
from alongside.documentation.queries import case_page
from alongside.foundations import clock
from alongside.foundations.needs import actor_of
from alongside.foundations.pages import ask, open_form
from alongside.foundations.roles import WORK_CASE
from alongside.people.models import Case

ASKED = ("kind", "decided_by", "why", "client_words", "decided_on", "look_again_on")


@case_view(WORK_CASE)
def decision_new(request: HttpRequest, case: Case, need: UUID) -> HttpResponse:
    """Let a need rest: wait with it, or leave it, because the client or the worker decided so."""
    row = get_object_or_404(Need, pk=need, case=case)
    form = open_form(
        request, DecisionForm, initial={"decided_on": clock.today(), "kind": "defer", "decided_by": "both"}
    )
    context = case_page(request, case, "plan", form=form, need=row)

    def do() -> str:
        decision_record(actor_of(request), need=row, **{name: form.cleaned_data[name] for name in ASKED})
        return reverse("case", args=[case.pk])

    return ask(request, form, do, "planning/decision_form.html", context)


@case_view(WORK_CASE)
def decision_end(request: HttpRequest, case: Case, key: UUID) -> HttpResponse:
    """Take a resting need up again."""
    decision = get_object_or_404(NeedDecision.objects.select_related("need"), pk=key, case=case)
    return sure(
        request, case, lambda reason: end(actor_of(request), decision=decision),
        title=_("Take up need %(number)s again") % {"number": decision.need.number},
        told=_("From today on it waits for a goal, or for another decision."), button=_("Take it up again"),
    )  # fmt: skip
