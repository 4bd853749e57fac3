"""Releases and disclosures on the timeline: signed, taken back, used (practice C1, C2, D2)."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.confidentiality.models import Disclosure, Release, RestsOn, category_words
from alongside.documentation.queries.events import TIMELINE, Event, Kind, Read, Row


def _releases() -> list[Read]:
    columns = {"recipients": "recipients", "categories": "categories"}
    rows = Release.objects.all()
    return [Read(rows, "signed_at", columns, "1", hour=True), Read(rows, "taken_back_at", columns, "2", hour=True)]


def _release(case: UUID, row: Row) -> Event:
    said = _("Release to %(whom)s signed.") if row.step == "1" else _("Release to %(whom)s taken back.")
    told = row.columns
    detail = "; ".join(category_words(told["categories"] or []))
    return Event(said % {"whom": ", ".join(told["recipients"] or [])}, detail, ("release", (case, row.id)))


def _disclosures() -> list[Read]:
    columns = {"recipient": "recipient", "categories": "categories", "rests_on": "rests_on", "by": "by__name"}
    return [Read(Disclosure.objects.all(), "at", columns, hour=True)]


def _disclosure(case: UUID, row: Row) -> Event:
    told = row.columns
    detail = "; ".join(category_words(told["categories"] or []))
    tags = [(_("Without consent"), "due", "gavel")] if told["rests_on"] == RestsOn.GROUND else []
    whom = told["recipient"] or _("the client")
    title = _("Disclosed to %(whom)s.") % {"whom": whom}
    return Event(title, detail, ("disclosure", (case, row.id)), by=told["by"], tags=tags)


GROUP, RELEASES, OUT = "consent", gettext_lazy("Consent"), gettext_lazy("Consent")
TIMELINE.put(Kind("release", "practice C1, D2", GROUP, RELEASES, "file-certificate", _releases, _release))
TIMELINE.put(Kind("disclosure", "practice C2, D2", GROUP, OUT, "send", _disclosures, _disclosure))
