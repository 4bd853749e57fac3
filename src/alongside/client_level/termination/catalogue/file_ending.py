"""The closing record in the printed file: reason, exit interview, the next stage, help that stays, follow-up (D3, T1-T3)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.client_level.termination.models import Closure
from alongside.documentation.queries.file import CASE_FILE, Content, FilePart
from alongside.people.models import Case


def _read(case: Case) -> Content:
    rows = (
        Closure.objects.filter(case=case).select_related("by").prefetch_related("follow_ups").order_by("ends_on", "pk")
    )
    closures = list(rows)
    if case.is_open:
        return Content({"closures": closures, "case": case})
    last = next((closure for closure in reversed(closures) if closure.state == "closed"), None)
    return Content({"closures": closures, "case": case}, tuple(_missing(last)))


def _missing(closure: Closure | None) -> list[str]:
    if closure is None:
        return [_("The reason for the ending is not on record.")]
    told = (
        (closure.exit_interview or closure.client_words or closure.exit_interview_declined, _("The exit interview is not on record.")),
        (closure.next_stage, _("There is no plan for the next stage.")),
        (closure.still_here_for, _("How the agency can still help is not on record.")),
        (closure.resources, _("No resources or referrals are named for after the ending.")),
    )  # fmt: skip
    return [sentence for words, sentence in told if not words]


TITLE = gettext_lazy("The ending")
CASE_FILE.put(FilePart("ending", "practice D3, T1, T2, T3, T6", 80, TITLE, "termination/file_ending.html", _read))
