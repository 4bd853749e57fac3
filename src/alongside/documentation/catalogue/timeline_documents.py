"""Documents on the timeline, on the day they came into the record (practice D2)."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.confidentiality.models import mark_words
from alongside.documentation.models import Document
from alongside.documentation.models.document import Sort
from alongside.documentation.queries.events import TIMELINE, Event, Kind, Read, Row, Words


def _reads() -> list[Read]:
    columns = {"sort": "sort", "by": "by__name", "marks": "marks", "aside": "aside_at"}
    return [Read(Document.objects.all(), "at", columns, hour=True)]


def _event(case: UUID, row: Row) -> Event:
    told = row.columns
    tags = [(words, "due", "shield-lock") for words in mark_words(told["marks"] or [])]
    if told["aside"]:
        tags.append((_("Put aside"), "", "archive"))
    title = _("Document added: %(sort)s.") % {"sort": str(Sort(told["sort"]).label).lower()}
    return Event(title, "", ("document", (case, row.id)), by=told["by"], tags=tags)


def _words(keys: Sequence[UUID]) -> dict[UUID, Words]:
    return {row.pk: Words([(_("What it is"), row.title)]) for row in Document.objects.filter(pk__in=keys)}


TIMELINE.put(
    Kind("document", "practice D2", "documents", gettext_lazy("Documents"), "file-text", _reads, _event, _words)
)
