"""With whom somebody lived is told by the days they shared, in one span as long as they did not part (practice E6).

Places that follow on one another, as when two move together or a day is put right, read like a parting and a return;
and whoever lives together still stood among those who had parted.
"""

from django.db import migrations

HISTORY = """
CREATE OR REPLACE FUNCTION household_history(wanted uuid) RETURNS TABLE (known_as text, role text, since date, until date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH shared AS (
    SELECT other.person_id, other.known_as::text AS name, other.role::text AS place,
      daterange(mine.since, mine.until) * daterange(other.since, other.until) AS days
    FROM people_householdmember mine
      JOIN people_householdmember other ON other.household_id = mine.household_id AND other.person_id <> mine.person_id
    WHERE mine.person_id = wanted AND (wanted = ANY (my_people()) OR serves_person(wanted)) AND NOT kept_apart(other.person_id)
      AND daterange(mine.since, mine.until) && daterange(other.since, other.until)
  ), spans AS (
    SELECT s.person_id, unnest(range_agg(s.days)) AS span FROM shared s GROUP BY s.person_id
  )
  SELECT then_.name, then_.place, lower(o.span), upper(o.span)
  FROM spans o, LATERAL (
    SELECT s.name, s.place FROM shared s WHERE s.person_id = o.person_id AND s.days <@ o.span ORDER BY lower(s.days) DESC LIMIT 1
  ) then_
  WHERE upper(o.span) <= current_date
  ORDER BY 4 DESC, 3 DESC, 1
$$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION household_history(wanted uuid) RETURNS TABLE (known_as text, role text, since date, until date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT other.known_as::text, other.role::text, greatest(mine.since, other.since), least(mine.until, other.until)
  FROM people_householdmember mine
    JOIN people_householdmember other ON other.household_id = mine.household_id AND other.person_id <> mine.person_id
  WHERE mine.person_id = wanted AND (wanted = ANY (my_people()) OR serves_person(wanted)) AND NOT kept_apart(other.person_id)
    AND daterange(mine.since, mine.until) && daterange(other.since, other.until)
    AND least(mine.until, other.until) <= current_date
  ORDER BY 4 DESC, 3 DESC, 1
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("engagement", "0004_criteria_by_administrators"),
        ("confidentiality", "0043_kept_apart_here_too"),
        ("people", "0070_who_lives_with_her"),
    ]

    operations = [migrations.RunSQL(HISTORY, reverse_sql=BEFORE)]
