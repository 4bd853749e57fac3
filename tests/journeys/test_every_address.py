"""Every address that answers with a page is looked at, whether somebody remembered to list it as a screen or not.

The cast's own house holds one row in every table about Sama, so that each address has something to show. Nobody chooses
the pages: they are the addresses of the program, and each is opened by whoever may.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.cast import PASSWORD
from tests.journeys.conftest import ROOT, serving
from tests.journeys.screens import SCREENS
from tests.journeys.test_axe import AXE, look
from tests.journeys.test_every_width import too_wide
from tests.journeys.test_targets import small_on

pytestmark = pytest.mark.journey

NOT_PAGES = ("405 ", "200 application/", "200 text/plain", "422 ")
"""What only takes a form, gives a file, or answers a machine."""
ANOTHER_STATE = {
    "issuer_begin": "leads away to the agency’s own sign-in", "issuer_back": "comes back from it",
    "mfa_authenticate": "second step", "mfa_login_webauthn": "second step", "mfa_reauthenticate_webauthn": "second step",
    "mfa_index": "leads to the account", "mfa_list_webauthn": "leads to the account", "second_step_first": "second step",
    "mfa_deactivate_totp": "second step", "mfa_remove_webauthn": "second step", "passkey_name": "second step",
    "mfa_view_recovery_codes": "second step", "staff_issuer": "an agency with its own sign-in",
    "shared_part": "test_sharing_pages.py", "shared_file": "gives a file", "print_for": "test_disclosure_pages.py",
    "file_take_back": "a file that is lent", "policy_put_in_force": "a draft of a policy", "policy_pdf": "gives a file",
    "statement_reply": "a statement of the client’s own", "hold_lift": "a hold in force", "unusual_look": "test_unusual_looks.py",
    "certificate": "test_retention_pages.py", "certificate_pdf": "gives a file",  "plan_sign": "a plan that is offered",
    "goal_remove": "a draft plan", "objective_remove": "a draft plan", "activity_remove": "a draft plan",
    "policy": "screen: a policy", "policy_write": "screen: the next version of a policy", "sitting_new": "screen: begin a sitting",
    "statement_new": "screen: a disagreement", "plan_amend": "screen: amend the plan", "disposal_propose": "screen: propose to dispose",
    "decision_end": "a need that rests", "loose_end_attach": "a loose end", "note_marks": "a signed note",
    "breach_step": "test_breaches.py",
}  # fmt: skip
"""By name, pages that Sama's filled record is not in the state for; the screens or the named stories show them."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, Any]]]:
    """The address of the cast's own house, and what everyone found at its addresses."""
    folder = tmp_path_factory.mktemp("whole")
    told = {name: value for name, value in os.environ.items() if not name.startswith("ALONGSIDE_")}
    environment = told | {"ALONGSIDE_DATA_DIR": str(folder), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    ran = subprocess.run(
        [sys.executable, "-m", "tests.journeys.whole_record"], env=environment, cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-2000:]
    with serving(environment) as address:
        yield address, json.loads(ran.stdout)


def come_in(browser: Browser, address: str, email: str) -> Page:
    """A window in which somebody is signed in; nobody where there is no address."""
    page = browser.new_context(base_url=address, bypass_csp=True, viewport={"width": 390, "height": 900}).new_page()
    if email:
        page.goto("/account/sign-in/")
        page.fill("#id_login", email)
        page.fill("#id_password", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(lambda place: "sign-in" not in place)
    return page


def test_no_page_keeps_anyone_out_is_too_wide_or_has_too_small_a_target(
    filled: tuple[str, dict[str, Any]], chromium: Browser
) -> None:
    (address, found), faults = filled, []
    windows: dict[str, Page] = {}
    axe = Path(AXE).read_text()
    for one in found["pages"]:
        page = windows[one["who"]] if one["who"] in windows else come_in(chromium, address, one["who"])
        windows[one["who"]] = page
        answer = page.goto(one["address"])
        assert answer is not None and answer.status == 200, one["name"]
        page.evaluate(axe)
        faults += [f"{one['name']}, {fault}" for scheme in ("light", "dark") for fault in look(page, 390, scheme)]
        faults += [f"{one['name']}: {fault}" for fault in small_on(page)]
        faults += too_wide(page, one["name"], 320)
    for page in windows.values():
        page.context.close()
    assert len(found["pages"]) > 140
    assert not faults, "\n".join(faults)


def test_an_address_that_nobody_could_open_is_no_page_or_says_why(filled: tuple[str, dict[str, Any]]) -> None:
    _address, found = filled
    closed = {
        name: answers
        for name, answers in found["others"].items()
        if not any(answer.startswith(NOT_PAGES) for answer in answers)
    }
    assert sorted(closed.keys() - ANOTHER_STATE.keys()) == []
    assert sorted(ANOTHER_STATE.keys() - closed.keys()) == [], "no reason is needed any more"
    screens = {reason.removeprefix("screen: ") for reason in ANOTHER_STATE.values() if reason.startswith("screen: ")}
    assert screens <= {screen.name for screen in SCREENS}
