"""Rows are compared with the keys of one's cases and clients by a hash, not one after another (decision 0019)."""

from pathlib import Path

from django.db import migrations

HASHED = Path(__file__).resolve().parent.parent / "hashed.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("confidentiality", "0043_kept_apart_here_too"), ("people", "0070_who_lives_with_her"), ("assessment", "0010_marks"),
        ("documentation", "0040_fixed_but_for_disposal"),
    ]  # fmt: skip

    operations = [migrations.RunSQL(HASHED.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)]
