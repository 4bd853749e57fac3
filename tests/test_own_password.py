"""A password that somebody else chose lets its owner choose their own, and nothing else (practice C5)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.foundations.actor import acting
from alongside.people.actions import password_set, staff_add
from alongside.people.models import Account
from tests.cast import PASSWORD, Cast
from tests.visits import signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C5")]

GIVEN = "nine herons at dusk"
OWN = "four lamps on the pier"
CHANGE = "/account/password/"


def signs_in(password: str) -> Client:
    """Maren at the door."""
    browser = Client()
    browser.post("/account/sign-in/", {"login": "maren@harbourlane.example", "password": password})
    return browser


def chooses(browser: Client, new: str = OWN, again: str = "", old: str = GIVEN) -> Any:
    """The form to choose one's own password, sent."""
    return browser.post(CHANGE, {"oldpassword": old, "password1": new, "password2": again or new})


@pytest.fixture
def given(cast: Cast) -> Cast:
    """Otto has given Maren a new password."""
    password_set(cast.otto, staff=cast.staff["maren"], password=GIVEN)
    return cast


def test_every_page_leads_to_the_choice_of_a_password(given: Cast) -> None:
    case, browser = given.sama, signs_in(GIVEN)
    for name, args in (("home", []), ("today", []), ("cases", []), ("case", [case.pk]), ("note_new", [case.pk])):
        answer = browser.get(reverse(name, args=args))
        assert (answer.status_code, answer.headers.get("Location")) == (302, CHANGE), name
    written = browser.post(reverse("name_new", args=[case.pk]), {"name": "S.", "kind": "birth name"})
    assert written.headers["Location"] == CHANGE
    assert browser.post("/drafts/?place=/x/", {"a": "b"}).status_code == 302
    assert browser.get("/healthz").status_code == 200


def test_the_page_says_why_and_offers_only_this_and_the_way_out(given: Cast) -> None:
    browser = signs_in(GIVEN)
    page = words_of(browser.get(CHANGE))
    assert "Somebody else chose the one you signed in with" in page
    assert 'action="/account/sign-out/"' in page
    for address in ("today", "cases", "referrals_in"):
        assert f'href="{reverse(address)}"' not in page
    browser.post("/account/sign-out/")
    assert browser.get("/").headers["Location"].startswith("/account/sign-in/")


def test_her_own_password_opens_the_day_and_the_given_one_nothing(given: Cast) -> None:
    browser = signs_in(GIVEN)
    answer = chooses(browser)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert browser.get("/today/").status_code == 200
    assert signs_in(GIVEN).get("/today/").status_code == 302
    assert signs_in(OWN).get("/today/").status_code == 200


@pytest.mark.parametrize(
    ("new", "again", "old", "said"),
    [
        (GIVEN, "", GIVEN, "Choose another than the one you have now."),
        ("short", "", GIVEN, "too short"),
        (OWN, "four lamps on the peer", GIVEN, "same password"),
        (OWN, "", "not this one", "current password"),
    ],
)
def test_what_is_no_password_of_her_own_is_refused_with_the_reason(
    given: Cast, new: str, again: str, old: str, said: str
) -> None:
    browser = signs_in(GIVEN)
    assert said in words_of(chooses(browser, new, again, old))
    assert browser.get("/today/").headers["Location"] == CHANGE


def test_a_new_password_ends_what_was_open_under_the_old_one(cast: Cast) -> None:
    browser = signed_in(cast, "maren")
    assert browser.get("/today/").status_code == 200
    password_set(cast.otto, staff=cast.staff["maren"], password=GIVEN)
    assert browser.get("/today/").headers["Location"].startswith("/account/sign-in/")


def test_somebody_new_chooses_their_own_first_and_whoever_changes_their_own_is_not_asked_again(cast: Cast) -> None:
    otto = signed_in(cast, "otto")
    sent = {"name": "Hala Karimi", "email": "hala@harbourlane.example", "password": GIVEN, "roles": ["case_manager"]}
    assert otto.post(reverse("staff_new"), sent).status_code == 302
    with acting(cast.otto):
        assert Account.objects.get(email="hala@harbourlane.example").must_change_password
        assert not Account.objects.get(email="maren@harbourlane.example").must_change_password
    password_set(cast.otto, staff=cast.staff["otto"], password=GIVEN)
    with acting(cast.otto):
        assert not Account.objects.get(email="otto@harbourlane.example").must_change_password


def test_the_owner_of_the_machine_may_say_that_one_known_to_all_stays(cast: Cast) -> None:
    staff = cast.staff["maren"]
    password_set(cast.otto, staff=staff, password=GIVEN, must_change=False)
    assert not staff.account.must_change_password
    added = staff_add(cast.otto, name="x", email="x@harbourlane.example", password=PASSWORD, roles=["case_manager"])
    assert not added.account.must_change_password
