"""Reads that go through a function of the database, which answers for what the policy would hide."""

import hmac
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import JSONObject

from alongside.foundations import keys
from alongside.foundations.actor import Actor, current
from alongside.foundations.waiting import Told, Waits, kinds_for
from alongside.people.models import Agency, Case, Person, PersonIdentifier

SHORTEST_NUMBER, MOST_WAITING = 4, 100


def told_at_once(actor: Actor, asked: Sequence[tuple[QuerySet[Any], Mapping[str, str]]]) -> list[list[Told]]:
    """Of each of several rows that may wait, `MOST_WAITING` at the most, what is told by name. One query for all."""
    if not asked:
        return []
    parts = [ArraySubquery(rows.values(row=JSONObject(**told))[:MOST_WAITING]) for rows, told in asked]
    found = Agency.objects.filter(pk=actor.agency).values_list(*parts).get()
    return [told or [] for told in found]


def waiting_for(actor: Actor) -> Iterator[Waits]:
    """Everything on the shelf that waits on `actor`. One query, and what the lines of a kind ask for themselves."""
    kinds = kinds_for(actor)
    for kind, told in zip(kinds, told_at_once(actor, [(one.rows(actor), one.told) for one in kinds]), strict=True):
        if told:
            yield from kind.lines(actor, told)


def email_taken(email: str) -> bool:
    """True when somebody signs in with this e-mail, in whichever agency. Answers administrators only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT email_taken(%s)", [email])
        return bool(cursor.fetchone()[0])


def people_like(name: str, *, most: int = 5, besides: tuple[UUID, ...] = ()) -> list[Person]:
    """Up to `most` persons the actor may write about whose name sounds or looks like `name`, nearest first (E8).

    `besides` are keys of persons who are not meant, such as the client whose household it is.
    """
    if not name.strip() or "\x00" in name:  # PostgreSQL knows no such letter; the form says so beside the field
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id FROM find_people(%s, %s)", [name.strip(), most + len(besides)])
        keys = [key for (key,) in cursor.fetchall() if key not in besides][:most]
    found = Person.objects.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def plain_number(number: str) -> str:
    """A number as it is compared: capitals and digits alone, since every paper writes it with other signs between."""
    return "".join(sign for sign in number.upper() if sign.isalnum())


def identifier_digest(number: str, agency: UUID) -> str:
    """What a number is looked up by: a SHA-256 under a key of the agency, in hexadecimal. Without the key it tells nothing,
    not even by trying every number there is, and two agencies that know one person have nothing in common.
    """
    return hmac.new(keys.key_of(agency, agency), plain_number(number).encode(), "sha256").hexdigest()


def cases_by_identifier(typed: str) -> list[UUID]:
    """Cases that the actor may open of whoever has this very number; none for less than four signs or without a digit."""
    number, actor = plain_number(typed), current()
    if actor is None or len(number) < SHORTEST_NUMBER or not any(sign.isdigit() for sign in number):
        return []
    whose = PersonIdentifier.objects.filter(looked_up=identifier_digest(number, actor.agency)).values("person_id")
    return list(Case.objects.filter(client_id__in=whose).order_by("-opened_on").values_list("pk", flat=True))
