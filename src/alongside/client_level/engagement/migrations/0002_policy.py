"""Policies of the door: referrals in are seen by those who answer them, and by those who work on the case they became."""

from django.db import migrations

from alongside.foundations.rls import agency_table, case_table, special_table

_DOOR = "program_id = ANY ((SELECT my_doors())::uuid[])"
_READ = f"({_DOOR} AND case_id IS NULL) OR case_id = ANY ((SELECT my_cases())::uuid[]) OR program_id = ANY ((SELECT my_programs())::uuid[])"
_ANSWER = "referral_id IN (SELECT id FROM engagement_referralin)"


class Migration(migrations.Migration):
    dependencies = [("engagement", "0001_first"), ("documentation", "0002_policy")]

    operations = [
        agency_table("engagement_criterion"),
        special_table("engagement_referralin", read=_READ, write=f"{_DOOR} OR {_READ}"),
        special_table("engagement_screeninganswer", read=_ANSWER, write=_ANSWER),
        case_table("engagement_explanation"),
        case_table("engagement_preference"),
    ]
