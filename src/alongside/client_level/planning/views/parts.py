"""Forms of goals, objectives and activities. Where only a signed plan stands, saving begins its amendment."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.client_level.planning import actions
from alongside.client_level.planning.actions.activities import Doing
from alongside.client_level.planning.actions.objectives import Step
from alongside.client_level.planning.forms import ActivityForm, GoalForm, ObjectiveForm
from alongside.client_level.planning.queries.compare import ACTIVITY_FIELDS, GOAL_FIELDS, OBJECTIVE_FIELDS
from alongside.client_level.planning.queries.versions import fingerprint, working_version
from alongside.client_level.planning.views.sure import sure
from alongside.confidentiality.access import case_view
from alongside.documentation.models import Activity, Goal, Need, Objective, PlanVersion
from alongside.documentation.queries import case_page
from alongside.foundations import clock
from alongside.foundations.needs import actor_of
from alongside.foundations.pages import HouseForm, open_form, save
from alongside.foundations.roles import WORK_CASE
from alongside.people.models import Case


def _asked(request: HttpRequest, case: Case, kind: Any, name: str) -> Any:
    """The row that the address names, if it names one of this case; else None."""
    try:
        key = UUID(request.GET.get(name, ""))
    except ValueError:
        return None
    return kind.objects.filter(pk=key, case=case).first()


def _page(request: HttpRequest, case: Case, form: HouseForm, title: str, button: str, template: str) -> dict[str, Any]:
    version = working_version(case)
    return case_page(request, case, "plan", form=form, title=title, button=button, version=version, template=template)


def _back(case: Case, number: str) -> str:
    return f"{reverse('plan', args=[case.pk])}#goal-{'-'.join(number.split('.')[:2])}"


def _copy_in(version: PlanVersion, kind: Any, row: Any) -> Any:
    """The row's copy in the version that is written in."""
    return kind.objects.filter(version=version, origin_id=row.origin_id).first() if row else None


@case_view(WORK_CASE)
def goal_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Add a goal; `?need=` names the need it is for."""
    if working_version(case) is None:
        return redirect("plan_new", case.pk)
    need = _asked(request, case, Need, "need")
    form = open_form(request, GoalForm, needs=Need.objects.filter(case=case).order_by("number"), initial={"need": need})
    context = _page(request, case, form, _("Add a goal"), _("Add goal"), "planning/goal_form.html")
    if request.method != "POST":
        return render(request, "planning/goal_form.html", context)

    def do() -> str:
        values = {name: form.cleaned_data[name] for name in GOAL_FIELDS}
        goal = actions.goal_add(actor_of(request), need=form.cleaned_data["need"], **values)
        return _back(case, goal.number)

    return save(request, form, do, "planning/goal_form.html", context)


@case_view(WORK_CASE)
def goal_edit(request: HttpRequest, case: Case, key: UUID) -> HttpResponse:
    """Change a goal of a draft."""
    goal = get_object_or_404(Goal, pk=key, case=case)
    initial = {name: getattr(goal, name) for name in GOAL_FIELDS}
    initial |= {"need": goal.need_id, "edition": fingerprint(goal, GOAL_FIELDS)}
    form = open_form(request, GoalForm, needs=Need.objects.filter(pk=goal.need_id), initial=initial)
    title = _("Change goal %(number)s") % {"number": goal.number}
    context = _page(request, case, form, title, _("Save goal"), "planning/goal_form.html") | {"goal": goal}
    if request.method != "POST":
        return render(request, "planning/goal_form.html", context)

    def do() -> str:
        values = {name: form.cleaned_data[name] for name in GOAL_FIELDS}
        actions.goal_change(actor_of(request), goal=goal, edition=form.cleaned_data["edition"], values=values)
        return _back(case, goal.number)

    return save(request, form, do, "planning/goal_form.html", context)


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
    form = open_form(request, ObjectiveForm, goals=goals, initial={"goal": goal})
    context = _page(request, case, form, _("Add an objective"), _("Add objective"), "planning/objective_form.html")
    if request.method != "POST":
        return render(request, "planning/objective_form.html", context)

    def do() -> str:
        step = Step(**{name: form.cleaned_data[name] for name in OBJECTIVE_FIELDS})
        objective = actions.objective_add(actor_of(request), goal=form.cleaned_data["goal"], step=step)
        return _back(case, objective.number)

    return save(request, form, do, "planning/objective_form.html", context)


@case_view(WORK_CASE)
def objective_edit(request: HttpRequest, case: Case, key: UUID) -> HttpResponse:
    """Change an objective of a draft."""
    objective = get_object_or_404(Objective, pk=key, case=case)
    initial = {name: getattr(objective, name) for name in OBJECTIVE_FIELDS}
    initial |= {"goal": objective.goal_id, "edition": fingerprint(objective, OBJECTIVE_FIELDS)}
    form = open_form(request, ObjectiveForm, goals=Goal.objects.filter(pk=objective.goal_id), initial=initial)
    title = _("Change objective %(number)s") % {"number": objective.number}
    context = _page(request, case, form, title, _("Save objective"), "planning/objective_form.html") | {
        "objective": objective
    }
    if request.method != "POST":
        return render(request, "planning/objective_form.html", context)

    def do() -> str:
        step = Step(**{name: form.cleaned_data[name] for name in OBJECTIVE_FIELDS})
        edition = form.cleaned_data["edition"]
        actions.objective_change(actor_of(request), objective=objective, edition=edition, step=step)
        return _back(case, objective.number)

    return save(request, form, do, "planning/objective_form.html", context)


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
    form = open_form(request, ActivityForm, objectives=objectives, initial=initial)
    context = _page(request, case, form, _("Add an activity"), _("Add activity"), "planning/activity_form.html")
    if request.method != "POST":
        return render(request, "planning/activity_form.html", context)

    def do() -> str:
        values = {name: form.cleaned_data[name] for name in ACTIVITY_FIELDS}
        chosen = form.cleaned_data["objective"]
        actions.activity_add(actor_of(request), objective=chosen, doing=Doing(**values))
        return _back(case, chosen.number)

    return save(request, form, do, "planning/activity_form.html", context)


@case_view(WORK_CASE)
def activity_remove(request: HttpRequest, case: Case, key: UUID) -> HttpResponse:
    """Take an activity out of a draft."""
    activity = get_object_or_404(Activity.objects.select_related("objective", "version"), pk=key, case=case)
    return sure(
        request, case, lambda reason: actions.activity_remove(actor_of(request), activity=activity),
        title=_("Take this activity out"), told=f"{activity.who}: {activity.what}", button=_("Take it out of the draft"),
    )  # fmt: skip
