"""Verbs of the agreement with another agency: offered by one, accepted by the other, ended by either (practice C1)."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.confidentiality.models import Agreement
from alongside.confidentiality.queries.sharing import agencies_known
from alongside.confidentiality.states import AGREEMENT, AgreementState
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.held import held
from alongside.foundations.roles import ADMINISTER
from alongside.foundations.state import move

RULE = "practice C1"


@verb(ADMINISTER)
def agreement_offer(
    actor: Actor, *, other: UUID, purpose: str, since: date, until: date | None = None
) -> Done[Agreement]:
    """Offer another agency of this installation an agreement to share, from `since` until the day before `until`.

    Nothing is shared by it: it waits for the other's administrator. Raises `RuleBroken` without a purpose, for days that
    are over or the wrong way round, and for an agency that is not here.
    """
    must_say(purpose, _("Say what it is for."), RULE, "purpose")
    known = agencies_known()
    if other not in known:
        raise RuleBroken(_("Choose an agency from the list."), RULE, "other")
    if until is not None and until <= max(since, clock.today()):
        raise RuleBroken(_("Choose a later day."), RULE, "until")
    row = Agreement(
        agency_id=actor.agency,
        other_id=other,
        purpose=purpose.strip(),
        since=since,
        until=until,
        offered_by_id=actor.staff,
    )
    row.save(force_insert=True)
    return Done(row, row, _("Offered %(name)s an agreement to share") % {"name": known[other]})


@verb(ADMINISTER)
def agreement_accept(actor: Actor, *, agreement: Agreement) -> Done[Agreement]:
    """Accept what the other agency offers; from then on it is in force, on the days it says.

    Raises `RuleBroken` for an offer of one's own, and for one that is no longer open.
    """
    row = held(agreement)
    if row.other_id != actor.agency:
        raise RuleBroken(_("The other agency accepts it, not the one that offered it."), RULE)
    if row.state == AgreementState.OFFERED:
        row.accepted_by_id = actor.staff
        row.save(update_fields=["accepted_by"])
    move(actor, row, AGREEMENT, "accept")
    return Done(row, row, _("Accepted an agreement to share"))


@verb(ADMINISTER)
def agreement_end(actor: Actor, *, agreement: Agreement, why: str) -> Done[Agreement]:
    """End an agreement at once, or turn down or withdraw an offer: either side may, on any day.

    What was shared under it closes with the next page. Raises `RuleBroken` without a reason, and when it is over.
    """
    must_say(why, _("Say why."), RULE, "why")
    row = held(agreement)
    step = "turn down" if row.state == AgreementState.OFFERED else "end"
    if AGREEMENT.find(row.state, step):
        row.ended_by_id, row.ended_on, row.why_ended = actor.staff, clock.today(), why.strip()
        row.save(update_fields=["ended_by", "ended_on", "why_ended"])
    move(actor, row, AGREEMENT, step)
    return Done(row, row, _("Ended an agreement to share") if step == "end" else _("Closed an offer to share"))
