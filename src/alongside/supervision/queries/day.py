"""Today, put together: one plain sentence, what waits grouped by when, what waits on others, and what stands beside it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.client_level.engagement.models import ReferralIn
from alongside.documentation.thread import woven
from alongside.foundations import clock
from alongside.foundations.actor import Actor
from alongside.supervision.queries import waiting
from alongside.supervision.queries.breaks import break_lines
from alongside.supervision.queries.carried import Carried, carried_by, line_of, longer_unseen
from alongside.supervision.queries.groups import Group, Share, grouped, most_pressing_first, to_judge
from alongside.supervision.queries.seldom import seldom_lines
from alongside.supervision.queries.waiting import Line

CASES_A_PAGE = 40
MOST_LINES = 40
MOST_BESIDE = 6


@dataclass(frozen=True)
class Day:
    """Everything that the page Today shows. `own_groups` wait on the person, `shares` on those they supervise."""

    greeting: str
    carried: list[Carried]
    own: int
    own_groups: list[Group]
    shares: list[Share]
    unseen: list[Carried]
    notes: list[dict[str, Any]]
    referrals_in: list[ReferralIn]
    referrals_out: list[dict[str, Any]]
    next_page: UUID | None
    paged: bool

    @property
    def groups(self) -> list[Group]:
        """All that waits, on whomever."""
        return [*self.own_groups, *(group for share in self.shares for group in share.groups)]

    @property
    def now(self) -> datetime:
        """The moment the page was made."""
        return clock.now()

    @property
    def today(self) -> date:
        """The present day."""
        return clock.today()

    @property
    def of_line(self) -> int:
        """How many cases are carried by those one supervises."""
        return len(self.carried) - self.own

    @property
    def things(self) -> int:
        """How many lines wait on the person."""
        return sum(group.count for group in self.own_groups)

    @property
    def things_of_line(self) -> int:
        """How many lines wait on those one supervises."""
        return sum(share.count for share in self.shares)

    @property
    def overdue(self) -> int:
        """How many of the person's own lines are past their day."""
        return sum(group.count for group in self.own_groups if group.is_late)

    @property
    def unseen_shown(self) -> list[Carried]:
        """As many of the longest unseen as fit beside the day."""
        return self.unseen[:MOST_BESIDE]

    @property
    def unseen_scale(self) -> float:
        """Days at the full width of each of their bars, a tenth more than the longest: one scale, so that they compare."""
        return 1.1 * max((max(one.days_unseen, one.case.contact_every_days) for one in self.unseen_shown), default=1)

    @property
    def doors_later(self) -> list[ReferralIn]:
        """Referrals to answer that are due later than this week: those due before stand among what waits."""
        return [one for one in self.referrals_in if one.answer_by > waiting.week_end()]

    @property
    def overdue_said(self) -> str:
        """The first part of the opening sentence."""
        said = ngettext("One thing is overdue.", "%(n)d things are overdue.", self.overdue) % {"n": self.overdue}
        late = sum(share.late for share in self.shares)
        if not late:
            return said if self.overdue else _("Nothing is overdue.")
        theirs = ngettext(
            "One thing is overdue with those you supervise.", "%(n)d things are overdue with those you supervise.", late
        ) % {"n": late}
        return f"{said} {theirs}" if self.overdue else theirs

    @property
    def unseen_said(self) -> str:
        """The second part of the opening sentence: who was not seen longest, if longer than agreed."""
        if not self.carried:
            return ""
        if not self.unseen:
            return _("Everyone was seen as often as agreed.")
        longest = self.unseen[0]
        said = ngettext(
            "%(name)s has not been seen for one day.", "%(name)s has not been seen for %(n)d days.", longest.days_unseen
        )
        return said % {"name": longest.case.client.preferred_name, "n": longest.days_unseen}


def greeting(actor: Actor) -> str:
    """Good morning until noon, good afternoon until six, good evening after."""
    hour, name = timezone.localtime(clock.now()).hour, {"name": actor.name.split(" ")[0]}
    if hour < 12:
        return _("Good morning, %(name)s") % name
    return (_("Good afternoon, %(name)s") if hour < 18 else _("Good evening, %(name)s")) % name


def day_of(actor: Actor, after: UUID | None = None) -> Day:
    """Put together the day of `actor`. `after` names the last case of the page of cases before (long lines only).

    What is about no case of the page stands on the first page alone.
    """
    line = line_of(actor)
    everyone = carried_by(actor, line)
    page, following = _page(everyone, after)
    whole = page[:1] == everyone[:1]
    held = {one.case.pk: one for one in page}
    notes, doors = waiting.notes(actor), waiting.referrals_in(actor)
    of_cases, out = _of_cases(held)
    lines = [*of_cases, *seldom_lines(actor, line, held, whole=whole)]
    if whole:
        lines += [*waiting.note_lines(notes), *waiting.door_lines(doors)]
    own = [one for one in lines if not one.worker and not one.first]
    return Day(
        greeting(actor), everyone, sum(1 for one in everyone if not one.worker),
        [*to_judge([one for one in lines if one.first]), *grouped(own, MOST_LINES)], _shares(lines), longer_unseen(everyone),
        [row for row in notes if row["state"] == "draft"], doors, out, following, paged=not whole,
    )  # fmt: skip


def _of_cases(held: dict[UUID, Carried]) -> tuple[list[Line], list[dict[str, Any]]]:
    """The lines about these cases, and the referrals out of them that wait for an answer. Two queries."""
    read = woven([one.case for one in held.values()]).values()
    rows = [of_case for _thread, of_case in read]
    out = waiting.referrals_out(held, rows)
    return [
        *break_lines(held, (thread for thread, _rows in read)), *waiting.plan_lines(held), *waiting.resting_lines(held, rows),
        *waiting.enroll_lines(held), *waiting.referral_lines(out),
    ], out  # fmt: skip


def _page(everyone: list[Carried], after: UUID | None) -> tuple[list[Carried], UUID | None]:
    at = next((place for place, one in enumerate(everyone, start=1) if one.case.pk == after), 0)
    page = everyone[at : at + CASES_A_PAGE]
    return page, page[-1].case.pk if at + CASES_A_PAGE < len(everyone) else None


def _shares(lines: Iterable[Line]) -> list[Share]:
    by_worker: dict[str, list[Line]] = defaultdict(list)
    for one in lines:
        if one.worker:
            by_worker[one.worker].append(one)
    return most_pressing_first(Share(name, grouped(of_one, MOST_LINES)) for name, of_one in by_worker.items())
