"""A complete sitting is fixed, with what was written and found in it; findings are counted by edition."""

from django.db import migrations, models

from alongside.foundations.rls import fixed_columns, fixed_when, refused_when

_WAS_COMPLETE = "(SELECT s.state = 'complete' FROM assessment_sitting s WHERE s.id = OLD.sitting_id)"
_IS_COMPLETE = _WAS_COMPLETE.replace("OLD.", "NEW.")


class Migration(migrations.Migration):
    dependencies = [("assessment", "0002_policy")]

    operations = [
        migrations.AddField("finding", "edition", models.PositiveIntegerField(default=1)),
        fixed_when("assessment_sitting", "OLD.state = 'complete'"),
        fixed_when("assessment_domainentry", _WAS_COMPLETE),
        fixed_when("assessment_finding", _WAS_COMPLETE),
        refused_when("assessment_domainentry", "INSERT", _IS_COMPLETE),
        refused_when("assessment_finding", "INSERT", _IS_COMPLETE),
        fixed_columns("assessment_sitting", "case_id", "program_id"),
        fixed_columns("assessment_domainentry", "case_id", "program_id", "sitting_id", "domain"),
        fixed_columns("assessment_finding", "case_id", "program_id", "sitting_id"),
    ]
