"""The first assessment and the reassessments in the printed file: history, strengths and barriers (practice D3, A1, A2)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.client_level.assessment.models import Sitting
from alongside.client_level.assessment.states import SittingState
from alongside.documentation.queries.file import CASE_FILE, Content, FilePart
from alongside.people.models import Case


def _read(case: Case) -> Content:
    rows = (
        Sitting.objects.filter(case=case)
        .select_related("by")
        .prefetch_related("entries", "findings")
        .order_by("on", "pk")
    )
    sittings = list(rows)
    complete = any(sitting.state == SittingState.COMPLETE for sitting in sittings)
    return Content({"sittings": sittings}, () if complete else (_("No assessment is complete."),))


TITLE = gettext_lazy("Assessment")
CASE_FILE.put(FilePart("sittings", "practice D3, A1, A2", 30, TITLE, "assessment/file_sittings.html", _read))
