"""What is tried at the door besides guessing: fixed sessions, forged forms, led astray, false hosts, frames (practice C4)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.test import Client, override_settings
from pytest_django import Settings

import alongside
from tests.access.routes import routes, whole_record
from tests.attacks import Tried
from tests.cast import PASSWORD, Cast
from tests.doors import DOOR, is_in, knock

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C4")]
ASTRAY = (
    "https://elsewhere.example/", "//elsewhere.example/", "///elsewhere.example", "/\\elsewhere.example", "\\\\elsewhere.example",
    "http:elsewhere.example", "javascript:alert(1)", "https:/elsewhere.example", " https://elsewhere.example",
    "/%09/elsewhere.example/..//x",
    "http://testserver@elsewhere.example/", "http://testserver.elsewhere.example/", "ht\ttps://elsewhere.example", "data:text/html,x",
)  # fmt: skip


@pytest.mark.attack("session fixation")
def test_a_session_that_somebody_else_prepared_is_not_the_one_that_is_signed_in(cast: Cast, tried: Tried) -> None:
    """Session fixation: a key put into the browser beforehand, made up or taken from a real visit."""
    visitor = Client()
    visitor.get("/agency/")
    for prepared in ("x" * 32, visitor.session.session_key or "y" * 32):
        victim, thief = Client(), Client()
        victim.cookies["sessionid"] = thief.cookies["sessionid"] = prepared
        tried()
        assert knock(victim, "maren").status_code == 302
        assert victim.cookies["sessionid"].value != prepared
        assert is_in(victim)
        assert not is_in(thief)


@pytest.mark.attack("session fixation")
def test_the_key_of_a_session_changes_when_somebody_else_signs_in_and_nothing_is_left_of_the_first(cast: Cast) -> None:
    browser = Client()
    knock(browser, "maren")
    before = browser.session.session_key
    browser.post("/account/sign-out/")
    knock(browser, "tadesse")
    assert browser.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


@pytest.mark.attack("forged form")
@pytest.mark.parametrize(
    "place",
    [DOOR, "/account/sign-in/code/", "/account/sign-in/passkey/", "/account/sign-out/", "/account/password/", "/account/app/",
     "/account/app/remove/", "/account/passkeys/new/", "/account/codes/new/", "/account/lock/", "/account/here/", "/account/places/end/",
     "/account/who-is-there/", "/agency/sign-in/", "/theme/"],
)  # fmt: skip
def test_a_form_sent_from_elsewhere_is_refused_everywhere(cast: Cast, tried: Tried, place: str) -> None:
    """Without the token, with a false one, and by a page of another origin."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.staff["otto"].account)
    for forged in ({}, {"csrfmiddlewaretoken": "x" * 64}):
        answer = browser.post(
            place, {"login": "x", "password": PASSWORD, **forged}, HTTP_ORIGIN="https://elsewhere.example"
        )
        tried()
        assert answer.status_code == 403, place


@pytest.mark.attack("open redirect")
@pytest.mark.parametrize("astray", ASTRAY)
def test_after_signing_in_nobody_is_led_elsewhere(cast: Cast, tried: Tried, astray: str) -> None:
    browser = Client()
    for query in (f"?next={astray}", ""):
        answer = browser.post(
            f"{DOOR}{query}", {"login": "maren@harbourlane.example", "password": PASSWORD, "next": astray}
        )
        there = answer.headers.get("Location", "/")
        tried(3)
        assert there == "/" or (there.startswith("/%09/") and "//" not in there[:2]), there
        browser.post("/account/sign-out/", {"next": astray})
        assert browser.post("/account/sign-out/", {"next": astray}).headers.get("Location", "/").startswith("/"), astray
        browser = Client()


@pytest.mark.attack("host header")
@pytest.mark.parametrize(
    "host", ["elsewhere.example", "testserver.elsewhere.example", "testserver:80@elsewhere.example", "", "x y"]
)
def test_a_false_host_is_answered_with_nothing_of_ours(cast: Cast, tried: Tried, host: str) -> None:
    for place in (DOOR, "/account/app/", "/today/"):
        answer = signed(cast).get(place, HTTP_HOST=host)
        tried()
        assert answer.status_code == 400, place
        assert "elsewhere" not in answer.content.decode()


@pytest.mark.attack("host header")
def test_a_forwarded_host_is_not_believed(cast: Cast) -> None:
    page = signed(cast).get("/account/app/", HTTP_X_FORWARDED_HOST="elsewhere.example")
    assert page.status_code == 200
    assert "elsewhere" not in page.content.decode() + str(page.headers)


def signed(cast: Cast) -> Client:
    """Maren, come in by the door."""
    browser = Client()
    knock(browser, "maren")
    return browser


@pytest.mark.attack("clickjacking")
def test_no_page_can_be_put_into_a_frame_and_none_runs_what_stands_in_it(cast: Cast, tried: Tried) -> None:
    browser, record, seen = signed(cast), whole_record(cast, cast.sama, "maren"), 0
    for place in routes():
        route, answer = place.text, browser.get(place.path(record))
        tried()
        policy = answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Frame-Options"] == "DENY", route
        assert "frame-ancestors 'none'" in policy, route
        assert "unsafe" not in policy, route
        assert answer.headers["Cache-Control"] == "no-store", route
        seen += answer.status_code == 200
    assert seen > 50


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_the_door_takes_no_other_methods(cast: Cast, method: str) -> None:
    for place in (DOOR, "/account/sign-in/code/", "/account/sign-in/passkey/", "/account/lock/", "/account/here/"):
        answer = signed(cast).generic(method, place)
        assert answer.status_code in (200, 302, 405), place
        assert answer.status_code != 200 or method == "OPTIONS"


@pytest.mark.parametrize(
    "sent",
    ["", "null", "[]", "{}", "x", '{"id": 1}', '{"response": {"userHandle": null}}', '{"response": {"userHandle": "AAAA"}}',
     '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": "Li4vLi4", "clientDataJSON": "e30",'
     ' "authenticatorData": "AA", "signature": "AA"}}', "[" * 5_000, '{"response": 7}', "9" * 400],
)  # fmt: skip
def test_what_is_no_passkey_opens_nothing_and_breaks_nothing(cast: Cast, sent: str) -> None:
    browser = Client(raise_request_exception=False)
    answer = browser.post("/account/sign-in/passkey/", {"credential": sent})
    assert (answer.status_code, answer.headers["Location"]) == (302, DOOR)
    assert not is_in(browser)


def test_over_https_cookies_are_for_this_host_and_for_https_only(settings: Settings) -> None:
    """What the settings become with ALONGSIDE_HTTPS=1, read in a process of its own."""
    names = (
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "ALLAUTH_TRUSTED_PROXY_COUNT",
    )
    told = f"from django.conf import settings as s; print(*(getattr(s, name) for name in {names}))"
    source = str(Path(alongside.__file__).parent.parent)
    more = {"ALONGSIDE_HTTPS": "1", "DJANGO_SETTINGS_MODULE": "alongside.site.settings", "PYTHONPATH": source}
    ran = subprocess.run(
        [sys.executable, "-c", told], env=os.environ | more, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == ["__Host-session", "__Host-csrftoken", "True", "True", "1"]
    assert settings.SESSION_COOKIE_HTTPONLY


def test_with_other_cookie_names_the_door_works_the_same(cast: Cast) -> None:
    with override_settings(SESSION_COOKIE_NAME="__Host-session"):
        assert is_in(signed(cast))
