"""Assessment sittings on the timeline (practice A1, A9)."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.client_level.assessment.models import Sitting
from alongside.documentation.models.work import Mode
from alongside.documentation.queries.events import TIMELINE, Event, Kind, Read, Row
from alongside.foundations.in_place import InPlace


def _reads() -> list[Read]:
    columns = {
        "state": "state",
        "kind": "kind",
        "mode": "mode",
        "place": InPlace("place"),
        "by": "by__name",
        "completed": "completed_at",
    }
    return [Read(Sitting.objects.all(), "on", columns)]


def _event(case: UUID, row: Row) -> Event:
    told = row.columns
    title = _("Reassessment, %(mode)s.") if told["kind"] == "again" else _("First assessment, %(mode)s.")
    completed = row.moment("completed")
    tag = (_("Complete"), "done", "circle-check") if completed else (_("Open, to be resumed"), "due", "pencil")
    late = (timezone.localtime(completed).date() - timezone.localtime(row.at).date()).days if completed else None
    mode = str(Mode(told["mode"]).label).lower()
    return Event(title % {"mode": mode}, told["place"], ("sitting", (case, row.id)), "", told["by"], [tag], late)


LABEL = gettext_lazy("Assessment")
TIMELINE.put(Kind("sitting", "practice A1, D2", "assessment", LABEL, "clipboard-text", _reads, _event))
