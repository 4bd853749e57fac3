"""Row-level security, set up by one declaration a table in its migration.

A table is of an agency, of a case, of a person, of its writer alone (`own`) or of administrators, or has a policy of its own
(`special`); each kind has one policy text. The functions they call (`my_cases`, `my_programs`,
`my_people`) belong to the owner role, are STABLE, and are wrapped in a sub-select so that PostgreSQL works each out
once a query (design section 3). Arrays that grow with the caseload are unnested: of these PostgreSQL makes a hash
(decision 0022).
"""

from django.db import migrations

APP_ROLE = "alongside_app"

AGENCY = "agency_id = (SELECT my_agency())"
CASE_READ = "(case_id IN (SELECT unnest((SELECT my_cases()))) OR program_id = ANY ((SELECT my_programs())::uuid[]))"
CASE_WRITE = (
    "(case_id = ANY ((SELECT my_working_cases())::uuid[]) OR program_id = ANY ((SELECT my_programs())::uuid[]))"
)
PERSON = "(person_id IN (SELECT unnest((SELECT my_people()))) OR sees_person(person_id))"
PERSON_WRITE = "(person_id = ANY ((SELECT my_working_people())::uuid[]) OR changes_person(person_id))"
CLOSE = "(person_id IN (SELECT unnest((SELECT my_people()))) OR serves_person(person_id))"
CLOSE_WRITE = "(person_id = ANY ((SELECT my_working_people())::uuid[]) OR serves_person(person_id))"
"""What is known about a person, for those who work with them: to live with a client of theirs is no ground for it."""
SET_BY_ADMINISTRATORS = f"({AGENCY} AND (SELECT i_administer()))"
OWN = "staff_id = (SELECT my_staff())"

CONFIDENTIAL: dict[str, str] = {}
"""Every table under policy and its kind; the access oracle must know each of them."""

SHARED: dict[str, str] = {}
"""Every table of which a share with another agency shows rows, and the part of a record that a release must cover for it.
All others are closed to a share, tables that come later too (decision 0021)."""


def _policy(table: str, read: str, write: str, verbs: str, add: str = "") -> str:
    policies = [
        f"GRANT {verbs} ON {table} TO {APP_ROLE}",
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"CREATE POLICY read_{table} ON {table} FOR SELECT TO {APP_ROLE} USING ({read})",
        f"CREATE POLICY add_{table} ON {table} FOR INSERT TO {APP_ROLE} WITH CHECK ({add or write})",
        f"CREATE POLICY change_{table} ON {table} FOR UPDATE TO {APP_ROLE} USING ({write}) WITH CHECK ({write})",
        f"CREATE POLICY remove_{table} ON {table} FOR DELETE TO {APP_ROLE} USING ({write})",
    ]
    return ";\n".join(policies) + ";"


def _run(table: str, kind: str, sql: str) -> migrations.RunSQL:
    CONFIDENTIAL[table] = kind
    return migrations.RunSQL(sql, reverse_sql=migrations.RunSQL.noop)


def agency_table(table: str) -> migrations.RunSQL:
    """Rows seen and changed by the staff of their agency: programs, teams, staff. No client content."""
    return _run(table, "agency", _policy(table, AGENCY, AGENCY, "SELECT, INSERT, UPDATE, DELETE"))


def admin_table(table: str) -> migrations.RunSQL:
    """Rows seen by the staff of their agency and changed by its administrators: what the policies themselves rest on.

    Who is whose supervisor and who works in which program decides who sees which client, so nobody may set it for
    themselves (practice C4).
    """
    return _run(table, "admin", _policy(table, AGENCY, SET_BY_ADMINISTRATORS, "SELECT, INSERT, UPDATE, DELETE"))


def case_table(table: str, *, keep: bool = False) -> migrations.RunSQL:
    """Rows of a case: seen by those who may open it, changed by those who work on it.

    The row repeats the case's program; a composite foreign key keeps the copy true. With `keep`, rows are never removed.
    """
    verbs = "SELECT, INSERT, UPDATE" if keep else "SELECT, INSERT, UPDATE, DELETE"
    fence = (
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_in_program FOREIGN KEY (case_id, program_id) "
        "REFERENCES people_case (id, program_id) DEFERRABLE INITIALLY DEFERRED;\n"
    )
    return _run(table, "case", fence + _policy(table, CASE_READ, CASE_WRITE, verbs) + _apart(table))


def _apart(table: str) -> str:
    """A conflict of interest closes a case's rows whatever opens them (practice R6).

    Tables made before the policy knew of conflicts were given it then, by that migration; all others get it here.
    """
    policy = (
        f"CREATE POLICY apart_{table} ON {table} AS RESTRICTIVE FOR ALL TO {APP_ROLE} "
        "USING (case_id <> ALL ((SELECT my_conflicts())::uuid[]))"
    )
    return f"\nDO $body$ BEGIN IF to_regproc('my_conflicts') IS NOT NULL THEN {policy}; END IF; END $body$;"


def where_it_is(table: str, *, read: str = "", add: str = "", change: str = "") -> migrations.RunSQL:
    """Narrower expressions than its kind has for some of what can be done to a table: in full, for seeing (`read`), new
    rows (`add`), and changing (`change`)."""
    told = {
        "read": f"FOR SELECT TO {APP_ROLE} USING ({read})" if read else "",
        "add": f"FOR INSERT TO {APP_ROLE} WITH CHECK ({add})" if add else "",
        "change": f"FOR UPDATE TO {APP_ROLE} USING ({change}) WITH CHECK ({change})" if change else "",
    }
    sql = "".join(
        f"DROP POLICY {kind}_{table} ON {table};\nCREATE POLICY {kind}_{table} ON {table} {rest};\n"
        for kind, rest in told.items()
        if rest
    )
    return migrations.RunSQL(sql, reverse_sql=migrations.RunSQL.noop)


def shared_by(
    table: str, part: str, *, day: str = "NULL", marks: str = "'{}'::varchar[]", when: str = "true", covers: str = ""
) -> migrations.RunSQL:
    """Open rows of a case to a share for reading, where its release covers `part`, the row's `day` and its `marks`.

    `when` narrows it to what is the agency's word: signed, complete, sent. `covers` takes the place of asking the share
    itself, for a row that hangs on another. Without this, a table is closed to every share.
    """
    asked = covers or f"share_covers((SELECT my_shares()), case_id, '{part}', {day}, {marks})"
    return _shared(table, part, f"case_id = ANY ((SELECT my_shared_cases())::uuid[]) AND {when} AND {asked}")


def shared_of_person(table: str, part: str, *, when: str = "true") -> migrations.RunSQL:
    """The same for rows about the client of a shared case."""
    return _shared(table, part, f"person_id = ANY ((SELECT my_shared_people('{part}'))::uuid[]) AND {when}")


def _shared(table: str, part: str, condition: str) -> migrations.RunSQL:
    SHARED[table] = part
    sql = f"CREATE POLICY shared_{table} ON {table} FOR SELECT TO {APP_ROLE} USING ({condition});"
    return migrations.RunSQL(sql, reverse_sql=migrations.RunSQL.noop)


def person_table(table: str) -> migrations.RunSQL:
    """Rows about a person: seen by those who work with the person, changed by those for whom it is not only lent."""
    return _run(table, "person", _policy(table, CLOSE, CLOSE_WRITE, "SELECT, INSERT, UPDATE, DELETE"))


def own_table(table: str) -> migrations.RunSQL:
    """Rows that only their writer sees."""
    return _run(table, "own", _policy(table, OWN, OWN, "SELECT, INSERT, UPDATE, DELETE"))


def special_table(
    table: str, *, read: str, write: str, add: str = "", verbs: str = "SELECT, INSERT, UPDATE"
) -> migrations.RunSQL:
    """A table whose rule is its own; the expressions are given in full. `add` is for new rows, `write` if empty."""
    return _run(table, "special", _policy(table, read, write, verbs, add))


def open_table(table: str, verbs: str = "SELECT, INSERT, UPDATE, DELETE") -> migrations.RunSQL:
    """A table without client or agency content (sessions, accounts): plain grants."""
    return migrations.RunSQL(f"GRANT {verbs} ON {table} TO {APP_ROLE};", reverse_sql=migrations.RunSQL.noop)


def fixed_when(
    table: str, condition: str, *, may_change: tuple[str, ...] = (), again: bool = False
) -> migrations.RunSQL:
    """Refuse any change to, or removal of, a row for which `condition` (over OLD) holds: signed papers are immutable.

    Columns in `may_change` may still move (a state that goes on, a date on which something ended). `again` takes the place
    of the rule that an earlier migration gave this table. Only a disposal removes such a row (decision 0017).
    """
    allowed = ", ".join(f"'{column}'" for column in may_change)
    sql = f"""
    CREATE OR REPLACE FUNCTION fixed_{table}() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
      IF TG_OP = 'DELETE' AND disposing() THEN RETURN OLD; END IF;
      IF {condition} THEN
        IF TG_OP = 'DELETE' THEN
          RAISE EXCEPTION 'signed and fixed' USING ERRCODE = 'restrict_violation';
        END IF;
        IF (to_jsonb(OLD) - ARRAY[{allowed}]::text[]) IS DISTINCT FROM (to_jsonb(NEW) - ARRAY[{allowed}]::text[]) THEN
          RAISE EXCEPTION 'signed and fixed' USING ERRCODE = 'restrict_violation';
        END IF;
      END IF;
      IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
      RETURN NEW;
    END $body$;
    """
    trigger = f"CREATE TRIGGER fixed_{table} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION fixed_{table}();"
    return migrations.RunSQL(sql if again else sql + trigger, reverse_sql=migrations.RunSQL.noop)


def fixed_columns(table: str, *columns: str) -> migrations.RunSQL:
    """Refuse to change columns that say whose row it is, or a number that was given once."""
    moved = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)
    sql = f"""
    CREATE TRIGGER given_once_{table} BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({moved})
      EXECUTE FUNCTION refuse_change();
    """
    return migrations.RunSQL(sql, reverse_sql=migrations.RunSQL.noop)


def refused_when(table: str, verbs: str, condition: str, *, again: bool = False) -> migrations.RunSQL:
    """Refuse `verbs` (`INSERT OR UPDATE`) that would make a row for which `condition` (over NEW) holds.

    `again` takes the place of the condition that an earlier migration gave this table; the verbs stay those of then.
    """
    sql = f"""
    CREATE OR REPLACE FUNCTION refused_{table}() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
      IF {condition} THEN
        RAISE EXCEPTION 'signed and fixed' USING ERRCODE = 'restrict_violation';
      END IF;
      RETURN NEW;
    END $body$;
    """
    trigger = (
        f"CREATE TRIGGER refused_{table} BEFORE {verbs} ON {table} FOR EACH ROW EXECUTE FUNCTION refused_{table}();"
    )
    return migrations.RunSQL(sql if again else sql + trigger, reverse_sql=migrations.RunSQL.noop)


def append_only(table: str) -> migrations.RunSQL:
    """No row changes or goes, for the owner too; only a disposal may remove it (decision 0017)."""
    sql = f"""
    CREATE TRIGGER append_only_{table} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    """
    return migrations.RunSQL(sql, reverse_sql=migrations.RunSQL.noop)
