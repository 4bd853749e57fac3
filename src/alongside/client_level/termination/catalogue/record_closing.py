"""The closing record, beside which a client can have a disagreement noted (practice D5, T2)."""

from typing import Any

from django.utils.translation import gettext_lazy

from alongside.client_level.termination.models import Closure
from alongside.confidentiality.queries import RECORDS, RecordSort


def _name(row: Any) -> str:
    return str(row.get_reason_display())


RECORDS.put(
    RecordSort("closing", "practice D5, T2", gettext_lazy("The ending"), Closure, _name, "ending", with_key=False)
)
