"""What waits on a person beside the work with clients: every room's kinds, asked for at once (practice M7)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.db.models.functions import JSONObject

from alongside.foundations.actor import Actor
from alongside.foundations.waiting import Told, Waits, kinds_for
from alongside.people.models import Agency

MOST_WAITING = 100


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
