"""What hands do at a page: fill in, choose, press, draw; and what they do when there is no mouse."""

import re
from datetime import date, timedelta

from playwright.sync_api import Locator, Page, expect

from alongside.foundations import clock

MOST_TABS = 150


def in_days(days: int) -> str:
    """The day this many days from today, as a date field takes it."""
    found: date = clock.today() + timedelta(days=days)
    return found.isoformat()


def fill(page: Page, words: dict[str, str]) -> None:
    """Type into the fields of the page's form, each found by its label."""
    for label, text in words.items():
        page.locator("main").get_by_label(label, exact=True).fill(text)


def pick(page: Page, label: str, option: str) -> None:
    """Choose from a list."""
    page.locator("main").get_by_label(label, exact=True).select_option(label=option)


def choose(page: Page, question: str, *answers: str) -> None:
    """Press the chips that answer a question; each begins with a capital, whatever the list it comes from."""
    asked = page.get_by_role("group", name=question, exact=True)
    for answer in answers:
        asked.get_by_text(answer[:1].upper() + answer[1:], exact=True).click()


def press(page: Page, button: str) -> None:
    """Press the button that sends the form, and wait for what it leads to."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=button, exact=True).click()


def follow(page: Page, link: str) -> None:
    """Follow the first link of this name on the page. What is only read aloud stands off by a space or not."""
    name = re.compile(r"\s*:".join(map(re.escape, link.split(":"))))
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name).first.click()


def reads(page: Page, *sentences: str) -> None:
    """The page says each of these where a person can see it."""
    for sentence in sentences:
        expect(page.locator("main").get_by_text(sentence).locator("visible=true").first).to_be_visible()


def draw(page: Page, pad: Locator) -> None:
    """Sign on the pad with the mouse: down, across and up again."""
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None, "there is no pad to sign on"
    across = [(0.1, 0.6), (0.25, 0.3), (0.4, 0.7), (0.6, 0.35), (0.85, 0.5)]
    points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in across]
    page.mouse.move(*points[0])
    page.mouse.down()
    for x, y in points[1:]:
        page.mouse.move(x, y, steps=6)
    page.mouse.up()


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus, as someone does who has no mouse."""
    wanted = target.element_handle()
    for _ in range(MOST_TABS):
        if page.evaluate("wanted => document.activeElement === wanted", wanted):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {target}")
