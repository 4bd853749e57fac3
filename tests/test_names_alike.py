"""A client is found by a name as it sounds and with two slips in it, among one's own where these are few (practice E8, C4)."""

import pytest
from django.db import connection

from alongside.foundations.actor import acting
from alongside.people.models import PersonName
from tests.cast import Cast
from tests.test_name_search import found

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("E8")]

ALIKE = (
    ("Catryn Marsh", ("Katrin", "Katrin Marsh", "Catrin Marsch", "Marsh Kathryn")),
    ("Sama Othman", ("Smaa", "Smaa Othman", "Sama Osman")),
    ("Yousef Haddad", ("Yusif", "Yusuf Hadad", "Jousef")),
    ("Philip Shawn", ("Filip", "Filip Shaun")),
    ("Muhamad Alamin", ("Mohammed", "Mohammed Alameen")),
    ("Caitlin O’Geoffrey-Lucas", ("Kaitlyn", "Lukasz")),
    ("Đặng Nguyễn", ("Nuyen", "Dang Nuyen")),
    ("أحمد حداد", ("احمت", "احمت حداد")),
    ("李明华", ("李明花",)),
)
APART = (
    ("Joseph Haddad", ("Yusuf", "Yusuf Haddad")),
    ("Christopher Bell", ("Kristin", "Bell Christian")),
    ("Rita Vogel", ("Ruth", "Rosa", "Nagel Rosa")),
    ("Ali Reza", ("Eli", "Alma", "Raza Omar")),
    ("Li Bo", ("Lu", "Le", "Bu", "Lea")),
)


@pytest.mark.parametrize("who", ["maren", "priya"])  # among her own clients; among those of her programs
@pytest.mark.parametrize(("name", "typed"), [(name, typed) for name, ways in ALIKE for typed in ways])
def test_a_name_is_found_as_it_sounds_and_with_two_slips(cast: Cast, name: str, typed: str, who: str) -> None:
    cast.open_case(name)
    cast.open_case("Ruth Okafor")
    with acting(getattr(cast, who)):
        assert found(typed) == [name]


@pytest.mark.parametrize(("name", "typed"), [(name, typed) for name, ways in APART for typed in ways])
def test_a_name_that_is_another_one_is_not_found(cast: Cast, name: str, typed: str) -> None:
    cast.open_case(name)
    with acting(cast.maren):
        assert found(typed) == []


def test_those_whose_name_is_near_come_before_those_whose_name_is_merely_alike(cast: Cast) -> None:
    for name in ("Catryn Marsh", "Katrin Marsh", "Katrina Moor"):
        cast.open_case(name)
    with acting(cast.maren):
        assert found("Katrin Marsh") == ["Katrin Marsh", "Catryn Marsh"]
        assert found("Katrin")[-1] == "Catryn Marsh" and len(found("Katrin")) == 3


def test_an_alias_and_a_birth_name_are_found_as_they_sound_too(cast: Cast) -> None:
    case = cast.open_case("Ruth Okafor")
    with acting(cast.maren):
        PersonName(person=case.client, name="Catryn Adeyemi").save(force_insert=True)
        assert found("Katrin Adeyemi") == found("Katrin") == ["Ruth Okafor"]


@pytest.mark.demand("C4")
@pytest.mark.parametrize("who", ["tadesse", "noor", "otto", "quinn"])
def test_no_sound_and_no_slip_finds_whom_one_may_not_see(cast: Cast, who: str) -> None:
    case = cast.open_case("Catryn Marsh")
    with acting(cast.maren):
        PersonName(person=case.client, name="Yousef Haddad").save(force_insert=True)
    with acting(getattr(cast, who)):
        for typed in ("Katrin", "Catryn", "Yusif", "Katrin Marsch"):
            assert found(typed) == []


def names_read() -> int:
    """How many names of people the database has looked at so far in this test."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables "
            "WHERE relname IN ('people_person', 'people_personname')"
        )
        return int(cursor.fetchone()[0])


@pytest.mark.demand("C4")
def test_how_much_is_read_tells_nothing_of_other_peoples_names(cast: Cast) -> None:
    cast.open_case("Catryn Marsh")

    def read_for(typed: str) -> int:
        with acting(cast.maren), connection.cursor() as cursor:
            # As where there are very many people, and no table is read from its first row to its last.
            cursor.execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off"
            )
            before = names_read()
            cursor.execute("SELECT case_id FROM find_cases(%s, 10)", [typed])
            assert cursor.fetchall() == []
            return names_read() - before

    alone = read_for("Katrin Nobody")
    for _another in range(4):
        cast.open_case("Katrin Nobody", primary="tadesse")
    assert read_for("Katrin Nobody") == alone == 1


@pytest.mark.parametrize(
    "typed", ["ka " * 3_000, "katrin-" * 900, "a" * 5_000, "kat " + "x" * 400, "--- - -", "-", "ŋ" * 300]
)
def test_words_without_end_break_nothing(cast: Cast, typed: str) -> None:
    cast.open_case("Catryn Marsh")
    with acting(cast.maren):
        assert found(typed) == []


def test_alike_is_the_same_from_both_sides_and_every_word_is_like_itself(cast: Cast) -> None:
    words = sorted({word.lower() for name, ways in ALIKE + APART for one in (name, *ways) for word in one.split()})
    with connection.cursor() as cursor:
        asked = "SELECT a, b FROM unnest(%s::text[]) a, unnest(%s::text[]) b WHERE word_alike(a, b) <> word_alike(b, a)"
        cursor.execute(asked, [words, words])
        assert cursor.fetchall() == []
        cursor.execute("SELECT bool_and(word_alike(a, a)) FROM unnest(%s::text[]) a", [words])
        assert cursor.fetchone() == (True,)
