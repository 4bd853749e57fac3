"""Verbs of the plan as a whole: begin, change its frame, offer it for signature, take it back, amend, withdraw."""

from dataclasses import asdict, dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from alongside.client_level.assessment.queries import has_completed_sitting
from alongside.client_level.planning.actions.ground import copy_of, held_versions, the_draft
from alongside.client_level.planning.queries.versions import OPEN, next_number, open_needs, still_missing
from alongside.client_level.planning.states import PLAN
from alongside.confidentiality.queries.alias import made_with, may_not_read
from alongside.documentation.models import PlanVersion, Signature
from alongside.documentation.models.plan import PlanState
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.held import last_hand, next_edition
from alongside.foundations.roles import WORK_CASE
from alongside.foundations.state import move
from alongside.people.access import held_in_open_case, must_be_in_its_life, must_be_open
from alongside.people.models import Case

WRITING = (
    "plan_start", "plan_amend", "plan_change", "plan_take_back", "goal_add", "goal_change", "goal_remove", "objective_add",
    "objective_change", "objective_remove", "activity_add", "activity_remove",
)  # fmt: skip
"""The verbs that take a version to its next edition."""


@dataclass(frozen=True)
class Frame:
    """The frame of a version: with whom it was made, its roles (P6), what was told of options (P5), its schedule (P7)."""

    made_on: date
    review_on: date
    reassess_on: date
    made_with: str = ""
    roles: str = ""
    options_told: str = ""


def _check(case: Case, frame: Frame) -> None:
    must_be_in_its_life(case, frame.made_on, "practice P1", "made_on")
    if frame.review_on <= frame.made_on:
        raise RuleBroken(_("The review comes after the day the plan is made."), "practice P7", "review_on")
    if frame.reassess_on <= frame.made_on:
        raise RuleBroken(_("The reassessment comes after the day the plan is made."), "practice P7", "reassess_on")


@verb(WORK_CASE)
def plan_start(actor: Actor, *, case: Case, frame: Frame) -> Done[PlanVersion]:
    """Begin the first version of the plan, from a completed assessment (practice P1).

    Raises `RuleBroken` without one, for a day outside the case, or where a plan was begun already.
    """
    must_be_open(case)
    if not has_completed_sitting(case):
        raise RuleBroken(_("A plan is made from an assessment. Complete the assessment first."), "practice P1")
    if PlanVersion.objects.filter(case=case).exclude(state=PlanState.WITHDRAWN).exists():
        raise RuleBroken(_("There is a plan already. Amend it."), "practice P8")
    _check(case, frame)
    version = PlanVersion(case=case, number=next_number(case), **asdict(frame))
    version.save(force_insert=True)
    return Done(version, version, _("Began the service plan"), case=case.pk)


@verb(WORK_CASE)
def plan_change(actor: Actor, *, version: PlanVersion, edition: int | None, frame: Frame) -> Done[PlanVersion]:
    """Change the frame of a draft that was read at `edition`. A name in it that the actor may not read stays.

    Raises `RuleBroken` when it is no draft any more, `ChangedByAnother` when its frame was saved by someone meanwhile.
    """
    draft = the_draft(version)
    client = draft.case.client
    if may_not_read(draft.made_with, client) and frame.made_with in ("", made_with(draft, client)):
        frame = replace(frame, made_with=draft.made_with)
    theirs = {name: now for name in asdict(frame) if (now := getattr(draft, name)) != getattr(frame, name)}
    if "made_with" in theirs:
        theirs["made_with"] = made_with(draft, client)
    next_edition(draft, edition, theirs, who=last_hand(draft, *WRITING))
    _check(draft.case, frame)
    days = ("made_on", "review_on", "reassess_on")
    changes = {n: (getattr(draft, n), getattr(frame, n)) for n in days if getattr(draft, n) != getattr(frame, n)}
    for name, value in asdict(frame).items():
        setattr(draft, name, value)
    draft.save()
    said = _("Changed the frame of plan version %(number)s") % {"number": draft.number}
    return Done(draft, draft, said, case=draft.case_id, changes=changes)


@verb(WORK_CASE)
def plan_amend(actor: Actor, *, case: Case, frame: Frame) -> Done[PlanVersion]:
    """Begin a new version with everything in the one in effect, to be changed and signed again (practice P8)."""
    must_be_open(case)
    versions = {version.state: version for version in held_versions(case)}
    if versions.keys() & set(OPEN):
        raise RuleBroken(_("A new version is being written already. Go on with that one."), "practice P8")
    in_effect = versions.get(PlanState.IN_EFFECT)
    if in_effect is None:
        raise RuleBroken(_("There is no plan in effect to amend. Begin one first."), "practice P8")
    _check(case, frame)
    version = copy_of(in_effect, **asdict(frame))
    return Done(version, version, _("Began plan version %(number)s") % {"number": version.number}, case=case.pk)


@verb(WORK_CASE)
def plan_offer(actor: Actor, *, version: PlanVersion) -> Done[PlanVersion]:
    """Offer a draft for signature: from here on its words are fixed (practice P1, P3, P7, P8).

    Raises `RuleBroken` while a need has neither goal nor decision, a goal no objective, or a planned day has passed.
    """
    draft = the_draft(version)
    missing = still_missing(draft, open_needs(draft.case, draft))
    if missing:
        raise RuleBroken(" ".join(missing), "practice P1, P3, P7")
    move(actor, draft, PLAN, "offer")
    said = _("Offered plan version %(number)s for signature") % {"number": draft.number}
    return Done(draft, draft, said, case=draft.case_id)


@verb(WORK_CASE)
def plan_take_back(actor: Actor, *, version: PlanVersion, reason: str = "") -> Done[PlanVersion]:
    """Take an offered version back to be changed; answers with the version to write in.

    What nobody has signed becomes a draft again. What somebody has signed stays as they signed it: that version is
    withdrawn, and its words go on in a new one that asks everyone again (practice P8).
    """
    offered = held_in_open_case(version)
    if offered.state != PlanState.SIGNING:
        raise RuleBroken(_("Only a plan that waits for signatures can be taken back."), "practice P8")
    said = _("Took back plan version %(number)s from signing") % {"number": offered.number}
    if not Signature.objects.filter(version=offered).exists():
        move(actor, offered, PLAN, "take back", reason)
        return Done(offered, offered, said, case=offered.case_id)
    move(actor, offered, PLAN, "withdraw", reason)
    new = copy_of(offered)
    return Done(new, offered, said, case=offered.case_id)


@verb(WORK_CASE)
def plan_withdraw(actor: Actor, *, version: PlanVersion, reason: str) -> Done[PlanVersion]:
    """Drop a draft that is not going on; it stays readable as withdrawn. Raises `RuleBroken` without a reason."""
    draft = the_draft(version)
    must_say(reason, _("Say in a sentence why this version is dropped."), "practice P8", "reason")
    move(actor, draft, PLAN, "withdraw", reason)
    said = _("Withdrew plan version %(number)s") % {"number": draft.number}
    return Done(draft, draft, said, case=draft.case_id)
