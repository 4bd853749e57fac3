"""Whoever lives in one household lives in no other on the same day.

A place in a household opens its members to those who work with them (practice C4), so one that was left and not ended
would go on opening them. Of places that overlapped, the earlier ends where the later begins.
"""

from django.db import migrations

ONE_HOME = """
UPDATE people_householdmember earlier SET until = later.since, edition = earlier.edition + 1
FROM (SELECT m.id, min(next.since) AS since FROM people_householdmember m
      JOIN people_householdmember next ON next.person_id = m.person_id AND (next.since, next.id) > (m.since, m.id)
      WHERE m.until IS NULL OR m.until > next.since GROUP BY m.id) later
WHERE earlier.id = later.id;
ALTER TABLE people_householdmember ADD CONSTRAINT one_home_at_a_time EXCLUDE USING gist
  (person_id WITH =, daterange(since, until) WITH &&) DEFERRABLE INITIALLY DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0005_plain_names")]

    operations = [
        migrations.RunSQL(
            ONE_HOME, reverse_sql="ALTER TABLE people_householdmember DROP CONSTRAINT one_home_at_a_time;"
        ),
    ]
