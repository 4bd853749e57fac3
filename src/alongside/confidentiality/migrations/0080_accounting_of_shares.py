"""The client's accounting says of a shared case which records could be read, and between which days (practice C2)."""

from pathlib import Path

from django.db import migrations

RECORD = Path(__file__).resolve().parent.parent / "shared_record.sql"


class Migration(migrations.Migration):
    dependencies = [("confidentiality", "0070_own_grounds")]

    operations = [migrations.RunSQL(RECORD.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)]
