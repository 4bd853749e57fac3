"""A name that sounds like the one that is typed, or has two slips in it, is found among one's own clients."""

from pathlib import Path

from django.contrib.postgres.operations import CreateExtension
from django.db import migrations

ALIKE = Path(__file__).resolve().parent.parent / "names_alike.sql"


class Migration(migrations.Migration):
    dependencies = [("confidentiality", "0090_outreach_kept")]

    operations = [
        CreateExtension("fuzzystrmatch"),
        migrations.RunSQL(ALIKE.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
