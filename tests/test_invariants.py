"""Each stated invariant holds of a whole story, and is told when the owner of the database breaks it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from alongside.foundations.invariants import INVARIANTS
from tests.access.database import nothing_kept
from tests.cast import gather

pytestmark = [pytest.mark.django_db(databases=["default", "looks", "owner"]), pytest.mark.demand("D5")]

A_DOCUMENT = (
    'INSERT INTO documentation_document (id, case_id, program_id, title, sort, "on", source, by_id, at, aside_because, edition)'
    " SELECT c.id, c.id, c.program_id, '', 'other', current_date, '', a.staff_id, now(), '', 1"
    " FROM people_case c JOIN people_assignment a ON a.case_id = c.id WHERE c.id = '{case}' LIMIT 1"
)
A_FILE = (
    "; INSERT INTO documentation_documentfile (id, case_id, program_id, document_id, number, name, media, size, checksum, sealed)"
    " SELECT gen_random_uuid(), id, program_id, id, 1, '', 'application/pdf', 1, '00', 'x' FROM people_case WHERE id = '{case}'"
)
# How the owner of the database breaks each: a new invariant needs its own line here. {case} and {agency} are Sama's.
BREAKS = {
    "one primary": "UPDATE people_assignment SET until = current_date WHERE case_id = '{case}' AND role = 'primary'",
    "case number once": "ALTER TABLE people_case DROP CONSTRAINT one_case_of_a_number;"
                        " UPDATE people_case SET number = '2026-0001' WHERE agency_id = '{agency}'",
    "one agency a case": "UPDATE people_person SET agency_id = (SELECT id FROM people_agency WHERE id <> '{agency}' LIMIT 1)"
                         " WHERE id = (SELECT client_id FROM people_case WHERE id = '{case}')",
    "need number once": "UPDATE people_case SET next_need_number = 1 WHERE id = '{case}';"
                        " INSERT INTO documentation_need (id, case_id, program_id, number, title, client_words, domain, extent,"
                        " client_capacity, network_capacity, agency_capacity, sources, found_on, edition)"
                        " SELECT gen_random_uuid(), id, program_id, 1, 'x', '', 'social', 1, 1, 1, 1, '{{}}', current_date, 1"
                        " FROM people_case WHERE id = '{case}'",
    "signed plan": "INSERT INTO documentation_planversion (id, case_id, program_id, number, state, made_on, review_on, reassess_on,"
                   " roles, options_told, made_with, edition) SELECT gen_random_uuid(), id, program_id, 1, 'in_effect', current_date,"
                   " current_date, current_date, '', '', '', 1 FROM people_case WHERE id = '{case}'",
    "one plan in effect": "DROP INDEX one_plan_in_effect; INSERT INTO documentation_planversion (id, case_id, program_id, number,"
                          " state, made_on, review_on, reassess_on, roles, options_told, made_with, edition)"
                          " SELECT gen_random_uuid(), c.id, c.program_id, n, 'in_effect', current_date, current_date, current_date,"
                          " '', '', '', 1 FROM people_case c, generate_series(1, 2) n WHERE c.id = '{case}'",
    "document checksum": A_DOCUMENT + A_FILE,
    "document files": A_DOCUMENT,
    "signed note": "INSERT INTO documentation_note (id, case_id, program_id, state, at, mode, place, present, title, happened,"
                   " client_words, client_did, worker_did, next_step, client_seen, stands_alone, writer_id, started_at, edition,"
                   " page_since) SELECT gen_random_uuid(), c.id, c.program_id, 'signed', now(), 'face', '', '{{}}', '', '', '', '',"
                   " '', '', true, false, a.staff_id, now(), 1, 1 FROM people_case c JOIN people_assignment a ON a.case_id = c.id"
                   " WHERE c.id = '{case}' LIMIT 1",
    "closed as written": "UPDATE people_case SET closed_on = current_date WHERE id = '{case}'",
}  # fmt: skip


@pytest.fixture
def house() -> Iterator[Any]:
    """Sama's case and another, in a real agency, as the owner sees them; all of it is undone."""
    with nothing_kept() as cursor:
        cast = gather(demonstration=False)
        cast.enroll("Yusuf Demir", primary="tadesse")
        case = cast.sama
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor, {"case": case.pk, "agency": cast.agency.pk}


def told() -> set[str]:
    """The keys of the invariants that something breaks."""
    return {one.key for one in INVARIANTS if list(one.broken())}


def test_a_whole_story_breaks_none(house: Any) -> None:
    assert told() == set()


def test_every_invariant_is_tried_here() -> None:
    assert {one.key for one in INVARIANTS} == set(BREAKS)


@pytest.mark.parametrize("key", BREAKS)
def test_what_the_owner_breaks_is_told_and_named(house: Any, key: str) -> None:
    cursor, keys = house
    before = told()
    cursor.execute(BREAKS[key].format(**keys))
    assert told() - before >= {key}
    for found in INVARIANTS[key].broken():
        said = INVARIANTS[key].said.format(one=found)
        assert str(found) in said and "Sama" not in said


def test_each_sentence_has_a_place_for_what_breaks_it_and_a_source() -> None:
    for one in INVARIANTS:
        assert "{one}" in one.said and one.source.startswith("practice "), one.key


def test_the_owner_asks_for_them_and_nobody_else() -> None:
    """They look over all agencies, which no member of staff may."""
    assert connections["owner"].settings_dict["USER"] != connections["default"].settings_dict["USER"]
