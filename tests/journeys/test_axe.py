"""No screen keeps anyone out: axe finds nothing on any of them, wide or narrow, light or dark (WCAG 2.2 AA)."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import ROOT, Open
from tests.journeys.screens import SCREENS, Screen

pytestmark = pytest.mark.journey

AXE = Path(ROOT / "node_modules/axe-core/axe.min.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL: dict[str, Any] = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
COLORS: dict[str, Any] = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}

# A page that is a paper, to be printed, is always light.
TURNED = "scheme => [undefined, scheme].includes(document.documentElement.dataset.bsTheme)"


def faults(page: Page, asked: dict[str, Any]) -> list[str]:
    """What axe finds, one line a fault: the rule, what it is for, and the first places."""
    found = page.evaluate("asked => axe.run(document, asked).then(answer => answer.violations)", asked)
    return [
        f"{one['id']} ({one['help']}): " + " | ".join(node["html"][:160] for node in one["nodes"][:4]) for one in found
    ]


def look(page: Page, width: int, scheme: str) -> list[str]:
    """The faults at this width in this light. The dark differs in its colors alone."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.wait_for_function(TURNED, arg=scheme)
    return [f"{width} {scheme}: {fault}" for fault in faults(page, ALL if scheme == "light" else COLORS)]


@pytest.mark.parametrize("who", sorted({screen.who for screen in SCREENS}))
def test_no_screen_has_a_fault_that_keeps_someone_out(window: Open, sama: str, who: str) -> None:
    assert AXE.exists(), "axe is not there; run make setup"
    page = window(who, bypass_csp=True)  # only so that axe can be put into the page
    found: list[str] = []
    for screen in (one for one in SCREENS if one.who == who):
        found += [f"{screen.name}, {fault}" for fault in faults_of(page, screen, sama)]
    assert not found, "\n".join(found)


def faults_of(page: Page, screen: Screen, case: str) -> list[str]:
    """The faults of one screen at both widths, in light and in dark."""
    screen.open(page, case)
    page.evaluate(AXE.read_text())
    return [fault for width in (1440, 390) for scheme in ("light", "dark") for fault in look(page, width, scheme)]
