"""Seals what was written before there were keys: all of it or, when it is broken off, nothing (decision 0013).

Signed papers are fixed and some tables only grow, for the owner too; those rules rest while their words become noise.
"""

from typing import Any

from django.db import migrations

from alongside.foundations import keys

OF_CASE = ("t.case_id", "(SELECT c.agency_id FROM people_case c WHERE c.id = t.case_id)")
OF_PERSON = ("t.person_id", "(SELECT p.agency_id FROM people_person p WHERE p.id = t.person_id)")
REFERRED = "(SELECT r.client_id FROM engagement_referralin r WHERE r.id = t.referral_id)"

WRITTEN: dict[str, tuple[tuple[str, str], str]] = {
    "people_person": (("t.id", "t.agency_id"), "safe_contact"),
    "people_contactpoint": (OF_PERSON, "value"),
    "people_address": (OF_PERSON, "lines"),
    "people_significantother": (OF_PERSON, "contact may_know"),
    "people_representative": (OF_PERSON, "contact"),
    "engagement_referralin": (("t.client_id", "t.agency_id"), "source_contact reason immediate_needs answer_words"),
    "engagement_screeninganswer": ((REFERRED, "t.agency_id"), "evidence"),
    "engagement_explanation": (OF_CASE, "questions"),
    "engagement_preference": (OF_CASE, "wishes"),
    "assessment_domainentry": (OF_CASE, "worker_words client_words"),
    "assessment_finding": (OF_CASE, "objective_words client_words"),
    "documentation_need": (OF_CASE, "client_words"),
    "documentation_needdecision": (OF_CASE, "why client_words"),
    "documentation_progress": (OF_CASE, "words client_words"),
    "documentation_planversion": (OF_CASE, "roles options_told"),
    "documentation_goal": (OF_CASE, "builds_on barriers"),
    "documentation_signature": (OF_CASE, "strokes"),
    "documentation_referralout": (OF_CASE, "shares outcome feedback"),
    "documentation_note": (OF_CASE, "happened client_words client_did worker_did next_step"),
    "documentation_addendum": (OF_CASE, "words"),
    "monitoring_review": (OF_CASE, "words client_words"),
    "termination_closure": (OF_CASE, "exit_interview client_words next_stage still_here_for resources reopened_why"),
    "termination_followup": (OF_CASE, "living words"),
    "foundations_statechange": (("coalesce(t.case_id, t.paper_id)", "t.agency_id"), "reason"),
    "foundations_draft": (("t.staff_id", "t.agency_id"), "words"),
}
"""By table: whose key its words are sealed under and of which agency, and the columns that hold words."""
AT_ONCE = 2_000


def seal_all(apps: Any, schema_editor: Any) -> None:
    """Go through every table once, in the order of its keys."""
    for table, (keeper, columns) in WRITTEN.items():
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            _seal(cursor, table, keeper, columns.split())
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _seal(cursor: Any, table: str, keeper: tuple[str, str], columns: list[str]) -> None:
    last = "00000000-0000-0000-0000-000000000000"
    while True:
        cursor.execute(
            f"SELECT t.id, {keeper[0]}, {keeper[1]}, {', '.join(columns)} FROM {table} t "
            f"WHERE t.id > %s AND concat({', '.join(columns)}) <> '' ORDER BY t.id LIMIT {AT_ONCE}",
            [last],
        )
        rows = cursor.fetchall()
        if not rows:
            return
        sealed = [
            (
                *(
                    _noise(table, column, key, words, whose, agency)
                    for column, words in zip(columns, said, strict=True)
                ),
                key,
            )
            for key, whose, agency, *said in rows
        ]
        told = ", ".join(f"{column} = %s" for column in columns)
        cursor.executemany(f"UPDATE {table} SET {told} WHERE id = %s", sealed)
        last = rows[-1][0]


def _noise(table: str, column: str, key: Any, words: str, keeper: Any, agency: Any) -> str:
    if not words or keys.keeper_in(words):
        return words
    return keys.seal(words, keeper=keeper, agency=agency, place=f"{table}.{column}:{key}", using="owner")


class Migration(migrations.Migration):
    dependencies = [
        ("site", "0020_sign_ins"), ("foundations", "0023_reasons_sealed"), ("confidentiality", "0043_kept_apart_here_too"),
        ("documentation", "0040_fixed_but_for_disposal"), ("assessment", "0010_marks"),
        ("engagement", "0004_criteria_by_administrators"), ("monitoring", "0002_policy"), ("termination", "0003_reopening"),
    ]  # fmt: skip

    operations = [migrations.RunPython(seal_all, migrations.RunPython.noop)]
