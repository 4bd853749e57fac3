"""How long an urgent opening lasts is a setting of the agency, a day at most (practice C5).

A file is lent for a stated review and until a day (practice S12): one lent without is lent for two weeks from now on.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0006_one_home")]

    operations = [
        migrations.AddField("agency", "urgent_hours", models.PositiveSmallIntegerField(default=4)),
        migrations.AddConstraint(
            "agency",
            models.CheckConstraint(
                condition=models.Q(urgent_hours__gte=1, urgent_hours__lte=24), name="urgent_for_a_day_at_most"
            ),
        ),
        migrations.RunSQL(
            """
            UPDATE people_assignment SET until = greatest(since, current_date + 14) WHERE role = 'review' AND until IS NULL;
            UPDATE people_assignment SET reason = 'File review' WHERE role = 'review' AND reason = '';
            SET CONSTRAINTS ALL IMMEDIATE;
            """,
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            "assignment",
            models.CheckConstraint(
                condition=~models.Q(role="review") | (models.Q(until__isnull=False) & ~models.Q(reason="")),
                name="lent_for_a_review_and_a_time",
            ),
        ),
    ]
