"""Policies of the door: referrals in are seen by those who answer them, and by those who work on the case they became."""

from django.db import migrations

from alongside.foundations.rls import agency_table, case_table, fixed_columns, special_table

_DOOR = "program_id = ANY ((SELECT my_doors())::uuid[])"
_PROGRAM = "program_id = ANY ((SELECT my_programs())::uuid[])"
_READ = f"({_DOOR} AND case_id IS NULL) OR case_id = ANY ((SELECT my_cases())::uuid[]) OR {_PROGRAM}"
_WRITE = f"({_DOOR} AND case_id IS NULL) OR case_id = ANY ((SELECT my_working_cases())::uuid[]) OR {_PROGRAM}"
_NEW = f"agency_id = (SELECT my_agency()) AND case_id IS NULL AND {_DOOR} AND may_take_up(client_id)"


class Migration(migrations.Migration):
    dependencies = [("engagement", "0001_first"), ("documentation", "0002_policy")]

    operations = [
        agency_table("engagement_criterion"),
        special_table("engagement_referralin", read=_READ, write=_WRITE, add=_NEW),
        fixed_columns("engagement_referralin", "agency_id", "client_id"),
        special_table(
            "engagement_screeninganswer",
            read="referral_id IN (SELECT id FROM engagement_referralin)",
            write=f"referral_id IN (SELECT id FROM engagement_referralin WHERE {_WRITE})",
        ),
        case_table("engagement_explanation"),
        case_table("engagement_preference"),
    ]
