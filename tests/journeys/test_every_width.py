"""No screen scrolls sideways on a phone, and a language that is read from the right turns the page around.

Names of one long word are put on every page in the place of the names that stand there: people have such names, and
addresses and the names of agencies are no shorter.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from alongside.foundations import postgres
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


LONG = "Wolfeschlegelsteinhausenbergerdorff" + "Hauptstrasseninstandhaltungsverein" * 2
NAMES = """
SELECT preferred_name FROM people_person UNION SELECT legal_name FROM people_person UNION SELECT name FROM people_personname
UNION SELECT name FROM people_significantother UNION SELECT name FROM people_representative UNION SELECT name FROM people_household
UNION SELECT name FROM people_staff UNION SELECT name FROM people_program UNION SELECT name FROM people_team
UNION SELECT name FROM people_agency UNION SELECT organization FROM documentation_referralout UNION SELECT source FROM engagement_referralin
UNION SELECT email FROM people_account UNION SELECT known_as FROM people_householdmember
"""
PUT = """([names, long]) => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), nodes = [];
  while (walk.nextNode()) { if (!walk.currentNode.parentElement.closest('script, style, textarea')) { nodes.push(walk.currentNode); } }
  let put = 0;
  nodes.forEach(node => names.forEach(name => {
    if (node.data.includes(name)) { node.data = node.data.replaceAll(name, long); put += 1; }
  }));
  return put;
}"""
CUT_OFF = """() => Array.from(document.querySelectorAll('main *')).filter(one =>
  one.clientWidth && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === 'hidden'
  && !one.closest('.visually-hidden, .stages, svg, select, thead, caption')).map(one => one.className || one.tagName)"""


@pytest.fixture(scope="package")
def names(served: str, agency: Path) -> list[str]:
    """Every name in the data, whole and by its first word, the longest first."""
    server = postgres.Server(str(agency / "postgres"), 5432, "alongside", "postgres")
    with server.connect() as owner:
        found = {str(name).strip() for (name,) in owner.execute(NAMES).fetchall()} - {""}
    return sorted(found | {name.split()[0] for name in found if len(name.split()[0]) > 2}, key=len, reverse=True)


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


@pytest.mark.parametrize("who", sorted({screen.who for screen in SCREENS}))
def test_a_name_of_one_long_word_breaks_no_screen(window: Open, sama: str, names: list[str], who: str) -> None:
    page, found, put = window(who, 390), [], 0
    for screen in (one for one in SCREENS if one.who == who):
        screen.open(page, sama)
        put += page.evaluate(PUT, [names, LONG])
        found += [fault for width in (1440, 1024, 390, 320) for fault in too_wide(page, screen.name, width)]
        found += [f"{screen.name}: {part} cuts the name off" for part in page.evaluate(CUT_OFF)]
    assert put > 0 or who == "", "no name stood anywhere"
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
