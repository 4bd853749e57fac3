"""Verbs about who works on a case: the one primary, the team, and cover while someone is away (practice E7)."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken
from alongside.foundations.roles import SUPERVISE, WORK_CASE, Role
from alongside.people.access import must_be_open
from alongside.people.models import Assignment, Case, Staff
from alongside.people.models.case import AssignmentRole

WORKERS = frozenset({Role.CASE_MANAGER.value, Role.SUPERVISOR.value, Role.PROGRAM_MANAGER.value})


def _works_here(staff: Staff, roles: frozenset[str], field: str) -> None:
    if not roles & set(staff.roles) or (staff.left_on and staff.left_on <= clock.today()):
        raise RuleBroken(_("Choose someone who works here now, in a role that carries cases."), "practice E7", field)


@verb(WORK_CASE)
def assignment_add(
    actor: Actor, *, case: Case, staff: Staff, role: str, since: date, until: date | None = None, reason: str = ""
) -> Done[Assignment]:
    """Put someone on the team, or let them cover, from `since` until the day before `until`.

    Raises `RuleBroken` for cover without an end and a reason, or for someone who is on the case already.
    """
    must_be_open(case)
    _works_here(staff, WORKERS, "staff")
    if role not in (AssignmentRole.TEAM, AssignmentRole.COVER):
        raise RuleBroken(_("Choose the team, or cover."), "practice E7", "role")
    if role == AssignmentRole.COVER and until is None:
        raise RuleBroken(_("Cover ends: give the day the primary is back."), "practice E7", "until")
    if role == AssignmentRole.COVER and not reason.strip():
        raise RuleBroken(_("Say what is covered, for example leave."), "practice E7", "reason")
    if until is not None and until <= max(since, clock.today()):
        raise RuleBroken(_("The day they are back lies ahead, and after the first."), "practice E7", "until")
    held = Assignment.objects.filter(
        case=case, staff=staff, role__in=[AssignmentRole.PRIMARY, AssignmentRole.TEAM, AssignmentRole.COVER]
    )
    if any(one.until is None or one.until > since for one in held):
        raise RuleBroken(_("They are on this case already."), "practice E7", "staff")
    row = Assignment(case=case, staff=staff, role=role, since=since, until=until, reason=reason)
    row.save(force_insert=True)
    return Done(row, row, _("%(name)s works on the case") % {"name": staff.name}, case=case.pk)


@verb(WORK_CASE)
def assignment_end(actor: Actor, *, case: Case, assignment: Assignment) -> Done[Assignment]:
    """End someone's part in a case with today.

    Raises `RuleBroken` for the primary, who is only ever followed, and for a part that is over: it does not begin anew.
    """
    if assignment.role == AssignmentRole.PRIMARY:
        raise RuleBroken(_("A case always has a primary. Name the next one instead."), "practice E7")
    if assignment.until is not None and assignment.until <= clock.today() + timedelta(days=1):
        raise RuleBroken(_("Their part in this case has ended already."), "practice E7")
    # Tomorrow, not today: whoever takes themselves off still has to be allowed to write this.
    assignment.until = max(assignment.since, clock.today() + timedelta(days=1))
    assignment.save(update_fields=["until"])
    said = _("%(name)s no longer works on the case") % {"name": assignment.staff.name}
    return Done(assignment, assignment, said, case=case.pk)


@verb(SUPERVISE)
def primary_change(
    actor: Actor, *, case: Case, staff: Staff, reason: str, chosen_by_client: bool = False
) -> Done[Assignment]:
    """Name the next primary case manager, from tomorrow on; they are on the team from today, to take it over.

    Never two and never none: the old span ends on the day the new one begins, and the database refuses an overlap.
    Raises `RuleBroken` without a reason, or for someone who is primary already or cannot be.
    """
    must_be_open(case)
    _works_here(staff, frozenset({Role.CASE_MANAGER.value}), "staff")
    if not reason.strip():
        raise RuleBroken(_("Say why the case manager changes; the client is told the same."), "practice E7", "reason")
    old = Assignment.objects.filter(case=case, role=AssignmentRole.PRIMARY, until=None).first()
    if old is not None and old.staff_id == staff.pk:
        raise RuleBroken(_("They are the primary already."), "practice E7", "staff")
    today, tomorrow = clock.today(), clock.today() + timedelta(days=1)
    if old is not None:
        old.until = max(old.since, tomorrow)
        old.save(update_fields=["until"])
    Assignment(case=case, staff=staff, role=AssignmentRole.TEAM, since=today, until=tomorrow, reason=reason).save(
        force_insert=True
    )
    since = old.until if old is not None and old.until else tomorrow
    row = Assignment(case=case, staff=staff, role=AssignmentRole.PRIMARY, since=since, reason=reason)
    row.save(force_insert=True)
    case.primary_chosen_by_client = chosen_by_client
    case.save(update_fields=["primary_chosen_by_client"])
    said = _("%(name)s is the next primary case manager") % {"name": staff.name}
    return Done(row, row, said, case=case.pk)
