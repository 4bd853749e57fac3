"""The list of cases and the search, told with names as people bear and misspell them (C4, C5)."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.client_level.engagement.actions import assignment_add, primary_change
from alongside.client_level.termination.actions import case_close, case_reopen, closure_keep, closure_prepare
from alongside.foundations import clock
from alongside.foundations.actor import Actor, acting
from alongside.people.models import Person
from alongside.supervision.forms import FindForm
from alongside.supervision.queries.caseload import find, page_of_cases
from tests.cast import Cast
from tests.kept import looks_seen_by
from tests.planning import agreed, ahead, need_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]

EVERYONE = (
    "Sama Othman", "Agnieszka Wrona", "Trinh Lê Thị", "Đặng Minh Khoa", "Dolores de la Fuente y Villanueva-Montenegro",
    "Оксана Коваленко", "سما عثمان", "서보라", "Jabłońska Wanda", "Ærø Sørensen",
)  # fmt: skip
TYPED = (
    ("Othmann", "Sama Othman"),
    ("sama othman", "Sama Othman"),
    ("SAMA", "Sama Othman"),
    ("Othman, Sama", "Sama Othman"),
    ("Agnieska", "Agnieszka Wrona"),
    ("Agnieszka Vrona", "Agnieszka Wrona"),
    ("Trinh Lê", "Trinh Lê Thị"),
    ("Minh Khoa", "Đặng Minh Khoa"),
    ("Villanueva Montenegro", "Dolores de la Fuente y Villanueva-Montenegro"),
    ("Коваленк", "Оксана Коваленко"),
    ("оксана каваленко", "Оксана Коваленко"),
    ("سما عثمن", "سما عثمان"),
    ("서보라", "서보라"),
    ("Jabłonska Wanda", "Jabłońska Wanda"),
    ("ærø sørensen", "Ærø Sørensen"),
)


def found(actor: Actor, typed: str) -> list[str]:
    """Whom someone finds who types this, the nearest first."""
    with acting(actor):
        return [row.case.client.preferred_name for row in find(typed)]


def listed(actor: Actor, *, own: bool = True, closed: bool = False) -> list[str]:
    """Who stands on the first page of someone's list."""
    with acting(actor):
        rows = page_of_cases(actor, own=own, closed=closed, after=None).rows
    return [row.case.client.preferred_name for row in rows]


def cover(cast: Cast, since: date, until: date) -> None:
    """Tadesse covers for Maren, who is on leave."""
    assignment_add(
        cast.delphine, case=cast.sama, staff=cast.staff["tadesse"], role="cover", since=since, until=until, reason="Leave"
    )  # fmt: skip


@pytest.fixture
def everyone(cast: Cast) -> Cast:
    """Ten clients of Maren's, written in five scripts."""
    for name in EVERYONE:
        cast.open_case(name)
    return cast


def test_names_in_any_script_are_found_as_people_misspell_them(everyone: Cast) -> None:
    missed = {
        typed: found(everyone.maren, typed) for typed, meant in TYPED if meant not in found(everyone.maren, typed)[:1]
    }
    assert missed == {}


@pytest.mark.demand("C4")
def test_no_spelling_finds_the_clients_of_someone_else(everyone: Cast) -> None:
    for who in (everyone.tadesse, everyone.noor, everyone.quinn, everyone.otto):
        for typed, _meant in TYPED:
            assert found(who, typed) == [], (who.name, typed)


@pytest.mark.demand("C4")
def test_a_colleague_finds_their_own_client_of_the_same_name_and_only_that_one(cast: Cast) -> None:
    hers, his = cast.enroll("Sama Othman"), cast.enroll("Sama Othman", primary="tadesse")
    for who, own in ((cast.maren, hers), (cast.tadesse, his)):
        with acting(who):
            assert [row.case.pk for row in find("Sama Othmann")] == [own.pk]
    with acting(cast.delphine):
        assert {row.case.pk for row in find("Sama Othmann")} == {hers.pk, his.pk}


def test_a_name_that_is_near_to_none_finds_none(everyone: Cast) -> None:
    for typed in ("Wolfgang", "Zzyzx", "....", "山田太郎"):
        assert found(everyone.maren, typed) == [], typed


def test_the_nearest_name_comes_first(cast: Cast) -> None:
    for name in ("Samantha Ott", "Sama Othman", "Osman Samar"):
        cast.enroll(name)
    assert found(cast.maren, "Sama Othman")[0] == "Sama Othman"


def test_the_number_of_a_case_finds_it_and_a_number_of_another_does_not(cast: Cast) -> None:
    case = cast.sama
    other = cast.enroll("Bo-ra Seo", primary="tadesse")
    assert found(cast.maren, case.number) == ["Sama Othman"]
    assert found(cast.maren, f"  {case.number} ".strip()) == ["Sama Othman"]
    assert found(cast.maren, other.number) == []


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(typed=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=80))
def test_whatever_is_typed_no_search_fails_or_shows_a_stranger(cast: Cast, typed: str) -> None:
    assert cast.sama.is_open
    assert found(cast.tadesse, typed) == []
    assert set(found(cast.maren, typed)) <= {"Sama Othman"}


@pytest.mark.parametrize(
    ("typed", "fits"), [("x" * 80, True), ("x" * 81, False), ("", False), ("  ", False), ("  S ", True)]
)
def test_what_may_be_typed(typed: str, fits: bool) -> None:
    assert FindForm({"q": typed}).is_valid() is fits


def test_a_closed_case_is_found_by_name_and_says_that_it_is_closed(client: Client, cast: Cast) -> None:
    close(cast)
    client.force_login(cast.staff["maren"].account)
    page = client.post(reverse("cases"), {"q": "Sama"}).content.decode()
    assert "Sama Othman" in page
    assert "Closed " in page


def close(cast: Cast) -> None:
    """Close Sama's case by the verbs."""
    closure = closure_prepare(
        cast.maren, case=cast.sama, reason="attained", ends_on=clock.today(), told_on=clock.today(), told_how="At home"
    )
    said = {
        "exit_interview": "It helped.",
        "next_stage": "The class.",
        "still_here_for": "Letters.",
        "resources": "The clinic.",
    }
    closure_keep(cast.maren, closure=closure, edition=closure.edition, values=said)
    case_close(cast.maren, case=cast.sama)


@pytest.mark.demand("T7", "T8")
def test_a_case_moves_to_the_closed_ones_and_back(cast: Cast) -> None:
    assert cast.sama.is_open
    assert (listed(cast.maren), listed(cast.maren, closed=True)) == (["Sama Othman"], [])
    close(cast)
    assert (listed(cast.maren), listed(cast.maren, closed=True)) == ([], ["Sama Othman"])
    with acting(cast.maren):
        (row,) = page_of_cases(cast.maren, own=True, closed=True, after=None).rows
    assert (row.stage, row.breaks) == ("Ending", 0)
    case_reopen(cast.maren, case=cast.sama, reason="The lease was ended.")
    assert (listed(cast.maren), listed(cast.maren, closed=True)) == (["Sama Othman"], [])


def test_a_plan_in_effect_makes_it_intervention_and_its_thread_is_counted(cast: Cast) -> None:
    agreed(cast)
    need_of(cast, cast.sama, 2, "Money for the deposit")
    with acting(cast.maren):
        (row,) = page_of_cases(cast.maren, own=True, closed=False, after=None).rows
    assert (row.stage, row.breaks, row.worker) == ("Intervention", 1, "Maren Achterberg")


@pytest.mark.demand("E7")
def test_the_list_names_the_primary_of_today(cast: Cast) -> None:
    primary_change(cast.delphine, case=cast.sama, staff=cast.staff["tadesse"], reason="Another team")

    def primary(days: int) -> str:
        with clock.held(clock.now() + timedelta(days=days)), acting(cast.delphine):
            return page_of_cases(cast.delphine, own=False, closed=False, after=None).rows[0].worker

    assert (primary(0), primary(1)) == ("Maren Achterberg", "Tadesse Worku")


@pytest.mark.demand("E7", "C4")
def test_a_case_stands_in_the_list_of_those_who_help_while_they_help(cast: Cast) -> None:
    assert listed(cast.tadesse) == []
    cover(cast, clock.today(), ahead(5))
    assert listed(cast.tadesse) == found(cast.tadesse, "Sama") == ["Sama Othman"]
    with clock.held(clock.now() + timedelta(days=5)):
        assert listed(cast.tadesse) == []


def test_the_list_of_a_worker_goes_by_name_and_that_of_all_by_the_newest(cast: Cast) -> None:
    for name in ("Cho", "Amal", "Bora"):
        cast.enroll(name)
    assert listed(cast.maren) == ["Amal", "Bora", "Cho"]
    assert listed(cast.delphine, own=False) == ["Bora", "Amal", "Cho"]


@pytest.mark.demand("C5")
def test_every_search_is_kept_and_looking_at_the_list_is_not_a_search(client: Client, cast: Cast) -> None:
    client.force_login(cast.staff["tadesse"].account)
    client.get(reverse("cases"))
    for typed in ("Sama", "", "2026-0001"):
        client.post(reverse("cases"), {"q": typed})
    kept = looks_seen_by(cast.tadesse)
    assert kept.count(("searched", "cases", "Tadesse Worku")) == 3
    assert kept.count(("listed", "cases", "Tadesse Worku")) == 1 == len(kept) - 3


def test_how_to_reach_a_client_is_never_read_for_a_list(cast: Cast) -> None:
    """The columns that are sealed stay in the database until someone opens the file."""
    with acting(cast.maren):
        assert cast.sama.is_open
        (one,) = page_of_cases(cast.maren, own=True, closed=False, after=None).rows
        assert "safe_contact" in one.case.client.get_deferred_fields()
        (seen,) = find("Sama")
        assert "safe_contact" in seen.case.client.get_deferred_fields()


def test_a_client_of_two_cases_stands_twice_with_each_number(cast: Cast) -> None:
    first = cast.sama
    with acting(cast.maren):
        person = Person.objects.get(pk=first.client_id)
    second = cast.enroll("Sama Othman")
    with acting(cast.delphine):
        rows = find(person.preferred_name)
    assert {row.case.number for row in rows} == {first.number, second.number}
