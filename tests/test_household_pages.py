"""The household at the screen: written without script, every mistake said in its place, nobody reached who is not seen."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from alongside.client_level.engagement.actions import (
    household_enter,
    household_member_add,
    household_member_change,
    household_member_end,
    significant_other_add,
)  # fmt: skip
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.people.models import Assignment, Case, HouseholdMember, Person
from tests.cast import Cast
from tests.visits import LONG, NAMES, SCRIPT, beside, changed, read, send, set_close, signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("E6")]

TODAY = clock.today()
MONTH = TODAY - timedelta(days=30)


def typed(**more: object) -> dict[str, Any]:
    """What Maren types about Rim."""
    given: dict[str, object] = {
        "preferred_name": "Rim Othman", "birth": "exact", "birth_date": "2015-06-01", "role": "niece", "since": str(MONTH),
    }  # fmt: skip
    return changed(given, **more)


def rim(cast: Cast) -> HouseholdMember:
    """Rim, who lives with Sama."""
    person = {"preferred_name": "Rim Othman", "birth_date": date(2015, 6, 1)}
    return household_member_add(cast.maren, case=cast.sama, role="niece", since=MONTH, person=person)


def home_in(page: str) -> str:
    """What the tab says of the household, the drawing left aside."""
    return page.split('id="who"')[1].split("Family, friends, community")[0]


def test_somebody_is_added_changed_and_moves_out(cast: Cast) -> None:
    case, maren = cast.sama, signed_in(cast, "maren")
    assert "Ask who shares the home" in home_in(read(maren, "case_people", case.pk))
    assert send(maren, "household_member_new", case.pk, **typed()).status_code == 302
    page = home_in(read(maren, "case_people", case.pk))
    assert "Rim Othman" in page and "niece" in page and "years old" in page
    with acting(cast.maren):
        member = HouseholdMember.objects.get(role="niece")
    sent = typed(role="daughter", edition=1, birth="estimated")
    assert send(maren, "household_member_edit", case.pk, member.pk, **sent).status_code == 302
    assert "(a guess)" in home_in(read(maren, "case_people", case.pk))
    assert send(maren, "household_member_end", case.pk, member.pk, until=str(TODAY)).status_code == 302
    page = home_in(read(maren, "case_people", case.pk))
    assert "Lived with one person before" in page and "daughter" in page
    assert reverse("household_member_end", args=[case.pk, member.pk]) not in page


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"preferred_name": " "}, "preferred_name", "Fill this in."),
        ({"role": ""}, "role", "Fill this in."),
        ({"role": "r" * 61}, "role", "at most 60"),
        ({"birth_date": ""}, "birth_date", "or say that it is not known"),
        ({"birth": "unknown"}, "birth_date", "or empty this"),
        ({"birth_date": "a while ago"}, "birth_date", "Give the full date"),
        ({"birth_date": str(TODAY + timedelta(days=1))}, "birth_date", "ahead of today"),
        ({"since": str(TODAY + timedelta(days=1))}, "since", "still ahead"),
        ({"since": "2015-05-31"}, "since", "not born yet"),
        ({"since": ""}, "since", "Give the day."),
    ],
)
def test_a_mistake_is_said_beside_its_field_and_nothing_typed_is_lost(
    cast: Cast, wrong: dict[str, object], field: str, sentence: str
) -> None:
    case, maren = cast.sama, signed_in(cast, "maren")
    answer = send(maren, "household_member_new", case.pk, **typed(**wrong))
    assert sentence in beside(answer, field)
    kept = "niece" if field != "role" else "Rim Othman"
    assert f'value="{kept}"' in words_of(answer)
    with acting(cast.maren):
        assert not HouseholdMember.objects.exists()


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_written_as_it_is(cast: Cast, name: str) -> None:
    case, maren = cast.sama, signed_in(cast, "maren")
    send(maren, "household_member_new", case.pk, **typed(preferred_name=name))
    assert name in home_in(read(maren, "case_people", case.pk))


def test_a_script_is_only_text_and_a_novel_is_no_name(cast: Cast) -> None:
    case, maren = cast.sama, signed_in(cast, "maren")
    send(maren, "household_member_new", case.pk, **typed(preferred_name=SCRIPT, role=SCRIPT))
    page = maren.get(reverse("case_people", args=[case.pk])).content.decode()
    assert "<script>alert" not in page
    novel = send(maren, "household_member_new", case.pk, **typed(preferred_name=LONG))
    assert "at most 200" in beside(novel, "preferred_name")


def test_sent_twice_it_is_written_once(cast: Cast) -> None:
    case, maren = cast.sama, signed_in(cast, "maren")
    sent = typed(once=str(uuid4()))
    first, second = (send(maren, "household_member_new", case.pk, **sent) for _turn in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    with acting(cast.maren):
        assert Person.objects.filter(preferred_name="Rim Othman").count() == 1


@pytest.mark.demand("E8")
def test_a_known_person_is_offered_and_chosen_without_script(cast: Cast) -> None:
    case, lena, maren = cast.sama, cast.enroll("Lena Vogt"), signed_in(cast, "maren")
    asked = send(maren, "household_member_new", case.pk, **typed(preferred_name="lena voght"))
    assert "name like this is known here" in beside(asked, "who")
    page = words_of(asked)
    assert "Lena Vogt, born 4 Mar 1992" in page and 'value="lena voght"' in page
    sent = typed(preferred_name="lena voght", who=lena.client_id, birth_date="")
    assert send(maren, "household_member_new", case.pk, **sent).status_code == 302
    assert "Lena Vogt" in home_in(read(maren, "case_people", case.pk))
    with acting(cast.maren):
        assert Person.objects.count() == 2


@pytest.mark.demand("E8")
def test_somebody_of_the_same_name_is_somebody_else(cast: Cast) -> None:
    case, maren = cast.sama, signed_in(cast, "maren")
    cast.enroll("Lena Vogt")
    sent = typed(preferred_name="Lena Vogt", who="new")
    assert send(maren, "household_member_new", case.pk, **sent).status_code == 302
    with acting(cast.maren):
        assert Person.objects.filter(preferred_name="Lena Vogt").count() == 2


@pytest.mark.demand("C4", "E8")
def test_a_person_of_another_worker_agency_or_nobody_is_neither_offered_nor_taken(cast: Cast) -> None:
    hidden, far = cast.enroll("Lena Vogt", primary="tadesse"), Person(agency=cast.elsewhere, preferred_name="Lena Vogt")
    with acting(cast.noor):
        far.save(force_insert=True)
    case, maren = cast.sama, signed_in(cast, "maren")
    for key in (hidden.client_id, far.pk, uuid4()):
        sent = typed(preferred_name="Lena Vogt", who=key)
        answer = send(maren, "household_member_new", case.pk, **sent)
        assert "Lena Vogt, born" not in words_of(answer)
    with acting(cast.delphine):
        assert not HouseholdMember.objects.filter(person__in=[hidden.client_id, far.pk]).exists()


def test_she_moves_with_some_and_without_others(cast: Cast) -> None:
    member, maren = rim(cast), signed_in(cast, "maren")
    case = cast.sama
    household_member_add(cast.maren, case=case, role="brother-in-law", since=MONTH, person={"preferred_name": "Fadi"})
    page = read(maren, "household_enter", case.pk)
    assert "Who moves along" in page and "Fadi" in page
    sent = {"since": str(TODAY), "name": "The shelter", "along": [str(member.pk)]}
    assert send(maren, "household_enter", case.pk, **sent).status_code == 302
    page = home_in(read(maren, "case_people", case.pk))
    assert "Household: The shelter" in page
    assert "Fadi" in page.split("Lived with")[1] and "Fadi" not in page.split("Lived with")[0]


def test_she_moves_in_with_a_known_person_or_is_told_that_nobody_lives_there(cast: Cast) -> None:
    lena, maren, case = cast.enroll("Lena Vogt"), signed_in(cast, "maren"), cast.sama
    sent: dict[str, object] = {"since": str(TODAY), "neighbor": "Lena Vogt"}
    assert "Choose which one" in beside(send(maren, "household_enter", case.pk, **sent), "who")
    nowhere = send(maren, "household_enter", case.pk, who=lena.client_id, **sent)
    assert "Leave it empty" in beside(nowhere, "neighbor")
    assert "Leave it empty" in beside(send(maren, "household_enter", case.pk, **sent | {"neighbor": "Zoltan Q"}), "neighbor")  # fmt: skip
    household_enter(cast.maren, case=lena, since=MONTH, name="Mill Lane")
    assert send(maren, "household_enter", case.pk, who=lena.client_id, **sent).status_code == 302
    assert "Household: Mill Lane" in read(maren, "case_people", case.pk)


@pytest.mark.demand("D5")
def test_the_second_to_change_somebody_is_shown_both_versions(cast: Cast) -> None:
    member, maren, case = rim(cast), signed_in(cast, "maren"), cast.sama
    household_member_change(
        cast.delphine, case=case, member=member, role="daughter", since=MONTH, edition=1,
        person={"preferred_name": "Reem Othman"},
    )  # fmt: skip
    answer = send(maren, "household_member_edit", case.pk, member.pk, **typed(role="cousin", edition=1))
    assert answer.status_code == 409
    page = words_of(answer)
    assert "Delphine Arceneaux changed this" in page
    assert "Reem Othman" in page and "daughter" in page and 'value="cousin"' in page
    assert (
        send(maren, "household_member_edit", case.pk, member.pk, **typed(role="cousin", edition=2)).status_code == 302
    )


@pytest.mark.demand("D5", "C8")
def test_the_second_to_change_someone_around_her_is_shown_both_versions(cast: Cast) -> None:
    case, maren, delphine = cast.sama, signed_in(cast, "maren"), signed_in(cast, "delphine")
    given = {"name": "Fadi", "relation": "brother-in-law", "tie": "stress"}
    fadi = significant_other_add(cast.maren, case=case, values=given)
    assert send(delphine, "other_edit", case.pk, fadi.pk, **given, edition=1, must_not_know="on").status_code == 302
    answer = send(maren, "other_edit", case.pk, fadi.pk, **given, edition=1, may_know="the class")
    assert answer.status_code == 409, "what must not be told is never overwritten unseen"
    assert "the class" in words_of(answer)
    with acting(cast.maren):
        fadi.refresh_from_db()
    assert (fadi.must_not_know, fadi.may_know) == (True, "")


@pytest.mark.demand("C8")
def test_what_one_of_the_household_may_know_is_shown_or_asked_for(cast: Cast) -> None:
    member, maren, case = rim(cast), signed_in(cast, "maren"), cast.sama
    page = home_in(read(maren, "case_people", case.pk))
    assert "Share nothing until it is." in page
    asks = f"{reverse('other_new', args=[case.pk])}?member={member.pk}"
    assert f'href="{asks}"' in page
    form = maren.get(asks).context["form"]
    assert (form["name"].value(), form["relation"].value()) == ("Rim Othman", "niece")
    significant_other_add(
        cast.maren,
        case=case,
        values={"name": "Rim Othman", "relation": "niece", "tie": "strong", "may_know": "All of it"},
    )
    assert "May know: All of it" in home_in(read(maren, "case_people", case.pk))


def pages(case: Case, member: HouseholdMember) -> list[str]:
    """Every address of the household."""
    return [
        reverse("household_enter", args=[case.pk]),
        reverse("household_member_new", args=[case.pk]),
        reverse("household_member_edit", args=[case.pk, member.pk]),
        reverse("household_member_end", args=[case.pk, member.pk]),
    ]


@pytest.mark.demand("C4")
def test_strangers_find_nothing_and_readers_change_nothing(cast: Cast) -> None:
    case, member = cast.sama, rim(cast)
    with acting(cast.maren):
        Assignment(
            case=case, staff=cast.staff["quinn"], role="review", reason="Review", until="2099-01-01", since=TODAY
        ).save(force_insert=True)
    for address in pages(case, member):
        for who, status in (("tadesse", 404), ("noor", 404), ("otto", 404), ("quinn", 403)):
            browser = signed_in(cast, who)
            assert {browser.get(address).status_code, browser.post(address, typed()).status_code} == {status}, who
        assert Client().get(address).status_code == 302
    assert reverse("household_member_new", args=[case.pk]) not in read(signed_in(cast, "quinn"), "case_people", case.pk)


@pytest.mark.demand("C4")
def test_somebody_of_another_household_or_who_moved_out_is_not_found(cast: Cast) -> None:
    case, member, lena, maren = cast.sama, rim(cast), cast.enroll("Lena Vogt"), signed_in(cast, "maren")
    other = household_member_add(
        cast.maren, case=lena, role="aunt", since=MONTH, person={"preferred_name": "Aunt Vera"}
    )  # fmt: skip
    for name in ("household_member_edit", "household_member_end"):
        assert maren.get(reverse(name, args=[case.pk, other.pk])).status_code == 404
    household_member_end(cast.maren, case=case, member=member, until=TODAY)
    assert maren.get(reverse("household_member_edit", args=[case.pk, member.pk])).status_code == 404


@pytest.mark.demand("E6")
def test_how_the_tie_is_stands_beside_those_at_home_as_beside_all_others(cast: Cast) -> None:
    member, maren, case = rim(cast), signed_in(cast, "maren"), cast.sama
    row = home_in(read(maren, "case_people", case.pk)).partition("Rim Othman")[2].partition("</li>")[0]
    assert 'class="tag' not in row, "it has not been asked yet"
    values = {"name": "Rim Othman", "relation": "niece", "tie": "stress", "may_know": "All of it"}
    other = significant_other_add(cast.maren, case=case, values=values)
    row = home_in(read(maren, "case_people", case.pk)).partition("Rim Othman")[2].partition("</li>")[0]
    assert (
        f"{other.get_tie_display()}</span>" in set_close(row)
        and reverse("household_member_end", args=[case.pk, member.pk]) in row
    )
