"""The chronological record in the printed file: everything that happened, oldest first (practice D2)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.documentation.queries.file import CASE_FILE, Content, FilePart
from alongside.documentation.queries.timeline import closed_notes, whole_record
from alongside.people.models import Case


def _read(case: Case) -> Content:
    events = whole_record(case)
    unsigned = sum(shown.row.kind == "note" and shown.row.columns["state"] == "draft" for shown in events)
    missing = (_("Progress notes that are not signed: %(n)d.") % {"n": unsigned},) if unsigned else ()
    return Content({"events": events, "closed": closed_notes(case)}, missing)


TITLE = gettext_lazy("The record, day by day")
CASE_FILE.put(FilePart("record", "practice D2", 70, TITLE, "documentation/file_record.html", _read))
