"""Disposal is tried by one person alone, too early, under a hold, from elsewhere, and by bare statements (practice D6)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from alongside.client_level.engagement.actions import referral_answer
from alongside.client_level.engagement.models import ReferralIn
from alongside.confidentiality.actions.disposal import (
    disposal_approve,
    disposal_carry_out,
    disposal_propose,
    disposal_turn_down,
)
from alongside.confidentiality.actions.holds import hold_lift, hold_set
from alongside.confidentiality.actions.rules import rule_change
from alongside.confidentiality.models import Certificate, Disposal
from alongside.confidentiality.queries.retention import due_of
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import NotAllowed, RuleBroken
from alongside.people.models import Case, Person
from tests.access.routes import lend
from tests.cast import Cast
from tests.disposing import approved, end_long_ago, keep_for, let_go, told_to_the_owner, years_ago
from tests.visits import send, signed_in

pytestmark = [pytest.mark.django_db(databases=["default", "looks", "owner"]), pytest.mark.demand("D6")]


@pytest.fixture
def old(cast: Cast) -> Case:
    """Sama's case, closed eight years ago, where files are kept for seven."""
    keep_for(cast)
    return end_long_ago(cast, cast.sama)


def run(order: str, *values: Any) -> Any:
    """One bare statement as the application role; the first of what it answers, or how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(order, values)
        return cursor.fetchone() if cursor.description else cursor.rowcount


def refused(attempt: Callable[[], Any]) -> None:
    """The database itself says no."""
    with pytest.raises(DatabaseError), transaction.atomic():
        attempt()


def still_there(cast: Cast, case: Case) -> bool:
    """Whether the case is on file."""
    with acting(cast.delphine):
        return Case.objects.filter(pk=case.pk).exists()


def test_nobody_approves_what_they_proposed_themselves(cast: Cast, old: Case) -> None:
    proposal = disposal_propose(cast.delphine, subject=old.pk)
    with pytest.raises(RuleBroken, match="Somebody else has to approve it"):
        disposal_approve(cast.delphine, proposal=proposal)
    with acting(cast.delphine):
        refused(
            lambda: run(
                "UPDATE confidentiality_disposal SET approved_by_id = proposed_by_id WHERE id = %s", proposal.pk
            )
        )
        refused(lambda: run("SELECT dispose(%s)", proposal.pk))
    with pytest.raises(RuleBroken, match="approved by somebody other"):
        disposal_carry_out(cast.delphine, proposal=proposal)
    disposal_approve(cast.priya, proposal=proposal)
    disposal_carry_out(cast.delphine, proposal=proposal)
    assert not still_there(cast, old)


def test_a_case_manager_proposes_and_never_approves_nor_carries_out(cast: Cast, old: Case) -> None:
    proposal = disposal_propose(cast.delphine, subject=old.pk)
    with pytest.raises(NotAllowed):
        disposal_approve(cast.maren, proposal=proposal)
    with acting(cast.maren):
        forged = """UPDATE confidentiality_disposal SET approved_by_id = %s, approved_at = now(), state = 'approved'
                    WHERE id = %s"""
        refused(lambda: run(forged, cast.priya.staff, proposal.pk))  # in Priya's name
        assert run(forged, cast.maren.staff, proposal.pk) == 1  # in her own, past the verb
        refused(lambda: run("SELECT dispose(%s)", proposal.pk))  # the database knows that she supervises nobody
    assert still_there(cast, old)


def test_a_proposal_says_for_ever_who_made_it_and_for_what(cast: Cast, old: Case) -> None:
    other = cast.enroll("Yusuf Demir", primary="maren")
    proposal = disposal_propose(cast.maren, subject=old.pk)
    with acting(cast.delphine):
        for change in (
            f"proposed_by_id = '{cast.priya.staff}'",
            f"subject_id = '{other.pk}'",
            f"case_id = '{other.pk}'",
            "proposed_at = now()",
        ):
            refused(lambda: run(f"UPDATE confidentiality_disposal SET {change} WHERE id = %s", proposal.pk))  # noqa: B023, S608
        copied = """INSERT INTO confidentiality_disposal
          (id, agency_id, program_id, kind, case_id, subject_id, rule_id, state, proposed_by_id, proposed_at)
          SELECT gen_random_uuid(), agency_id, program_id, kind, %s, %s, rule_id, %s, %s, now()
          FROM confidentiality_disposal"""
        refused(lambda: run(copied, other.pk, other.pk, "proposed", cast.priya.staff))
        refused(lambda: run(copied, other.pk, other.pk, "approved", cast.delphine.staff))


def test_what_is_not_due_is_not_disposed_of(cast: Cast) -> None:
    rule = keep_for(cast, years=7)
    case = end_long_ago(cast, cast.sama, years=5)
    with pytest.raises(RuleBroken, match="No rule makes this record due yet"):
        disposal_propose(cast.maren, subject=case.pk)
    rule = rule_change(cast.otto, rule=rule, event="closing", years=4, source="x", edition=rule.edition)
    proposal = approved(cast, case.pk)
    rule_change(cast.otto, rule=rule, event="closing", years=9, source="x", edition=rule.edition)
    with acting(cast.delphine):
        refused(lambda: run("SELECT dispose(%s)", proposal.pk))
    with pytest.raises(RuleBroken, match="No rule makes this record due yet"):
        disposal_carry_out(cast.delphine, proposal=proposal)
    assert still_there(cast, case)


def test_an_open_case_is_never_due_and_a_reopened_one_no_longer(cast: Cast, old: Case) -> None:
    proposal = approved(cast, old.pk)
    with acting(cast.delphine):
        Case.objects.filter(pk=old.pk).update(closed_on=None)
        refused(lambda: run("SELECT dispose(%s)", proposal.pk))
    open_case = cast.enroll("Yusuf Demir")
    with pytest.raises(RuleBroken):
        disposal_propose(cast.maren, subject=open_case.pk)


@pytest.mark.parametrize("covers", ["case", "person"])
def test_under_a_hold_nothing_goes_however_it_is_asked(cast: Cast, old: Case, covers: str) -> None:
    proposal = approved(cast, old.pk)
    hold = hold_set(cast.delphine, case=old, covers=covers, ground="Smith v. County", since=clock.today())
    with pytest.raises(RuleBroken, match="on hold"):
        disposal_carry_out(cast.delphine, proposal=proposal)
    with acting(cast.delphine):
        refused(lambda: run("SELECT dispose(%s)", proposal.pk))
        refused(lambda: run("UPDATE confidentiality_hold SET ground = '' WHERE id = %s", hold.pk))
        refused(lambda: run("DELETE FROM confidentiality_hold WHERE id = %s", hold.pk))
    hold_lift(cast.delphine, hold=hold, why="The suit was settled")
    disposal_carry_out(cast.delphine, proposal=proposal)
    assert not still_there(cast, old)


def test_a_hold_on_the_person_keeps_each_of_their_cases(cast: Cast, old: Case) -> None:
    proposal = approved(cast, old.pk)
    with acting(cast.priya):
        other = Case(
            agency=cast.agency, program=cast.program, client_id=old.client_id, number="2026-9", opened_on=clock.today()
        )
        other.save(force_insert=True)
    hold_set(cast.priya, case=other, covers="person", ground="Smith v. County", since=clock.today())
    with acting(cast.delphine):
        refused(lambda: run("SELECT dispose(%s)", proposal.pk))
    with pytest.raises(RuleBroken, match="on hold"):
        disposal_carry_out(cast.delphine, proposal=proposal)


def test_not_even_the_owner_takes_a_case_on_hold_away(django_db_setup: None) -> None:
    with told_to_the_owner() as (there, reader):
        case = there.sama
        hold_set(there.delphine, case=case, covers="case", ground="Smith v. County", since=clock.today())
        reader.cursor.execute("RESET ROLE")
        for order in ("DELETE FROM people_case WHERE id = %s", "DELETE FROM people_person WHERE id = %s"):
            key = case.pk if "people_case" in order else case.client_id
            with pytest.raises(DatabaseError, match="on hold"), transaction.atomic():
                reader.cursor.execute(order, [key])


def test_another_agency_neither_sees_nor_does_anything(cast: Cast, old: Case) -> None:
    proposal = approved(cast, old.pk)
    with acting(cast.noor):
        assert not Disposal.objects.exists()
        refused(lambda: run("SELECT dispose(%s)", proposal.pk))
    with pytest.raises(RuleBroken):
        disposal_propose(cast.noor, subject=old.pk)
    browser = signed_in(cast, "noor")
    for name in ("disposal_approve", "disposal_turn_down", "disposal_carry_out"):
        assert send(browser, name, proposal.pk, sure="on", why="x").status_code == 404
    certificate = disposal_carry_out(cast.delphine, proposal=proposal)
    assert browser.get(reverse("certificate", args=[certificate.pk])).status_code == 404
    with acting(cast.noor):
        assert not Certificate.objects.exists()


def test_a_stranger_in_the_agency_and_a_reviewer_do_nothing(cast: Cast, old: Case) -> None:
    proposal = approved(cast, old.pk)
    lend(cast, old, "quinn")
    for who in (cast.tadesse, cast.quinn, cast.otto, cast.ines):
        with acting(who):
            refused(lambda: run("SELECT dispose(%s)", proposal.pk))
        with pytest.raises((NotAllowed, RuleBroken)):
            disposal_propose(who, subject=old.pk)
    assert still_there(cast, old)


def test_the_role_of_the_program_removes_strikes_and_certifies_nothing_by_itself(cast: Cast, old: Case) -> None:
    with acting(cast.delphine):
        for order in (
            f"DELETE FROM people_case WHERE id = '{old.pk}'",  # noqa: S608
            f"DELETE FROM people_person WHERE id = '{old.client_id}'",  # noqa: S608
            f"SELECT take_out(ARRAY['{old.pk}']::uuid[])",
            f"SELECT strike_deeds(ARRAY['{old.pk}']::uuid[], '{old.pk}')",
            f"SELECT all_that_goes('{old.pk}', '{old.client_id}')",
            "INSERT INTO disposal_underway VALUES (pg_current_xact_id())",
            "SELECT * FROM disposal_underway",
            "UPDATE foundations_deed SET sentence = ''",
            "DELETE FROM confidentiality_certificate",
            "DELETE FROM confidentiality_disposal",
            "CREATE TEMP TABLE disposal_underway (xid xid8); DELETE FROM foundations_deed",
        ):
            refused(lambda: run(order))  # noqa: B023
        run("SELECT set_config('alongside.disposing', 'on', true)")
        refused(lambda: run("DELETE FROM documentation_signature"))


def test_turned_down_it_stays_and_can_be_proposed_anew(cast: Cast, old: Case) -> None:
    proposal = approved(cast, old.pk)
    with pytest.raises(RuleBroken, match="Say why the record is kept"):
        disposal_turn_down(cast.delphine, proposal=proposal, why=" ")
    disposal_turn_down(cast.delphine, proposal=proposal, why="She asked for a copy first")
    with pytest.raises(RuleBroken):
        disposal_carry_out(cast.delphine, proposal=proposal)
    with acting(cast.delphine):
        refused(lambda: run("SELECT dispose(%s)", proposal.pk))
        refused(lambda: run("UPDATE confidentiality_disposal SET state = 'approved' WHERE id = %s", proposal.pk))
    let_go(cast, old.pk)
    assert not still_there(cast, old)


def test_one_record_is_proposed_once_at_a_time(cast: Cast, old: Case) -> None:
    disposal_propose(cast.maren, subject=old.pk)
    with pytest.raises(RuleBroken, match="proposed already"):
        disposal_propose(cast.delphine, subject=old.pk)


def test_a_referral_that_was_not_accepted_goes_with_its_person(cast: Cast) -> None:
    keep_for(cast, years=3, kind="referral", event="answer")
    referral = cast.refer("Yusuf Demir")
    referral = referral_answer(
        cast.ines, referral=referral, answer="directed", directed_to="County office", words="Too far"
    )
    with pytest.raises(RuleBroken):
        disposal_propose(cast.ines, subject=referral.pk)
    with acting(cast.priya):
        ReferralIn.objects.filter(pk=referral.pk).update(answered_on=years_ago(4), received_on=years_ago(5))
    certificate = let_go(cast, referral.pk, "ines", "priya")
    assert certificate.person_too
    assert certificate.counts["engagement_referralin"] == 1
    with acting(cast.priya):
        assert not ReferralIn.objects.filter(pk=referral.pk).exists()
        assert not Person.objects.filter(pk=referral.client_id).exists()


def test_the_days_are_counted_as_the_rule_says(cast: Cast) -> None:
    rule = keep_for(cast, years=7, event="majority")
    case = end_long_ago(cast, cast.sama, years=8)
    with acting(cast.delphine):
        due = due_of(case.pk)
        assert due is not None
        assert due.counted == case.closed_on  # she came of age long before
    rule = rule_change(cast.otto, rule=rule, event="last_contact", years=7, source="x", edition=rule.edition)
    seen = years_ago(2)
    with acting(cast.delphine):
        Case.objects.filter(pk=case.pk).update(last_seen_on=seen)
        due = due_of(case.pk)
        assert due is not None
        assert due.counted == seen
        assert due.due >= seen + timedelta(days=7 * 365)
