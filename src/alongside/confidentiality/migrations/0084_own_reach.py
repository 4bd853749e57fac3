"""A case is found by name among the actor's own clients, where these are few."""

from pathlib import Path

from django.db import migrations

REACH = Path(__file__).resolve().parent.parent / "own_reach.sql"


class Migration(migrations.Migration):
    dependencies = [("confidentiality", "0083_hold_or_disposal")]

    operations = [migrations.RunSQL(REACH.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)]
