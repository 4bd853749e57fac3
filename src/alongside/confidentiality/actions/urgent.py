"""Verbs of urgent openings: the door that opens for some hours, and the judgment afterwards (practice C5)."""

from datetime import timedelta

from django.utils.translation import gettext as _

from alongside.confidentiality.models import UrgentOpening
from alongside.confidentiality.queries.urgent import Called, hours_of_agency
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import NotAllowed, RuleBroken, must_say
from alongside.foundations.held import held
from alongside.foundations.roles import ADMINISTER, READ_CASE, SUPERVISE
from alongside.people.models import Agency, Case

LONGEST = 24
"""Hours that an urgent opening lasts at most, whatever the agency sets."""


@verb(READ_CASE)
def urgent_open(actor: Actor, *, called: Called, reason: str) -> Done[UrgentOpening]:
    """Open a case for reading, for as many hours as the agency allows, to somebody outside its team.

    Who answers for the case is shown it at once and judges it. Raises `RuleBroken` without a reason, and for a case that
    is open to them already.
    """
    must_say(reason, _("Say why it cannot wait. The supervisor reads it today."), "practice C5", "reason")
    if Case.objects.filter(pk=called.case).exists():
        raise RuleBroken(_("This case is open to you already. Find it among the cases."), "practice C5")
    began = clock.now()
    row = UrgentOpening(
        case=Case(pk=called.case, program_id=called.program), staff_id=actor.staff, reason=reason.strip(), began_at=began,
        ends_at=began + timedelta(hours=hours_of_agency()),
    )  # fmt: skip
    row.save(force_insert=True)
    said = _("Opened the case urgently, from outside its team")
    return Done(row, row, said, case=called.case)


@verb(SUPERVISE)
def urgent_judge(actor: Actor, *, opening: UrgentOpening, fitting: bool, words: str) -> Done[UrgentOpening]:
    """Say whether an urgent opening was fitting. One that was not ends at once.

    Nobody judges their own. Raises `RuleBroken` for one that is judged already, and for one that was not fitting without
    a word about it.
    """
    opening = held(opening, "staff")
    if opening.staff_id == actor.staff:
        raise NotAllowed(_("Somebody else judges an opening of your own."))
    if opening.judged_at is not None:
        raise RuleBroken(_("This opening has been judged already."), "practice C5")
    if not fitting:
        must_say(words, _("Say why it was not justified, and what follows."), "practice C5", "words")
    opening.fitting, opening.judgment, opening.judged_by_id = fitting, words.strip(), actor.staff
    opening.judged_at = clock.now()
    if not fitting and opening.lasts:
        opening.ends_at = opening.judged_at
    opening.save(update_fields=["fitting", "judgment", "judged_by", "judged_at", "ends_at"])
    told = {"name": opening.staff.name}
    said = (
        _("Judged the urgent opening by %(name)s as justified")
        if fitting
        else _("Judged the urgent opening by %(name)s as not justified")
    )
    return Done(opening, opening, said % told, case=opening.case_id)


@verb(ADMINISTER)
def urgent_hours_set(actor: Actor, *, hours: int) -> Done[Agency]:
    """Set for how many hours an urgent opening lasts in this agency. Raises `RuleBroken` for less than one or more than a day."""
    if not 1 <= hours <= LONGEST:
        raise RuleBroken(_("Choose from 1 to 24 hours."), "practice C5", "hours")
    agency = held(Agency.objects.get(pk=actor.agency))
    before, agency.urgent_hours = agency.urgent_hours, hours
    agency.save(update_fields=["urgent_hours"])
    said = _("Set how long an urgent opening lasts")
    return Done(agency, agency, said, changes={"urgent_hours": (before, hours)})
