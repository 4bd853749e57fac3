"""Two colleagues at one moment: a case is closed, or leave taken back, while another writes in it, on real connections."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from alongside.client_level.assessment.actions.needs import need_add
from alongside.client_level.engagement.actions import wishes_record
from alongside.client_level.engagement.models import Preference
from alongside.client_level.intervention.actions import NoteWords, note_begin, note_keep, service_record
from alongside.client_level.termination.actions import case_close, case_reopen
from alongside.confidentiality.actions import release_take_back
from alongside.confidentiality.models import Disclosure, Release
from alongside.documentation.models import Note, Service
from alongside.foundations import clock
from alongside.foundations.actor import Actor, acting
from alongside.foundations.errors import RuleBroken
from alongside.foundations.ids import new_id
from alongside.people.access import held_in_open_case, must_be_open
from alongside.people.models import Case
from tests.bad_days.two_at_once import LONG, Colleague, committed, somebody_waits
from tests.cast import Cast
from tests.releasing import sent, signed
from tests.test_termination_story import ready


@pytest.fixture(scope="module")
def apart(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Cast]:
    """The cast where everything is committed, with Sama's case ready to be closed."""
    with committed(django_db_blocker) as cast:
        ready(cast.maren, cast.sama)
        yield cast


@pytest.fixture
def cast(apart: Cast) -> Iterator[Cast]:
    """The cast, with Sama's case open; a test that closes it leaves it open again, and ready to be closed."""
    yield apart
    with acting(apart.maren):
        case = Case.objects.get(pk=apart.sama.pk)
    if not case.is_open:
        case_reopen(apart.maren, case=case, reason="The next test needs it open.")
        ready(apart.maren, case)


def visit(actor: Actor) -> Callable[[Case], object]:
    """Record a visit of today."""
    return lambda case: service_record(
        actor,
        case=case,
        on=clock.today(),
        kind="guiding",
        what="At the office",
        minutes=30,
        mode="face",
        stands_alone=True,
    )


def close(actor: Actor) -> Callable[[Case], object]:
    """Close the case."""
    return lambda case: case_close(actor, case=case)


def name_need(actor: Actor, title: str) -> Callable[[Case], object]:
    """Name a need: its number is counted on the case itself."""
    return lambda case: need_add(actor, case=case, title=title, domain="economic", sources=["interview"])


def services(cast: Cast) -> int:
    """How many services are on record."""
    with acting(cast.maren):
        return Service.objects.filter(case=cast.sama).count()


def is_open(cast: Cast) -> bool:
    """Whether the case is open, as anyone reads it now."""
    with acting(cast.maren):
        return Case.objects.get(pk=cast.sama.pk).is_open


@pytest.mark.demand("T8")
def test_who_writes_first_is_waited_for_and_then_the_case_closes(cast: Cast) -> None:
    before = services(cast)
    writer = Colleague(cast.maren, visit(cast.maren), cast.sama)
    assert writer.done.wait(LONG)
    closer = Colleague(cast.delphine, close(cast.delphine), cast.sama, at_once=True)
    somebody_waits()
    assert not closer.done.is_set()
    assert is_open(cast)
    writer.save()
    closer.save()
    assert (services(cast), is_open(cast)) == (before + 1, False)


@pytest.mark.demand("T8")
def test_what_is_written_while_the_case_is_being_closed_is_refused_and_not_kept(cast: Cast) -> None:
    before = services(cast)
    closer = Colleague(cast.delphine, close(cast.delphine), cast.sama)
    assert closer.done.wait(LONG)
    writer = Colleague(cast.maren, visit(cast.maren), cast.sama, at_once=True)
    somebody_waits()
    closer.save()
    with pytest.raises(RuleBroken, match="This case is closed"):
        writer.save()
    assert (services(cast), is_open(cast)) == (before, False)


def test_two_who_write_do_not_wait_for_each_other(cast: Cast) -> None:
    before = services(cast)
    writers = [Colleague(who, visit(who), cast.sama) for who in (cast.maren, cast.delphine)]
    for writer in writers:
        assert writer.done.wait(LONG), "one of two writers waits for the other"
    for writer in writers:
        writer.save()
    assert services(cast) == before + 2


def test_a_verb_that_changes_the_case_itself_does_not_wait_in_a_circle_with_who_closes(cast: Cast) -> None:
    """The writer holds the case weakly, closing waits for it, and only then the writer asks to change the case."""
    closes = threading.Event()

    def write(case: Case) -> None:
        must_be_open(case)
        closes.wait(LONG)
        name_need(cast.maren, "Debt")(case)

    writer = Colleague(cast.maren, write, cast.sama, at_once=True)
    other = Colleague(cast.maren, must_be_open, cast.sama)
    assert other.done.wait(LONG)
    closer = Colleague(cast.delphine, close(cast.delphine), cast.sama, at_once=True)
    somebody_waits()
    closes.set()
    writer.save()
    other.save()
    closer.save()
    assert not is_open(cast)


def test_a_row_of_the_case_is_held_after_the_case_so_closing_never_stands_between(cast: Cast) -> None:
    """Closing has the case and goes on to its rows; whoever wants such a row stops at the case, with empty hands."""
    with acting(cast.maren):
        wish = Preference.objects.filter(case=cast.sama).latest("pk")
    closer = Colleague(cast.delphine, close(cast.delphine), cast.sama)
    assert closer.done.wait(LONG)
    writer = Colleague(cast.maren, lambda case: held_in_open_case(wish), cast.sama, at_once=True)
    somebody_waits()
    free = Colleague(
        cast.delphine, lambda case: Preference.objects.select_for_update(nowait=True).get(pk=wish.pk), cast.sama
    )
    free.save()
    closer.save()
    with pytest.raises(RuleBroken, match="This case is closed"):
        writer.save()


def test_who_comes_after_the_closing_reads_that_it_is_closed_whatever_their_page_said(cast: Cast) -> None:
    with acting(cast.maren):
        read_before = Case.objects.get(pk=cast.sama.pk)
    case_close(cast.delphine, case=cast.sama)
    assert read_before.is_open
    with pytest.raises(RuleBroken, match="This case is closed"):
        wishes_record(cast.maren, case=read_before, wishes="Tell Rim.", seen_alone="yes")
    assert read_before.closed_on == clock.today()


@pytest.mark.demand("I3")
def test_two_sendings_of_a_new_note_at_one_moment_make_one_note_and_lose_no_word(cast: Cast) -> None:
    """A slow autosave is still on its way when the button is pressed."""
    key, hour = new_id(), clock.now() - timedelta(hours=1)
    first, whole = (NoteWords(at=hour, happened=words) for words in ("Two flats", "Two flats seen, and the lock."))
    autosave = Colleague(cast.maren, lambda case: note_begin(cast.maren, case=case, key=key, words=first), cast.sama)
    assert autosave.done.wait(LONG)

    def press(case: Case) -> None:
        begun = note_begin(cast.maren, case=case, key=key, words=whole)
        note_keep(cast.maren, note=begun, words=whole, edition=begun.edition)

    button = Colleague(cast.maren, press, cast.sama, at_once=True)
    somebody_waits()
    autosave.save()
    button.save()
    with acting(cast.maren):
        assert Note.objects.get(pk=key).happened == "Two flats seen, and the lock."


def taking_back(cast: Cast, release: Release) -> Callable[[Case], object]:
    """Delphine takes a release back, as Sama asked."""
    return lambda case: release_take_back(cast.delphine, release=release, by="Sama", how="By phone", edition=2)


@pytest.mark.demand("C1", "C2")
def test_sending_waits_for_a_release_that_is_being_taken_back_and_then_lets_nothing_out(cast: Cast) -> None:
    release = signed(cast)
    taker = Colleague(cast.delphine, taking_back(cast, release), cast.sama)
    assert taker.done.wait(LONG)
    sender = Colleague(cast.maren, lambda case: sent(cast, release, case=case), cast.sama, at_once=True)
    somebody_waits()
    taker.save()
    with pytest.raises(RuleBroken, match="taken back"):
        sender.save()
    with acting(cast.maren):
        assert not Disclosure.objects.filter(release=release).exists()


@pytest.mark.demand("C1", "C2")
def test_a_release_taken_back_while_something_is_sent_waits_until_that_is_written_down(cast: Cast) -> None:
    release = signed(cast)
    sender = Colleague(cast.maren, lambda case: sent(cast, release, case=case), cast.sama)
    assert sender.done.wait(LONG)
    taker = Colleague(cast.delphine, taking_back(cast, release), cast.sama, at_once=True)
    somebody_waits()
    sender.save()
    taker.save()
    with acting(cast.maren):
        out = Disclosure.objects.get(release=release)
        back = Release.objects.get(pk=release.pk).taken_back_at
    assert back is not None and back > out.at
