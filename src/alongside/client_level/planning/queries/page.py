"""One version of the plan as its page and its printed copy draw it."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from alongside.client_level.planning.queries.compare import (
    ACTIVITY_FIELDS,
    GOAL_FIELDS,
    OBJECTIVE_FIELDS,
    VERSION_FIELDS,
    News,
    changed_fields,
    news_of,
)  # fmt: skip
from alongside.client_level.planning.queries.measure import Measure, measure_of
from alongside.client_level.planning.queries.versions import cost_by_payer
from alongside.documentation.models import Activity, Goal, NeedDecision, Objective, PlanVersion, Progress
from alongside.people.models import Case

NOTHING_NEW: frozenset[str] = frozenset()


@dataclass
class ActivityDrawn:
    """An activity, with the names of its fields that are new in this version."""

    activity: Activity
    news: frozenset[str]


@dataclass
class ObjectiveDrawn:
    """An objective with its line, where it last stood, and who does what for it."""

    objective: Objective
    news: frozenset[str]
    line: Measure
    latest: Progress | None
    activities: list[ActivityDrawn] = field(default_factory=list)


@dataclass
class GoalDrawn:
    """A goal with its objectives."""

    goal: Goal
    news: frozenset[str]
    objectives: list[ObjectiveDrawn] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """The goal's place on the page."""
        return f"goal-{self.goal.number.replace('.', '-')}"


@dataclass
class PlanDrawn:
    """A whole version. `base` is the version that `news` are told against, if there was one."""

    version: PlanVersion
    base: PlanVersion | None
    goals: list[GoalDrawn]
    resting: list[NeedDecision]
    costs: list[tuple[str, Decimal]]
    news: frozenset[str]

    @property
    def total(self) -> Decimal:
        """The sum of what all activities cost."""
        return sum((cost for _payer, cost in self.costs), Decimal(0))


def _rows(kind: Any, version: PlanVersion, base: PlanVersion | None, *follow: str) -> tuple[list[Any], list[Any]]:
    keys = [version.pk] + ([base.pk] if base else [])
    rows = list(kind._default_manager.filter(version_id__in=keys).select_related("version", *follow))
    return [row for row in rows if row.version_id == version.pk], [row for row in rows if row.version_id != version.pk]


def _latest_progress(case: Case) -> dict[UUID, Progress]:
    latest: dict[UUID, Progress] = {}
    for progress in Progress.objects.filter(case=case).order_by("on", "id"):
        latest[progress.objective_id] = progress
    return latest


def plan_drawn(case: Case, version: PlanVersion, base: PlanVersion | None) -> PlanDrawn:
    """Everything a page shows of `version`, in a handful of queries however long the plan is."""
    goals, old_goals = _rows(Goal, version, base, "need")
    objectives, old_objectives = _rows(Objective, version, base)
    activities, old_activities = _rows(Activity, version, base)
    told = base is not None
    goal_news: News = news_of(old_goals, goals, GOAL_FIELDS) if told else {}
    objective_news: News = news_of(old_objectives, objectives, OBJECTIVE_FIELDS) if told else {}
    activity_news: News = news_of(old_activities, activities, ACTIVITY_FIELDS) if told else {}
    latest = _latest_progress(case)
    acts: dict[UUID, list[ActivityDrawn]] = defaultdict(list)
    for one in activities:
        acts[one.objective_id].append(ActivityDrawn(one, activity_news.get(one.pk, NOTHING_NEW)))
    steps: dict[UUID, list[ObjectiveDrawn]] = defaultdict(list)
    for step in objectives:
        at = latest.get(step.origin_id)
        news = objective_news.get(step.pk, NOTHING_NEW)
        steps[step.goal_id].append(ObjectiveDrawn(step, news, measure_of(step, at), at, acts[step.pk]))
    drawn = [GoalDrawn(goal, goal_news.get(goal.pk, NOTHING_NEW), steps[goal.pk]) for goal in goals]
    drawn.sort(key=lambda one: (one.goal.need.number, len(one.goal.number), one.goal.number))
    resting = NeedDecision.objects.filter(case=case, ended_on=None).select_related("need").order_by("need__number")
    frame = changed_fields(base, version, VERSION_FIELDS) if base else NOTHING_NEW
    return PlanDrawn(version, base, drawn, list(resting), cost_by_payer(activities), frame)
