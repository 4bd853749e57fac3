"""Who changed a paper last is told to those who may see the paper, and to nobody else of the agency (practice C4).

The function answered whoever knew a key: that a record exists, and who works on it, which the record itself keeps from
them. It now answers where the deed itself may be read, and of a referral without a case to those at its door.
"""

from django.db import migrations

LAST_HAND = """
CREATE OR REPLACE FUNCTION last_hand(subject uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT d.actor_name::text FROM foundations_deed d
  WHERE d.subject_id = subject AND d.agency_id = my_agency() AND CASE WHEN d.case_id IS NOT NULL
    THEN (d.case_id = ANY (my_cases()) OR case_in_my_programs(d.case_id)) AND d.case_id <> ALL (my_conflicts())
    ELSE i_administer() OR d.staff_id = my_staff() OR EXISTS (
      SELECT 1 FROM engagement_referralin r WHERE r.id = subject AND (r.case_id IS NULL OR r.case_id <> ALL (my_conflicts()))
        AND ((r.case_id IS NULL AND r.program_id = ANY (my_doors())) OR r.case_id = ANY (my_cases()) OR r.program_id = ANY (my_programs()))
        AND r.client_id <> ALL (my_strangers())) END
  ORDER BY d.at DESC LIMIT 1
$$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION last_hand(subject uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT actor_name::text FROM foundations_deed
  WHERE subject_id = subject AND agency_id = my_agency() ORDER BY at DESC LIMIT 1
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("engagement", "0010_lived_in_one_span")]

    operations = [migrations.RunSQL(LAST_HAND, reverse_sql=BEFORE)]
