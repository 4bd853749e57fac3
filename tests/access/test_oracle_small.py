"""The oracle: what PostgreSQL shows is compared, table by table, with what plain Python says it should (C4)."""

import copy
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db.migrations.loader import MigrationLoader
from hypothesis import HealthCheck, given, settings

from alongside.client_level.engagement.models import ReferralIn
from alongside.foundations.ids import new_id
from alongside.foundations.rls import CONFIDENTIAL
from alongside.people.models import Assignment, Case, Household, HouseholdMember, Person, Program, Staff
from tests.access import database
from tests.access.oracle import KINDS, TABLES, Sight, rules_of
from tests.access.worlds import TODAY, Row, World, worlds

pytestmark = [pytest.mark.django_db(databases=["default", "looks", "owner"]), pytest.mark.demand("C4")]

MigrationLoader(None)  # reads every migration, and so fills CONFIDENTIAL


def tables() -> list[str]:
    """Every table under policy."""
    return sorted(CONFIDENTIAL)


def everyone(world: World) -> Iterator[Sight]:
    """What each member of staff is entitled to, and what nobody is."""
    for me in (None, *world.of(Staff)):
        yield Sight(world, me)


def expected(sight: Sight, verb: str) -> set[tuple[str, str]]:
    """The rows that the rules let someone see or change."""
    return {
        (table, str(row.pk))
        for table in tables()
        for row in sight.world.rows[table]
        if getattr(rules_of(table, CONFIDENTIAL[table]), verb)(sight, row)
    }


def offers(world: World) -> Iterator[Row]:
    """New rows that somebody might try to write: a copy of each there is, and every way to tie oneself to a stranger."""
    for table in tables():
        for row in world.rows[table]:
            another = copy.copy(row)
            another.pk = new_id() if not isinstance(row.pk, int) else row.pk + 1_000_000
            yield another
    for case in world.of(Case):
        for staff in world.of(Staff):
            yield Assignment(case=case, program_id=case.program_id, staff=staff, role="team", since=TODAY)
    for program in world.of(Program):
        yield Assignment(case_id=new_id(), program_id=program.pk, staff=world.of(Staff)[0], role="primary", since=TODAY)
        for person in world.of(Person):
            yield ReferralIn(
                agency_id=program.agency_id, program=program, client=person, received_on=TODAY, answer_by=TODAY
            )
            yield Case(agency_id=program.agency_id, program=program, client=person, number="new", opened_on=TODAY)
    for household in world.of(Household):
        for person in world.of(Person):
            yield HouseholdMember(household=household, person=person, role="x", since=TODAY - timedelta(days=1))


def told(rows: set[tuple[str, str]]) -> list[str]:
    """The tables of the rows in question, with how many."""
    names = [table for table, _ in rows]
    return [f"{name}: {names.count(name)}" for name in sorted(set(names))]


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(world=worlds())
def test_each_sees_changes_and_adds_what_the_rules_say_and_nothing_else(world: World) -> None:
    with database.nothing_kept() as cursor:
        database.write(cursor, world)
        for sight in everyone(world):
            with database.looking_as(cursor, sight.me):
                compare(cursor, sight)


def compare(cursor: Any, sight: Sight) -> None:
    """Fail with the tables in which somebody sees, changes or adds too much or too little."""
    for verb, found in (("see", database.seen(cursor, tables())), ("change", database.changed(cursor, tables()))):
        # What may be changed must be seen first: PostgreSQL asks for both.
        right = expected(sight, "see") & expected(sight, verb)
        assert not found - right, f"{verb} too much: {told(found - right)}"
        assert not right - found, f"{verb} too little: {told(right - found)}"
    new = list(offers(sight.world))
    answers = database.taken(cursor, [(row._meta.db_table, database.as_line(row)) for row in new])
    for row, answer in zip(new, answers, strict=True):
        table = row._meta.db_table
        right_to_add = rules_of(table, CONFIDENTIAL[table]).add(sight, row)
        assert answer is right_to_add, f"{table}: {'takes' if answer else 'refuses'} a row it should not"


def test_every_table_under_policy_is_known_to_the_oracle_and_has_rows_in_its_worlds() -> None:
    unknown = [table for table, kind in CONFIDENTIAL.items() if table not in TABLES and kind not in KINDS]
    assert not unknown, f"tell tests/access/oracle.py who may see {unknown}"
    empty: set[str] = set(CONFIDENTIAL)

    @settings(max_examples=30, deadline=None, database=None)
    @given(world=worlds())
    def fill(world: World) -> None:
        empty.difference_update(table for table, rows in world.rows.items() if rows)

    fill()
    assert not empty, f"no world has a row in {sorted(empty)}"
