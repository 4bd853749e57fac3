"""A conflict of interest closes proposals to dispose of a case, and looks at it that stand out, too (practice R6)."""

from django.db import migrations

APART = """
CREATE POLICY apart_{table} ON {table} AS RESTRICTIVE FOR ALL TO alongside_app
  USING (case_id IS NULL OR case_id <> ALL ((SELECT my_conflicts())::uuid[]));
"""


class Migration(migrations.Migration):
    dependencies = [("confidentiality", "0042_disposal")]

    operations = [
        migrations.RunSQL(APART.format(table=table), f"DROP POLICY apart_{table} ON {table}")
        for table in ("confidentiality_disposal", "confidentiality_unusuallook")
    ]
