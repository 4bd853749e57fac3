"""Take a picture of every screen at 1440 and 390 px, of the fictional agency only, into docs/pictures.

    make pictures                                  serves a fresh fictional agency, takes every picture
    make pictures ARGS="http://127.0.0.1:8000 /tmp/out"   of a server that runs already, into another folder
The screens are those that the journeys walk through (`tests/journeys/screens.py`); docs/pictures/README.md shows them all.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

PORT = 8622
SIZES = {1440: 900, 390: 844}
MOST, TALLEST = 200_000, 2_600
DARK = ("today", "Thread")
"""Bytes of a picture and pixels of its height at the most; the screens that are taken in the dark too."""


def named(screen: str) -> str:
    """What the pictures of a screen are called."""
    return re.sub(r"[^a-z0-9]+", "-", screen.lower().replace("’", "")).strip("-")


def take(page: Page, place: Path) -> None:
    """A picture of the whole page, under 200 kB."""
    page.wait_for_load_state("networkidle")
    size = page.viewport_size or {"width": 1440, "height": SIZES[1440]}
    tall = min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST)
    # As tall as the page, so that bars that stick are drawn where they rest.
    page.set_viewport_size({"width": size["width"], "height": max(tall, size["height"])})
    page.screenshot(path=str(place))
    page.set_viewport_size(size)
    picture = Image.open(place).convert("RGB")
    for colors in (64, 32, 16):
        picture.quantize(colors).save(place, optimize=True)
        if place.stat().st_size < MOST:
            return


def all_pictures(address: str, folder: Path) -> None:
    """Every screen at both widths, and two of them dark."""
    from tests.journeys.screens import SCREENS
    from tests.journeys.ways_in import CHROMIUM, FLAGS, bring_underway, keyring, path_of_sama

    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        path = next(name for name in CHROMIUM if Path(name).exists())
        browser = play.chromium.launch(executable_path=path, args=FLAGS)
        keys = keyring(browser, address)
        bring_underway(browser, address, keys)
        case = path_of_sama(browser, address, keys)

        def window(who: str, width: int, scheme: str) -> Page:
            return _window(browser, address, keys(who) if who else None, width, scheme)

        for width in SIZES:
            pages: dict[tuple[str, str], Page] = {}
            for screen in SCREENS:
                for scheme in ("light", "dark") if screen.name in DARK else ("light",):
                    key = (screen.who, scheme)
                    pages[key] = pages.get(key) or window(screen.who, width, scheme)
                    screen.open(pages[key], case)
                    take(pages[key], folder / f"{named(screen.name)}-{width}{'-dark' if scheme == 'dark' else ''}.png")
        browser.close()
    (folder / "README.md").write_text(gallery([screen.name for screen in SCREENS]))


def _window(browser: Browser, address: str, cookies: object, width: int, scheme: str) -> Page:
    return browser.new_context(
        base_url=address, storage_state=cookies, viewport={"width": width, "height": SIZES[width]},  # type: ignore[arg-type]
        color_scheme="dark" if scheme == "dark" else "light", locale="en-US",
    ).new_page()  # fmt: skip


def gallery(screens: list[str]) -> str:
    """The page that shows all pictures, a screen a line."""
    head = (
        "# The screens one by one\n\nThose that the browser journeys walk through, of the invented agency, by `make pictures`.\n\n"
        "| Screen | At a desk | On a phone |\n| --- | --- | --- |\n"
    )
    rows = [
        f"| {name} | ![{name}, at a desk]({named(name)}-1440.png) | ![{name}, on a phone]({named(name)}-390.png) |"
        for name in screens
    ]
    return head + "\n".join(rows) + "\n"


def with_own_server(folder: Path) -> None:
    """Serve a fresh fictional agency for as long as the pictures take."""
    with tempfile.TemporaryDirectory() as data:
        environment = os.environ | {"ALONGSIDE_DATA_DIR": data}
        environment.pop("ALONGSIDE_DATABASE_URL", None)
        command = [
            str(Path(sys.executable).parent / "alongside"),
            "serve",
            "--port",
            str(PORT),
            "--demo-if-empty",
        ]
        server = subprocess.Popen(command, env=environment)
        try:
            wait_for(f"http://127.0.0.1:{PORT}")
            all_pictures(f"http://127.0.0.1:{PORT}", folder)
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
    import django

    django.setup()
    if len(sys.argv) > 1:
        all_pictures(sys.argv[1].rstrip("/"), Path(sys.argv[2] if len(sys.argv) > 2 else "docs/pictures"))
    else:
        with_own_server(Path("docs/pictures"))
