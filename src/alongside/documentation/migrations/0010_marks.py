"""Marks on notes: a narrower audience within the team, for their addenda and links too (decision 0014, practice C4).

Who may not open a marked note is told that there is one, its day and its standing, so that the Thread does not call a
break what is none.
"""

from pathlib import Path

import django.contrib.postgres.fields
from django.db import migrations, models

from alongside.foundations.rls import fixed_when

MARKS = Path(__file__).resolve().parent.parent / "marks.sql"
_LINK_OF_SIGNED = "coalesce((SELECT n.state <> 'draft' FROM documentation_note n WHERE n.id = OLD.note_id), true)"
_MARK = models.CharField(
    choices=[
        ("psychotherapy", "Psychotherapy"), ("substance_use", "Substance use treatment"), ("hiv", "HIV"),
        ("domestic_violence", "Domestic violence"), ("immigration", "Immigration"),
    ],
    max_length=20,
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("documentation", "0005_unsent_referral"), ("confidentiality", "0010_who_may_see_policy")]

    operations = [
        migrations.AddField(
            "note", "marks", django.contrib.postgres.fields.ArrayField(base_field=_MARK, blank=True, default=list, size=None)
        ),
        migrations.AddField("notelink", "marked", models.BooleanField(default=False, editable=False)),
        fixed_when(
            "documentation_note", "OLD.state <> 'draft'",
            may_change=("state", "cosigner_id", "cosigned_at", "stands_alone", "marks"), again=True,
        ),
        fixed_when("documentation_notelink", _LINK_OF_SIGNED, may_change=("marked",), again=True),
        migrations.RunSQL(MARKS.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]  # fmt: skip
