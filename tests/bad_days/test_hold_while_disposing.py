"""A court’s hold comes in the moment in which a record is let go: one of them wins, never both, on real connections (practice D6)."""

from collections.abc import Callable, Iterator

import pytest

from alongside.confidentiality.actions.disposal import disposal_approve, disposal_carry_out, disposal_propose
from alongside.confidentiality.actions.holds import hold_set
from alongside.confidentiality.models import Certificate, Disposal, Hold
from alongside.confidentiality.queries.retention import is_held
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import RuleBroken
from alongside.people.models import Case
from tests.bad_days.two_at_once import LONG, Colleague, committed, somebody_waits
from tests.cast import Cast
from tests.disposing import end_long_ago, keep_for

pytestmark = [pytest.mark.demand("D6")]
COURT = "County court, 24-1187"


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Cast]:
    """The cast where everything is committed; case files are kept for seven years."""
    with committed(django_db_blocker) as gathered:
        keep_for(gathered)
        yield gathered


@pytest.fixture
def old(cast: Cast) -> Case:
    """A case that was closed eight years ago."""
    return end_long_ago(cast, cast.enroll("Lina Marsh"))


def hold(cast: Cast, covers: str = "case") -> Callable[[Case], object]:
    """Maren hears from the court."""
    return lambda case: hold_set(cast.maren, case=case, covers=covers, ground=COURT, since=clock.today())


def carry_out(cast: Cast, proposal: Disposal) -> Callable[[Case], object]:
    """Delphine lets the record go."""
    return lambda _case: disposal_carry_out(cast.delphine, proposal=proposal)


def approve(cast: Cast, proposal: Disposal) -> Callable[[Case], object]:
    """Delphine approves it."""
    return lambda _case: disposal_approve(cast.delphine, proposal=proposal)


def proposed(cast: Cast, case: Case) -> Disposal:
    """Maren proposes to let it go."""
    return disposal_propose(cast.maren, subject=case.pk)


def ready_to_go(cast: Cast, case: Case) -> Disposal:
    """Delphine has approved it."""
    return disposal_approve(cast.delphine, proposal=proposed(cast, case))


def stands(cast: Cast, case: Case) -> tuple[bool, bool]:
    """Whether the record is on file, and whether a hold stands on it."""
    with acting(cast.delphine):
        return Case.objects.filter(pk=case.pk).exists(), Hold.objects.filter(case=case.pk, lifted_on=None).exists()


def certificates(cast: Cast) -> int:
    """How many records were let go."""
    with acting(cast.delphine):
        return Certificate.objects.count()


@pytest.mark.parametrize("covers", ["case", "person"])
def test_the_court_was_first_and_the_disposal_waits_and_is_refused_with_a_sentence(
    cast: Cast, old: Case, covers: str
) -> None:
    proposal, before = ready_to_go(cast, old), certificates(cast)
    court = Colleague(cast.maren, hold(cast, covers), old)
    assert court.done.wait(LONG)
    disposal = Colleague(cast.delphine, carry_out(cast, proposal), old, at_once=True)
    somebody_waits()
    court.save()
    with pytest.raises(RuleBroken, match="This record is on hold"):
        disposal.save()
    assert (stands(cast, old), certificates(cast)) == ((True, True), before)


@pytest.mark.parametrize("covers", ["case", "person"])
def test_the_disposal_was_first_and_the_hold_is_refused_with_a_sentence(cast: Cast, old: Case, covers: str) -> None:
    proposal, before = ready_to_go(cast, old), certificates(cast)
    disposal = Colleague(cast.delphine, carry_out(cast, proposal), old)
    assert disposal.done.wait(LONG)
    court = Colleague(cast.maren, hold(cast, covers), old, at_once=True)
    somebody_waits()
    disposal.save()
    with pytest.raises(RuleBroken, match="was disposed of"):
        court.save()
    assert (stands(cast, old), certificates(cast)) == ((False, False), before + 1)


def test_a_hold_on_the_person_by_another_of_their_cases_keeps_this_one(cast: Cast, old: Case) -> None:
    """Who lets the first case go waits for whoever holds the person by the second."""
    proposal, before = ready_to_go(cast, old), certificates(cast)
    with acting(cast.priya):
        second = Case(
            agency=cast.agency, program=cast.program, client_id=old.client_id, number="2026-9", opened_on=clock.today()
        )
        second.save(force_insert=True)
    court = Colleague(
        cast.priya,
        lambda case: hold_set(cast.priya, case=case, covers="person", ground=COURT, since=clock.today()),
        second,
    )
    assert court.done.wait(LONG)
    disposal = Colleague(cast.delphine, carry_out(cast, proposal), old, at_once=True)
    somebody_waits()
    court.save()
    with pytest.raises(RuleBroken, match="This record is on hold"):
        disposal.save()
    assert (stands(cast, old)[0], certificates(cast)) == (True, before)


def test_nothing_is_approved_while_the_court_is_heard(cast: Cast, old: Case) -> None:
    proposal = proposed(cast, old)
    court = Colleague(cast.maren, hold(cast), old)
    assert court.done.wait(LONG)
    approval = Colleague(cast.delphine, approve(cast, proposal), old, at_once=True)
    somebody_waits()
    court.save()
    with pytest.raises(RuleBroken, match="This record is on hold"):
        approval.save()
    with acting(cast.delphine):
        assert Disposal.objects.get(pk=proposal.pk).state == "proposed"


def test_what_was_approved_before_the_court_spoke_is_held_all_the_same(cast: Cast, old: Case) -> None:
    proposal = proposed(cast, old)
    approval = Colleague(cast.delphine, approve(cast, proposal), old)
    assert approval.done.wait(LONG)
    court = Colleague(cast.maren, hold(cast), old, at_once=True)
    somebody_waits()
    approval.save()
    court.save()
    with acting(cast.delphine):
        assert is_held(old)
        approved = Disposal.objects.get(pk=proposal.pk)
    assert approved.state == "approved"
    with pytest.raises(RuleBroken, match="This record is on hold"):
        disposal_carry_out(cast.delphine, proposal=approved)


@pytest.mark.parametrize("covers", ["case", "person"] * 3)
def test_in_one_moment_one_of_them_wins_and_the_other_is_told(cast: Cast, old: Case, covers: str) -> None:
    """Nobody waits in a circle, and nobody gets an error instead of a sentence."""
    proposal = ready_to_go(cast, old)
    both = [Colleague(cast.maren, hold(cast, covers), old, at_once=True),
            Colleague(cast.delphine, carry_out(cast, proposal), old, at_once=True)]  # fmt: skip
    refused = []
    for one in both:
        try:
            one.save()
        except RuleBroken as told:
            refused.append(str(told))
    assert len(refused) == 1
    assert stands(cast, old) in ((True, True), (False, False))
