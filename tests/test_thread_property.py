"""Random Threads: every kind of break is found exactly where its condition holds, by an oracle written on its own.

The oracle knows nothing of links or states. It looks at the plain facts that a story was made of.
"""

from collections import Counter
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.documentation.thread import State, breaks_in, thread_of
from alongside.foundations.actor import acting
from tests.cast import Cast
from tests.thread_parts import Record, ago

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]

RHYTHM = 14
# Days at which something turns: tomorrow, a rhythm, and the day after one has run out.
DAYS = st.sampled_from((-1, 7, 8, 14, 15))


@dataclass
class ObjectiveStory:
    """Facts about an objective, in days before today; negative lies ahead."""

    due: int
    activities: list[tuple[int, int | None, int | None]]
    services: list[int]
    referrals: list[tuple[str, int | None]]
    notes: list[int]
    standings: list[str]


@dataclass
class GoalStory:
    """Facts about a goal; `notes` are tied to it as a whole."""

    objectives: list[ObjectiveStory]
    notes: list[int]
    referrals: list[tuple[str, int | None]]


@dataclass
class CaseStory:
    """Facts about a case. `resting` says of each need whether a decision stands, ended, or was never made."""

    needs: list[tuple[str, list[GoalStory]]]
    loose_notes: list[tuple[str, bool]]
    loose_services: list[bool]
    closed: bool
    found: Counter[str] = field(default_factory=Counter)


STATES = ("draft", "sent", "received", "accepted", "waitlisted", "declined", "started", "closed")
REFERRALS = st.lists(st.tuples(st.sampled_from(STATES), st.none() | st.integers(-2, 3)), max_size=2)
PAST = st.sampled_from((0, 7, 8, 14, 15))
OBJECTIVES = st.builds(
    ObjectiveStory,
    due=st.integers(-2, 2),
    activities=st.lists(st.tuples(DAYS, st.none() | st.integers(0, 10), st.sampled_from((None, 7))), max_size=2),
    services=st.lists(PAST, max_size=1),
    referrals=REFERRALS,
    notes=st.lists(PAST, max_size=2),
    standings=st.sampled_from(
        ([], [], [], ["behind"], ["on_course", "behind"], ["reached"], ["behind", "given_up"], ["not_reached"])
    ),
)
GOALS = st.builds(
    GoalStory, objectives=st.lists(OBJECTIVES, max_size=2), notes=st.lists(PAST, max_size=1), referrals=REFERRALS
)
CASES = st.builds(
    CaseStory,
    needs=st.lists(
        st.tuples(st.sampled_from(["", "", "", "stands", "ended"]), st.lists(GOALS, max_size=2)), max_size=3
    ),
    loose_notes=st.lists(st.tuples(st.sampled_from(["draft", "cosign", "signed"]), st.booleans()), max_size=2),
    loose_services=st.lists(st.booleans(), max_size=2),
    closed=st.sampled_from([False] * 7 + [True]),
    found=st.just(None).map(lambda _: Counter()),
)


def overdue(referral: tuple[str, int | None]) -> bool:
    """Sent, or only received, and the day to ask again lies behind."""
    state, chase = referral
    return state in {"sent", "received"} and chase is not None and chase > 0


def expected_of_objective(story: ObjectiveStory, goal: GoalStory) -> Counter[str]:
    """The breaks of one objective whose need does not rest."""
    found: Counter[str] = Counter(unanswered=sum(map(overdue, story.referrals)))
    if {"reached", "not_reached", "given_up"} & set(story.standings):
        return found
    found["no_result"] += story.due > 0
    helped = [state for state, _ in story.referrals if state not in {"draft", "declined"}]
    if not (story.activities or story.services or helped):
        found["no_work"] += 1
        return found
    began = [start for start, _, _ in story.activities if start >= 0] + story.services + [10 for _ in helped]
    if began:
        running = [
            every
            for start, length, every in story.activities
            if every and start >= 0 and (length is None or start - length <= 0)
        ]
        quiet = min([max(began), *story.notes, *goal.notes])
        found["no_note"] += quiet > min(running, default=RHYTHM)
    return found


def expected_of(story: CaseStory) -> Counter[str]:
    """Every break of a case, by kind."""
    found: Counter[str] = Counter()
    if story.closed:
        return found
    for decision, goals in story.needs:
        for goal in goals:
            found["unanswered"] += sum(map(overdue, goal.referrals))
            for objective in goal.objectives:
                if decision == "stands":
                    found["unanswered"] += sum(map(overdue, objective.referrals))
                else:
                    found += expected_of_objective(objective, goal)
            found["no_objective"] += not goal.objectives and decision != "stands"
        found["no_goal"] += not goals and decision != "stands"
    found["loose_note"] += sum(state != "draft" and not alone for state, alone in story.loose_notes)
    found["loose_service"] += sum(not alone for alone in story.loose_services)
    return +found


def put_on_record(record: Record, story: CaseStory) -> None:
    """Write the facts of a story down."""
    version = record.version()
    for decision, goals in story.needs:
        need = record.need()
        if decision:
            record.rest(need, ended_on=ago(1) if decision == "ended" else None)
        for told in goals:
            goal = record.goal(version, need)
            for day in told.notes:
                record.note(day, goal)
            for state, chase in told.referrals:
                record.referral(state, chase, goal)
            for part in told.objectives:
                put_objective(record, record.objective(goal, due=part.due), part)
    for state, alone in story.loose_notes:
        record.note(2, state=state, stands_alone=alone)
    for alone in story.loose_services:
        record.service(2, stands_alone=alone)


def put_objective(record: Record, objective: object, story: ObjectiveStory) -> None:
    """Write the facts of one objective down."""
    from alongside.documentation.models import Objective

    assert isinstance(objective, Objective)
    goal = objective.goal
    for start, length, every in story.activities:
        record.activity(objective, start, ends_on=None if length is None else ago(start - length), every_days=every)
    for day in story.services:
        record.service(day, goal, objective)
    for state, chase in story.referrals:
        record.referral(state, chase, goal, objective)
    for day in story.notes:
        record.note(day, goal, objective)
    for standing in story.standings:
        record.progress(objective, standing)


@pytest.mark.demand("D1", "T8")
@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(story=CASES)
def test_every_kind_of_break_is_found_exactly_where_its_condition_holds(cast: Cast, story: CaseStory) -> None:
    case = cast.sama
    with transaction.atomic():
        with acting(cast.maren):
            put_on_record(Record(case, cast.staff["maren"]), story)
            case.closed_on = ago(0) if story.closed else None
            case.save()
            thread = thread_of(case)
            assert Counter(str(one.kind) for one in breaks_in(thread)) == expected_of(story)
            drawn = [link for need in thread.needs for goal in need.goals for link in goal.links]
            drawn += [need.end for need in thread.needs if need.end]
            assert all((link.state is State.GAP) == (link.broken is not None) for link in drawn), (
                "a break is drawn as one"
            )
            assert len({(one.kind, one.place, one.about) for one in breaks_in(thread)}) == len(breaks_in(thread))
        transaction.set_rollback(True)
