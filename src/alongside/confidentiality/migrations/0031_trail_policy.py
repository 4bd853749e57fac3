"""Unusual looks are seen by those who answer for the case or the person, breaches by administrators; nobody judges themselves.

`touched_by` tells an administrator which cases an account touched between two times, by their numbers, without opening
one of them to the administrator.
"""

from django.db import migrations

from alongside.foundations.rls import (
    SET_BY_ADMINISTRATORS,
    admin_table,
    append_only,
    fixed_columns,
    fixed_when,
    special_table,
)

FUNCTIONS = r"""
-- The last word of a name, for telling whether two people may be of one family.
CREATE FUNCTION surname(name text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT nullif(lower(regexp_replace(trim(name), '^.*\s', '')), '')
$$;

CREATE FUNCTION touched_by(wanted uuid, since timestamptz, until timestamptz)
RETURNS TABLE (number text, kind text, times bigint, first_at timestamptz, last_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(c.number, '')::text, k.kind::text, count(*), min(k.at), max(k.at)
  FROM (SELECT case_id, kind, at FROM foundations_look
        WHERE staff_id = wanted AND agency_id = my_agency() AND at >= since AND at < until
        UNION ALL
        SELECT case_id, 'changed', at FROM foundations_deed
        WHERE staff_id = wanted AND agency_id = my_agency() AND at >= since AND at < until) k
    LEFT JOIN people_case c ON c.id = k.case_id AND c.agency_id = my_agency()
  WHERE (SELECT i_administer()) AND EXISTS (SELECT 1 FROM people_staff WHERE id = wanted AND agency_id = my_agency())
  GROUP BY 1, 2 ORDER BY 1, 2
$$;
"""
JUDGES = (
    "agency_id = (SELECT my_agency()) AND staff_id <> (SELECT my_staff()) AND ("
    "((SELECT i_supervise()) AND (case_id = ANY ((SELECT my_cases())::uuid[]) OR program_id = ANY ((SELECT my_programs())::uuid[])"
    " OR (case_id IS NULL AND staff_id = ANY ((SELECT my_line())::uuid[]))))"
    " OR (case_id IS NULL AND (SELECT i_administer())))"
)


class Migration(migrations.Migration):
    dependencies = [("confidentiality", "0030_trail"), ("foundations", "0022_tree_only_grows")]

    operations = [
        migrations.RunSQL(FUNCTIONS, reverse_sql=migrations.RunSQL.noop),
        admin_table("confidentiality_lookrules"),
        # Only the work of the background finds them, as the owner.
        special_table("confidentiality_unusuallook", read=JUDGES, write=JUDGES, add="false"),
        fixed_columns("confidentiality_unusuallook", "agency_id", "case_id", "program_id", "staff_id", '"on"'),
        fixed_when("confidentiality_unusuallook", "OLD.judged_at IS NOT NULL"),
        *(
            special_table(table, read=SET_BY_ADMINISTRATORS, write=SET_BY_ADMINISTRATORS, verbs=verbs)
            for table, verbs in (
                ("confidentiality_breach", "SELECT, INSERT, UPDATE"),
                ("confidentiality_breachcase", "SELECT, INSERT, DELETE"),
                ("confidentiality_breachstep", "SELECT, INSERT"),
            )
        ),
        append_only("confidentiality_breachstep"),
        fixed_when("confidentiality_breach", "OLD.state = 'closed'"),
    ]
