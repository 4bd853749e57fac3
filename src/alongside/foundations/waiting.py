"""What waits on a person beside the work with clients: each room puts its own kind on the shelf (practice M7)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from alongside.foundations import clock
from alongside.foundations.actor import Actor
from alongside.foundations.roles import Right
from alongside.foundations.shelf import Shelf


@dataclass(frozen=True)
class Waits:
    """One thing to do: by when, what, about whom or what, and the one address where it is done."""

    due: date
    what: str
    about: str
    action: str
    href: str

    @property
    def late(self) -> bool:
        """True when its day is past."""
        return self.due < clock.today()


Told = dict[str, Any]
"""What is told of a row by name, as JSON has it: never a sealed word."""


@dataclass(frozen=True)
class Kind:
    """A kind of thing that waits on those who hold `right`: its rows, what is told of each, and the lines they make.

    Rows are not read here: all kinds are asked for at once (`people.queries.told_at_once`).
    """

    key: str
    source: str
    right: Right
    rows: Callable[[Actor], QuerySet[Any]]
    told: Mapping[str, str]
    lines: Callable[[Actor, list[Told]], Iterable[Waits]]


WAITING: Shelf[Kind] = Shelf("waiting")


def kinds_for(actor: Actor) -> list[Kind]:
    """The kinds that can wait on `actor`."""
    return [kind for kind in WAITING if kind.right.held_by(actor.roles)]
