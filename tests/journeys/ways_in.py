"""How the invented agency's staff come in by a browser, and what they do before its screens are looked at.

Used by the journeys and by `make pictures`.
"""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, Page

from alongside.site.demo.agency import PASSWORD
from tests.journeys.hands import fill, pick, press

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
Keys = Callable[[str], Any]


def sign_in(page: Page, served: str, who: str) -> None:
    """Sign in by the page as a member of the fictional agency's staff, or of another's by the whole e-mail address."""
    page.goto(f"{served}/account/sign-in/")
    page.fill("#id_login", who if "@" in who else f"{who}@harbourlane.example")
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda address: "sign-in" not in address)


def keyring(chromium: Browser, served: str) -> Keys:
    """Gives the cookies of whoever is asked for, signed in once."""
    kept: dict[str, Any] = {}

    def key_of(who: str) -> Any:
        if who not in kept:
            context = chromium.new_context()
            sign_in(context.new_page(), served, who)
            kept[who] = context.storage_state()
            context.close()
        return kept[who]

    return key_of


def path_of_sama(chromium: Browser, served: str, keys: Keys) -> str:
    """The path of Sama Othman's case, found as Maren finds it."""
    context = chromium.new_context(base_url=served, storage_state=keys("maren"))
    page = context.new_page()
    page.goto("/cases/")
    path = str(page.get_by_role("link", name="Sama Othman").first.get_attribute("href"))
    context.close()
    return path.rstrip("/")


def bring_underway(chromium: Browser, served: str, keys: Keys) -> None:
    """Someone comes to the door, and an ending is being prepared."""
    ines = chromium.new_context(base_url=served, storage_state=keys("ines")).new_page()
    ines.goto("/referrals/new/")
    pick(ines, "Program", "New Start")
    words = {"Who referred": "Ferry Street clinic", "Why they come": "Sleeps at a friend’s until Friday."}
    fill(ines, words | {"Name they want to be called by": "Oriol Prat"})
    press(ines, "Take in the referral")
    ines.context.close()
    camille = chromium.new_context(base_url=served, storage_state=keys("camille")).new_page()
    camille.goto("/cases/")
    found = camille.locator("main a[href*='/cases/0']").first.get_attribute("href")
    camille.goto(f"{found}ending/")
    pick(camille, "Why it ends", camille.get_by_label("Why it ends").locator("option").nth(1).inner_text())
    press(camille, "Begin the ending")
    camille.context.close()
