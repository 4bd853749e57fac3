"""The Thread and the needs in the printed file: what was needed, done for it, and what came of it (D1, D3, A3, A4)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.documentation.models import Need
from alongside.documentation.queries.file import CASE_FILE, Content, FilePart
from alongside.documentation.thread import LOOSE, Break, BreakKind, breaks_in, thread_of
from alongside.people.models import Case


def _thread(case: Case) -> Content:
    thread = thread_of(case)
    missing = [_missing(one) for one in breaks_in(thread) if one.kind not in LOOSE]
    if thread.loose:
        missing.append(_("Notes or services that are tied to no goal: %(n)d.") % {"n": len(thread.loose)})
    if thread.needs and not any(link.tag for need in thread.needs for link in need.outcomes):
        missing.append(_("No outcome is recorded yet."))
    return Content({"thread": thread}, tuple(missing))


def _missing(one: Break) -> str:
    if one.kind is BreakKind.UNANSWERED:
        return f"{one.sentence}."
    return _("%(about)s: %(sentence)s.") % {"about": one.about[:1].upper() + one.about[1:], "sentence": one.sentence}


def _needs(case: Case) -> Content:
    needs = list(Need.objects.filter(case=case).order_by("number").prefetch_related("decisions"))
    return Content({"needs": needs}, () if needs else (_("No need has been identified."),))


THREAD, NEEDS = gettext_lazy("From need to outcome"), gettext_lazy("Needs")
CASE_FILE.put(FilePart("thread", "practice D1", 20, THREAD, "documentation/file_thread.html", _thread))
CASE_FILE.put(FilePart("needs", "practice A3, A4, A5", 40, NEEDS, "documentation/file_needs.html", _needs))
