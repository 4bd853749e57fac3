"""Signed papers of databases that are older than disposal let themselves be disposed of too (decision 0017).

`fixed_when` writes this into every function it makes from now on; those it made before are brought up to it here.
"""

from django.db import migrations

BROUGHT_UP = """
DO $do$
DECLARE one record;
BEGIN
  FOR one IN SELECT p.oid FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.proname LIKE 'fixed\\_%' AND p.prosrc NOT LIKE '%disposing()%'
  LOOP
    EXECUTE regexp_replace(pg_get_functiondef(one.oid), '\\mBEGIN\\M',
      'BEGIN IF TG_OP = ''DELETE'' AND disposing() THEN RETURN OLD; END IF;');
  END LOOP;
END $do$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("documentation", "0021_referral_rests_on_release"), ("people", "0040_disposal_gate"),
        ("assessment", "0010_marks"), ("termination", "0003_reopening"), ("monitoring", "0002_policy"),
    ]  # fmt: skip

    operations = [migrations.RunSQL(BROUGHT_UP, reverse_sql=migrations.RunSQL.noop)]
