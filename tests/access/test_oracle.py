"""The oracle: what PostgreSQL shows is compared, table by table, with what plain Python says it should (C4)."""

import copy
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from hypothesis import HealthCheck, given, settings

from alongside.client_level.engagement.models import Outreach, ReferralIn
from alongside.foundations.ids import new_id
from alongside.foundations.rls import CONFIDENTIAL, SHARED
from alongside.people.models import Assignment, Case, Household, HouseholdMember, Person, Program, Staff
from tests.access import database
from tests.access.oracle import KINDS, SHOWN, TABLES, rules_of
from tests.access.sight import Sight
from tests.access.worlds import TODAY, Row, World, settled_worlds, worlds

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
        for outreach in world.of(Outreach):
            yield ReferralIn(
                agency_id=program.agency_id, program=program, client=person, received_on=TODAY, answer_by=TODAY,
                outreach=outreach,
            )  # fmt: skip
    for household in world.of(Household):
        for person in world.of(Person):
            yield HouseholdMember(household=household, person=person, role="x", since=TODAY - timedelta(days=1))


def told(rows: set[tuple[str, str]]) -> list[str]:
    """The tables of the rows in question, with how many."""
    names = [table for table, _ in rows]
    return [f"{name}: {names.count(name)}" for name in sorted(set(names))]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(world=worlds())
def test_each_sees_changes_and_adds_what_the_rules_say_and_nothing_else(world: World) -> None:
    with database.nothing_kept() as cursor:
        database.write(cursor, world)
        for sight in everyone(world):
            with database.looking_as(cursor, sight.me):
                compare(cursor, sight)


@pytest.mark.demand("C1")
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(world=settled_worlds())
def test_another_agency_sees_of_a_shared_case_what_its_release_covers_and_nothing_else(world: World) -> None:
    """What is complete and signed too. What each sees is compared whole, so that a share opens nothing for anybody else."""
    with database.nothing_kept() as cursor:
        database.write(cursor, world)
        for sight in everyone(world):
            with database.looking_as(cursor, sight.me):
                found, right = database.seen(cursor, tables()), expected(sight, "see")
                assert not found - right, f"see too much: {told(found - right)}"
                assert not right - found, f"see too little: {told(right - found)}"


@pytest.mark.demand("C5", "R6", "S12")
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(world=worlds())
def test_the_answer_to_why_can_i_see_this_names_the_grounds_on_which_the_policy_opens_the_case(world: World) -> None:
    """Asked for oneself, and by an administrator for anybody of their agency; whoever is told of no ground sees nothing."""
    with database.nothing_kept() as cursor:
        database.write(cursor, world)
        for sight in everyone(world):
            with database.looking_as(cursor, sight.me):
                open_to_me = {key for table, key in database.seen(cursor, ["people_case"])}
                shared_with_me = database.shared(cursor)
                for other in (Sight(world, staff) for staff in world.of(Staff)):
                    asks = other.staff == sight.staff or (sight.administers and other.agency == sight.agency)
                    for case in world.of(Case):
                        told = database.grounds(cursor, other.staff, case.pk)
                        right = other.grounds(case.pk) if asks else set()
                        if case.agency_id != sight.agency:
                            right &= {"share"}  # of a case of the other agency nothing else is told
                        assert told == right
                        if other.staff == sight.staff:
                            assert bool(told - {"conflict", "share"}) is (str(case.pk) in open_to_me)
                            assert ("share" in told) is (str(case.pk) in shared_with_me)


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


def test_a_share_opens_the_tables_that_are_named_and_closes_every_other_and_the_database_has_no_policy_beside() -> None:
    """A table that comes later is closed to a share until somebody names it here and says what a release must cover."""
    assert SHARED == {
        "people_contactpoint": "contact", "people_significantother": "people", "documentation_need": "needs",
        **dict.fromkeys((f"documentation_{one}" for one in ("planversion", "goal", "objective", "activity")), "plan"),
        **dict.fromkeys(("documentation_note", "documentation_addendum"), "notes"),
        "documentation_service": "services", "documentation_referralout": "referrals",
        **dict.fromkeys(("documentation_document", "documentation_documentfile"), "documents"),
        **dict.fromkeys((f"assessment_{one}" for one in ("sitting", "domainentry", "finding")), "assessment"),
    }  # fmt: skip
    assert set(SHARED) == set(SHOWN)
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT tablename, cmd, policyname FROM pg_policies WHERE permissive = 'PERMISSIVE'"
            " AND (qual LIKE '%shared_%' OR qual LIKE '%share_covers%' OR qual LIKE '%my_shares%')"
        )
        there = set(cursor.fetchall())
    assert there == {(table, "SELECT", f"shared_{table}") for table in SHARED}


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
