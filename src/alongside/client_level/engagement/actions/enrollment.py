"""Verbs that begin a case: open it with its primary, and enroll the client."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from alongside.client_level.engagement.models import Explanation, Preference, ReferralIn, Subject
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.held import held
from alongside.foundations.roles import RECEIVE, WORK_CASE, Role
from alongside.people.access import must_be_in_its_life, must_be_open
from alongside.people.models import Assignment, Case, Staff
from alongside.people.models.case import AssignmentRole


@verb(RECEIVE)
def case_open(
    actor: Actor, *, referral: ReferralIn, primary: Staff, opened_on: date, chosen_by_client: bool = False
) -> Done[Case]:
    """Open a case from an accepted referral, with its one primary case manager (practice E5, E7).

    Raises `RuleBroken` when the referral is not accepted or has a case, when the day is outside its life, or when the
    primary is not a case manager of this agency who still works here.
    """
    # Held until the case is written, so that two who open at once make one case.
    stored = held(referral)
    if stored.state != "accepted" or stored.case_id is not None:
        raise RuleBroken(_("Only a referral that was accepted, and has no case yet, becomes one."), "practice E5")
    if not referral.received_on <= opened_on <= clock.today():
        raise RuleBroken(_("Open it between the day the referral came and today."), "practice E5", "opened_on")
    if Role.CASE_MANAGER.value not in primary.roles or not primary.works_here:
        raise RuleBroken(_("Choose a case manager who works here now."), "practice E7", "primary")
    program = referral.program
    case = Case(
        agency_id=actor.agency, program=program, client=referral.client, opened_on=opened_on,
        number=_next_number(opened_on), contact_every_days=program.contact_every_days,
        primary_chosen_by_client=chosen_by_client,
    )  # fmt: skip
    for staff, role in {(primary.pk, AssignmentRole.PRIMARY), (actor.staff, AssignmentRole.INTAKE)}:
        if role is AssignmentRole.PRIMARY or staff != primary.pk:
            Assignment(case=case, program_id=program.pk, staff_id=staff, role=role, since=opened_on).save(
                force_insert=True
            )
    case.save(force_insert=True)
    referral.case = case
    referral.save(update_fields=["case"])
    said = _("Opened case %(number)s with %(name)s as primary") % {"number": case.number, "name": primary.name}
    return Done(case, case, said, case=case.pk)


def _next_number(day: date) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT next_case_number()")
        return f"{day.year}-{cursor.fetchone()[0]:04d}"


@dataclass(frozen=True)
class Told:
    """What was explained aloud to the client, in which language, with which interpreter, and what they asked."""

    on: date
    language: str
    interpreter: str = ""
    subjects: frozenset[str] = field(default_factory=lambda: frozenset(Subject.values))
    questions: str = ""


@verb(WORK_CASE)
def case_enroll(
    actor: Actor, *, case: Case, told: Told, seen_alone: str, present: list[str], wishes: str = ""
) -> Done[Case]:
    """Enroll: rights, consent, and confidentiality with its limits were explained before services begin (E5).

    The intake worker's place on the case ends here; the primary goes on. Raises `RuleBroken` when a subject was left
    out, the day is outside the case's life, no language is named, or no interpreter is named for a client who always
    talks with one (practice R5).
    """
    must_be_open(case)
    _check_told(case, told)
    for subject in Subject.values:
        Explanation(
            case=case, subject=subject, on=told.on, by_id=actor.staff, language=told.language,
            interpreter=told.interpreter, questions=told.questions,
        ).save()  # fmt: skip
    Preference(case=case, seen_alone=seen_alone, present=present, wishes=wishes).save()
    case.enrolled_on = told.on
    case.last_seen_on = max(told.on, case.last_seen_on or told.on)  # a note may have been signed since (practice M4)
    case.save(update_fields=["enrolled_on", "last_seen_on"])
    done = Done(case, case, _("Enrolled the client and explained rights, consent and confidentiality"), case=case.pk)
    Assignment.objects.filter(case=case, role=AssignmentRole.INTAKE, until=None).update(
        until=clock.today() + timedelta(days=1)
    )
    return done


def _check_told(case: Case, told: Told) -> None:
    if held(case).enrolled_on is not None:
        raise RuleBroken(_("This client is enrolled already."), "practice E5")
    if told.subjects != frozenset(Subject.values):
        raise RuleBroken(_("All three are explained before services begin."), "practice E5", "subjects")
    must_be_in_its_life(case, told.on, "practice E5", "on")
    must_say(told.language, _("Name the language it was explained in."), "practice E5", "language")
    if case.client.interpreter == "always" and not told.interpreter.strip():
        sentence = _("They always talk with an interpreter. Name who interpreted.")
        raise RuleBroken(sentence, "practice R5", "interpreter")


@verb(WORK_CASE)
def wishes_record(
    actor: Actor, *, case: Case, wishes: str, seen_alone: str, present: list[str] | None = None
) -> Done[Preference]:
    """Write down anew what the client wants shared with the people around; what was said before stays (practice C8)."""
    must_be_open(case)
    must_say(wishes, _("Write what they said, or “share nothing”."), "practice C8", "wishes")
    wish = Preference(case=case, wishes=wishes, seen_alone=seen_alone, present=present or [])
    wish.save(force_insert=True)
    return Done(wish, wish, _("Wrote down what may be shared with the people around"), case=case.pk)
