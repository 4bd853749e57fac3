"""Verbs of referrals out: made, sent with consent, answered, chased, closed with what came of it (practice I4)."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from alongside.client_level.intervention.actions.consent import Consent, let_out, rest_on
from alongside.client_level.intervention.actions.words import Tie, check_tie
from alongside.client_level.intervention.queries import OWED
from alongside.client_level.intervention.states import REFERRAL_OUT, STAYS_DRAFT
from alongside.confidentiality.models import Category
from alongside.documentation.models import ReferralOut
from alongside.documentation.models.work import ReferralState
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.held import next_edition
from alongside.foundations.roles import WORK_CASE
from alongside.foundations.state import move
from alongside.people.access import held_in_open_case, must_be_open
from alongside.people.models import Case

CHASE_AFTER = timedelta(days=14)


@verb(WORK_CASE)
def referral_out_make(
    actor: Actor, *, case: Case, organization: str, service: str, shares: str, gives: Sequence[str] = (Category.IDENTITY,),
    tie: Tie | None = None, consent: Consent | None = None, warm: bool = False,
) -> Done[ReferralOut]:  # fmt: skip
    """Make a referral, not sent yet: to whom, for which service and objective, and what of the client is shared.

    `gives` are the parts of the record that `shares` tells of. Raises `RuleBroken` without an organization, a service or
    what is shared, for a release that does not cover it, and for a new one that is not whole or not signed (practice C1).
    """
    must_be_open(case)
    check_tie(case, tie)
    for field, words, sentence in (
        ("organization", organization, _("Name the organization.")),
        ("service", service, _("Name the service that is asked for.")),
        ("shares", shares, _("Say what they will learn about the client, and nothing more than they need.")),
    ):
        must_say(words, sentence, "practice I4", field)
    if not gives or not set(gives) <= set(Category.values):
        raise RuleBroken(_("Tick which parts of the record this tells of."), "practice C1", "gives")
    referral = ReferralOut(
        case=case, gives=list(gives), organization=organization.strip(), service=service.strip(), shares=shares.strip(), warm=warm,
        goal=tie.goal if tie else None, objective=tie.objective if tie else None, by_id=actor.staff,
    )  # fmt: skip
    referral.save(force_insert=True)
    if consent is not None:
        rest_on(actor, referral, consent)
        referral.save()
    return Done(referral, referral, _("Made a referral to %(name)s") % {"name": referral.organization}, case=case.pk)


@verb(WORK_CASE)
def referral_out_send(
    actor: Actor, *, referral: ReferralOut, edition: int, consent: Consent | None = None, chase_on: date | None = None
) -> Done[ReferralOut]:
    """Send it today, as a disclosure under its release. An answer is asked after on `chase_on`, by default in 14 days.

    Raises `RuleBroken` without a release that is in force at this moment and covers this recipient and what is told, which
    the database refuses too, and for a chase day not ahead (practice C1, C2, I4).
    """
    held = _held(referral, edition)
    if consent is not None:
        rest_on(actor, held, consent)
    if held.release is None:
        raise RuleBroken(
            _("Nothing is sent before the client has consented. Choose a release, or make one and sign it here."),
            "practice C1", "release",
        )  # fmt: skip
    if held.state == ReferralState.DRAFT:
        let_out(actor, held, held.release)
    held.sent_on, held.chase_on = clock.today(), _ahead(chase_on)
    _step(actor, held, "send")
    return Done(held, held, _("Sent the referral to %(name)s") % {"name": held.organization}, case=held.case_id)


@verb(WORK_CASE)
def referral_out_answer(
    actor: Actor, *, referral: ReferralOut, step: str, on: date, edition: int, feedback: str = "", outcome: str = ""
) -> Done[ReferralOut]:
    """Write down the next step, a verb of the state table: receive, accept, decline, wait-list, start or close.

    Raises `RuleBroken` for a day outside sending and today, a refusal without the reason they gave, and a closing
    without its outcome or of a draft, which is withdrawn instead (practice I4).
    """
    held = _held(referral, edition)
    if on > clock.today() or (held.sent_on and on < held.sent_on):
        raise RuleBroken(_("Choose a day between the sending and today."), "practice I4", "on")
    if step == "decline" and not feedback.strip():
        raise RuleBroken(_("Write down the reason they gave."), "practice I4", "feedback")
    if step == "close" and not outcome.strip():
        raise RuleBroken(_("Say what came of this referral."), "practice I4", "outcome")
    if step == "close" and held.state == ReferralState.DRAFT:
        raise RuleBroken(str(STAYS_DRAFT), "practice I4", "step")
    held.feedback, held.outcome = feedback.strip() or held.feedback, outcome.strip() or held.outcome
    if step in {"accept", "decline", "wait-list"}:
        held.answered_on = on
    held.started_on = on if step == "start" else held.started_on
    held.closed_on = on if step == "close" else held.closed_on
    if step == "wait-list":
        held.chase_on = clock.today() + CHASE_AFTER
    elif step != "receive":
        held.chase_on = None
    _step(actor, held, step)
    said = _("Referral to %(name)s: %(state)s") % {"name": held.organization, "state": held.get_state_display()}
    return Done(held, held, said, case=held.case_id)


@verb(WORK_CASE)
def referral_out_withdraw(actor: Actor, *, referral: ReferralOut, edition: int, reason: str) -> Done[ReferralOut]:
    """Let go of a referral that was never sent, whether or not it was consented to; all that was asked stays readable.

    Raises `RuleBroken` without a reason, and once it was sent: then it is closed with what came of it (practice I4).
    """
    held = _held(referral, edition)
    if held.state != ReferralState.DRAFT:
        raise RuleBroken(_("This referral was sent. Close it with what came of it."), "practice I4", "reason")
    must_say(reason, _("Say in a sentence why it is not sent."), "practice I4", "reason")
    held.outcome, held.closed_on = reason.strip(), clock.today()
    held.save()
    move(actor, held, REFERRAL_OUT, "withdraw")
    said = _("Withdrew the referral to %(name)s; it was never sent") % {"name": held.organization}
    return Done(held, held, said, case=held.case_id)


@verb(WORK_CASE)
def referral_out_chase(
    actor: Actor, *, referral: ReferralOut, edition: int, chase_on: date | None = None
) -> Done[ReferralOut]:
    """Write down that they were asked again today, and when to ask next, by default in 14 days (practice I4)."""
    held = _held(referral, edition)
    if held.state not in OWED:
        raise RuleBroken(_("Nobody owes an answer to this referral now."), "practice I4")
    before, held.chase_on = held.chase_on, _ahead(chase_on)
    held.save()
    said = _("Asked %(name)s again for an answer") % {"name": held.organization}
    return Done(held, held, said, case=held.case_id, changes={"chase_on": (before, held.chase_on)})


def _ahead(chase_on: date | None) -> date:
    if chase_on is not None and chase_on <= clock.today():
        raise RuleBroken(_("Choose a day that is still ahead."), "practice I4", "chase_on")
    return chase_on or clock.today() + CHASE_AFTER


def _held(referral: ReferralOut, edition: int) -> ReferralOut:
    """The referral as it is now, locked until the verb ends, if nobody has changed it since it was read."""
    held = held_in_open_case(referral)
    theirs = {name: getattr(held, name) for name in ("feedback", "outcome", "chase_on")}
    said = _("The referral is now %(state)s.") % {"state": held.get_state_display()}
    next_edition(held, edition, theirs, said=said)
    return held


def _step(actor: Actor, held: ReferralOut, step: str) -> None:
    """Save what was written, then take the step; a step that is not open undoes both."""
    held.save()
    move(actor, held, REFERRAL_OUT, step)
