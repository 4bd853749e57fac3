"""A client is found by any of their names, however it is written, and by nobody who may not see them (practice E8, C4)."""

import unicodedata

import pytest
from django.db import ProgrammingError, connection, connections, transaction

from alongside.foundations.actor import acting
from alongside.people.models import Case, PersonName
from alongside.people.queries import people_like
from alongside.supervision.queries.caseload import find
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks", "owner"])]

WRITTEN = (
    ("Trịnh Lê Thị", ("Trinh Le Thi", "trinh", "TRỊNH LÊ", "Thị Trịnh")),
    ("José Núñez", ("Jose Nunez", "jose", "JOSÉ", "Nunez")),
    ("Jose Diaz", ("José Díaz", "jóse")),
    ("Łukasz Đặng-Øye", ("Lukasz Dang", "lukasz oye")),
    ("Zoë Weiß", ("Zoe Weiss",)),
    ("أحمد مُحَمَّد", ("احمد محمد", "أحمد", "محـمد")),
    ("Анна Ёлкина", ("анна", "АННА ЕЛКИНА")),
    ("李明华", ("李明华", "李明")),
    ("김민준", ("김민준",)),
    ("Ó", ("O", "ó")),
)


def found(typed: str) -> list[str]:
    return [row.case.client.preferred_name for row in find(typed)]


@pytest.mark.demand("E8")
@pytest.mark.parametrize("who", ["maren", "priya"])  # among her own clients; among all of her programs
@pytest.mark.parametrize(("name", "typed"), [(name, typed) for name, ways in WRITTEN for typed in ways])
def test_a_name_is_found_however_it_is_written(cast: Cast, name: str, typed: str, who: str) -> None:
    cast.open_case(name)
    cast.open_case("Ruth Okafor")
    with acting(getattr(cast, who)):
        assert found(typed) == [name]
        assert found(unicodedata.normalize("NFD", typed)) == [name]


@pytest.mark.demand("E8")
def test_a_client_is_found_by_a_birth_name_and_an_alias_and_shown_once(cast: Cast) -> None:
    case = cast.open_case("Sama Othman")
    cast.open_case("Ruth Okafor")
    with acting(cast.maren):
        for name in ("Samāʾ Ḥaddād", "Sam Othman", "سماء عثمان"):
            PersonName(person=case.client, name=name).save(force_insert=True)
    for who in (cast.maren, cast.priya):
        with acting(who):
            for typed in ("Sama Haddad", "sam", "سماء", "Sama Othman"):
                assert found(typed) == ["Sama Othman"]


def test_the_nearest_comes_first(cast: Cast) -> None:
    for name in ("Jona Marsh", "Joana Marsh", "Jonas Marsch"):
        cast.open_case(name)
    with acting(cast.maren):
        assert found("Joana Marsh")[0] == "Joana Marsh"


@pytest.mark.demand("C4")
@pytest.mark.parametrize("who", ["tadesse", "noor", "otto", "quinn"])
def test_no_spelling_and_no_other_name_finds_whom_one_may_not_see(cast: Cast, who: str) -> None:
    case = cast.open_case("Trịnh Lê Thị")
    with acting(cast.maren):
        PersonName(person=case.client, name="Rose Lee").save(force_insert=True)
        number = Case.objects.get(pk=case.pk).number
    with acting(getattr(cast, who)):
        for typed in ("Trinh Le Thi", "Trịnh", "Rose Lee", number):
            assert found(typed) == []
            assert people_like(typed) == []


@pytest.mark.demand("C4")
@pytest.mark.parametrize(
    "asked",
    [
        "SELECT * FROM names_near('Trinh')",
        "SELECT * FROM names_near_among('Trinh', ARRAY(SELECT id FROM people_person))",
    ],
)
def test_the_search_past_the_policy_answers_nobody_directly(cast: Cast, asked: str) -> None:
    cast.open_case("Trịnh Lê Thị")
    with acting(cast.maren), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            cursor.execute(asked)


def test_someone_typed_into_a_household_is_found_without_accents_too(cast: Cast) -> None:
    cast.open_case("Trịnh Lê Thị")
    with acting(cast.maren):
        assert [person.preferred_name for person in people_like("trinh le")] == ["Trịnh Lê Thị"]


@pytest.mark.parametrize("typed", ["", " ", "%", "'", "\\", "a" * 5_000, "́", "🌊"])
def test_odd_words_find_nothing_and_break_nothing(cast: Cast, typed: str) -> None:
    cast.open_case("Sama Othman")
    with acting(cast.maren):
        assert found(typed) == []


@pytest.mark.parametrize(
    ("index", "query"),
    [
        (
            "person_names_plain",
            "FROM people_person WHERE plain_name(preferred_name || ' ' || legal_name) %> plain_name('José')",
        ),
        ("other_names_plain", "FROM people_personname WHERE plain_name(name) %> plain_name('José')"),
    ],
)
def test_the_search_can_use_its_indexes(cast: Cast, index: str, query: str) -> None:
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN SELECT 1 {query.replace('%', '%%')}", [])
        assert index in "".join(line for (line,) in cursor.fetchall())


def test_a_plain_name_is_the_same_in_every_form_and_case(cast: Cast) -> None:
    with connection.cursor() as cursor:
        for name, _ways in WRITTEN:
            forms = [
                unicodedata.normalize(form, way)
                for form in ("NFC", "NFD", "NFKC", "NFKD")
                for way in (name, name.lower())
            ]
            cursor.execute("SELECT array_agg(DISTINCT plain_name(form)) FROM unnest(%s::text[]) form", [forms])
            assert len(cursor.fetchone()[0]) == 1, name
