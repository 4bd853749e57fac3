"""A referral out on its pages: each step shows what can be done next, each refusal its reason, and silence is chased."""

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.documentation.models import ReferralOut
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.ids import new_id
from tests.cast import Cast
from tests.releasing import SIGNED_HERE, signed
from tests.signed_plan import signed_plan

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]

OPEN_STEPS = {
    "draft": set[str](),
    "sent": {"receive", "accept", "wait-list", "decline", "close"},
    "received": {"accept", "wait-list", "decline", "close"},
    "waitlisted": {"accept", "decline", "close"},
    "accepted": {"start", "close"},
    "declined": {"close"},
    "started": {"close"},
}
OWES = {"sent", "received", "waitlisted"}


UNASKED = {"consented_on": None, "consent_how": ""}


def ahead(days: int) -> date:
    return clock.today() + timedelta(days=days)


def referral(cast: Cast, state: str, **more: Any) -> ReferralOut:
    """A referral that has come to `state`; sent ten days ago, to be asked after in four."""
    sent: dict[str, Any] = {"consented_on": ahead(-11), "consent_how": "Aloud, with Hala K."}
    if state != "draft":
        sent |= {"sent_on": ahead(-10), "chase_on": ahead(4)}
    with acting(cast.maren):
        row = ReferralOut(
            case=cast.sama, by=cast.staff["maren"], organization="Riverside School", service="English class",
            shares="Name and level", gives=["identity"], state=state, **sent | more,
        )  # fmt: skip
        row.save(force_insert=True)
    return row


def browser_of(cast: Cast, who: str = "maren") -> Client:
    browser = Client()
    browser.force_login(cast.staff[who].account)
    return browser


def page(cast: Cast, row: ReferralOut, who: str = "maren") -> str:
    answer = browser_of(cast, who).get(reverse("referral_out", args=[row.case_id, row.pk]))
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def sent(cast: Cast, row: ReferralOut, act: str, **more: object) -> tuple[int, str]:
    data: dict[str, object] = {"once": str(new_id()), "edition": row.edition, "on": clock.today().isoformat()}
    answer = browser_of(cast).post(reverse(f"referral_out_{act}", args=[row.case_id, row.pk]), data | more)
    return answer.status_code, html.unescape(answer.content.decode())


def now(cast: Cast, row: ReferralOut) -> ReferralOut:
    with acting(cast.maren):
        return ReferralOut.objects.get(pk=row.pk)


@pytest.mark.demand("I4")
@pytest.mark.parametrize("state", sorted(OPEN_STEPS))
def test_each_state_offers_exactly_the_steps_that_can_follow(cast: Cast, state: str) -> None:
    text = page(cast, referral(cast, state))
    offered = {
        re.sub(r'.*value="([a-z-]+)".*', r"\1", one) for one in re.findall(r'<input[^>]*name="step"[^>]*>', text)
    }
    assert offered == OPEN_STEPS[state], "a draft is sent or withdrawn; what closes is there for what was sent"
    assert ("Or withdraw it" in text) == (state == "draft")
    assert ("I asked again today" in text) == (state in OWES)
    assert ("Send referral" in text) == (state == "draft")
    steps = text.partition('aria-label="Steps of the referral')[2].partition("</ol>")[0]
    assert steps.count('aria-current="step"') == (0 if state == "draft" else 1)


@pytest.mark.demand("I4")
def test_a_closed_referral_is_read_and_offers_no_step(cast: Cast) -> None:
    text = page(cast, referral(cast, "closed", closed_on=ahead(-1), outcome="She goes there each week."))
    assert 'name="step"' not in text and "I asked again today" not in text
    assert "She goes there each week." in text


@pytest.mark.demand("I4")
@pytest.mark.parametrize("state", sorted(OPEN_STEPS))
@pytest.mark.parametrize("step", ["receive", "accept", "wait-list", "decline", "start", "close"])
def test_a_step_that_is_not_offered_is_not_taken_when_it_is_sent_all_the_same(
    cast: Cast, state: str, step: str
) -> None:
    row = referral(cast, state)
    status, _text = sent(cast, row, "answer", step=step, feedback="They said so.", outcome="It was so.")
    assert status == (302 if step in OPEN_STEPS[state] else 422)
    assert (now(cast, row).state != state) == (step in OPEN_STEPS[state])


@pytest.mark.demand("I4", "C1")
@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({}, "Nothing is sent before the client has consented."),
        (SIGNED_HERE | {"signed_on": ahead(1).isoformat()}, "not ahead of today"),
        (SIGNED_HERE | {"witness": " "}, "Name who heard it."),
        (
            SIGNED_HERE | {"basis": "vawa"},
            "This law asks for consent in writing. Choose a way of signing on paper or on screen.",
        ),
        (SIGNED_HERE | {"ends_on": ahead(900).isoformat()}, "it lasts 365 days at the most"),
        (SIGNED_HERE | {"chase_on": ahead(0).isoformat()}, "Choose a day that is still ahead."),
        (SIGNED_HERE | {"signed_on": "soon"}, "Give the full date: month, day and year."),
    ],
)
def test_what_keeps_a_referral_from_being_sent_is_said_and_nothing_goes_out(
    cast: Cast, told: dict[str, str], sentence: str
) -> None:
    row = referral(cast, "draft", **UNASKED)
    status, text = sent(cast, row, "send", **told)
    assert status == 422 and sentence in text
    assert (now(cast, row).state, now(cast, row).sent_on, now(cast, row).consented_on) == ("draft", None, None)


@pytest.mark.demand("I4", "C1")
@pytest.mark.parametrize("asked", [UNASKED, {}])
def test_a_draft_is_not_closed_as_if_it_had_been_sent(cast: Cast, asked: dict[str, Any]) -> None:
    row = referral(cast, "draft", **asked)
    assert 'name="step"' not in page(cast, row)
    status, text = sent(cast, row, "answer", step="close", outcome="She found one herself.")
    assert status == 422 and "It stays a draft." in text and "She found one herself." in text
    assert now(cast, row).state == "draft"


@pytest.mark.demand("I4", "C1")
def test_a_consent_that_is_on_record_is_not_asked_for_again(cast: Cast) -> None:
    given = signed(cast, recipients=("Riverside School",))
    row = referral(cast, "draft", consented_on=ahead(-1), consent_how="Signed on paper", release=given)
    text = page(cast, row)
    assert "Signed on paper" in text and 'name="release"' not in text
    assert sent(cast, row, "send", chase_on=ahead(5).isoformat())[0] == 302
    assert (now(cast, row).sent_on, now(cast, row).chase_on) == (ahead(0), ahead(5))


@pytest.mark.demand("I4")
@pytest.mark.parametrize("state", sorted(OWES))
@pytest.mark.parametrize(("chosen", "next_day"), [("", 14), (ahead(3).isoformat(), 3)])
def test_each_time_they_are_asked_again_the_next_day_is_set(cast: Cast, state: str, chosen: str, next_day: int) -> None:
    row = referral(cast, state, chase_on=ahead(-2))
    assert sent(cast, row, "chase", chase_on=chosen)[0] == 302
    assert (now(cast, row).chase_on, now(cast, row).edition, now(cast, row).state) == (ahead(next_day), 2, state)
    assert "Asked Riverside School again for an answer" in page(cast, row)


@pytest.mark.demand("I4")
@pytest.mark.parametrize("chosen", [0, -1])
def test_the_next_time_to_ask_lies_ahead(cast: Cast, chosen: int) -> None:
    row = referral(cast, "sent")
    status, text = sent(cast, row, "chase", chase_on=ahead(chosen).isoformat())
    assert status == 422 and "Choose a day that is still ahead." in text
    assert now(cast, row).chase_on == ahead(4)


@pytest.mark.demand("I4")
@pytest.mark.parametrize("state", sorted(set(OPEN_STEPS) - OWES))
def test_who_owes_no_answer_is_not_asked_again(cast: Cast, state: str) -> None:
    row = referral(cast, state)
    status, text = sent(cast, row, "chase", chase_on="")
    assert status == 422 and "Nobody owes an answer to this referral now." in text
    assert now(cast, row).edition == 1


@pytest.mark.demand("I4")
@pytest.mark.parametrize("act", ["send", "answer", "chase"])
def test_a_step_taken_from_an_old_page_says_that_a_colleague_went_on(cast: Cast, act: str) -> None:
    row = referral(cast, "closed", closed_on=ahead(-1), outcome="She goes there.", edition=3)
    status, text = sent(cast, row, act, edition=2, step="close", chase_on="", outcome="It was full.")
    assert status in (409, 422)
    assert act == "answer" or "changed this while you were writing. The referral is now" in text
    assert now(cast, row).outcome == "She goes there."


@pytest.mark.demand("I4", "M7")
@pytest.mark.parametrize(
    ("state", "chase", "late"),
    [("sent", -1, True), ("received", -1, True), ("sent", 0, False), ("sent", 1, False), ("accepted", -1, False)],
)
def test_the_services_page_says_which_referral_is_late(cast: Cast, state: str, chase: int, late: bool) -> None:
    signed_plan(cast.maren, cast.sama)
    referral(cast, state, chase_on=ahead(chase))
    text = browser_of(cast).get(reverse("services", args=[cast.sama.pk])).content.decode()
    assert ("Ask again" in text) == late
    assert ("1 referral without an answer in time." in text) == late


@pytest.mark.demand("I4")
@pytest.mark.parametrize(
    ("on", "sentence"), [(1, "between the sending and today"), (-11, "between the sending and today")]
)
def test_an_answer_is_dated_between_the_sending_and_today(cast: Cast, on: int, sentence: str) -> None:
    row = referral(cast, "sent")
    status, text = sent(cast, row, "answer", step="accept", on=ahead(on).isoformat(), feedback="Come on Monday")
    assert status == 422 and sentence in text and "Come on Monday" in text
    assert now(cast, row).state == "sent"


@pytest.mark.demand("I4", "C4")
@pytest.mark.parametrize("act", ["send", "answer", "chase"])
def test_a_referral_is_not_moved_under_the_address_of_another_case(cast: Cast, act: str) -> None:
    row, other = referral(cast, "sent"), cast.enroll("Yusuf Haddad")
    answer = browser_of(cast).post(reverse(f"referral_out_{act}", args=[other.pk, row.pk]), {"edition": 1})
    assert answer.status_code == 404
    assert now(cast, row).edition == 1
