"""What a household is called is often the family's name: it goes when somebody in it is listed under an alias (practice C4)."""

from django.db import migrations

REACHES = """
CREATE OR REPLACE FUNCTION alias_reaches_households() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM confidentiality_truename t WHERE t.person_id = NEW.id) THEN
    UPDATE people_householdmember SET known_as = NEW.preferred_name WHERE person_id = NEW.id AND known_as <> '';
    UPDATE people_household h SET name = '' WHERE name <> ''
      AND EXISTS (SELECT 1 FROM people_householdmember m WHERE m.household_id = h.id AND m.person_id = NEW.id);
  END IF;
  RETURN NULL;
END $$;
UPDATE people_household h SET name = '' WHERE name <> '' AND EXISTS (
  SELECT 1 FROM people_householdmember m JOIN confidentiality_truename t ON t.person_id = m.person_id WHERE m.household_id = h.id);
"""


class Migration(migrations.Migration):
    dependencies = [("confidentiality", "0100_names_sealed")]

    operations = [migrations.RunSQL(REACHES, migrations.RunSQL.noop)]
