"""Take a picture of every screen at 1440 and 390 px, of the fictional agency only, into docs/pictures.

make pictures                                  serves a fresh fictional agency, takes every picture
make pictures ARGS="http://127.0.0.1:8000 /tmp/out"   of a server that runs already, into another folder
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

PASSWORD = "a long tide comes in"  # noqa: S105  (of the fictional agency)
CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
SIZES = {1440: 900, 390: 844}
MOST = 200_000
STAFF = {"maren": "maren@harbourlane.example", "ines": "ines@harbourlane.example", "otto": "otto@harbourlane.example"}
PAGES: tuple[tuple[str, str, str], ...] = (
    ("today", "maren", "/"),
    ("cases", "maren", "/cases/"),
    ("thread", "maren", "CASE/"),
    ("timeline", "maren", "CASE/timeline/"),
    ("assessment", "maren", "CASE/assessment/"),
    ("plan", "maren", "CASE/plan/"),
    ("services", "maren", "CASE/services/"),
    ("people", "maren", "CASE/people/"),
    ("ending", "maren", "CASE/ending/"),
    ("consent", "maren", "CASE/consent/"),
    ("seen", "maren", "CASE/seen/"),
    ("access", "maren", "CASE/access/"),
    ("account", "maren", "/account/"),
    ("note", "maren", "CASE/notes/new/"),
    ("referrals-in", "ines", "/referrals/"),
    ("referral-new", "ines", "/referrals/new/"),
    ("agency", "otto", "/agency/"),
)


def sign_in(browser: Browser, address: str, width: int, who: str, scheme: str = "light") -> Page:
    """A window of this width in which a member of staff is signed in."""
    context = browser.new_context(
        viewport={"width": width, "height": SIZES[width]}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    page.goto(f"{address}/account/sign-in/")
    page.fill("#id_login", STAFF[who])
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "sign-in" not in url)
    return page


def case_of_sama(page: Page, address: str) -> str:
    """The address of Sama Othman's case, found as a person finds it."""
    page.goto(f"{address}/cases/")
    link = page.get_by_role("link", name="Sama Othman").first
    return str(link.get_attribute("href")).rstrip("/")


def take(page: Page, place: Path, address: str) -> None:
    """One picture of the whole page, under 200 kB."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    tall = min(int(page.evaluate("document.documentElement.scrollHeight")), 2600)
    width = page.viewport_size["width"] if page.viewport_size else 1440
    page.set_viewport_size({"width": width, "height": tall})  # so that bars that stick are drawn where they rest
    page.screenshot(path=str(place))
    page.set_viewport_size({"width": width, "height": SIZES[width]})
    picture = Image.open(place).convert("RGB")
    for colors in (256, 128, 64, 32):
        picture.quantize(colors).save(place, optimize=True)
        if place.stat().st_size < MOST:
            return


def all_pictures(address: str, folder: Path) -> None:
    """Every page at both widths, and two of them dark."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        path = next(name for name in CHROMIUM if Path(name).exists())
        browser = play.chromium.launch(executable_path=path, args=FLAGS)
        for width in SIZES:
            pages = {who: sign_in(browser, address, width, who) for who in STAFF}
            case = case_of_sama(pages["maren"], address)
            for name, who, where in PAGES:
                take(pages[who], folder / f"{name}-{width}.png", address + where.replace("CASE", case))
            dark = sign_in(browser, address, width, "maren", "dark")
            for name, where in (("today", "/"), ("thread", f"{case}/")):
                take(dark, folder / f"{name}-{width}-dark.png", address + where)
        browser.close()


def with_own_server(folder: Path) -> None:
    """Serve a fresh fictional agency for as long as the pictures take."""
    with tempfile.TemporaryDirectory() as data:
        environment = os.environ | {"ALONGSIDE_DATA_DIR": data}
        environment.pop("ALONGSIDE_DATABASE_URL", None)
        command = [str(Path(sys.executable).parent / "alongside"), "serve", "--port", "8622", "--demo-if-empty"]
        server = subprocess.Popen(command, env=environment)
        try:
            wait_for("http://127.0.0.1:8622")
            all_pictures("http://127.0.0.1:8622", folder)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)


def wait_for(address: str) -> None:
    """Until the server answers, five minutes at most."""
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2)  # noqa: S310  (our own server on this machine)
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        all_pictures(sys.argv[1].rstrip("/"), Path(sys.argv[2] if len(sys.argv) > 2 else "docs/pictures"))
    else:
        with_own_server(Path("docs/pictures"))
