"""Whoever signs out on one page leaves nothing of a client on any other, nor in the browser (practice C4)."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.test_passkeys import a_window, come_in

pytestmark = pytest.mark.demand("C4")
AT_THE_DOOR = re.compile(r"/account/(sign-in|who-is-there)/")
KEPT = "() => [Object.keys(localStorage).length, Object.keys(sessionStorage).length]"


def test_signing_out_covers_every_other_page_and_the_way_back_shows_nothing(served: str, chromium: Browser) -> None:
    with a_window(chromium, served) as (page, complaints):
        come_in(page, "camille")
        page.goto("/cases/")
        link = page.locator("main a[href*='/cases/0']").first
        name, place = link.inner_text().strip(), link.get_attribute("href") or ""
        other = page.context.new_page()
        other.goto(place)
        expect(other.get_by_text(name).first).to_be_visible()
        assert other.evaluate(KEPT) == [0, 0]

        page.locator("details.menu summary").last.click()
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/account/sign-in/**")
        other.wait_for_url(AT_THE_DOOR)  # at either page, whichever of the two requests came first
        assert name not in other.content()
        for window in (page, other):
            window.go_back()
            window.wait_for_url(AT_THE_DOOR)
            assert name not in window.content()
            assert window.evaluate(KEPT) == [0, 0]
        assert not [said for said in complaints if "Content Security Policy" in said]
