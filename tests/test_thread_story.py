"""The Thread, told with the cast: what is in place, what is broken, and where it is mended."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.documentation.thread import BreakKind, CaseThread, State, breaks_in, thread_of, threads_of
from alongside.foundations.actor import acting
from tests.cast import Cast
from tests.thread_parts import Record, ago

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


@pytest.fixture
def record(cast: Cast) -> Iterator[Record]:
    """Sama’s record, with Maren at work on it."""
    case = cast.sama
    with acting(cast.maren):
        yield Record(case, cast.staff["maren"])


def kinds(thread: CaseThread) -> list[BreakKind]:
    """The kinds of the breaks, in order."""
    return [one.kind for one in breaks_in(thread)]


@pytest.mark.demand("D1")
def test_a_chain_from_need_to_outcome_has_no_break(record: Record) -> None:
    need = record.need()
    goal = record.goal(record.version(), need)
    objective = record.objective(goal)
    record.activity(objective)
    record.note(3, goal, objective)
    thread = thread_of(record.case)
    assert kinds(thread) == []
    woven = thread.needs[0].goals[0].objectives[0]
    assert [link.state for link in woven.links] == [State.IN_PLACE, State.IN_PLACE, State.IN_PLACE, State.YET]
    assert woven.note.what == "Two flats seen"
    assert "3 days ago" in woven.note.kind


@pytest.mark.demand("D1", "A3")
def test_a_need_without_goal_is_a_break_until_a_goal_or_a_decision_to_wait(record: Record) -> None:
    need = record.need()
    (broken,) = breaks_in(thread_of(record.case))
    assert (broken.kind, broken.need, broken.title) == (BreakKind.NO_GOAL, 1, "A safe place to live")
    assert broken.place.query == (("need", str(need.pk)),)
    assert broken.other is not None and broken.other[1].args == (record.case.pk, need.pk)
    decision = record.rest(need, look_again_on=ago(-30))
    thread = thread_of(record.case)
    assert kinds(thread) == []
    assert thread.needs[0].end is not None and thread.needs[0].end.state is State.REST
    decision.ended_on = ago(0)
    decision.save()
    assert kinds(thread_of(record.case)) == [BreakKind.NO_GOAL]


@pytest.mark.demand("D1", "P1")
def test_a_resting_need_keeps_quiet_about_its_goals_and_says_when_the_look_again_is_late(record: Record) -> None:
    need = record.need()
    goal = record.goal(record.version(), need)
    record.activity(record.objective(goal, due=1), starts=60)
    record.rest(need, look_again_on=ago(1))
    thread = thread_of(record.case)
    assert kinds(thread) == []
    assert thread.needs[0].end is not None and thread.needs[0].end.tag is not None
    assert "Was to be looked at again" in thread.needs[0].end.tag[0]


@pytest.mark.demand("D1")
def test_a_goal_without_objective_and_an_objective_without_work_are_breaks(record: Record) -> None:
    need = record.need()
    version = record.version()
    bare = record.goal(version, need, "First goal")
    objective = record.objective(record.goal(version, need, "Second goal"))
    first, second = breaks_in(thread_of(record.case))
    assert first.kind is BreakKind.NO_OBJECTIVE and first.place.query == (("goal", str(bare.pk)),)
    assert second.kind is BreakKind.NO_WORK and second.place.query == (("objective", str(objective.pk)),)
    assert second.about == "objective 1.2.a"


@pytest.mark.demand("D1")
@pytest.mark.parametrize("work", ["activity", "service", "referral"])
def test_any_work_mends_an_objective_without_work(record: Record, work: str) -> None:
    goal = record.goal(record.version(), record.need())
    objective = record.objective(goal)
    if work == "activity":
        record.activity(objective, starts=-3)
    elif work == "service":
        record.service(1, goal, objective)
    else:
        record.referral("accepted", goal=goal, objective=objective, answered_on=ago(1))
    assert kinds(thread_of(record.case)) == []


@pytest.mark.demand("D1", "I4")
@pytest.mark.parametrize("state", ["draft", "declined"])
def test_a_referral_not_sent_or_turned_down_is_no_work(record: Record, state: str) -> None:
    goal = record.goal(record.version(), record.need())
    record.referral(state, None, goal, record.objective(goal))
    assert kinds(thread_of(record.case)) == [BreakKind.NO_WORK]


@pytest.mark.demand("D1", "M4")
def test_work_goes_without_a_note_for_no_longer_than_its_frequency(record: Record) -> None:
    goal = record.goal(record.version(), record.need())
    objective = record.objective(goal)
    record.activity(objective, starts=7, every_days=7)
    assert kinds(thread_of(record.case)) == []
    thread = thread_of(record.case)
    assert thread.needs[0].goals[0].objectives[0].note.state is State.YET
    record.activity(objective, starts=6, every_days=4)
    (broken,) = breaks_in(thread_of(record.case))
    assert (broken.kind, broken.sentence, broken.since) == (BreakKind.NO_NOTE, "No note for 7 days", ago(7))
    assert broken.place.query == (("goal", str(goal.pk)), ("objective", str(objective.pk)))
    record.note(4, goal)
    assert kinds(thread_of(record.case)) == []


@pytest.mark.demand("D1", "M4")
def test_without_a_rhythm_of_its_own_work_follows_the_rhythm_of_the_case(record: Record) -> None:
    goal = record.goal(record.version(), record.need())
    objective = record.objective(goal)
    record.service(14, goal, objective)
    assert kinds(thread_of(record.case)) == []
    record.case.contact_every_days = 13
    assert kinds(thread_of(record.case)) == [BreakKind.NO_NOTE]
    record.note(1, goal, objective, state="draft", signed_at=None)
    assert kinds(thread_of(record.case)) == [BreakKind.NO_NOTE], "a draft is not yet a note"


@pytest.mark.demand("D1", "I4")
def test_a_referral_breaks_the_day_after_it_was_to_be_chased(record: Record) -> None:
    goal = record.goal(record.version(), record.need())
    objective = record.objective(goal)
    referral = record.referral("sent", 0, goal, objective)
    record.note(1, goal, objective)
    thread = thread_of(record.case)
    assert kinds(thread) == []
    assert thread.needs[0].goals[0].objectives[0].work[0].state is State.WAIT
    referral.chase_on = ago(1)
    referral.save()
    (broken,) = breaks_in(thread_of(record.case))
    assert broken.sentence == "Northgate Housing Trust has not answered for 10 days"
    assert (broken.place.name, broken.place.args) == ("referral_out", (record.case.pk, referral.pk))
    referral.state, referral.answered_on = "waitlisted", ago(0)
    referral.save()
    assert kinds(thread_of(record.case)) == []


@pytest.mark.demand("D1", "I4")
def test_a_referral_tied_to_nothing_is_still_chased(record: Record) -> None:
    record.referral("sent", 5)
    thread = thread_of(record.case)
    assert kinds(thread) == [BreakKind.UNANSWERED]
    assert breaks_in(thread)[0].need is None and len(thread.untied) == 1


@pytest.mark.demand("D1", "M5")
def test_a_date_that_passed_without_result_is_a_break_until_someone_says_how_it_ended(record: Record) -> None:
    goal = record.goal(record.version(), record.need())
    objective = record.objective(goal, due=4)
    record.activity(objective)
    record.progress(objective, "behind", 6, value="one visit")
    (broken,) = breaks_in(thread_of(record.case))
    assert (broken.kind, broken.place.args, broken.since) == (
        BreakKind.NO_RESULT,
        (record.case.pk, objective.pk),
        ago(4),
    )
    record.progress(objective, "reached", 6)
    thread = thread_of(record.case)
    woven = thread.needs[0].goals[0]
    assert kinds(thread) == []
    assert woven.link.state is State.MET and woven.objectives[0].outcome.detail == "2 days early"


@pytest.mark.demand("D1", "M5")
def test_a_result_other_than_reached_ends_the_chain_calmly(record: Record) -> None:
    goal = record.goal(record.version(), record.need())
    objective = record.objective(goal, due=4)
    record.progress(objective, "given_up", 2)
    thread = thread_of(record.case)
    assert kinds(thread) == []
    outcome = thread.needs[0].goals[0].objectives[0].outcome
    assert outcome.state is State.REST and outcome.tag is not None and "Given up" in outcome.tag[0]


@pytest.mark.demand("D1")
def test_signed_notes_and_services_tied_to_no_goal_are_loose_ends(record: Record) -> None:
    note, service = record.note(5, title="A winter coat"), record.service(4)
    record.note(5, stands_alone=True)
    record.service(5, stands_alone=True)
    record.note(5, state="draft", signed_at=None)
    thread = thread_of(record.case)
    assert kinds(thread) == [BreakKind.LOOSE_NOTE, BreakKind.LOOSE_SERVICE]
    assert [(end.key, end.noun) for end in thread.loose] == [(note.pk, "note"), (service.pk, "service")]
    assert thread.breaks[0].place.args == (record.case.pk, "note", note.pk)
    assert all("coat" not in one.sentence for one in breaks_in(thread)), "a break tells no story"


@pytest.mark.demand("D1", "P8")
def test_the_thread_survives_a_new_plan_version(record: Record) -> None:
    need = record.need()
    first = record.version("replaced")
    old_goal = record.goal(first, need, "Old words")
    old = record.objective(old_goal)
    record.note(3, old_goal, old)
    record.service(2, old_goal, old)
    second = record.version("in_effect")
    record.objective(record.goal(second, need, "New words", old_goal), origin=old)
    record.goal(record.version("draft"), need, "Not yet agreed")
    record.settle()
    thread = thread_of(record.case)
    assert kinds(thread) == []
    (goal,) = thread.needs[0].goals
    assert goal.row.title == "New words"
    assert goal.objectives[0].note.what == "Two flats seen"


@pytest.mark.demand("D1")
def test_before_a_plan_is_in_effect_the_latest_one_being_made_counts(record: Record) -> None:
    need = record.need()
    record.goal(record.version("draft"), need, "Older")
    record.goal(record.version("signing"), need, "Newer")
    record.goal(record.version("withdrawn"), need, "Taken back")
    record.settle()
    assert [goal.row.title for goal in thread_of(record.case).needs[0].goals] == ["Newer"]


@pytest.mark.demand("T8", "D1")
def test_in_a_closed_case_nothing_is_broken_and_the_chain_shows_how_it_ended(record: Record) -> None:
    record.need("Without goal")
    goal = record.goal(record.version(), record.need())
    objective = record.objective(goal, due=4)
    record.activity(objective, starts=60)
    record.referral("sent", 5, goal, objective)
    record.note(5)
    assert len(breaks_in(thread_of(record.case))) == 5
    record.case.closed_on = ago(0)
    record.case.save()
    thread = thread_of(record.case)
    assert kinds(thread) == []
    links = [link for need in thread.needs for goal in need.goals for link in goal.links]
    assert State.GAP not in {link.state for link in links}
    assert thread.needs[0].end is not None and thread.needs[0].end.kind == "The case ended first"
    assert thread.needs[1].goals[0].objectives[0].outcome.kind == "No result"


@pytest.mark.demand("A5")
def test_the_needs_can_be_put_in_the_clients_own_order(record: Record) -> None:
    for title, rank in (("Home", 3), ("Sleep", 1), ("Papers", None), ("English", 2)):
        record.need(title, client_rank=rank)
    thread = thread_of(record.case)
    assert [need.row.title for need in thread.needs] == ["Home", "Sleep", "Papers", "English"]
    assert [need.row.title for need in thread.by_clients_rank] == ["Sleep", "English", "Home", "Papers"]


@pytest.mark.demand("D1")
def test_many_threads_are_woven_by_one_query(cast: Cast) -> None:
    cases = [cast.enroll(name) for name in ("Sama Othman", "Jo Lin", "Amal Deeb")]
    with acting(cast.maren):
        for case in cases:
            record = Record(case, cast.staff["maren"])
            goal = record.goal(record.version(), record.need(case.client.preferred_name))
            record.activity(record.objective(goal))
        with CaptureQueriesContext(connection) as asked:
            threads = threads_of(cases)
        assert len(asked) == 1
        assert {case.pk: threads[case.pk].needs[0].row.title for case in cases} == {
            case.pk: case.client.preferred_name for case in cases
        }
        assert threads_of([]) == {}


@pytest.mark.demand("C4")
def test_a_stranger_weaves_nothing(record: Record, cast: Cast) -> None:
    record.need()
    with acting(cast.tadesse):
        assert thread_of(record.case).needs == ()
