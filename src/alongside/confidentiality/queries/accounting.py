"""What another agency could read of a case, record by record, and who of theirs opened it (practice C2, C5, decision 0021)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from alongside.confidentiality.models import CaseShare, Category
from alongside.confidentiality.queries.sharing import SHOWN_PAGE
from alongside.foundations import looks
from alongside.foundations.models import Look
from alongside.people.models import Case


@dataclass(frozen=True)
class Readable:
    """One record, of the day `on`, that could be read from `since` on; `until` is the last day, or None while it is open."""

    kind: str
    on: date | None
    since: date
    until: date | None


@dataclass(frozen=True)
class Opened:
    """One of theirs who opened a part, and every moment at which they did."""

    who: str
    at: tuple[datetime, ...]


@dataclass(frozen=True)
class PartShared:
    """A part of the record: what of it could be read, and by whom it was opened."""

    name: str
    records: tuple[Readable, ...]
    opened: tuple[Opened, ...]

    @property
    def lines(self) -> list[tuple[Readable, int]]:
        """The records, with those of which the same is told as one, and how many that are."""
        return list(Counter(self.records).items())


@dataclass(frozen=True)
class Account:
    """One share as the client is told of it."""

    share: CaseShare
    agency: str
    parts: tuple[PartShared, ...]


def kind_words(kind: str) -> str:
    """What a record is called, by the word that the database has for it."""
    words = {
        "identity": _("Name, birth date and language"), "contact": _("How to reach them safely"), "people": _("The people around them"),
        "need": _("A need"), "version": _("A plan"), "note": _("A progress note"), "addendum": _("What was added to a note"),
        "service": _("A service"), "referral": _("A referral"), "document": _("A document"), "sitting": _("An assessment"),
        "finding": _("A finding of an assessment"),
    }  # fmt: skip
    return words[kind]


def accounts_of(case: Case, disclosure: UUID | None = None) -> list[Account]:
    """Each share of a case, the newest first; or only that which left by `disclosure`. Three queries."""
    rows = CaseShare.objects.filter(case=case).select_related("disclosure").order_by("-pk")
    shares = list(rows if disclosure is None else rows.filter(disclosure=disclosure))
    if not shares:
        return []
    records, opened = _records(case), _opened(case, [row.pk for row in shares])
    return [Account(row, row.disclosure.recipient, tuple(_parts(records[row.pk], opened[row.pk]))) for row in shares]


def _records(case: Case) -> Mapping[UUID, Mapping[str, list[Readable]]]:
    found: defaultdict[UUID, defaultdict[str, list[Readable]]] = defaultdict(lambda: defaultdict(list))
    with connection.cursor() as cursor:
        cursor.execute("SELECT share_id, part, kind, on_day, first_day, last_day FROM shared_record(%s)", [case.pk])
        for share, part, kind, on, first, last in cursor.fetchall():
            found[share][part].append(Readable(kind_words(kind), on, first, last))
    return found


def _opened(case: Case, shares: Iterable[UUID]) -> Mapping[UUID, Mapping[str, list[Opened]]]:
    """Who opened which part under which share: as kept with each look of theirs."""
    rows = Look.objects.filter(case_id=case.pk, subject_id__in=list(shares), kind=looks.OPENED).order_by("at")
    seen: dict[tuple[UUID | None, str, str], list[datetime]] = {}
    for share, page, who, at in rows.values_list("subject_id", "page", "actor_name", "at"):
        seen.setdefault((share, _part_of(page), who), []).append(at)
    found: defaultdict[UUID, defaultdict[str, list[Opened]]] = defaultdict(lambda: defaultdict(list))
    for (share, part, who), moments in seen.items():
        if share is not None:
            found[share][part].append(Opened(who, tuple(moments)))
    return found


def _part_of(page: str) -> str:
    """The category that a page of a shared case shows; a file is one of the documents."""
    return Category.DOCUMENTS.value if page == "shared_file" else page.removeprefix(SHOWN_PAGE)


def _parts(records: Mapping[str, list[Readable]], opened: Mapping[str, list[Opened]]) -> Iterable[PartShared]:
    """In the order of the categories; a part of which nothing could be read is left out, unless somebody opened it."""
    for one in Category:
        if records.get(one.value) or opened.get(one.value):
            rows, who = records.get(one.value, []), opened.get(one.value, [])
            yield PartShared(str(one.label), tuple(rows), tuple(who))
