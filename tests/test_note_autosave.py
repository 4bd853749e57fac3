"""A note is kept while it is typed: fast, told once, and never at the cost of words from another window."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alongside.client_level.intervention.actions import NoteWords, note_begin, note_keep, note_sign
from alongside.documentation.models import Note
from alongside.documentation.models.note import NoteState
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import ChangedByAnother
from alongside.foundations.ids import new_id
from alongside.foundations.models import Deed, Draft
from tests.cast import Cast
from tests.signed_plan import SignedPlan, signed_plan
from tests.visits import SCRIPT, is_only_text, signed_in

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


@pytest.fixture(autouse=True)
def afternoon() -> Iterator[None]:
    """Three in the afternoon, so that two hours ago is always today."""
    with clock.held(timezone.localtime(clock.now()).replace(hour=15, minute=2)):
        yield


@pytest.fixture
def plan(cast: Cast) -> SignedPlan:
    return signed_plan(cast.maren, cast.sama)


def says(happened: str, **more: Any) -> NoteWords:
    return NoteWords(at=clock.now() - timedelta(hours=2), happened=happened, **more)


def begun(cast: Cast, page: UUID | None = None) -> Note:
    return note_begin(cast.maren, case=cast.sama, key=new_id(), words=says("We"), page=page)


def test_a_name_with_a_wide_gap_in_it_makes_no_new_edition_each_time(cast: Cast) -> None:
    """“Huda  K.” is kept as it was typed, so the same words once more are the same words."""
    words, note = says("We talked.", present=("Huda  K.", "Sama")), begun(cast)
    for _again in range(2):
        note = note_keep(cast.maren, note=note, words=words, edition=note.edition)
    assert note.present == ["Huda  K.", "Sama"]
    before = note.edition
    assert note_keep(cast.maren, note=note, words=words, edition=note.edition).edition == before


def deeds_of(cast: Cast, note: Note, verb: str = "note_keep") -> int:
    with acting(cast.maren):
        return Deed.objects.filter(subject_id=note.pk, verb=verb).count()


def on_page(key: UUID, page: UUID | str = "", **more: object) -> dict[str, object]:
    """What an open page sends of a note."""
    hour = timezone.localtime(clock.now() - timedelta(hours=3))
    sent: dict[str, object] = {
        "once": str(key), "edition": "", "page": str(page), "at": hour.strftime("%Y-%m-%dT%H:%M"), "minutes": "45", "mode": "face",
        "place": "Her home", "present": ["Sama"], "others": "Hala K.", "client_did": "Rang.", "worker_did": "Drove.",
    }  # fmt: skip
    return sent | more


def keep(browser: Client, cast: Cast, key: UUID, page: UUID | str = "", **more: object) -> Any:
    return browser.post(reverse("note_keep", args=[cast.sama.pk, key]), on_page(key, page, **more))


def held(cast: Cast, key: UUID) -> Note:
    with acting(cast.maren):
        return Note.objects.get(pk=key)


@pytest.mark.demand("I3", "C5")
def test_an_hour_of_typing_is_told_by_two_deeds_and_not_by_every_pause(cast: Cast) -> None:
    note, page = begun(cast), new_id()
    start = clock.now()
    for minute in range(60):
        with clock.held(start + timedelta(minutes=minute)):
            note = note_keep(cast.maren, note=note, words=says("We " * minute), edition=note.edition, page=page)
    assert note.edition == 61
    assert deeds_of(cast, note) == 2
    assert deeds_of(cast, note, "note_begin") == 1


@pytest.mark.demand("C5")
def test_going_on_from_another_window_is_told_apart(cast: Cast) -> None:
    note = begun(cast)
    for page in (new_id(), new_id(), new_id()):
        note = note_keep(cast.maren, note=note, words=says(str(page)), edition=note.edition, page=page)
        note = note_keep(cast.maren, note=note, words=says(f"{page} and on"), edition=note.edition, page=page)
    assert deeds_of(cast, note) == 3


@pytest.mark.demand("C5")
def test_the_keeping_of_one_note_does_not_tell_of_another_nor_of_its_signing(cast: Cast) -> None:
    first, second = begun(cast), begun(cast)
    for note in (first, second):
        note_keep(cast.maren, note=note, words=says("We met."), edition=1)
    assert [deeds_of(cast, note) for note in (first, second)] == [1, 1]
    whole = says("We met.", client_did="Rang.", worker_did="Drove.", minutes=20, stands_alone=True)
    note_sign(cast.maren, note=first, words=whole, edition=2)
    assert deeds_of(cast, first, "note_sign") == 1


def test_a_page_whose_answers_were_lost_goes_on_without_a_conflict(cast: Cast) -> None:
    page = new_id()
    note = begun(cast, page)
    for words in ("We read", "We read the", "We read the lease"):  # not one answer came back: the page is still at none
        note = note_keep(cast.maren, note=note, words=says(words), edition=None, page=page)
    assert (note.edition, note.happened) == (4, "We read the lease")


def test_what_another_window_wrote_between_is_a_conflict_even_for_the_page_that_wrote_before_and_after(
    cast: Cast,
) -> None:
    desk, phone = new_id(), new_id()
    note = begun(cast, desk)
    note = note_keep(cast.maren, note=note, words=says("At the desk"), edition=1, page=desk)
    note = note_keep(cast.maren, note=note, words=says("On the phone"), edition=2, page=phone)
    with pytest.raises(ChangedByAnother) as changed:
        note_keep(cast.maren, note=note, words=says("At the desk again"), edition=2, page=desk)
    assert changed.value.theirs["happened"] == "On the phone"
    note = note_keep(cast.maren, note=note, words=says("Both, put together"), edition=3, page=desk)
    with pytest.raises(ChangedByAnother):  # sent before the two were put together, arriving late
        note_keep(cast.maren, note=note, words=says("At the desk again"), edition=2, page=desk)
    assert held(cast, note.pk).happened == "Both, put together"


def test_a_page_that_does_not_name_itself_is_held_to_its_edition(cast: Cast) -> None:
    note = begun(cast)
    note_keep(cast.maren, note=note, words=says("We met"), edition=1)
    with pytest.raises(ChangedByAnother):
        note_keep(cast.maren, note=note, words=says("We met her"), edition=1)


@pytest.mark.demand("I3")
def test_signing_after_a_lost_answer_takes_the_words_of_the_page(cast: Cast, plan: SignedPlan) -> None:
    browser, key, page = signed_in(cast, "maren"), new_id(), new_id()
    for words in ("We", "We read"):
        assert keep(browser, cast, key, page, happened=words).status_code == 200
    sent = on_page(key, page, happened="We read it all.", do="sign", ties=[str(plan.goal.pk)])
    assert browser.post(reverse("note_new", args=[cast.sama.pk]), sent).status_code == 302
    note = held(cast, key)
    assert (note.state, note.happened) == (NoteState.SIGNED, "We read it all.")


def test_both_windows_words_are_shown_and_kept_and_the_person_decides(cast: Cast, plan: SignedPlan) -> None:
    browser, key, desk, phone = signed_in(cast, "maren"), new_id(), new_id(), new_id()
    keep(browser, cast, key, desk, happened="We")
    keep(browser, cast, key, phone, edition="1", happened=f"On the phone {SCRIPT}")
    answer = keep(browser, cast, key, desk, edition="1", happened="At the desk")
    told = answer.json()
    assert answer.status_code == 409
    assert told["edition"] == 2
    assert "On the phone" in told["both"] and "At the desk" in told["both"]
    assert "<script>" not in told["both"]
    assert "beside the other version" in told["said"]
    keep(browser, cast, key, desk, edition="1", happened="At the desk, typed on")
    assert held(cast, key).happened == f"On the phone {SCRIPT}"
    own = reverse("note", args=[cast.sama.pk, key])
    again = browser.get(own)  # the window at the desk was closed in anger; its words are here again
    assert "At the desk, typed on" in again.content.decode()
    sent = on_page(key, edition="1", happened="At the desk, typed on", do="sign", ties=[str(plan.goal.pk)])
    shown = browser.post(own, sent)
    assert shown.status_code == 409
    is_only_text(shown)
    assert browser.post(own, sent | {"edition": "2"}).status_code == 302
    assert held(cast, key).happened == "At the desk, typed on"
    with acting(cast.maren):
        assert not Draft.objects.filter(place=own).exists()


def test_nobody_else_reads_what_is_kept_beside_the_other_version(cast: Cast) -> None:
    browser, key = signed_in(cast, "maren"), new_id()
    for page, edition in ((new_id(), ""), (new_id(), "1"), (new_id(), "1")):
        keep(browser, cast, key, page, edition=edition, happened=f"Words of {page}")
    with acting(cast.maren):
        assert Draft.objects.count() == 1
    with acting(cast.delphine):
        assert not Draft.objects.exists()


@pytest.mark.parametrize("token", ["", "none", "x" * 400, "\x00"])
def test_a_page_with_a_strange_token_is_taken_as_one_without(cast: Cast, token: str) -> None:
    browser, key = signed_in(cast, "maren"), new_id()
    assert keep(browser, cast, key, token, happened="We").status_code == 200
    assert held(cast, key).page is None


@pytest.mark.demand("D1")
def test_ticks_are_kept_and_taken_away_while_typing(cast: Cast, plan: SignedPlan) -> None:
    browser, key = signed_in(cast, "maren"), new_id()
    ticked = [str(plan.goal.pk), str(plan.savings.pk)]
    wanted: tuple[tuple[str, list[str], set[Any]], ...] = (
        ("", ticked, {None, plan.savings.pk}),
        ("1", ticked, {None, plan.savings.pk}),
        ("2", ticked[1:], {plan.savings.pk}),
        ("3", ["alone"], set()),
    )
    for edition, ties, links in wanted:
        assert keep(browser, cast, key, edition=edition, happened=f"Then {edition}", ties=ties).status_code == 200
        with acting(cast.maren):
            assert {link.objective_id for link in Note.objects.get(pk=key).links.all()} == links
    assert held(cast, key).stands_alone


@pytest.mark.demand("D1")
def test_a_goal_of_another_case_is_not_taken_from_autosave(cast: Cast, plan: SignedPlan) -> None:
    other = cast.enroll("Ruth Okafor")
    browser, key = signed_in(cast, "maren"), new_id()
    answer = browser.post(
        reverse("note_keep", args=[other.pk, key]), on_page(key, happened="We", ties=[str(plan.goal.pk)])
    )
    assert "but not yet" in answer.json()["said"]
    with acting(cast.maren):
        assert not Note.objects.get(pk=key).links.exists()


def test_names_of_those_there_are_kept_as_they_were_sent_within_reason(cast: Cast) -> None:
    browser, key = signed_in(cast, "maren"), new_id()
    assert keep(browser, cast, key, happened="We", present=["Sama", "Uncle Bo"]).status_code == 200
    assert held(cast, key).present == ["Sama", "Uncle Bo", "Hala K."]
    for name in ("N" * 81, "a\x00b"):
        answer = keep(browser, cast, new_id(), happened="We", present=["Sama", name])
        assert answer.status_code == 200 and "but not yet" in answer.json()["said"]


WITHOUT_A_READ = ("SAVEPOINT", "RELEASE")
AT_THE_DOOR = ("django_session", "people_account", "staff_of(")


def asked(browser: Client, cast: Cast, key: UUID, **more: Any) -> list[str]:
    """The statements of one autosave, without those that find out who is there and those that only mark a place."""
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert keep(browser, cast, key, **more).status_code == 200
    every = [query["sql"] for query in seen.captured_queries]
    left = [sql for sql in every if not sql.startswith(WITHOUT_A_READ) and not any(word in sql for word in AT_THE_DOOR)]
    return left[
        : -1 if "set_config('alongside.staff', ''" in left[-1] else None
    ]  # only a test's own transaction goes on


def test_keeping_a_note_asks_little_of_the_database(cast: Cast, plan: SignedPlan) -> None:
    browser, key, page = signed_in(cast, "maren"), new_id(), new_id()
    ties = [str(plan.savings.pk)]
    for _before in range(2):  # words of hers are kept already, under a key that is at hand
        keep(browser, cast, new_id(), new_id(), happened="Before")
    assert len(asked(browser, cast, key, page=page, happened="We")) <= 7
    keep(browser, cast, key, page, edition="1", happened="We read", ties=ties)
    going_on = asked(browser, cast, key, page=page, edition="2", happened="We read it", ties=ties)
    assert len(going_on) <= 7, going_on
