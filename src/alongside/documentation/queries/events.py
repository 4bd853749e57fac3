"""The shelf of what a timeline shows. Each room puts its own kinds there, one file a kind (practice D2).

A kind says which rows it reads, so that one query orders all kinds together; titles come with them (`InPlace`). What was
written at length is fetched after that, for the rows that a page shows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.foundations.shelf import Shelf


@dataclass(frozen=True)
class Read:
    """Rows of one kind, which have a case: when each happened, and the columns its event needs.

    Which case it is, is said once, by the timeline.

    `hour` is True where that field is a moment, not a day. `step` tells several reads of one kind apart: a referral is
    sent, and later answered.
    """

    rows: QuerySet[Any]
    at: str
    columns: Mapping[str, Any] = field(default_factory=dict)
    step: str = ""
    hour: bool = False


@dataclass(frozen=True)
class Row:
    """A row as the timeline got it. `at` is the moment it happened; a day without an hour begins at midnight."""

    kind: str
    step: str
    id: UUID
    at: datetime
    columns: Mapping[str, Any]

    def day(self, name: str) -> date | None:
        """The date in a column, or None."""
        value = self.columns.get(name)
        return date.fromisoformat(value) if value else None

    def moment(self, name: str) -> datetime | None:
        """The moment in a column, or None."""
        value = self.columns.get(name)
        return datetime.fromisoformat(value) if value else None


@dataclass(frozen=True)
class Words:
    """The sealed words of one event: paragraphs with a label each, the client's own, and what was added later."""

    told: Sequence[tuple[str, str]] = ()
    client: str = ""
    added: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Event:
    """One line of the timeline. `tags` are words with a class and an icon; `late_days` how long after it was written."""

    title: str
    detail: str = ""
    place: tuple[str, tuple[UUID, ...]] | None = None
    link: str = ""
    by: str = ""
    tags: Sequence[tuple[str, str, str]] = ()
    late_days: int | None = None

    @property
    def has_more(self) -> bool:
        """True when something stands below its title."""
        return bool(self.link or self.tags or self.by or self.late_days)

    @property
    def late(self) -> str:
        """How long after it was written, in words; empty where that is not known."""
        if self.late_days is None:
            return ""
        if self.late_days <= 0:
            return _("Written the same day")
        said = ngettext("Written %(days)d day after", "Written %(days)d days after", self.late_days)
        return said % {"days": self.late_days}


def _no_words(rows: Sequence[UUID]) -> dict[UUID, Words]:
    return {}


@dataclass(frozen=True)
class Kind:
    """A kind of event: its filter chip (`group`), its icon, and how it is read, told and filled with words."""

    key: str
    source: str
    group: str
    label: str | Promise
    icon: str
    reads: Callable[[], Sequence[Read]]
    event: Callable[[UUID, Row], Event]
    words: Callable[[Sequence[UUID]], dict[UUID, Words]] = field(default=_no_words)


TIMELINE: Shelf[Kind] = Shelf("timeline")
