"""Somebody whose account was opened on a new device is told by e-mail, after it is safe, and of nothing but that (practice C5)."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from pytest_django import Settings

import alongside
from alongside.foundations import background, clock
from alongside.foundations.background import JOBS
from alongside.site import mail as mail_module
from alongside.site.account.actions.notices import new_devices_tell
from alongside.site.account.models import SignIn
from tests.access.database import nothing_kept
from tests.cast import Cast, gather
from tests.doors import knock
from tests.visits import read

pytestmark = [pytest.mark.django_db(databases=["default", "looks", "owner"]), pytest.mark.demand("C5", "M7")]
MAREN = "maren@harbourlane.example"


class Down(EmailBackend):
    """A mail server that is not there."""

    def open(self) -> bool:
        """Nobody answers."""
        raise ConnectionRefusedError(f"no answer for {MAREN}")


class Choosy(EmailBackend):
    """A mail server that does not take Maren's mail."""

    def send_messages(self, messages: Any) -> int:
        """Refuse hers."""
        if MAREN in messages[0].to:
            raise SMTPRecipientsRefused({MAREN: (550, b"no such box: Maren Achterberg")})
        return super().send_messages(messages)


@pytest.fixture
def house(settings: Settings) -> Iterator[Cast]:
    """A real agency, all of it within one transaction of the owner's, for whom the background works; e-mail goes out."""
    settings.MAIL_GOES_OUT = True
    with nothing_kept():
        yield gather(demonstration=False)


def new_device(who: str = "maren") -> Client:
    """Somebody comes in at their desk, and then from a phone."""
    for _device in range(2):
        browser = Client()
        assert knock(browser, who).status_code == 302
    return browser


def test_she_is_told_once_and_the_message_names_the_agency_and_nothing_else(house: Cast) -> None:
    case = house.sama
    new_device()
    assert mail.outbox == [], "nothing goes out while she signs in"
    assert new_devices_tell() == 1
    assert new_devices_tell() == 0
    (sent,) = mail.outbox
    assert (sent.to, sent.cc, sent.bcc, sent.attachments) == ([MAREN], [], [], [])
    whole = sent.message().as_string()
    body = str(sent.body)
    assert "Harbour Lane Community Services" in body
    assert "It was not me" in body
    assert "Auto-Submitted: auto-generated" in whole
    row = SignIn.objects.using("owner").latest("since")
    for never in (
        "Sama", "Othman", case.number, "Maren", "Achterberg", "maren@", row.device_name, row.place, "127.0.0.1", str(row.pk),
        str(row.device), "http", "//", "www",
    ):  # fmt: skip
        assert never not in f"{sent.subject}\n{body}", never


def test_the_first_device_of_all_and_one_that_is_known_are_not_told_of(house: Cast) -> None:
    browser = Client()
    knock(browser, "maren")
    browser.post("/account/sign-out/")
    knock(browser, "maren")
    assert new_devices_tell() == 0
    assert mail.outbox == []


def test_whoever_said_already_whose_it_was_is_told_nothing_more(house: Cast) -> None:
    new_device()
    SignIn.objects.using("owner").filter(to_tell=True).update(answered_at=clock.now())
    assert new_devices_tell() == 0
    assert not SignIn.objects.using("owner").filter(to_tell=True).exists()


def test_where_no_mail_server_is_named_nothing_is_sent_and_the_page_asks_and_claims_nothing(
    house: Cast, settings: Settings
) -> None:
    settings.MAIL_GOES_OUT = False
    browser = new_device()
    assert new_devices_tell() == 0
    assert not SignIn.objects.using("owner").filter(to_tell=True).exists()
    settings.MAIL_GOES_OUT = True
    assert new_devices_tell() == 0, "what was not meant to be told is not told later"
    session = browser.session
    session["second_step"] = True
    session.save()
    page = read(browser, "account")
    assert "Someone signed in to your account from a new device" in page
    assert "e-mail" not in page.lower().replace("maren@harbourlane.example", "")


def test_a_mail_server_that_is_down_keeps_nobody_out_and_is_tried_again(
    house: Cast, settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "JOBS", [JOBS["new devices"]])
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    browser = new_device()
    assert browser.get("/account/second-step/").status_code == 200, "she is in"
    assert background.run_due() == []
    said = capsys.readouterr().err
    assert said.endswith("background: new devices failed: builtins.ConnectionRefusedError\n") and MAREN not in said
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert background.run_due() == ["new devices"]
    assert [sent.to for sent in mail.outbox] == [[MAREN]]


def test_an_address_that_the_server_does_not_take_holds_up_no_other_and_is_let_go_after_a_day(
    house: Cast, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Choosy"
    new_device("maren")
    new_device("otto")
    assert new_devices_tell() == 1
    assert [sent.to for sent in mail.outbox] == [["otto@harbourlane.example"]]
    assert SignIn.objects.using("owner").filter(to_tell=True).count() == 1
    with clock.held(clock.now() + timedelta(days=1, minutes=1)):
        assert new_devices_tell() == 0
    assert not SignIn.objects.using("owner").filter(to_tell=True).exists()


def test_what_is_not_kept_yet_is_not_told(settings: Settings, cast: Cast) -> None:
    """The sign-in stands in a transaction that may still be undone; the background does not see it."""
    settings.MAIL_GOES_OUT = True
    new_device()
    assert new_devices_tell() == 0
    assert mail.outbox == []


def test_the_staff_of_an_invented_agency_get_no_mail(settings: Settings) -> None:
    settings.MAIL_GOES_OUT = True
    with nothing_kept():
        gather()
        new_device()
        assert new_devices_tell() == 0
        assert mail.outbox == []
        assert not SignIn.objects.using("owner").filter(to_tell=True).exists()


def told(**more: str) -> list[str]:
    """What the settings become, read in a process of its own."""
    names = ("EMAIL_BACKEND", "MAIL_GOES_OUT", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS", "EMAIL_USE_SSL",
             "EMAIL_TIMEOUT", "DEFAULT_FROM_EMAIL")  # fmt: skip
    read_them = f"from django.conf import settings as s; print(*(getattr(s, name) for name in {names}), sep='\\n')"
    source = str(Path(alongside.__file__).parent.parent)
    environment = os.environ | more | {"DJANGO_SETTINGS_MODULE": "alongside.site.settings", "PYTHONPATH": source}
    ran = subprocess.run([sys.executable, "-c", read_them], env=environment, capture_output=True, text=True, check=True)
    return ran.stdout.splitlines()


def test_the_mail_server_comes_from_the_environment(tmp_path: Path) -> None:
    assert told()[:2] == ["django.core.mail.backends.dummy.EmailBackend", "False"]
    secret = tmp_path / "secret"
    secret.write_text("hush\n", encoding="utf-8")
    named = {"ALONGSIDE_MAIL_HOST": "mail.example.org", "ALONGSIDE_MAIL_FROM": "Alongside <a@example.org>",
             "ALONGSIDE_MAIL_PASSWORD_FILE": str(secret)}  # fmt: skip
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    assert told(**named) == [
        smtp,
        "True",
        "mail.example.org",
        "587",
        "hush",
        "True",
        "False",
        "10",
        "Alongside <a@example.org>",
    ]
    assert told(**named, ALONGSIDE_MAIL_SECURITY="tls")[3:7] == ["465", "hush", "False", "True"]


@pytest.mark.parametrize(
    ("named", "said"),
    [({}, "so has to be ALONGSIDE_MAIL_FROM"), ({"FROM": "a@b.example", "SECURITY": "some"}, "should be one of"),
     ({"FROM": "a@b.example", "SECURITY": "none"}, "only for a mail server on this machine"),
     ({"FROM": "a@b.example", "PORT": "many"}, "whole number")],
)  # fmt: skip
def test_a_mail_server_that_is_named_badly_stops_the_program_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, named: dict[str, str], said: str
) -> None:
    monkeypatch.setenv("ALONGSIDE_MAIL_HOST", "mail.example.org")
    for name, value in named.items():
        monkeypatch.setenv(f"ALONGSIDE_MAIL_{name}", value)
    with pytest.raises(ValueError, match=said):
        mail_module.from_environment()
