"""Who changed a paper last, for whoever has just been stopped from overwriting it.

A deed without a case, such as one on a referral, is read by its doer and by administrators only; the others at the same
door are told the name of a colleague, and nothing else of the deed.
"""

from django.db import migrations

LAST_HAND = """
CREATE FUNCTION last_hand(subject uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT actor_name::text FROM foundations_deed
  WHERE subject_id = subject AND agency_id = my_agency() ORDER BY at DESC LIMIT 1
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("foundations", "0003_what_was_sent")]

    operations = [migrations.RunSQL(LAST_HAND, reverse_sql="DROP FUNCTION last_hand(uuid);")]
