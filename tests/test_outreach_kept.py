"""Outreach is not what disposal forgets: it goes by its own rule, or with the last of those who came from it (D6, E1)."""

import pytest
from django.db import IntegrityError, transaction

from alongside.client_level.engagement.actions import (
    outreach_change,
    outreach_record,
    referral_answer,
    referral_receive,
)
from alongside.client_level.engagement.models import Outreach, ReferralIn
from alongside.confidentiality.actions.disposal import disposal_carry_out, disposal_propose
from alongside.confidentiality.queries.retention import due_of, due_until
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import RuleBroken
from tests.cast import Cast
from tests.disposing import Reader, approved, keep_for, let_go, told_to_the_owner, years_ago
from tests.door import a_round, met
from tests.visits import read, signed_in

pytestmark = [
    pytest.mark.django_db(databases=["default", "looks", "owner"]),
    pytest.mark.demand("D6", "E1"),
]


def came(cast: Cast, outreach: Outreach, name: str) -> ReferralIn:
    """Somebody came from it, was directed elsewhere, and that is four years ago."""
    referral = referral_receive(
        cast.ines, program=cast.program, person={"preferred_name": name}, source="x", reason="x",
        received_on=clock.today(), outreach=outreach,
    )  # fmt: skip
    referral_answer(cast.ines, referral=referral, answer="directed", words="Too far", directed_to="Eastfield")
    with acting(cast.priya):
        ReferralIn.objects.filter(pk=referral.pk).update(answered_on=years_ago(4), received_on=years_ago(5))
    return referral


def is_kept(cast: Cast, outreach: Outreach) -> bool:
    """Whether the record is still there."""
    with acting(cast.ines):
        return Outreach.objects.filter(pk=outreach.pk).exists()


def test_outreach_that_led_to_nobody_is_due_by_its_rule_and_nothing_of_it_is_left(django_db_setup: None) -> None:
    with told_to_the_owner() as (there, reader):
        keep_for(there, years=3, kind="outreach", event="meeting")
        old = met(there, on=years_ago(4), place="Blue Ferry", who="Rosa with the red cart")
        young = met(there)
        outreach_change(there.ines, outreach=old, values={"place": "Red Ferry"})
        certificate = let_go(there, old.pk, "ines", "priya")
        assert not is_kept(there, old) and is_kept(there, young)
        assert (certificate.counts, certificate.person_too) == (
            {"engagement_outreach": 1, "confidentiality_disposal": 1},
            False,
        )
        assert reader.where_is("Blue Ferry", "Red Ferry", "red cart") == {}
        assert key_is_gone(reader, old)


def key_is_gone(reader: Reader, outreach: Outreach) -> bool:
    """Whether what lies sealed in a backup can never be opened again."""
    rows = reader.rows("SELECT wrapped IS NULL FROM foundations_datakey WHERE keeper = %s", outreach.pk)
    return rows == [(True,)]


def test_it_is_not_due_too_early_nor_once_somebody_came_from_it(cast: Cast) -> None:
    keep_for(cast, years=3, kind="outreach", event="meeting")
    young, old = met(cast, on=years_ago(1)), met(cast, on=years_ago(4))
    with pytest.raises(RuleBroken):
        disposal_propose(cast.ines, subject=young.pk)
    with acting(cast.ines):
        assert [one.subject for one in due_until()] == [old.pk]
    page = read(signed_in(cast, "priya"), "due")
    assert "Outreach that led to no referral" in page and "Kept 3 years after the day of the outreach" in page
    proposal = approved(cast, old.pk, "ines", "priya")
    came(cast, old, "Lola Marchetti")
    with acting(cast.ines):
        assert due_of(old.pk) is None
    with pytest.raises(RuleBroken):
        disposal_carry_out(cast.priya, proposal=proposal)
    assert is_kept(cast, old)


def test_it_goes_with_the_last_of_those_who_came_from_it(cast: Cast) -> None:
    keep_for(cast, years=3, kind="referral", event="answer")
    kept = met(cast, who="Lola and Yusuf", on=years_ago(5))
    first, last = came(cast, kept, "Lola Marchetti"), came(cast, kept, "Yusuf Demir")
    let_go(cast, first.pk, "ines", "priya")
    assert is_kept(cast, kept)
    certificate = let_go(cast, last.pk, "ines", "priya")
    assert not is_kept(cast, kept)
    assert certificate.counts["engagement_outreach"] == 1


@pytest.mark.demand("C4")
def test_no_referral_hangs_on_the_outreach_of_another_agency_whoever_writes_it(django_db_setup: None) -> None:
    """The owner of the database neither: past every policy the row itself is refused."""
    with told_to_the_owner() as (there, reader):
        theirs = outreach_record(there.noor, program=there.elsewhere_program, values=a_round())
        copied = there.refer("Yusuf Demir")
        another = """INSERT INTO engagement_referralin SELECT (jsonb_populate_record(r, jsonb_build_object(
            'id', gen_random_uuid(), 'outreach_id', %s::uuid))).* FROM engagement_referralin r WHERE r.id = %s RETURNING id"""
        assert len(reader.rows(another, met(there).pk, copied.pk)) == 1
        reader.cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="from_outreach_of_its_agency"), transaction.atomic():
            reader.rows(another, theirs.pk, copied.pk)
