"""What waits on a person beside the work with clients: each room puts its own kind on the shelf (practice M7)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True)
class Kind:
    """A kind of thing that waits on those who hold `right`. `rows` asks the database once."""

    key: str
    source: str
    right: Right
    rows: Callable[[Actor], Iterable[Waits]]


WAITING: Shelf[Kind] = Shelf("waiting")


def waiting_for(actor: Actor) -> Iterator[Waits]:
    """Everything on the shelf that waits on `actor`."""
    for kind in WAITING:
        if kind.right.held_by(actor.roles):
            yield from kind.rows(actor)
