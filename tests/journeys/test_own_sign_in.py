"""The agency’s own sign-in in a true browser: from the door to a house at another address, and back (practice C4)."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from alongside.site.demo.agency import NAMES
from tests.issuing import CLIENT, SECRET, IssuerHouse, issuer_house
from tests.journeys.conftest import PATIENCE, ROOT, wait_for

pytestmark = pytest.mark.demand("C4")


@pytest.fixture(scope="module")
def house() -> Iterator[IssuerHouse]:
    """An issuer at 127.0.0.1; the program is met at localhost, which a browser takes for another site."""
    with issuer_house() as made:
        yield made


@pytest.fixture(scope="module")
def joined(house: IssuerHouse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The fictional agency with a sign-in of its own."""
    folder: Path = tmp_path_factory.mktemp("joined")
    told = {name: value for name, value in os.environ.items() if not name.startswith("ALONGSIDE_")}
    (folder / "secret").write_text(SECRET, encoding="utf-8")
    environment = told | {
        "ALONGSIDE_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT / "src"), "ALONGSIDE_OIDC_ISSUER": house.url,
        "ALONGSIDE_OIDC_CLIENT_ID": CLIENT, "ALONGSIDE_OIDC_CLIENT_SECRET_FILE": str(folder / "secret"),
        "ALONGSIDE_OIDC_AGENCY": NAMES[0], "ALONGSIDE_OIDC_NAME": "Harbour Lane ID",
    }  # fmt: skip
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    program = [sys.executable, "-m", "alongside.site.cli"]
    subprocess.run([*program, "demo", "--clients", "1"], env=environment, cwd=ROOT, check=True, capture_output=True)
    server = subprocess.Popen(
        [*program, "serve", "--port", port, "--workers", "1"], env=environment, cwd=ROOT, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/readyz", server)
        yield f"http://localhost:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)


@pytest.mark.parametrize("script", [True, False])
def test_the_button_leads_there_and_back_to_the_page_that_was_asked_for(
    joined: str, house: IssuerHouse, chromium: Browser, script: bool
) -> None:
    """By keyboard, with script and without; the content policy and the cookies let it pass."""
    house.who = "maren@harbourlane.example"
    context = chromium.new_context(base_url=joined, java_script_enabled=script)
    context.set_default_timeout(PATIENCE)
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto("/cases/")
    button = page.get_by_role("link", name="Sign in with Harbour Lane ID")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{joined}/cases/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert not complaints
    context.close()


def test_whoever_has_no_account_reads_why_and_finds_the_way_back(
    joined: str, house: IssuerHouse, chromium: Browser
) -> None:
    house.who = "nobody@harbourlane.example"
    context = chromium.new_context(base_url=joined)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto("/account/sign-in/")
    page.get_by_role("link", name="Sign in with Harbour Lane ID").click()
    expect(page.get_by_text("Harbour Lane ID knows you, but no account here is linked to you.")).to_be_visible()
    expect(page.get_by_text("key of nobody@harbourlane.example")).to_be_visible()
    page.get_by_role("link", name="Back to signing in").click()
    expect(page.get_by_label("Password")).to_be_visible()
    context.close()
