"""What a line of the timeline says: of each kind its sentence, its tags, its hour, and how late it was written."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.documentation.forms import TimelineForm
from alongside.documentation.queries.events import TIMELINE, Event, Kind, Row, Words
from alongside.documentation.queries.timeline import Shown, Wanted, _as_cursor, _cursor, groups, timeline
from alongside.foundations.actor import acting
from tests.cast import Cast
from tests.thread_parts import Record, ago, at_ten
from tests.visits import read, signed_in

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]

CASE, KEY = uuid4(), uuid4()
AT = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)
REFERRED = {"organization": "Northgate", "service": "Social flat", "goal": None, "by": "Maren", "state": "sent"}
SERVICE = {
    "what": "Rang the landlord", "kind": "advocating", "minutes": 20, "mode": "phone", "place": "", "goal": "Tenancy",
    "stands_alone": False, "by": "Maren", "recorded_at": "2026-03-02T18:00:00+00:00",
}  # fmt: skip
NOTE = {
    "title": "Two flats seen", "mode": "face", "minutes": 50, "place": "", "state": "signed", "by": "Maren",
    "signed_at": "2026-03-02T20:00:00+00:00", "cosigner": None, "stands_alone": False, "goals": ["Tenancy"], "present": [],
}  # fmt: skip
RESTS = {"number": 2, "title": "Driving", "kind": "defer", "by": "client", "again": None}
VERSION = {"number": 3, "state": "signing", "review_on": None}
STANDS = {"number": "1.1.a", "title": "Sign a lease", "standing": "behind", "value": "one visit", "by": "Maren"}
TOLD = {"subject": "consent", "language": "Arabic", "interpreter": "Hala K.", "agreed": True, "by": "Ines"}


def told(kind: str, columns: dict[str, Any], step: str = "", at: datetime = AT) -> Event:
    """The line that a row of a kind becomes."""
    return TIMELINE[kind].event(CASE, Row(kind, step, KEY, at, columns))


@pytest.mark.demand("D2")
@pytest.mark.parametrize(
    ("kind", "step", "columns", "title", "detail"),
    [
        ("need", "", {"number": 4, "title": "Sleep"}, "Need 4 found.", "Sleep"),
        ("decision", "1", RESTS, "Need 2 rests, decided by the client.", "Driving"),
        ("decision", "1", RESTS | {"by": "both"}, "Need 2 rests, decided by both together.", "Driving"),
        ("decision", "1", RESTS | {"by": "worker"}, "Need 2 rests, decided by the worker.", "Driving"),
        ("decision", "2", RESTS, "Need 2 no longer rests.", "Driving"),
        ("version", "1", VERSION, "Plan version 3 made.", ""),
        ("version", "2", VERSION, "Plan version 3 came into effect.", ""),
        ("signature", "", {"name": "Sama", "capacity": "client", "number": 3}, "The client signed plan version 3.", ""),
        ("progress", "", STANDS, "Objective 1.1.a: behind.", "Sign a lease: one visit"),
        ("progress", "", STANDS | {"value": "", "standing": "given_up"}, "Objective 1.1.a: given up, by decision.", "Sign a lease"),
        ("service", "", SERVICE, "Service: advocating, phone, 20 min.", "Rang the landlord"),
        ("referral", "1", REFERRED, "Referral sent to Northgate.", "Social flat"),
        ("referral", "2", REFERRED | {"state": "accepted"}, "Northgate answered the referral.", "Social flat"),
        ("referral", "2", REFERRED | {"state": "declined"}, "Northgate declined the referral.", "Social flat"),
        ("referral", "2", REFERRED | {"state": "waitlisted"}, "Northgate put the client on its waiting list.", "Social flat"),
        ("referral", "3", REFERRED, "Service began at Northgate.", "Social flat"),
        ("referral", "4", REFERRED, "Referral to Northgate closed.", "Social flat"),
        ("note", "", NOTE, "Progress note, face to face, 50 min.", "Two flats seen"),
        ("note", "", NOTE | {"minutes": None, "mode": "phone"}, "Progress note, phone.", "Two flats seen"),
        ("explanation", "", TOLD, "Informed consent to services: explained.", "in Arabic, interpreted by Hala K."),
        ("explanation", "", TOLD | {"interpreter": ""}, "Informed consent to services: explained.", "in Arabic"),
        ("referral_in", "1", {"source": "St Brigid’s", "program": "New Start"}, "Referred to New Start.", "St Brigid’s"),
        ("referral_in", "2", {"source": "St Brigid’s", "program": "New Start"}, "New Start accepted the referral.", ""),
    ],
)  # fmt: skip
def test_each_kind_of_event_is_told_in_its_own_sentence(
    kind: str, step: str, columns: dict[str, Any], title: str, detail: str
) -> None:
    event = told(kind, columns, step)
    assert (event.title, event.detail.replace("..", ".")) == (title, detail.replace("..", "."))


@pytest.mark.demand("D2", "I3", "P8")
@pytest.mark.parametrize(
    ("kind", "step", "columns", "tags"),
    [
        ("note", "", NOTE, ["Signed by Maren"]),
        ("note", "", NOTE | {"state": "draft", "signed_at": None, "goals": None}, ["Draft, not signed"]),
        ("note", "", NOTE | {"state": "cosign"}, ["Waiting for co-signature"]),
        ("note", "", NOTE | {"cosigner": "Delphine"}, ["Signed by Maren", "Co-signed by Delphine"]),
        ("note", "", NOTE | {"goals": None}, ["Signed by Maren", "Tied to no goal"]),
        ("note", "", NOTE | {"goals": None, "stands_alone": True}, ["Signed by Maren"]),
        ("service", "", SERVICE, []),
        ("service", "", SERVICE | {"goal": None}, ["Tied to no goal"]),
        ("service", "", SERVICE | {"goal": None, "stands_alone": True}, []),
        ("decision", "1", RESTS, []),
        ("decision", "1", RESTS | {"again": "2026-03-30"}, ["Look again on Mon 30 Mar"]),
        ("version", "1", VERSION, ["Waiting for signatures"]),
        ("version", "2", VERSION, []),
        ("version", "1", VERSION | {"state": "in_effect"}, []),
        ("explanation", "", TOLD, ["Agreed"]),
        ("explanation", "", TOLD | {"agreed": False}, ["Not agreed"]),
    ],
)
def test_what_still_waits_or_hangs_loose_is_a_tag_at_the_event(
    kind: str, step: str, columns: dict[str, Any], tags: list[str]
) -> None:
    said = [words for words, _css, _icon in told(kind, columns, step).tags]
    assert [words.removesuffix(" 2026") for words in said] == tags


@pytest.mark.demand("D4")
@pytest.mark.parametrize(
    ("happened", "written", "days"),
    [
        ("2026-03-02 15:30", "2026-03-02 23:59", 0),
        ("2026-03-02 15:30", "2026-03-03 00:01", 1),
        ("2026-03-02 23:50", "2026-03-03 00:10", 1),
        ("2026-02-27 09:00", "2026-03-02 09:00", 3),
        ("2026-03-07 12:00", "2026-03-09 12:00", 2),
        ("2026-03-02 15:30", None, None),
    ],
)
def test_lateness_counts_the_days_of_the_calendar_where_the_agency_is(
    happened: str, written: str | None, days: int | None
) -> None:
    at = timezone.make_aware(datetime.fromisoformat(happened))
    signed = timezone.make_aware(datetime.fromisoformat(written)).isoformat() if written else None
    assert told("note", NOTE | {"signed_at": signed}, at=at).late_days == days
    assert told("service", SERVICE | {"recorded_at": signed}, at=at).late_days == days


@pytest.mark.demand("D4")
@pytest.mark.parametrize(
    ("days", "said", "due"),
    [(0, "Written the same day", False), (1, "Written 1 day after", False), (2, "Written 2 days after", True)],
)
def test_the_page_says_when_it_was_written_and_warns_from_the_second_day(
    cast: Cast, days: int, said: str, due: bool
) -> None:
    with acting(cast.maren):
        service = Record(cast.sama, cast.staff["maren"]).service(days)
        service.recorded_at = at_ten(ago(0))
        service.save()
    answer = signed_in(cast, "maren").get(f"/cases/{cast.sama.pk}/timeline/?kind=services").content.decode()
    line = answer.split("Service: advocating")[1].split("</li>")[0]
    assert said in line
    assert ('class="tag due"' in line.split("Tied to no goal")[1]) is due


@pytest.mark.parametrize(("hour", "said"), [("00:00", ""), ("09:05", "09:05"), ("23:59", "23:59")])
def test_a_day_without_an_hour_shows_none(hour: str, said: str) -> None:
    at = timezone.make_aware(datetime.fromisoformat(f"2026-03-02 {hour}"))
    shown = Shown(TIMELINE["need"], Row("need", "", KEY, at, {}), Event("x"), Words())
    assert (shown.hour, shown.day, shown.address) == (said, date(2026, 3, 2), "")


@pytest.mark.demand("D2")
@settings(max_examples=200, deadline=None)
@given(
    at=st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),
    key=st.uuids(),
    step=st.sampled_from(["", "1", "2", "a_b"]),
)
def test_the_way_to_older_events_is_found_again_to_the_microsecond(at: datetime, key: UUID, step: str) -> None:
    assert _cursor(_as_cursor(Row("note", step, key, at, {}))) == (at, key, step)


@pytest.mark.demand("D2")
@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60) | st.integers().map(lambda n: f"{n}_{KEY}_") | st.just("9" * 400 + f"_{KEY}_1"))
def test_a_way_that_leads_nowhere_shows_the_newest_and_never_fails(text: str) -> None:
    found = _cursor(text)
    assert found is None or found[1] == KEY or str(found[1])


@pytest.mark.demand("D2")
@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", Wanted()),
        ("kind=notes", Wanted(frozenset({"notes"}))),
        ("kind=notes&kind=plan&since=2026-01-02", Wanted(frozenset({"notes", "plan"}), date(2026, 1, 2))),
        ("until=2026-01-02", Wanted(until=date(2026, 1, 2))),
        ("kind=gossip&until=2026-01-02", Wanted(until=date(2026, 1, 2))),
        ("since=yesterday&kind=notes", Wanted(frozenset({"notes"}))),
    ],
)
def test_what_can_be_read_of_a_filter_is_followed(query: str, wanted: Wanted) -> None:
    assert TimelineForm(RequestFactory().get(f"/?{query}").GET).wanted == wanted


@pytest.mark.demand("D2")
def test_each_chip_stands_once_and_every_kind_has_one() -> None:
    chips = groups()
    assert len(chips) == len(dict(chips)) and {kind.group for kind in TIMELINE} == {key for key, _ in chips}
    assert all(label and label[0].isupper() for _, label in chips)


@pytest.mark.demand("D2")
@pytest.mark.parametrize("query", ["since=0001-01-01", "until=9999-12-31", "since=9999-12-31", "until=0001-01-01"])
def test_a_day_at_the_end_of_the_calendar_is_a_day_like_any_other(cast: Cast, query: str) -> None:
    answer = signed_in(cast, "maren").get(f"/cases/{cast.sama.pk}/timeline/?{query}")
    assert answer.status_code == 200
    everything = query in ("since=0001-01-01", "until=9999-12-31")
    assert ("Nothing of these kinds happened" in answer.content.decode()) is not everything


@pytest.fixture
def record(cast: Cast) -> Iterator[Record]:
    """Sama’s record, with Maren at work on it."""
    with acting(cast.maren):
        yield Record(cast.sama, cast.staff["maren"])


@pytest.mark.demand("D2")
@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        (4, 4, ["four"]),
        (4, None, ["three", "four"]),
        (None, 4, ["four", "five"]),
        (3, 5, []),
        (5, 3, ["three", "four", "five"]),
    ],
)
def test_the_days_of_a_filter_are_both_counted(
    record: Record, since: int | None, until: int | None, found: list[str]
) -> None:
    for days, what in ((3, "three"), (4, "four"), (5, "five")):
        record.service(days, what=what)
    span = [None if day is None else ago(day) for day in (since, until)]
    page = timeline(record.case, Wanted(frozenset({"services"}), *span))
    assert [shown.event.detail for shown in page.events] == found


@pytest.mark.demand("D2")
def test_a_note_at_the_last_minute_of_a_day_belongs_to_that_day(record: Record) -> None:
    late = timezone.make_aware(datetime.combine(ago(4), datetime.max.time()))
    early = late + timedelta(microseconds=1)
    keys = []
    for at in (late, early):
        note = record.note(4, state="draft", signed_at=None)
        note.at = at
        note.save()
        keys.append(note.pk)
    for days, key in ((4, keys[0]), (3, keys[1])):
        page = timeline(record.case, Wanted(frozenset({"notes"}), ago(days), ago(days)))
        assert [shown.row.id for shown in page.events] == [key]


@pytest.mark.demand("I3")
def test_a_draft_says_that_it_is_one_and_tells_nothing_yet(record: Record) -> None:
    record.note(2, state="draft", signed_at=None, title="Two flats seen")
    (shown,) = timeline(record.case, Wanted(frozenset({"notes"}))).events
    assert shown.event.detail == "" and shown.event.late_days is None
    assert [words for words, _css, _icon in shown.event.tags] == ["Draft, not signed"]


@pytest.mark.demand("D2", "I4")
def test_one_referral_is_told_step_by_step_and_links_to_its_page(cast: Cast, record: Record) -> None:
    record.referral("closed", None, answered_on=ago(6), started_on=ago(4), closed_on=ago(1))
    page = timeline(record.case, Wanted(frozenset({"referrals"})))
    assert [shown.row.step for shown in page.events] == ["4", "3", "2", "1"]
    assert len({shown.address for shown in page.events}) == 1
    same_day = record.referral("closed", None, sent_on=ago(2), answered_on=ago(2), started_on=ago(2), closed_on=ago(2))
    walked: list[str] = []
    before = ""
    for _ in range(9):
        part = timeline(record.case, Wanted(frozenset({"referrals"})), before, size=1)
        walked += [shown.row.step for shown in part.events if shown.row.id == same_day.pk]
        before = part.older
        if not before:
            break
    assert walked == ["4", "3", "2", "1"], "steps of one day are neither lost nor told twice"


@pytest.mark.demand("D2")
def test_a_chip_that_was_chosen_stays_chosen_and_everything_is_one_press_away(cast: Cast, record: Record) -> None:
    record.service(3)
    maren = signed_in(cast, "maren")
    page = read(maren, "timeline", cast.sama.pk, kind="services", since=str(ago(9)))
    assert 'value="services" checked' in page and f'value="{ago(9)}"' in page and "Show everything" in page
    plain = read(maren, "timeline", cast.sama.pk)
    assert " checked" not in plain and "Show everything" not in plain


def test_a_kind_without_words_of_its_own_shows_only_its_line() -> None:
    plain = Kind("plain", "practice D2", "notes", "Notes", "notes", lambda: [], lambda case, row: Event("x"))
    assert plain.words([KEY]) == {}
    assert (Row("plain", "", KEY, AT, {}).day("none"), Row("plain", "", KEY, AT, {}).moment("none")) == (None, None)
