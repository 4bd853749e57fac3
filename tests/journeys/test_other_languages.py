"""Every text can be put into another language, read from the right and longer than English, without a page breaking.

A second web application serves the same data in a language nobody speaks (`pseudo.py`): what is translatable stands in
brackets. What a person reads outside of brackets must be data: a name, a number, words that someone wrote.
"""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg.sql
import pytest
from playwright.sync_api import Browser, Page

from alongside.confidentiality.queries.basis import BASES
from alongside.foundations import postgres
from tests.journeys.conftest import ROOT, wait_for
from tests.journeys.pages_read import all_said, outside
from tests.journeys.screens import SCREENS, Screen
from tests.journeys.test_every_width import too_wide

pytestmark = pytest.mark.journey

NOT_TRANSLATED = (
    {
        "Alongside",
        "NASW 1992 standard 4",
    }
    | {sentence for basis in BASES for said in basis.statements.values() for sentence in said}
    | {notice for basis in BASES for notice in basis.notice.values()}
)  # the name of the program, a source by its number, and what the laws have people told: that has languages of its own
TEXTS = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND ({kind})"
KIND = "data_type IN ('text', 'character varying') OR udt_name IN ('_text', '_varchar')"
BRACKETS = str.maketrans("", "", "[]")
CODE = re.compile(r"[a-z_.-]*")


def surroundings(agency: Path) -> dict[str, str]:
    """What a process needs to read the data of the one that is served already."""
    told = {name: value for name, value in os.environ.items() if not name.startswith("ALONGSIDE_")}
    return told | {
        "ALONGSIDE_DATA_DIR": str(agency), "ALONGSIDE_POOL": "1", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "ALONGSIDE_DATABASE_URL": f"postgresql://postgres@/alongside?host={agency / 'postgres'}",
    }  # fmt: skip


@pytest.fixture(scope="module")
def turned(served: str, agency: Path) -> Iterator[str]:
    """The address of the application in that language, with the data of the one that is served already."""
    environment = surroundings(agency)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", port, "--workers", "1",
        "--no-access-log", "--blocking-threads", "4", "--log-level", "error", "tests.journeys.pseudo:application",
    ]  # fmt: skip
    server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/readyz", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)


@pytest.fixture(scope="module")
def written(served: str, agency: Path) -> list[str]:
    """Everything that stands in the data, the longest first: names, and what people wrote."""
    sealed = subprocess.run(
        [sys.executable, "-m", "tests.site.reader", "words"], env=surroundings(agency), cwd=ROOT, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    found: set[str] = {line.strip() for one in json.loads(sealed.stdout) for line in (one, *one.splitlines())}
    server = postgres.Server(str(agency / "postgres"), 5432, "alongside", "postgres")
    with server.connect() as owner:
        for table, column in owner.execute(TEXTS.format(kind=KIND)).fetchall():
            rows = owner.execute(psycopg.sql.SQL("SELECT DISTINCT {} FROM {}").format(
                psycopg.sql.Identifier(column), psycopg.sql.Identifier(table)
            )).fetchall()  # fmt: skip
            values = {str(one).strip() for (value,) in rows for one in (value if isinstance(value, list) else [value])}
            # A column of words the program keeps for itself has no sentence in it; on a page they would be a fault.
            if any(not CODE.fullmatch(one) for one in values):
                # A policy is read by its lines; what is still to be decided stands in square brackets.
                found |= values | {line.strip("# ").translate(BRACKETS) for one in values for line in one.splitlines()}
        names = [
            row[0]
            for row in owner.execute("SELECT name FROM people_staff UNION SELECT preferred_name FROM people_person")
        ]
    found |= {" ".join(one.split()[:6]) + " …" for one in found}  # as a link says them to those who listen
    found |= {name.split()[0] for name in names} | {"".join(word[0] for word in name.split()[:2]) for name in names}
    return sorted((" ".join(one.split()) for one in (found - {""}) | NOT_TRANSLATED), key=len, reverse=True)


@pytest.fixture(scope="module")
def page_of(turned: str, chromium: Browser, keys: Callable[[str], Any]) -> Iterator[Callable[[str], Page]]:
    """A window at that address for a member of staff; the sign-in is the one of the other address, kept in the data."""
    opened = []

    def open_for(who: str) -> Page:
        context = chromium.new_context(
            base_url=turned, viewport={"width": 390, "height": 800}, storage_state=keys(who) if who else None
        )
        opened.append(context)
        return context.new_page()

    yield open_for
    for context in opened:
        context.close()


def of(who: str) -> list[Screen]:
    """The screens of one member of staff."""
    return [screen for screen in SCREENS if screen.who == who]


@pytest.mark.parametrize("who", sorted({screen.who for screen in SCREENS}))
def test_every_text_on_every_screen_can_be_translated_and_fits(
    page_of: Callable[[str], Page], written: list[str], sama: str, who: str
) -> None:
    page, found = page_of(who), []
    for screen in of(who):
        screen.open(page, sama)
        assert page.evaluate("document.documentElement.dir") == "rtl", screen.name
        found += [f"{screen.name}: “{text}” cannot be translated" for text in outside(all_said(page), written)]
        found += too_wide(page, screen.name, 390) + too_wide(page, screen.name, 320)
    assert not found, "\n".join(found)
