"""Ending, told with the cast: Maren and Sama prepare it, the case closes, and it can be opened again."""

from datetime import timedelta
from typing import Any

import pytest

from alongside.client_level.monitoring.actions import progress_record
from alongside.client_level.termination.actions import (
    case_close,
    case_reopen,
    closure_keep,
    closure_prepare,
    follow_up_record,
)
from alongside.client_level.termination.models import Closure, FollowUp, Reason
from alongside.client_level.termination.queries import (
    current_closure,
    follow_ups_of,
    missing_in,
    undone_closures,
    unsettled_on,
)
from alongside.documentation.models import NeedDecision, Note, ReferralOut
from alongside.foundations import clock
from alongside.foundations.actor import Actor, acting
from alongside.foundations.errors import ChangedByAnother, NotAllowed, RuleBroken
from alongside.foundations.models import Deed, StateChange
from alongside.people.models import Assignment, Case
from tests.cast import Cast
from tests.signed_plan import draft_plan, signed_plan

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]

WHOLE = {
    "exit_interview": "The lease talk helped. Too many forms.",
    "client_words": "Now I ask them the questions.",
    "next_stage": "Rents on her own; English class goes on.",
    "still_here_for": "Letters from the landlord.",
    "resources": "Tenants’ line, Elm Street library.",
}


def ahead(days: int) -> Any:
    """A day so many days from today; a negative number goes back."""
    return clock.today() + timedelta(days=days)


def prepare(actor: Actor, case: Case, **more: Any) -> Closure:
    """Begin an ending for today, of which Sama was told yesterday, or what `more` says instead."""
    usual = {"reason": Reason.ATTAINED, "ends_on": ahead(0), "told_on": ahead(-1), "told_how": "at her home, with Hala"}
    return closure_prepare(actor, case=case, **usual | more)


def ready(actor: Actor, case: Case, **more: Any) -> Closure:
    """An ending with everything in it, or what `more` says instead."""
    values = WHOLE | more
    begun = prepare(
        actor, case, **{name: more[name] for name in ("reason", "ends_on", "told_on", "told_how") if name in more}
    )
    return closure_keep(actor, closure=begun, edition=begun.edition, values=values)


def closed(actor: Actor, case: Case, **more: Any) -> Case:
    """A case that was closed today."""
    ready(actor, case, **more)
    return case_close(actor, case=case)


def planned_follow_up(cast: Cast) -> FollowUp:
    """The one follow-up that closing planned."""
    with acting(cast.maren):
        (one,) = follow_ups_of(cast.sama)
    return one


@pytest.mark.demand("T1", "T2", "T3", "T6")
def test_an_ending_is_prepared_with_the_client_then_the_case_closes_and_a_follow_up_is_planned(cast: Cast) -> None:
    case = closed(cast.maren, cast.sama)
    assert case.closed_on == ahead(0)
    one = planned_follow_up(cast)
    assert one.due_on == ahead(case.program.follow_up_after_days)
    with acting(cast.maren):
        closure = current_closure(case)
        assert closure is not None and closure.state == "closed" and closure.closed_at is not None
        (step,) = StateChange.objects.filter(paper_id=closure.pk)
        said = list(Deed.objects.filter(verb="case_close").values_list("sentence", flat=True))
    assert (step.start, step.verb, step.end) == ("prepared", "close", "closed")
    assert said == [f"Closed case {case.number}: Goals attained"]


@pytest.mark.demand("T1")
@pytest.mark.parametrize("reason", Reason.values)
def test_every_reason_of_the_field_can_end_a_case(cast: Cast, reason: str) -> None:
    assert closed(cast.maren, cast.sama, reason=reason).closed_on == ahead(0)


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"reason": "tired"}, "reason", "reason from the list"),
        ({"ends_on": -400}, "ends_on", "before it was opened"),
        ({"ends_on": 366}, "ends_on", "more than a year"),
        ({"told_on": 1}, "told_on", "between the opening"),
        ({"told_on": -400}, "told_on", "between the opening"),
    ],
)
def test_days_and_reasons_that_cannot_be_are_refused(
    cast: Cast, changed: dict[str, Any], field: str, says: str
) -> None:
    wrong = {key: ahead(value) if isinstance(value, int) else value for key, value in changed.items()}
    with pytest.raises(RuleBroken, match=says) as refused:
        prepare(cast.maren, cast.sama, **wrong)
    assert refused.value.field == field
    begun = prepare(cast.maren, cast.sama)
    with pytest.raises(RuleBroken, match=says):
        closure_keep(cast.maren, closure=begun, edition=1, values=wrong)


def test_an_ending_can_be_planned_up_to_a_year_ahead_but_not_closed_before_its_day(cast: Cast) -> None:
    ready(cast.maren, cast.sama, ends_on=ahead(365))
    with pytest.raises(RuleBroken, match="still ahead"):
        case_close(cast.maren, case=cast.sama)


@pytest.mark.demand("T2", "T3")
@pytest.mark.parametrize(
    ("left_out", "field", "source"),
    [
        ({"told_on": None}, "told_on", "practice T2"),
        ({"exit_interview": "  "}, "exit_interview", "practice T2"),
        ({"next_stage": ""}, "next_stage", "practice T3"),
        ({"still_here_for": " "}, "still_here_for", "practice T3"),
        ({"reason": Reason.MOVED, "told_on": None, "told_how": ""}, "told_how", "practice T2"),
        ({"reason": Reason.CLIENT_WITHDREW, "told_on": None, "told_how": "by text"}, "told_on", "practice T2"),
    ],
)
def test_a_case_does_not_close_while_something_is_missing(
    cast: Cast, left_out: dict[str, Any], field: str, source: str
) -> None:
    closure = ready(cast.maren, cast.sama, **left_out)
    assert [(one.field, one.source) for one in missing_in(closure)] == [(field, source)]
    with pytest.raises(RuleBroken) as refused:
        case_close(cast.maren, case=cast.sama)
    assert (refused.value.field, refused.value.source) == (field, source)
    with acting(cast.maren):
        assert Case.objects.get(pk=cast.sama.pk).is_open
        assert not FollowUp.objects.filter(case=cast.sama).exists()


@pytest.mark.demand("T2")
def test_a_client_who_wants_no_exit_interview_is_not_made_to_give_one(cast: Cast) -> None:
    case = closed(cast.maren, cast.sama, exit_interview="", exit_interview_declined=True)
    assert not case.is_open


@pytest.mark.demand("T2")
@pytest.mark.parametrize("reason", [Reason.DIED, Reason.MOVED, Reason.NO_PART])
def test_who_could_not_be_told_is_ended_with_the_reason_why_not(cast: Cast, reason: str) -> None:
    more = {"reason": reason, "told_on": None, "told_how": "No answer since March, three letters", "exit_interview": ""}
    assert not closed(cast.maren, cast.sama, **more).is_open


@pytest.mark.demand("T6")
def test_nobody_is_sent_to_follow_up_on_someone_who_died(cast: Cast) -> None:
    more = {
        "reason": Reason.DIED,
        "told_on": None,
        "told_how": "Her sister was told",
        "exit_interview": "",
        "next_stage": "",
    }
    closed(cast.maren, cast.sama, **more)
    with acting(cast.maren):
        assert follow_ups_of(cast.sama) == []


@pytest.mark.demand("T2")
def test_a_case_does_not_close_without_a_prepared_ending(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="Prepare the ending"):
        case_close(cast.maren, case=cast.sama)


def test_one_ending_is_prepared_at_a_time(cast: Cast) -> None:
    prepare(cast.maren, cast.sama)
    with pytest.raises(RuleBroken, match="already"):
        prepare(cast.delphine, cast.sama)


def test_a_closed_case_is_not_ended_again(cast: Cast) -> None:
    closure = ready(cast.maren, cast.sama)
    case_close(cast.maren, case=cast.sama)
    for again in (
        lambda: prepare(cast.maren, cast.sama),
        lambda: case_close(cast.maren, case=cast.sama),
        lambda: closure_keep(cast.maren, closure=closure, edition=closure.edition, values={}),
    ):
        with pytest.raises(RuleBroken, match="Reopen it first"):
            again()


def test_who_saved_second_sees_both_versions_of_the_ending(cast: Cast) -> None:
    begun = prepare(cast.maren, cast.sama)
    closure_keep(cast.delphine, closure=begun, edition=1, values={"next_stage": "With her cousin."})
    with pytest.raises(ChangedByAnother) as refused:
        closure_keep(cast.maren, closure=begun, edition=1, values={"next_stage": "On her own."})
    assert refused.value.theirs["next_stage"] == "With her cousin."
    assert (refused.value.edition, refused.value.who) == (2, "Delphine Arceneaux")
    assert "Delphine Arceneaux changed" in refused.value.sentence
    kept = closure_keep(cast.maren, closure=begun, edition=2, values={"next_stage": "Both."})
    assert (kept.next_stage, kept.edition) == ("Both.", 3)


def test_what_is_not_handed_in_stays_as_it_was(cast: Cast) -> None:
    closure = ready(cast.maren, cast.sama)
    kept = closure_keep(cast.maren, closure=closure, edition=2, values={"resources": "The clinic", "state": "closed"})
    assert (kept.resources, kept.next_stage, kept.state) == ("The clinic", WHOLE["next_stage"], "prepared")


def open_everything(cast: Cast) -> dict[str, Any]:
    """Sama's case with one of everything that can be open."""
    case, maren = cast.sama, cast.maren
    plan = signed_plan(maren, case)
    with acting(maren):
        base: dict[str, Any] = {"case": case, "by": cast.staff["maren"]}
        consent = {"consented_on": ahead(-3), "consent_how": "in person"}
        decided: dict[str, Any] = {"case": case, "need": plan.need, "decided_on": ahead(-2)}
        rows: dict[str, Any] = {
            "sent": ReferralOut(organization="Northgate", service="Housing", state="sent", chase_on=ahead(-1), **consent, **base),
            "started": ReferralOut(organization="Clinic", service="Sleep group", state="started", **consent, **base),
            "ended": ReferralOut(organization="Library", service="Class", state="closed", closed_on=ahead(-2), **consent, **base),
            "agreed": ReferralOut(organization="School", service="English", state="draft", **consent, **base),
            "unsent": ReferralOut(organization="Food bank", service="Parcel", state="draft", **base),
            "waiting": NeedDecision(kind="defer", decided_by="both", look_again_on=ahead(20), **decided),
            "declined": NeedDecision(kind="decline", decided_by="client", **decided),
            "team": Assignment(case=case, staff=cast.staff["tadesse"], role="team", since=ahead(-4)),
            "cover": Assignment(case=case, staff=cast.staff["delphine"], role="cover", since=ahead(10), until=ahead(20)),
            "note": Note(case=case, at=clock.now(), writer=cast.staff["maren"], started_at=clock.now()),
        }  # fmt: skip
        for row in rows.values():
            row.save(force_insert=True)
        rows["draft"] = draft_plan(case, 2)
        rows["signing"] = draft_plan(case, 3)
        rows["signing"].state = "signing"
        rows["signing"].save()
    return rows | {"in_effect": plan.version, "savings": plan.savings}


@pytest.mark.demand("T8")
def test_closing_settles_everything_that_is_open_and_says_so_before(cast: Cast) -> None:
    rows = open_everything(cast)
    ready(cast.maren, cast.sama)
    with acting(cast.maren):
        before = unsettled_on(cast.sama)
    assert before.referrals == [rows["sent"], rows["started"], rows["agreed"]]
    assert before.decisions == [rows["waiting"]]
    assert before.plans == [rows["draft"], rows["signing"]]
    assert [one.staff.name for one in before.assignments] == ["Tadesse Worku", "Delphine Arceneaux"]
    assert (before.unsent, before.unsigned) == ([rows["unsent"]], [rows["note"]])
    case_close(cast.maren, case=cast.sama)
    with acting(cast.maren):
        after = unsettled_on(cast.sama)
        for row in rows.values():
            row.refresh_from_db()
    assert not (after.referrals or after.decisions or after.plans or after.assignments)
    assert (after.unsent, after.unsigned) == ([rows["unsent"]], [rows["note"]])
    assert [rows[name].state for name in ("sent", "started", "draft", "signing", "in_effect")] == [
        "closed", "closed", "withdrawn", "withdrawn", "in_effect",
    ]  # fmt: skip
    assert (rows["sent"].closed_on, rows["sent"].edition) == (ahead(0), 2)
    assert rows["ended"].closed_on == ahead(-2)
    assert (rows["waiting"].ended_on, rows["waiting"].look_again_on) == (ahead(0), ahead(20))
    assert rows["declined"].ended_on is None
    assert (rows["team"].until, rows["cover"].until) == (ahead(1), ahead(10))


@pytest.mark.demand("T8")
def test_what_closing_settled_keeps_the_history_of_its_states(cast: Cast) -> None:
    rows = open_everything(cast)
    closed(cast.maren, cast.sama)
    with acting(cast.maren):
        steps = {step.paper_id: step for step in StateChange.objects.filter(case_id=cast.sama.pk)}
    assert steps[rows["agreed"].pk].verb == "withdraw", "nothing of it was sent, so nothing of it is closed"
    for name, start, end in (
        ("agreed", "draft", "closed"),
        ("sent", "sent", "closed"),
        ("started", "started", "closed"),
        ("signing", "signing", "withdrawn"),
    ):
        assert (steps[rows[name].pk].start, steps[rows[name].pk].end) == (start, end)
        assert steps[rows[name].pk].reason == "case closed"


@pytest.mark.demand("T8")
def test_a_closed_case_takes_no_more_progress(cast: Cast) -> None:
    rows = open_everything(cast)
    closed(cast.maren, cast.sama)
    with acting(cast.maren):
        rows["savings"].case.refresh_from_db()
    with pytest.raises(RuleBroken, match="closed"):
        progress_record(cast.maren, objective=rows["savings"], on=ahead(0), standing="on_course")


@pytest.mark.demand("T8")
def test_someone_on_the_team_may_close_and_keeps_the_case_for_the_day(cast: Cast) -> None:
    open_everything(cast)
    closed(cast.tadesse, cast.sama)
    with acting(cast.tadesse):
        place = Assignment.objects.get(case=cast.sama, staff=cast.staff["tadesse"])
    assert place.until == ahead(1)


@pytest.mark.demand("T6", "T8")
def test_the_primary_still_sees_the_closed_case(cast: Cast) -> None:
    closed(cast.maren, cast.sama)
    with acting(cast.maren):
        assert Case.objects.filter(pk=cast.sama.pk).exists()
        primary = Assignment.objects.get(case=cast.sama, role="primary")
    assert primary.until is None


@pytest.mark.demand("T7")
def test_a_closed_case_is_reopened_with_its_history_whole(cast: Cast) -> None:
    rows = open_everything(cast)
    closed(cast.maren, cast.sama)
    with acting(cast.maren):
        steps = StateChange.objects.filter(case_id=cast.sama.pk).count()
    case = case_reopen(cast.maren, case=cast.sama, reason="Her landlord sold the house.")
    assert case.is_open
    with acting(cast.maren):
        (undone,) = undone_closures(case)
        assert current_closure(case) is None
        assert StateChange.objects.filter(case_id=case.pk).count() == steps + 1
        rows["sent"].refresh_from_db()
    assert (undone.state, undone.reopened_on, undone.reopened_why) == (
        "reopened",
        ahead(0),
        "Her landlord sold the house.",
    )
    assert undone.reopened_by == cast.staff["maren"]
    assert undone.exit_interview == WHOLE["exit_interview"]
    assert rows["sent"].state == "closed"


@pytest.mark.demand("T7")
def test_a_reopened_case_can_end_a_second_time(cast: Cast) -> None:
    closed(cast.maren, cast.sama)
    case_reopen(cast.maren, case=cast.sama, reason="She moved back.")
    closed(cast.maren, cast.sama, reason=Reason.RECOVERED)
    with acting(cast.maren):
        states = Closure.objects.filter(case=cast.sama).order_by("id").values_list("state", flat=True)
        assert list(states) == ["reopened", "closed"]


@pytest.mark.demand("T7")
def test_reopening_asks_for_a_closed_case_and_a_reason(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="open already"):
        case_reopen(cast.maren, case=cast.sama, reason="why not")
    closed(cast.maren, cast.sama)
    with pytest.raises(RuleBroken, match="Say why") as refused:
        case_reopen(cast.maren, case=cast.sama, reason="  ")
    assert refused.value.field == "reason"


def test_an_ending_that_was_undone_is_not_written_in(cast: Cast) -> None:
    closure = ready(cast.maren, cast.sama)
    case_close(cast.maren, case=cast.sama)
    case_reopen(cast.maren, case=cast.sama, reason="She moved back.")
    with pytest.raises(RuleBroken, match="undone"):
        closure_keep(cast.maren, closure=closure, edition=closure.edition, values={})


FOUND: dict[str, Any] = {
    "reached": "yes",
    "living": "Same flat, two rooms",
    "stable": "yes",
    "adequate": "partly",
    "words": "Misses class.",
}


@pytest.mark.demand("T6")
def test_what_is_found_after_the_end_is_recorded_on_the_closed_case(cast: Cast) -> None:
    closed(cast.maren, cast.sama)
    done = follow_up_record(cast.maren, follow_up=planned_follow_up(cast), done_on=ahead(0), **FOUND)
    assert (done.living, done.stable, done.adequate) == ("Same flat, two rooms", "yes", "partly")
    with pytest.raises(RuleBroken, match="on record already"):
        follow_up_record(cast.maren, follow_up=done, done_on=ahead(0), **FOUND)


@pytest.mark.demand("T6")
@pytest.mark.parametrize("reached", ["no", "declined"])
def test_who_was_not_reached_is_followed_up_again(cast: Cast, reached: str) -> None:
    closed(cast.maren, cast.sama)
    one = planned_follow_up(cast)
    follow_up_record(cast.maren, follow_up=one, done_on=ahead(0), reached=reached, again_on=ahead(30))
    with acting(cast.maren):
        assert [(each.reached, each.done_on) for each in follow_ups_of(cast.sama)] in (
            [("", None), (reached, ahead(0))], [(reached, ahead(0)), ("", None)],
        )  # fmt: skip


@pytest.mark.demand("T6")
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"done_on": 1}, "done_on"),
        ({"done_on": -30}, "done_on"),
        ({"again_on": 0}, "again_on"),
        ({"reached": ""}, "reached"),
        ({"living": " "}, "living"),
        ({"stable": ""}, "stable"),
        ({"adequate": ""}, "adequate"),
    ],
)
def test_a_finding_left_out_or_a_day_that_cannot_be_is_refused(cast: Cast, changed: dict[str, Any], field: str) -> None:
    closed(cast.maren, cast.sama)
    wrong = {key: ahead(value) if isinstance(value, int) else value for key, value in changed.items()}
    with pytest.raises(RuleBroken) as refused:
        follow_up_record(cast.maren, follow_up=planned_follow_up(cast), **{"done_on": ahead(0)} | FOUND | wrong)
    assert (refused.value.field, refused.value.source) == (field, "practice T6")


@pytest.mark.demand("T6", "T7")
def test_after_reopening_the_follow_up_is_not_asked_for(cast: Cast) -> None:
    closed(cast.maren, cast.sama)
    one = planned_follow_up(cast)
    case_reopen(cast.maren, case=cast.sama, reason="She moved back.")
    with pytest.raises(RuleBroken, match="open again"):
        follow_up_record(cast.maren, follow_up=one, done_on=ahead(0), **FOUND)


@pytest.mark.parametrize("who", ["tadesse", "noor", "otto", "quinn"])
def test_nobody_from_outside_ends_reopens_or_follows_up(cast: Cast, who: str) -> None:
    outsider = getattr(cast, who)
    with pytest.raises(NotAllowed):
        prepare(outsider, cast.sama)
    closure = ready(cast.maren, cast.sama)
    with pytest.raises(NotAllowed):
        closure_keep(outsider, closure=closure, edition=2, values={})
    with pytest.raises(NotAllowed):
        case_close(outsider, case=cast.sama)
    case_close(cast.maren, case=cast.sama)
    with pytest.raises(NotAllowed):
        case_reopen(outsider, case=cast.sama, reason="curious")
    with pytest.raises(NotAllowed):
        follow_up_record(outsider, follow_up=planned_follow_up(cast), done_on=ahead(0), **FOUND)


def test_a_reader_of_a_lent_file_ends_nothing(cast: Cast) -> None:
    with acting(cast.maren):
        Assignment(
            case=cast.sama,
            staff=cast.staff["tadesse"],
            role="review",
            reason="Review",
            until="2099-01-01",
            since=ahead(0),
        ).save()
    with pytest.raises(NotAllowed):
        prepare(cast.tadesse, cast.sama)


def test_no_deed_of_an_ending_holds_its_words(cast: Cast) -> None:
    closed(cast.maren, cast.sama)
    follow_up_record(cast.maren, follow_up=planned_follow_up(cast), done_on=ahead(0), **FOUND)
    case_reopen(cast.maren, case=cast.sama, reason="Her landlord sold the house.")
    with acting(cast.maren):
        told = [f"{deed.sentence} {deed.reason} {deed.changes}" for deed in Deed.objects.filter(case_id=cast.sama.pk)]
    assert len(told) >= 5
    for secret in (*WHOLE.values(), FOUND["living"], "landlord sold"):
        assert not any(secret in one for one in told)
