"""A note is written on a phone between two visits: the place to write is near, and nothing that was ticked is out of sight."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Open
from tests.journeys.hands import tab_to

pytestmark = pytest.mark.journey

NEAR = 700
"""Pixels from the top of the page to the first place to write, on a phone."""
UNDER_A_BAR = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const bar = document.querySelector('.savebar').getBoundingClientRect(), top = document.querySelector('.top').getBoundingClientRect();
  if (one === document.body || one.closest('.savebar, .top, .skip')) { return ''; }
  return box.bottom > bar.top || box.top < top.bottom ? `${one.id || one.textContent.trim().slice(0, 30)}: to ${box.bottom}` : '';
}"""
"""What has the focus, where a bar that stays in sight lies over some of it."""


@pytest.mark.demand("D4")
@pytest.mark.parametrize("scripted", [True, False])
def test_the_place_to_write_is_near_on_a_phone(window: Open, sama: str, scripted: bool) -> None:
    page = window("maren", 390, java_script_enabled=scripted)
    page.goto(f"{sama}/notes/new/")
    box = page.get_by_label("What Sama did", exact=True).bounding_box()
    assert box and box["y"] < NEAR, f"{box} is too far down"
    expect(page.locator("details.ties")).not_to_have_attribute("open", "")
    expect(page.locator("details.ties > summary")).to_contain_text("Nothing is ticked yet.")


@pytest.mark.demand("D1", "D4")
def test_what_is_ticked_stands_in_the_line_that_folds_it_by_keyboard_alone(window: Open, sama: str) -> None:
    page = window("maren", 390)
    page.goto(f"{sama}/notes/new/")
    outer, inner = page.locator("details.ties > summary"), page.locator("details.under > summary").first
    tab_to(page, outer)
    page.keyboard.press("Enter")
    tab_to(page, inner)
    page.keyboard.press("Enter")
    objective = page.locator("details.under").first.locator(".pick input").first
    tab_to(page, objective)
    page.keyboard.press("Space")
    expect(inner.locator("[data-picked-said]")).to_have_text("1.1.a")
    expect(outer.locator("[data-picked-said]")).to_contain_text("1.1.a")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(objective).not_to_be_visible()
    expect(inner).to_contain_text("1.1.a")
    tab_to(page, page.get_by_label("What Sama did", exact=True))


@pytest.mark.demand("D1")
def test_where_there_is_room_the_goals_lie_open(window: Open, sama: str) -> None:
    page = window("maren", 1440)
    page.goto(f"{sama}/notes/new/")
    expect(page.locator("details.ties .pick").first).to_be_visible()


@pytest.mark.demand("D1", "D4")
def test_without_script_what_was_sent_is_told_in_the_fold_and_what_lacks_opens_it(window: Open, sama: str) -> None:
    page = window("maren", 390, java_script_enabled=False)
    page.goto(f"{sama}/notes/new/")
    with page.expect_navigation():
        page.get_by_role("button", name="Sign note").click()
    first = page.locator("details.ties .pick").first
    expect(first).to_be_visible()
    first.click()
    with page.expect_navigation():
        page.get_by_role("button", name="Sign note").click()
    expect(first).not_to_be_visible()
    expect(page.locator("details.ties > summary")).to_contain_text("1.1 ")


@pytest.mark.demand("D4")
@pytest.mark.parametrize("height", [700, 844])
def test_nothing_that_is_reached_by_keyboard_lies_under_a_bar(window: Open, sama: str, height: int) -> None:
    page, under, reached = window("maren", 390), set(), set()
    page.set_viewport_size({"width": 390, "height": height})
    page.goto(f"{sama}/notes/new/")
    for _time in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id"))
        under.add(page.evaluate(UNDER_A_BAR))
    assert {"id_client_did", "id_happened", "id_next_step"} <= reached
    assert under == {""}, under
