"""No screen scrolls sideways on a phone, and a language that is read from the right turns the page around."""

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Open
from tests.journeys.screens import SCREENS

pytestmark = pytest.mark.journey

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TURN = """() => new Promise(done => {
  const sheet = document.querySelector('link[href*="bootstrap"]'), turned = sheet.cloneNode();
  turned.href = '/static/built/bootstrap.rtl.min.css';
  turned.onload = () => { sheet.remove(); document.documentElement.dir = 'rtl'; done(true); };
  turned.onerror = () => done(false);
  sheet.after(turned);
})"""


def too_wide(page: Page, name: str, width: int) -> list[str]:
    """A line that says by how much the page is wider than the window, if it is."""
    page.set_viewport_size({"width": width, "height": 800})
    more = int(page.evaluate(TOO_WIDE))
    return [f"{name} is {more} pixels too wide at {width}"] if more > 0 else []


@pytest.mark.parametrize("who", sorted({screen.who for screen in SCREENS}))
def test_no_screen_scrolls_sideways_on_a_phone(window: Open, sama: str, who: str) -> None:
    page = window(who, 390)
    found: list[str] = []
    for screen in (one for one in SCREENS if one.who == who):
        screen.open(page, sama)
        found += too_wide(page, screen.name, 390) + too_wide(page, screen.name, 320)
    assert not found, "\n".join(found)


def test_read_from_the_right_the_page_begins_at_the_right(window: Open, sama: str) -> None:
    page = window("maren")
    for path in ("/", f"{sama}/", f"{sama}/people/", f"{sama}/notes/new/"):
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(path)
        assert page.evaluate(TURN), "the styles for languages read from the right are not there"
        brand, me = page.locator(".top .brand").bounding_box(), page.locator(".top .me").bounding_box()
        assert brand and me and brand["x"] > me["x"], f"{path} still begins at the left"
        assert page.locator("main").evaluate("main => getComputedStyle(main).textAlign") in ("start", "right")
        assert too_wide(page, path, 1440) + too_wide(page, path, 390) == []
