"""An objective drawn as a line: from its baseline, past where it stands, to its target (practice P3, guide section 4)."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from alongside.documentation.models import Objective, Progress
from alongside.documentation.models.thread import Standing
from alongside.foundations.templatetags.house import day

NUMBER = re.compile(r"-?\d+(?:[.,]\d{3})*(?:\.\d+)?")


@dataclass(frozen=True)
class Measure:
    """The line: `share` is where it stands between 0 and 100, or None when that cannot be drawn."""

    baseline: str
    baseline_on: date
    now: str
    target: str
    due_on: date
    share: float | None
    words: str


def number_in(text: str) -> float | None:
    """The first number in a text such as `$1,050 a month`, or None."""
    found = NUMBER.search(text)
    return float(found[0].replace(",", "")) if found else None


def share_between(baseline: str, now: str, target: str) -> float | None:
    """How far `now` lies on the way from `baseline` to `target`, 0 to 100; None where one of them is no number."""
    start, here, end = number_in(baseline), number_in(now), number_in(target)
    if start is None or here is None or end is None or start == end:
        return None
    return round(max(0.0, min(1.0, (here - start) / (end - start))) * 100, 1)


def measure_of(objective: Objective, latest: Progress | None) -> Measure:
    """The line of one objective with what was last written about where it stands."""
    now = latest.value if latest else ""
    reached = latest is not None and latest.standing == Standing.REACHED
    share = 100.0 if reached else share_between(objective.baseline, now, objective.target)
    parts = {"baseline": objective.baseline, "now": now, "target": objective.target, "day": day(objective.due_on)}
    words = (
        _("From %(baseline)s, now %(now)s, to %(target)s by %(day)s")
        if now
        else _("From %(baseline)s to %(target)s by %(day)s")
    )
    return Measure(
        objective.baseline, objective.version.made_on, now, objective.target, objective.due_on, share, words % parts
    )
