"""`alongside serve`: what it does before the first page, what it starts, and that all of it stops together."""

import os
import signal
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from alongside.foundations import background
from alongside.foundations.postgres import app_password, from_url, without_owner
from alongside.foundations.rls import APP_ROLE
from alongside.site import cli, serving


class Granian:
    """Stands in for the web server: keeps how it was called, and ends as it is told."""

    calls: list[tuple[list[str], dict[str, str]]]

    def __init__(self, ends: int | BaseException = 0) -> None:
        self.calls, self.ends, self.stopped, self.lives = [], ends, 0, 0

    def __call__(self, command: list[str], env: dict[str, str]) -> "Granian":
        self.calls.append((command, env))
        return self

    def __enter__(self) -> "Granian":
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is left to close."""

    def terminate(self) -> None:
        """Told to stop."""
        self.stopped += 1

    def wait(self, timeout: float | None = None) -> int:
        """End as planned; a second time, well. While it `lives`, whoever waits only so long is told so."""
        if timeout is not None and self.lives:
            self.lives -= 1
            raise subprocess.TimeoutExpired("granian", timeout)
        if timeout is not None and not isinstance(self.ends, BaseException):
            return self.ends
        ends, self.ends = self.ends, 0
        if isinstance(ends, BaseException):
            raise ends
        return ends


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was done before serving, in order."""
    steps: list[str] = []

    def called(name: str, **more: Any) -> None:
        steps.append(f"{name} as {more['database']}" if "database" in more else name)

    monkeypatch.setattr(serving, "call_command", called)
    monkeypatch.setattr(serving, "_fill_when_empty", lambda: steps.append("demo"))
    monkeypatch.setattr(cli, "connect_database", lambda: None)
    monkeypatch.setattr(background, "run_due", lambda: steps.append("work"))
    monkeypatch.setattr(signal, "signal", lambda number, _do: steps.append(signal.Signals(number).name))
    return steps


def serve(monkeypatch: pytest.MonkeyPatch, server: Granian, *more: str) -> int:
    monkeypatch.setattr(subprocess, "Popen", server)
    return cli.main(["serve", *more])


def test_the_database_and_the_styles_are_of_this_version_before_the_first_page(
    done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert serve(monkeypatch, Granian()) == 0
    assert done[:3] == ["check", "migrate as owner", "collectstatic"]
    assert "demo" not in done


def test_an_empty_house_is_filled_only_when_that_was_asked(done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    serve(monkeypatch, Granian(), "--demo-if-empty")
    assert done[3] == "demo"


@pytest.mark.parametrize(
    ("asked", "host", "port", "workers"),
    [
        ([], "127.0.0.1", "8000", "2"),
        (["--host", "192.0.2.7", "--port", "8080", "--workers", "4"], "192.0.2.7", "8080", "4"),
    ],
)
def test_it_answers_where_it_was_told_and_says_so(
    done: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    asked: list[str], host: str, port: str, workers: str,
) -> None:  # fmt: skip
    server = Granian()
    serve(monkeypatch, server, *asked)
    ((command, environment),) = server.calls
    told = dict(pairwise(command))
    assert (told["--host"], told["--port"], told["--workers"]) == (host, port, workers)
    assert command[0] == sys.executable
    assert "--no-access-log" in command, "addresses are not written down"
    assert environment["ALONGSIDE_POOL"] == "1"
    assert f"http://{host}:{port}" in capsys.readouterr().out


@pytest.mark.demand("C4")
def test_whoever_answers_pages_is_not_told_how_to_be_the_owner(
    done: list[str], monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.DATABASE_URL = "postgresql://owner:a%20secret@db.example:5433/alongside?sslmode=require"
    monkeypatch.setenv("ALONGSIDE_DATABASE_URL", settings.DATABASE_URL)
    monkeypatch.setenv("ALONGSIDE_DATABASE_URL_FILE", "/run/secrets/url")
    server = Granian()
    serve(monkeypatch, server)
    ((_command, told),) = server.calls
    assert not [name for name, value in told.items() if "a%20secret" in value or "a secret" in value]
    assert "ALONGSIDE_DATABASE_URL_FILE" not in told
    found = from_url(told["ALONGSIDE_DATABASE_URL"])
    assert (found.host, found.port, found.name, found.tls) == ("db.example", 5433, "alongside", {"sslmode": "require"})
    assert (found.user, found.password) == (APP_ROLE, app_password(settings.SECRET_KEY))


@pytest.mark.demand("C4")
def test_a_process_that_answers_pages_knows_only_its_own_role() -> None:
    """And is ready all the same."""
    asked = (
        "import django; django.setup(); from django.conf import settings as s; from django.test import Client; "
        "print(*s.DATABASES); print(*{s.DATABASES[name]['USER'] for name in s.DATABASES}); "
        "print(Client().get('/readyz', HTTP_HOST='localhost').content.decode())"
    )
    url = without_owner(os.environ["ALONGSIDE_DATABASE_URL"], os.environ["ALONGSIDE_SECRET_KEY"])
    more = {"ALONGSIDE_DATABASE_URL": url, "PYTHONPATH": str(Path(cli.__file__).resolve().parents[2])}
    ran = subprocess.run(
        [sys.executable, "-c", asked], env=os.environ | more, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == ["default", "looks", APP_ROLE, "ready"]


@pytest.mark.parametrize("ended", [0, 1, 137])
def test_how_the_server_ended_is_how_the_command_ends(
    done: list[str], monkeypatch: pytest.MonkeyPatch, ended: int
) -> None:
    assert serve(monkeypatch, Granian(ended)) == ended


def test_stopped_at_the_keyboard_everything_stops_and_that_is_no_failure(
    done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Granian(KeyboardInterrupt())
    assert serve(monkeypatch, server) == 0
    assert server.stopped == 1


def test_being_told_to_stop_is_passed_on(done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    serve(monkeypatch, Granian())
    assert {"SIGTERM", "SIGHUP"} <= set(done)


def test_while_the_web_server_runs_the_work_of_the_background_is_done_again_and_again(
    done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Granian()
    server.lives = 3
    assert serve(monkeypatch, server) == 0
    assert done.count("work") == 4


def test_background_work_alone_does_what_is_due_and_ends_when_that_was_asked(
    done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli.main(["work", "--once"]) == 0
    assert done == ["work"]
