"""Pages of monitoring: a review of the plan with the client, and one objective on its own."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.client_level.monitoring.actions import progress_record, review_hold
from alongside.client_level.monitoring.forms import ProgressForm, ReviewForm
from alongside.client_level.monitoring.queries import last_review, plan_in_effect, seen_of, still_open
from alongside.confidentiality.access import case_view
from alongside.documentation.models import Objective
from alongside.documentation.queries import case_page
from alongside.foundations import clock
from alongside.foundations.needs import actor_of
from alongside.foundations.pages import ask, open_form
from alongside.foundations.roles import WORK_CASE
from alongside.people.models import Case


@case_view(WORK_CASE)
def review_new(request: HttpRequest, case: Case) -> HttpResponseBase:
    """Review the plan in effect: every open objective, both voices, and when to look again (M2, M3, M5, R1)."""
    seen = still_open(case)
    first = {"on": clock.today(), "next_on": clock.today() + timedelta(days=case.program.review_every_days)}
    form = open_form(request, ReviewForm, seen=seen, initial=first)
    context = case_page(
        request, case, "plan", form=form, version=plan_in_effect(case), last=last_review(case), count=len(seen)
    )
    return ask(request, form, lambda: _hold(request, case, form), "monitoring/review_new.html", context)


def _hold(request: HttpRequest, case: Case, form: ReviewForm) -> str:
    typed = form.cleaned_data
    review_hold(
        actor_of(request), case=case, on=typed["on"], present=form.there(), stood=form.stood(),
        next_on=typed["next_on"], words=typed["words"], client_words=typed["client_words"],
    )  # fmt: skip
    messages.success(request, _("The review is on record."))
    return reverse("case", args=[case.pk])


@case_view(WORK_CASE)
def progress_new(request: HttpRequest, case: Case, objective: UUID) -> HttpResponseBase:
    """Say how one objective stands. The Thread's mend leads here with the objective's origin (M5)."""
    origin = get_object_or_404(Objective.objects.select_related("case", "goal"), pk=objective, case=case)
    # The words of the objective as they stand now; its progress belongs to the row it was first written as.
    newest = origin.copies.select_related("goal", "case").order_by("-version__number").first() or origin
    form = open_form(request, ProgressForm, initial={"on": clock.today()})
    seen = seen_of(newest)
    context = case_page(request, case, "thread", form=form, objective=newest, seen=seen, outcome=seen.outcome)
    return ask(
        request, form, lambda: _record(request, newest, form.cleaned_data), "monitoring/progress_new.html", context
    )


def _record(request: HttpRequest, objective: Objective, typed: dict[str, object]) -> str:
    values = {name: typed[name] for name in ("on", "standing", "value", "trouble", "words", "client_words")}
    progress_record(actor_of(request), objective=objective, **values)  # type: ignore[arg-type]
    messages.success(request, _("Where %(number)s stands is on record.") % {"number": objective.number})
    return reverse("case", args=[objective.case_id])
