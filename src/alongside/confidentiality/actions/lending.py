"""The verb that lends a file for review, and takes it back (practice S7, S12)."""

from datetime import date

from django.utils.translation import gettext as _

from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.held import held
from alongside.foundations.roles import SUPERVISE
from alongside.people.models import Assignment, Case, Staff
from alongside.people.models.case import AssignmentRole


@verb(SUPERVISE)
def file_lend(actor: Actor, *, case: Case, staff: Staff, review: str, until: date) -> Done[Assignment]:
    """Lend the file of `case` for reading, for a stated `review`, from today until the day before `until`.

    A closed file is lent too: most reviews are of those. Raises `RuleBroken` without a review, for a day that does not lie
    ahead, and for somebody to whom it is lent already.
    """
    must_say(review, _("Say which review it is lent for."), "practice S7", "reason")
    if until <= clock.today():
        raise RuleBroken(_("Choose today or a later day."), "practice S12", "until")
    lent = Assignment.objects.filter(case=case, staff=staff, role=AssignmentRole.REVIEW, until__gt=clock.today())
    if lent.exists():
        raise RuleBroken(_("The file is lent to them already."), "practice S12", "staff")
    row = Assignment(
        case=case, staff=staff, role=AssignmentRole.REVIEW, since=clock.today(), until=until, reason=review.strip()
    )
    row.save(force_insert=True)
    return Done(row, row, _("Lent the file for review to %(name)s") % {"name": staff.name}, case=case.pk)


@verb(SUPERVISE)
def file_take_back(actor: Actor, *, lent: Assignment) -> Done[Assignment]:
    """Close a lent file at once. Raises `RuleBroken` when it was given back already."""
    lent = held(lent, "staff")
    if lent.role != AssignmentRole.REVIEW or lent.until is None or lent.until <= clock.today():
        raise RuleBroken(_("This file is not lent to them any more."), "practice S12")
    lent.until = max(lent.since, clock.today())
    lent.save(update_fields=["until"])
    said = _("Took back the file lent to %(name)s") % {"name": lent.staff.name}
    return Done(lent, lent, said, case=lent.case_id)
