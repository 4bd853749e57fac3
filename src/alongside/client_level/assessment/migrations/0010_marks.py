"""Marks on findings: a narrower audience within the team (decision 0014, practice C4)."""

from pathlib import Path

import django.contrib.postgres.fields
from django.db import migrations, models

MARKS = Path(__file__).resolve().parent.parent / "marks.sql"
_MARK = models.CharField(
    choices=[
        ("psychotherapy", "Psychotherapy"), ("substance_use", "Substance use treatment"), ("hiv", "HIV"),
        ("domestic_violence", "Domestic violence"), ("immigration", "Immigration"),
    ],
    max_length=20,
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("assessment", "0003_complete_is_fixed"), ("confidentiality", "0010_who_may_see_policy")]

    operations = [
        migrations.AddField(
            "finding", "marks", django.contrib.postgres.fields.ArrayField(base_field=_MARK, blank=True, default=list, size=None)
        ),
        migrations.RunSQL(MARKS.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]  # fmt: skip
