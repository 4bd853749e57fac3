"""Verbs of decisions: a need set aside on purpose, and taken up again (practice P1)."""

from datetime import date

from django.utils.translation import gettext as _

from alongside.documentation.models import Need, NeedDecision
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.roles import WORK_CASE
from alongside.people.access import must_be_open


@verb(WORK_CASE)
def decision_record(
    actor: Actor, *, need: Need, kind: str, decided_by: str, why: str, decided_on: date,
    look_again_on: date | None = None, client_words: str = "",
) -> Done[NeedDecision]:  # fmt: skip
    """Set a need aside: `defer` it to a day on which it is looked at again, or `decline` it (practice P1).

    Raises `RuleBroken` without a reason, for a day still ahead, for a wait without an end, or when a decision stands.
    """
    must_be_open(need.case)
    must_say(why, _("Say why, so that it can be understood in a year."), "practice P1", "why")
    if not need.found_on <= decided_on <= clock.today():
        raise RuleBroken(_("Choose a day between the finding of the need and today."), "practice P1", "decided_on")
    if kind == "defer" and look_again_on is None:
        raise RuleBroken(_("A wait has an end. Choose the day to look at it again."), "practice P1", "look_again_on")
    if look_again_on and look_again_on <= max(decided_on, clock.today()):
        raise RuleBroken(_("Choose a day that lies ahead."), "practice P1", "look_again_on")
    if NeedDecision.objects.filter(need=need, ended_on=None).exists():
        raise RuleBroken(_("This need is resting already. End that decision first."), "practice P1")
    decision = NeedDecision(
        case=need.case, need=need, kind=kind, decided_by=decided_by, why=why, client_words=client_words,
        decided_on=decided_on, look_again_on=look_again_on,
    )  # fmt: skip
    decision.save(force_insert=True)
    said = _("Let need %(number)s rest: %(kind)s") % {"number": need.number, "kind": decision.get_kind_display()}
    return Done(decision, decision, said, case=need.case_id)


@verb(WORK_CASE)
def decision_end(actor: Actor, *, decision: NeedDecision) -> Done[NeedDecision]:
    """Take the need up again: from today on it waits for a goal, or for another decision."""
    must_be_open(decision.case)
    if decision.ended_on is not None:
        raise RuleBroken(_("This decision has ended already."), "practice P1")
    decision.ended_on = clock.today()
    decision.save(update_fields=["ended_on"])
    said = _("Took up need %(number)s again") % {"number": decision.need.number}
    return Done(decision, decision, said, case=decision.case_id)
