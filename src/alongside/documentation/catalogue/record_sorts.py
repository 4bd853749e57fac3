"""Records of the Thread beside which a client can have a disagreement noted (practice D5)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.confidentiality.queries import RECORDS, RecordSort
from alongside.documentation.models import Document, Need, Note, PlanVersion, ReferralOut, Service
from alongside.foundations.templatetags.house import day


def _note(row: Any) -> str:
    return row.title or _("Progress note, %(day)s") % {"day": day(row.at)}


def _need(row: Any) -> str:
    return f"{row.number}. {row.title}"


def _plan(row: Any) -> str:
    return _("Service plan, version %(n)d") % {"n": row.number}


def _service(row: Any) -> str:
    return _("%(what)s, %(day)s") % {"what": row.what, "day": day(row.on)}


def _referral(row: Any) -> str:
    return f"{row.service}, {row.organization}"


def _document(row: Any) -> str:
    return str(row.title)


RECORDS.put(RecordSort("note", "practice D5, I3", gettext_lazy("Progress note"), Note, _note, "note"))
RECORDS.put(RecordSort("need", "practice D5, A3", gettext_lazy("Need"), Need, _need, "assessment", with_key=False))
RECORDS.put(
    RecordSort("plan", "practice D5, P8", gettext_lazy("Service plan"), PlanVersion, _plan, "plan", with_key=False)
)
RECORDS.put(
    RecordSort("service", "practice D5, I1", gettext_lazy("Service"), Service, _service, "services", with_key=False)
)
RECORDS.put(RecordSort("referral", "practice D5, I4", gettext_lazy("Referral"), ReferralOut, _referral, "referral_out"))
RECORDS.put(RecordSort("document", "practice D5, D2", gettext_lazy("Document"), Document, _document, "document"))
