"""Outreach, told with the cast: people are met before anyone is a client, and one of them comes (practice E1)."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.client_level.engagement.actions import outreach_change, outreach_record, referral_receive
from alongside.client_level.engagement.models import Outreach, ReferralIn
from alongside.client_level.engagement.queries import OUTREACH_SHOWN, led_to, outreach_page
from alongside.confidentiality.actions import conflict_declare
from alongside.foundations import clock
from alongside.foundations.actor import Actor, acting
from alongside.foundations.errors import ChangedByAnother, NotAllowed, RuleBroken
from alongside.foundations.models import Deed
from alongside.people.actions import program_save, program_staff_add, set_up_actor
from alongside.people.models import Case, Program
from tests.cast import Cast
from tests.door import a_round, met

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("E1")]


def came(cast: Cast, outreach: Outreach, name: str = "Lola Marchetti", by: Actor | None = None) -> ReferralIn:
    """Somebody who was met there comes, and is taken in."""
    return referral_receive(
        by or cast.ines, program=cast.program, person={"preferred_name": name}, source="Herself", reason="A bed",
        received_on=clock.today(), outreach=outreach,
    )  # fmt: skip


def sees(cast: Cast, who: str, outreach: Outreach) -> bool:
    """Whether the record exists for somebody."""
    with acting(getattr(cast, who)):
        return Outreach.objects.filter(pk=outreach.pk).exists()


def test_a_round_is_recorded_without_anybodys_name(cast: Cast) -> None:
    kept = met(cast)
    with acting(cast.ines):
        found = Outreach.objects.get(pk=kept.pk)
        assert (found.place, found.how, found.met, found.who) == ("Ferry landing", "street", 6, "")
        assert (found.offered, found.by_id, found.program_id) == ("Soup and our card", cast.ines.staff, cast.program.pk)


@pytest.mark.demand("C1")
def test_who_was_met_and_what_was_said_lie_as_noise_and_no_deed_repeats_them(cast: Cast) -> None:
    kept = met(cast, who="Rosa with the red cart", said="A dry place")
    outreach_change(cast.ines, outreach=kept, values={"who": "Rosa", "said": "A dry place for her dog", "met": 7})
    with acting(cast.ines), connection.cursor() as cursor:
        cursor.execute("SELECT who || offered || said FROM engagement_outreach")
        noise = cursor.fetchone()[0]
        told = " ".join(f"{deed.sentence} {deed.changes}" for deed in Deed.objects.filter(subject_id=kept.pk))
        assert Outreach.objects.get(pk=kept.pk).said == "A dry place for her dog"
    for word in ("Rosa", "dry place", "Soup", "Ferry"):
        assert word not in noise and word not in told, word
    assert "'met': ['6', '7']" in told


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"on": date(2999, 1, 1)}, "on", "still ahead"),
        ({"place": " "}, "place", "Say where"),
        ({"met": 0}, "met", "one at least"),
        ({"offered": ""}, "offered", "what was offered"),
    ],
)
def test_what_is_missing_or_cannot_be_is_refused_with_the_reason(
    cast: Cast, wrong: dict[str, object], field: str, sentence: str
) -> None:
    kept = met(cast)
    with pytest.raises(RuleBroken, match=sentence) as refused:
        met(cast, **wrong)
    assert refused.value.field == field
    with pytest.raises(RuleBroken, match=sentence):
        outreach_change(cast.ines, outreach=kept, values=wrong)
    with acting(cast.ines):
        assert Outreach.objects.count() == 1


def test_the_database_takes_no_outreach_in_which_nobody_was_met(cast: Cast) -> None:
    kept = met(cast)
    with acting(cast.ines), pytest.raises(DatabaseError), transaction.atomic():
        Outreach.objects.filter(pk=kept.pk).update(met=0)


@pytest.mark.demand("C4")
def test_only_those_at_the_programs_door_see_it_and_record_more(cast: Cast) -> None:
    kept = met(cast)
    for who in ("ines", "priya"):
        assert sees(cast, who, kept), who
    for who in ("maren", "delphine", "otto", "quinn", "noor"):
        assert not sees(cast, who, kept), who
        with pytest.raises(NotAllowed):
            outreach_record(getattr(cast, who), program=cast.program, values=a_round())


@pytest.mark.demand("C4")
def test_those_at_another_programs_door_do_not_see_it(cast: Cast) -> None:
    set_up = set_up_actor(cast.agency.pk)
    other = program_save(set_up, program=Program(), values={"name": "Safe Harbor"})
    program_staff_add(set_up, program=other, staff=cast.staff["delphine"], role="supervisor")
    theirs = outreach_record(cast.delphine, program=other, values=a_round())
    assert sees(cast, "delphine", theirs) and not sees(cast, "ines", theirs) and not sees(cast, "delphine", met(cast))
    with pytest.raises(NotAllowed):
        came(cast, theirs)  # nor does a referral of theirs name what they do not see


def test_who_wrote_it_corrects_it_and_what_changed_stands_in_the_deed(cast: Cast) -> None:
    kept = met(cast)
    outreach_change(cast.ines, outreach=kept, values=a_round(place="Fish market", met=4), edition=1)
    with acting(cast.ines):
        deed = Deed.objects.get(subject_id=kept.pk, verb="outreach_change")
        assert deed.changes == {"place": [], "met": ["6", "4"]}
        assert Outreach.objects.get(pk=kept.pk).edition == 2
    with pytest.raises(NotAllowed):
        outreach_change(cast.priya, outreach=kept, values=a_round(met=40))


def test_a_correction_from_an_old_page_shows_what_stands_there_now(cast: Cast) -> None:
    kept = met(cast)
    outreach_change(cast.ines, outreach=kept, values=a_round(met=4), edition=1)
    with pytest.raises(ChangedByAnother) as changed:
        outreach_change(cast.ines, outreach=kept, values=a_round(met=9), edition=1)
    assert (changed.value.theirs, changed.value.edition) == ({"met": 4}, 2)


@pytest.mark.demand("E2")
def test_a_referral_keeps_where_it_began_and_the_record_says_that_it_led_to_one(cast: Cast) -> None:
    kept, other = met(cast), met(cast, place="Bus station")
    referral = came(cast, kept)
    with acting(cast.ines):
        assert ReferralIn.objects.get(pk=referral.pk).outreach_id == kept.pk
        assert {row.outreach.pk: row.led_to for row in outreach_page(None).rows} == {kept.pk: 1, other.pk: 0}
        with pytest.raises(DatabaseError), transaction.atomic():
            ReferralIn.objects.filter(pk=referral.pk).update(outreach=other)


def test_it_stays_known_that_it_led_to_a_referral_when_that_has_become_a_case(cast: Cast) -> None:
    kept = met(cast)
    referral = came(cast, kept)
    with acting(cast.priya):
        ReferralIn.objects.filter(pk=referral.pk).update(case=became(cast, referral))
    with acting(cast.ines):
        assert not ReferralIn.objects.filter(pk=referral.pk).exists()
        assert led_to([kept.pk]) == {kept.pk: 1}
    with acting(cast.noor):
        assert led_to([kept.pk]) == {}


def became(cast: Cast, referral: ReferralIn) -> Case:
    """The case that a referral became, by a bare row."""
    case = Case(
        agency=cast.agency, program=cast.program, client_id=referral.client_id, number="2026-7", opened_on=clock.today()
    )
    case.save(force_insert=True)
    return case


@pytest.mark.demand("R6")
def test_a_conflict_of_interest_closes_the_outreach_that_someone_came_from_too(cast: Cast) -> None:
    kept, other = met(cast, who="Lola"), met(cast)
    referral = came(cast, kept)
    with acting(cast.priya):
        case = became(cast, referral)
    conflict_declare(cast.priya, case=case, staff=cast.staff["priya"], reason="My sister.")
    assert not sees(cast, "priya", kept)
    assert sees(cast, "priya", other) and sees(cast, "ines", kept)


def test_the_list_goes_on_page_by_page_with_the_newest_first(cast: Cast) -> None:
    days = [clock.today() - timedelta(days=n // 2) for n in range(OUTREACH_SHOWN + 3)]
    written = [met(cast, on=day).pk for day in reversed(days)]
    with acting(cast.ines):
        first = outreach_page(None)
        second = outreach_page(first.last)
    shown = [row.outreach for row in first.rows + second.rows]
    assert (len(first.rows), len(second.rows), second.last) == (OUTREACH_SHOWN, 3, None)
    assert {one.pk for one in shown} == set(written) and len(shown) == len(written)
    assert [one.on for one in shown] == days
