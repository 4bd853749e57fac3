"""What the client sees otherwise, on the timeline, with the agency's reply (practice D5)."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.confidentiality.models import Statement
from alongside.confidentiality.queries import label_of, sort_of
from alongside.documentation.queries.events import TIMELINE, Event, Kind, Read, Row, Words
from alongside.foundations.templatetags.house import day


def _reads() -> list[Read]:
    columns = {"kind": "kind", "record": "record_id", "by": "taken_by__name"}
    return [Read(Statement.objects.all(), "said_on", columns)]


def _event(case: UUID, row: Row) -> Event:
    told = row.columns
    sort = sort_of(told["kind"])
    place = (sort.place, (case, UUID(told["record"])) if sort.with_key else (case,)) if sort else None
    title = _("The client sees it otherwise: %(what)s.") % {"what": label_of(told["kind"])}
    return Event(title, "", place, by=told["by"])


def _words(keys: Sequence[UUID]) -> dict[UUID, Words]:
    rows = Statement.objects.filter(pk__in=keys).prefetch_related("replies__by")
    return {
        one.pk: Words(
            client=one.words,
            added=[
                (
                    _("Reply of the agency, %(day)s, %(name)s") % {"day": day(reply.at), "name": reply.by.name},
                    reply.words,
                )
                for reply in one.replies.all()
            ],
        )
        for one in rows
    }


LABEL = gettext_lazy("Disagreements")
TIMELINE.put(Kind("statement", "practice D5, D2", "statements", LABEL, "message-exclamation", _reads, _event, _words))
