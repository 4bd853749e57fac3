"""An agency that has written with an older version: on the upgrade its plain lines become noise, and each reads as before (C1, C4)."""

from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from alongside.foundations.actor import acting
from tests.access.routes import whole_record
from tests.disposing import Reader, told_to_the_owner

pytestmark = [pytest.mark.django_db(databases=["default", "looks", "owner"]), pytest.mark.demand("C4")]

upgrade = import_module("alongside.site.migrations.0070_seal_lines")


def plain_again(reader: Reader) -> list[tuple[str, str, Any, str]]:
    """Every line of every row as the older version left it: table, column, key and words."""
    wrote = []
    reader.cursor.execute("RESET ROLE")
    reader.cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table, (_keeper, columns) in upgrade.LINES.items():
        reader.cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        reader.cursor.execute(f"SELECT id FROM {table}")  # noqa: S608  (our own names)
        for (key,) in reader.cursor.fetchall():
            for column in columns.split():
                words = f"plain {table} {column}"
                reader.cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [words, key])  # noqa: S608
                wrote.append((table, column, key, words))
        reader.cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    return wrote


def test_lines_that_lay_plain_are_sealed_by_the_upgrade_and_read_as_before(django_db_setup: None) -> None:
    with told_to_the_owner() as (there, reader):
        whole_record(there, there.sama, "maren")
        wrote = plain_again(reader)
        assert {table for table, *_rest in wrote} == set(upgrade.LINES), "a row in each table"
        upgrade.seal_lines(apps, SimpleNamespace(connection=connection))
        reader.cursor.execute("SET LOCAL ROLE alongside_app")
        assert reader.where_is("plain documentation", "plain people", "plain confidentiality", "plain ") == {}
        models = {model._meta.db_table: model for model in apps.get_models()}
        with acting(there.maren):
            for table, column, key, words in wrote:
                field = next(one for one in models[table]._meta.concrete_fields if one.column == column)
                assert getattr(models[table]._default_manager.get(pk=key), field.attname) == words
