"""Rows that were written before there were stamps get theirs, once; from here on a row without one is not ours."""

from typing import Any

from django.db import migrations

from alongside.foundations.trail.stamps import FORMS, SOURCES, TELLS, stamp_of, told_of

AT_ONCE = 5_000


def stamp_all(apps: Any, schema_editor: Any) -> None:
    """Stamp what has none. The tables only grow, for the owner too, so that rule rests meanwhile."""
    _digest_deeds(schema_editor)
    with schema_editor.connection.cursor() as cursor:
        for table in SOURCES:
            columns = ", ".join(f'"{name}"' for name in FORMS[table][0])
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER append_only_{table}")
            while True:
                cursor.execute(f"SELECT {columns} FROM {table} WHERE stamp = ''::bytea LIMIT {AT_ONCE}")
                rows = cursor.fetchall()
                if not rows:
                    break
                stamps = [(stamp_of(table, row, form=1), row[0]) for row in rows]
                cursor.executemany(f"UPDATE {table} SET stamp = %s WHERE id = %s", stamps)
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER append_only_{table}")


def _digest_deeds(schema_editor: Any) -> None:
    """Work out what each deed tells, which its stamp covers."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("ALTER TABLE foundations_deed DISABLE TRIGGER append_only_foundations_deed")
        while True:
            cursor.execute(f"SELECT id, {', '.join(TELLS)} FROM foundations_deed WHERE told = '' LIMIT {AT_ONCE}")
            rows = cursor.fetchall()
            if not rows:
                break
            told = [(told_of(*tells), key) for key, *tells in rows]
            cursor.executemany("UPDATE foundations_deed SET told = %s WHERE id = %s", told)
        cursor.execute("ALTER TABLE foundations_deed ENABLE TRIGGER append_only_foundations_deed")


class Migration(migrations.Migration):
    dependencies = [("foundations", "0020_trail"), ("people", "0002_policy")]

    operations = [migrations.RunPython(stamp_all, migrations.RunPython.noop)]
