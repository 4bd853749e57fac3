"""The shelf of what a client can disagree with. Each room puts its own kinds of record there, one file a kind (D5)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from alongside.foundations.shelf import Shelf
from alongside.people.models import Case, CaseRecord


@dataclass(frozen=True)
class RecordSort:
    """A sort of record of a case: what it is called, how one of them is named, and the page on which it stands."""

    key: str
    source: str
    label: str | Promise
    model: type[CaseRecord]
    name: Callable[[Any], str]
    place: str
    with_key: bool = True

    def address(self, case: UUID, record: UUID) -> str:
        """Where the record is read."""
        return reverse(self.place, args=[case, record] if self.with_key else [case])


RECORDS: Shelf[RecordSort] = Shelf("records")


def sort_of(kind: str) -> RecordSort | None:
    """The sort of that key; None when no room has put one there, such as one that is no longer part of the house."""
    return next((sort for sort in RECORDS if sort.key == kind), None)


def label_of(kind: str) -> str:
    """What a sort of record is called."""
    sort = sort_of(kind)
    return str(sort.label) if sort else _("A record")


def record_of(case: Case, kind: str, key: UUID) -> tuple[RecordSort, CaseRecord]:
    """One record of this case. Raises `Http404` where there is none, or no such kind."""
    sort = sort_of(kind)
    found = sort.model._default_manager.filter(case=case, pk=key).first() if sort else None
    if sort is None or found is None:
        raise Http404
    return sort, found
