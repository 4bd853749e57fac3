"""Policies of the room's tables: seen with the case, changed by those who work on it."""

from django.db import migrations

from alongside.foundations.rls import case_table


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_first"), ("documentation", "0002_policy")]

    operations = [
        case_table(table)
        for table in (
            "assessment_sitting",
            "assessment_domainentry",
            "assessment_finding",
        )
    ]
