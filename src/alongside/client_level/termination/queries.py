"""Reads of ending: what is still missing, what is still open, and what was found after it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q
from django.utils.translation import gettext as _

from alongside.client_level.termination.models import Closure, FollowUp, Reason
from alongside.client_level.termination.states import ClosureState
from alongside.documentation.models import NeedDecision, Note, PlanVersion, ReferralOut
from alongside.documentation.models.note import NoteState
from alongside.documentation.models.plan import PlanState
from alongside.documentation.models.work import ReferralState
from alongside.foundations import clock
from alongside.people.models import Assignment, Case
from alongside.people.models.case import AssignmentRole

PERHAPS_UNTOLD = frozenset({Reason.DIED, Reason.MOVED, Reason.NO_PART})
"""Reasons with which a client may not have been told, if it is said why (practice T2)."""


@dataclass(frozen=True)
class Missing:
    """Something a closure still lacks: the field, the sentence that asks for it, and the rule it comes from."""

    field: str
    sentence: str
    source: str


@dataclass(frozen=True)
class Unsettled:
    """Everything open on a case. Closing settles all of it but what only its writer can finish (practice T8).

    `unsent` are referrals that were begun and never consented to, and `unsigned` are notes; both stay as they are.
    """

    referrals: list[ReferralOut]
    decisions: list[NeedDecision]
    plans: list[PlanVersion]
    assignments: list[Assignment]
    unsent: list[ReferralOut]
    unsigned: list[Note]

    def __bool__(self) -> bool:
        return any(vars(self).values())


def latest_closure(case: Case) -> Closure | None:
    """The newest closure of a case, undone or not, or None."""
    return Closure.objects.filter(case=case).select_related("by", "case__program").order_by("-id").first()


def current_closure(case: Case) -> Closure | None:
    """The closure that is being prepared, or that closed the case; None while nobody prepares one."""
    latest = latest_closure(case)
    return None if latest is None or latest.state == ClosureState.REOPENED else latest


def undone_closures(case: Case) -> list[Closure]:
    """Closures after which the case was opened again, newest first (practice T7)."""
    undone = Closure.objects.filter(case=case, state=ClosureState.REOPENED)
    return list(undone.select_related("by", "reopened_by").order_by("-id"))


def follow_ups_of(case: Case) -> list[FollowUp]:
    """Follow-ups of every closure of the case, in the order they fall due."""
    return list(FollowUp.objects.filter(case=case).select_related("by", "closure").order_by("due_on", "id"))


def next_of(follow_ups: list[FollowUp]) -> FollowUp | None:
    """The first follow-up that is still to be done. One planned by an ending that was undone is not (practice T6, T7)."""
    return next((one for one in follow_ups if one.done_on is None and one.closure.state == ClosureState.CLOSED), None)


def may_be_untold(closure: Closure) -> bool:
    """True when the client could not be told, for a reason that allows it, and it is said why."""
    return closure.told_on is None and closure.reason in PERHAPS_UNTOLD and bool(closure.told_how.strip())


def missing_in(closure: Closure) -> list[Missing]:
    """What a closure lacks before the case can be closed, in the order of the form (practice T2, T3)."""
    found = [_untold(closure), _no_exit_interview(closure), _no_next_stage(closure)]
    if not closure.still_here_for.strip():
        found.append(Missing("still_here_for", _("Say how the agency can still help."), "practice T3"))
    return [missing for missing in found if missing is not None]


def _untold(closure: Closure) -> Missing | None:
    if closure.told_on is not None or may_be_untold(closure):
        return None
    if closure.reason in PERHAPS_UNTOLD:
        sentence = _("Say when the client was told; or, if that was not possible, say why.")
        return Missing("told_how", sentence, "practice T2")
    return Missing("told_on", _("Say when the client was told that the case ends, and why."), "practice T2")


def _no_exit_interview(closure: Closure) -> Missing | None:
    if closure.exit_interview.strip() or closure.exit_interview_declined:
        return None
    if closure.reason == Reason.DIED or may_be_untold(closure):
        return None
    sentence = _("Write down the exit interview, or that the client did not want one.")
    return Missing("exit_interview", sentence, "practice T2")


def _no_next_stage(closure: Closure) -> Missing | None:
    if closure.next_stage.strip() or closure.reason == Reason.DIED:
        return None
    return Missing("next_stage", _("Write the plan for the next stage."), "practice T3")


def unsettled_on(case: Case) -> Unsettled:
    """What is open on the case today: six queries, each one list of papers."""
    open_referrals = ReferralOut.objects.filter(case=case).exclude(state=ReferralState.CLOSED).order_by("id")
    never_sent = Q(state=ReferralState.DRAFT, consented_on__isnull=True)  # the database keeps these drafts
    return Unsettled(
        referrals=list(open_referrals.exclude(never_sent)),
        decisions=list(
            NeedDecision.objects.filter(case=case, look_again_on__isnull=False, ended_on__isnull=True)
            .select_related("need").order_by("look_again_on", "id")
        ),
        plans=list(
            PlanVersion.objects.filter(case=case, state__in=(PlanState.DRAFT, PlanState.SIGNING)).order_by("number")
        ),
        assignments=list(
            Assignment.objects.filter(Q(until__isnull=True) | Q(until__gt=last_day_after()), case=case)
            .exclude(role=AssignmentRole.PRIMARY).exclude(until=F("since")).select_related("staff").order_by("since", "id")
        ),
        unsent=list(open_referrals.filter(never_sent)),
        unsigned=list(Note.objects.filter(case=case).exclude(state=NoteState.SIGNED).select_related("writer").order_by("at")),
    )  # fmt: skip


def last_day_after() -> date:
    """Until when someone keeps a case whose last day on it is today: an assignment lasts until the day before."""
    return clock.today() + timedelta(days=1)
