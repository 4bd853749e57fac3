"""The role that the program signs in with owns nothing and can undo nothing (design section 3, practice C5, D5)."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction

from alongside.foundations.actor import acting
from alongside.foundations.rls import APP_ROLE, CONFIDENTIAL
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C4")]

# Tables that name a case, a person or an agency and yet stand open to every query, each with its reason. None does.
OPEN: dict[str, str] = {}

SAYS_WHOSE = ("case_id", "person_id", "client_id", "agency_id", "staff_id", "referral_id", "household_id", "team_id")

ONLY_GROW = (
    "foundations_deed",
    "foundations_look",
    "foundations_statechange",
    "documentation_signature",
    "documentation_addendum",
    "confidentiality_acknowledgment",
    "confidentiality_certificate",
    "confidentiality_policycopy",
    "confidentiality_statement",
    "confidentiality_statementreply",
    "confidentiality_breachstep",
)


def asked(question: str, *values: Any) -> list[Any]:
    """The first column of what the database answers."""
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return [row[0] for row in cursor.fetchall()]


def refused(order: str) -> None:
    """The order fails, and what went before it stands."""
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(order)


def test_every_table_that_names_a_case_a_person_or_an_agency_is_under_policy() -> None:
    bare = asked(
        """SELECT DISTINCT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
           WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND NOT c.relrowsecurity
             AND a.attname = ANY (%s) AND has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE')""",
        list(SAYS_WHOSE),
    )
    # Keys are reached by functions only: a table that this role cannot touch needs no policy for it.
    assert set(bare) == set(OPEN), "declare a policy in the table's migration (foundations/rls.py)"


def test_what_the_migrations_declare_is_what_the_database_has() -> None:
    under = asked("SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace")
    assert set(under) == set(CONFIDENTIAL)
    views = asked("SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace")
    assert not views, "a view reads with its owner's eyes and passes every policy by"


def test_the_role_owns_nothing_and_bypasses_nothing() -> None:
    assert asked("SELECT current_user") == [APP_ROLE]
    powers = "rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication"
    assert asked(f"SELECT {powers} FROM pg_roles WHERE rolname = current_user") == [False]  # noqa: S608
    assert asked("SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = current_user") == [0]
    assert asked("SELECT count(*) FROM pg_proc WHERE pg_get_userbyid(proowner) = current_user") == [0]
    groups = "SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = %s"
    assert asked(groups, APP_ROLE) == [0]


@pytest.mark.parametrize(
    "order",
    [
        "SET ROLE postgres",
        "SET session_replication_role = replica",
        "ALTER TABLE people_case DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE documentation_note DISABLE TRIGGER ALL",
        "DROP TRIGGER fixed_documentation_note ON documentation_note",
        "CREATE POLICY mine ON people_case USING (true)",
        "DROP POLICY read_people_case ON people_case",
        "CREATE FUNCTION public.my_cases(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION public.my_staff() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'",
        "CREATE TABLE public.copied AS SELECT 1",
        "DELETE FROM django_migrations",
        "COPY people_person TO PROGRAM 'cat'",
    ],
)
def test_the_role_cannot_loosen_its_own_bonds(cast: Cast, order: str) -> None:
    with acting(cast.otto):
        refused(order)


def test_no_table_can_be_emptied_at_one_stroke() -> None:
    tables = asked("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
    assert set(tables) > set(CONFIDENTIAL)
    for table in tables:
        refused(f"TRUNCATE {table} CASCADE")


def test_no_row_is_compared_with_a_long_list_of_keys_one_by_one(cast: Cast) -> None:
    """Who answers for many cases would wait for each row as long as the list is: these are hashed (decision 0022)."""
    long = "(my_cases|my_people|my_working_people)"
    walked = f"SELECT tablename FROM pg_policies WHERE cmd = 'SELECT' AND qual ~ 'ANY [(]+ *(SELECT)? *{long}'"  # noqa: S608
    assert not asked(walked)
    with acting(cast.maren):
        assert any("hashed SubPlan" in line for line in asked("EXPLAIN SELECT 1 FROM documentation_note"))


@pytest.mark.demand("C5", "D5", "I3", "P8")
@pytest.mark.parametrize("table", ONLY_GROW)
def test_what_only_grows_is_neither_changed_nor_removed(cast: Cast, table: str) -> None:
    for who in (cast.maren, cast.otto):
        with acting(who):
            refused(f"UPDATE {table} SET id = id")  # noqa: S608
            refused(f"DELETE FROM {table}")  # noqa: S608


@pytest.mark.demand("C5")
@pytest.mark.django_db(databases=["default", "looks", "owner"])
@pytest.mark.parametrize("table", ONLY_GROW)
def test_not_even_the_owner_changes_what_only_grows(table: str) -> None:
    for order in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"TRUNCATE {table}"):  # noqa: S608
        with pytest.raises(DatabaseError), transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            cursor.execute(order)


def test_a_table_of_ones_own_with_a_known_name_deceives_no_policy(cast: Cast) -> None:
    """The functions that know who sees what look at the real tables first, whatever the session has made."""
    case = cast.sama
    with acting(cast.tadesse), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE people_assignment (case_id uuid, staff_id uuid, since date, until date, role text)"
        )
        mine = "INSERT INTO people_assignment VALUES (%s, %s, current_date, NULL, 'primary')"
        cursor.execute(mine, [case.pk, cast.tadesse.staff])
        cursor.execute("SELECT my_cases()")
        assert cursor.fetchone()[0] == []
        cursor.execute("DROP TABLE people_assignment")


def test_every_function_that_sees_with_the_owners_eyes_has_its_search_path_fixed() -> None:
    loose = asked(
        "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        " AND NOT coalesce('search_path=public, pg_temp' = ANY (proconfig), false)"
    )
    assert not loose


def test_no_page_keeps_the_server_busy_for_more_than_a_minute() -> None:
    assert asked("SHOW statement_timeout") == ["1min"]
    with pytest.raises(DatabaseError, match="statement timeout"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 20")
        cursor.execute("SELECT pg_sleep(5)")


def test_with_nobody_acting_everything_is_empty(cast: Cast) -> None:
    """Save the sign-ins, which hold nothing about a client: the door looks one up before anybody acts."""
    assert cast.sama.number
    for table in sorted(set(CONFIDENTIAL) - {"people_account"}):
        assert asked(f"SELECT count(*) FROM {table}") == [0], table  # noqa: S608
