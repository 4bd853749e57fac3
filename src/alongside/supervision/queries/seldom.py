"""What seldom waits: one question asks which of it there is, and only that is then read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Exists, QuerySet

from alongside.confidentiality.models import Disclosure, RestsOn
from alongside.confidentiality.queries.policies import in_force
from alongside.confidentiality.queries.urgent import unjudged
from alongside.foundations.actor import Actor
from alongside.foundations.roles import SUPERVISE
from alongside.people.models import Agency
from alongside.supervision.queries import waiting
from alongside.supervision.queries.carried import Carried
from alongside.supervision.queries.consent import consultation_lines, ending, release_lines
from alongside.supervision.queries.waiting import Line

Kind = tuple[QuerySet[Any], Callable[[], Iterable[Line]]]


def seldom_lines(actor: Actor, line: list[UUID], held: Mapping[UUID, Carried]) -> Iterator[Line]:
    """Conflicts, colleagues who left, consultations owed, releases that end, policies to read. One query where there is none."""
    owed = Disclosure.objects.filter(case_id__in=list(held), rests_on=RestsOn.GROUND, consulted_at=None)
    kinds: list[Kind] = [
        (owed, lambda: consultation_lines(held)),
        (ending(held), lambda: release_lines(held)),
        (in_force(actor).filter(read=False), lambda: waiting.policy_lines(actor)),
    ]
    if len(line) > 1:
        kinds += [
            (waiting.kept_apart(line), lambda: waiting.apart_lines(line)),
            (waiting.left_behind(held), lambda: waiting.left_lines(held)),
        ]
    if SUPERVISE.held_by(actor.roles):
        kinds.append((unjudged(actor), lambda: waiting.urgent_lines(actor)))
    there = Agency.objects.filter(pk=actor.agency).values_list(*(Exists(rows) for rows, _lines in kinds)).get()
    for any_of_it, (_rows, lines) in zip(there, kinds, strict=True):
        if any_of_it:
            yield from lines()
