"""A finding, beside which a client can have a disagreement noted (practice D5, A2)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.client_level.assessment.models import Finding
from alongside.confidentiality.queries import RECORDS, RecordSort


def _name(row: Any) -> str:
    return _("%(kind)s, as assessed") % {"kind": row.get_kind_display()}


LABEL = gettext_lazy("Strength or barrier")
RECORDS.put(RecordSort("finding", "practice D5, A2", LABEL, Finding, _name, "assessment", with_key=False))
