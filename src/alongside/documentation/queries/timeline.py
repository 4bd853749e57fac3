"""One page of the timeline, newest first, read across every kind by a single query (practice D2, D4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast
from uuid import UUID

from django.db.models import CharField, DateTimeField, F, Func, Q, QuerySet, Value
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone

from alongside.documentation.queries.events import TIMELINE, Event, Kind, Read, Row, Words
from alongside.people.models import Case

PAGE = 40


@dataclass(frozen=True)
class Shown:
    """An event as the page draws it."""

    kind: Kind
    row: Row
    event: Event
    words: Words

    @property
    def day(self) -> date:
        """The day it happened."""
        return timezone.localtime(self.row.at).date()

    @property
    def hour(self) -> str:
        """The hour on the 24-hour clock, or nothing where only the day is known."""
        local = timezone.localtime(self.row.at)
        return f"{local:%H:%M}" if local.time() != time.min else ""

    @property
    def address(self) -> str:
        """The page of what the event is about, or an empty string."""
        return reverse(self.event.place[0], args=self.event.place[1]) if self.event.place else ""


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


def _rows(case: UUID, wanted: Wanted, before: Cursor | None, limit: int | None) -> list[Row]:
    kinds = [kind for kind in TIMELINE if not wanted.groups or kind.group in wanted.groups]
    parts = [_part(kind, read, wanted, before, limit) for kind in kinds for read in kind.reads(case)]
    if not parts:
        return []
    first, *others = parts
    # One read alone is in order and cut to size already, and Django does not order a cut query again.
    found: Any = first.union(*others, all=True).order_by("-moment_of", "-key_of", "-step_of") if others else first
    return [Row(kind, step, key, at, columns) for at, key, step, kind, columns in found[:limit]]


def _part(kind: Kind, read: Read, wanted: Wanted, before: Cursor | None, limit: int | None) -> QuerySet[Any, Any]:
    at = F(read.at) if read.hour else _midnight(read.at)
    rows: Any = read.rows.annotate(moment_of=at).filter(moment_of__isnull=False)
    if wanted.since:
        rows = rows.filter(moment_of__gte=_begin(wanted.since))
    if wanted.until and wanted.until < date.max:
        rows = rows.filter(moment_of__lt=_begin(wanted.until + timedelta(days=1)))
    if before:
        moment, key, step = before
        after_it = Q(pk__lte=key) if read.step < step else Q(pk__lt=key)
        rows = rows.filter(Q(moment_of__lt=moment) | Q(moment_of=moment) & after_it)
    rows = rows.annotate(
        key_of=F("pk"), step_of=Value(read.step, CharField()), kind_of=Value(kind.key, CharField()),
        columns_of=JSONObject(**read.columns) if read.columns else JSONObject(none=Value(1)),
    )  # fmt: skip
    rows = rows.order_by("-moment_of", "-pk").values_list("moment_of", "key_of", "step_of", "kind_of", "columns_of")
    return cast(QuerySet[Any, Any], rows[:limit])


def _midnight(field: str) -> Func:
    """The moment at which a day begins where the agency is."""
    zone = Value(timezone.get_current_timezone_name(), CharField())
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
