"""Reviews of the plan on the timeline (practice M2)."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.client_level.monitoring.models import Review
from alongside.documentation.queries.events import TIMELINE, Event, Kind, Read, Row, Words
from alongside.foundations.templatetags.house import day


def _reads() -> list[Read]:
    columns = {"number": "version__number", "next": "next_on", "by": "by__name"}
    return [Read(Review.objects.all(), "on", columns)]


def _event(case: UUID, row: Row) -> Event:
    title = _("Plan version %(number)s reviewed.") % row.columns
    tag = (_("Next review %(day)s") % {"day": day(row.day("next"))}, "", "calendar")
    return Event(title, place=("plan", (case,)), by=row.columns["by"], tags=[tag])


def _words(keys: Sequence[UUID]) -> dict[UUID, Words]:
    rows = Review.objects.filter(pk__in=keys)
    return {row.pk: Words([(_("What was found"), row.words)] if row.words else [], row.client_words) for row in rows}


LABEL = gettext_lazy("Reviews")
TIMELINE.put(Kind("review", "practice M2, D2", "reviews", LABEL, "clipboard-check", _reads, _event, _words))
