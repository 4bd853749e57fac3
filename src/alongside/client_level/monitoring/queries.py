"""Reads of monitoring: how each objective of the plan in effect stands against its own measure (practice M2, M5)."""

import re
from dataclasses import dataclass

from alongside.client_level.monitoring.models import Review
from alongside.documentation.models import Objective, PlanVersion, Progress
from alongside.documentation.models.plan import PlanState
from alongside.documentation.models.thread import ENDS
from alongside.people.models import Case

FIGURE = re.compile(r"(?<![\w.,])-?\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class Measured:
    """An objective with what was seen of it, newest first. `past` belongs to its origin, so amendments keep it."""

    objective: Objective
    past: tuple[Progress, ...]

    @property
    def last(self) -> Progress | None:
        """The newest look at it, or None when nobody has looked yet."""
        return self.past[0] if self.past else None

    @property
    def outcome(self) -> Progress | None:
        """The look that ended it, or None while it is open."""
        return next((seen for seen in self.past if seen.standing in ENDS), None)

    @property
    def now(self) -> str:
        """The newest value that was given on its own measure, or empty."""
        return next((seen.value for seen in self.past if seen.value), "")

    @property
    def share(self) -> float | None:
        """How much of the way from baseline to target is gone, 0 to 100; None where the measure is not in figures."""
        start, here, end = (_figure(text) for text in (self.objective.baseline, self.now, self.objective.target))
        if start is None or here is None or end is None or start == end:
            return None
        return round(min(max((here - start) / (end - start), 0), 1) * 100, 1)

    @property
    def key(self) -> str:
        """What the fields of this objective are called in a form."""
        return self.objective.origin_id.hex


def _figure(text: str) -> float | None:
    """The first figure in a text such as `$1,200` or `2 nights`, or None."""
    found = FIGURE.search(text)
    return float(found[0].replace(",", "")) if found and found[0].replace(",", "").count(".") < 2 else None


def plan_in_effect(case: Case) -> PlanVersion | None:
    """The version of the plan that holds now, or None."""
    return PlanVersion.objects.filter(case=case, state=PlanState.IN_EFFECT).first()


def measured(case: Case) -> list[Measured]:
    """Every objective of the plan in effect, in its order, with its progress: two queries."""
    objectives = Objective.objects.filter(case=case, version__state=PlanState.IN_EFFECT).select_related(
        "goal", "version"
    )
    past: dict[object, list[Progress]] = {}
    for seen in Progress.objects.filter(case=case).select_related("by").order_by("-on", "-id"):
        past.setdefault(seen.objective_id, []).append(seen)
    return [Measured(one, tuple(past.get(one.origin_id, ()))) for one in objectives]


def seen_of(objective: Objective) -> Measured:
    """One objective with its progress, in whichever versions of the plan it stood."""
    past = Progress.objects.filter(objective_id=objective.origin_id).select_related("by").order_by("-on", "-id")
    return Measured(objective, tuple(past))


def still_open(case: Case) -> list[Measured]:
    """The objectives of the plan in effect that have no result yet."""
    return [one for one in measured(case) if one.outcome is None]


def outcome_of(objective: Objective) -> Progress | None:
    """The look that ended `objective`, in whichever version of the plan it was, or None while it is open."""
    return Progress.objects.filter(objective_id=objective.origin_id, standing__in=ENDS).order_by("on", "id").first()


def last_review(case: Case) -> Review | None:
    """The newest review of any version of the plan, or None."""
    return Review.objects.filter(case=case).select_related("by").order_by("-on", "-id").first()
