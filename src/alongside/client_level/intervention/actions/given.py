"""The verb that records a service given, or work done for the client (practice I1)."""

from datetime import date

from django.utils.translation import gettext as _

from alongside.client_level.intervention.actions.words import Tie, check_tie, minutes_fault
from alongside.documentation.models import Service
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.roles import WORK_CASE
from alongside.people.access import must_be_open
from alongside.people.models import Case


@verb(WORK_CASE)
def service_record(
    actor: Actor, *, case: Case, on: date, kind: str, what: str, minutes: int, mode: str, place: str = "",
    present: list[str] | None = None, tie: Tie | None = None, stands_alone: bool = False,
) -> Done[Service]:  # fmt: skip
    """Record a service: its day, kind, length in minutes, mode, place, who was there, and what it was for.

    Raises `RuleBroken` for a day to come, a length outside 1 to 1440, no words, or a service tied to nothing that is
    not said to stand on its own (practice I1, D1).
    """
    must_be_open(case)
    check_tie(case, tie)
    if on > clock.today():
        raise RuleBroken(
            _("A service is recorded once it was given. Choose today or a day that is past."), "practice I1", "on"
        )
    if fault := minutes_fault(minutes):
        raise RuleBroken(fault, "practice I1", "minutes")
    must_say(what, _("Say in a few words what was done."), "practice I1", "what")
    if tie is None and not stands_alone:
        raise RuleBroken(_("Choose a goal or an objective, or say that this stands on its own."), "practice D1", "ties")
    service = Service(
        case=case, on=on, kind=kind, what=what.strip(), minutes=minutes, mode=mode, place=place,
        goal=tie.goal if tie else None, objective=tie.objective if tie else None, stands_alone=tie is None,
        by_id=actor.staff, recorded_at=clock.now(),
    )  # fmt: skip
    service.present = present or []
    service.save(force_insert=True)
    said = _("Recorded a service: %(kind)s, %(minutes)d min") % {"kind": service.get_kind_display(), "minutes": minutes}
    return Done(service, service, said, case=case.pk)
