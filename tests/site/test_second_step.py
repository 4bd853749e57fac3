"""The second step: asked of everyone who works with real records, used once, and never the last to go (practice C4, C5)."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.test import Client
from django.urls import reverse

from alongside.foundations import looks
from alongside.foundations.actor import acting
from alongside.foundations.models import Deed
from alongside.people.actions import password_set
from alongside.site.account import keys
from tests.cast import PASSWORD, Cast
from tests.doors import APP, CODE, CODES, DOOR, OUT, code_of, is_in, knock, set_up_app, with_app
from tests.kept import looks_seen_by
from tests.visits import words_of

pytestmark = [
    pytest.mark.django_db(databases=["default", "looks"]),
    pytest.mark.demand("C4", "C5"),
    pytest.mark.parametrize("cast", [False], indirect=True),
]
FIRST = "/account/second-step/"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What follows a commit follows at once, for in a test nothing is committed."""
    monkeypatch.setattr(transaction, "on_commit", lambda call, **_more: call())


def test_whoever_has_none_is_led_to_set_one_up_and_can_do_nothing_else(cast: Cast) -> None:
    case, browser = cast.sama, Client()
    assert knock(browser, "maren").headers["Location"] == "/"
    for name, args in (("home", []), ("today", []), ("case", [case.pk]), ("note_new", [case.pk]), ("account", [])):
        answer = browser.get(reverse(name, args=args))
        assert (answer.status_code, answer.headers.get("Location")) == (302, FIRST), name
    assert browser.post("/drafts/?place=/x/", {"a": "b"}).headers["Location"] == FIRST
    page = words_of(browser.get(FIRST))
    assert "something you have with you" in page
    assert f'href="{reverse("cases")}"' not in page
    browser.post(OUT)
    assert not is_in(browser, "/today/")


def test_a_password_of_ones_own_comes_before_the_second_step(cast: Cast) -> None:
    """Else whoever handed the first one over could set up the second step."""
    password_set(cast.otto, staff=cast.staff["maren"], password="nine herons at dusk")
    browser = Client()
    knock(browser, "maren", "nine herons at dusk")
    for place in ("/", FIRST, APP):
        assert browser.get(place).headers["Location"] == "/account/password/", place
    own = {
        "oldpassword": "nine herons at dusk",
        "password1": "four lamps on the pier",
        "password2": "four lamps on the pier",
    }
    browser.post("/account/password/", own)
    assert browser.get("/today/").headers["Location"] == FIRST


def test_with_an_app_set_up_the_day_opens_and_from_then_on_a_code_is_asked_for(cast: Cast) -> None:
    browser, secret, sheet = with_app("maren")
    assert len(set(sheet)) == 10
    assert is_in(browser, "/today/")
    again = Client()
    assert knock(again, "maren").headers["Location"] == CODE
    assert not is_in(again, "/today/")
    assert again.post(CODE, {"code": code_of(secret, 1)}).headers["Location"] == "/"
    assert is_in(again, "/today/")
    kinds = [kind for kind, _page, _name in looks_seen_by(cast.maren)]
    assert kinds.count(looks.SIGNED_IN) == 2


def test_the_square_for_the_app_is_a_picture_that_the_content_policy_lets_through(cast: Cast) -> None:
    browser = Client()
    knock(browser, "maren")
    answer = browser.get(APP)
    assert 'src="data:image/svg+xml;base64,' in answer.content.decode()
    assert "img-src 'self' data:" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_password_alone_opens_nothing_and_leaves_no_sign_in(cast: Cast) -> None:
    with_app("maren")
    other = Client()
    knock(other, "maren")
    for place in ("/today/", "/account/", APP, CODES, "/account/places/end/"):
        assert other.get(place).headers["Location"].startswith(DOOR), place
    assert [kind for kind, *_ in looks_seen_by(cast.maren)].count(looks.SIGNED_IN) == 1


def test_a_wrong_code_says_so_and_a_code_is_good_once(cast: Cast) -> None:
    _browser, secret, _sheet = with_app("maren")
    good, first = code_of(secret, 1), Client()
    knock(first, "maren")
    wrong = first.post(CODE, {"code": f"{(int(good) + 1) % 1_000_000:06}"})
    assert "That is not the code of this moment" in words_of(wrong)
    assert first.post(CODE, {"code": good}).status_code == 302
    second = Client()
    knock(second, "maren")
    assert "That is not the code of this moment" in words_of(second.post(CODE, {"code": good}))
    assert not is_in(second)


def test_the_code_that_set_the_app_up_and_every_earlier_one_are_used_up(cast: Cast) -> None:
    _browser, secret, _sheet = with_app("maren")
    other = Client()
    knock(other, "maren")
    for step in (0, -1, -2, 3):
        assert other.post(CODE, {"code": code_of(secret, step)}).status_code == 200, step
    assert not is_in(other)


def test_a_recovery_code_opens_once_and_how_many_are_left_is_shown(cast: Cast) -> None:
    _browser, _secret, sheet = with_app("maren")
    other, again = Client(), Client()
    knock(other, "maren")
    assert other.post(CODE, {"code": sheet[3]}).status_code == 302
    assert "9 left" in words_of(other.get("/account/"))
    knock(again, "maren")
    assert again.post(CODE, {"code": sheet[3]}).status_code == 200
    assert not is_in(again)


def test_recovery_codes_are_shown_once_and_new_ones_end_the_old(cast: Cast) -> None:
    browser, _secret, sheet = with_app("maren")
    page = words_of(browser.get(CODES))
    assert "are not shown again" in page
    assert not [code for code in sheet if code in page]
    browser.post("/account/codes/new/")
    other = Client()
    knock(other, "maren")
    assert other.post(CODE, {"code": sheet[0]}).status_code == 200


def test_five_wrong_codes_lock_the_second_step_for_the_right_one_too(cast: Cast) -> None:
    _browser, secret, sheet = with_app("maren")
    thief = Client()
    knock(thief, "maren")
    for number in range(5):
        thief.post(CODE, {"code": f"00000{number}"})
    for code in (code_of(secret, 1), sheet[0]):
        assert "This sign-in is locked" in words_of(thief.post(CODE, {"code": code}))
    other = Client()
    knock(other, "maren")
    assert other.post(CODE, {"code": code_of(secret, 1)}).status_code == 200
    assert (looks.LOCKED_OUT, "mfa_authenticate", "Maren Achterberg") in looks_seen_by(cast.maren)


def test_what_rests_in_the_database_is_no_secret(cast: Cast) -> None:
    _browser, secret, sheet = with_app("maren")
    kept = json.dumps([row.data for row in Authenticator.objects.all()])
    assert secret not in kept
    assert not [code for code in sheet if code in kept]
    app = Authenticator.objects.get(type="totp")
    account = cast.staff["maren"].account.pk
    assert keys.unseal_of(app.data["secret"], account) == secret
    one, other = (keys.seal("x", account=account, actor=cast.maren) for _turn in range(2))
    assert one != other


def test_the_last_second_step_stays_where_one_is_asked_for(cast: Cast) -> None:
    browser, *_ = with_app("maren")
    page = words_of(browser.post("/account/app/remove/"))
    assert "This is your only second step. Set up another first." in page
    assert Authenticator.objects.filter(type="totp").exists()


def test_a_session_that_never_passed_a_second_step_ends_when_one_was_set_up_elsewhere(cast: Cast) -> None:
    """Two sessions with a password alone: once one has set up a step, the other has to pass it."""
    first, second = Client(), Client()
    knock(first, "maren")
    knock(second, "maren")
    set_up_app(first)
    assert second.get("/today/").headers["Location"] == DOOR
    assert not is_in(second)
    assert is_in(first)


def test_setting_up_and_removing_are_deeds(cast: Cast) -> None:
    browser, *_ = with_app("maren")
    browser.post("/account/codes/new/")
    with acting(cast.maren):
        said = list(Deed.objects.filter(verb="second_step_changed").order_by("at").values_list("sentence", flat=True))
    assert said == ["Set up an authenticator app", "Made new recovery codes"]


def test_changing_second_steps_asks_for_the_password_again_after_a_while(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, *_ = with_app("maren")
    monkeypatch.setattr("alongside.site.account.door.LATELY", 0)
    assert (
        browser.get("/account/codes/new/").headers["Location"]
        == "/account/who-is-there/?next=%2Faccount%2Fcodes%2Fnew%2F"
    )
    asked = browser.post("/account/who-is-there/", {"password": "not this one", "next": "/account/codes/new/"})
    assert asked.status_code == 200
    told = browser.post("/account/who-is-there/", {"password": PASSWORD, "next": "https://elsewhere.example/"})
    assert told.headers["Location"] == "/"
    told = browser.post("/account/who-is-there/", {"password": PASSWORD, "next": "/account/codes/new/"})
    assert told.headers["Location"] == "/account/codes/new/"
    assert browser.get("/account/codes/new/").status_code == 200


def test_whoever_lost_the_phone_is_given_a_new_start_by_the_administrator(cast: Cast) -> None:
    browser, secret, _sheet = with_app("maren")
    otto, *_ = with_app("otto")
    page = reverse("staff_lost_phone", args=[cast.staff["maren"].pk])
    assert otto.post(page, {"password": "nine herons at dusk"}).status_code == 302
    assert not is_in(browser)
    assert not Authenticator.objects.filter(user=cast.staff["maren"].account).exists()
    new = Client()
    assert knock(new, "maren", "nine herons at dusk").headers["Location"] == "/"
    assert new.get("/today/").headers["Location"] == "/account/password/"
    assert knock(Client(), "maren").status_code == 200
    assert code_of(secret)


def test_an_administrator_does_not_take_away_their_own_second_step(cast: Cast) -> None:
    otto, *_ = with_app("otto")
    page = reverse("staff_lost_phone", args=[cast.staff["otto"].pk])
    answer = otto.post(page, {"password": "nine herons at dusk"})
    assert answer.status_code == 422
    assert "Ask another administrator" in words_of(answer)
    assert Authenticator.objects.filter(user=cast.staff["otto"].account, type="totp").exists()
