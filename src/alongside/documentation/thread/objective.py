"""One objective of the Thread: its work, its latest note and its outcome."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.documentation.models.thread import ENDS, Standing
from alongside.documentation.thread import breaks
from alongside.documentation.thread.parts import Link, ObjectiveThread, Place, State
from alongside.documentation.thread.rows import GoalRow, NeedRow, NoteRow, ObjectiveRow, ProgressRow, Rows
from alongside.documentation.thread.work import (
    activity_link,
    counts_as_work,
    due_by,
    every_days,
    first_day,
    most_pressing_first,
    plan_place,
    referral_link,
    service_link,
)  # fmt: skip
from alongside.foundations import clock
from alongside.foundations.templatetags.house import apart, day, days_since
from alongside.people.models import Case


class Tied(Protocol):
    """What is tied to a goal and perhaps to an objective of it (origins)."""

    @property
    def goal(self) -> UUID | None:
        """The goal's origin."""
        ...

    @property
    def objective(self) -> UUID | None:
        """The objective's origin."""
        ...


T = TypeVar("T", bound=Tied)


def tied_to(rows: Iterable[T], goal: UUID, objective: UUID | None) -> list[T]:
    """Those tied to this objective; with None, those tied to the goal as a whole."""
    return [
        row for row in rows if (row.objective == objective if objective else row.goal == goal and row.objective is None)
    ]


def objective_thread(
    case: Case, need: NeedRow, goal: GoalRow, objective: ObjectiveRow, rows: Rows, live: bool
) -> ObjectiveThread:
    """Weave one objective. `live` is False where nothing is expected any more: a closed case, a need that rests."""
    mine = sorted((p for p in rows.progress if p.objective == objective.origin), key=lambda p: (p.on, str(p.id)))
    ended = next((p for p in reversed(mine) if p.standing in ENDS), None)
    met = ended is not None and ended.standing == Standing.REACHED
    expected = live and ended is None
    work = _work(case, need, objective, rows, expected)
    kind = _("%(n)s, was due %(day)s") if expected and objective.due_on < clock.today() else _("%(n)s, by %(day)s")
    label = kind % {"n": apart(objective.number), "day": day(objective.due_on)}
    return ObjectiveThread(
        row=objective,
        link=Link(State.MET if met else State.IN_PLACE, label, objective.title, objective.due_on, plan_place(case.pk)),
        work=work,
        note=_note(case, need, goal, objective, rows, expected),
        outcome=_outcome(case, need, objective, ended, live),
        now=mine[-1].value if mine and ended is None else "",
    )


def _work(case: Case, need: NeedRow, objective: ObjectiveRow, rows: Rows, expected: bool) -> tuple[Link, ...]:
    referrals = [r for r in rows.referrals if r.objective == objective.origin]
    activities = [a for a in rows.activities if a.objective == objective.id]
    services = [s for s in rows.services if s.objective == objective.origin]
    links = [referral_link(r, need.number, case.is_open) for r in referrals]
    links += [activity_link(a, plan_place(case.pk)) for a in activities]
    links += [service_link(s) for s in services]
    if not (activities or services or any(map(counts_as_work, referrals))):
        if expected:
            broken = breaks.no_work(need, objective)
            links.insert(0, Link(State.GAP, _("Break: no work"), broken.sentence, broken=broken))
        elif not links:
            links.append(Link(State.REST, _("No work was recorded")))
    return most_pressing_first(links)


def _note(case: Case, need: NeedRow, goal: GoalRow, objective: ObjectiveRow, rows: Rows, expected: bool) -> Link:
    """The latest note on the objective, or on its goal as a whole, which speaks of each objective under it."""
    notes = [
        n for n in rows.notes if n.objective == objective.origin or (n.goal == goal.origin and n.objective is None)
    ]
    last = max(notes, key=lambda n: (n.on, str(n.id)), default=None)
    activities = [a for a in rows.activities if a.objective == objective.id]
    services = [s for s in rows.services if s.objective == objective.origin]
    began = first_day(activities, services, [r for r in rows.referrals if r.objective == objective.origin])
    if expected and began is not None:
        late = _late_note(
            need,
            goal,
            objective,
            max(began, last.on) if last else began,
            every_days(activities, case.contact_every_days),
        )
        if late:
            return late
    if last:
        return _latest(last)
    if not expected:
        return Link(State.REST, _("No note was written"))
    if began is None:
        return Link(State.YET, _("After the first work"))
    by = due_by(began, every_days(activities, case.contact_every_days))
    return Link(State.YET, _("Not yet due"), _("Expected %(day)s") % {"day": day(by)}, by)


def _late_note(need: NeedRow, goal: GoalRow, objective: ObjectiveRow, since: date, every: int) -> Link | None:
    if due_by(since, every) >= clock.today():
        return None
    broken = breaks.no_note(need, goal, objective, since)
    return Link(State.GAP, _("Break"), broken.sentence, since, broken=broken)


def _latest(note: NoteRow) -> Link:
    kind = _("%(day)s, %(ago)s") % {"day": day(note.on), "ago": days_since(note.on)}
    if note.closed:
        return Link(State.IN_PLACE, kind, _("A note you may not open"), note.on)
    return Link(State.IN_PLACE, kind, note.title or _("Progress note"), note.on, Place("note", (note.case, note.id)))


def _outcome(case: Case, need: NeedRow, objective: ObjectiveRow, ended: ProgressRow | None, live: bool) -> Link:
    if ended:
        met = ended.standing == Standing.REACHED
        said = _("%(standing)s %(day)s") % {"standing": Standing(ended.standing).label, "day": day(ended.on)}
        tag = (said, "done", "circle-check") if met else (said, "", "flag")
        return Link(
            State.MET if met else State.REST,
            _("Outcome"),
            when=ended.on,
            tag=tag,
            detail=_early(objective, ended) if met else "",
        )
    if not live:
        return Link(State.REST, _("No result") if not case.is_open else _("Resting"), when=case.closed_on)
    if objective.due_on < clock.today():
        broken = breaks.no_result(need, objective)
        return Link(State.GAP, _("Break"), broken.sentence, objective.due_on, broken=broken)
    return Link(State.YET, _("Not yet due"), _("Expected %(day)s") % {"day": day(objective.due_on)}, objective.due_on)


def _early(objective: ObjectiveRow, ended: ProgressRow) -> str:
    days = (objective.due_on - ended.on).days
    if days == 0:
        return _("on the day")
    if days > 0:
        return ngettext("%(n)d day early", "%(n)d days early", days) % {"n": days}
    return ngettext("%(n)d day late", "%(n)d days late", -days) % {"n": -days}
