"""The ending and what was found after it, on the timeline (practice T1, T6)."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.client_level.termination.models import Closure, FollowUp, Reason
from alongside.documentation.queries.events import TIMELINE, Event, Kind, Read, Row
from alongside.foundations.in_place import InPlace


def _closures() -> list[Read]:
    rows = Closure.objects.all()
    columns = {"reason": "reason", "told_how": InPlace("told_how"), "by": "by__name"}
    return [Read(rows, "told_on", columns, "1"), Read(rows, "closed_at", columns, "2", hour=True)]


def _closure(case: UUID, row: Row) -> Event:
    told = row.columns
    if row.step == "1":
        return Event(_("The client was told of the ending."), told["told_how"], ("ending", (case,)), by=told["by"])
    return Event(_("The case was closed."), str(Reason(told["reason"]).label), ("ending", (case,)), by=told["by"])


def _follow_ups() -> list[Read]:
    return [Read(FollowUp.objects.all(), "done_on", {"reached": "reached", "stable": "stable", "by": "by__name"})]


def _follow_up(case: UUID, row: Row) -> Event:
    told = row.columns
    reached = str(dict(FollowUp._meta.get_field("reached").flatchoices).get(told["reached"], ""))
    stable = str(dict(FollowUp._meta.get_field("stable").flatchoices).get(told["stable"], ""))
    detail = ", ".join(part for part in (reached, stable) if part)
    return Event(_("Follow-up after the ending."), detail, ("ending", (case,)), by=told["by"] or "")


LABEL = gettext_lazy("Ending")
TIMELINE.put(Kind("closure", "practice T1, T2, D2", "ending", LABEL, "door-exit", _closures, _closure))
TIMELINE.put(Kind("follow_up", "practice T6, D2", "ending", LABEL, "phone", _follow_ups, _follow_up))
