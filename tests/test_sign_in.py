"""The door: who comes in, who does not, what is kept of it, and that it shuts again (NASW 1992 standard 4)."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from alongside.foundations import clock, looks
from alongside.foundations.actor import Actor, acting
from alongside.people.actions import staff_change
from alongside.people.models import Account, Staff
from tests.cast import PASSWORD, Cast
from tests.kept import looks_seen_by

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]
DOOR = "/account/sign-in/"
OUT = "/account/sign-out/"
CHANGE = "/account/password/"
MAREN = "maren@harbourlane.example"


def knock(client: Client, email: str = MAREN, password: str = PASSWORD, **more: str) -> HttpResponse:
    """Try to sign in."""
    return client.post(DOOR, {"login": email, "password": password} | more)  # type: ignore[return-value]


def is_in(client: Client) -> bool:
    """True when the client's own page opens."""
    return client.get("/today/").status_code == 200


def leave(cast: Cast, who: str) -> None:
    """Write that someone left today."""
    staff = cast.staff[who]
    staff_change(
        cast.otto, staff=staff, name=staff.name, title="", roles=staff.roles, languages=[], supervisor=None,
        trainee=False, left_on=clock.today(),
    )  # fmt: skip


def test_maren_comes_in_and_is_taken_to_her_day(client: Client, cast: Cast) -> None:
    answer = knock(client)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert is_in(client)


def test_her_day_opens_with_her_name_and_no_message_of_the_door(client: Client, cast: Cast) -> None:
    knock(client)
    page = client.get("/today/").content.decode()
    assert ", Maren" in page and "notice done" not in page


def test_the_sign_in_page_can_be_filled_by_a_password_manager(client: Client) -> None:
    page = client.get(DOOR).content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page


def test_the_e_mail_may_be_typed_in_capitals(client: Client, cast: Cast) -> None:
    assert knock(client, MAREN.upper()).status_code == 302


@pytest.mark.demand("C5")
def test_a_sign_in_is_kept_as_a_look(client: Client, cast: Cast) -> None:
    knock(client)
    assert looks_seen_by(cast.maren) == [("signed in", "account_login", "Maren Achterberg")]


@pytest.mark.demand("C5")
def test_a_failed_sign_in_is_kept_without_what_was_typed(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the name it was aimed at, so that the agency's administrator can read it; nothing of what was typed."""
    kept: list[tuple[str, str, dict[str, object]]] = []

    def keep(kind: str, *, actor: Actor | None = None, **more: object) -> None:
        kept.append((kind, actor.name if actor else "", more))

    monkeypatch.setattr(looks, "look", keep)
    knock(client, password="a wrong tide goes out")
    knock(client, email="nobody@harbourlane.example")
    page = {"page": "account_login"}
    assert kept == [("sign-in failed", "Maren Achterberg", page), ("sign-in failed", "", page)]


@pytest.mark.parametrize(
    ("email", "password"), [(MAREN, "a wrong tide goes out"), ("nobody@harbourlane.example", PASSWORD), (MAREN, "")]
)
def test_a_wrong_password_and_an_unknown_e_mail_do_not_come_in(
    client: Client, cast: Cast, email: str, password: str
) -> None:
    page = knock(client, email, password).content.decode()
    assert "error-text" in page or "notice late" in page
    assert f'value="{email}"' in page
    assert PASSWORD not in page
    assert not is_in(client)


def test_an_unknown_e_mail_is_answered_like_a_wrong_password(client: Client, cast: Cast) -> None:
    wrong = knock(client, MAREN, "a wrong tide goes out").content.decode()
    unknown = knock(client, "maren@harbourlane.elsewhere.example", "a wrong tide goes out").content.decode()
    assert _said(wrong) == _said(unknown)


def _said(page: str) -> str:
    return page.split('role="alert"')[1].split("</p>")[0]


def test_after_five_failures_the_right_password_does_not_open_either(client: Client, cast: Cast) -> None:
    for _turn in range(5):
        knock(client, password="a wrong tide goes out")
    page = knock(client)
    assert page.status_code == 200
    assert "This sign-in is locked for fifteen minutes" in page.content.decode()
    assert not is_in(client)


def test_four_failures_do_not_lock_anyone_out(client: Client, cast: Cast) -> None:
    for _turn in range(4):
        knock(client, password="a wrong tide goes out")
    assert knock(client).status_code == 302


def test_one_locked_sign_in_does_not_lock_out_a_colleague(client: Client, cast: Cast) -> None:
    for _turn in range(6):
        knock(client, password="a wrong tide goes out")
    assert knock(client, "tadesse@harbourlane.example").status_code == 302


def test_a_visitor_who_tries_many_names_from_one_place_is_stopped(client: Client, cast: Cast) -> None:
    for number in range(10):
        knock(client, f"nobody{number}@harbourlane.example", "a wrong tide goes out")
    assert knock(client).status_code in (200, 429)
    assert not is_in(client)


def test_a_member_who_left_cannot_come_in(client: Client, cast: Cast) -> None:
    leave(cast, "maren")
    knock(client)
    for place in ("/", "/today/", "/cases/"):
        assert client.get(place).headers["Location"].startswith(DOOR), place
    assert "signed in" not in [kind for kind, _page, _name in looks_seen_by(cast.maren)]


def test_whoever_leaves_while_signed_in_is_out_at_the_next_page(client: Client, cast: Cast) -> None:
    knock(client)
    assert is_in(client)
    leave(cast, "maren")
    assert not is_in(client)


def test_an_account_without_staff_opens_nothing(client: Client, cast: Cast) -> None:
    account = Account(email="lost@harbourlane.example")
    account.set_password(PASSWORD)
    with acting(cast.otto):
        account.save()
    answer = knock(client, account.email)
    assert answer.status_code == 403
    assert "This sign-in is closed" in answer.content.decode()
    assert client.get("/").status_code == 302


def test_nobody_makes_an_account_for_themselves(client: Client) -> None:
    for name in ("account_signup", "account_reset_password", "account_email"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    for place in ("/account/signup/", "/accounts/signup/", "/account/sign-up/"):
        assert client.get(place).status_code in (302, 404), place
    assert "sign-up" not in client.get(DOOR).content.decode()


def test_signing_out_ends_the_session_for_good(client: Client, cast: Cast) -> None:
    knock(client)
    key = client.cookies["sessionid"].value
    assert Session.objects.filter(session_key=key).exists()
    assert client.get(OUT).status_code == 200
    assert is_in(client)
    assert client.post(OUT).status_code == 302
    assert not Session.objects.filter(session_key=key).exists()
    client.cookies["sessionid"] = key
    assert not is_in(client)


def test_the_session_gets_a_new_key_at_the_door(client: Client, cast: Cast) -> None:
    client.get(DOOR)
    before = client.cookies["sessionid"].value if "sessionid" in client.cookies else ""
    knock(client)
    assert client.cookies["sessionid"].value != before


def test_the_session_cookie_is_not_for_scripts_and_ends_with_the_browser(client: Client, cast: Cast) -> None:
    knock(client)
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]


def test_one_is_taken_back_to_the_page_that_was_asked_for_and_never_to_another_place(
    client: Client, cast: Cast
) -> None:
    asked = client.get("/cases/")
    assert asked.headers["Location"] == f"{DOOR}?next=/cases/"
    assert knock(client, next="/cases/").headers["Location"] == "/cases/"
    client.post(OUT)
    assert knock(client, next="https://elsewhere.example/").headers["Location"] == "/"


def test_a_password_is_changed_by_those_who_know_the_old_one(client: Client, cast: Cast) -> None:
    knock(client)
    new = "eleven gulls on a roof"
    wrong = client.post(CHANGE, {"oldpassword": "not this one", "password1": new, "password2": new})
    assert wrong.status_code == 200
    assert "has-error" in wrong.content.decode()
    assert client.post(CHANGE, {"oldpassword": PASSWORD, "password1": new, "password2": new}).status_code == 302
    client.post(OUT)
    assert knock(client, password=PASSWORD).status_code == 200
    assert knock(client, password=new).status_code == 302


@pytest.mark.parametrize("weak", ["short one", "password1234", "maren@harbourlane"])
def test_a_weak_password_is_refused_with_the_reason(client: Client, cast: Cast, weak: str) -> None:
    knock(client)
    page = client.post(CHANGE, {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
    assert page.status_code == 200
    assert "has-error" in page.content.decode()


def test_passwords_are_kept_as_argon2(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    account = Account(email="hala@harbourlane.example")
    account.set_password(PASSWORD)
    assert account.password.startswith("argon2$argon2id$")
    assert account.check_password(PASSWORD)


def test_no_page_of_a_signed_in_person_is_kept_by_the_browser(client: Client, cast: Cast) -> None:
    knock(client)
    answer = client.get("/today/")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_leaving_day_that_is_still_ahead_shuts_no_door(client: Client, cast: Cast) -> None:
    with acting(cast.otto):
        Staff.objects.filter(pk=cast.staff["maren"].pk).update(left_on=clock.today() + timedelta(days=1))
    knock(client)
    assert is_in(client)
