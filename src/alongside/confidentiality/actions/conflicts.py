"""Verbs that keep a worker and a case apart, and end it (practice R6)."""

from datetime import date

from django.utils.translation import gettext as _

from alongside.confidentiality.models import Conflict
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import NotAllowed, RuleBroken, must_say
from alongside.foundations.held import held
from alongside.foundations.roles import READ_CASE, SUPERVISE
from alongside.people.models import Case, Staff


@verb(READ_CASE)
def conflict_declare(
    actor: Actor, *, case: Case, staff: Staff, reason: str, until: date | None = None
) -> Done[Conflict]:
    """Keep `staff` and `case` apart from now on, whatever their role, until the day before `until` if that is given.

    Anybody declares it about themselves; about somebody else, who supervises and may work on the case. From the next
    request on the case is closed to them. Raises `RuleBroken` without a reason, for a day that does not lie ahead, and
    where they are kept apart already.
    """
    if staff.pk != actor.staff and not SUPERVISE.held_by(actor.roles):
        raise NotAllowed(_("About somebody else, a supervisor or the program manager says so."))
    must_say(reason, _("Say what the conflict is. Only those who may open the case read it."), "practice R6", "reason")
    if until is not None and until <= clock.today():
        raise RuleBroken(_("Choose today or a later day, or leave it open."), "practice R6", "until")
    standing = [one for one in Conflict.objects.filter(case=case, staff=staff) if one.stands]
    if standing:
        raise RuleBroken(_("They are kept apart from this case already."), "practice R6", "staff")
    row = Conflict(
        case=case, staff=staff, reason=reason.strip(), since=clock.today(), until=until, declared_by_id=actor.staff
    )
    row.save(force_insert=True)
    said = _("Declared a conflict of interest: %(name)s is kept apart from the case") % {"name": staff.name}
    return Done(row, row, said, case=case.pk)


@verb(SUPERVISE)
def conflict_end(actor: Actor, *, conflict: Conflict, why: str) -> Done[Conflict]:
    """Let somebody back to a case: what kept them apart is no longer so. At once, and with the reason.

    Raises `RuleBroken` without a reason, or when it has ended already.
    """
    conflict = held(conflict, "staff")
    if not conflict.stands:
        raise RuleBroken(_("This has ended already."), "practice R6")
    must_say(why, _("Say why it no longer stands in the way."), "practice R6", "why")
    conflict.until, conflict.why_ended, conflict.ended_by_id = clock.today(), why.strip(), actor.staff
    conflict.save(update_fields=["until", "why_ended", "ended_by"])
    said = _("Ended a conflict of interest: %(name)s is no longer kept apart") % {"name": conflict.staff.name}
    return Done(conflict, conflict, said, case=conflict.case_id)
