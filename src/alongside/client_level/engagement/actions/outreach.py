"""Verbs of outreach: record it, and correct what one has recorded (practice E1)."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from alongside.client_level.engagement.models import Outreach
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.held import held, next_edition
from alongside.foundations.roles import RECEIVE
from alongside.people.models import Program

SOURCE = "practice E1"


@verb(RECEIVE)
def outreach_record(actor: Actor, *, program: Program, values: dict[str, Any]) -> Done[Outreach]:
    """Record that people were met before any of them is a client; nobody has to be named (practice E1).

    `values` holds `on`, `place`, `how`, `met`, `offered`, and `who`, `languages`, `said` where they are known. Raises
    `RuleBroken` for a day to come, nobody met, or a missing place or offer.
    """
    _check(values)
    outreach = Outreach(agency_id=actor.agency, program=program, by_id=actor.staff, **values)
    outreach.save(force_insert=True)
    return Done(outreach, outreach, _("Recorded outreach for %(program)s") % {"program": program.name})


@verb(RECEIVE)
def outreach_change(
    actor: Actor, *, outreach: Outreach, values: dict[str, Any], edition: int | None = None
) -> Done[Outreach]:
    """Correct an outreach record: for who wrote it. What changed stands in the deed, save the sealed words.

    Raises as `outreach_record` does; `ChangedByAnother` when `edition`, as a page read it, is no longer the stored one;
    `NotAllowed` for anybody else.
    """
    outreach = held(outreach)
    _check({name: getattr(outreach, name) for name in ("on", "place", "met", "offered")} | values)
    differs = {name: old for name in values if (old := getattr(outreach, name)) != values[name]}
    next_edition(outreach, outreach.edition if edition is None else edition, differs)
    for name, value in values.items():
        setattr(outreach, name, value)
    outreach.save()
    changes = {name: (old, values[name]) for name, old in differs.items()}
    return Done(outreach, outreach, _("Corrected an outreach record"), changes=changes)


def _check(values: dict[str, Any]) -> None:
    on: date = values["on"]
    if on > clock.today():
        raise RuleBroken(_("Outreach is recorded once it was done; that day is still ahead."), SOURCE, "on")
    must_say(values["place"], _("Say where it was: a street, a place, a number that was called."), SOURCE, "place")
    if values["met"] < 1:
        raise RuleBroken(_("Count those who were met: one at least."), SOURCE, "met")
    must_say(values["offered"], _("Say what was offered, even if it was only a talk."), SOURCE, "offered")
