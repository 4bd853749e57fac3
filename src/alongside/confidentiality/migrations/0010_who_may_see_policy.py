"""On what grounds a case is seen, conflicts that close it whatever the ground, and the policies of the room's tables."""

from pathlib import Path

from django.db import migrations

from alongside.foundations.rls import (
    CASE_READ,
    CASE_WRITE,
    case_table,
    fixed_columns,
    fixed_when,
    refused_when,
    special_table,
    where_it_is,
)

POLICY = Path(__file__).resolve().parent.parent / "policy.sql"
OUR_STAFF = "staff_id IN (SELECT id FROM people_staff)"
MINE = "staff_id = (SELECT my_staff())"
ANSWERS = f"({CASE_WRITE} AND (SELECT i_supervise()))"
KEEPER = f"(case_id = ANY ((SELECT my_primary_cases())::uuid[]) OR {ANSWERS})"
"""Who names the readers of what is marked: the primary case manager, and who answers for the case."""
TEAM = "person_id = ANY ((SELECT my_working_people())::uuid[])"
JUST_NOW = (
    "ends_at <= clock_timestamp() + make_interval(hours => (SELECT urgent_hours()), mins => 1) AND judged_at IS NULL"
)


class Migration(migrations.Migration):
    dependencies = [
        ("confidentiality", "0010_who_may_see"), ("documentation", "0005_unsent_referral"), ("assessment", "0003_complete_is_fixed"),
        ("engagement", "0004_criteria_by_administrators"), ("monitoring", "0002_policy"), ("termination", "0003_reopening"),
        ("foundations", "0005_look_subject"),
    ]  # fmt: skip

    operations = [
        case_table("confidentiality_conflict"),
        case_table("confidentiality_markreader"),
        case_table("confidentiality_urgentopening"),
        migrations.RunSQL(POLICY.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        special_table("confidentiality_truename", read=TEAM, write=TEAM),
        where_it_is(
            "confidentiality_conflict", add=f"declared_by_id = (SELECT my_staff()) AND {OUR_STAFF} AND (({MINE} AND {CASE_READ}) OR {ANSWERS})",
            change=ANSWERS,
        ),
        where_it_is(
            "confidentiality_markreader", read=f"({KEEPER} OR ({MINE} AND {CASE_READ}))",
            add=f"{KEEPER} AND {OUR_STAFF} AND named_by_id = (SELECT my_staff())", change=KEEPER,
        ),
        where_it_is(
            "confidentiality_urgentopening", read=f"({CASE_READ} OR {MINE})",
            add=f"{MINE} AND may_open_urgently(case_id) AND {JUST_NOW}", change=f"{ANSWERS} AND NOT ({MINE})",
        ),
        fixed_columns("confidentiality_conflict", "case_id", "staff_id", "declared_by_id", "reason", "since"),
        fixed_columns("confidentiality_markreader", "case_id", "staff_id", "mark", "named_by_id", "reason", "since"),
        fixed_columns("confidentiality_urgentopening", "case_id", "staff_id", "reason", "began_at"),
        fixed_columns("confidentiality_truename", "person_id"),
        fixed_when("confidentiality_urgentopening", "OLD.judged_at IS NOT NULL"),
        refused_when("confidentiality_urgentopening", "UPDATE", "NEW.ends_at > OLD.ends_at"),
        migrations.RunSQL(
            "REVOKE DELETE ON confidentiality_conflict, confidentiality_markreader, confidentiality_urgentopening FROM alongside_app;"
            "GRANT DELETE ON confidentiality_truename TO alongside_app;",
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]  # fmt: skip
