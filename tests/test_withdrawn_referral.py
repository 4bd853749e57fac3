"""A referral that is not going to be sent is withdrawn with a reason, and nothing of what was asked is lost (I4)."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.client_level.intervention.actions import (
    Tie,
    referral_out_make,
    referral_out_send,
    referral_out_withdraw,
)
from alongside.documentation.models import ReferralOut
from alongside.documentation.thread.rows import ReferralRow
from alongside.documentation.thread.weave import thread_of
from alongside.documentation.thread.work import counts_as_work
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import ChangedByAnother, NotAllowed, NotYours, RuleBroken
from alongside.foundations.models import Deed, StateChange
from alongside.people.models import Assignment, Case
from tests.cast import Cast
from tests.releasing import aloud
from tests.signed_plan import SignedPlan, signed_plan
from tests.visits import LONG, SCRIPT, is_only_text, read, send, signed_in

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]
WHY = "She found a class herself."


def asked(cast: Cast, consent: bool = False, tie: Tie | None = None) -> ReferralOut:
    agreed = aloud() if consent else None
    return referral_out_make(
        cast.maren, case=cast.sama, organization="Riverside School", service="English class", shares="Her name and level",
        consent=agreed, tie=tie,
    )  # fmt: skip


def now(cast: Cast, row: ReferralOut) -> ReferralOut:
    with acting(cast.maren):
        return ReferralOut.objects.get(pk=row.pk)


@pytest.mark.demand("I4")
@pytest.mark.parametrize("consent", [False, True])
def test_a_draft_is_withdrawn_with_a_reason_and_stays_readable(cast: Cast, consent: bool) -> None:
    row = asked(cast, consent)
    referral_out_withdraw(cast.maren, referral=row, edition=1, reason=f" {WHY} ")
    held = now(cast, row)
    assert (held.state, held.sent_on, held.closed_on, held.outcome) == ("closed", None, clock.today(), WHY)
    assert (held.organization, held.shares) == ("Riverside School", "Her name and level")
    with acting(cast.maren):
        deed = Deed.objects.get(verb="referral_out_withdraw")
        assert deed.subject_id == row.pk
        assert WHY not in f"{deed.sentence}{deed.reason}{deed.changes}", "a deed is never sealed"
        assert "never sent" in deed.sentence
        assert StateChange.objects.filter(paper_id=row.pk, start="draft", end="closed").exists()


@pytest.mark.demand("I4")
def test_a_reason_is_needed_and_what_was_sent_is_not_withdrawn(cast: Cast) -> None:
    row = asked(cast, consent=True)
    with pytest.raises(RuleBroken) as refused:
        referral_out_withdraw(cast.maren, referral=row, edition=1, reason="  ")
    assert refused.value.field == "reason"
    row = referral_out_send(cast.maren, referral=row, edition=1)
    with pytest.raises(RuleBroken, match="was sent"):
        referral_out_withdraw(cast.maren, referral=row, edition=row.edition, reason=WHY)


def test_a_withdrawn_one_is_not_sent_after_all_and_two_do_not_cross(cast: Cast) -> None:
    row = asked(cast, consent=True)
    referral_out_withdraw(cast.maren, referral=row, edition=1, reason=WHY)
    with pytest.raises(ChangedByAnother):
        referral_out_send(cast.maren, referral=row, edition=1)
    with pytest.raises(RuleBroken, match="not open"):
        referral_out_send(cast.maren, referral=row, edition=now(cast, row).edition)


@pytest.mark.demand("C1", "I4")
def test_the_database_lets_nothing_be_sent_without_consent_by_this_way(cast: Cast) -> None:
    row = asked(cast)
    referral_out_withdraw(cast.maren, referral=row, edition=1, reason=WHY)
    for change in ({"sent_on": clock.today()}, {"state": "sent"}, {"state": "started"}):
        with acting(cast.maren), pytest.raises(IntegrityError, match="referral_needs_consent"), transaction.atomic():
            ReferralOut.objects.filter(pk=row.pk).update(**change)


@pytest.mark.demand("C4")
def test_only_who_works_on_the_case_withdraws_and_only_while_it_is_open(cast: Cast) -> None:
    row = asked(cast)
    for who in (cast.tadesse, cast.noor, cast.otto):
        with pytest.raises((NotAllowed, NotYours)):
            referral_out_withdraw(who, referral=row, edition=1, reason=WHY)
    with acting(cast.maren):
        Case.objects.filter(pk=cast.sama.pk).update(closed_on=clock.today())
    with pytest.raises(RuleBroken, match="closed"):
        referral_out_withdraw(cast.maren, referral=row, edition=1, reason=WHY)


@pytest.mark.demand("D1")
def test_what_was_never_sent_is_no_work_in_the_thread(cast: Cast) -> None:
    plan: SignedPlan = signed_plan(cast.maren, cast.sama)
    row = asked(cast, tie=Tie(plan.goal, plan.savings))
    with acting(cast.maren):
        before = str(thread_of(cast.sama))
    referral_out_withdraw(cast.maren, referral=row, edition=1, reason=WHY)
    with acting(cast.maren):
        after = str(thread_of(cast.sama))
    assert "Not sent yet" in before and "Withdrawn unsent" in after
    held = now(cast, row)
    told = {
        name: getattr(held, name) for name in ("organization", "service", "state", "sent_on", "chase_on", "closed_on")
    }
    assert not counts_as_work(
        ReferralRow(held.pk, held.case_id, held.goal_id, held.objective_id, answered_on=None, started_on=None, **told)
    )


def test_it_is_withdrawn_on_its_page_which_then_tells_why(cast: Cast) -> None:
    browser, row = signed_in(cast, "maren"), asked(cast)
    text = read(browser, "referral_out", cast.sama.pk, row.pk)
    assert "Or withdraw it" in text and "Send referral" in text
    empty = send(browser, "referral_out_withdraw", cast.sama.pk, row.pk, edition="1", reason="")
    assert "why it is not sent" in beside_in(empty)
    assert send(browser, "referral_out_withdraw", cast.sama.pk, row.pk, edition="1", reason=WHY).status_code == 302
    text = read(browser, "referral_out", cast.sama.pk, row.pk)
    assert WHY in text and "Her name and level" in text and "Never given; nothing was sent" in text
    assert "Or withdraw it" not in text and "Send referral" not in text


def beside_in(answer: Any) -> str:
    assert answer.status_code == 422
    return str(answer.context["withdraw_form"].errors)


def test_long_and_strange_reasons_are_only_words(cast: Cast) -> None:
    browser, row = signed_in(cast, "maren"), asked(cast)
    place = reverse("referral_out_withdraw", args=[cast.sama.pk, row.pk])
    assert browser.post(place, {"edition": "1", "reason": LONG}).status_code == 422
    assert browser.post(place, {"edition": "1", "reason": SCRIPT}).status_code == 302
    is_only_text(browser.get(reverse("referral_out", args=[cast.sama.pk, row.pk])))


@pytest.mark.demand("C4")
def test_strangers_find_no_such_page_and_a_reader_may_not(cast: Cast) -> None:
    row = asked(cast)
    place = reverse("referral_out_withdraw", args=[cast.sama.pk, row.pk])
    for who in ("tadesse", "noor", "otto"):
        assert signed_in(cast, who).post(place, {"edition": "1", "reason": WHY}).status_code in (403, 404)
    with acting(cast.maren):
        Assignment(
            case=cast.sama,
            staff=cast.staff["quinn"],
            role="review",
            reason="Review",
            until="2099-01-01",
            since=clock.today(),
        ).save(force_insert=True)
    assert signed_in(cast, "quinn").post(place, {"edition": "1", "reason": WHY}).status_code == 403
    assert now(cast, row).state == "draft"
