"""Sama's household, told with the cast: who lives with her, since when, who moves out, and who learns nothing of it."""

from datetime import date, timedelta
from typing import Any

import pytest

from alongside.client_level.engagement.actions import (
    assignment_add,
    household_enter,
    household_member_add,
    household_member_change,
    household_member_end,
    significant_other_add,
)  # fmt: skip
from alongside.client_level.engagement.queries import lived_with, people_tab
from alongside.foundations import clock
from alongside.foundations.actor import Actor, acting
from alongside.foundations.errors import ChangedByAnother, NotAllowed, RuleBroken
from alongside.foundations.models import Deed
from alongside.people.models import Address, Case, ContactPoint, HouseholdMember, Person
from alongside.people.queries import people_like
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("E6")]

TODAY = clock.today()
RIM = {"preferred_name": "Rim Othman", "birth_date": date(2015, 6, 1), "birth_date_estimated": False}


def ago(days: int) -> date:
    """A day before today."""
    return TODAY - timedelta(days=days)


def rim(cast: Cast, by: Actor | None = None, **more: Any) -> HouseholdMember:
    """Rim lives with Sama since a month ago, unless told otherwise."""
    given: dict[str, Any] = {"role": "niece", "since": ago(30), "person": RIM} | more
    return household_member_add(by or cast.maren, case=cast.sama, **given)


def home(cast: Cast, who: Actor | None = None, case: Case | None = None) -> dict[str, Any]:
    """What the People tab shows."""
    with acting(who or cast.maren):
        return people_tab(case or cast.sama)


def names(rows: list[Any]) -> list[str]:
    """The names of some, in the order shown."""
    return [one.name for one in rows]


def test_a_household_begins_with_the_client_in_it(cast: Cast) -> None:
    household_enter(cast.maren, case=cast.sama, since=ago(90), role="mother", name="Cooper Row")
    around = home(cast)
    assert (around["home"].household.name, around["home"].since, around["mates"]) == ("Cooper Row", ago(90), [])


def test_rim_who_is_new_is_put_down_in_few_words_and_lives_with_sama(cast: Cast) -> None:
    rim(cast)
    around = home(cast)
    assert [(one.name, one.relation, one.member.since) for one in around["mates"]] == [("Rim Othman", "niece", ago(30))]
    assert around["home"].since == ago(30), "where no household is known, one begins"
    assert around["mates"][0].member.person.birth_date == date(2015, 6, 1)


def test_an_age_may_be_guessed_or_not_known(cast: Cast) -> None:
    rim(cast, person=RIM | {"birth_date_estimated": True})
    rim(cast, person={"preferred_name": "Grandmother", "birth_date": None, "birth_date_estimated": False})
    shown = {one.name: one.member.person for one in home(cast)["mates"]}
    assert shown["Rim Othman"].birth_date_estimated
    assert shown["Grandmother"].age is None


def test_somebody_known_here_is_not_put_down_twice(cast: Cast) -> None:
    """Lena is a client of Maren's too: the same person lives with Sama."""
    lena, sama = cast.enroll("Lena Vogt"), cast.sama
    with acting(cast.maren):
        found = people_like("Lena Vogt")
        before = Person.objects.count()
    assert [one.pk for one in found] == [lena.client_id]
    rim(cast, known=found[0], person=None)
    with acting(cast.maren):
        assert Person.objects.count() == before
    assert names(home(cast)["mates"]) == ["Lena Vogt"]
    assert names(home(cast, case=lena)["mates"]) == [sama.client.preferred_name]


@pytest.mark.demand("C4", "E8")
def test_a_person_the_worker_may_not_see_is_neither_found_nor_reached(cast: Cast) -> None:
    hidden, far = cast.enroll("Lena Vogt", primary="tadesse"), Person(agency=cast.elsewhere, preferred_name="Lena Vogt")
    with acting(cast.noor):
        far.save(force_insert=True)
    with acting(cast.maren):
        assert people_like("Lena Vogt") == []
    for person in (hidden.client, far):
        with pytest.raises(NotAllowed):
            rim(cast, known=person, person=None)
    assert home(cast)["mates"] == []
    with acting(cast.delphine):
        assert [one.pk for one in people_like("Lena Vogt")] == [hidden.client_id], "who supervises both finds her"


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        ({"since": TODAY + timedelta(days=1)}, "since", "still ahead"),
        ({"since": date(2015, 5, 31)}, "since", "Rim was not born yet"),
        ({"since": date(1990, 1, 1), "person": {"preferred_name": "Uncle"}}, "since", "Sama was not born yet"),
        ({"person": {"preferred_name": " "}}, "preferred_name", "Write the name"),
        ({"person": RIM | {"birth_date": TODAY + timedelta(days=1)}}, "birth_date", "ahead of today"),
    ],
)
def test_days_that_cannot_be_are_refused_with_the_reason(
    cast: Cast, more: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(RuleBroken, match=sentence) as refused:
        rim(cast, **more)
    assert refused.value.field == field
    assert home(cast)["home"] is None, "nothing is left half done"


def test_nobody_lives_twice_in_one_household_nor_with_themselves(cast: Cast) -> None:
    member = rim(cast)
    with pytest.raises(RuleBroken, match="in this household already"):
        rim(cast, known=member.person, person=None, since=ago(3))
    with pytest.raises(RuleBroken, match="This is the client"):
        rim(cast, known=cast.sama.client, person=None)


def test_her_place_changes_and_the_second_who_changes_it_is_shown_both(cast: Cast) -> None:
    member = rim(cast)
    given: dict[str, Any] = {"case": cast.sama, "member": member, "since": ago(60)}
    changed = household_member_change(cast.delphine, role="sister-in-law", edition=1, **given)
    assert (changed.role, changed.since, changed.edition) == ("sister-in-law", ago(60), 2)
    with pytest.raises(ChangedByAnother) as later:
        household_member_change(cast.maren, role="cousin", edition=1, **given)
    assert later.value.theirs == {"role": "sister-in-law"}
    assert (later.value.who, later.value.edition) == ("Delphine Arceneaux", 2)


def test_what_was_typed_wrong_about_someone_without_a_case_is_mended_and_a_clients_record_is_not(cast: Cast) -> None:
    member, lena = rim(cast), cast.enroll("Lena Vogt")
    other = rim(cast, known=lena.client, person=None)
    mended = RIM | {"preferred_name": "Reem Othman"}
    given: dict[str, Any] = {"case": cast.sama, "role": "niece", "since": ago(30), "edition": 1}
    household_member_change(cast.maren, member=member, person=mended, **given)
    assert names(home(cast)["mates"]) == ["Reem Othman", "Lena Vogt"]
    with pytest.raises(RuleBroken, match="in their own case"):
        household_member_change(cast.maren, member=other, person=mended, **given)


def test_she_moves_out_on_a_day_and_stays_in_the_history(cast: Cast) -> None:
    member = rim(cast)
    household_member_end(cast.maren, case=cast.sama, member=member, until=ago(5))
    around = home(cast)
    assert around["mates"] == []
    assert [(one.name, one.role, one.since, one.until) for one in around["lived_with"]] == [
        ("Rim Othman", "niece", ago(30), ago(5))
    ]
    with acting(cast.maren):
        assert not Person.objects.filter(pk=member.person_id).exists(), "their record closes to Sama's worker"
        assert Deed.objects.filter(verb="household_member_end", case_id=cast.sama.pk).exists()


@pytest.mark.parametrize(
    ("until", "sentence"), [(TODAY + timedelta(days=1), "still ahead"), (ago(31), "before they moved in")]
)
def test_nobody_moves_out_tomorrow_or_before_they_came(cast: Cast, until: date, sentence: str) -> None:
    member = rim(cast)
    with pytest.raises(RuleBroken, match=sentence) as refused:
        household_member_end(cast.maren, case=cast.sama, member=member, until=until)
    assert refused.value.field == "until"


def test_sama_moves_with_rim_and_without_fadi_who_is_seen_no_more(cast: Cast) -> None:
    household_enter(cast.maren, case=cast.sama, since=ago(90), name="Cooper Row")
    niece, fadi = rim(cast), rim(cast, person={"preferred_name": "Fadi"}, role="brother-in-law")
    household_enter(cast.maren, case=cast.sama, since=ago(2), name="The shelter", along=[niece])
    around = home(cast)
    assert (around["home"].household.name, around["home"].since) == ("The shelter", ago(2))
    assert names(around["mates"]) == ["Rim Othman"]
    assert [(one.name, one.since, one.until) for one in around["lived_with"] if one.name == "Fadi"] == [
        ("Fadi", ago(30), ago(2))
    ]
    with acting(cast.maren):
        assert not Person.objects.filter(pk=fadi.person_id).exists()


@pytest.mark.demand("C4")
def test_whoever_works_with_those_left_behind_learns_nothing_of_the_new_place(cast: Cast) -> None:
    """Fadi is Tadesse's client. While they share a household he sees Sama; from the day she leaves he does not."""
    fadi = cast.enroll("Fadi Othman", primary="tadesse")
    rim(cast, by=cast.delphine, known=fadi.client, person=None, role="brother-in-law", since=ago(30))
    with acting(cast.tadesse):
        assert Person.objects.filter(pk=cast.sama.client_id).exists()
    household_enter(cast.maren, case=cast.sama, since=ago(1), name="The shelter")
    niece = rim(cast, since=ago(1))
    with acting(cast.tadesse):
        assert not Person.objects.filter(pk__in=[cast.sama.client_id, niece.person_id]).exists()
        assert not HouseholdMember.objects.filter(household=niece.household).exists()
        assert [(one.name, one.until) for one in lived_with(fadi.client_id)] == [("Sama Othman", ago(1))]
        assert lived_with(cast.sama.client_id) == []


def test_sama_moves_in_with_someone_known_and_not_where_she_lives_already(cast: Cast) -> None:
    lena = cast.enroll("Lena Vogt")
    place = household_enter(cast.maren, case=lena, since=ago(400), name="Mill Lane")
    household_enter(cast.maren, case=cast.sama, since=ago(3), household=place.household)
    assert names(home(cast)["mates"]) == ["Lena Vogt"]
    with pytest.raises(RuleBroken, match="this household already"):
        household_enter(cast.maren, case=cast.sama, since=TODAY, household=place.household)
    with pytest.raises(RuleBroken, match="before they moved in"):
        household_enter(cast.maren, case=cast.sama, since=ago(4))


@pytest.mark.demand("C4")
def test_whoever_comes_to_live_with_sama_lives_nowhere_else_and_after_moving_out_is_seen_no_more(cast: Cast) -> None:
    """Lena had a household of her own; one that was left and not ended would go on opening those who live in it."""
    lena = cast.enroll("Lena Vogt")
    household_enter(cast.maren, case=lena, since=ago(90), name="Mill Lane")
    with acting(cast.maren):
        known = lena.client
    household_member_add(cast.maren, case=cast.sama, role="friend", since=ago(9), known=known)
    around = home(cast, case=lena)
    assert names(around["mates"]) == ["Sama Othman"], "she is not her own housemate"
    household_enter(cast.maren, case=lena, since=ago(2), name="Shelter")
    assert names(home(cast)["mates"]) == names(home(cast, case=lena)["mates"]) == []
    with acting(cast.maren):
        places = HouseholdMember.objects.filter(person=known).order_by("since").values_list("since", "until")
        assert list(places) == [(ago(90), ago(9)), (ago(9), ago(2)), (ago(2), None)]


def test_a_day_on_which_she_lived_elsewhere_is_refused_with_the_reason(cast: Cast) -> None:
    household_enter(cast.maren, case=cast.sama, since=ago(90), name="Cooper Row")
    with acting(cast.maren):
        lena = cast.enroll("Lena Vogt")
    household_enter(cast.maren, case=lena, since=ago(60), name="Mill Lane")
    household_enter(cast.maren, case=lena, since=ago(30), name="Ferry Street")
    with pytest.raises(RuleBroken, match="before they moved in"):
        household_member_add(cast.maren, case=cast.sama, role="friend", since=ago(45), known=lena.client)
    moved = home(cast, case=lena)["home"]
    with pytest.raises(RuleBroken, match="lived in another household on that day"):
        household_member_change(cast.maren, case=lena, member=moved, role="", since=ago(45), edition=moved.edition)


@pytest.mark.demand("C4")
def test_nobody_enters_a_household_in_which_their_worker_works_with_nobody(cast: Cast) -> None:
    lena = cast.enroll("Lena Vogt", primary="tadesse")
    place = household_enter(cast.tadesse, case=lena, since=ago(400), name="Mill Lane")
    with pytest.raises(NotAllowed):
        household_enter(cast.maren, case=cast.sama, since=ago(3), household=place.household)
    assert home(cast)["home"] is None


@pytest.mark.demand("C4")
def test_strangers_and_readers_change_no_household(cast: Cast) -> None:
    member = rim(cast)
    for stranger in (cast.tadesse, cast.noor, cast.otto, cast.quinn):
        with pytest.raises(NotAllowed):
            rim(cast, by=stranger)
        with pytest.raises(NotAllowed):
            household_enter(stranger, case=cast.sama, since=ago(1))
        with pytest.raises(NotAllowed):
            household_member_end(stranger, case=cast.sama, member=member, until=ago(1))
    assert names(home(cast)["mates"]) == ["Rim Othman"]


@pytest.mark.demand("T8")
def test_the_household_of_a_closed_case_is_read_only(cast: Cast) -> None:
    member = rim(cast)
    with acting(cast.maren):
        Case.objects.filter(pk=cast.sama.pk).update(closed_on=TODAY)
    with pytest.raises(RuleBroken, match="closed"):
        household_member_end(cast.maren, case=cast.sama, member=member, until=TODAY)


@pytest.mark.demand("C8")
def test_what_one_of_the_household_may_know_stands_beside_them(cast: Cast) -> None:
    rim(cast, person={"preferred_name": "Fadi"}, role="brother-in-law")
    rim(cast, person={"preferred_name": "Fadi Ali"}, role="lodger")
    values = {"name": "fadi ", "relation": "brother-in-law", "lives_with": True, "tie": "stress", "must_not_know": True}
    significant_other_add(cast.maren, case=cast.sama, values=values)
    around = home(cast)
    assert [(one.name, bool(one.other and one.other.must_not_know)) for one in around["mates"]] == [
        ("Fadi", True), ("Fadi Ali", False),
    ]  # fmt: skip
    assert (around["at_home"], around["mates"][0].tie) == ([], "stress")


@pytest.mark.demand("C8")
@pytest.mark.parametrize("father_first", [True, False])
def test_of_two_of_one_name_neither_is_taken_for_the_one_who_may_know(cast: Cast, father_first: bool) -> None:
    rim(cast, person={"preferred_name": "Yusuf Othman"}, role="father")
    told = {"name": "Yusuf Othman", "lives_with": True, "tie": "mid"}
    father = told | {"relation": "father", "must_not_know": True}
    brother = told | {"relation": "brother", "may_know": "Everything"}
    for values in (father, brother) if father_first else (brother, father):
        significant_other_add(cast.maren, case=cast.sama, values=values)
    (mate,) = home(cast)["mates"]
    assert mate.other is not None and mate.other.must_not_know, "the stricter of the two stands beside him"


@pytest.mark.demand("C8")
def test_what_one_may_know_stands_beside_neither_of_two_who_share_a_name(cast: Cast) -> None:
    for role in ("father", "brother"):
        rim(cast, person={"preferred_name": "Yusuf Othman"}, role=role)
    values = {"name": "Yusuf Othman", "relation": "brother", "tie": "mid", "may_know": "Everything"}
    significant_other_add(cast.maren, case=cast.sama, values=values)
    assert [one.other for one in home(cast)["mates"]] == [None, None]


@pytest.mark.demand("C5")
def test_no_deed_of_the_household_names_who_lives_there(cast: Cast) -> None:
    household_member_end(cast.maren, case=cast.sama, member=rim(cast), until=ago(1))
    with acting(cast.maren):
        told = str(list(Deed.objects.filter(verb__startswith="household").values_list("sentence", "changes", "reason")))
    assert "Rim" not in told
    assert "niece" not in told


@pytest.mark.demand("C4", "C8")
def test_living_with_sama_tells_her_worker_who_lena_is_and_not_how_to_reach_her(cast: Cast) -> None:
    """Tadesse is on Sama's team and not on Lena's, who lives with her: her confidential address is not his to know."""
    lena = cast.enroll("Lena Vogt")
    with acting(cast.maren):
        lives = lena.client
        Address(person=lives, lines="Mill Lane 4", confidential=True).save(force_insert=True)
        ContactPoint(person=lives, kind="phone", value="555 0100").save(force_insert=True)
    household_member_add(cast.maren, case=cast.sama, role="friend", since=ago(9), known=lives)
    assignment_add(cast.delphine, case=cast.sama, staff=cast.staff["tadesse"], role="team", since=TODAY)
    with acting(cast.tadesse):
        assert Person.objects.get(pk=lives.pk).preferred_name == "Lena Vogt"
        assert not Address.objects.filter(person=lives).exists()
        assert not ContactPoint.objects.filter(person=lives).exists()
        assert Person.objects.filter(pk=lives.pk).update(pronouns="they/them") == 0, "it is changed in her own file"
    with acting(cast.maren):
        assert Address.objects.filter(person=lives).exists()
