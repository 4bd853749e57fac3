"""Policies of the room's tables: seen with the case, changed by those who work on it."""

from django.db import migrations

from alongside.foundations.rls import case_table


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_first"), ("documentation", "0002_policy")]

    operations = [case_table(table) for table in ("monitoring_review",)]
