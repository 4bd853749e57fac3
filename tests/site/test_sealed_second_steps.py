"""Secrets of second steps lie under the keys of the agency and the master key, each under its own account (practice C4)."""

import json
from base64 import urlsafe_b64encode
from importlib import import_module
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.test import Client, override_settings

from alongside.foundations.actor import acting
from alongside.site.account import keys
from tests.cast import Cast
from tests.doors import APP, CODE, CODES, SECRET, code_of, is_in, knock, with_app
from tests.visits import read

pytestmark = [
    pytest.mark.django_db(databases=["default", "looks"]),
    pytest.mark.demand("C4"),
    pytest.mark.parametrize("cast", [False], indirect=True),
]
WHO = ("maren", "otto", "ines")


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What follows a commit follows at once, for in a test nothing is committed."""
    monkeypatch.setattr(transaction, "on_commit", lambda call, **_more: call())


def test_while_an_app_is_set_up_the_session_in_the_database_is_no_place_to_read_the_secret(cast: Cast) -> None:
    browser = Client()
    knock(browser, "maren")
    page = SECRET.search(browser.get(APP).content.decode())
    assert page is not None
    secret = page[1].replace(" ", "")
    assert browser.post(APP, {"code": "000000"}).status_code == 200
    kept = json.dumps(dict(browser.session.items()))
    assert "mfa.totp.secret" in kept
    assert secret not in kept
    assert browser.post(APP, {"code": code_of(secret)}).headers["Location"] == CODES
    assert "mfa.totp.secret" not in browser.session


@pytest.mark.parametrize("kind", ["totp", "recovery_codes"])
def test_a_second_step_that_was_moved_to_another_account_opens_nothing(cast: Cast, kind: str) -> None:
    """Whoever can write to the database, and to nothing else, puts their own phone into the administrator's row."""
    _browser, secret, sheet = with_app("maren")
    with_app("otto")
    otto = cast.staff["otto"].account
    Authenticator.objects.filter(user=otto, type=kind).delete()
    Authenticator.objects.filter(user=cast.staff["maren"].account, type=kind).update(user=otto)
    thief = Client(raise_request_exception=False)
    knock(thief, "otto")
    answer = thief.post(CODE, {"code": code_of(secret, 1) if kind == "totp" else sheet[0]})
    assert answer.status_code == 500
    assert not is_in(thief)


def test_second_steps_of_before_are_moved_under_the_master_key(cast: Cast) -> None:
    """A folder of an earlier version: secrets sealed by the secret key of now, by one of before, and by one that is lost."""
    for who in WHO:
        with_app(who)
    before = {who: Authenticator.objects.get(user=cast.staff[who].account, type="totp") for who in WHO}
    secrets = {who: keys.unseal(app.data["secret"]) for who, app in before.items()}
    for (who, app), secret_key in zip(before.items(), (settings.SECRET_KEY, "of before", "lost"), strict=True):
        app.data["secret"] = as_of_before(secrets[who], secret_key)
        app.save()
    moved = import_module("alongside.site.migrations.0040_second_steps_sealed")
    with override_settings(SECRET_KEY_FALLBACKS=["of before"]), acting(cast.otto):
        moved.seal_anew(apps, SimpleNamespace(connection=connection))
    now = {who: Authenticator.objects.get(pk=app.pk).data["secret"] for who, app in before.items()}
    for who in ("maren", "otto"):
        assert now[who].startswith("sealed1:")
        assert keys.unseal_of(now[who], cast.staff[who].account.pk) == secrets[who]
    assert now["ines"] == before["ines"].data["secret"]
    thief = Client(raise_request_exception=False)
    knock(thief, "ines")
    assert thief.post(CODE, {"code": code_of(secrets["ines"], 1)}).status_code == 500
    assert not is_in(thief)
    page = read(with_otto(secrets["otto"]), "staff_door", cast.staff["ines"].pk)
    assert "They lost their phone" in page, "a new start is open to her"


def with_otto(secret: str) -> Client:
    """Otto, come in by the app that he set up in an earlier version."""
    browser = Client()
    knock(browser, "otto")
    assert browser.post(CODE, {"code": code_of(secret, 1)}).status_code == 302
    return browser


def as_of_before(words: str, secret_key: str) -> str:
    """A secret as earlier versions sealed it."""
    cipher = AESGCM(HKDF(SHA256(), 32, None, b"alongside second steps").derive(secret_key.encode()))
    return "s1:" + urlsafe_b64encode(b"n" * 12 + cipher.encrypt(b"n" * 12, words.encode(), None)).decode()
