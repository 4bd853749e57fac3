"""Verbs of the door: receive a referral, screen it, answer it; and the criteria that screening asks."""

from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.client_level.engagement.actions.persons import check_person
from alongside.client_level.engagement.models import Criterion, Outreach, ReferralIn, ScreeningAnswer
from alongside.client_level.engagement.queries import asked_of
from alongside.client_level.engagement.states import REFERRAL_IN, ReferralInState
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.held import held, must_be_unchanged
from alongside.foundations.ids import new_id
from alongside.foundations.roles import ADMINISTER, RECEIVE
from alongside.foundations.state import move
from alongside.people.models import ContactPoint, Person, Program

ANSWERS = {
    "accepted": "accept",
    "screened_out": "screen out",
    "waitlisted": "wait-list",
    "directed": "direct elsewhere",
}
DAYS_IF = {"urgent": 1, "soon": 2}


@verb(RECEIVE)
def referral_receive(
    actor: Actor, *, program: Program, person: dict[str, Any], source: str, reason: str, received_on: date,
    urgency: str = "usual", source_contact: str = "", immediate_needs: str = "", known: Person | None = None,
    contact: dict[str, Any] | None = None, outreach: Outreach | None = None,
) -> Done[ReferralIn]:  # fmt: skip
    """Take in a referral for someone new (`person` holds their fields) or already known to the program (`known`).

    `contact` holds the fields of one `ContactPoint`, if a way to reach the person was told; `outreach` is where they were
    met, if it came from there (practice E1). Whole days until an answer
    is owed: 1 when urgent, 2 when soon, else as the program has set, and never more than that.
    Raises `RuleBroken` for a missing source or reason, a day or a birth date to come (practice E2, E6).
    """
    must_say(source, _("Name who referred, even if it is the person themselves."), "practice E2", "source")
    must_say(reason, _("Say why they come, as it was told to you."), "practice E2", "reason")
    if received_on > clock.today():
        raise RuleBroken(_("A referral cannot have come on a day that is still ahead."), "practice E2", "received_on")
    if known is None:
        check_person(person)
    client = known or Person(agency_id=actor.agency, **person)
    if known is None:
        client.save(force_insert=True)
    days = min(DAYS_IF.get(urgency, program.answer_referrals_within_days), program.answer_referrals_within_days)
    referral = ReferralIn(
        agency_id=actor.agency, program=program, client=client, received_on=received_on, source=source, reason=reason,
        answer_by=received_on + timedelta(days=days), urgency=urgency, source_contact=source_contact,
        immediate_needs=immediate_needs, outreach=outreach,
    )  # fmt: skip
    referral.save(force_insert=True)
    if contact:
        # Only now: it is the referral that makes the person known at this door (policy of people_contactpoint).
        ContactPoint(person=client, **contact).save(force_insert=True)
    return Done(referral, referral, _("Received a referral to %(program)s") % {"program": program.name})


@verb(RECEIVE)
def referral_screen(
    actor: Actor, *, referral: ReferralIn, answers: dict[Criterion, tuple[str, str]], edition: int | None = None
) -> Done[ReferralIn]:
    """Keep the answer to each criterion, (`yes`/`no`/`unclear`, evidence seen), and mark the referral screened (E3).

    Raises `RuleBroken` for a criterion of another program, a yes or no without evidence, or a required criterion left
    out; `ChangedByAnother` when `edition` is given and someone screened meanwhile.
    """
    referral = held(referral)
    if edition is not None:
        must_be_unchanged(referral, edition, _answers_now(referral), now=referral.edition)
    for criterion, (met, evidence) in answers.items():
        _check_answer(referral, criterion, met, evidence)
    known = {criterion.pk for criterion in answers} | set(referral.answers.values_list("criterion_id", flat=True))
    for criterion in asked_of(referral.program_id).filter(required=True):
        if criterion.pk not in known:
            sentence = _("Choose an answer; “not clear yet” is one.")
            raise RuleBroken(sentence, "practice E3", f"met-{criterion.pk}")
    for criterion, (met, evidence) in answers.items():
        ScreeningAnswer.objects.update_or_create(
            referral=referral, criterion=criterion,
            defaults={"agency_id": actor.agency, "program_id": referral.program_id, "question": criterion.question,
                      "met": met, "evidence": evidence},
        )  # fmt: skip
    move(actor, referral, REFERRAL_IN, "screen")
    referral.edition += 1
    referral.save(update_fields=["edition"])
    return Done(referral, referral, _("Screened a referral against the program’s criteria"))


def _check_answer(referral: ReferralIn, criterion: Criterion, met: str, evidence: str) -> None:
    if criterion.program_id != referral.program_id:
        raise RuleBroken(_("That criterion belongs to another program."), "practice E3")
    if met in ("yes", "no") and not evidence.strip():
        sentence = _("Say what you saw or heard that shows it.")
        raise RuleBroken(sentence, "practice E3", f"evidence-{criterion.pk}")


def _answers_now(referral: ReferralIn) -> dict[str, object]:
    """What stands in the screening, by the names of the form's fields."""
    now: dict[str, object] = {}
    for answer in referral.answers.all():
        now[f"met-{answer.criterion_id}"] = answer.met
        now[f"evidence-{answer.criterion_id}"] = answer.evidence
    return now


@verb(RECEIVE)
def referral_answer(
    actor: Actor, *, referral: ReferralIn, answer: str, words: str = "", directed_to: str = ""
) -> Done[ReferralIn]:
    """Answer a referral: `accepted`, `screened_out`, `waitlisted` or `directed` (practice E2, E4).

    Raises `RuleBroken` when it has its answer or was not screened yet (unless it is directed elsewhere), when a
    required criterion is unanswered or not met for an acceptance, when no reason is given for any answer but acceptance, or when nobody is
    named for a direction or for someone who is not eligible.
    """
    if answer not in ANSWERS:
        raise RuleBroken(_("Choose one of the four answers."), "practice E2", "answer")
    referral = held(referral, "program", "client")  # two who answer at once do not both answer
    if referral.state == ReferralInState.RECEIVED and answer != "directed":
        raise RuleBroken(_("Screen it first; only sending them elsewhere needs no screening."), "practice E3", "answer")
    if REFERRAL_IN.find(referral.state, ANSWERS[answer]) is None:
        raise RuleBroken(_("This referral is answered already."), "practice E2")
    if answer == "accepted":
        _must_be_met(referral)
    elif not words.strip():
        raise RuleBroken(_("Say why, in a sentence the person who referred would understand."), "practice E2", "words")
    if answer == "directed" and not directed_to.strip():
        raise RuleBroken(_("Name the place they were directed to."), "practice E4", "directed_to")
    if answer == "screened_out" and not directed_to.strip() and is_not_eligible(referral):
        sentence = _("They are not eligible here. Name a place that can help, and tell them.")
        raise RuleBroken(sentence, "practice E4", "directed_to")
    referral.answered_on, referral.answered_by_id = clock.today(), actor.staff
    referral.answer_words, referral.directed_to = words, directed_to
    referral.save(update_fields=["answered_on", "answered_by", "answer_words", "directed_to"])
    move(actor, referral, REFERRAL_IN, ANSWERS[answer], reason=answer)
    return Done(referral, referral, _("Answered a referral: %(answer)s") % {"answer": referral.get_state_display()})


def is_not_eligible(referral: ReferralIn) -> bool:
    """True when a criterion of eligibility was answered with no (practice E4)."""
    return referral.answers.filter(criterion__kind="eligible", met="no").exists()


def _must_be_met(referral: ReferralIn) -> None:
    met = {a.criterion_id: a.met for a in referral.answers.all()}
    for criterion in asked_of(referral.program_id).filter(required=True):
        if met.get(criterion.pk) != "yes":
            sentence = _("“%(question)s” has to be answered with yes first.") % {"question": criterion.question}
            raise RuleBroken(sentence, "practice E3", "answer")


class Asked(NamedTuple):
    """One criterion: its question, whether it is about `eligible` or `appropriate`, whether acceptance needs a yes.

    `asked` is False for one that is no longer asked; `key` is the row it changes, None for a new one.
    """

    question: str
    kind: str
    required: bool
    asked: bool = True
    key: UUID | None = None


@verb(ADMINISTER)
def criteria_save(actor: Actor, *, program: Program, questions: list[Asked]) -> Done[Program]:
    """Set what a program asks before it accepts someone, in this order (practice E3).

    Answers keep the question as it was asked. Raises `RuleBroken` for a question asked twice.
    """
    asked = [one.question.strip().lower() for one in questions if one.asked]
    if len(asked) != len(set(asked)):
        raise RuleBroken(_("One question stands there twice. Ask it once."), "practice E3")
    for place, one in enumerate(questions, start=1):
        values = {
            "question": one.question.strip(),
            "kind": one.kind,
            "required": one.required,
            "asked": one.asked,
            "position": place,
        }
        Criterion.objects.update_or_create(
            pk=one.key or new_id(), agency_id=actor.agency, program=program, defaults=values
        )  # fmt: skip
    return Done(program, program, _("Set the criteria of %(program)s") % {"program": program.name})
