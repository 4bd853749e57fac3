"""The gate of disposal: what only grows may go for a disposal that is under way, and for nothing else (practice D6).

That one is under way is written in a table that nobody but the owner role reaches; the function that disposes writes its
own transaction there and takes it out again. A setting would not do: the application role could set it.
"""

from django.db import migrations

GATE = """
CREATE TABLE disposal_underway (xid xid8 PRIMARY KEY);

CREATE FUNCTION disposing() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM disposal_underway WHERE xid = pg_current_xact_id_if_assigned())
$$;

CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'TRUNCATE' AND disposing() THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'this table only grows' USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0010_urgent_hours"), ("foundations", "0023_reasons_sealed")]

    operations = [migrations.RunSQL(GATE, reverse_sql=migrations.RunSQL.noop)]
