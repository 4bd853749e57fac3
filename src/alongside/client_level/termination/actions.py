"""Verbs of termination: prepare the ending with the client, close, follow up, reopen."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _

from alongside.client_level.intervention.states import REFERRAL_OUT
from alongside.client_level.planning.states import PLAN
from alongside.client_level.termination.models import Closure, FollowUp, Reason
from alongside.client_level.termination.queries import (
    Unsettled,
    current_closure,
    last_day_after,
    latest_closure,
    missing_in,
    unsettled_on,
)  # fmt: skip
from alongside.client_level.termination.states import CLOSURE, ClosureState
from alongside.documentation.models.work import ReferralState
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.held import held, next_edition
from alongside.foundations.roles import WORK_CASE
from alongside.foundations.state import move
from alongside.people.access import held_in_open_case, hold_to_close, must_be_in_its_life, must_be_open
from alongside.people.models import Case

A_YEAR = timedelta(days=365)
KEPT = (
    "reason", "ends_on", "told_on", "told_how", "exit_interview", "client_words", "exit_interview_declined", "next_stage",
    "still_here_for", "resources",
)  # fmt: skip


@verb(WORK_CASE)
def closure_prepare(
    actor: Actor, *, case: Case, reason: str, ends_on: date, told_on: date | None = None, told_how: str = ""
) -> Done[Closure]:
    """Begin an ending: the reason, the day, and whether the client knows (practice T1, T2).

    Raises `RuleBroken` for a closed case, an ending that is prepared already, an unknown reason, an end before the case
    was opened or more than a year ahead, and a telling that has not happened yet.
    """
    hold_to_close(case)
    must_be_open(case)
    if current_closure(case) is not None:
        raise RuleBroken(_("An ending is being prepared already. Go on with that one."), "practice T2")
    closure = Closure(case=case, reason=reason, ends_on=ends_on, told_on=told_on, told_how=told_how, by_id=actor.staff)
    _days_can_be(closure)
    closure.save(force_insert=True)
    said = _("Began to prepare an ending: %(reason)s") % {"reason": closure.get_reason_display()}
    return Done(closure, closure, said, case=case.pk)


@verb(WORK_CASE)
def closure_keep(actor: Actor, *, closure: Closure, edition: int, values: Mapping[str, object]) -> Done[Closure]:
    """Keep what is written of an ending so far; nothing has to be complete (practice T2, T3).

    `values` holds any of the fields in `KEPT`. Raises `ChangedByAnother` when someone saved since `edition` was read.
    """
    now = held_in_open_case(closure)
    if now.state != ClosureState.PREPARED:
        raise RuleBroken(_("This ending was undone. Prepare a new one."), "practice T7")
    next_edition(now, edition, {name: getattr(now, name) for name in KEPT})
    for name in KEPT:
        setattr(now, name, values.get(name, getattr(now, name)))
    _days_can_be(now)
    now.save()
    return Done(now, now, _("Went on preparing the ending"), case=now.case_id)


@verb(WORK_CASE)
def case_close(actor: Actor, *, case: Case) -> Done[Case]:
    """Close a case whose ending was prepared, schedule the follow-up, and settle everything open on it (T2, T3, T6, T8).

    Raises `RuleBroken` with the first thing that is missing, or when the last day is still ahead.
    """
    hold_to_close(case)
    must_be_open(case)
    closure = current_closure(case)
    if closure is None:
        raise RuleBroken(_("Prepare the ending with the client first."), "practice T2")
    for missing in missing_in(closure):
        raise RuleBroken(missing.sentence, missing.source, missing.field)
    if closure.ends_on > clock.today():
        raise RuleBroken(
            _("The last day is still ahead. Close the case on that day, or change the day."), "practice T2"
        )
    _settle(actor, unsettled_on(case))
    closure.closed_at, closure.by_id = clock.now(), actor.staff
    closure.save(update_fields=["closed_at", "by"])
    move(actor, closure, CLOSURE, "close", reason=closure.reason)
    case.closed_on = closure.ends_on
    case.save(update_fields=["closed_on"])
    if closure.reason != Reason.DIED:
        due = closure.ends_on + timedelta(days=case.program.follow_up_after_days)
        FollowUp(case=case, closure=closure, due_on=due).save(force_insert=True)
    said = _("Closed case %(number)s: %(reason)s") % {"number": case.number, "reason": closure.get_reason_display()}
    return Done(case, case, said, case=case.pk, changes={"closed_on": (None, case.closed_on)})


@verb(WORK_CASE)
def case_reopen(actor: Actor, *, case: Case, reason: str) -> Done[Case]:
    """Open a closed case again, with its history whole; `reason` is kept with the closure it undoes (practice T7).

    Raises `RuleBroken` for a case that is open and for a missing reason.
    """
    hold_to_close(case)
    closure = latest_closure(case)
    if case.is_open or closure is None:
        raise RuleBroken(_("This case is open already."), "practice T7")
    must_say(reason, _("Say why the case is opened again."), "practice T7", "reason")
    closed_on, case.closed_on = case.closed_on, None
    case.save(update_fields=["closed_on"])
    closure.reopened_on, closure.reopened_why, closure.reopened_by_id = clock.today(), reason, actor.staff
    closure.save(update_fields=["reopened_on", "reopened_why", "reopened_by"])
    move(actor, closure, CLOSURE, "reopen")
    said = _("Reopened case %(number)s") % {"number": case.number}
    return Done(case, case, said, case=case.pk, changes={"closed_on": (closed_on, None)})


@verb(WORK_CASE)
def follow_up_record(
    actor: Actor, *, follow_up: FollowUp, done_on: date, reached: str, living: str = "", stable: str = "",
    adequate: str = "", words: str = "", again_on: date | None = None,
) -> Done[FollowUp]:  # fmt: skip
    """Record what was found after the end: living situation, stability, and whether it is still enough (practice T6).

    `again_on` sets a further follow-up. Raises `RuleBroken` for one that is on record already or belongs to an ending
    that was undone, a day before the end or still ahead, and, when the client was reached, for a finding left out.
    """
    current = held(follow_up, "closure")
    _may_follow_up(current, done_on, again_on)
    _findings_are_whole(reached, living, stable, adequate)
    current.done_on, current.reached, current.living, current.stable = done_on, reached, living, stable
    current.adequate, current.words, current.by_id = adequate, words, actor.staff
    current.save()
    if again_on is not None:
        FollowUp(
            case_id=current.case_id, program_id=current.program_id, closure=current.closure, due_on=again_on
        ).save()
    said = _("Followed up after the end: %(reached)s") % {"reached": current.get_reached_display()}
    return Done(current, current, said, case=current.case_id)


def _days_can_be(closure: Closure) -> None:
    today, opened_on = clock.today(), closure.case.opened_on
    if closure.reason not in Reason.values:
        raise RuleBroken(_("Choose a reason from the list."), "practice T1", "reason")
    if closure.ends_on < opened_on:
        raise RuleBroken(_("A case cannot end before it was opened. Give a later day."), "practice T1", "ends_on")
    if closure.ends_on > today + A_YEAR:
        raise RuleBroken(_("That is more than a year ahead. Give a day within a year."), "practice T1", "ends_on")
    if closure.told_on:
        must_be_in_its_life(closure.case, closure.told_on, "practice T2", "told_on")


def _settle(actor: Actor, unsettled: Unsettled) -> None:
    """Bring what is open to its end through its own state table, so that its history says how (practice T8)."""
    today = clock.today()
    for referral in unsettled.referrals:
        referral.closed_on, referral.edition = today, referral.edition + 1
        referral.save(update_fields=["closed_on", "edition"])
        step = "withdraw" if referral.state == ReferralState.DRAFT else "close"
        move(actor, referral, REFERRAL_OUT, step, reason="case closed")
    for decision in unsettled.decisions:
        decision.ended_on = today
        decision.save(update_fields=["ended_on"])
    for plan in unsettled.plans:
        move(actor, plan, PLAN, "withdraw", reason="case closed")
    for place in unsettled.assignments:
        place.until = max(place.since, last_day_after())
        place.save(update_fields=["until"])


def _may_follow_up(follow_up: FollowUp, done_on: date, again_on: date | None) -> None:
    if follow_up.done_on is not None:
        raise RuleBroken(_("This follow-up is on record already."), "practice T6")
    if follow_up.closure.state != ClosureState.CLOSED:
        raise RuleBroken(_("The case is open again. Write a note instead."), "practice T6")
    if not follow_up.closure.ends_on <= done_on <= clock.today():
        raise RuleBroken(_("Choose a day between the end of the case and today."), "practice T6", "done_on")
    if again_on is not None and again_on <= done_on:
        raise RuleBroken(_("The next follow-up comes after this one. Give a later day."), "practice T6", "again_on")


def _findings_are_whole(reached: str, living: str, stable: str, adequate: str) -> None:
    if reached not in ("yes", "no", "declined"):
        raise RuleBroken(_("Say whether the client was reached."), "practice T6", "reached")
    if reached != "yes":
        return
    asked = {
        "living": (living.strip(), _("Say how and where the client lives now.")),
        "stable": (stable, _("Say whether that is stable.")),
        "adequate": (adequate, _("Say whether it is still enough.")),
    }
    for name, (answer, sentence) in asked.items():
        if not answer:
            raise RuleBroken(sentence, "practice T6", name)
