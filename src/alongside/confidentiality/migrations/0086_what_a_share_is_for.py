"""What a shared case is shared for is told to those who read it: the notice beside it speaks of that (practice C1, decision 0021)."""

from django.db import migrations

# The words are the agreement's, as in what left the agency; they name no client.
PURPOSE = """
SET LOCAL check_function_bodies = off;
CREATE FUNCTION shared_for(wanted uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT g.purpose::text
  FROM confidentiality_caseshare sh JOIN confidentiality_agreement g ON g.id = sh.agreement_id
  WHERE sh.id = wanted AND sh.id IN (SELECT s.share_id FROM shares_of(my_staff(), my_agency()) s)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("confidentiality", "0085_plans_taken_back")]

    operations = [migrations.RunSQL(PURPOSE, reverse_sql=migrations.RunSQL.noop)]
