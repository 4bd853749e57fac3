"""The functions of retention and disposal, and that nothing on hold goes (practice D6, decision 0017)."""

from pathlib import Path

from django.db import migrations

DISPOSAL = Path(__file__).resolve().parent.parent / "disposal.sql"


class Migration(migrations.Migration):
    dependencies = [("confidentiality", "0041_policies_of_the_database")]

    operations = [migrations.RunSQL(DISPOSAL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)]
