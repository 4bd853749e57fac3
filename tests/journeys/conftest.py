"""The program served with its own data, and a browser that walks its pages; nothing here touches Django.

The fixtures last for this folder only: Playwright keeps an event loop in the thread, and Django refuses its database there.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.journeys.ways_in import CHROMIUM, FLAGS, bring_underway, keyring, path_of_sama

ROOT = Path(__file__).resolve().parents[2]
NO_BROWSER = "No Chromium is found on this machine; journeys walk the pages in one."
PATIENCE = 15_000  # milliseconds that a page may take on a busy machine

Open = Callable[..., Page]
PROGRAM = (sys.executable, "-m", "alongside.site.cli")


@pytest.fixture(scope="package")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that holds the data of the fictional agency."""
    return tmp_path_factory.mktemp("agency")


@pytest.fixture(scope="package")
def served(agency: Path) -> Iterator[str]:
    """The address of a fresh fictional agency of twelve clients, served until the last journey is over."""
    told = {name: value for name, value in os.environ.items() if not name.startswith("ALONGSIDE_")}
    environment = told | {"ALONGSIDE_DATA_DIR": str(agency), "PYTHONPATH": str(ROOT / "src")}
    subprocess.run([*PROGRAM, "demo", "--clients", "12"], env=environment, cwd=ROOT, check=True, capture_output=True)
    with serving(environment) as address:
        yield address


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[str]:
    """The address at which the program serves a data folder that is filled."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    server = subprocess.Popen(
        [*PROGRAM, "serve", "--port", port, "--workers", "1"], env=environment, cwd=ROOT, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/readyz", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)


def wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    """Until the server answers, a minute at most; it must not end meanwhile."""
    for _ in range(240):
        assert server.poll() is None, "the server ended before it answered"
        try:
            urllib.request.urlopen(address, timeout=2)  # noqa: S310  (our own server on this machine)
            return
        except OSError:
            time.sleep(0.25)
    raise AssertionError("the server did not answer within a minute")


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser for all journeys."""
    path = next((name for name in CHROMIUM if Path(name).exists()), None)
    if path is None:
        assert os.environ.get("ALONGSIDE_NO_SKIP") != "1", NO_BROWSER
        pytest.skip(NO_BROWSER)
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=path, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="package")
def keys(served: str, chromium: Browser) -> Callable[[str], Any]:
    """The cookies of whoever is asked for, signed in once: each sign-in takes its time on purpose."""
    return keyring(chromium, served)


@pytest.fixture
def window(served: str, chromium: Browser, keys: Callable[[str], Any]) -> Iterator[Open]:
    """Opens a window of its own for a member of staff, signed in; `who` empty is a stranger."""
    opened: list[BrowserContext] = []

    def open_for(who: str = "", width: int = 1440, **more: Any) -> Page:
        signed = keys(who) if who else None
        context = chromium.new_context(
            base_url=served, viewport={"width": width, "height": 900}, storage_state=signed, locale="en-US", **more
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context.new_page()

    yield open_for
    for context in opened:
        context.close()


@pytest.fixture(scope="package")
def sama(served: str, chromium: Browser, keys: Callable[[str], Any]) -> str:
    """The path of Sama Othman's case, found as Maren finds it."""
    return path_of_sama(chromium, served, keys)


@pytest.fixture(scope="package", autouse=True)
def underway(served: str, chromium: Browser, keys: Callable[[str], Any]) -> None:
    """What the screens need and the invented agency may lack."""
    bring_underway(chromium, served, keys)
