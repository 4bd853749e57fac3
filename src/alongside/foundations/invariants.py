"""What must be true of the records at any moment, as a list that `alongside verify` asks one by one.

Each is one file in the `catalogue/` of the room it belongs to. Many are held by the database too; asked here, they also
answer for what was written past it: by a restore, by hand, with a rule taken off.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from django.db import connections

from alongside.foundations.shelf import Shelf


@dataclass(frozen=True)
class Invariant:
    """One thing that holds. `broken` gives the key or number of each record that breaks it, and nothing a client said.

    `said` is the sentence for each of them, with `{one}` where that key stands.
    """

    key: str
    source: str
    said: str
    broken: Callable[[], Iterable[object]]


INVARIANTS: Shelf[Invariant] = Shelf("invariants")


def by_sql(question: str) -> Callable[[], Iterable[object]]:
    """Asks the database, as its owner, for the first column of what breaks the rule."""
    return partial(_asked, question)


def _asked(question: str) -> Iterable[object]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(question)
        return [row[0] for row in cursor.fetchall()]
