"""Verbs of legal hold: set one, lift it (practice D6)."""

from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from alongside.confidentiality.models import Hold
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.held import held
from alongside.foundations.roles import SUPERVISE, WORK_CASE
from alongside.people.models import Case

SOURCE = "practice D6"


@verb(WORK_CASE)
def hold_set(actor: Actor, *, case: Case, covers: str, ground: str, since: date) -> Done[Hold]:
    """Put a case, or everything kept about its client, on hold: from now on nothing of it can be disposed of.

    Whoever works on it may, for whoever hears of a lawsuit has to act at once; only who supervises lifts it.
    A disposal that is under way is waited for. Raises `RuleBroken` for a missing ground, a day that is still ahead, and a
    record that is gone meanwhile.
    """
    must_say(ground, _("Say on what ground, for example the court and the number of the case there."), SOURCE, "ground")
    if since > clock.today():
        raise RuleBroken(_("Choose today or a day before."), SOURCE, "since")
    _must_be_there(case)
    hold = Hold(case=case, covers=covers, ground=ground, since=since, by_id=actor.staff)
    hold.save(force_insert=True)
    said = _("Put the case on hold") if covers == "case" else _("Put everything kept about the client on hold")
    return Done(hold, hold, said, case=case.pk)


def _must_be_there(case: Case) -> None:
    """Keep the case from being disposed of until the verb is done, under the weakest lock that does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM people_case WHERE id = %s FOR KEY SHARE", [case.pk])
        if cursor.fetchone() is None:
            raise RuleBroken(
                _("Nothing is left to hold: the record was disposed of, or is no longer yours to change."), SOURCE
            )


@verb(SUPERVISE)
def hold_lift(actor: Actor, *, hold: Hold, why: str) -> Done[Hold]:
    """Lift a hold. Raises `RuleBroken` when it is lifted already, and for a missing reason."""
    hold = held(hold)
    if hold.lifted_on is not None:
        raise RuleBroken(_("This hold is lifted already."), SOURCE)
    must_say(why, _("Say why it can be lifted."), SOURCE, "why")
    hold.lifted_on, hold.lifted_by_id, hold.lifted_why = clock.today(), actor.staff, why
    hold.save(update_fields=["lifted_on", "lifted_by", "lifted_why"])
    return Done(hold, hold, _("Lifted a hold"), case=hold.case_id)
