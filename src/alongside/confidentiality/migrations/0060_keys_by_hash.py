"""Rows are compared with the keys of one's cases and clients by a hash, not one after another (decision 0022)."""

from pathlib import Path

from django.db import migrations

HASHED = Path(__file__).resolve().parent.parent / "hashed.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("confidentiality", "0044_documents_leave"), ("people", "0071_numbers_of_offices"), ("assessment", "0010_marks"),
        ("documentation", "0051_documents_policy"),
    ]  # fmt: skip

    operations = [migrations.RunSQL(HASHED.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)]
