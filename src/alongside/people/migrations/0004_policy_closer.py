"""Closer policies: programs and doors of one's own agency only, a case that stays in its program, sign-ins of others.

Four gaps are closed (practice C4). A place in a program counted whichever agency the program was of. A case could be
moved to another program, and so to another program manager, by a bare statement. Sign-ins lay open to whoever acts. And
nobody could see with whom a client had lived once they had parted: `household_history` tells it from what was written
down then, within the days they shared, and opens nobody's record.
"""

from django.db import migrations

from alongside.foundations.rls import fixed_columns, special_table

DOORS = """
CREATE OR REPLACE FUNCTION my_programs() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(p.program_id), '{}') FROM people_programstaff p
    JOIN people_staff s ON s.id = p.staff_id AND s.agency_id = my_agency()
    JOIN people_program run ON run.id = p.program_id AND run.agency_id = my_agency()
  WHERE p.staff_id = my_staff() AND p.role = 'program_manager' AND 'program_manager' = ANY (s.roles)
$$;

CREATE OR REPLACE FUNCTION my_doors() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT p.program_id), '{}') FROM people_programstaff p
    JOIN people_staff s ON s.id = p.staff_id AND s.agency_id = my_agency()
    JOIN people_program run ON run.id = p.program_id AND run.agency_id = my_agency()
  WHERE p.staff_id = my_staff() AND p.role = ANY (s.roles) AND p.role IN ('intake_worker', 'supervisor', 'program_manager')
$$;
"""

HOUSEHOLDS = """
-- With whom somebody lived and no longer does, within the days they shared: the name and the place they had then.
CREATE FUNCTION household_history(wanted uuid) RETURNS TABLE (known_as text, role text, since date, until date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT other.known_as::text, other.role::text, greatest(mine.since, other.since), least(mine.until, other.until)
  FROM people_householdmember mine
    JOIN people_householdmember other ON other.household_id = mine.household_id AND other.person_id <> mine.person_id
  WHERE mine.person_id = wanted AND (wanted = ANY (my_people()) OR serves_person(wanted))
    AND daterange(mine.since, mine.until) && daterange(other.since, other.until)
    AND least(mine.until, other.until) <= current_date
  ORDER BY 4 DESC, 3 DESC, 1
$$;

ALTER TABLE people_householdmember ADD CONSTRAINT once_in_a_household EXCLUDE USING gist
  (household_id WITH =, person_id WITH =, daterange(since, until) WITH &&);
"""

PEOPLE = """
-- Persons whose name sounds or looks like what was typed, among those the actor may write about. Like find_cases it runs
-- here because trigram operators cannot use an index under policy.
CREATE FUNCTION find_people(typed text, most integer) RETURNS TABLE (person_id uuid, nearness real)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT near.id, near.nearness FROM (
    SELECT p.id, greatest(similarity(lower(typed), lower(p.preferred_name)), similarity(lower(typed), lower(p.legal_name))) AS nearness
    FROM people_person p
    WHERE p.agency_id = my_agency() AND lower(p.preferred_name || ' ' || p.legal_name) %> lower(typed)
    OFFSET 0
  ) near
  WHERE near.id = ANY (my_working_people()) OR changes_person(near.id)
  ORDER BY near.nearness DESC, near.id LIMIT most
$$;
"""

ACCOUNTS = """
CREATE FUNCTION my_account() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT account_id FROM people_staff WHERE id = my_staff()
$$;

-- An e-mail signs in once, in whichever agency: whoever gives one has to learn that it is taken, and no more.
CREATE FUNCTION email_taken(typed text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT (SELECT i_administer()) AND EXISTS (SELECT 1 FROM people_account WHERE email = lower(typed))
$$;
"""
# Before anyone acts, the door finds the account by its e-mail and keeps when it was last used.
AT_THE_DOOR = "(SELECT my_staff()) IS NULL"
MINE = "id = (SELECT my_account())"
GIVEN = "((SELECT i_administer()) AND id IN (SELECT account_id FROM people_staff))"
ACCOUNT = f"{AT_THE_DOOR} OR {MINE} OR {GIVEN}"


class Migration(migrations.Migration):
    dependencies = [("people", "0003_editions_and_parting")]

    operations = [
        migrations.RunSQL(DOORS + HOUSEHOLDS + PEOPLE + ACCOUNTS, reverse_sql=migrations.RunSQL.noop),
        special_table("people_account", read=ACCOUNT, write=ACCOUNT, add="(SELECT i_administer())"),
        migrations.RunSQL("DROP TRIGGER given_once_people_case ON people_case", reverse_sql=migrations.RunSQL.noop),
        fixed_columns("people_case", "agency_id", "client_id", "number", "program_id"),
    ]
