"""Reads about clients listed under an alias: who may know the true name reads and finds it; nobody else (practice C4)."""

import unicodedata
from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

from django.db import connection

from alongside.confidentiality.models import TrueName
from alongside.people.models import Case, Person

NEAR = 0.75
"""From how much of likeness on, of 1, a word that was typed is taken for a word of a name."""


def true_name_of(case: Case) -> TrueName | None:
    """The client's true names, for whoever may know them; None for all others, and where there is no alias."""
    return TrueName.objects.filter(person_id=case.client_id).first()


def under_alias(person: UUID) -> bool:
    """Whether a person whom the actor sees is listed under an alias."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT under_alias(%s)", [person])
        return bool(cursor.fetchone()[0])


def name_hidden(client: Person) -> bool:
    """Whether somebody is listed under an alias and the actor may not know their true name. Asked once for a page."""
    kept = vars(client)
    if "name_hidden" not in kept:
        kept["name_hidden"] = under_alias(client.pk) and not TrueName.objects.filter(person_id=client.pk).exists()
    return bool(kept["name_hidden"])


def as_listed(written: str, client: Person) -> str:
    """What was written of somebody who is mostly the client; the alias for those who may not know the name."""
    return client.preferred_name if written and name_hidden(client) else written


def done_by(activity: Any, client: Person) -> str:
    """Who does an activity of a plan: the form suggests the client's first name where it is the client."""
    written: str = activity.who
    return as_listed(written, client) if activity.actor == "client" else written


def cases_by_true_name(typed: str, most: int = 25) -> list[UUID]:
    """Cases of clients whose true name is near to what was typed, of those whose true name the actor may know.

    True names are sealed, so they are compared here and not in the database; few clients have one.
    """
    words = _plain(typed).split()
    if not words:
        return []
    known = [
        one.person_id for one in TrueName.objects.all() if _is_near(words, f"{one.name} {one.legal_name} {one.others}")
    ]
    return (
        list(Case.objects.filter(client_id__in=known).order_by("-opened_on").values_list("pk", flat=True)[:most])
        if known
        else []
    )


def _is_near(words: list[str], names: str) -> bool:
    there = _plain(names).split()
    return all(
        any(name.startswith(word) or SequenceMatcher(None, word, name).ratio() >= NEAR for name in there)
        for word in words
    )


def _plain(name: str) -> str:
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(letter)
    )
