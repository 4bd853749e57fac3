"""The verb of signing: when all who must have signed, the version takes effect (practice P8)."""

import json

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.client_level.planning.queries.versions import is_fully_signed
from alongside.client_level.planning.states import PLAN
from alongside.confidentiality.actions.signing import acting_representative
from alongside.documentation.models import PlanVersion, Signature
from alongside.documentation.models.plan import PlanState
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken
from alongside.foundations.roles import SUPERVISE, WORK_CASE
from alongside.foundations.state import move
from alongside.foundations.strokes import read_strokes
from alongside.people.access import held_in_open_case

SAME_PLACE = {"client": ("client", "representative"), "representative": ("client", "representative")}
STAFF = ("worker", "supervisor")
SIGNED_BY = {
    "client": gettext_lazy("The client signed plan version %(number)s"),
    "representative": gettext_lazy("The client’s representative signed plan version %(number)s"),
    "worker": gettext_lazy("Signed plan version %(number)s as the case manager"),
    "supervisor": gettext_lazy("Signed plan version %(number)s as the supervisor"),
    "family": gettext_lazy("Somebody of the family signed plan version %(number)s"),
}
"""What the deed says, by capacity. It names nobody: a deed outlives the names that are sealed."""


@verb(WORK_CASE)
def plan_sign(
    actor: Actor, *, version: PlanVersion, capacity: str, name: str = "", strokes: str = "", language: str = ""
) -> Done[Signature]:
    """Take one signature under an offered version, drawn (`strokes`, as the pad sends them) or typed (`name`).

    Staff sign for themselves alone. With the last signature needed the version takes effect and replaces the one
    before. Raises `RuleBroken` when the version is not open for it, the place is taken, or name or language is missing.
    """
    offered = held_in_open_case(version, "case__client", "case__program")
    _must_be_open_for(offered, capacity)
    drawn = read_strokes(strokes)
    signature = Signature(
        case=offered.case, version=offered, capacity=capacity, name=_name_of(actor, offered, capacity, name, bool(drawn)),
        method="drawn" if drawn else "typed", strokes=json.dumps(drawn) if drawn else "", language=language.strip(),
        signed_at=clock.now(), taken_by_id=actor.staff,
    )  # fmt: skip
    if capacity not in STAFF and not signature.language:
        raise RuleBroken(_("Say in which language the plan was read."), "practice P9", "language")
    if any(one.name == signature.name for one in Signature.objects.filter(version=offered, capacity=capacity)):
        raise RuleBroken(_("%(name)s has signed already.") % {"name": signature.name}, "practice P8", "name")
    signature.save(force_insert=True)
    if offered.state == PlanState.SIGNING and is_fully_signed(offered):
        _take_effect(actor, offered)
    said = str(SIGNED_BY[capacity]) % {"number": offered.number}
    return Done(signature, signature, said, case=offered.case_id)


@verb(WORK_CASE)
def plan_settle(actor: Actor, *, version: PlanVersion) -> Done[PlanVersion]:
    """Put an offered version into effect that lacks no signature any more, because the program asks for fewer by now.

    Who must sign is worked out anew from the program as it is. Raises `RuleBroken` when somebody must still sign, and
    for a version that is not waiting for signatures (practice P8).
    """
    offered = held_in_open_case(version, "case__client", "case__program")
    if offered.state != PlanState.SIGNING:
        raise RuleBroken(_("This version is not waiting for signatures."), "practice P8")
    if not is_fully_signed(offered):
        raise RuleBroken(_("Somebody must still sign this version."), "practice P8")
    _take_effect(actor, offered)
    said = _("Put plan version %(number)s into effect: all have signed whose signature is asked for by now")
    return Done(offered, offered, said % {"number": offered.number}, case=offered.case_id)


def _must_be_open_for(version: PlanVersion, capacity: str) -> None:
    """Family may still sign what is in effect; all others sign before it is."""
    if capacity not in SIGNED_BY:
        raise RuleBroken(_("Choose who signs."), "practice P8", "capacity")
    open_for = (PlanState.SIGNING, PlanState.IN_EFFECT) if capacity == "family" else (PlanState.SIGNING,)
    if version.state not in open_for:
        raise RuleBroken(_("This version is not waiting for that signature."), "practice P8", "capacity")
    taken = Signature.objects.filter(version=version, capacity__in=SAME_PLACE.get(capacity, (capacity,)))
    if capacity != "family" and taken.exists():
        raise RuleBroken(_("This place is signed already."), "practice P8", "capacity")


def _name_of(actor: Actor, version: PlanVersion, capacity: str, name: str, drawn: bool) -> str:
    if capacity in STAFF:
        return _own_name(actor, version, capacity)
    name = name.strip()
    if capacity == "representative":
        return acting_representative(version.case.client, name).name
    if not name and not (drawn and capacity == "client"):
        raise RuleBroken(_("Sign on the pad, or type the name."), "practice P8", "name")
    return name or version.case.client.preferred_name


def _own_name(actor: Actor, version: PlanVersion, capacity: str) -> str:
    if capacity == "supervisor" and not SUPERVISE.held_by(actor.roles):
        raise RuleBroken(_("Only a supervisor signs here."), "practice P8", "capacity")
    if (
        Signature.objects.filter(version=version, capacity__in=STAFF, taken_by_id=actor.staff)
        .exclude(capacity=capacity)
        .exists()
    ):
        raise RuleBroken(_("Two persons sign for the agency; you have signed already."), "practice P8", "capacity")
    return actor.name


def _take_effect(actor: Actor, version: PlanVersion) -> None:
    before = PlanVersion.objects.filter(case_id=version.case_id, state=PlanState.IN_EFFECT).first()
    if before is not None:
        move(actor, before, PLAN, "replace")
    move(actor, version, PLAN, "take effect")
    version.in_effect_on = clock.today()
    version.save(update_fields=["in_effect_on"])
