"""Weaving the rows of a case into its Thread: each link gets its one state, each break its mend.

In a closed case nothing is broken any more (practice T8): the chain shows how it ended.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.confidentiality.queries.alias import done_by
from alongside.documentation.thread import breaks
from alongside.documentation.thread.objective import objective_thread, tied_to
from alongside.documentation.thread.parts import (
    Break,
    CaseThread,
    GoalThread,
    Link,
    LooseEnd,
    NeedThread,
    Place,
    State,
)  # fmt: skip
from alongside.documentation.thread.rows import DecisionRow, GoalRow, NeedRow, Rows, read
from alongside.documentation.thread.work import (
    is_unanswered,
    most_pressing_first,
    plan_place,
    referral_link,
    service_link,
)
from alongside.foundations import clock
from alongside.foundations.templatetags.house import day
from alongside.people.models import Case


def thread_of(case: Case) -> CaseThread:
    """The Thread of one case, for its pages. One query, and one more where the client does something of the plan."""
    rows = read([case])[case.pk]
    rows.activities = [one._replace(who=done_by(one, case.client)) for one in rows.activities]
    return _case_thread(case, rows)


def threads_of(cases: Sequence[Case]) -> dict[UUID, CaseThread]:
    """The Threads of many cases, by case. One query, whatever their number."""
    return {key: thread for key, (thread, _rows) in woven(cases).items()}


def woven(cases: Sequence[Case]) -> dict[UUID, tuple[CaseThread, Rows]]:
    """The Threads of many cases, each with the rows it was woven from, for whoever reads on in them. One query."""
    rows = read(cases)
    return {case.pk: (_case_thread(case, rows[case.pk]), rows[case.pk]) for case in cases}


def breaks_in(thread: CaseThread) -> list[Break]:
    """Every break, by need and from left to right, then the loose ends. The one list behind all screens (D1)."""
    return list(thread.breaks)


def _case_thread(case: Case, rows: Rows) -> CaseThread:
    needs = tuple(_need(case, need, rows) for need in sorted(rows.needs, key=lambda n: n.number))
    origins = {goal.origin for goal in rows.goals} | {objective.origin for objective in rows.objectives}
    away = [r for r in rows.referrals if r.goal not in origins and r.objective not in origins]
    untied = tuple(referral_link(r, None, case.is_open) for r in away if is_unanswered(r) and case.is_open)
    loose = tuple(_loose_ends(case, rows))
    found = [b for need in needs for b in need.breaks] + [link.broken for link in untied if link.broken]
    found += [end.broken for end in loose if end.broken]
    version = rows.goals[0].version if rows.goals else None
    return CaseThread(case.pk, case.is_open, needs, loose, untied, version, tuple(found))


def _loose_ends(case: Case, rows: Rows) -> Iterable[LooseEnd]:
    ends = [
        ("note", n.id, n.on, n.title, n.minutes, n.by)
        for n in rows.notes
        if n.goal is None and n.objective is None and not n.closed
    ]
    ends += [
        ("service", s.id, s.on, s.what, s.minutes, s.by)
        for s in rows.services
        if s.goal is None and s.objective is None
    ]
    for noun, key, on, what, minutes, by in sorted(ends, key=lambda end: (end[2], str(end[1]))):
        yield LooseEnd(key, noun, on, what, minutes, by, breaks.loose(case.pk, noun, key, on) if case.is_open else None)


def _need(case: Case, need: NeedRow, rows: Rows) -> NeedThread:
    link = Link(
        State.IN_PLACE, _("Need %(n)s") % {"n": need.number}, need.title, need.found_on, Place("assessment", (case.pk,))
    )
    standing = sorted((d for d in rows.decisions if d.need == need.id), key=lambda d: (d.decided_on, str(d.id)))
    goals = sorted((g for g in rows.goals if g.need == need.id), key=lambda g: _in_order(g.number))
    if standing:
        woven = tuple(_goal(case, need, goal, rows, resting=True) for goal in goals)
        return NeedThread(need, link, woven, _resting(standing[-1]))
    if goals:
        return NeedThread(need, link, tuple(_goal(case, need, goal, rows) for goal in goals))
    if not case.is_open:
        return NeedThread(
            need,
            link,
            (),
            Link(State.REST, _("The case ended first"), _("No goal was made for this need"), case.closed_on),
        )
    broken = breaks.no_goal(need)
    return NeedThread(
        need, link, (), Link(State.GAP, _("Break: no goal"), broken.sentence, need.found_on, broken=broken)
    )


def _resting(decision: DecisionRow) -> Link:
    who = {"client": _("the client"), "worker": _("the worker"), "both": _("both together")}[decision.decided_by]
    kind = _("Resting, decided by %(who)s on %(day)s") % {"who": who, "day": day(decision.decided_on)}
    again = decision.look_again_on
    if again is None:
        return Link(State.REST, kind, when=decision.decided_on)
    if again < clock.today():
        tag = (_("Was to be looked at again on %(day)s") % {"day": day(again)}, "due", "clock")
        return Link(State.REST, kind, when=decision.decided_on, tag=tag)
    return Link(
        State.REST,
        kind,
        when=decision.decided_on,
        detail=_("Looked at again together on %(day)s") % {"day": day(again)},
    )


def _goal(case: Case, need: NeedRow, goal: GoalRow, rows: Rows, resting: bool = False) -> GoalThread:
    live = case.is_open and not resting
    mine = sorted((o for o in rows.objectives if o.goal == goal.id), key=lambda o: _in_order(o.number))
    objectives = tuple(objective_thread(case, need, goal, objective, rows, live) for objective in mine)
    whole = [r for r in rows.referrals if r.goal == goal.origin and r.objective is None]
    links = [referral_link(r, need.number, case.is_open) for r in whole]
    links += [service_link(s) for s in tied_to(rows.services, goal.origin, None)]
    met = bool(objectives) and all(o.outcome.state is State.MET for o in objectives)
    term = _("Goal %(n)s, long-term") if goal.term == "long" else _("Goal %(n)s, short-term")
    link = Link(State.MET if met else State.IN_PLACE, term % {"n": goal.number}, goal.title, place=plan_place(case.pk))
    return GoalThread(
        goal, link, objectives, most_pressing_first(links), None if mine else _no_objective(case, need, goal, live)
    )


def _no_objective(case: Case, need: NeedRow, goal: GoalRow, live: bool) -> Link:
    if not live:
        label = _("Resting") if case.is_open else _("The case ended first")
        return Link(State.REST, label, _("No objective was made for this goal"), case.closed_on)
    broken = breaks.no_objective(need, goal)
    return Link(State.GAP, _("Break: no objective"), broken.sentence, broken=broken)


def _in_order(number: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in number.split(".")]
