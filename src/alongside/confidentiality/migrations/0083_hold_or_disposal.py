"""A hold and a disposal of one moment: they take the case and then the person, in this order, so that one waits for the other (practice D6)."""

from django.db import migrations

# The sentence for people is said by the verbs, which lock first and then look.
LOCKS = """
CREATE OR REPLACE FUNCTION hold_the_person() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM people_case c WHERE c.id = NEW.case_id FOR KEY SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'disposed of' USING ERRCODE = 'restrict_violation';
  END IF;
  PERFORM 1 FROM people_person p JOIN people_case c ON c.client_id = p.id WHERE c.id = NEW.case_id FOR KEY SHARE OF p;
  RETURN NEW;
END $$;

-- Nobody writes in a record, or puts it on hold, until whoever approves or carries out its disposal is done.
CREATE FUNCTION still_for_disposal(wanted uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE asked confidentiality_disposal;
BEGIN
  SELECT * INTO asked FROM confidentiality_disposal WHERE id = wanted AND agency_id = my_agency();
  IF NOT FOUND OR NOT may_dispose(asked) THEN
    RETURN;
  END IF;
  PERFORM 1 FROM people_case WHERE id = asked.case_id FOR UPDATE;
  PERFORM 1 FROM people_person p WHERE p.id IN (SELECT c.client_id FROM people_case c WHERE c.id = asked.case_id
    UNION SELECT r.client_id FROM engagement_referralin r WHERE r.id = asked.subject_id) ORDER BY p.id FOR UPDATE;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("confidentiality", "0082_writers_named")]

    operations = [migrations.RunSQL(LOCKS, reverse_sql=migrations.RunSQL.noop)]
