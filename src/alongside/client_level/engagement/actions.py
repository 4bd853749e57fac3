"""Verbs of engagement: receive a referral, screen it, answer it, open the case, enroll."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from alongside.client_level.engagement.models import Criterion, Explanation, Preference, ReferralIn, ScreeningAnswer, Subject
from alongside.client_level.engagement.states import OPEN, REFERRAL_IN
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken
from alongside.foundations.roles import RECEIVE, WORK_CASE
from alongside.foundations.state import move
from alongside.people.models import Assignment, Case, Person, Program, Staff
from alongside.people.models.case import AssignmentRole


@verb(RECEIVE)
def referral_receive(
    actor: Actor, *, program: Program, person: dict[str, Any], source: str, reason: str, received_on: date,
    urgency: str = "usual", source_contact: str = "", immediate_needs: str = "", known: Person | None = None,
) -> Done[ReferralIn]:  # fmt: skip
    """Take in a referral for someone new (`person` holds their fields) or already known to the program (`known`).

    Raises `RuleBroken` for a day to come or a birth date to come (practice E2, E6).
    """
    if received_on > clock.today():
        raise RuleBroken(_("A referral cannot have come on a day that is still ahead."), "practice E2", "received_on")
    client = known or Person(agency_id=actor.agency, **person)
    if client.birth_date and client.birth_date > clock.today():
        raise RuleBroken(_("A birth date cannot be ahead of today."), "practice E6", "birth_date")
    if known is None:
        client.save(force_insert=True)
    days = 1 if urgency == "urgent" else program.answer_referrals_within_days
    referral = ReferralIn(
        agency_id=actor.agency, program=program, client=client, received_on=received_on, source=source, reason=reason,
        answer_by=received_on + timedelta(days=days), urgency=urgency, source_contact=source_contact,
        immediate_needs=immediate_needs,
    )  # fmt: skip
    referral.save(force_insert=True)
    return Done(referral, referral, _("Received a referral to %(program)s") % {"program": program.name})


@verb(RECEIVE)
def referral_screen(
    actor: Actor, *, referral: ReferralIn, answers: dict[Criterion, tuple[str, str]]
) -> Done[ReferralIn]:  # fmt: skip
    """Keep the answer to each criterion, (`yes`/`no`/`unclear`, evidence seen), and mark the referral screened (E3)."""
    for criterion, (met, evidence) in answers.items():
        if criterion.program_id != referral.program_id:
            raise RuleBroken(_("That criterion belongs to another program."), "practice E3")
        ScreeningAnswer.objects.update_or_create(
            referral=referral, criterion=criterion,
            defaults={"agency_id": actor.agency, "program_id": referral.program_id, "question": criterion.question,
                      "met": met, "evidence": evidence},
        )  # fmt: skip
    move(actor, referral, REFERRAL_IN, "screen")
    return Done(referral, referral, _("Screened a referral against the program’s criteria"))


ANSWERS = {"accepted": "accept", "screened_out": "screen out", "waitlisted": "wait-list", "directed": "direct elsewhere"}


@verb(RECEIVE)
def referral_answer(
    actor: Actor, *, referral: ReferralIn, answer: str, words: str = "", directed_to: str = ""
) -> Done[ReferralIn]:
    """Answer a referral: `accepted`, `screened_out`, `waitlisted` or `directed` (practice E2, E4).

    Raises `RuleBroken` when a required criterion is unanswered or not met for an acceptance, when nobody is named for
    a direction, or when no reason is given for any answer but acceptance.
    """
    if answer == "accepted":
        _must_be_met(referral)
    elif not words.strip():
        raise RuleBroken(_("Say why, in a sentence the person who referred would understand."), "practice E2", "words")
    if answer == "directed" and not directed_to.strip():
        raise RuleBroken(_("Name the place they were directed to."), "practice E4", "directed_to")
    referral.answered_on, referral.answered_by_id = clock.today(), actor.staff
    referral.answer_words, referral.directed_to = words, directed_to
    referral.save()
    move(actor, referral, REFERRAL_IN, ANSWERS[answer], reason=answer)
    return Done(referral, referral, _("Answered a referral: %(answer)s") % {"answer": referral.get_state_display()})


def _must_be_met(referral: ReferralIn) -> None:
    met = {a.criterion_id: a.met for a in referral.answers.all()}
    for criterion in Criterion.objects.filter(program_id=referral.program_id, required=True):
        if met.get(criterion.pk) != "yes":
            sentence = _("“%(question)s” has to be answered with yes first.") % {"question": criterion.question}
            raise RuleBroken(sentence, "practice E3")


@verb(RECEIVE)
def case_open(
    actor: Actor, *, referral: ReferralIn, primary: Staff, opened_on: date, chosen_by_client: bool = False
) -> Done[Case]:
    """Open a case from an accepted referral, with its one primary case manager (practice E5, E7)."""
    if referral.state != "accepted" or referral.case_id is not None:
        raise RuleBroken(_("Only a referral that was accepted, and has no case yet, becomes one."), "practice E5")
    if not referral.received_on <= opened_on <= clock.today():
        raise RuleBroken(_("Open it between the day the referral came and today."), "practice E5", "opened_on")
    program = referral.program
    case = Case(
        agency_id=actor.agency, program=program, client=referral.client, opened_on=opened_on,
        number=_next_number(opened_on), contact_every_days=program.contact_every_days,
        primary_chosen_by_client=chosen_by_client,
    )  # fmt: skip
    for staff, role in {(primary.pk, AssignmentRole.PRIMARY), (actor.staff, AssignmentRole.INTAKE)}:
        if role is AssignmentRole.PRIMARY or staff != primary.pk:
            Assignment(case=case, program_id=program.pk, staff_id=staff, role=role, since=opened_on).save(force_insert=True)
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
    out or the day is outside the case's life.
    """
    if told.subjects != frozenset(Subject.values):
        raise RuleBroken(_("All three are explained before services begin."), "practice E5", "subjects")
    if not case.opened_on <= told.on <= clock.today():
        raise RuleBroken(_("Choose a day between the opening of the case and today."), "practice E5", "on")
    if case.enrolled_on is not None:
        raise RuleBroken(_("This client is enrolled already."), "practice E5")
    for subject in Subject.values:
        Explanation(
            case=case, subject=subject, on=told.on, by_id=actor.staff, language=told.language,
            interpreter=told.interpreter, questions=told.questions,
        ).save()  # fmt: skip
    Preference(case=case, seen_alone=seen_alone, present=present, wishes=wishes).save()
    case.enrolled_on, case.last_seen_on = told.on, told.on
    case.save(update_fields=["enrolled_on", "last_seen_on"])
    done = Done(case, case, _("Enrolled the client and explained rights, consent and confidentiality"), case=case.pk)
    Assignment.objects.filter(case=case, role=AssignmentRole.INTAKE, until=None).update(until=clock.today() + timedelta(days=1))
    return done


@verb(RECEIVE)
def criteria_save(actor: Actor, *, program: Program, questions: list[tuple[str, str, bool]]) -> Done[Program]:
    """Add criteria to a program: (question, `eligible` or `appropriate`, required)."""
    for place, (question, kind, required) in enumerate(questions, start=1):
        Criterion.objects.update_or_create(
            agency_id=actor.agency, program=program, question=question,
            defaults={"kind": kind, "required": required, "position": place},
        )  # fmt: skip
    return Done(program, program, _("Set the criteria of %(program)s") % {"program": program.name})


__all__ = ["OPEN", "Told", "case_enroll", "case_open", "criteria_save", "referral_answer", "referral_receive", "referral_screen"]
