"""What the page says closing will settle is what closing settles: for any case, and not one row more."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.client_level.termination.actions import case_close, closure_keep, closure_prepare
from alongside.client_level.termination.models import FollowUp
from alongside.documentation.models import NeedDecision, Note, PlanVersion, ReferralOut
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.templatetags.house import day
from alongside.people.models import Assignment, Case, Program
from tests.cast import Cast
from tests.planning import need_of
from tests.signed_plan import draft_plan

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]

WHOLE: dict[str, Any] = {
    "exit_interview": "The lease talk helped.", "next_stage": "Rents on her own.", "still_here_for": "Letters.",
}  # fmt: skip


def ahead(days: int) -> date:
    return clock.today() + timedelta(days=days)


def ready(cast: Cast, **more: Any) -> Case:
    """Sama’s case, its ending prepared for today with everything in it, or with what `more` says instead."""
    begin: dict[str, Any] = {"reason": "attained", "ends_on": ahead(0), "told_on": ahead(-1), "told_how": "At her home"}
    begun = closure_prepare(cast.maren, case=cast.sama, **begin | {k: v for k, v in more.items() if k in begin})
    values = WHOLE | {k: v for k, v in more.items() if k not in begin}
    closure_keep(cast.maren, closure=begun, edition=begun.edition, values=values)
    return cast.sama


def page(cast: Cast, name: str, who: str = "maren") -> str:
    browser = Client()
    browser.force_login(cast.staff[who].account)
    answer = browser.get(reverse(name, args=[cast.sama.pk]))
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def listed(text: str, heading: str) -> set[str]:
    """The lines that stand below a heading of the page, without their links."""
    found = re.search(rf"<h3>{heading}</h3>\s*<ul[^>]*>(.*?)</ul>", text, re.DOTALL)
    lines = re.findall(r"<li>(.*?)</li>", found[1], re.DOTALL) if found else []
    return {re.sub(r"<a .*?</a>", "", line).strip() for line in lines}


@contextmanager
def undone() -> Iterator[None]:
    """Everything done inside is undone after it, so that the next example begins with the same case."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


REFERRALS = st.sampled_from(
    ["draft", "consented", "sent", "received", "accepted", "declined", "waitlisted", "started", "closed"]
)
DECISIONS = st.sampled_from(["waits", "declined", "declined until", "ended"])
PLANS = st.sampled_from(["draft", "signing", "replaced", "withdrawn"])
HELPERS = st.sampled_from([(-4, None), (-4, 0), (-4, 1), (-4, 9), (0, None), (3, 12), (3, 3), (3, None)])
NOTES = st.sampled_from(["draft", "cosign", "signed"])


def few(kind: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(kind, max_size=2)


def referral(cast: Cast, at: int, state: str) -> ReferralOut:
    consent: dict[str, Any] = {} if state == "draft" else {"consented_on": ahead(-3), "consent_how": "aloud"}
    row = ReferralOut(
        case=cast.sama, by=cast.staff["maren"], organization=f"Agency {at}", service="Housing",
        state="draft" if state == "consented" else state, closed_on=ahead(-2) if state == "closed" else None, **consent,
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def decision(cast: Cast, at: int, how: str) -> NeedDecision:
    need = need_of(cast, cast.sama, at + 1, f"Need of story {at}")
    with acting(cast.maren):
        row = NeedDecision(
            case=cast.sama, need=need, kind="defer" if how == "waits" else "decline", decided_by="both", decided_on=ahead(-2),
            look_again_on=None if how == "declined" else ahead(20), ended_on=ahead(-1) if how == "ended" else None, why="First a home",
        )  # fmt: skip
        row.save(force_insert=True)
    return row


def plan(cast: Cast, at: int, state: str) -> PlanVersion:
    row = draft_plan(cast.sama, at + 1)
    row.state = state
    row.save()
    return row


def helper(cast: Cast, who: str, since: int, until: int | None) -> Assignment:
    end = None if until is None else ahead(until)
    row = Assignment(case=cast.sama, staff=cast.staff[who], role="team", since=ahead(since), until=end)
    row.save(force_insert=True)
    return row


def note(cast: Cast, at: int, state: str) -> Note:
    signed = {} if state == "draft" else {"signed_at": clock.now()}
    row = Note(
        case=cast.sama, at=clock.now() - timedelta(days=at), writer=cast.staff["maren"], started_at=clock.now(), state=state, **signed
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def sentence(row: Any) -> str:
    """What the page says when `row` is going to be settled. Written from the row alone, not from the list of the house."""
    if isinstance(row, ReferralOut):
        return f"The referral to {row.organization} for {row.service} ({row.get_state_display()}) is closed."
    if isinstance(row, NeedDecision):
        return f"Need {row.need.number}, {row.need.title}: nobody is asked to look again on {day(row.look_again_on)}."
    if isinstance(row, PlanVersion):
        return f"Version {row.number} of the plan ({row.get_state_display()}) is withdrawn."
    who = f"{row.staff.name} ({row.get_role_display()})"
    if row.since > clock.today():
        return f"{who} does not begin on {day(row.since)}."
    return f"{who} keeps the case until the end of today."


def looks_like(row: Any) -> tuple[object, ...]:
    """The facts of a row that closing may change."""
    names = ("state", "closed_on", "ended_on", "until", "chase_on")
    return tuple(getattr(row, name, None) for name in names)


@pytest.mark.demand("T8")
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(referrals=few(REFERRALS), decisions=few(DECISIONS), plans=few(PLANS), helpers=few(HELPERS), notes=few(NOTES))
def test_what_the_page_says_will_be_settled_is_settled_and_nothing_else(
    cast: Cast, referrals: list[str], decisions: list[str], plans: list[str],
    helpers: list[tuple[int, int | None]], notes: list[str],
) -> None:  # fmt: skip
    case = cast.sama
    with undone():
        ready(cast)
        rows: list[Any] = [decision(cast, at, how) for at, how in enumerate(decisions)]
        with acting(cast.maren):
            rows += [referral(cast, at, state) for at, state in enumerate(referrals)]
            rows += [plan(cast, at, state) for at, state in enumerate(plans)]
            rows += [helper(cast, who, *days) for who, days in zip(("tadesse", "delphine"), helpers, strict=False)]
            rows += [note(cast, at, state) for at, state in enumerate(notes)]
            for row in rows:
                row.refresh_from_db()
            before = {row.pk: (looks_like(row), sentence(row) if not isinstance(row, Note) else "") for row in rows}
        said = listed(page(cast, "case_close"), "Closing settles this")
        case_close(cast.maren, case=cast.sama)
        with acting(cast.maren):
            for row in rows:
                row.refresh_from_db()
        changed = {before[row.pk][1] for row in rows if looks_like(row) != before[row.pk][0]}
        assert said == changed
    case.closed_on = None


@pytest.mark.demand("T8")
def test_what_only_its_writer_can_finish_is_listed_apart_and_left_as_it_is(cast: Cast) -> None:
    ready(cast)
    with acting(cast.maren):
        unsent, waiting, drafted = referral(cast, 0, "draft"), note(cast, 1, "cosign"), note(cast, 0, "draft")
    text = page(cast, "case_close")
    assert listed(text, "Closing settles this") == set()
    left = listed(text, "Closing leaves this as it is")
    assert "The referral to Agency 0 for Housing was never sent and stays a draft." in left
    assert len(left) == 3 and sum("marked as unsigned" in line for line in left) == 2
    case_close(cast.maren, case=cast.sama)
    with acting(cast.maren):
        for row, state in ((unsent, "draft"), (waiting, "cosign"), (drafted, "draft")):
            row.refresh_from_db()
            assert row.state == state


@pytest.mark.demand("T6")
@pytest.mark.parametrize(("days", "words"), [(1, "one day after"), (30, "30 days after"), (90, "90 days after")])
def test_the_follow_up_that_the_page_announces_is_the_one_that_is_planned(cast: Cast, days: int, words: str) -> None:
    with acting(cast.otto):
        Program.objects.filter(pk=cast.program.pk).update(follow_up_after_days=days)
    with acting(cast.maren):
        case = Case.objects.select_related("program", "client").get(pk=cast.sama.pk)
    ready(cast)
    text = page(cast, "case_close")
    assert f"A follow-up is planned {words} the last day." in text
    assert "Maren Achterberg can still open the case." in text
    case_close(cast.maren, case=case)
    with acting(cast.maren):
        assert FollowUp.objects.get(case=case).due_on == ahead(days)


@pytest.mark.demand("T2", "T3")
@pytest.mark.parametrize(
    ("lacks", "sentence_of_it"),
    [
        ({"told_on": None}, "Say when the client was told that the case ends, and why."),
        ({"exit_interview": " "}, "Write down the exit interview, or that the client did not want one."),
        ({"next_stage": ""}, "Write the plan for the next stage."),
        ({"still_here_for": ""}, "Say how the agency can still help."),
        ({"reason": "moved", "told_on": None, "told_how": ""}, "or, if that was not possible, say why."),
    ],
)
def test_each_thing_that_is_missing_is_said_on_both_pages_and_takes_the_button_away(
    cast: Cast, lacks: dict[str, Any], sentence_of_it: str
) -> None:
    ready(cast, **lacks)
    closing, ending = page(cast, "case_close"), page(cast, "ending")
    assert sentence_of_it in closing and sentence_of_it in ending
    assert "One thing is missing before the case can be closed." in ending
    assert "Close the case</button>" not in closing


@pytest.mark.demand("T2")
def test_several_things_missing_are_counted(cast: Cast) -> None:
    ready(cast, next_stage="", still_here_for="", told_on=None)
    assert "3 things are missing before the case can be closed." in page(cast, "ending")


@pytest.mark.demand("T2")
def test_an_ending_with_its_day_ahead_is_whole_and_waits(cast: Cast) -> None:
    ready(cast, ends_on=ahead(10))
    assert "Nothing is missing; the last day is still ahead." in page(cast, "ending")
    assert "The last day is still ahead. Close the case on that day" in page(cast, "case_close")
    browser = Client()
    browser.force_login(cast.staff["maren"].account)
    answer = browser.post(reverse("case_close", args=[cast.sama.pk]), {})
    assert answer.status_code == 422
    with acting(cast.maren):
        assert Case.objects.get(pk=cast.sama.pk).is_open
