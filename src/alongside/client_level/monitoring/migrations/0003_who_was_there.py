"""Who was there at a review, sealed (see documentation 0100)."""

from importlib import import_module

from django.db import migrations

names_in_lines = import_module("alongside.documentation.migrations.0100_titles_sealed").names_in_lines


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0002_policy"), ("documentation", "0100_titles_sealed")]

    operations = names_in_lines("monitoring", "review")
