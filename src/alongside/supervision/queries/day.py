"""Today, put together: one plain sentence, what waits grouped by when, and what stands beside it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.client_level.engagement.models import ReferralIn
from alongside.foundations import clock
from alongside.foundations.actor import Actor
from alongside.supervision.queries import waiting
from alongside.supervision.queries.breaks import break_lines
from alongside.supervision.queries.carried import Carried, carried_by, line_of, longer_unseen
from alongside.supervision.queries.seldom import seldom_lines
from alongside.supervision.queries.waiting import Line

CASES_A_PAGE = 40
MOST_LINES = 40
MOST_BESIDE = 6


@dataclass(frozen=True)
class Group:
    """Lines under one heading; `more` counts those left out."""

    name: str
    lines: list[Line]
    more: int = 0
    is_today: bool = False


@dataclass(frozen=True)
class Day:
    """Everything that the page Today shows."""

    greeting: str
    carried: list[Carried]
    own: int
    groups: list[Group]
    unseen: list[Carried]
    notes: list[dict[str, Any]]
    referrals_in: list[ReferralIn]
    referrals_out: list[dict[str, Any]]
    next_page: UUID | None
    paged: bool

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
        """How many lines wait in all."""
        return sum(len(group.lines) + group.more for group in self.groups)

    @property
    def overdue(self) -> int:
        """How many lines are past their day."""
        return sum(1 for group in self.groups for line in group.lines if line.days_late)

    @property
    def unseen_shown(self) -> list[Carried]:
        """As many of the longest unseen as fit beside the day."""
        return self.unseen[:MOST_BESIDE]

    @property
    def overdue_said(self) -> str:
        """The first part of the opening sentence."""
        said = ngettext("One thing is overdue.", "%(n)d things are overdue.", self.overdue) % {"n": self.overdue}
        return said if self.overdue else _("Nothing is overdue.")

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
    """Put together the day of `actor`. `after` names the last case of the page of cases before (long lines only)."""
    line = line_of(actor)
    everyone = carried_by(actor, line)
    page, following = _page(everyone, after)
    held = {one.case.pk: one for one in page}
    notes, doors, out = waiting.notes(actor), waiting.referrals_in(actor), waiting.referrals_out(held)
    lines = [
        *break_lines(held), *waiting.note_lines(notes), *waiting.plan_lines(held), *waiting.resting_lines(held),
        *waiting.enroll_lines(held), *waiting.referral_lines(out), *waiting.door_lines(doors),
        *waiting.follow_up_lines(line), *waiting.other_lines(actor),
    ]  # fmt: skip
    seldom = list(seldom_lines(actor, line, held))
    urgent = [one for one in seldom if one.first]
    lines += [one for one in seldom if not one.first]
    own = [one for one in everyone if not one.worker]
    drafts = [row for row in notes if row["state"] == "draft"]
    return Day(
        greeting(actor), everyone, len(own), [*_to_judge(urgent), *_grouped(lines)], longer_unseen(everyone), drafts, doors, out, following,
        paged=page[:1] != everyone[:1],
    )  # fmt: skip


def _to_judge(urgent: list[Line]) -> list[Group]:
    """Urgent openings that nobody has judged, before everything else: however much is overdue, none is left out of sight."""
    return [Group(_("Opened urgently from outside the team"), urgent)] if urgent else []


def _page(everyone: list[Carried], after: UUID | None) -> tuple[list[Carried], UUID | None]:
    at = next((place for place, one in enumerate(everyone, start=1) if one.case.pk == after), 0)
    page = everyone[at : at + CASES_A_PAGE]
    return page, page[-1].case.pk if at + CASES_A_PAGE < len(everyone) else None


def _grouped(lines: list[Line]) -> list[Group]:
    today, sorted_lines = clock.today(), sorted(lines, key=lambda one: (one.due or date.max, one.client))
    parted = [
        (_("Overdue"), [one for one in sorted_lines if one.days_late]),
        (_("Today"), [one for one in sorted_lines if one.due == today]),
        (_("This week"), [one for one in sorted_lines if one.due and one.due > today]),
        (_("Breaks in the Thread"), [one for one in lines if one.due is None]),
    ]
    return [
        Group(name, held[:MOST_LINES], max(len(held) - MOST_LINES, 0), is_today=name == _("Today"))
        for name, held in parted
        if held
    ]
