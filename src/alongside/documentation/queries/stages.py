"""The six stages of a case: read from what is on record, never set by anyone (ISED, design section 2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from alongside.documentation.models import Need, PlanVersion, Progress
from alongside.people.models import Case

NAMES = (_("Engagement"), _("Assessment"), _("Planning"), _("Intervention"), _("Monitoring"), _("Ending"))
FIRST_DAYS = ("need_since", "plan_since", "review_since")
"""What `first_days` adds to a case: the days on which planning, intervention and monitoring began."""


@dataclass(frozen=True)
class Stage:
    """One of the six stages of a case, as the header draws it: `past`, `here` or nothing yet."""

    name: str
    place: str
    since: date | None = None


def first_days() -> dict[str, Subquery]:
    """To be worked out with a query of cases, for one or for many: the first day of each thing in `FIRST_DAYS`."""
    here = {"case": OuterRef("pk")}
    sources = (
        (Need.objects.filter(**here), "found_on"),
        (PlanVersion.objects.filter(**here), "in_effect_on"),
        (Progress.objects.filter(**here, review_id__isnull=False), "on"),
    )
    firsts = (
        Subquery(rows.order_by().values("case").annotate(first=Min(day)).values("first")) for rows, day in sources
    )
    return dict(zip(FIRST_DAYS, firsts, strict=True))


def stages_from(case: Case, days: Sequence[date | None]) -> list[Stage]:
    """The six stages in order; `days` are those of `first_days`."""
    began = _began(case, days)
    reached = _reached(began)
    return [
        Stage(str(name), "here" if index == reached else "past" if index < reached else "", day)
        for index, (name, day) in enumerate(zip(NAMES, began, strict=True))
    ]


def stage_reached(case: Case, days: Sequence[date | None]) -> str:
    """The name of the stage a case has reached; `days` are those of `first_days`."""
    return str(NAMES[_reached(_began(case, days))])


def _began(case: Case, days: Sequence[date | None]) -> list[date | None]:
    return [case.opened_on, case.enrolled_on, *days, case.closed_on]


def _reached(began: list[date | None]) -> int:
    return max(index for index, day in enumerate(began) if day is not None)
