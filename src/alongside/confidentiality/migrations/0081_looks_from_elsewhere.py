"""An unusual look names whose it was, also where they work elsewhere; a refused share is kept with its case (practice C5)."""

from django.db import migrations, models

from alongside.foundations.rls import refused_when

NAMED = """
ALTER TABLE confidentiality_unusuallook DISABLE TRIGGER USER;
UPDATE confidentiality_unusuallook u SET who = s.name FROM people_staff s WHERE s.id = u.staff_id;
ALTER TABLE confidentiality_unusuallook ENABLE TRIGGER USER;
"""
# It gives a bare key, by which nobody opens anything: so that a refusal stands where the agency whose case it is reads it.
CASE_OF_SHARE = """
CREATE FUNCTION case_of_share(wanted uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT sh.case_id FROM confidentiality_caseshare sh WHERE sh.id = wanted AND my_staff() IS NOT NULL
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("confidentiality", "0080_accounting_of_shares")]

    operations = [
        migrations.AddField("unusuallook", "who", models.CharField(max_length=400, default="")),
        migrations.RunSQL(NAMED, reverse_sql=migrations.RunSQL.noop),
        refused_when("confidentiality_unusuallook", "UPDATE", "NEW.who IS DISTINCT FROM OLD.who"),
        migrations.RunSQL(CASE_OF_SHARE, reverse_sql=migrations.RunSQL.noop),
    ]
