"""A client listed under an alias, as whoever stole the database would look for them: the true name lies open nowhere (C4)."""

from datetime import timedelta

import pytest

from alongside.client_level.engagement.actions import (
    household_enter,
    name_add,
    person_change,
    significant_other_add,
)
from alongside.client_level.intervention.actions import note_begin, note_sign, service_record
from alongside.client_level.intervention.actions.words import NoteWords
from alongside.client_level.planning.actions import plan_sign
from alongside.confidentiality.actions import Leave, alias_give, disclosure_make, release_take_back, sharing_set
from alongside.documentation.models import PlanVersion, Signature
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.ids import new_id
from alongside.people.models import Case, Person
from tests.cast import Cast
from tests.disposing import told_to_the_owner
from tests.planning import offered
from tests.releasing import signed, typed

pytestmark = [pytest.mark.django_db(databases=["default", "looks", "owner"]), pytest.mark.demand("C4")]

ALIAS = "Anna Berg"
TRUE = ("Sama", "Othman", "Samira", "Aziz")


def named_all_over(cast: Cast) -> Case:
    """Sama’s record before anybody feared for her: her name under papers, in what is done, and among who was there."""
    case, maren = cast.sama, cast.maren
    with acting(maren):
        person = Person.objects.get(pk=case.client_id)
    names = {"preferred_name": "Sama Othman", "legal_name": "Samira Othman-Aziz"}
    person = person_change(maren, case=case, values=names, edition=person.edition)
    person_change(maren, case=case, values=names | {"legal_name": "Samira Aziz"}, edition=person.edition)
    name_add(maren, case=case, name="Samira Aziz", kind="birth name")
    household_enter(maren, case=case, since=clock.today() - timedelta(days=90), role="head", name="Othman family")
    rima = significant_other_add(maren, case=case, values={"name": "Rima", "relation": "sister"})
    sharing_set(maren, case=case, other=rima, may_share=["contact"])
    release = signed(cast, signing=typed(name="Samira Aziz"))
    release_take_back(maren, release=release, by="Sama Othman", how="Aloud", edition=release.edition)
    words = NoteWords(
        at=clock.now() - timedelta(hours=2), minutes=30, title="Sama at the school", place="At Sama’s aunt’s",
        present=("Sama", "Aunt Huda"), happened="Sama looked at the rooms.", client_did="Sama asked about hours.",
        worker_did="Wrote them down.", stands_alone=True,
    )  # fmt: skip
    note = note_begin(maren, case=case, key=new_id(), words=words)
    note_sign(maren, note=note, words=words, edition=note.edition)
    service_record(
        maren, case=case, on=clock.today(), kind="guiding", what="Went with Sama", minutes=20, mode="face", present=["Sama"],
        stands_alone=True,
    )  # fmt: skip
    disclosure_make(
        maren, case=case, recipient="", leave=Leave(), ticked=["identity:name"], purpose="She asked for it",
        relevant="",
    )  # fmt: skip
    plan_of_her_own(cast)
    with acting(maren):
        return Case.objects.select_related("client", "program").get(pk=case.pk)


def plan_of_her_own(cast: Cast) -> None:
    """A plan made with her, in which she does something, signed by her."""
    version, *_rest = offered(cast)
    with acting(cast.maren):
        version = PlanVersion.objects.get(pk=version.pk)
    plan_sign(cast.maren, version=version, capacity="client", name="Sama Othman", language="Arabic")
    with acting(cast.maren):
        assert Signature.objects.get(version=version).name == "Sama Othman"


def test_whoever_steals_the_database_finds_the_alias_and_the_name_nowhere(django_db_setup: None) -> None:
    with told_to_the_owner() as (there, reader):
        case = named_all_over(there)
        before = reader.where_is(*TRUE)
        assert set(before) == {"people_person", "people_personname", "people_household", "people_householdmember"}, (
            before
        )
        alias_give(there.maren, case=case, alias=ALIAS, reason="Her husband works for the county.")
        assert reader.where_is(*TRUE) == {}
        assert "people_person" in reader.where_is(ALIAS)
