"""Editions of what two may change at once, the name a household remembers, and a password that is not yet one's own."""

from django.db import migrations, models


def _edition(model: str) -> migrations.AddField:
    return migrations.AddField(model, "edition", models.PositiveIntegerField(default=1))


class Migration(migrations.Migration):
    dependencies = [("people", "0002_policy")]

    operations = [
        *(_edition(model) for model in ("staff", "program", "team", "significantother", "householdmember")),
        migrations.AddField("account", "must_change_password", models.BooleanField(default=False)),
        migrations.AddField("householdmember", "known_as", models.CharField(blank=True, default="", max_length=200)),
        migrations.AddConstraint(
            "householdmember",
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="moved_out_after_in",
            ),
        ),
    ]
