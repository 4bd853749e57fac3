"""The Thread on its page: what each state says, who is offered to mend, and the sentence that stands above it all."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from alongside.documentation.queries import stages_of
from alongside.documentation.thread import State, thread_of
from alongside.documentation.thread.objective import _early
from alongside.documentation.thread.parts import Link, Place
from alongside.documentation.thread.rows import (
    ActivityRow,
    ObjectiveRow,
    ProgressRow,
    ReferralRow,
    ServiceRow,
)  # fmt: skip
from alongside.documentation.thread.weave import _in_order
from alongside.documentation.thread.work import (
    activity_link,
    counts_as_work,
    due_by,
    every_days,
    first_day,
    is_unanswered,
    most_pressing_first,
    referral_link,
)  # fmt: skip
from alongside.foundations.actor import acting
from alongside.people.models import Assignment, Case
from tests.cast import Cast
from tests.thread_parts import Record, ago
from tests.visits import SCRIPT, is_only_text, read, signed_in

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]

ONE = uuid4()
HERE = Place("plan", (ONE,))


def asked(state: str = "sent", chase: int | None = 2, **more: Any) -> ReferralRow:
    """A referral as the Thread reads it, sent ten days ago."""
    days = {"sent_on": ago(10), "chase_on": None if chase is None else ago(chase), "answered_on": None}
    more = days | {"started_on": None, "closed_on": None} | more
    return ReferralRow(
        id=ONE,
        case=ONE,
        goal=None,
        objective=None,
        organization="Northgate",
        service="Social flat",
        state=state,
        **more,
    )


def does(starts: int, ends: int | None = None, every: int | None = None, often: str = "") -> ActivityRow:
    """An activity, from so many days ago until so many days ago; negative lies ahead."""
    until = None if ends is None else ago(ends)
    return ActivityRow(ONE, ONE, ONE, "client", "Sama", "Looks at flats", often, every, ago(starts), until)


@pytest.mark.demand("I4", "D1")
@pytest.mark.parametrize(
    ("state", "more", "link", "tag"),
    [
        ("draft", {}, State.YET, "Not sent yet"),
        ("sent", {"chase": 0}, State.WAIT, "no answer yet"),
        ("received", {"chase": 0}, State.WAIT, "no answer yet"),
        ("sent", {"chase": None}, State.WAIT, "no answer yet"),
        ("accepted", {"answered_on": ago(1)}, State.IN_PLACE, "Accepted"),
        ("waitlisted", {"answered_on": ago(1)}, State.WAIT, "On their waiting list"),
        ("declined", {"answered_on": ago(1)}, State.REST, "Declined"),
        ("started", {"started_on": ago(1)}, State.IN_PLACE, "Service began"),
        ("closed", {"closed_on": ago(1)}, State.IN_PLACE, "Closed"),
    ],
)
def test_a_referral_says_how_it_stands(state: str, more: dict[str, Any], link: State, tag: str) -> None:
    woven = referral_link(asked(state, **more), 1, True)
    assert (woven.state, woven.what, woven.broken) == (link, "Northgate", None)
    assert woven.tag is not None and tag in woven.tag[0]
    closed = referral_link(asked(state, **more), 1, False)
    assert closed.state is (State.REST if link is State.WAIT else link), "nothing is waited for in a closed case"


@pytest.mark.demand("I4")
@pytest.mark.parametrize(
    ("state", "chase", "answered", "late"),
    [
        ("sent", 1, None, True), ("sent", 0, None, False), ("sent", -1, None, False), ("sent", None, None, False),
        ("received", 1, None, True), ("received", 1, 0, False), ("accepted", 1, None, False), ("draft", 1, None, False),
        ("waitlisted", 5, None, False), ("declined", 5, 1, False),
    ],
)  # fmt: skip
def test_a_referral_is_unanswered_from_the_day_after_it_was_to_be_chased(
    state: str, chase: int | None, answered: int | None, late: bool
) -> None:
    row = asked(state, chase, answered_on=None if answered is None else ago(answered))
    assert is_unanswered(row) is late
    assert (referral_link(row, 1, True).state is State.GAP) is late
    assert counts_as_work(row) is (state not in ("draft", "declined"))


@pytest.mark.demand("M4")
@pytest.mark.parametrize(
    ("activities", "every"),
    [
        ([], 14),
        ([does(5)], 14),
        ([does(5, every=7)], 7),
        ([does(5, every=7), does(5, every=3)], 3),
        ([does(5, every=30)], 30),
        ([does(-1, every=3)], 14),
        ([does(9, ends=1, every=3)], 14),
        ([does(9, ends=0, every=3)], 3),
        ([does(0, every=3)], 3),
    ],
)
def test_a_note_is_due_in_the_closest_rhythm_of_what_runs_today(activities: list[ActivityRow], every: int) -> None:
    assert every_days(activities, 14) == every
    assert due_by(ago(10), every) == ago(10 - every)


@pytest.mark.demand("D1", "M4")
def test_work_begins_with_whatever_came_first_and_never_in_the_future() -> None:
    service = ServiceRow(ONE, ONE, None, None, ago(4), "Rang", 20, "Maren Achterberg")
    assert first_day([], [], []) is None
    assert first_day([does(-3)], [], []) is None
    assert first_day([does(-3)], [service], []) == ago(4)
    assert first_day([does(6)], [service], []) == ago(6)
    assert first_day([does(6)], [service], [asked()]) == ago(10)
    assert first_day([], [], [asked("declined"), asked("draft")]) is None


def test_what_is_broken_stands_before_what_waits_and_what_rests_stands_last() -> None:
    every = [Link(state, "x") for state in (State.REST, State.YET, State.MET, State.IN_PLACE, State.WAIT, State.GAP)]
    shown = [link.state for link in most_pressing_first(every)]
    assert shown == [State.GAP, State.WAIT, State.IN_PLACE, State.MET, State.YET, State.REST]


@pytest.mark.demand("P4")
@pytest.mark.parametrize(
    ("starts", "often", "state", "kind"),
    [(-2, "", State.YET, "Sama"), (0, "weekly", State.IN_PLACE, "Sama, weekly"), (5, "", State.IN_PLACE, "Sama")],
)
def test_an_activity_says_who_how_often_and_whether_it_has_begun(
    starts: int, often: str, state: State, kind: str
) -> None:
    link = activity_link(does(starts, often=often), HERE)
    assert (link.state, link.kind, link.what) == (state, kind, "Looks at flats")
    assert link.detail.startswith("Starts") is (state is State.YET)


@pytest.mark.demand("M5")
@pytest.mark.parametrize(
    ("ended", "said"),
    [(5, "1 day early"), (6, "2 days early"), (4, "on the day"), (3, "1 day late"), (0, "4 days late")],
)
def test_an_outcome_says_how_early_or_late_it_came(ended: int, said: str) -> None:
    objective = ObjectiveRow(ONE, ONE, ONE, ONE, "1.1.a", "Sign a lease", "none", "signed", ago(4))
    assert _early(objective, ProgressRow(ONE, ONE, ONE, ago(ended), "", "reached")) == said


def test_numbers_are_read_as_numbers_and_not_as_words() -> None:
    numbers = ["1.10.a", "1.2.b", "1.2.a", "10.1.a", "2.1.a", "1.9"]
    assert sorted(numbers, key=_in_order) == ["1.2.a", "1.2.b", "1.9", "1.10.a", "2.1.a", "10.1.a"]


@pytest.fixture
def record(cast: Cast) -> Iterator[Record]:
    """Sama’s record, with Maren at work on it."""
    with acting(cast.maren):
        yield Record(cast.sama, cast.staff["maren"])


@pytest.mark.demand("D1", "C4")
def test_a_reader_sees_every_break_and_is_offered_no_mend(cast: Cast) -> None:
    with acting(cast.maren):
        record = Record(cast.sama, cast.staff["maren"])
        record.need("Sleep")
        record.service(2)
        record.referral("sent", 2)
        lent = Assignment(
            case=cast.sama,
            staff=cast.staff["tadesse"],
            role="review",
            reason="Review",
            until="2099-01-01",
            since=ago(0),
        )
        lent.save(force_insert=True)
    for who, mends in (("maren", True), ("tadesse", False)):
        page = read(signed_in(cast, who), "case", cast.sama.pk)
        assert (
            "This need has no goal, and no decision to wait" in page
            and "Northgate Housing Trust has not answered" in page
        )
        assert ("btn-mend" in page) is mends
        assert ('name="ties"' in page) is mends
        assert ("Record a service" in page) is mends


@pytest.mark.demand("D1", "A5", "P1")
def test_a_need_that_rests_is_shown_in_the_clients_words_or_with_the_reason(cast: Cast, record: Record) -> None:
    record.rest(record.need("Driving"), why="Costs too much", client_words="First the flat.")
    record.rest(record.need("Sleep"), why="Doctor first", decided_by="both", look_again_on=ago(-9))
    page = read(signed_in(cast, "maren"), "case", cast.sama.pk)
    assert "“First the flat.”" in page and "Costs too much" not in page
    assert "Doctor first" in page and "decided by both together" in page and "Looked at again together on" in page
    assert "2 needs, 2 needs resting by decision." in page and "Nothing is broken." in page


@pytest.mark.demand("D1")
def test_only_breaks_of_a_whole_chain_says_that_it_is_whole(cast: Cast, record: Record) -> None:
    record.rest(record.need("Driving"))
    page = read(signed_in(cast, "maren"), "case", cast.sama.pk, only="breaks", order="client")
    assert "No need has a break. The chain is whole." in page
    assert f"{reverse('case', args=[cast.sama.pk])}?order=client" in page and "Every need" in page
    plain = read(signed_in(cast, "maren"), "case", cast.sama.pk)
    assert "Only breaks" not in plain, "there is nothing to choose"


def test_what_stands_in_the_address_is_never_run(cast: Cast, record: Record) -> None:
    record.need(SCRIPT, client_words=SCRIPT)
    for query in ({"order": f'"{SCRIPT}'}, {"only": f'"{SCRIPT}'}):
        answer = signed_in(cast, "maren").get(reverse("case", args=[cast.sama.pk]), query)
        is_only_text(answer)
        assert "Need 1" in answer.content.decode()


@pytest.mark.demand("D1", "M5")
def test_an_objective_shows_where_it_stands_between_where_it_began_and_its_target(cast: Cast, record: Record) -> None:
    objective = record.objective(record.goal(record.version(), record.need()))
    record.activity(objective)
    maren = signed_in(cast, "maren")
    assert "From none to signed" in read(maren, "case", cast.sama.pk)
    record.progress(objective, "behind", 3, value="one visit")
    assert "Now one visit; from none to signed" in read(maren, "case", cast.sama.pk)
    record.progress(objective, "reached", 1, value="signed")
    page = read(maren, "case", cast.sama.pk)
    assert "From none to signed" in page and "1 objective reached" in page and "days early" in page


@pytest.mark.demand("D1")
@pytest.mark.parametrize(
    ("who", "enrolled", "closed", "said", "offered"),
    [
        ("maren", False, False, "First Sama is enrolled", "case_enroll"),
        ("maren", True, False, "no need is written down yet", "sitting_new"),
        ("maren", True, True, "No need was written down before this case ended.", ""),
        ("tadesse", True, False, "no need is written down yet", ""),
    ],
)
def test_an_empty_thread_says_what_comes_next_to_whoever_may_do_it(
    cast: Cast, who: str, enrolled: bool, closed: bool, said: str, offered: str
) -> None:
    case = cast.sama if enrolled else cast.open_case()
    with acting(cast.maren):
        Assignment(
            case=case, staff=cast.staff["tadesse"], role="review", reason="Review", until="2099-01-01", since=ago(0)
        ).save(force_insert=True)
        if closed:
            Case.objects.filter(pk=case.pk).update(closed_on=ago(0))
    page = read(signed_in(cast, who), "case", case.pk).split('class="empty"')[1]
    assert said in page
    for name in ("case_enroll", "sitting_new"):
        assert (reverse(name, args=[case.pk]) in page) is (name == offered)


@pytest.mark.demand("D1", "E5")
def test_the_stage_of_a_case_is_read_from_its_record(cast: Cast) -> None:
    case = cast.open_case()

    def now(changed: Case) -> tuple[str, date | None, int]:
        stages = stages_of(changed)
        (here,) = [stage for stage in stages if stage.place == "here"]
        return here.name, here.since, sum(stage.place == "past" for stage in stages)

    with acting(cast.maren):
        record = Record(case, cast.staff["maren"])
        assert now(case) == ("Engagement", case.opened_on, 0)
        case.enrolled_on = ago(8)
        assert now(case) == ("Assessment", ago(8), 1)
        objective = record.objective(record.goal(record.version("in_effect"), record.need(found_on=ago(6))))
        assert now(case) == ("Planning", ago(6), 2)
        record.settle()
        assert now(case) == ("Intervention", ago(14), 3)
        record.progress(objective, "behind", 2)
        assert now(case)[0] == "Intervention", "progress without a review is no monitoring yet"
        record.progress(objective, "behind", 1, review_id=uuid4())
        assert now(case) == ("Monitoring", ago(1), 4)
        case.closed_on = ago(0)
        assert now(case) == ("Ending", ago(0), 5)


@pytest.mark.demand("E7")
def test_the_header_names_todays_primary_and_says_when_there_is_none(cast: Cast) -> None:
    case = cast.sama
    assert "Maren Achterberg" in read(signed_in(cast, "priya"), "case", case.pk).split("stages")[0]
    with acting(cast.priya):
        Assignment.objects.filter(case=case, role="primary").update(until=ago(0))
        assert "No primary case manager" in read(signed_in(cast, "priya"), "case", case.pk)


@pytest.mark.demand("D1", "T8")
@pytest.mark.parametrize("closed", [False, True])
def test_an_objective_without_work_in_a_need_that_rests_is_calm(record: Record, closed: bool) -> None:
    need = record.need()
    goal = record.goal(record.version(), need)
    record.objective(goal, due=3)
    record.goal(goal.version, need, "A goal without objective")
    if closed:
        record.case.closed_on = ago(0)
    else:
        record.rest(need)
    thread = thread_of(record.case)
    assert not thread.breaks
    first, second = thread.needs[0].goals
    work, note, outcome = first.objectives[0].work[0], first.objectives[0].note, first.objectives[0].outcome
    assert (work.kind, note.kind) == ("No work was recorded", "No note was written")
    assert outcome.kind == ("No result" if closed else "Resting")
    assert second.end is not None and second.end.kind == ("The case ended first" if closed else "Resting")


def test_every_piece_of_work_is_drawn_alike_the_first_and_those_below_it(cast: Cast) -> None:
    with acting(cast.maren):
        record = Record(cast.sama, cast.staff["maren"])
        goal = record.goal(record.version("in_effect"), record.need())
        objective = record.objective(goal)
        for what in ("Looks at flats", "Rings the landlord", "Keeps the money aside"):
            record.activity(objective, what=what)
        record.settle()
    page = read(signed_in(cast, "maren"), "case", cast.sama.pk)
    for what in ("Looks at flats", "Rings the landlord", "Keeps the money aside"):
        assert re.search(rf'<(?:a|span) class="what"[^>]*>{what}<', page), what
