"""A closure that was undone says when, by whom and why."""

import django.db.models.deletion
from django.db import migrations, models

from alongside.foundations.sealed import SealedText


class Migration(migrations.Migration):
    dependencies = [("termination", "0002_policy"), ("people", "0001_first")]

    operations = [
        migrations.AddField("closure", "reopened_on", models.DateField(blank=True, null=True)),
        migrations.AddField(
            "closure", "reopened_why", SealedText(blank=True, default="", verbose_name="why the case was reopened")
        ),
        migrations.AddField(
            "closure",
            "reopened_by",
            models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.staff"
            ),
        ),
    ]
