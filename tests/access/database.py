"""Looking at the database as the application role, inside the owner's transaction, so that nothing has to be kept."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction

from alongside.foundations.actor import acting
from alongside.people.models import Staff
from tests.access.worlds import Row, World, model_of
from tests.cast import actor_for

# Both try something, tell what came of it, and undo it.
TRIALS = """
CREATE FUNCTION trial_touched(wanted text, key text) RETURNS text[] LANGUAGE plpgsql AS $body$
DECLARE keys text[];
BEGIN
  EXECUTE format('WITH done AS (UPDATE %1$I SET %2$I = %2$I RETURNING %2$I) SELECT array_agg(%2$I::text) FROM done', wanted, key)
    INTO keys;
  RAISE EXCEPTION 'undone' USING ERRCODE = 'triggered_action_exception';
EXCEPTION
  WHEN triggered_action_exception THEN RETURN coalesce(keys, '{}');
  WHEN insufficient_privilege OR restrict_violation THEN RETURN '{}';
END $body$;

CREATE FUNCTION trial_taken(wanted text, line jsonb) RETURNS boolean LANGUAGE plpgsql AS $body$
BEGIN
  EXECUTE format('INSERT INTO %1$I SELECT * FROM jsonb_populate_record(NULL::%1$I, $1)', wanted) USING line;
  RAISE EXCEPTION 'undone' USING ERRCODE = 'triggered_action_exception';
EXCEPTION
  WHEN insufficient_privilege THEN RETURN false;
  WHEN triggered_action_exception OR integrity_constraint_violation OR unique_violation OR exclusion_violation
    THEN RETURN true;  -- the policy let it pass; a constraint may still have said no
END $body$;
"""


@contextmanager
def nothing_kept() -> Iterator[Any]:
    """One transaction of the owner's on which Django's default connection rides too; it is rolled back at the end."""
    before = connections["default"]
    connections["default"] = owner = connections["owner"]
    try:
        with transaction.atomic():
            with owner.cursor() as cursor:
                yield cursor
            transaction.set_rollback(True)
    finally:
        connections["default"] = before


@contextmanager
def looking_as(cursor: Any, me: Staff | None) -> Iterator[None]:
    """Be the application role, with `me` as the actor, or with nobody."""
    with transaction.atomic():
        cursor.execute("SET LOCAL ROLE alongside_app")
        if me is None:
            yield
        else:
            with acting(actor_for(me)):
                yield
        cursor.execute("RESET ROLE")


def seen(cursor: Any, tables: list[str]) -> set[tuple[str, str]]:
    """Every row that can be seen, as table and key."""
    parts = [f"SELECT '{table}', {key_of(table)}::text FROM {table}" for table in tables]  # noqa: S608
    cursor.execute(" UNION ALL ".join(parts))
    return set(cursor.fetchall())


def grounds(cursor: Any, who: Any, case: Any) -> set[str]:
    """On what grounds the database says that somebody sees a case."""
    cursor.execute("SELECT ground FROM why_seen(%s, %s)", [who, case])
    return {ground for (ground,) in cursor.fetchall()}


def shared(cursor: Any) -> set[str]:
    """The cases that another agency shares with whoever looks."""
    cursor.execute("SELECT case_id::text FROM shared_with_me()")
    return {case for (case,) in cursor.fetchall()}


def changed(cursor: Any, tables: list[str]) -> set[tuple[str, str]]:
    """Every row that can be changed, as table and key."""
    cursor.execute(
        "SELECT t, unnest(trial_touched(t, k)) FROM unnest(%s::text[], %s::text[]) AS wanted(t, k)",
        [tables, [key_of(table) for table in tables]],
    )
    return set(cursor.fetchall())


def taken(cursor: Any, offers: list[tuple[str, dict[str, Any]]]) -> list[bool]:
    """For each offered row, whether the policy of its table takes it."""
    lines = [{"place": place, "wanted": table, "line": line} for place, (table, line) in enumerate(offers)]
    cursor.execute(
        "SELECT trial_taken(wanted, line) FROM jsonb_to_recordset(%s::jsonb) AS o(place int, wanted text, line jsonb)"
        " ORDER BY place",
        [json.dumps(lines, default=str)],
    )
    return [taken for (taken,) in cursor.fetchall()]


def key_of(table: str) -> str:
    """The column of the primary key."""
    column = model_of(table)._meta.pk.column
    assert column is not None
    return column


def as_line(row: Row) -> dict[str, Any]:
    """A row as the database would write it in JSON; its key is drawn anew."""
    values = {str(column.column): getattr(row, column.attname) for column in row._meta.concrete_fields}
    return {name: rf"\x{value.hex()}" if isinstance(value, bytes) else value for name, value in values.items()}


def write(cursor: Any, world: World) -> None:
    """Write a world as the owner, and see that every constraint holds at once."""
    cursor.execute(TRIALS)
    world.write()
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
