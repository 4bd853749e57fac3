"""Lines put under headings: by when they are due, and by the worker on whom they wait."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.foundations import clock
from alongside.supervision.queries.waiting import Line


class When(StrEnum):
    """The kinds of headings, the most urgent first."""

    JUDGE = "judge"
    LATE = "late"
    TODAY = "today"
    WEEK = "week"
    BREAK = "break"


@dataclass(frozen=True)
class Group:
    """Lines under one heading; `more` counts those left out."""

    name: str
    lines: list[Line]
    kind: When
    more: int = 0

    @property
    def count(self) -> int:
        """How many lines there are in all."""
        return len(self.lines) + self.more

    @property
    def is_today(self) -> bool:
        """True for what is due today."""
        return self.kind == When.TODAY

    @property
    def is_late(self) -> bool:
        """True for what is past its day."""
        return self.kind == When.LATE

    @property
    def counted(self) -> str:
        """How many of which kind, in words."""
        said = {
            When.JUDGE: ngettext("%(n)d to judge", "%(n)d to judge", self.count),
            When.LATE: ngettext("%(n)d overdue", "%(n)d overdue", self.count),
            When.TODAY: ngettext("%(n)d today", "%(n)d today", self.count),
            When.WEEK: ngettext("%(n)d this week", "%(n)d this week", self.count),
            When.BREAK: ngettext("%(n)d break", "%(n)d breaks", self.count),
        }
        return said[self.kind] % {"n": self.count}


@dataclass(frozen=True)
class Share:
    """What waits on one of those whom the person supervises."""

    worker: str
    groups: list[Group]

    @property
    def count(self) -> int:
        """How many lines there are in all."""
        return sum(group.count for group in self.groups)

    @property
    def late(self) -> int:
        """How many of them are past their day."""
        return sum(group.count for group in self.groups if group.is_late)

    @property
    def longest(self) -> int:
        """Days by which the most overdue of them is late."""
        return max((line.days_late for group in self.groups for line in group.lines), default=0)

    @property
    def first(self) -> Line:
        """The most urgent of them."""
        return self.groups[0].lines[0]


def most_pressing_first(shares: Iterable[Share]) -> list[Share]:
    """The worker with the longest overdue line first, then the one with most overdue, then with most that waits."""
    return sorted(shares, key=lambda one: (-one.longest, -one.late, -one.count, one.worker))


def to_judge(urgent: list[Line]) -> list[Group]:
    """Urgent openings that nobody has judged, before everything else: however much is overdue, none is left out of sight."""
    return [Group(_("Opened urgently from outside the team"), urgent, When.JUDGE)] if urgent else []


def grouped(lines: list[Line], most: int) -> list[Group]:
    """Lines by when they are due, the oldest first; under one heading stand `most`, and the rest is counted."""
    today, in_order = clock.today(), sorted(lines, key=lambda one: (one.due or date.max, one.client))
    parted = [
        (When.LATE, _("Overdue"), [one for one in in_order if one.days_late]),
        (When.TODAY, _("Today"), [one for one in in_order if one.due == today]),
        (When.WEEK, _("This week"), [one for one in in_order if one.due and one.due > today]),
        (When.BREAK, _("Breaks in the Thread"), [one for one in lines if one.due is None]),
    ]
    return [Group(name, held[:most], kind, max(len(held) - most, 0)) for kind, name, held in parted if held]
