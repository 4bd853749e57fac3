"""An agency that has written with an older version: on the upgrade its plain lines become noise, and each reads as before (C1, C4)."""

from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from alongside.client_level.engagement.actions.outreach import outreach_record
from alongside.confidentiality.actions import Leave, disclosure_make
from alongside.foundations.actor import acting
from tests.access.routes import whole_record
from tests.disposing import Reader, told_to_the_owner
from tests.door import a_round

pytestmark = [pytest.mark.django_db(databases=["default", "looks", "owner"]), pytest.mark.demand("C4")]

upgrade = import_module("alongside.site.migrations.0070_seal_lines")
names = import_module("alongside.confidentiality.migrations.0100_names_sealed")
titles = import_module("alongside.documentation.migrations.0100_titles_sealed")


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
        outreach_record(there.ines, program=there.program, values=a_round())
        wrote = plain_again(reader)
        assert {table for table, *_rest in wrote} == set(upgrade.LINES), "a row in each table"
        upgrade.seal_lines(apps, SimpleNamespace(connection=connection))
        reader.cursor.execute("SET LOCAL ROLE alongside_app")
        assert reader.where_is("plain documentation", "plain people", "plain confidentiality", "plain ") == {}
        models = {model._meta.db_table: model for model in apps.get_models()}
        for table, column, key, words in wrote:
            field = next(one for one in models[table]._meta.concrete_fields if one.column == column)
            with acting(there.ines if table == "engagement_outreach" else there.maren):
                assert getattr(models[table]._default_manager.get(pk=key), field.attname) == words


def test_what_went_to_the_client_names_nobody_after_the_upgrade(django_db_setup: None) -> None:
    with told_to_the_owner() as (there, reader):
        told: dict[str, Any] = {
            "recipient": "",
            "leave": Leave(),
            "ticked": ["identity:name"],
            "purpose": "She asked for it",
        }
        made = disclosure_make(there.maren, case=there.sama, **told)
        reader.cursor.execute("RESET ROLE")
        reader.cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in (
            "ALTER TABLE confidentiality_disclosure DROP CONSTRAINT recipient_is_named_once",
            "ALTER TABLE confidentiality_disclosure DISABLE TRIGGER USER",
            "UPDATE confidentiality_disclosure SET recipient = 'Sama Othman'",
            "ALTER TABLE confidentiality_disclosure ENABLE TRIGGER USER",
            names.TO_CLIENT,
        ):
            reader.cursor.execute(statement)
        assert reader.rows("SELECT recipient FROM confidentiality_disclosure WHERE id = %s", made.pk) == [("",)]


def test_the_array_of_who_was_there_becomes_a_line_for_each(django_db_setup: None) -> None:
    with told_to_the_owner() as (_there, reader):
        reader.cursor.execute("RESET ROLE")
        reader.cursor.execute("CREATE TABLE old_visit (present varchar(80)[] NOT NULL DEFAULT '{}')")
        reader.cursor.execute("INSERT INTO old_visit VALUES ('{Sama,\"Aunt Huda, upstairs\"}'), ('{}')")
        (change,) = titles.names_in_lines("old", "visit")
        reader.cursor.execute(change.database_operations[0].sql)
        reader.cursor.execute("SELECT present FROM old_visit ORDER BY present")
        assert reader.cursor.fetchall() == [("",), ("Sama\nAunt Huda, upstairs",)]
