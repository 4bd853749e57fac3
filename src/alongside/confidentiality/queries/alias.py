"""Reads about clients listed under an alias: who may know the true name reads and finds it; nobody else (practice C4).

Lines that name people were typed before there was an alias. Where the record itself says that the line is the client, the
alias takes its place. Where anybody may stand in it, it is read whole or not at all: the alias there would say that the
client did what another may have done.
"""

import unicodedata
from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from alongside.confidentiality.models import TrueName
from alongside.people.models import Case, Person, Representative, SignificantOther

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
    """A name that the record says is the client's; the alias for those who may not know it."""
    return client.preferred_name if written and name_hidden(client) else written


def signed_by(paper: Any, client: Person) -> str:
    """The name under a release or a plan; the capacity says whose it is."""
    written: str = getattr(paper, "signer", "") or getattr(paper, "name", "")
    return as_listed(written, client) if paper.capacity == "client" else written


def told_to(disclosure: Any, client: Person) -> str:
    """To whom something left; where nobody is named it went to the client."""
    return str(disclosure.recipient) or client.preferred_name


def done_by(activity: Any, client: Person) -> str:
    """Who does an activity of a plan: the form suggests the client's first name where it is the client."""
    written: str = activity.who
    return as_listed(written, client) if activity.actor == "client" else written


def whole_or_not(written: str, client: Person) -> str:
    """A line in which anybody may be named; a neutral word for those who may not know the name, unless it is known to them."""
    return _("[name kept private]") if may_not_read(written, client) else written


def may_not_read(written: str, client: Person) -> bool:
    """Whether a line in which anybody may be named is kept from the actor."""
    return bool(written) and name_hidden(client) and written.strip().casefold() not in _known(client)


def taken_back_by(release: Any, client: Person) -> str:
    """Who took a release back: whoever signed it, if the line says the same as the signature, else whoever is named there."""
    written: str = release.taken_back_by
    if written and written.strip().casefold() == release.signer.strip().casefold():
        return signed_by(release, client)
    return whole_or_not(written, client)


def made_with(version: Any, client: Person) -> str:
    """With whom a version of the plan was made."""
    return whole_or_not(version.made_with, client)


def _known(client: Person) -> frozenset[str]:
    """The alias, and the names of those around the client as the actor reads them under People. Asked once for a page."""
    kept = vars(client)
    if "names_around" not in kept:
        around = Representative.objects.filter(person=client.pk).values_list("name", flat=True)
        others = SignificantOther.objects.filter(person=client.pk).values_list("name", flat=True)
        kept["names_around"] = frozenset(
            name.strip().casefold() for name in (client.preferred_name, *around.union(others))
        )
    known: frozenset[str] = kept["names_around"]
    return known


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
