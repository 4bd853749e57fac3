"""The web process is killed while forms are being sent to it: what was answered is there, once, and nothing is half done."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from alongside.foundations import clock
from alongside.site.demo.agency import PASSWORD
from tests.bad_days.test_killed import ROOT, House, house

__all__ = ["house"]

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
SENT = {
    "kind": "network", "what": "Visit", "mode": "face", "ties": "alone", "place": "Office",
}  # fmt: skip


class _Stay(urllib.request.HTTPRedirectHandler):
    """An answer that leads on is the answer; it is not followed."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


@dataclass
class Hand:
    """A worker at a browser, sending one form after the other; `confirmed` holds what was answered with 302.

    Each service is told by its minutes, of which no two are the same: what was done lies sealed. `first` is where they begin.
    """

    address: str
    case: str
    first: int
    confirmed: list[int] = field(default_factory=list)
    begun: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()), _Stay())

    def sign_in(self, who: str) -> None:
        """By the page, as anyone."""
        self.token = self._token("/account/sign-in/")
        assert self._send("/account/sign-in/", {"login": who, "password": PASSWORD}) == 302
        self.token = self._token(f"/cases/{self.case}/services/new/")

    def record(self, minutes: int) -> None:
        """Record one service; the line breaks when the server dies, and then nothing is known of it."""
        self.begun.append(minutes)
        status = self._send(
            f"/cases/{self.case}/services/new/",
            SENT | {"minutes": str(minutes), "on": str(clock.today()), "once": str(uuid4())},
        )
        if status == 302:
            self.confirmed.append(minutes)
        else:
            self.refused.append(status)

    def go_on(self) -> None:
        """Until the line breaks."""
        try:
            for minutes in range(self.first, self.first + 400):
                self.record(minutes)
        except OSError:
            return

    def _token(self, path: str) -> str:
        with self.browser.open(self.address + path, timeout=20) as page:
            found = TOKEN.search(page.read().decode())
        assert found is not None, path
        return found[1]

    def _send(self, path: str, words: dict[str, str]) -> int:
        sent = urlencode(words | {"csrfmiddlewaretoken": self.token}).encode()
        try:
            with self.browser.open(urllib.request.Request(self.address + path, sent), timeout=20) as page:  # noqa: S310
                return int(page.status)
        except HTTPError as answer:
            return answer.code


def served(house: House) -> "tuple[subprocess.Popen[bytes], str]":
    """The program served as in life, on this house's data, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "alongside.site.cli", "serve", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(
        command, env=house.environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(240):
        try:
            urllib.request.urlopen(f"{address}/readyz", timeout=2)  # noqa: S310  (our own server on this machine)
            return server, address
        except OSError:
            time.sleep(0.25)
    raise AssertionError("the server did not answer within a minute")


def below(pid: int) -> list[int]:
    """The processes that this one started, and theirs, the last first."""
    children = [int(n) for task in Path(f"/proc/{pid}/task").iterdir() for n in (task / "children").read_text().split()]
    return [one for child in children for one in below(child)] + children


@pytest.fixture
def case(house: House) -> tuple[str, str]:
    """A case with the address of its primary case manager."""
    with house.server.connect() as owner:
        row = owner.execute(
            "SELECT c.id, u.email FROM people_case c JOIN people_assignment a ON a.case_id = c.id AND a.role = 'primary' "
            "JOIN people_staff s ON s.id = a.staff_id JOIN people_account u ON u.id = s.account_id LIMIT 1"
        ).fetchone()
    assert row is not None
    return str(row[0]), str(row[1])


@pytest.fixture
def serving(house: House) -> Iterator["tuple[subprocess.Popen[bytes], str]"]:
    """Served for one story; whatever is left of it afterwards is ended by its own number."""
    server, address = served(house)
    yield server, address
    if server.poll() is None:
        for pid in [*below(server.pid), server.pid]:
            os.kill(pid, signal.SIGKILL)
    server.wait(30)


def test_killing_the_web_process_in_the_middle_of_saving_loses_nothing_that_was_answered(
    house: House, case: tuple[str, str], serving: "tuple[subprocess.Popen[bytes], str]"
) -> None:
    server, address = serving
    hands = [Hand(address, case[0], first) for first in (1, 401, 801)]
    for hand in hands:
        hand.sign_in(case[1])
    writing = [threading.Thread(target=hand.go_on) for hand in hands]
    for one in writing:
        one.start()
    deadline = time.monotonic() + 60
    while sum(len(hand.confirmed) for hand in hands) < 12 and time.monotonic() < deadline:
        time.sleep(0.02)
    for pid in below(server.pid):  # the deepest first: the worker that answers, then who would start another
        os.kill(pid, signal.SIGKILL)
    for one in writing:
        one.join(60)
    assert sum(len(hand.confirmed) for hand in hands) >= 12, [hand.refused for hand in hands]

    again, new = served(house)
    try:
        check(house, hands)
        hand = Hand(new, case[0], 1_440)
        hand.sign_in(case[1])
        hand.record(hand.first)
        assert hand.confirmed == [hand.first], "the day goes on"
    finally:
        again.send_signal(signal.SIGTERM)
        again.wait(60)


def check(house: House, hands: list[Hand]) -> None:
    """All that was confirmed is there once, with its deed; nothing is there that was not sent; no deed without its service."""
    services, told = house.kept()
    assert services == told
    with house.server.connect() as owner:
        kept = [row[0] for row in owner.execute("SELECT minutes FROM documentation_service WHERE kind = 'network'")]
    confirmed = {one for hand in hands for one in hand.confirmed}
    begun = {one for hand in hands for one in hand.begun}
    assert len(kept) == len(set(kept)), "something was saved twice"
    assert confirmed <= set(kept) <= begun
    assert len(set(kept) - confirmed) <= len(hands), "at most the form on its way may be saved without an answer"
    for hand in hands:
        assert not [status for status in hand.refused if status not in (500, 502, 503)]
