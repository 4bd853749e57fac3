"""What the client sees otherwise stands beside the record, for good, wherever the record is read (practice D5)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse

from alongside.confidentiality.actions.statements import statement_reply, statement_take
from alongside.confidentiality.models import Statement
from alongside.confidentiality.queries import RECORDS, beside_records, record_of
from alongside.documentation.models import Need
from alongside.documentation.queries.file import CASE_FILE
from alongside.documentation.queries.timeline import Wanted, timeline
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import NotAllowed, RuleBroken
from alongside.foundations.models import Deed
from alongside.people.models import Case, CaseRecord
from tests.access.routes import Record, lend, whole_record
from tests.cast import Cast
from tests.visits import SCRIPT, beside, is_only_text, read, send, signed_in

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("D5")]

SAID = "That is not how it was. I asked for the room myself."
PAGES = {"document": 1, "note": 1, "need": 1, "service": 1, "referral": 1, "finding": 1, "closing": 1, "plan": 1}


@pytest.fixture
def record(cast: Cast) -> Record:
    """One row in every table of Sama's record; the note and the plan are signed."""
    found = whole_record(cast, cast.sama, "maren")
    with acting(cast.maren), connection.cursor() as cursor:
        cursor.execute("UPDATE documentation_note SET state = 'signed', signed_at = now()")
        cursor.execute("UPDATE documentation_planversion SET state = 'in_effect', in_effect_on = current_date")
    return found


def row_of(record: Record, kind: str) -> CaseRecord:
    """The row of that kind."""
    row = record[RECORDS[kind].model]
    assert isinstance(row, CaseRecord)
    return row


def ended(cast: Cast) -> None:
    """Let the case be closed, by bare statements: only then its closing is a record."""
    with acting(cast.maren), connection.cursor() as cursor:
        cursor.execute("UPDATE termination_closure SET state = 'closed', closed_at = now()")
        cursor.execute("UPDATE people_case SET closed_on = current_date WHERE id = %s", [cast.sama.pk])


def take(cast: Cast, row: CaseRecord, kind: str, words: str = SAID) -> Statement:
    """Maren takes down what Sama says."""
    return statement_take(cast.maren, case=cast.sama, kind=kind, record=row.pk, words=words, said_on=clock.today())


def test_every_kind_of_record_that_is_asked_for_can_be_disagreed_with() -> None:
    assert {sort.key for sort in RECORDS} == set(PAGES)


@pytest.mark.parametrize("kind", sorted(PAGES))
def test_it_stands_beside_the_record_on_its_own_page(cast: Cast, record: Record, kind: str) -> None:
    row, maren = row_of(record, kind), signed_in(cast, "maren")
    if kind == "closing":
        ended(cast)
    place = RECORDS[kind].address(cast.sama.pk, row.pk)
    address = reverse("statement_new", args=[cast.sama.pk, kind, row.pk])
    before = maren.get(place).content.decode()
    assert address in before
    assert SAID not in before
    answer = maren.post(address, {"words": SAID, "said_on": str(clock.today())})
    assert (answer.status_code, answer.headers["Location"]) == (302, place)
    page = maren.get(place).content.decode()
    assert SAID in page
    assert "taken down by Maren Achterberg" in page
    assert '<blockquote class="voice' in page


def test_nothing_of_the_record_itself_changes(cast: Cast, record: Record) -> None:
    for kind in PAGES:
        row = row_of(record, kind)
        with acting(cast.maren):
            before = type(row)._default_manager.filter(pk=row.pk).values().get()
        take(cast, row, kind)
        with acting(cast.maren):
            assert type(row)._default_manager.filter(pk=row.pk).values().get() == before


def test_the_agency_replies_beside_it(cast: Cast, record: Record) -> None:
    row, maren = row_of(record, "note"), signed_in(cast, "maren")
    statement = take(cast, row, "note")
    page = read(maren, "statement_reply", cast.sama.pk, statement.pk)
    assert SAID in page
    answer = send(maren, "statement_reply", cast.sama.pk, statement.pk, words="We wrote what the clinic said.")
    assert answer.status_code == 302
    shown = read(maren, "note", cast.sama.pk, row.pk)
    assert shown.index(SAID) < shown.index("We wrote what the clinic said.")
    assert "Reply of the agency" in shown


def test_it_is_on_the_timeline_and_in_the_printed_file(cast: Cast, record: Record) -> None:
    statement = take(cast, row_of(record, "need"), "need")
    statement_reply(cast.maren, statement=statement, words="We hear you.")
    with acting(cast.maren):
        events = timeline(cast.sama, Wanted(groups=frozenset({"statements"}))).events
        known = {one.row.id: one for one in events}[statement.pk]
        content = CASE_FILE["statements"].read(cast.sama)
        whole = CASE_FILE["record"].read(cast.sama)
        page = render_to_string(CASE_FILE["statements"].template, {"part": content.shown, "case": cast.sama})
    assert known.words.client == SAID
    assert known.event.title == "The client sees it otherwise: Need."
    assert "We hear you." in known.words.added[0][1]
    assert SAID in page
    assert "We hear you." in page
    assert any(shown.words.client == SAID for shown in whole.shown["events"])
    assert SAID in read(signed_in(cast, "maren"), "timeline", cast.sama.pk)


def test_it_is_never_changed_and_never_taken_away(cast: Cast, record: Record) -> None:
    statement = take(cast, row_of(record, "note"), "note")
    statement_reply(cast.maren, statement=statement, words="We hear you.")
    with acting(cast.maren):
        for table in ("statement", "statementreply"):
            for order in (f"UPDATE confidentiality_{table} SET words = ''", f"DELETE FROM confidentiality_{table}"):  # noqa: S608
                with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(order)


def test_its_words_are_in_no_deed(cast: Cast, record: Record) -> None:
    take(cast, row_of(record, "note"), "note")
    with acting(cast.maren):
        deed = Deed.objects.get(verb="statement_take")
    assert deed.sentence == "Took down that the client sees it otherwise: Progress note"
    assert SAID not in str(deed.changes) + deed.reason


def test_a_closed_record_can_be_disagreed_with_too(cast: Cast, record: Record) -> None:
    with acting(cast.maren):
        Case.objects.filter(pk=cast.sama.pk).update(closed_on=clock.today())
    statement = take(cast, row_of(record, "note"), "note")
    assert statement.words == SAID


def test_only_a_record_of_this_case_and_of_a_known_kind(cast: Cast, record: Record) -> None:
    other = cast.enroll("Yusuf Demir", primary="maren")
    row = row_of(record, "note")
    given: dict[str, Any] = {"words": SAID, "said_on": clock.today()}
    with pytest.raises(Http404):
        statement_take(cast.maren, case=other, kind="note", record=row.pk, **given)
    with acting(cast.maren), pytest.raises(Http404):
        record_of(cast.sama, "weather", row.pk)
    maren = signed_in(cast, "maren")
    assert maren.get(reverse("statement_new", args=[other.pk, "note", row.pk])).status_code == 404
    assert maren.get(reverse("statement_new", args=[cast.sama.pk, "weather", row.pk])).status_code == 404


def test_words_and_a_day_in_the_life_of_the_case_are_asked_for(cast: Cast, record: Record) -> None:
    row, maren = row_of(record, "note"), signed_in(cast, "maren")
    ahead = str(clock.today() + timedelta(days=1))
    empty = send(maren, "statement_new", cast.sama.pk, "note", row.pk, words="", said_on=str(clock.today()))
    assert "in their own words" in beside(empty, "words")
    late = send(maren, "statement_new", cast.sama.pk, "note", row.pk, words=SAID, said_on=ahead)
    assert "between the opening" in beside(late, "said_on")
    with pytest.raises(RuleBroken):
        take(cast, row, "note", words="  ")


def test_who_only_reads_the_file_reads_it_and_takes_nothing_down(cast: Cast, record: Record) -> None:
    row = row_of(record, "note")
    take(cast, row, "note")
    lend(cast, cast.sama, "quinn")
    quinn = signed_in(cast, "quinn")
    page = read(quinn, "note", cast.sama.pk, row.pk)
    assert SAID in page
    assert reverse("statement_new", args=[cast.sama.pk, "note", row.pk]) not in page
    with pytest.raises(NotAllowed):
        statement_take(cast.quinn, case=cast.sama, kind="note", record=row.pk, words="x", said_on=clock.today())


def test_a_page_with_many_records_asks_once(cast: Cast, record: Record) -> None:
    with acting(cast.maren):
        for number in range(5, 12):
            need = Need(case=cast.sama, number=number, title=f"Need {number}", domain="legal", found_on=clock.today())
            need.save(force_insert=True)
        assert beside_records(cast.sama)
    maren = signed_in(cast, "maren")
    with counted() as asked:
        read(maren, "assessment", cast.sama.pk)
    assert sum("confidentiality_statement" in query and "SELECT" in query for query in asked) <= 2


class counted:
    """The queries of a block, as they were sent."""

    def __enter__(self) -> list[str]:
        self.asked: list[str] = []
        self.wrapper = connection.execute_wrapper(self._keep)
        self.wrapper.__enter__()
        return self.asked

    def __exit__(self, *_error: object) -> None:
        self.wrapper.__exit__(None, None, None)

    def _keep(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.asked.append(str(sql))
        return execute(sql, params, many, context)


def test_what_is_typed_stays_text(cast: Cast, record: Record) -> None:
    row = row_of(record, "note")
    take(cast, row, "note", words=SCRIPT)
    is_only_text(signed_in(cast, "maren").get(reverse("note", args=[cast.sama.pk, row.pk])))
