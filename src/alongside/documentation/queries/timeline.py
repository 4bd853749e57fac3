"""One page of the timeline, newest first, read across every kind by a single query (practice D2, D4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property, lru_cache
from typing import Any, cast
from uuid import UUID

from django.db import connection
from django.db.models import (
    CharField,
    DateTimeField,
    Expression,
    F,
    Func,
    JSONField,
    Q,
    QuerySet,
    TextField,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast
from django.utils import timezone

from alongside.documentation.models.note import NoteState
from alongside.documentation.queries.events import TIMELINE, Event, Kind, Read, Row, Words
from alongside.foundations.addresses import address
from alongside.foundations.asked import Given, Question
from alongside.foundations.in_place import InPlace, words_in_place
from alongside.people.models import Case

PAGE = 40


@dataclass(frozen=True)
class Shown:
    """An event as the page draws it."""

    kind: Kind
    row: Row
    event: Event
    words: Words

    @cached_property
    def local(self) -> datetime:
        """The moment it happened, where the agency is."""
        return timezone.localtime(self.row.at)

    @property
    def day(self) -> date:
        """The day it happened."""
        return self.local.date()

    @property
    def hour(self) -> str:
        """The hour on the 24-hour clock, or nothing where only the day is known."""
        return f"{self.local:%H:%M}" if self.local.time() != time.min else ""

    @property
    def address(self) -> str:
        """The page of what the event is about, or an empty string."""
        return address(self.event.place[0], *self.event.place[1]) if self.event.place else ""


@dataclass(frozen=True)
class Wanted:
    """What of the timeline is asked for: groups of kinds (none means all), and days, both included."""

    groups: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Page:
    """One page of events and the cursor of the next, or an empty string."""

    events: Sequence[Shown]
    older: str = ""


def groups() -> list[tuple[str, str]]:
    """The filter chips: each group once, with its words."""
    return list({kind.group: str(kind.label) for kind in reversed(list(TIMELINE))}.items())[::-1]


def timeline(case: Case, wanted: Wanted, before: str = "", size: int = PAGE) -> Page:
    """The events of a case before a cursor, `size` of them. One query, and one more for each kind that has words."""
    found = _rows(case.pk, wanted, _cursor(before), size + 1)
    older = _as_cursor(found[size - 1]) if len(found) > size else ""
    return Page(_told(case.pk, found[:size]), older)


@dataclass(frozen=True)
class ClosedNote:
    """A note that the reader may not open: its day and how it stands, nothing else (decision 0014)."""

    on: date
    state: str

    @property
    def standing(self) -> str:
        """How it stands, in words."""
        return str(NoteState(self.state).label)


def closed_notes(case: Case) -> list[ClosedNote]:
    """Marked notes of a case that the reader may not open, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT closed_notes(%s)", [case.pk])
        told = {row[0][0]: ClosedNote(date.fromisoformat(row[0][4]), row[0][8]) for row in cursor.fetchall()}
    return sorted(told.values(), key=lambda one: one.on, reverse=True)


def whole_record(case: Case) -> Sequence[Shown]:
    """Every event of a case, oldest first, for the printed file."""
    return _told(case.pk, _rows(case.pk, Wanted(), None, None)[::-1])


def _told(case: UUID, rows: Sequence[Row]) -> list[Shown]:
    words = {
        kind.key: kind.words([row.id for row in rows if row.kind == kind.key])
        for kind in TIMELINE
        if any(row.kind == kind.key for row in rows)
    }
    return [
        Shown(TIMELINE[row.kind], row, TIMELINE[row.kind].event(case, row), words[row.kind].get(row.id, Words()))
        for row in rows
    ]


Cursor = tuple[datetime, UUID, str]


@dataclass(frozen=True)
class _Shape:
    """What makes one question differ from another; everything else about it is given when it is asked."""

    groups: frozenset[str]
    since: bool
    until: bool
    step: str | None
    limit: int | None


def _rows(case: UUID, wanted: Wanted, before: Cursor | None, limit: int | None) -> list[Row]:
    until = wanted.until if wanted.until and wanted.until < date.max else None
    moment, key, step = before or (None, None, None)
    shape = _Shape(wanted.groups, wanted.since is not None, until is not None, step, limit)
    found = _question(shape).ask(
        case=case, zone=timezone.get_current_timezone_name(), moment=moment, key=key,
        since=wanted.since and _begin(wanted.since), until=until and _begin(until + timedelta(days=1)),
    )  # fmt: skip
    return [Row(kind, step, key, at, _opened(kind, step, columns)) for at, key, step, kind, columns in found]


@cache
def _lying(kind: str, step: str) -> tuple[str, ...]:
    """The columns of a read that come as sealed words."""
    columns = next(read.columns for read in TIMELINE[kind].reads() if read.step == step)
    parts = {name: one.flatten() if isinstance(one, Expression) else [one] for name, one in columns.items()}
    return tuple(name for name, several in parts.items() if any(isinstance(one, InPlace) for one in several))


def _opened(kind: str, step: str, columns: dict[str, Any]) -> dict[str, Any]:
    for name in _lying(kind, step):
        lies = columns[name]
        columns[name] = [words_in_place(one) for one in lies] if isinstance(lies, list) else words_in_place(lies)
    return columns


@lru_cache(maxsize=500)
def _question(shape: _Shape) -> Question:
    return Question(lambda: _all(shape))


def _all(shape: _Shape) -> QuerySet[Any, Any]:
    kinds = [kind for kind in TIMELINE if not shape.groups or kind.group in shape.groups]
    first, *others = [_part(kind, read, shape) for kind in kinds for read in kind.reads()]
    # One read alone is in order and cut to size already, and Django does not order a cut query again.
    found: Any = first.union(*others, all=True).order_by("-moment_of", "-key_of", "-step_of") if others else first
    return cast(QuerySet[Any, Any], found[: shape.limit])


def _part(kind: Kind, read: Read, shape: _Shape) -> QuerySet[Any, Any]:
    at = F(read.at) if read.hour else _midnight(read.at)
    here = read.rows.filter(case=Given("case", UUIDField()))
    rows: Any = here.annotate(moment_of=at).filter(moment_of__isnull=False)
    if shape.since:
        rows = rows.filter(moment_of__gte=Given("since", DateTimeField()))
    if shape.until:
        rows = rows.filter(moment_of__lt=Given("until", DateTimeField()))
    if shape.step is not None:
        moment, key = Given("moment", DateTimeField()), Given("key", UUIDField())
        after_it = Q(pk__lte=key) if read.step < shape.step else Q(pk__lt=key)
        rows = rows.filter(Q(moment_of__lt=moment) | Q(moment_of=moment) & after_it)
    rows = rows.annotate(
        key_of=F("pk"), step_of=Value(read.step, CharField()), kind_of=Value(kind.key, CharField()),
        columns_of=Columns(**read.columns),
    )  # fmt: skip
    rows = rows.order_by("-moment_of", "-pk").values_list("moment_of", "key_of", "step_of", "kind_of", "columns_of")
    return cast(QuerySet[Any, Any], rows[: shape.limit])


class Columns(Func):
    """Columns by name as one JSON object, so that rows of different kinds come by one query."""

    function, output_field = "json_build_object", JSONField()

    def __init__(self, **columns: Any) -> None:
        named = {Cast(Value(name), TextField()): column for name, column in columns.items()}
        super().__init__(*[part for pair in named.items() for part in pair])


def _midnight(field: str) -> Func:
    """The moment at which a day begins where the agency is."""
    zone = Given("zone", CharField())
    return Func(zone, F(field), template="timezone(%(expressions)s::timestamp)", output_field=DateTimeField())


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _cursor(text: str) -> Cursor | None:
    """A cursor from an address; None for the newest page, and for what is no cursor."""
    try:
        moment, key, step = text.split("_", 2)
        return datetime.fromtimestamp(int(moment) / 1_000_000, UTC), UUID(key), step
    except (ValueError, OverflowError, OSError):
        return None


def _as_cursor(row: Row) -> str:
    whole = (row.at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    return f"{whole}_{row.id}_{row.step}"
