"""Sealed words in a query that reads rows of many kinds at once: carried as they lie, and opened where they are shown.

Such a query has no rows of a model, whose attributes would open (`foundations/sealed.py`). It carries the noise together
with the place the words are bound to, as PostgreSQL knows it; noise that was moved does not open this way either.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import F, Func, TextField
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from alongside.foundations import keys
from alongside.foundations.master import Damaged


class InPlace(Func):
    """The sealed words at a path (`goal__title`) as text that `words_in_place` opens. NULL where there are none."""

    output_field = TextField()

    def __init__(self, path: str) -> None:
        super().__init__(F(path), F(f"{path.rpartition('__')[0]}__pk".removeprefix("__")))

    def as_sql(self, compiler: Any, connection: Any, *_form: str | None, **_more: Any) -> tuple[str, Any]:
        """The table and column of the words, the key of their row, and the noise, in one text."""
        words, key = self.get_source_expressions()  # resolved by now: columns of tables
        place = f"{words.target.model._meta.db_table}.{words.target.column}:"
        noise, given = compiler.compile(words)
        row, more = compiler.compile(key)
        return f"'{place}' || ({row})::text || ' ' || nullif({noise}, '')", [*more, *given]


def words_in_place(carried: str | None, beside: Collection[UUID] = ()) -> str:
    """The words that `InPlace` carried. Raises `KeyMissing`; of words that do not open, a sentence says so in their place: one
    row that somebody forged does not shut a page of many. `beside` are keepers whose words will be wanted next.
    """
    place, _space, noise = (carried or "").partition(" ")
    try:
        return keys.open_sealed(noise, place=place, beside=beside) if noise else ""
    except keys.Destroyed as gone:
        return keys.destroyed_words(gone.day)
    except Damaged:
        return _("[words that cannot be opened]")


_later = lazy(words_in_place, str)


def words_later(carried: str | None, beside: Collection[UUID] = ()) -> str:
    """The same, put off until somebody reads it: most of many rows are never shown."""
    return _later(carried, beside) if carried else ""
