"""A page left open asks who is there; what was typed stands in it again afterwards (practice C4, D5)."""

import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.foundations.actor import acting
from alongside.foundations.models import Draft
from alongside.people.models import Agency
from alongside.site.account.actions import idle_minutes_set
from tests.cast import PASSWORD, Cast
from tests.doors import OUT, is_in, knock
from tests.visits import read, signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C4", "D5")]
WHO = "/account/who-is-there/"
WORDS = "She said: “not the hotel again”, and was quiet for long."
FORM = {"title": "A home of her own", "client_words": WORDS}
LIKE_A_BROWSER = "text/html,application/xhtml+xml"


@pytest.fixture
def maren(cast: Cast, client: Client) -> Client:
    """Maren at her desk, signed in at the door."""
    knock(client, "maren")
    client.get("/today/")
    return client


def lies(browser: Client, minutes: float) -> None:
    """Nobody touches it for so long."""
    session = browser.session
    session["door"] = session["door"] | {"seen": session["door"]["seen"] - 60 * minutes}
    for record in session["account_authentication_methods"]:
        record["at"] -= 60 * minutes
    session.save()


def says_who(browser: Client, to: str = "/today/", password: str = PASSWORD) -> Any:
    """Type the password at the page that asks who is there."""
    return browser.post(WHO, {"password": password, "next": to})


def test_after_a_quarter_of_an_hour_every_page_asks_who_is_there_and_leads_back(cast: Cast, maren: Client) -> None:
    place = reverse("case", args=[cast.sama.pk])
    lies(maren, 14)
    assert maren.get(place).status_code == 200
    lies(maren, 15.1)
    assert maren.get(place).headers["Location"] == f"{WHO}?next=" + place.replace("/", "%2F")
    page = words_of(maren.get(f"{WHO}?next={place}"))
    assert "You are signed in as maren@harbourlane.example" in page
    assert "Sama" not in page
    assert f'href="{reverse("cases")}"' not in page
    assert says_who(maren, place).headers["Location"] == place
    assert "Sama" in read(maren, "case", cast.sama.pk)


def test_a_wrong_password_leaves_it_locked_and_counts_as_a_try(cast: Cast, maren: Client) -> None:
    lies(maren, 16)
    for number in range(5):
        assert says_who(maren, password=f"wrong tide {number}").status_code == 200
    assert "This sign-in is locked for fifteen minutes" in words_of(says_who(maren))
    assert not is_in(maren)


def test_what_is_sent_to_a_locked_page_is_kept_and_stands_in_the_form_again(cast: Cast, maren: Client) -> None:
    place = reverse("need_new", args=[cast.sama.pk])
    lies(maren, 16)
    answer = maren.post(place, FORM, HTTP_ACCEPT=LIKE_A_BROWSER)
    assert answer.headers["Location"] == f"{WHO}?next=" + place.replace("/", "%2F")
    assert WORDS not in words_of(maren.get(answer.headers["Location"]))
    assert says_who(maren, place).headers["Location"] == place
    assert WORDS in words_of(maren.get(place))


def test_an_address_that_only_takes_forms_leads_back_to_the_page_it_stood_on(cast: Cast, maren: Client) -> None:
    lies(maren, 16)
    answer = maren.post(
        "/theme/", {"theme": "dark"}, HTTP_REFERER="http://testserver/cases/", HTTP_ACCEPT=LIKE_A_BROWSER
    )
    assert answer.headers["Location"] == f"{WHO}?next=%2Fcases%2F"


def test_words_that_a_page_sends_by_itself_are_kept_though_it_is_locked_and_nothing_is_shown_for_it(
    cast: Cast, maren: Client
) -> None:
    """The browser covers the page and has its words kept, whichever comes first; keeping opens nothing."""
    place = reverse("need_new", args=[cast.sama.pk])
    lies(maren, 16)
    answer = maren.post(f"/drafts/?place={place}", FORM)
    assert answer.status_code == 200
    assert WORDS not in answer.content.decode()
    with acting(cast.maren):
        assert Draft.objects.get(place=place).staff_id == cast.maren.staff
    assert not is_in(maren)


def test_a_request_by_script_is_told_so_in_a_word(cast: Cast, maren: Client) -> None:
    lies(maren, 16)
    answer = maren.post(reverse("need_new", args=[cast.sama.pk]), FORM, HTTP_ACCEPT="*/*")
    assert answer.status_code == 401
    assert maren.post("/account/here/").status_code == 423


def test_a_hand_on_the_page_keeps_it_open(cast: Cast, maren: Client) -> None:
    for _turn in range(3):
        lies(maren, 10)
        assert maren.post("/account/here/").status_code == 200
    assert is_in(maren)
    assert Client().post("/account/here/").status_code == 401


def test_it_can_be_locked_by_hand_and_keeps_locked(cast: Cast, maren: Client) -> None:
    answer = maren.post("/account/lock/", HTTP_REFERER="http://testserver/cases/")
    assert answer.headers["Location"] == f"{WHO}?next=%2Fcases%2F"
    assert not is_in(maren)
    assert maren.post("/account/here/").status_code == 423
    assert not is_in(maren)
    time.sleep(0.01)
    says_who(maren)
    assert is_in(maren)


def test_it_is_locked_from_no_other_place(cast: Cast, maren: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = maren.cookies
    assert strict.post("/account/lock/").status_code == 403
    assert maren.get("/account/lock/").status_code == 405
    assert is_in(maren)


def test_nobody_is_led_elsewhere_from_it(cast: Cast, maren: Client) -> None:
    for elsewhere in (
        "https://elsewhere.example/",
        "//elsewhere.example",
        "javascript:alert(1)",
        "/\\elsewhere.example",
    ):
        lies(maren, 16)
        assert says_who(maren, elsewhere).headers["Location"] == "/", elsewhere


def test_signing_out_is_possible_while_it_is_locked(cast: Cast, maren: Client) -> None:
    lies(maren, 16)
    assert maren.post(OUT).status_code == 302
    assert maren.get("/today/").headers["Location"].startswith("/account/sign-in/")


def test_the_agency_sets_the_minutes_and_its_deed_says_from_what_to_what(cast: Cast, maren: Client) -> None:
    otto = signed_in(cast, "otto")
    assert 'value="15"' in read(otto, "sign_in_rules")
    assert otto.post(reverse("sign_in_rules"), {"idle_minutes": 5, "edition": 15}).headers["Location"] == "/agency/"
    lies(maren, 1)
    maren.get("/today/")
    lies(maren, 6)
    assert not is_in(maren)
    with acting(cast.otto):
        assert Agency.objects.get(pk=cast.agency.pk).idle_minutes == 5


@pytest.mark.parametrize(
    ("minutes", "status"), [("2", 422), ("121", 422), ("3", 302), ("120", 302), ("", 422), ("soon", 422)]
)
def test_minutes_that_make_no_sense_are_refused(cast: Cast, minutes: str, status: int) -> None:
    answer = signed_in(cast, "otto").post(reverse("sign_in_rules"), {"idle_minutes": minutes, "edition": 15})
    assert answer.status_code == status


def test_the_second_of_two_administrators_is_shown_what_the_first_one_set(cast: Cast) -> None:
    idle_minutes_set(cast.otto, minutes=30, read=15)
    answer = signed_in(cast, "otto").post(reverse("sign_in_rules"), {"idle_minutes": 10, "edition": 15})
    assert answer.status_code == 409
    assert "Otto Lindqvist changed this while you were writing." in words_of(answer)


def test_every_page_tells_the_browser_when_to_cover_it_and_brings_the_cover(cast: Cast, maren: Client) -> None:
    page = read(maren, "today")
    assert 'data-idle="15"' in page
    assert "<dialog" in page
    assert "alongside/lock.js" in page
    assert "data-idle" not in words_of(Client().get("/account/sign-in/"))
