"""Verbs about who works on a case: the one primary, the team, and cover while someone is away (practice E7)."""

from datetime import date, timedelta

from django.db.models import F, Q
from django.utils.translation import gettext as _

from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.held import held
from alongside.foundations.roles import SUPERVISE, WORK_CASE, Role
from alongside.people.access import must_be_open
from alongside.people.models import Assignment, Case, Staff
from alongside.people.models.case import AssignmentRole

WORKERS = frozenset({Role.CASE_MANAGER.value, Role.SUPERVISOR.value, Role.PROGRAM_MANAGER.value})


def _works_here(staff: Staff, roles: frozenset[str], field: str) -> None:
    if not roles & set(staff.roles) or not staff.works_here:
        raise RuleBroken(_("Choose someone who works here now, in a role that carries cases."), "practice E7", field)


def _check_first_day(actor: Actor, case: Case, since: date, reason: str) -> None:
    if since < case.opened_on:
        raise RuleBroken(_("The case was not open yet on that day."), "practice E7", "since")
    if since >= clock.today():
        return
    if not SUPERVISE.held_by(actor.roles):
        sentence = _(
            "From today on, or later. Only a supervisor dates it back, to set right what was not written down."
        )
        raise RuleBroken(sentence, "practice E7", "since")
    must_say(reason, _("Say why it is dated back."), "practice E7", "reason")


def _check_alone(case: Case, staff: Staff, since: date, until: date | None) -> None:
    """Raises `RuleBroken` when `staff` work on the case on one of these days already."""
    working = [AssignmentRole.PRIMARY, AssignmentRole.TEAM, AssignmentRole.COVER]
    theirs = Assignment.objects.filter(case=case, staff=staff, role__in=working)
    lasting = theirs.filter(Q(until=None) | Q(until__gt=since)).exclude(until=F("since"))
    if (lasting.filter(since__lt=until) if until else lasting).exists():
        raise RuleBroken(_("They are on this case already."), "practice E7", "staff")


@verb(WORK_CASE)
def assignment_add(
    actor: Actor, *, case: Case, staff: Staff, role: str, since: date, until: date | None = None, reason: str = ""
) -> Done[Assignment]:
    """Put someone on the team, or let them cover, from `since` until the day before `until`.

    A worker puts somebody on from today on. Whoever supervises may date it back, with a reason and no further than the
    case's opening: to set right what was true and not written down; it opens the file for no day that has passed.
    Raises `RuleBroken` for a first day that cannot be, for cover without an end and a reason, or for someone who is on
    the case on one of these days already.
    """
    must_be_open(case)
    _works_here(staff, WORKERS, "staff")
    if role not in (AssignmentRole.TEAM, AssignmentRole.COVER):
        raise RuleBroken(_("Choose the team, or cover."), "practice E7", "role")
    if role == AssignmentRole.COVER and until is None:
        raise RuleBroken(_("Cover has to end: give its last day."), "practice E7", "until")
    if role == AssignmentRole.COVER and not reason.strip():
        raise RuleBroken(_("Say what is covered, for example leave."), "practice E7", "reason")
    if until is not None and until <= max(since, clock.today()):
        raise RuleBroken(_("The last day is today or later, and not before the first."), "practice E7", "until")
    _check_first_day(actor, case, since, reason)
    _check_alone(case, staff, since, until)
    row = Assignment(case=case, staff=staff, role=role, since=since, until=until, reason=reason)
    row.save(force_insert=True)
    return Done(row, row, _("%(name)s works on the case") % {"name": staff.name}, case=case.pk)


@verb(WORK_CASE)
def assignment_end(actor: Actor, *, case: Case, assignment: Assignment) -> Done[Assignment]:
    """End someone's part in a case with today, or before it has begun. Cover may end before the day it was given.

    Raises `RuleBroken` for the primary, who is only ever followed, and for a part that is over: it does not begin anew.
    """
    assignment = held(assignment, "staff")
    if assignment.role == AssignmentRole.PRIMARY:
        raise RuleBroken(_("A case always has a primary. Name the next one instead."), "practice E7")
    if not assignment.may_end:
        raise RuleBroken(_("Their part in this case has ended already."), "practice E7")
    # Tomorrow, not today: whoever takes themselves off still has to be allowed to write this.
    assignment.until = max(assignment.since, clock.today() + timedelta(days=1))
    assignment.save(update_fields=["until"])
    said = _("%(name)s no longer works on the case") % {"name": assignment.staff.name}
    return Done(assignment, assignment, said, case=case.pk)


@verb(SUPERVISE)
def primary_change(
    actor: Actor, *, case: Case, staff: Staff, reason: str, chosen_by_client: bool = False, today: bool = False
) -> Done[Assignment]:
    """Name the next primary case manager, from tomorrow on, or from `today` on when it cannot wait.

    Never two and never none: the old span ends on the day the new one begins, and the database refuses an overlap.
    Whoever is not primary today is on the team for today: the next one to take the case over, or the last one to hand
    it over. Raises `RuleBroken` without a reason, or for someone who is primary already or cannot be.
    """
    must_be_open(case)
    case = held(case)  # two who name one at once: the second finds what the first has named
    _works_here(staff, frozenset({Role.CASE_MANAGER.value}), "staff")
    must_say(reason, _("Say why the case manager changes; the client is told the same."), "practice E7", "reason")
    old = Assignment.objects.filter(case=case, role=AssignmentRole.PRIMARY, until=None).first()
    if old is not None and old.staff_id == staff.pk and not (today and old.since > clock.today()):
        raise RuleBroken(_("They are the primary already."), "practice E7", "staff")
    since = clock.today() if today else clock.today() + timedelta(days=1)
    # First the hand-over, then the change: a supervisor's own ground on this case may be the last primary.
    _hand_over(case, since, reason, staff)
    _step_aside(case, since)
    row = Assignment(case=case, staff=staff, role=AssignmentRole.PRIMARY, since=since, reason=reason)
    row.save(force_insert=True)
    case.primary_chosen_by_client = chosen_by_client
    case.save(update_fields=["primary_chosen_by_client"])
    said = _("%(name)s is the next primary case manager") % {"name": staff.name}
    return Done(row, row, said, case=case.pk)


def _hand_over(case: Case, since: date, reason: str, following: Staff) -> None:
    """Put on the team for today who is not primary today and has to be in the file: the next one, or the last one."""
    today, tomorrow = clock.today(), clock.today() + timedelta(days=1)
    here = Assignment.objects.filter(Q(until=None) | Q(until__gt=today), case=case, since__lte=today)
    primary = set(here.filter(role=AssignmentRole.PRIMARY).values_list("staff_id", flat=True))
    helping = here.filter(role__in=[AssignmentRole.TEAM, AssignmentRole.COVER])
    needed = {following.pk} - primary if since > today else primary - {following.pk}
    needed -= set(helping.values_list("staff_id", flat=True))
    for key in needed:
        Assignment(
            case=case, staff_id=key, role=AssignmentRole.TEAM, since=today, until=tomorrow, reason=reason
        ).save(force_insert=True)  # fmt: skip


def _step_aside(case: Case, since: date) -> None:
    """End every span as primary on `since`; one named for later, which never began, becomes no day at all."""
    lasting = Assignment.objects.filter(Q(until=None) | Q(until__gt=since), case=case, role=AssignmentRole.PRIMARY)
    for one in lasting:
        one.until = max(one.since, since)
        one.save(update_fields=["until"])
