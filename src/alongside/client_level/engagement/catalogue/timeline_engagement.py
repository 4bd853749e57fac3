"""The referral in and what was explained before services began, on the timeline (practice E2, E5)."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.client_level.engagement.models import Explanation, ReferralIn, Subject
from alongside.documentation.queries.events import TIMELINE, Event, Kind, Read, Row
from alongside.foundations.in_place import InPlace


def _referred() -> list[Read]:
    rows = ReferralIn.objects.all()
    columns = {"source": InPlace("source"), "program": "program__name"}
    return [Read(rows, "received_on", columns, "1"), Read(rows, "answered_on", columns, "2")]


def _referral(case: UUID, row: Row) -> Event:
    if row.step == "1":
        return Event(_("Referred to %(program)s.") % row.columns, row.columns["source"])
    return Event(_("%(program)s accepted the referral.") % row.columns)


def _explained() -> list[Read]:
    columns = {
        "subject": "subject",
        "language": "language",
        "interpreter": InPlace("interpreter"),
        "agreed": "agreed",
        "by": "by__name",
    }
    return [Read(Explanation.objects.all(), "on", columns)]


def _explanation(case: UUID, row: Row) -> Event:
    told = row.columns
    aloud = _("in %(language)s, interpreted by %(interpreter)s") if told["interpreter"] else _("in %(language)s")
    agreed = (_("Agreed"), "done", "circle-check") if told["agreed"] else (_("Not agreed"), "due", "circle-x")
    title = _("%(subject)s: explained.") % {"subject": Subject(told["subject"]).label}
    return Event(title, aloud % told, by=told["by"], tags=[agreed])


BEGIN = gettext_lazy("Beginning")
TIMELINE.put(Kind("referral_in", "practice E2, D2", "begin", BEGIN, "inbox", _referred, _referral))
TIMELINE.put(Kind("explanation", "practice E5, D2", "begin", BEGIN, "user-check", _explained, _explanation))
