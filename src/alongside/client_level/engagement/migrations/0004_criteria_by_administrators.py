"""What a program asks is set by administrators, at the level of the database too (practice E3, C4)."""

from django.db import migrations

from alongside.foundations.rls import admin_table

NO_LONGER = "".join(
    f"DROP POLICY {verb}_engagement_criterion ON engagement_criterion;" for verb in ("read", "add", "change", "remove")
)


class Migration(migrations.Migration):
    dependencies = [("engagement", "0003_criterion_is_asked"), ("people", "0004_policy_closer")]

    operations = [
        migrations.RunSQL(NO_LONGER, reverse_sql=migrations.RunSQL.noop),
        admin_table("engagement_criterion"),
    ]
