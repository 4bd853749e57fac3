"""At the door: what people do there, and the codes that their phone shows."""

import re
import time
from base64 import b32decode
from hashlib import sha1
from hmac import digest
from typing import Any

from django.test import Client

from tests.cast import PASSWORD

DOOR, OUT, CODE, APP, CODES = (
    "/account/sign-in/", "/account/sign-out/", "/account/sign-in/code/", "/account/app/", "/account/codes/",
)  # fmt: skip
SECRET = re.compile(r'class="secret"[^>]*>([A-Z2-7 ]+)<')
SHEET = re.compile(r'<li dir="ltr">(\d{8})</li>')


def code_of(secret: str, later: int = 0) -> str:
    """The six figures that an app with this secret shows now, or so many steps of thirty seconds later (RFC 6238)."""
    step = int(time.time()) // 30 + later
    told = digest(b32decode(secret), step.to_bytes(8, "big"), sha1)
    start = told[-1] & 15
    return f"{(int.from_bytes(told[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def knock(browser: Client, who: str, password: str = PASSWORD, **more: Any) -> Any:
    """Type e-mail and password at the door; `more` are headers."""
    typed = {"login": who if "@" in who else f"{who}@harbourlane.example", "password": password}
    return browser.post(DOOR, typed, **more)


def changes_password(browser: Client, old: str, new: str) -> Any:
    """Choose a password of one's own."""
    return browser.post("/account/password/", {"oldpassword": old, "password1": new, "password2": new})


def is_in(browser: Client, page: str = "/account/") -> bool:
    """Whether a page of one's own opens."""
    return bool(browser.get(page).status_code == 200)


def set_up_app(browser: Client) -> tuple[str, list[str]]:
    """Set up an app as the page says; its secret, and the recovery codes that are shown."""
    found = SECRET.search(browser.get(APP).content.decode())
    assert found is not None, "the page shows no secret"
    secret = found[1].replace(" ", "")
    answer = browser.post(APP, {"code": code_of(secret)})
    assert answer.headers["Location"] == CODES, answer.content.decode()[:2000]
    return secret, SHEET.findall(browser.get(CODES).content.decode())


def with_app(who: str) -> tuple[Client, str, list[str]]:
    """Somebody of a real agency who has just set up an app: their browser, the secret, the recovery codes."""
    browser = Client()
    knock(browser, who)
    return browser, *set_up_app(browser)
