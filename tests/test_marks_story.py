"""Marked notes: a narrower audience within the team, and nobody is deceived about the Thread (C4)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.template.loader import render_to_string

from alongside.client_level.engagement.actions import assignment_add
from alongside.client_level.intervention.actions import NoteWords, addendum_add, note_cosign, note_mark
from alongside.client_level.intervention.actions.notes import note_begin, note_sign
from alongside.confidentiality.actions import mark_reader_end, mark_reader_name
from alongside.confidentiality.models import MarkReader
from alongside.documentation.models import Addendum, Note, NoteLink
from alongside.documentation.queries.file import parts_of
from alongside.documentation.queries.timeline import closed_notes
from alongside.documentation.thread import breaks_in, thread_of
from alongside.foundations import clock
from alongside.foundations.actor import Actor, acting
from alongside.foundations.errors import NotAllowed, RuleBroken
from alongside.foundations.ids import new_id
from alongside.foundations.models import Deed
from alongside.people.models import Case, Staff
from tests.cast import Cast
from tests.thread_parts import Record
from tests.visits import beside, read, send, signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C4")]

SECRET = "She has begun the medicine again."


@pytest.fixture
def case(cast: Cast) -> Case:
    """Sama’s case: Maren is primary, Tadesse on the team."""
    case = cast.sama
    assignment_add(cast.delphine, case=case, staff=cast.staff["tadesse"], role="team", since=clock.today())
    return case


def signed(actor: Actor, case: Case, *marks: str, **more: Any) -> Note:
    """A note that somebody wrote and signed."""
    words = NoteWords(
        at=clock.now() - timedelta(hours=2), minutes=30, title="On Tuesday", happened=SECRET, client_did="Came.", worker_did="Listened.",
        stands_alone=True, marks=marks, **more,
    )  # fmt: skip
    note = note_begin(actor, case=case, key=new_id(), words=words)
    return note_sign(actor, note=note, words=words, edition=None)


def opens(cast: Cast, who: str, note: Note) -> bool:
    """Whether a note exists for somebody, on its page too."""
    with acting(getattr(cast, who)):
        there = Note.objects.filter(pk=note.pk).exists()
    answer = signed_in(cast, who).get(f"/cases/{note.case_id}/notes/{note.pk}/")
    assert (answer.status_code == 200) is there
    return there


def test_without_a_mark_the_whole_team_and_who_answers_for_it_open_a_note(cast: Cast, case: Case) -> None:
    note = signed(cast.tadesse, case)
    assert all(opens(cast, who, note) for who in ("maren", "tadesse", "delphine", "priya"))


def test_a_marked_note_opens_to_its_writer_and_the_primary_only(cast: Cast, case: Case) -> None:
    theirs, hers = signed(cast.tadesse, case, "hiv"), signed(cast.maren, case, "psychotherapy")
    assert opens(cast, "tadesse", theirs)
    assert opens(cast, "maren", theirs)
    assert opens(cast, "maren", hers)
    assert not opens(cast, "tadesse", hers)
    for who in ("delphine", "priya"):
        assert not opens(cast, who, theirs)
        assert not opens(cast, who, hers)


def test_its_addenda_are_as_closed_as_the_note(cast: Cast, case: Case) -> None:
    note = signed(cast.maren, case, "hiv")
    addendum_add(cast.maren, note=note, words="And again on Friday.")
    for who, there in (("maren", True), ("tadesse", False), ("delphine", False)):
        with acting(getattr(cast, who)):
            assert Addendum.objects.filter(note_id=note.pk).exists() is there
    with acting(cast.tadesse), pytest.raises(DatabaseError), transaction.atomic():
        Addendum(case=case, note_id=note.pk, words="x", writer_id=cast.tadesse.staff, signed_at=clock.now()).save()


def test_whoever_is_let_in_opens_what_bears_that_mark_and_no_other(cast: Cast, case: Case) -> None:
    one, both = signed(cast.maren, case, "hiv"), signed(cast.maren, case, "hiv", "immigration")
    reader = mark_reader_name(cast.maren, case=case, staff=cast.staff["tadesse"], mark="hiv", reason="He goes with her")
    assert opens(cast, "tadesse", one)
    assert not opens(cast, "tadesse", both)
    mark_reader_name(cast.maren, case=case, staff=cast.staff["tadesse"], mark="immigration", reason="The hearing")
    assert opens(cast, "tadesse", both)
    mark_reader_end(cast.maren, reader=reader)
    assert not opens(cast, "tadesse", one)
    with pytest.raises(RuleBroken, match="already"):
        mark_reader_end(cast.maren, reader=reader)


def test_being_let_in_opens_no_case(cast: Cast, case: Case) -> None:
    note = signed(cast.maren, case, "hiv")
    mark_reader_name(cast.maren, case=case, staff=cast.staff["quinn"], mark="hiv", reason="Advice")
    assert not opens(cast, "quinn", note)


def test_a_supervisor_lets_herself_in_with_a_reason_that_stays_on_record(cast: Cast, case: Case) -> None:
    note = signed(cast.maren, case, "hiv")
    delphine = signed_in(cast, "delphine")
    sent = {"staff": cast.delphine.staff, "mark": "hiv", "reason": "A complaint about this visit", "until": ""}
    assert send(delphine, "mark_reader_new", case.pk, **sent).status_code == 302
    assert opens(cast, "delphine", note)
    assert "A complaint about this visit" in read(signed_in(cast, "maren"), "case_access", case.pk)
    with acting(cast.maren):
        deed = Deed.objects.get(verb="mark_reader_name")
    assert "Delphine Arceneaux" in deed.sentence
    assert "HIV" not in deed.sentence


def test_a_team_member_neither_lets_anybody_in_nor_reads_who_is(cast: Cast, case: Case) -> None:
    """Even to know which mark a case bears says something about the client."""
    mark_reader_name(cast.maren, case=case, staff=cast.staff["delphine"], mark="hiv", reason="Complaint")
    tadesse = signed_in(cast, "tadesse")
    assert "HIV" not in read(tadesse, "case_access", case.pk)
    assert tadesse.get(f"/cases/{case.pk}/access/readers/new/").status_code == 403
    with pytest.raises(NotAllowed):
        mark_reader_name(cast.tadesse, case=case, staff=cast.staff["tadesse"], mark="hiv", reason="I want to")
    with acting(cast.tadesse):
        assert not MarkReader.objects.filter(case=case).exists()


def test_letting_in_asks_for_a_reason_a_mark_and_a_day_ahead(cast: Cast, case: Case) -> None:
    maren, who = signed_in(cast, "maren"), cast.tadesse.staff
    assert "Say why" in beside(send(maren, "mark_reader_new", case.pk, staff=who, mark="hiv", reason=""), "reason")
    assert "Choose a mark" in beside(send(maren, "mark_reader_new", case.pk, staff=who, reason="x"), "mark")
    late = {"staff": who, "mark": "hiv", "reason": "x", "until": clock.today() - timedelta(days=1)}
    assert "today or a later day" in beside(send(maren, "mark_reader_new", case.pk, **late), "until")
    assert send(maren, "mark_reader_new", case.pk, staff=who, mark="hiv", reason="x").status_code == 302
    assert "already" in beside(send(maren, "mark_reader_new", case.pk, staff=who, mark="hiv", reason="y"), "staff")
    with acting(cast.maren):
        reader = MarkReader.objects.get(case=case)
    assert "Tadesse Worku, HIV" in read(maren, "mark_reader_end", case.pk, reader.pk)
    assert send(maren, "mark_reader_end", case.pk, reader.pk).status_code == 302


@pytest.mark.demand("I3")
def test_a_trainees_marked_note_is_open_to_whoever_has_to_co_sign_it(cast: Cast, case: Case) -> None:
    with acting(cast.otto):
        Staff.objects.filter(pk=cast.tadesse.staff).update(trainee=True)
    note = signed(cast.tadesse, case, "hiv")
    assert opens(cast, "delphine", note)
    assert "co-sign" in read(signed_in(cast, "delphine"), "today")
    with acting(cast.delphine):
        note_cosign(cast.delphine, note=Note.objects.select_related("writer", "case").get(pk=note.pk))
    assert opens(cast, "delphine", note)
    assert not opens(cast, "priya", note)


def test_marks_are_chosen_on_the_note_and_shown_on_it_and_on_the_timeline(cast: Cast, case: Case) -> None:
    maren = signed_in(cast, "maren")
    assert "Is any of this more sensitive than the rest?" in read(maren, "note_new", case.pk)
    note = signed(cast.maren, case, "hiv")
    assert "HIV." in read(maren, "note", case.pk, note.pk)
    assert "HIV" in read(maren, "timeline", case.pk)


def test_the_team_is_told_of_a_closed_note_its_day_and_its_standing_and_nothing_else(cast: Cast, case: Case) -> None:
    signed(cast.maren, case, "hiv")
    for who in ("tadesse", "delphine"):
        page = read(signed_in(cast, who), "timeline", case.pk)
        assert "A note you may not open" in page
        assert "(signed)" in page
        for secret in (SECRET, "On Tuesday", "HIV"):
            assert secret not in page, secret
    with acting(cast.maren):
        assert closed_notes(case) == []
    with acting(cast.noor):
        assert closed_notes(case) == []


def test_the_printed_file_says_that_there_is_one(cast: Cast, case: Case) -> None:
    signed(cast.maren, case, "hiv")
    for who, closed in (("delphine", 1), ("maren", 0)):
        with acting(getattr(cast, who)):
            part = next(one for one in parts_of(case) if one.part.key == "record")
            page = render_to_string(part.part.template, {"part": part.shown})
        assert len(part.shown["closed"]) == closed
        assert ("a note that whoever printed this may not open" in page) is bool(closed)
        assert (SECRET in page) is not bool(closed)
        assert ("HIV" in page) is not bool(closed)


def test_a_draft_is_not_told_of(cast: Cast, case: Case) -> None:
    words = NoteWords(at=clock.now(), happened=SECRET, marks=("hiv",))
    note_begin(cast.maren, case=case, key=new_id(), words=words)
    with acting(cast.tadesse):
        assert closed_notes(case) == []


def test_only_those_who_may_open_a_note_change_its_marks_and_with_a_reason(cast: Cast, case: Case) -> None:
    note = signed(cast.tadesse, case, "hiv")
    with acting(cast.delphine):  # to whom it is closed: her bare statement finds nothing
        assert Note.objects.filter(pk=note.pk).update(marks=[]) == 0
    maren = signed_in(cast, "maren")
    assert "Say why." in beside(send(maren, "note_marks", case.pk, note.pk, marks=[], reason=""), "reason")
    assert "already" in beside(send(maren, "note_marks", case.pk, note.pk, marks=["hiv"], reason="x"), "marks")
    assert send(maren, "note_marks", case.pk, note.pk, marks=[], reason="She told the team herself").status_code == 302
    assert "Marks: none. She told the team herself" in read(maren, "note", case.pk, note.pk)
    assert opens(cast, "delphine", note)


def test_nobody_marks_a_note_that_would_then_be_closed_to_them(cast: Cast, case: Case) -> None:
    note = signed(cast.maren, case)
    with acting(cast.tadesse):
        mine = Note.objects.select_related("case").get(pk=note.pk)
    with pytest.raises(NotAllowed):
        note_mark(cast.tadesse, note=mine, marks=["hiv"], reason="I think so")


def test_a_signed_notes_words_stay_fixed_when_its_marks_change(cast: Cast, case: Case) -> None:
    note = signed(cast.maren, case)
    with acting(cast.maren), pytest.raises(DatabaseError), transaction.atomic():
        Note.objects.filter(pk=note.pk).update(marks=["hiv"], minutes=7)


def test_the_links_of_a_note_follow_its_marks(cast: Cast, case: Case) -> None:
    with acting(cast.maren):
        record = Record(case, cast.staff["maren"])
        note = record.note(3, record.goal(record.version(), record.need()))
        link = NoteLink.objects.get(note=note)
    for marks, there in ((["hiv"], False), (["hiv", "immigration"], False), ([], True)):
        with acting(cast.maren):
            Note.objects.filter(pk=note.pk).update(marks=marks)
            assert NoteLink.objects.filter(pk=link.pk).exists()
        with acting(cast.tadesse):
            assert NoteLink.objects.filter(pk=link.pk).exists() is there


def test_mark_pages_of_a_draft_are_not_there(cast: Cast, case: Case) -> None:
    note = note_begin(cast.maren, case=case, key=new_id(), words=NoteWords(at=clock.now()))
    assert signed_in(cast, "maren").get(f"/cases/{case.pk}/notes/{note.pk}/marks/").status_code == 404


def test_autosave_keeps_the_marks_of_a_draft(cast: Cast, case: Case) -> None:
    maren, key = signed_in(cast, "maren"), new_id()
    sent = {"at": "2026-11-20T10:00", "mode": "person", "happened": SECRET, "marks": ["hiv", "immigration"]}
    assert send(maren, "note_keep", case.pk, key, **sent).status_code == 200
    with acting(cast.maren):
        assert set(Note.objects.get(pk=key).marks) == {"hiv", "immigration"}
    assert words_of(maren.get(f"/cases/{case.pk}/notes/{key}/")).count("checked") >= 2


@pytest.mark.demand("D1")
def test_a_note_one_may_not_open_is_no_break_in_the_thread(cast: Cast, case: Case) -> None:
    """To the primary there is a note; to the others there is one they may not open: the same breaks for both."""
    with acting(cast.maren):
        record = Record(case, cast.staff["maren"])
        goal = record.goal(record.version(), record.need())
        objective = record.objective(goal)
        record.activity(objective)
        record.note(3, goal, objective, marks=["hiv"])
        record.note(2, marks=["hiv"])  # a loose end, which only those who open it can tie
    told = {}
    for who in ("maren", "tadesse", "delphine"):
        with acting(getattr(cast, who)):
            thread = thread_of(case)
            links = [o.note for n in thread.needs for g in n.goals for o in g.objectives]
            told[who] = (
                [b.kind for b in breaks_in(thread)],
                [link.what for link in links],
                [link.place for link in links],
            )
    assert told["maren"][0] == ["loose_note"]
    assert told["tadesse"][0] == told["delphine"][0] == []
    assert "A note you may not open" in told["tadesse"][1]
    assert "A note you may not open" not in told["maren"][1]
    assert all(
        place is None for what, place in zip(*told["tadesse"][1:], strict=True) if what == "A note you may not open"
    )
