"""The functions that say who may see what, and the policies of the people room."""

from pathlib import Path

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations

from alongside.foundations.rls import AGENCY, CASE_READ, CASE_WRITE, PERSON, agency_table, case_table, person_table, special_table

THE_PERSON = PERSON.replace("person_id", "id")
THE_CASE, THE_CASE_WORK = CASE_READ.replace("case_id", "id"), CASE_WRITE.replace("case_id", "id")
POLICY = Path(__file__).resolve().parent.parent / "policy.sql"

KNOWN_TO_PROGRAM = """
CREATE TRIGGER case_makes_person_known AFTER INSERT ON people_case FOR EACH ROW EXECUTE FUNCTION person_joins_program();
"""
ONE_PRIMARY = """
ALTER TABLE people_assignment ADD CONSTRAINT one_primary_at_a_time EXCLUDE USING gist
  (case_id WITH =, daterange(since, until) WITH &&) WHERE (role = 'primary');
CREATE INDEX person_names_near ON people_person USING gin ((lower(preferred_name || ' ' || legal_name)) gin_trgm_ops);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_first"), ("foundations", "0001_first")]

    operations = [
        TrigramExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(POLICY.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL("GRANT USAGE ON SCHEMA public TO alongside_app", reverse_sql=migrations.RunSQL.noop),
        special_table("people_agency", read="id = (SELECT my_agency())", write="id = (SELECT my_agency())"),
        *(
            agency_table(table)
            for table in ("people_program", "people_staff", "people_team", "people_programstaff", "people_household")
        ),
        special_table(
            "people_team_members",
            read="team_id IN (SELECT id FROM people_team)",
            write="team_id IN (SELECT id FROM people_team)",
            verbs="SELECT, INSERT, UPDATE, DELETE",
        ),
        migrations.RunSQL(
            "GRANT SELECT, INSERT, UPDATE ON people_account TO alongside_app;"
            "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO alongside_app;",
            reverse_sql=migrations.RunSQL.noop,
        ),
        special_table("people_person", read=THE_PERSON, write=THE_PERSON, add=AGENCY),
        *(
            person_table(table)
            for table in (
                "people_personname", "people_contactpoint", "people_address", "people_householdmember",
                "people_significantother", "people_representative",
            )
        ),
        special_table(
            "people_case",
            read=THE_CASE,
            write=THE_CASE_WORK,
            add=f"{AGENCY} AND ({THE_CASE_WORK} OR program_id = ANY ((SELECT my_doors())::uuid[]))",
        ),
        case_table("people_assignment"),
        migrations.RunSQL(
            "DROP POLICY add_people_assignment ON people_assignment;"
            "CREATE POLICY add_people_assignment ON people_assignment FOR INSERT TO alongside_app WITH CHECK ("
            + CASE_WRITE
            + " OR program_id = ANY ((SELECT my_doors())::uuid[]));",
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.RunSQL(KNOWN_TO_PROGRAM + ONE_PRIMARY, reverse_sql=migrations.RunSQL.noop),
    ]  # fmt: skip
