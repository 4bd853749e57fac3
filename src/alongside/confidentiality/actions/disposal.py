"""Verbs of disposal: one proposes, another approves, and then it is carried out (practice D6, decision 0017)."""

from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from alongside.confidentiality.models import Certificate, Disposal
from alongside.confidentiality.queries.retention import Due, due_of
from alongside.confidentiality.states import DISPOSAL
from alongside.foundations import clock, keys
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.held import held
from alongside.foundations.roles import SUPERVISE, WORK_CASE
from alongside.foundations.state import move

SOURCE = "practice D6"


@verb(WORK_CASE)
def disposal_propose(actor: Actor, *, subject: UUID) -> Done[Disposal]:
    """Propose to dispose of a record that is due: a case, a referral that was not accepted, or a round of outreach.

    Raises `RuleBroken` for one that is not due, is on hold, or is proposed already.
    """
    due = _must_be_due(subject)
    if due.proposal is not None:
        raise RuleBroken(_("This is proposed already."), SOURCE)
    proposal = Disposal(
        agency_id=actor.agency, program=due.program, kind=due.kind,
        case_id=due.case, subject_id=subject, rule=due.rule, proposed_by_id=actor.staff, proposed_at=clock.now(),
    )  # fmt: skip
    proposal.save(force_insert=True)
    return Done(proposal, proposal, _("Proposed to dispose of the record"), case=due.case)


@verb(SUPERVISE)
def disposal_approve(actor: Actor, *, proposal: Disposal) -> Done[Disposal]:
    """Approve what another proposed. Raises `RuleBroken` for one's own proposal, and as `disposal_propose` does."""
    proposal = held(proposal)
    if proposal.proposed_by_id == actor.staff:
        raise RuleBroken(_("You proposed this yourself. Somebody else has to approve it."), SOURCE)
    _still(proposal)
    _must_be_due(proposal.subject_id)
    if proposal.state == "proposed":
        proposal.approved_by_id, proposal.approved_at = actor.staff, clock.now()
        proposal.save(update_fields=["approved_by", "approved_at"])
    move(actor, proposal, DISPOSAL, "approve")
    return Done(proposal, proposal, _("Approved the disposal of the record"), case=proposal.case_id)


@verb(SUPERVISE)
def disposal_turn_down(actor: Actor, *, proposal: Disposal, why: str) -> Done[Disposal]:
    """Turn a proposal down, also one that was approved; the record stays. Raises `RuleBroken` for a missing reason."""
    must_say(why, _("Say why the record is kept."), SOURCE, "why")
    proposal = held(proposal)
    move(actor, proposal, DISPOSAL, "turn down", reason=why)
    return Done(proposal, proposal, _("Turned down the disposal of the record"), case=proposal.case_id)


@verb(SUPERVISE)
def disposal_carry_out(actor: Actor, *, proposal: Disposal) -> Done[Certificate]:
    """Dispose of the record: nothing of it is left but the certificate. It cannot be undone.

    Raises `RuleBroken` while it is not approved by another person, not due, or on hold. The database checks all of it again.
    """
    proposal = held(proposal)
    if proposal.state != "approved" or proposal.approved_by_id in (None, proposal.proposed_by_id):
        raise RuleBroken(_("It has to be approved by somebody other than who proposed it."), SOURCE)
    _still(proposal)
    _must_be_due(proposal.subject_id)
    certificate = _gone(proposal)
    return Done(certificate, certificate, _("Disposed of a record; the certificate says how much of what"))


def _still(proposal: Disposal) -> None:
    """Keep the record as it is until the verb is done: a hold that is being set is waited for, and one that comes later waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT still_for_disposal(%s)", [proposal.pk])


def _must_be_due(subject: UUID) -> Due:
    due = due_of(subject)
    if due is None or due.due > clock.today():
        raise RuleBroken(_("No rule makes this record due yet."), SOURCE)
    if due.held:
        raise RuleBroken(
            _("This record is on hold. Nothing of it can be disposed of until the hold is lifted."), SOURCE
        )
    return due


def _gone(proposal: Disposal) -> Certificate:
    """Let the database take the record out of every table, and give back what it certifies.

    It is the only place from which `dispose` is called, which destroys the keys of what goes in the same transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")  # it goes through every table, which no page does
        cursor.execute("SELECT dispose(%s)", [proposal.pk])
        key = cursor.fetchone()[0]
    keys.forget()
    return Certificate.objects.get(pk=key)
