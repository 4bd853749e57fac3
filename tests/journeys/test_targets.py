"""Whatever is pressed is large enough for a finger that trembles: 24 pixels tall at the least (WCAG 2.2, 2.5.8; guide 7)."""

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Open
from tests.journeys.screens import SCREENS

pytestmark = pytest.mark.journey

SMALL = """() => Array.from(document.querySelectorAll('a, button, summary, select, input[type=submit]')).filter(one => {
  const box = one.getBoundingClientRect();
  return box.width && box.height && box.height < 24 && !one.closest('.visually-hidden, .skip, [hidden]');
}).map(one => {
  const around = one.parentElement, said = one.textContent.trim().slice(0, 40), tall = Math.round(one.getBoundingClientRect().height);
  return `${around.tagName}.${around.className} ${one.tagName}.${one.className} “${said}” is ${tall} pixels tall`;
})"""


def small_on(page: Page) -> list[str]:
    """What can be pressed on a page and is too small for it."""
    found: list[str] = page.evaluate(SMALL)
    return found


@pytest.mark.parametrize("who", sorted({screen.who for screen in SCREENS}))
def test_whatever_is_pressed_is_large_enough(window: Open, sama: str, who: str) -> None:
    page, faults = window(who, 390), set()
    for screen in (one for one in SCREENS if one.who == who):
        screen.open(page, sama)
        for width in (390, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            faults |= {f"{screen.name} at {width}: {fault}" for fault in small_on(page)}
    assert not faults, "\n".join(sorted(faults))
