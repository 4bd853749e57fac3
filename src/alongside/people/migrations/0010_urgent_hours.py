"""How long an urgent opening lasts is a setting of the agency, a day at most (practice C5)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0005_plain_names")]

    operations = [
        migrations.AddField("agency", "urgent_hours", models.PositiveSmallIntegerField(default=4)),
        migrations.AddConstraint(
            "agency",
            models.CheckConstraint(
                condition=models.Q(urgent_hours__gte=1, urgent_hours__lte=24), name="urgent_for_a_day_at_most"
            ),
        ),
    ]
