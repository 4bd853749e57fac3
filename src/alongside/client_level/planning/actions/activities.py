"""Verbs of activities: who does what, how often, until when, at what cost, who pays, and what else there is (P4)."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from alongside.client_level.planning.actions.ground import draft_to_write_in, the_draft, touch
from alongside.documentation.models import Activity, Objective
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.ids import new_id
from alongside.foundations.roles import WORK_CASE


@dataclass(frozen=True)
class Doing:
    """What makes an activity. `every_days` is how often in whole days, where that can be said; `cost` is in dollars."""

    actor: str
    who: str
    what: str
    starts_on: date
    ends_on: date | None = None
    how_often: str = ""
    every_days: int | None = None
    expected: str = ""
    cost: Decimal = Decimal(0)
    paid_by: str = ""
    instead: str = ""


def _check(doing: Doing) -> None:
    must_say(doing.who, _("Name who does it."), "practice P4", "who")
    must_say(doing.what, _("Say what they do."), "practice P4", "what")
    if doing.ends_on and doing.ends_on < doing.starts_on:
        raise RuleBroken(_("It ends before it starts. Choose a later day."), "practice P4", "ends_on")
    if doing.cost < 0:
        raise RuleBroken(_("Give what it costs as a number of dollars, or 0."), "practice P4", "cost")
    if doing.cost and not doing.paid_by.strip():
        raise RuleBroken(_("It costs something. Say who pays."), "practice P4, P10", "paid_by")


@verb(WORK_CASE)
def activity_add(actor: Actor, *, objective: Objective, doing: Doing) -> Done[Activity]:
    """Add an activity for `objective`, in the draft or in an amendment that is begun for it (practice P4, P8)."""
    _check(doing)
    version = draft_to_write_in(objective.case)
    under = Objective.objects.filter(version=version, origin_id=objective.origin_id).first()
    if under is None:
        raise RuleBroken(_("This objective is no longer in the plan. Choose another."), "practice P4", "objective")
    key = new_id()
    activity = Activity(
        id=key, origin_id=key, case=objective.case, version=version, objective=under, **asdict(doing)
    )  # fmt: skip
    activity.save(force_insert=True)
    touch(version)
    said = _("Added an activity for objective %(number)s") % {"number": under.number}
    return Done(activity, activity, said, case=objective.case_id)


@verb(WORK_CASE)
def activity_remove(actor: Actor, *, activity: Activity) -> Done[None]:
    """Take an activity out of a draft; earlier versions keep it."""
    version = the_draft(activity.version)
    key, said = activity.pk, _("Took an activity out of objective %(number)s") % {"number": activity.objective.number}
    activity.delete()
    activity.pk = key
    touch(version)
    return Done(None, activity, said, case=activity.case_id)
