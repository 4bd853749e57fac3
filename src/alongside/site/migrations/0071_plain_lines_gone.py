"""Writes anew the tables whose lines were sealed: PostgreSQL leaves what a row was before in its place on the disk, and a disk
can be stolen too (decision 0013). No transaction may be open while it does; called again, it does it again.
"""

from importlib import import_module
from typing import Any

from django.db import migrations

sealed = import_module("alongside.site.migrations.0070_seal_lines")


def write_anew(apps: Any, schema_editor: Any) -> None:
    """Table by table, each locked meanwhile."""
    with schema_editor.connection.cursor() as cursor:
        for table in sealed.LINES:
            cursor.execute(f"VACUUM (FULL, ANALYZE) {table}")
        cursor.execute("VACUUM (FULL) pg_statistic")  # which samples values; skipped where it is not ours to write


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("site", "0070_seal_lines")]

    operations = [migrations.RunPython(write_anew, migrations.RunPython.noop, atomic=False)]
