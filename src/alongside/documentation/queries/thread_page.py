"""The Thread as its page draws it: with the client's words, in the order asked for, and the sentence above it."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.documentation.models import Need, NeedDecision
from alongside.documentation.thread import LOOSE, CaseThread, NeedThread, State, breaks_in
from alongside.people.models import Case


@dataclass(frozen=True)
class NeedOnPage:
    """A need of the Thread with the client's words about it, and about letting it rest."""

    thread: NeedThread
    words: str = ""
    resting_words: str = ""
    resting_why: str = ""

    @property
    def has_gap(self) -> bool:
        """True when something under this need is broken."""
        return bool(self.thread.breaks)


def needs_on_page(case: Case, thread: CaseThread, order: str = "", only: str = "") -> list[NeedOnPage]:
    """The needs by number, or by the client's rank (`order=client`); only those with a break if asked (`only=breaks`)."""
    words = {need.pk: need.client_words for need in Need.objects.filter(case=case).only("client_words")}
    resting = _resting(case) if any(need.rests for need in thread.needs) else {}
    needs = thread.by_clients_rank if order == "client" else thread.needs
    drawn = [NeedOnPage(n, words.get(n.row.id, ""), *resting.get(n.row.id, ("", ""))) for n in needs]
    return [need for need in drawn if need.has_gap] if only == "breaks" else drawn


def _resting(case: Case) -> dict[UUID, tuple[str, str]]:
    """By need the client's words about letting it rest, and why."""
    decided = NeedDecision.objects.filter(case=case, ended_on=None).order_by("decided_on", "pk")
    return {one.need_id: (one.client_words, one.why) for one in decided.only("need", "client_words", "why")}


def lede(thread: CaseThread) -> str:
    """What matters about this Thread, in a sentence: how many needs, what is reached, what rests, what is broken."""
    needs = len(thread.needs)
    reached = sum(link.state is State.MET for need in thread.needs for link in need.outcomes)
    resting = sum(need.end is not None and need.end.state is State.REST for need in thread.needs)
    parts = [
        ngettext("%(n)d need", "%(n)d needs", needs) % {"n": needs},
        ngettext("%(n)d objective reached", "%(n)d objectives reached", reached) % {"n": reached} if reached else "",
        ngettext("%(n)d need resting by decision", "%(n)d needs resting by decision", resting) % {"n": resting}
        if resting and thread.is_open
        else "",
    ]
    return ", ".join(part for part in parts if part) + "."


def break_words(thread: CaseThread) -> str:
    """How many breaks are open, and how many of them are loose ends; empty when the chain is whole."""
    found = breaks_in(thread)
    loose = sum(one.kind in LOOSE for one in found)
    if not found:
        return ""
    said = ngettext("%(n)d break open", "%(n)d breaks open", len(found)) % {"n": len(found)}
    if not loose:
        return said
    return _("%(breaks)s, %(loose)s") % {
        "breaks": said,
        "loose": ngettext("%(n)d of them a loose end", "%(n)d of them loose ends", loose) % {"n": loose},
    }
