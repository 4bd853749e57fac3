"""Seals the lines that lay plain: all of them or, when it is broken off, none (decision 0013)."""

from importlib import import_module
from typing import Any

from django.db import migrations

written = import_module("alongside.site.migrations.0030_seal_what_is_written")

LINES: dict[str, tuple[tuple[str, str], str]] = {
    "people_contactpoint": (written.OF_PERSON, "who_answers when_safe"),
    "people_assignment": (written.OF_CASE, "reason"),
    "people_significantother": (written.OF_PERSON, "helps"),
    "people_representative": (written.OF_PERSON, "scope"),
    "confidentiality_release": (written.OF_CASE, "signer authority witness interpreter taken_back_by"),
    "confidentiality_disclosure": (written.OF_CASE, "consulted_with"),
    "engagement_referralin": (("t.client_id", "t.agency_id"), "source directed_to"),
    "engagement_outreach": (("t.id", "t.agency_id"), "place"),
    "engagement_explanation": (written.OF_CASE, "interpreter"),
    "documentation_need": (written.OF_CASE, "title"),
    "documentation_planversion": (written.OF_CASE, "made_with"),
    "documentation_goal": (written.OF_CASE, "title"),
    "documentation_objective": (written.OF_CASE, "title indicator baseline target"),
    "documentation_activity": (written.OF_CASE, "who what how_often expected paid_by instead"),
    "documentation_signature": (written.OF_CASE, "name"),
    "documentation_progress": (written.OF_CASE, "value"),
    "documentation_service": (written.OF_CASE, "what place present"),
    "documentation_note": (written.OF_CASE, "title place present"),
    "documentation_referralout": (written.OF_CASE, "service consent_how"),
    "assessment_sitting": (written.OF_CASE, "place"),
    "monitoring_review": (written.OF_CASE, "present"),
    "termination_closure": (written.OF_CASE, "told_how"),
}
"""By table: whose key its words are sealed under and of which agency, and the columns that hold words."""


def seal_lines(apps: Any, schema_editor: Any) -> None:
    """Go through every table once, while the rules rest that keep signed papers as they are."""
    with schema_editor.connection.cursor() as cursor:
        for table, (keeper, columns) in LINES.items():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            written._seal(cursor, table, keeper, columns.split())
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


class Migration(migrations.Migration):
    dependencies = [
        ("site", "0060_new_devices_told"), ("people", "0100_lines_sealed"), ("confidentiality", "0100_names_sealed"),
        ("documentation", "0100_titles_sealed"), ("assessment", "0011_place_sealed"), ("monitoring", "0003_who_was_there"),
        ("termination", "0004_told_sealed"), ("engagement", "0014_place_sealed"),
    ]  # fmt: skip

    operations = [migrations.RunPython(seal_lines, migrations.RunPython.noop)]
