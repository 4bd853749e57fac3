"""Names are found without their accents, in any script, and by every name a person is known by."""

from pathlib import Path

from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations

SEARCH = Path(__file__).resolve().parent.parent / "search.sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0004_policy_closer")]

    operations = [
        UnaccentExtension(),
        migrations.RunSQL(SEARCH.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
