"""Policies of outreach: seen at the door of its program, changed by who wrote it; a referral names only what its taker sees."""

from django.db import migrations

from alongside.foundations.rls import APP_ROLE, fixed_columns, special_table

_DOOR = "agency_id = (SELECT my_agency()) AND program_id = ANY ((SELECT my_doors())::uuid[])"
_OWN = f"by_id = (SELECT my_staff()) AND {_DOOR}"

FUNCTIONS = """
-- Outreach from which somebody came from whom a conflict of interest keeps the actor: it is closed as their file is (R6).
-- Whoever has no conflict at all has the answer at once.
CREATE FUNCTION closed_outreach() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT r.outreach_id), '{}') FROM engagement_referralin r
  WHERE r.outreach_id IS NOT NULL AND EXISTS (SELECT 1 FROM confidentiality_conflict k WHERE k.staff_id = my_staff())
    AND (r.client_id = ANY ((SELECT my_strangers())::uuid[]) OR r.case_id = ANY ((SELECT my_conflicts())::uuid[]))
$$;

-- How many referrals came from each outreach at the actor's doors; those too that became cases, which a door does not open.
CREATE FUNCTION outreach_led_to(wanted uuid[]) RETURNS TABLE (outreach uuid, referrals bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT r.outreach_id, count(*) FROM engagement_referralin r JOIN engagement_outreach o ON o.id = r.outreach_id
  WHERE o.id = ANY (wanted) AND o.agency_id = my_agency() AND o.program_id = ANY (my_doors()) GROUP BY 1
$$;
"""
RULES = f"""
CREATE POLICY apart_engagement_outreach ON engagement_outreach AS RESTRICTIVE FOR ALL TO {APP_ROLE}
  USING (id <> ALL ((SELECT closed_outreach())::uuid[]));
ALTER TABLE engagement_referralin ADD CONSTRAINT from_outreach_of_its_agency FOREIGN KEY (outreach_id, agency_id)
  REFERENCES engagement_outreach (id, agency_id) DEFERRABLE INITIALLY DEFERRED;
CREATE POLICY from_seen_outreach ON engagement_referralin AS RESTRICTIVE FOR INSERT TO {APP_ROLE}
  WITH CHECK (outreach_id IS NULL OR outreach_id IN (SELECT id FROM engagement_outreach));
DROP TRIGGER given_once_engagement_referralin ON engagement_referralin;
"""


class Migration(migrations.Migration):
    dependencies = [("engagement", "0012_outreach"), ("confidentiality", "0084_own_reach")]

    operations = [
        migrations.RunSQL(FUNCTIONS, reverse_sql=migrations.RunSQL.noop),
        special_table("engagement_outreach", read=_DOOR, write=_OWN),
        fixed_columns("engagement_outreach", "agency_id", "program_id", "by_id"),
        migrations.RunSQL(RULES, reverse_sql=migrations.RunSQL.noop),
        fixed_columns("engagement_referralin", "agency_id", "client_id", "outreach_id"),
    ]
