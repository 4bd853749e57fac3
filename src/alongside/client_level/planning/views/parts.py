"""Forms of goals, objectives and activities. Where only a signed plan stands, saving begins its amendment."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.client_level.planning import actions
from alongside.client_level.planning.actions.activities import Doing
from alongside.client_level.planning.actions.objectives import Step
from alongside.client_level.planning.forms import ActivityForm, GoalForm, ObjectiveForm, PartForm
from alongside.client_level.planning.queries.compare import ACTIVITY_FIELDS, GOAL_FIELDS, OBJECTIVE_FIELDS
from alongside.client_level.planning.queries.versions import fingerprint, working_version
from alongside.client_level.planning.views.sure import sure
from alongside.confidentiality.access import case_view
from alongside.confidentiality.queries.alias import done_by
from alongside.documentation.models import Activity, Goal, Need, Objective, PlanVersion
from alongside.documentation.queries import case_page
from alongside.foundations import clock
from alongside.foundations.needs import actor_of
from alongside.foundations.pages import ask, open_form
from alongside.foundations.roles import WORK_CASE
from alongside.people.models import Case


def _asked(request: HttpRequest, case: Case, kind: Any, name: str) -> Any:
    """The row that the address names, if it names one of this case; else None."""
    try:
        key = UUID(request.GET.get(name, ""))
    except ValueError:
        return None
    return kind.objects.filter(pk=key, case=case).first()


def _page(
    request: HttpRequest, case: Case, form: PartForm, keep: Callable[[], str], *, title: str, button: str, **more: Any
) -> HttpResponse:
    """The page of one part of the plan: drawn, or saved by `keep`, which answers with the number it has in the plan."""
    version = more.pop("version", None) or working_version(case)
    context = case_page(request, case, "plan", form=form, title=title, button=button, version=version, **more)
    return ask(request, form, lambda: _back(case, keep()), form.template, context)


def _back(case: Case, number: str) -> str:
    return f"{reverse('plan', args=[case.pk])}#goal-{'-'.join(number.split('.')[:2])}"


def _copy_in(version: PlanVersion, kind: Any, row: Any) -> Any:
    """The row's copy in the version that is written in."""
    return kind.objects.filter(version=version, origin_id=row.origin_id).first() if row else None


def _as_read(row: Goal | Objective, form: type[PartForm]) -> dict[str, Any]:
    """What the form of a row begins with, and the edition it is read at."""
    read = {name: getattr(row, name) for name in form.of_the_row}
    return read | {form.under: getattr(row, f"{form.under}_id"), "edition": fingerprint(row, form.of_the_row)}


@case_view(WORK_CASE)
def goal_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Add a goal; `?need=` names the need it is for."""
    if working_version(case) is None:
        return redirect("plan_new", case.pk)
    need = _asked(request, case, Need, "need")
    form = open_form(request, GoalForm, above=Need.objects.filter(case=case).order_by("number"), initial={"need": need})

    def keep() -> str:
        return actions.goal_add(actor_of(request), **form.values("need", *GOAL_FIELDS)).number

    return _page(request, case, form, keep, title=_("Add a goal"), button=_("Add goal"))


@case_view(WORK_CASE)
def goal_edit(request: HttpRequest, case: Case, key: UUID) -> HttpResponse:
    """Change a goal of a draft."""
    goal = get_object_or_404(Goal, pk=key, case=case)
    form = open_form(request, GoalForm, above=Need.objects.filter(pk=goal.need_id), initial=_as_read(goal, GoalForm))

    def keep() -> str:
        edition, values = form.cleaned_data["edition"], form.values(*GOAL_FIELDS)
        return actions.goal_change(actor_of(request), goal=goal, edition=edition, values=values).number

    title = _("Change goal %(number)s") % {"number": goal.number}
    return _page(request, case, form, keep, title=title, button=_("Save goal"), goal=goal)


@case_view(WORK_CASE)
def goal_remove(request: HttpRequest, case: Case, key: UUID) -> HttpResponse:
    """Take a goal out of a draft."""
    goal = get_object_or_404(Goal, pk=key, case=case)
    return sure(
        request, case, lambda reason: actions.goal_remove(actor_of(request), goal=goal),
        title=_("Take goal %(number)s out") % {"number": goal.number},
        told=_("Its objectives and activities go with it. Earlier versions keep it."), button=_("Take it out of the draft"),
    )  # fmt: skip


@case_view(WORK_CASE)
def objective_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Add an objective; `?goal=` names the goal it is under."""
    version = working_version(case)
    if version is None:
        return redirect("plan_new", case.pk)
    goal = _copy_in(version, Goal, _asked(request, case, Goal, "goal"))
    goals = Goal.objects.filter(version=version).order_by("number")
    form = open_form(request, ObjectiveForm, above=goals, initial={"goal": goal})

    def keep() -> str:
        step = Step(**form.values(*OBJECTIVE_FIELDS))
        return actions.objective_add(actor_of(request), goal=form.cleaned_data["goal"], step=step).number

    return _page(request, case, form, keep, title=_("Add an objective"), button=_("Add objective"), version=version)


@case_view(WORK_CASE)
def objective_edit(request: HttpRequest, case: Case, key: UUID) -> HttpResponse:
    """Change an objective of a draft."""
    objective = get_object_or_404(Objective, pk=key, case=case)
    above = Goal.objects.filter(pk=objective.goal_id)
    form = open_form(request, ObjectiveForm, above=above, initial=_as_read(objective, ObjectiveForm))

    def keep() -> str:
        edition, step = form.cleaned_data["edition"], Step(**form.values(*OBJECTIVE_FIELDS))
        return actions.objective_change(actor_of(request), objective=objective, edition=edition, step=step).number

    title = _("Change objective %(number)s") % {"number": objective.number}
    return _page(request, case, form, keep, title=title, button=_("Save objective"), objective=objective)


@case_view(WORK_CASE)
def objective_remove(request: HttpRequest, case: Case, key: UUID) -> HttpResponse:
    """Take an objective out of a draft."""
    objective = get_object_or_404(Objective, pk=key, case=case)
    return sure(
        request, case, lambda reason: actions.objective_remove(actor_of(request), objective=objective),
        title=_("Take objective %(number)s out") % {"number": objective.number},
        told=_("Its activities go with it. Earlier versions keep it."), button=_("Take it out of the draft"),
    )  # fmt: skip


@case_view(WORK_CASE)
def activity_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Add an activity; `?objective=` names the objective it is for."""
    version = working_version(case)
    if version is None:
        return redirect("plan_new", case.pk)
    objective = _copy_in(version, Objective, _asked(request, case, Objective, "objective"))
    initial = {
        "objective": objective, "who": case.client.short_name, "starts_on": clock.today(),
        "ends_on": objective.due_on if objective else clock.today() + timedelta(days=case.program.review_every_days),
    }  # fmt: skip
    objectives = Objective.objects.filter(version=version).order_by("number")
    form = open_form(request, ActivityForm, above=objectives, initial=initial)

    def keep() -> str:
        chosen = form.cleaned_data["objective"]
        actions.activity_add(actor_of(request), objective=chosen, doing=Doing(**form.values(*ACTIVITY_FIELDS)))
        return str(chosen.number)

    return _page(request, case, form, keep, title=_("Add an activity"), button=_("Add activity"), version=version)


@case_view(WORK_CASE)
def activity_remove(request: HttpRequest, case: Case, key: UUID) -> HttpResponse:
    """Take an activity out of a draft."""
    activity = get_object_or_404(Activity.objects.select_related("objective", "version"), pk=key, case=case)
    return sure(
        request, case, lambda reason: actions.activity_remove(actor_of(request), activity=activity),
        title=_("Take this activity out"), told=f"{done_by(activity, case.client)}: {activity.what}", button=_("Take it out of the draft"),
    )  # fmt: skip
