"""The functions that say who may see what, and the policies of the people room."""

from pathlib import Path

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations

from alongside.foundations.rls import (
    AGENCY,
    CASE_READ,
    CASE_WRITE,
    PERSON,
    PERSON_WRITE,
    SET_BY_ADMINISTRATORS,
    admin_table,
    case_table,
    fixed_columns,
    person_table,
    special_table,
)

THE_PERSON, CHANGE_PERSON = PERSON.replace("person_id", "id"), PERSON_WRITE.replace("person_id", "id")
MY_DOORS = "program_id = ANY ((SELECT my_doors())::uuid[])"
OUR_STAFF = "staff_id IN (SELECT id FROM people_staff)"
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
        special_table("people_agency", read="id = (SELECT my_agency())", write=SET_BY_ADMINISTRATORS.replace("agency_id", "id")),
        *(admin_table(table) for table in ("people_program", "people_staff", "people_team", "people_programstaff")),
        special_table(
            "people_household",
            read=f"{AGENCY} AND sees_household(id)",
            write=f"{AGENCY} AND sees_household(id) AND may_join(id)",
            add=AGENCY,
            verbs="SELECT, INSERT, UPDATE, DELETE",
        ),
        special_table(
            "people_team_members",
            read="team_id IN (SELECT id FROM people_team)",
            write="team_id IN (SELECT id FROM people_team) AND (SELECT i_administer())",
            verbs="SELECT, INSERT, UPDATE, DELETE",
        ),
        migrations.RunSQL(
            "GRANT SELECT, INSERT, UPDATE ON people_account TO alongside_app;"
            "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO alongside_app;",
            reverse_sql=migrations.RunSQL.noop,
        ),
        special_table("people_person", read=THE_PERSON, write=CHANGE_PERSON, add=AGENCY),
        fixed_columns("people_person", "agency_id"),
        *(
            person_table(table)
            for table in (
                "people_personname", "people_contactpoint", "people_address", "people_significantother", "people_representative",
            )
        ),
        special_table(
            "people_householdmember",
            read=PERSON,
            write=f"{PERSON_WRITE} AND may_join(household_id)",
            add="may_take_up(person_id) AND may_join(household_id)",
            verbs="SELECT, INSERT, UPDATE, DELETE",
        ),
        special_table(
            "people_case",
            read=THE_CASE,
            write=THE_CASE_WORK,
            add=f"{AGENCY} AND may_take_up(client_id) AND ({MY_DOORS} OR program_id = ANY ((SELECT my_programs())::uuid[]))",
        ),
        fixed_columns("people_case", "agency_id", "client_id", "number"),
        case_table("people_assignment"),
        migrations.RunSQL(
            f"""
            DROP POLICY add_people_assignment ON people_assignment;
            CREATE POLICY add_people_assignment ON people_assignment FOR INSERT TO alongside_app WITH CHECK ({OUR_STAFF} AND
              (case_id = ANY ((SELECT my_working_cases())::uuid[]) OR case_in_my_programs(case_id) OR ({MY_DOORS} AND NOT case_exists(case_id))));
            DROP POLICY change_people_assignment ON people_assignment;
            CREATE POLICY change_people_assignment ON people_assignment FOR UPDATE TO alongside_app
              USING ({CASE_WRITE}) WITH CHECK ({CASE_WRITE} AND {OUR_STAFF});
            """,
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.RunSQL(KNOWN_TO_PROGRAM + ONE_PRIMARY, reverse_sql=migrations.RunSQL.noop),
    ]  # fmt: skip
