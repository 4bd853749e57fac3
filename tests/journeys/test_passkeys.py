"""Passkeys and the idle lock in a true browser, with a key that the browser itself plays."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from alongside.site.demo.agency import PASSWORD
from tests.journeys.conftest import PATIENCE

pytestmark = pytest.mark.demand("C4")
KEY = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
       "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
WHO = "petra"


@contextmanager
def a_window(chromium: Browser, served: str, width: int = 1440, **more: Any) -> Iterator[tuple[Page, list[str]]]:
    """A window at an address with a name, since a passkey belongs to a name; and what its console complained of."""
    context = chromium.new_context(
        base_url=served.replace("127.0.0.1", "localhost"), viewport={"width": width, "height": 900}, **more
    )
    context.set_default_timeout(PATIENCE)
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield page, complaints
    context.close()


def key_in(page: Page) -> tuple[CDPSession, str]:
    """Plug in a key that says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    return session, str(session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"])


def come_in(page: Page, who: str = WHO) -> None:
    """By password."""
    page.goto("/account/sign-in/")
    page.get_by_label("E-mail").fill(f"{who}@harbourlane.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/sign-in/" not in address or "code" in address)


def test_a_passkey_is_made_named_used_to_come_in_used_to_say_who_is_there_and_removed(
    served: str, chromium: Browser
) -> None:
    with a_window(chromium, served) as (page, complaints):
        session, key = key_in(page)
        come_in(page)
        page.goto("/account/")
        page.locator("a[href='/account/passkeys/new/']").click()
        page.get_by_label("Name").fill("office laptop")
        page.get_by_role("button", name="Make the passkey").click()
        expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
        expect(page.locator(".codes li")).to_have_count(10)
        page.goto("/account/")
        expect(page.get_by_text("office laptop", exact=False).first).to_be_visible()
        page.get_by_role("link", name=re.compile("^Name.*office laptop")).click()
        page.get_by_label("Name").fill("my key")
        page.get_by_role("button", name="Save the name").click()
        expect(page.get_by_text("The passkey has its new name.")).to_be_visible()

        page.goto("/account/sign-out/")
        page.get_by_role("main").get_by_role("button", name="Sign out").click()
        page.goto("/account/sign-in/?next=/cases/")
        page.get_by_role("button", name="Sign in with a passkey").click()
        page.wait_for_url("**/cases/")

        page.locator("details.menu > summary").click()
        page.get_by_role("button", name="Lock this page").click()
        expect(page.get_by_role("heading", name="Who is there?")).to_be_visible()
        page.get_by_role("link", name="Use a passkey").click()
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url("**/cases/")

        page.goto("/account/")
        page.get_by_role("link", name=re.compile("^Remove.*my key")).click()
        page.get_by_role("button", name="Remove the passkey").click()
        page.wait_for_url("**/account/")
        expect(page.get_by_text("none yet").first).to_be_visible()
        session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key})
        assert not [said for said in complaints if "Content Security Policy" in said]


def test_a_key_that_says_no_leaves_everything_as_it_was(served: str, chromium: Browser) -> None:
    with a_window(chromium, served) as (page, _complaints):
        session, key = key_in(page)
        come_in(page, "samuel")
        page.goto("/account/passkeys/new/")
        session.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
        page.get_by_role("button", name="Make the passkey").click()
        expect(page.get_by_text("No passkey was used.")).to_be_visible()
        page.goto("/account/")
        expect(page.get_by_text("You sign in with a password alone.")).to_be_visible()


def test_at_an_address_of_figures_the_page_says_why_there_are_no_passkeys(window: Callable[..., Page]) -> None:
    page = window("maren")
    page.goto("/account/passkeys/new/")
    expect(page.get_by_text("an address with a name")).to_be_visible()
    expect(page.get_by_role("button", name="Make the passkey")).to_be_hidden()


def quick(page: Page, seconds: float) -> None:
    """Let the page think that its minutes are seconds: the module reads them from the page."""
    page.route(
        "**/*",
        lambda route: _shortened(route, seconds) if route.request.resource_type == "document" else route.continue_(),
    )


def _shortened(route: Any, seconds: float) -> None:
    if route.request.method != "GET":
        route.continue_()
        return
    answer = route.fetch(max_redirects=0)
    route.fulfill(response=answer, body=answer.text().replace('data-idle="15"', f'data-idle="{seconds / 60}"'))


def test_a_page_left_open_is_covered_its_words_are_kept_and_it_opens_again_with_them(
    served: str, chromium: Browser
) -> None:
    with a_window(chromium, served) as (page, complaints):
        come_in(page, "hanna")
        page.goto("/cases/")
        place = page.locator("main a[href*='/cases/0']").first.get_attribute("href")
        name = page.locator("main a[href*='/cases/0']").first.inner_text().strip()
        quick(page, 2.5)
        page.goto(f"{place}needs/new/")
        field = page.locator("main textarea").first
        label = field.get_attribute("name")
        field.fill("Her words: “not the hotel again”.")
        page.wait_for_url("**/account/who-is-there/**")
        assert name not in page.locator("body").inner_text()
        assert "not the hotel" not in page.content()
        page.unroute_all()
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="It is me").click()
        page.wait_for_url(f"**{place}needs/new/")
        assert page.locator(f"textarea[name='{label}']").input_value() == "Her words: “not the hotel again”."
        assert not [said for said in complaints if "Content Security Policy" in said]


def test_words_that_cannot_be_kept_stay_under_the_cover_until_the_session_is_open_again(
    served: str, chromium: Browser
) -> None:
    with a_window(chromium, served) as (page, _complaints):
        come_in(page, "camille")
        page.goto("/cases/")
        place = page.locator("main a[href*='/cases/0']").first.get_attribute("href")
        quick(page, 2.5)
        page.goto(f"{place}needs/new/")
        page.route("**/drafts/**", lambda route: route.abort())
        field = page.locator("main textarea").first
        field.fill("Said on the phone.")
        expect(page.locator("[data-cover]")).to_be_visible()
        expect(page.get_by_text("Your words stay on this page until they can be kept.")).to_be_visible(timeout=PATIENCE)
        assert page.title() == "Locked"
        expect(field).to_be_hidden()
        page.unroute("**/drafts/**")
        other = page.context.new_page()
        other.goto(page.locator("[data-cover-open]").get_attribute("href") or "")
        other.get_by_label("Password").fill(PASSWORD)
        other.get_by_role("button", name="It is me").click()
        other.wait_for_url(f"**{place}needs/new/")
        other.close()
        page.bring_to_front()
        expect(page.locator("[data-cover]")).to_be_hidden(timeout=PATIENCE)
        assert field.input_value() == "Said on the phone."
