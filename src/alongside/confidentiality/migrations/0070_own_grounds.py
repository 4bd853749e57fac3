"""The grounds on which a whole case is open are asked for without those on which a part of it is shared."""

from pathlib import Path

from django.db import migrations

GROUNDS = Path(__file__).resolve().parent.parent / "own_grounds.sql"


class Migration(migrations.Migration):
    dependencies = [("confidentiality", "0061_sharing_policy"), ("people", "0090_grounds_in_the_index")]

    operations = [migrations.RunSQL(GROUNDS.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)]
