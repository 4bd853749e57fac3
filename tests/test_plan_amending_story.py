"""A plan through its versions: numbers are given once, origins stay, the Thread holds, and what is new is told."""

from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.client_level.monitoring.actions import progress_record
from alongside.client_level.monitoring.queries import measured
from alongside.client_level.planning.actions import (
    activity_add,
    activity_remove,
    goal_add,
    goal_change,
    goal_remove,
    objective_add,
    objective_change,
    objective_remove,
    plan_amend,
    plan_change,
    plan_offer,
    plan_sign,
    plan_take_back,
    plan_withdraw,
)
from alongside.client_level.planning.queries.compare import GOAL_FIELDS, OBJECTIVE_FIELDS, changes_between
from alongside.client_level.planning.queries.versions import fingerprint, version_before, version_to_show, versions_of
from alongside.documentation.models import Activity, Goal, Objective, PlanVersion, Signature
from alongside.documentation.thread import thread_of
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import RuleBroken
from alongside.foundations.models import StateChange
from alongside.foundations.templatetags.house import day
from tests.cast import Cast
from tests.planning import agreed, ahead, doing, drafted, frame, fresh, need_of, started, step

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


def amended(cast: Cast, version: PlanVersion, **changed: object) -> PlanVersion:
    """The next version, begun by Maren, with everything in it that is in effect."""
    return plan_amend(cast.maren, case=version.case, frame=frame(**changed))


def sign_anew(cast: Cast, version: PlanVersion) -> PlanVersion:
    """Offered, and signed by Sama and by Maren: the version is in effect."""
    plan_offer(cast.maren, version=fresh(cast, version))
    plan_sign(cast.maren, version=version, capacity="client", name="Sama Othman", language="Arabic")
    plan_sign(cast.maren, version=version, capacity="worker")
    return fresh(cast, version)


def row_in(cast: Cast, version: PlanVersion, kind: Any, origin: Any) -> Any:
    """What a goal, an objective or an activity is in `version`."""
    with acting(cast.maren):
        return kind.objects.select_related("version__case").get(version=version, origin_id=origin.pk)


def facts_of(cast: Cast, version: PlanVersion) -> list[tuple[object, ...]]:
    """Every word and figure that stands in a version, to be held against a later reading."""
    with acting(cast.maren):
        return [
            tuple(row)
            for kind in (Goal, Objective, Activity)
            for row in kind.objects.filter(version=version).order_by("pk").values_list()
        ]


@pytest.mark.demand("A3", "P8")
def test_a_number_given_in_a_dropped_amendment_is_not_given_again_in_the_next(cast: Cast) -> None:
    first, goal, _objective = agreed(cast)
    second = amended(cast, first)
    dropped_goal = goal_add(cast.maren, need=goal.need, title="Learn to cook")
    dropped_step = objective_add(cast.maren, goal=goal, step=step(title="Open an account"))
    assert (dropped_goal.number, dropped_step.number) == ("1.2", "1.1.b")
    plan_withdraw(cast.maren, version=second, reason="Sama wants to think it over")
    third = amended(cast, first)
    assert third.number == 3
    assert goal_add(cast.maren, need=goal.need, title="Learn to drive").number == "1.3"
    assert objective_add(cast.maren, goal=goal, step=step(title="Find a bank")).number == "1.1.c"


@pytest.mark.demand("A3")
def test_each_need_counts_its_goals_for_itself_over_all_versions(cast: Cast) -> None:
    first, goal, _objective = agreed(cast)
    second_need = need_of(cast, first.case, 2, "To sleep through the night")
    numbers = [
        goal_add(cast.maren, need=need, title=f"Goal {turn}").number
        for turn, need in enumerate([second_need, goal.need, second_need, goal.need])
    ]
    assert numbers == ["2.1", "1.2", "2.2", "1.3"]


@pytest.fixture
def counted(cast: Cast) -> tuple[Goal, list[str]]:
    """A draft with one goal that stays, and every number given in it so far."""
    need, _version = started(cast)
    goal = goal_add(cast.maren, need=need, title="The goal that stays")
    return goal, [goal.number]


@pytest.mark.demand("A3")
@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=st.lists(st.sampled_from(["goal", "step", "drop goal", "drop step"]), min_size=4, max_size=7))
def test_whatever_is_added_and_taken_out_no_number_is_ever_given_twice(
    acts: list[str], cast: Cast, counted: tuple[Goal, list[str]]
) -> None:
    """The draft lives on from example to example: a number must be new over all of them."""
    base, given_so_far = counted
    goals: list[Goal] = []
    steps: list[Objective] = []
    for act in acts:
        if act == "goal":
            goals.append(goal_add(cast.maren, need=base.need, title="One more"))
            given_so_far.append(goals[-1].number)
        elif act == "step":
            steps.append(objective_add(cast.maren, goal=base, step=step()))
            given_so_far.append(steps[-1].number)
        elif act == "drop goal" and goals:
            goal_remove(cast.maren, goal=goals.pop())
        elif act == "drop step" and steps:
            objective_remove(cast.maren, objective=steps.pop())
    assert len(given_so_far) == len(set(given_so_far))


@pytest.mark.demand("P8", "D1")
def test_through_three_versions_every_goal_objective_and_activity_keeps_its_origin(cast: Cast) -> None:
    first, goal, objective = agreed(cast)
    with acting(cast.maren):
        doings = {one.what: one.origin_id for one in Activity.objects.filter(version=first)}
    second = sign_anew(cast, amended(cast, first))
    third = sign_anew(cast, amended(cast, second))
    newest_goal, newest_step = row_in(cast, third, Goal, goal), row_in(cast, third, Objective, objective)
    assert len({goal.pk, newest_goal.pk}) == 2 and newest_goal.origin_id == goal.pk
    assert newest_step.origin_id == objective.pk and newest_step.goal_id == newest_goal.pk
    with acting(cast.maren):
        copies = {one.what: (one.origin_id, one.objective_id) for one in Activity.objects.filter(version=third)}
        states = [version.state for version in versions_of(first.case)]
    assert copies == {what: (origin, newest_step.pk) for what, origin in doings.items()}
    assert states == ["in_effect", "replaced", "replaced"]


@pytest.mark.demand("D1", "M5")
def test_progress_seen_under_the_first_version_stands_under_the_third_and_the_thread_is_whole(cast: Cast) -> None:
    first, _goal, objective = agreed(cast)
    progress_record(cast.maren, objective=objective, on=ahead(0), standing="on_course", value="$300")
    second = sign_anew(cast, amended(cast, first))
    progress_record(
        cast.maren,
        objective=row_in(cast, second, Objective, objective),
        on=ahead(0),
        standing="on_course",
        value="$480",
    )
    sign_anew(cast, amended(cast, second))
    with acting(cast.maren):
        (line,) = measured(first.case)
        (woven,) = thread_of(first.case).needs
    assert [seen.value for seen in line.past] == ["$480", "$300"]
    assert [len(goal.objectives) for goal in woven.goals] == [1]


@pytest.mark.demand("P8")
def test_an_amendment_leaves_every_word_of_the_signed_version_as_it_was(cast: Cast) -> None:
    first, goal, objective = agreed(cast)
    before = facts_of(cast, first)
    second = amended(cast, first)
    copy = row_in(cast, second, Goal, goal)
    values = {name: getattr(copy, name) for name in GOAL_FIELDS} | {"title": "Something quite different"}
    goal_change(cast.maren, goal=copy, edition=fingerprint(copy, GOAL_FIELDS), values=values)
    objective_remove(cast.maren, objective=row_in(cast, second, Objective, objective))
    assert facts_of(cast, first) == before
    assert facts_of(cast, second) != before


@pytest.mark.demand("P8")
def test_one_amendment_is_written_at_a_time(cast: Cast) -> None:
    first, _goal, _objective = agreed(cast)
    second = amended(cast, first)
    with pytest.raises(RuleBroken, match="being written already"):
        amended(cast, first)
    plan_offer(cast.maren, version=second)
    with pytest.raises(RuleBroken, match="being written already"):
        amended(cast, first)


@pytest.mark.demand("P7")
@pytest.mark.parametrize(("later", "moves"), [(0, False), (60, False), (90, True), (100, True)])
def test_an_amendment_begun_by_a_mend_keeps_a_review_that_lies_ahead_and_moves_one_that_has_passed(
    cast: Cast, later: int, moves: bool
) -> None:
    first, goal, _objective = agreed(cast)
    with clock.held(clock.now() + timedelta(days=later)):
        added = goal_add(cast.maren, need=goal.need, title="Learn to cook")
        today = clock.today()
    second = fresh(cast, added.version)
    span = timedelta(days=cast.program.review_every_days)
    assert second.review_on == (today + span if moves else first.review_on)
    assert (second.made_on, second.made_with) == (today, first.made_with)


@pytest.mark.demand("P8")
def test_taken_back_after_one_signature_the_first_plan_goes_on_and_the_signature_stays_where_it_was_given(
    cast: Cast,
) -> None:
    first, goal, _objective = agreed(cast)
    second = amended(cast, first, roles="Sama leads.")
    plan_offer(cast.maren, version=second)
    plan_sign(cast.maren, version=second, capacity="client", name="Sama Othman", language="Arabic")
    third = plan_take_back(cast.maren, version=second, reason="The rent was wrong")
    with acting(cast.maren):
        states = {version.number: version.state for version in versions_of(first.case)}
        signed = {(sign.version.number, sign.capacity) for sign in Signature.objects.select_related("version")}
        why = StateChange.objects.get(paper_id=second.pk, end="withdrawn").reason
        base = version_before(versions_of(first.case), third)
    assert states == {1: "in_effect", 2: "withdrawn", 3: "draft"}
    assert signed == {(1, "client"), (1, "worker"), (2, "client")}
    assert (third.roles, why) == ("Sama leads.", "The rent was wrong")
    assert base is not None and base.number == 1
    assert row_in(cast, third, Goal, goal).number == "1.1"


@pytest.mark.demand("P8")
@pytest.mark.parametrize("stage", ["draft", "in effect", "withdrawn"])
def test_only_what_waits_for_signatures_can_be_taken_back(cast: Cast, stage: str) -> None:
    if stage == "in effect":
        version, _goal, _objective = agreed(cast)
    else:
        version, _goal, _objective = drafted(cast)
    if stage == "withdrawn":
        plan_withdraw(cast.maren, version=version, reason="Begun too early")
    with pytest.raises(RuleBroken, match="waits for signatures"):
        plan_take_back(cast.maren, version=version)


@pytest.mark.demand("P8")
def test_when_an_amendment_is_dropped_the_plan_in_effect_is_shown_again(cast: Cast) -> None:
    first, _goal, _objective = agreed(cast)
    second = amended(cast, first)
    with pytest.raises(RuleBroken) as refused:
        plan_withdraw(cast.maren, version=second, reason="  ")
    assert refused.value.field == "reason"
    plan_withdraw(cast.maren, version=second, reason="Sama wants to keep it")
    with acting(cast.maren):
        shown = version_to_show(versions_of(first.case))
    assert shown is not None and (shown.number, shown.state) == (1, "in_effect")
    with pytest.raises(RuleBroken, match="Only a draft"):
        plan_change(cast.maren, version=second, edition=second.edition, frame=frame())


@pytest.mark.demand("P8")
@pytest.mark.parametrize(
    ("name", "value", "old", "new"),
    [
        ("title", "A flat of my own", "Hold my own tenancy", "A flat of my own"),
        ("term", "long", "short-term", "long-term"),
        ("kind", "capacity", "personal", "capacity-building"),
        ("builds_on", "Never late", "Keeps every appointment", "Never late"),
        ("barriers", "No guarantor: ask the church", "", "No guarantor: ask the church"),
    ],
)
def test_the_comparison_names_the_one_thing_that_changed_in_a_goal(
    cast: Cast, name: str, value: str, old: str, new: str
) -> None:
    first, goal, _objective = agreed(cast)
    second = amended(cast, first)
    copy = row_in(cast, second, Goal, goal)
    values = {field: getattr(copy, field) for field in GOAL_FIELDS} | {name: value}
    goal_change(cast.maren, goal=copy, edition=fingerprint(copy, GOAL_FIELDS), values=values)
    with acting(cast.maren):
        (change,) = changes_between(first, fresh(cast, second))
    assert (change.kind, change.old, change.new) == ("changed", old, new)
    assert change.what.startswith("1.1 ") and change.label


@pytest.mark.demand("P3", "P8")
@pytest.mark.parametrize(
    ("changed", "old", "new"),
    [
        ({"title": "Save for three months"}, "Save for the deposit", "Save for three months"),
        ({"indicator": "Bank statement"}, "Savings book, weekly", "Bank statement"),
        ({"baseline": "$150"}, "$120", "$150"),
        ({"target": "$1,100"}, "$900", "$1,100"),
        ({"due_on": ahead(75)}, day(ahead(60)), day(ahead(75))),
    ],
)
def test_the_comparison_names_the_one_thing_that_changed_in_an_objective(
    cast: Cast, changed: dict[str, Any], old: str, new: str
) -> None:
    first, _goal, objective = agreed(cast)
    second = amended(cast, first)
    copy = row_in(cast, second, Objective, objective)
    edition = fingerprint(copy, OBJECTIVE_FIELDS)
    objective_change(cast.maren, objective=copy, edition=edition, step=replace(step(), **changed))
    with acting(cast.maren):
        (change,) = changes_between(first, fresh(cast, second))
    assert (change.kind, change.old, change.new) == ("changed", old, new)


@pytest.mark.demand("P5", "P6", "P7", "P8")
@pytest.mark.parametrize(
    ("changed", "label"),
    [
        ({"roles": "Sama leads."}, "who is responsible for what"),
        ({"options_told": "Class: free"}, "options and costs explained"),
        ({"review_on": ahead(30)}, "next review"),
        ({"reassess_on": ahead(120)}, "next reassessment"),
        ({"made_with": "Sama alone"}, "made with"),
    ],
)
def test_the_comparison_names_what_changed_in_the_frame(cast: Cast, changed: dict[str, Any], label: str) -> None:
    first, _goal, _objective = agreed(cast)
    with acting(cast.maren):
        (change,) = changes_between(first, amended(cast, first, **changed))
    assert (change.what, change.label.lower()) == ("The plan as a whole", label)
    assert asdict(change)["old"] != asdict(change)["new"]


@pytest.mark.demand("P4", "P8")
def test_the_comparison_tells_what_came_in_and_what_was_taken_out(cast: Cast) -> None:
    first, goal, objective = agreed(cast)
    second = amended(cast, first)
    copy = row_in(cast, second, Objective, objective)
    activity_add(cast.maren, objective=copy, doing=doing(who="Lina", actor="family", what="Minds the children"))
    with acting(cast.maren):
        there = Activity.objects.select_related("version__case", "objective").filter(version=second)
        (northgate,) = [one for one in there if one.who == "Northgate Housing"]
    activity_remove(cast.maren, activity=northgate)
    goal_add(cast.maren, need=goal.need, title="Learn to cook")
    with acting(cast.maren):
        told = [(one.kind, one.what) for one in changes_between(first, second)]
    assert told == [
        ("added", "1.2 Learn to cook"),
        ("added", "Lina: Minds the children"),
        ("taken out", "Northgate Housing: Matches her savings"),
    ]


@pytest.mark.demand("P8")
def test_what_was_taken_out_of_an_amendment_takes_nothing_more_and_stays_in_the_signed_version(cast: Cast) -> None:
    first, goal, objective = agreed(cast)
    second = amended(cast, first)
    goal_remove(cast.maren, goal=row_in(cast, second, Goal, goal))
    for add, field in (
        (lambda: objective_add(cast.maren, goal=goal, step=step()), "goal"),
        (lambda: activity_add(cast.maren, objective=objective, doing=doing()), "objective"),
    ):
        with pytest.raises(RuleBroken, match="no longer in the plan") as refused:
            add()
        assert refused.value.field == field
    with acting(cast.maren):
        counts = [Activity.objects.filter(version=version).count() for version in (first, second)]
    assert counts == [2, 0]
