"""Asking a server as a browser does, and how long it takes. Part of the bench."""

import http.client
import os
import statistics
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

PASSWORD = "a long tide comes in"  # noqa: S105  (of the fictional agency)

Call = Callable[[], None]


def sent(
    wire: http.client.HTTPConnection, path: str, body: str | None = None, headers: dict[str, str] | None = None
) -> http.client.HTTPResponse:
    """The answer to one request. A server closes a connection that was idle for long; then, as a browser does, by another."""
    for last in (False, True):
        try:
            wire.request("POST" if body is not None else "GET", path, body, headers or {})
            return wire.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            wire.close()
            if last:
                raise
    raise AssertionError("one of the two has answered or raised")


class Browser:
    """One signed-in client with its own connection and cookies."""

    def __init__(self, port: int) -> None:
        self.wire = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, data: dict[str, Any] | None = None) -> tuple[int, str]:
        """GET, or POST with `data`; answers with status and text, or the place of a redirection."""
        headers = {
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
            "Referer": f"http://127.0.0.1{path}",
        }
        body = None
        if data is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(data | {"csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}, doseq=True)
        answer = sent(self.wire, path, body, headers)
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";", 1)[0].split("=", 1)
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location") or text

    def sign_in(self, email: str) -> "Browser":
        """Come in by the door, as a person does."""
        self.ask("/account/sign-in/")
        status, place = self.ask("/account/sign-in/", {"login": email, "password": PASSWORD})
        if status != 302:
            raise SystemExit(f"the sign-in of {email} was answered with {status}: {place[:200]}")
        return self


def start(command: list[str], port: int, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a server and wait until it answers."""
    server = subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.DEVNULL)
    for _ in range(600):
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=1).request("GET", "/healthz")
            return server
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start within a minute")


def good(answer: tuple[int, str]) -> None:
    """Stop the bench when a page is not answered well: a fast refusal is no figure."""
    if answer[0] not in (200, 302, 303):
        raise SystemExit(f"a page was answered with {answer[0]}")


def times(work: list[Call]) -> dict[str, float]:
    """The first, the median and the 95th percentile of the seconds each call takes, in milliseconds."""
    taken = []
    for call in work:
        began = time.perf_counter()
        call()
        taken.append((time.perf_counter() - began) * 1000)
    first = taken[0]
    taken.sort()
    return {"first": first, "median": statistics.median(taken), "p95": taken[int(len(taken) * 0.95) - 1]}


def crowd(calls: list[Call], again: int) -> dict[str, float]:
    """The same of several clients at once, each of whom asks so many times."""
    with ThreadPoolExecutor(len(calls)) as pool:
        parts = list(pool.map(lambda call: times([call] * again), calls))
    return {key: statistics.median(part[key] for part in parts) for key in ("median", "p95")}
