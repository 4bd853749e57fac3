"""A plan that was taken back from signing could be read until that day, and the client's accounting says so (practice C2)."""

from django.db import migrations

# What `record_to_share` said until now is what stands; `could_be_read` asks for both by the old name.
TAKEN_BACK = """
SET LOCAL check_function_bodies = off;
ALTER FUNCTION record_to_share(uuid) RENAME TO record_that_stands;
CREATE FUNCTION record_to_share(wanted uuid) RETURNS TABLE (part text, kind text, record uuid, on_day date, marked varchar[], marked_on date,
  parts varchar[], first_day date, last_day date)
LANGUAGE sql STABLE AS $$
  SELECT * FROM record_that_stands(wanted)
  UNION ALL
  SELECT 'plan', 'version', v.id, v.made_on, '{}', NULL, '{}', min(s.at) FILTER (WHERE s."end" = 'signing')::date, max(s.at)::date
  FROM documentation_planversion v JOIN foundations_statechange s ON s.paper_id = v.id AND 'signing' IN (s.start, s."end")
  WHERE v.case_id = wanted AND v.state IN ('draft', 'withdrawn') GROUP BY v.id
$$;
REVOKE EXECUTE ON FUNCTION record_to_share(uuid) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("confidentiality", "0084_own_reach")]

    operations = [migrations.RunSQL(TAKEN_BACK, reverse_sql=migrations.RunSQL.noop)]
