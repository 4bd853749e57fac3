"""The pages that ask one thing: sent empty they say what is lacking, and what a sign-in ran out on is in them again."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.models import Draft
from alongside.people.models import Staff
from tests.cast import PASSWORD, Cast
from tests.visits import beside, read, signed_in

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]

ASKED = [
    ("maren", "urgent", "called"), ("maren", "urgent_reason", "reason"), ("otto", "agency_access", "staff"),
    ("otto", "agency_urgent", "hours"), ("otto", "touched", "account"), ("otto", "staff_lost_phone", "password"),
    ("otto", "sign_in_rules", "idle_minutes"), ("otto", "staff_new", "name"), ("otto", "staff_password", "password"),
    ("otto", "program_staff_new", "role"),
]  # fmt: skip


def address(cast: Cast, name: str) -> str:
    """Where a page lies, of Maren or of New Start where it is of somebody or something."""
    maren = [cast.staff["maren"].pk]
    keys = {"program_staff_new": [cast.program.pk], "staff_lost_phone": maren, "staff_password": maren}
    return reverse(name, args=keys.get(name, []))


@pytest.mark.parametrize(("who", "name", "field"), ASKED)
def test_an_empty_form_that_is_sent_says_what_is_lacking(cast: Cast, who: str, name: str, field: str) -> None:
    place, browser = address(cast, name), signed_in(cast, who)
    assert not browser.get(place).context["form"].errors
    assert beside(browser.post(place, {}), field)


def run_out(browser: Client) -> None:
    """Ten hours go by."""
    Session.objects.filter(session_key=browser.session.session_key).update(expire_date=clock.now())


def come_in(browser: Client, cast: Cast, who: str) -> None:
    """Through the door."""
    browser.post("/account/sign-in/", {"login": cast.staff[who].account.email, "password": PASSWORD})


@pytest.mark.parametrize(
    ("who", "name", "field"),
    [("maren", "urgent", "called"), ("tadesse", "urgent_reason", "called"), ("otto", "agency_access", "number")],
)
def test_what_was_sent_after_the_sign_in_ran_out_is_in_the_form_again_and_gone_once_it_was_asked(
    cast: Cast, who: str, name: str, field: str
) -> None:
    place, browser, number = address(cast, name), Client(), cast.sama.number
    come_in(browser, cast, who)
    run_out(browser)
    sent = {field: number, "staff": str(cast.staff["maren"].pk), "reason": "She is at the ward now"}
    assert browser.post(place, sent, HTTP_ACCEPT="text/html").status_code == 302
    come_in(browser, cast, who)
    assert f'value="{number}"' in read(browser, name)
    with acting(getattr(cast, who)):
        assert Draft.objects.filter(place=place).exists()
    assert browser.post(place, sent).status_code in (200, 302)
    with acting(getattr(cast, who)):
        assert not Draft.objects.filter(place=place).exists()


def test_the_account_whose_records_are_asked_for_is_no_draft_after_the_answer(cast: Cast) -> None:
    place, browser = address(cast, "touched"), signed_in(cast, "otto")
    with acting(cast.otto):
        account = Staff.objects.get(name="Maren Achterberg").pk
        Draft.objects.create(
            staff_id=cast.otto.staff, agency_id=cast.otto.agency, place=place, words="{}", saved_at=clock.now()
        )
    day = clock.now() - timedelta(days=1)
    sent = {
        "account": account,
        "since": day.strftime("%Y-%m-%d %H:%M"),
        "until": clock.now().strftime("%Y-%m-%d %H:%M"),
    }
    assert browser.post(place, sent).status_code == 200
    with acting(cast.otto):
        assert not Draft.objects.exists()
