"""What somebody wrote in a line about a client is theirs as much as what they wrote at length: titles, who does what, who was
there, where (decision 0013). The columns change here; what lies in them is sealed by `site`, which knows every keeper.
"""

from django.db import migrations, models

from alongside.foundations.sealed import SealedText

LINES: dict[str, dict[str, tuple[int, str | None]]] = {
    "need": {"title": (200, "the need")},
    "planversion": {"made_with": (200, None)},
    "goal": {"title": (200, "the goal")},
    "objective": {
        "title": (200, "what will be different"), "indicator": (160, "measured by"), "baseline": (60, "from"), "target": (60, "to"),
    },
    "activity": {"who": (120, None), "what": (240, None), "how_often": (80, None), "expected": (200, None), "paid_by": (120, None), "instead": (160, None)},
    "signature": {"name": (200, None)},
    "progress": {"value": (60, None)},
    "service": {"what": (200, None), "place": (120, None)},
    "note": {"title": (120, "in one line"), "place": (120, "where")},
    "referralout": {"service": (160, None), "consent_how": (120, None)},
}  # fmt: skip
"""By model and field: the most characters, and what the field is called."""


def names_in_lines(room: str, model: str) -> list[migrations.SeparateDatabaseAndState]:
    """The array of who was there becomes one text, a name a line; the column keeps its name."""
    table = f"{room}_{model}"
    sql = f"""
    ALTER TABLE {table} ALTER COLUMN present DROP DEFAULT;
    ALTER TABLE {table} ALTER COLUMN present TYPE text USING array_to_string(present, E'\\n');
    """
    there = SealedText(blank=True, db_column="present", default="")
    return [
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(sql, migrations.RunSQL.noop)],
            [migrations.RemoveField(model, "present"), migrations.AddField(model, "there", there)],
        )
    ]


class Migration(migrations.Migration):
    dependencies = [("documentation", "0051_documents_policy"), ("people", "0100_lines_sealed")]

    operations = [
        migrations.RemoveConstraint("signature", "signs_once"),
        *names_in_lines("documentation", "note"),
        *names_in_lines("documentation", "service"),
        *[
            migrations.AlterField(
                model, name, SealedText(blank=True, default="", max_length=most, **({"verbose_name": called} if called else {}))
            )
            for model, fields in LINES.items()
            for name, (most, called) in fields.items()
        ],
        migrations.AddConstraint(
            "signature",
            models.UniqueConstraint(
                fields=("version", "capacity"), condition=models.Q(("capacity", "family"), _negated=True), name="place_signed_once"
            ),
        ),
    ]  # fmt: skip
