"""What every answer of the program bears or lacks, whichever part of it gave it (practice C4)."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings

import alongside
from alongside.foundations.actor import acting
from alongside.foundations.models import Deed
from tests.access.routes import browser, routes, whole_record
from tests.attacks import Tried
from tests.cast import Cast
from tests.doors import OUT, knock

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C4")]
WHO = {"cases/": "maren", "referrals/": "ines", "agency/": "otto"}
NEVER_SAFE = ("Access-Control-Allow-Origin", "Access-Control-Allow-Credentials")


@pytest.mark.attack("clickjacking")
def test_answers_that_no_page_gave_bear_the_headers_too(client: Client, tried: Tried) -> None:
    """A false host, an address that is not there, one of our styles, the way to HTTPS."""
    answers = [
        client.get("/", HTTP_HOST="elsewhere.example"),
        client.get("/never/was/"),
        client.get("/static/alongside/theme.css"),
        client.post("/account/sign-in/", {}, HTTP_ORIGIN="https://elsewhere.example"),
    ]
    with override_settings(SECURE_SSL_REDIRECT=True):
        answers += [Client().get("/cases/"), Client().get("/", HTTP_HOST="elsewhere.example")]
        assert [Client().get(place).status_code for place in ("/healthz", "/readyz")] == [200, 200]
    assert [answer.status_code for answer in answers[-2:]] == [301, 400]
    tried(len(answers))
    for answer in answers:
        policy = answer.headers["Content-Security-Policy"]
        assert all(part in policy for part in ("default-src 'none'", "object-src 'none'", "base-uri 'none'")), answer
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"


def test_over_https_browsers_are_told_to_use_nothing_else_here_and_below() -> None:
    """What the settings become with ALONGSIDE_HTTPS=1, read in a process of its own."""
    told = (
        "import django; django.setup(); from django.conf import settings as s; from alongside.site.account import device; "
        "print(s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_SSL_REDIRECT, device.COOKIE)"
    )
    source = str(Path(alongside.__file__).parent.parent)
    more = {"ALONGSIDE_HTTPS": "1", "DJANGO_SETTINGS_MODULE": "alongside.site.settings", "PYTHONPATH": source}
    ran = subprocess.run(
        [sys.executable, "-c", told], env=os.environ | more, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == ["31536000", "True", "True", "__Host-device"]
    with override_settings(SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True):
        assert Client().get("/healthz", secure=True).headers["Strict-Transport-Security"] == (
            "max-age=31536000; includeSubDomains"
        )


def test_each_page_says_what_it_is_and_opens_to_no_other_origin(cast: Cast) -> None:
    record, clients, tried = (
        whole_record(cast, cast.sama, "maren"),
        {who: browser(cast, who) for who in WHO.values()},
        0,
    )
    for route in routes():
        who = next((who for start, who in WHO.items() if route.text.startswith(start)), "maren")
        answer = clients[who].get(route.path(record), HTTP_ORIGIN="https://elsewhere.example")
        said = answer.headers.get("Content-Type", "")
        assert not [name for name in NEVER_SAFE if name in answer.headers], route.text
        assert re.match(r"text/(html|plain|csv); charset=utf-8$|application/(pdf|json)$", said), f"{route.text}: {said}"
        tried += answer.status_code == 200
    assert tried > 50


def deeds(cast: Cast) -> list[int]:
    """How many deeds each of those who look may read."""
    counted = []
    for who in WHO.values():
        with acting(getattr(cast, who)):
            counted.append(Deed.objects.count())
    return counted


def test_to_look_at_a_page_changes_nothing(cast: Cast) -> None:
    """No deed is done by an address that somebody can be made to open; a look is kept, and that is all."""
    record, clients = whole_record(cast, cast.sama, "maren"), {who: browser(cast, who) for who in WHO.values()}
    before = deeds(cast)
    for route in routes():
        who = next((who for start, who in WHO.items() if route.text.startswith(start)), "maren")
        for ask in (clients[who].get, clients[who].head):
            ask(route.path(record))
    assert deeds(cast) == before


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "DEBUG"])
def test_no_address_answers_to_methods_that_are_for_machines(cast: Cast, method: str) -> None:
    record, client = whole_record(cast, cast.sama, "maren"), browser(cast, "maren")
    for route in routes():
        with transaction.atomic():
            answer = client.generic(method, route.path(record), "private words")
            transaction.set_rollback(True)
        assert answer.status_code in (302, 403, 404, 405), f"{method} {route.text}: {answer.status_code}"
        assert b"private words" not in answer.getvalue()


@pytest.mark.parametrize(
    "place",
    ["/static/", "/static/alongside/", "/static/../settings.py", "/static/%2e%2e/settings.py", "/.git/config", "/admin/", "/docs/",
     "/var/master.key", "/static//etc/passwd", "/debug/"],
)  # fmt: skip
def test_no_folder_is_listed_and_nothing_but_styles_lies_open(cast: Cast, place: str) -> None:
    for client in (Client(), browser(cast, "otto")):
        answer = client.get(place)
        assert answer.status_code == 404, place
        assert b"theme.css" not in answer.content.replace(b"/static/alongside/theme.css", b"")


def test_nothing_is_shown_to_those_who_build_it() -> None:
    """No setting turns it on."""
    assert settings.DEBUG is False
    assert "ALONGSIDE_DEBUG" not in (Path(alongside.__file__).parent / "site" / "settings.py").read_text(
        encoding="utf-8"
    )


def test_with_the_way_out_the_browser_is_told_to_forget(cast: Cast) -> None:
    client = Client()
    knock(client, "maren")
    assert "Clear-Site-Data" not in client.get("/today/").headers
    assert client.post(OUT).headers["Clear-Site-Data"] == '"cache", "storage"'
