"""The people in a case, told with the cast: Sama, how to reach her safely, and who around her may know what."""

from datetime import date, timedelta

import pytest

from alongside.client_level.engagement.actions import (
    address_add,
    address_end,
    contact_add,
    contact_stop,
    name_add,
    person_change,
    representative_add,
    representative_end,
    significant_other_add,
    significant_other_change,
)  # fmt: skip
from alongside.client_level.engagement.queries import people_tab
from alongside.client_level.engagement.templatetags.ecomap import ecomap
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import ChangedByAnother, NotAllowed, RuleBroken
from alongside.foundations.models import Deed
from alongside.people.models import Address, Case, ContactPoint, Person, Representative, SignificantOther
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]

FADI = {"name": "Fadi", "relation": "brother-in-law", "lives_with": True, "tie": "stress", "must_not_know": True}


def sama(cast: Cast) -> Person:
    """Sama as she is stored now."""
    with acting(cast.maren):
        return Person.objects.get(pk=cast.sama.client_id)


@pytest.mark.demand("E6", "R5")
def test_what_is_known_of_her_changes_with_old_and_new_kept(cast: Cast) -> None:
    person = person_change(
        cast.maren, case=cast.sama, values={"preferred_name": "Sama O.", "language": "Levantine"}, edition=1
    )
    assert (person.preferred_name, person.language, person.edition) == ("Sama O.", "Levantine", 2)
    with acting(cast.maren):
        deed = Deed.objects.get(verb="person_change")
    assert deed.changes["language"] == ["Arabic", "Levantine"]


@pytest.mark.demand("E6", "C5")
def test_how_to_reach_her_never_stands_in_a_deed(cast: Cast) -> None:
    person_change(
        cast.maren, case=cast.sama, values={"preferred_name": "Sama", "safe_contact": "Call the bakery"}, edition=1
    )
    with acting(cast.maren):
        deed = Deed.objects.get(verb="person_change")
    assert deed.changes == {"preferred_name": [], "safe_contact": []}, "that it changed, and not a word"
    assert "bakery" not in deed.sentence


@pytest.mark.demand("D5")
def test_two_who_change_her_at_once_are_shown_both_versions(cast: Cast) -> None:
    person_change(cast.delphine, case=cast.sama, values={"preferred_name": "Sama", "pronouns": "they/them"}, edition=1)
    with pytest.raises(ChangedByAnother) as changed:
        person_change(cast.maren, case=cast.sama, values={"preferred_name": "Sama", "pronouns": "she"}, edition=1)
    assert (changed.value.who, changed.value.edition) == ("Delphine Arceneaux", 2)
    assert changed.value.theirs == {"pronouns": "they/them"}
    assert sama(cast).pronouns == "they/them"


@pytest.mark.demand("E6")
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"preferred_name": " "}, "preferred_name"),
        ({"preferred_name": "Sama", "birth_date": date(2999, 1, 1)}, "birth_date"),
        ({"preferred_name": "Sama", "race": ["unknown", "asian"]}, "race"),
    ],
)
def test_a_person_always_has_a_name_and_answers_that_agree(cast: Cast, values: dict[str, object], field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        person_change(cast.maren, case=cast.sama, values=values, edition=1)
    assert refused.value.field == field


@pytest.mark.demand("E6")
def test_a_way_that_is_no_longer_safe_stays_in_sight_and_takes_no_message(cast: Cast) -> None:
    contact = contact_add(
        cast.maren, case=cast.sama, values={"kind": "phone", "value": "+1 555 014 2233", "may_leave_message": True}
    )
    contact_stop(cast.maren, case=cast.sama, contact=contact)
    with acting(cast.maren):
        kept = ContactPoint.objects.get(pk=contact.pk)
    assert (kept.safe, kept.may_leave_message, kept.value) == (False, False, "+1 555 014 2233")
    with pytest.raises(RuleBroken) as refused:
        contact_add(cast.maren, case=cast.sama, values={"kind": "phone", "value": " "})
    assert refused.value.field == "value"


@pytest.mark.demand("E6", "C8")
def test_an_address_is_confidential_where_she_says_so_and_has_its_last_day(cast: Cast) -> None:
    since = clock.today() - timedelta(days=30)
    values = {"lines": "18 Cooper Row", "confidential": True, "mail_is_safe": True, "since": since}
    address = address_add(cast.maren, case=cast.sama, values=values)
    with pytest.raises(RuleBroken) as refused:
        address_end(cast.maren, case=cast.sama, address=address, until=since - timedelta(days=1))
    assert refused.value.field == "until"
    address_end(cast.maren, case=cast.sama, address=address, until=clock.today())
    with acting(cast.maren):
        kept = Address.objects.get(pk=address.pk)
    assert (kept.confidential, kept.mail_is_safe, kept.until) == (True, False, clock.today())
    with pytest.raises(RuleBroken):
        address_add(cast.maren, case=cast.sama, values={"lines": ""})


@pytest.mark.demand("E6")
def test_her_other_names_are_kept(cast: Cast) -> None:
    name_add(cast.maren, case=cast.sama, name="Samira Uthman", kind="spelled so on a paper")
    with acting(cast.maren):
        assert [one.name for one in people_tab(cast.sama)["names"]] == ["Samira Uthman"]
    with pytest.raises(RuleBroken):
        name_add(cast.maren, case=cast.sama, name="", kind="birth name")


@pytest.mark.demand("C8")
def test_nobody_who_must_not_know_is_told_anything(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as refused:
        significant_other_add(cast.maren, case=cast.sama, values=FADI | {"may_know": "the class"})
    assert refused.value.field == "may_know"
    fadi = significant_other_add(cast.maren, case=cast.sama, values=FADI)
    with pytest.raises(RuleBroken):
        significant_other_change(cast.maren, case=cast.sama, other=fadi, values=FADI | {"may_know": "the class"})


@pytest.mark.demand("C8", "E6")
def test_what_someone_may_know_changes_with_her_wish(cast: Cast) -> None:
    fadi = significant_other_add(cast.maren, case=cast.sama, values=FADI)
    significant_other_change(
        cast.maren, case=cast.sama, other=fadi, values={"must_not_know": False, "may_know": "that she learns English"}
    )
    with acting(cast.maren):
        kept = SignificantOther.objects.get(pk=fadi.pk)
        deed = Deed.objects.get(verb="significant_other_change")
    assert (kept.must_not_know, kept.may_know) == (False, "that she learns English")
    assert deed.changes == {"must_not_know": ["True", "False"], "may_know": []}


@pytest.mark.demand("C7")
def test_a_representative_acts_only_within_a_stated_scope_and_span(cast: Cast) -> None:
    values = {"name": "Dora Lind", "capacity": "guardian", "scope": "Money", "since": clock.today() - timedelta(days=9)}
    with pytest.raises(RuleBroken) as refused:
        representative_add(cast.maren, case=cast.sama, values=values | {"scope": " "})
    assert refused.value.field == "scope"
    with pytest.raises(RuleBroken) as refused:
        representative_add(cast.maren, case=cast.sama, values=values | {"until": date(2001, 1, 1)})
    assert refused.value.field == "until"
    dora = representative_add(cast.maren, case=cast.sama, values=values)
    with acting(cast.maren):
        assert [acts for _one, acts in people_tab(cast.sama)["representatives"]] == [True]
    representative_end(cast.maren, case=cast.sama, representative=dora, until=clock.today() - timedelta(days=1))
    with acting(cast.maren):
        assert [acts for _one, acts in people_tab(cast.sama)["representatives"]] == [False]
        assert Representative.objects.get(pk=dora.pk).scope == "Money"


@pytest.mark.demand("C4")
def test_strangers_to_the_case_change_nobody_in_it(cast: Cast) -> None:
    case = cast.sama
    for stranger in (cast.tadesse, cast.noor, cast.otto, cast.quinn):
        with pytest.raises(NotAllowed):
            contact_add(stranger, case=case, values={"kind": "phone", "value": "1"})
        with pytest.raises(NotAllowed):
            significant_other_add(stranger, case=case, values=FADI)
    with acting(cast.tadesse):
        assert not SignificantOther.objects.exists()


@pytest.mark.demand("T8")
def test_the_people_of_a_closed_case_are_read_only(cast: Cast) -> None:
    case = cast.sama
    with acting(cast.maren):
        Case.objects.filter(pk=case.pk).update(closed_on=clock.today())
    with pytest.raises(RuleBroken, match="closed"):
        person_change(cast.maren, case=case, values={"preferred_name": "x"}, edition=1)
    with pytest.raises(RuleBroken, match="closed"):
        significant_other_add(cast.maren, case=case, values=FADI)


@pytest.mark.demand("E6")
def test_the_household_stands_apart_from_those_around_it(cast: Cast) -> None:
    significant_other_add(cast.maren, case=cast.sama, values=FADI)
    significant_other_add(cast.maren, case=cast.sama, values={"name": "Ilse", "relation": "neighbor", "tie": "strong"})
    with acting(cast.maren):
        around = people_tab(cast.sama)
    assert [one.name for one in around["at_home"]] == ["Fadi"]
    assert [one.name for one in around["around"]] == ["Ilse"]
    assert around["strained"] == 1


@pytest.mark.demand("E6")
def test_the_drawing_holds_everyone_the_list_holds_each_in_a_place_of_their_own(cast: Cast) -> None:
    for number in range(7):
        values = {"name": f"Neighbor {number}", "relation": "a neighbor with a very long story", "tie": "weak"}
        significant_other_add(cast.maren, case=cast.sama, values=values)
    significant_other_add(cast.maren, case=cast.sama, values=FADI)
    with acting(cast.maren):
        around = people_tab(cast.sama)
        drawn = ecomap(cast.sama.client, around["at_home"], around["around"])
    places = {(one.x, one.y) for one in drawn["sides"]}
    assert len(places) == 7
    assert all(0 < y < drawn["height"] for _x, y in places)
    assert all(len(one.relation) <= 18 for one in drawn["sides"])
    assert [(one.name, one.tie) for one in drawn["home"]] == [("Fadi", "stress")]
    assert drawn["home"][0].path.count("L") > 4
