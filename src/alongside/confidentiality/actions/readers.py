"""Verbs on who is let in to what is marked in a case (practice C4, decision 0014)."""

from datetime import date

from django.utils.translation import gettext as _

from alongside.confidentiality.models import Mark, MarkReader
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.held import held
from alongside.foundations.roles import WORK_CASE
from alongside.people.access import must_be_open
from alongside.people.models import Case, Staff


@verb(WORK_CASE)
def mark_reader_name(
    actor: Actor, *, case: Case, staff: Staff, mark: str, reason: str, until: date | None = None
) -> Done[MarkReader]:
    """Let `staff` in to what bears `mark` in this case, from today until the day before `until` if that is given.

    It opens nothing to somebody who may not open the case. The primary does it, or who answers for the case, also for
    themselves: the deed says so. Raises `RuleBroken` without a reason, for a day that does not lie ahead, and for
    somebody who is let in already; `NotAllowed` for anybody else.
    """
    must_be_open(case)
    must_say(reason, _("Say why they need it."), "practice C4", "reason")
    if mark not in Mark.values:
        raise RuleBroken(_("Choose a mark from the list."), "practice C4", "mark")
    if until is not None and until <= clock.today():
        raise RuleBroken(_("Choose today or a later day, or leave it open."), "practice C4", "until")
    if any(one.stands for one in MarkReader.objects.filter(case=case, staff=staff, mark=mark)):
        raise RuleBroken(_("They are let in already."), "practice C4", "staff")
    row = MarkReader(
        case=case,
        staff=staff,
        mark=mark,
        since=clock.today(),
        until=until,
        reason=reason.strip(),
        named_by_id=actor.staff,
    )
    row.save(force_insert=True)
    return Done(row, row, _("Let %(name)s in to what bears a mark") % {"name": staff.name}, case=case.pk)


@verb(WORK_CASE)
def mark_reader_end(actor: Actor, *, reader: MarkReader) -> Done[MarkReader]:
    """End it with yesterday: what is marked is closed to them at once. Raises `RuleBroken` when it has ended already."""
    reader = held(reader, "staff")
    if not reader.stands:
        raise RuleBroken(_("This has ended already."), "practice C4")
    reader.until = max(reader.since, clock.today())
    reader.save(update_fields=["until"])
    said = _("No longer lets %(name)s in to what bears a mark") % {"name": reader.staff.name}
    return Done(reader, reader, said, case=reader.case_id)
