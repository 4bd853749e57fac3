"""Get from the system what no package registry of Python gives, or say in one sentence what is missing.

Run by make with the machine's own Python, before anything is installed, with one of: venv, pango, browser.
Only where we are root on Debian or its kin is anything installed; elsewhere that is the person's to decide.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from typing import NamedTuple

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The libraries of Pango on Linux, macOS and Windows.
PANGO = (
    ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"),
    ("libpango-1.0.dylib",),
    ("libpango-1.0-0.dll",),
)


class Part(NamedTuple):
    """Something the system gives: how to tell that it is there, Debian's packages, what to say, whether all stops."""

    present: Callable[[], bool]
    packages: tuple[str, ...]
    missing: str
    needed: bool


def has_venv() -> bool:
    """Whether this Python can make environments; Debian keeps that in a package of its own."""
    return importlib.util.find_spec("ensurepip") is not None and importlib.util.find_spec("venv") is not None


def has_pango() -> bool:
    """Whether the libraries that lay out PDF pages can be loaded, under the names of any system."""
    return any(all(loads(name) for name in names) for names in PANGO)


def loads(name: str) -> bool:
    """Whether a shared library can be loaded."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_browser() -> bool:
    """Whether a Chromium is on the path, for the tests that drive one."""
    return any(shutil.which(name) for name in BROWSERS)


PARTS = {
    "venv": Part(
        has_venv, ("python3-venv",), "Python's venv module is missing: install it (on Debian: python3-venv).", True
    ),
    "pango": Part(
        has_pango,
        ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-noto-core"),
        "Pango is missing, so no PDF can be made: install it (on Debian: libpango-1.0-0, libpangoft2-1.0-0 and"
        " libharfbuzz-subset0).",
        False,
    ),
    "browser": Part(
        has_browser, ("chromium",), "No Chromium was found: the browser tests will say that they did not run.", False
    ),
}


def install(packages: tuple[str, ...]) -> None:
    """Ask apt for packages, refreshing its lists only when it does not know them; the caller looks what came of it."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    command = ("apt-get", "install", "--yes", "--quiet=2", "--no-install-recommends", *packages)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (command, ("apt-get", "update", "--quiet=2"), command):
        done = subprocess.run(step, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)
        if step is command and done.returncode == 0:
            return


def main(part: str) -> int:
    """Make one part available; exit 1 only where nothing can go on without it."""
    if sys.version_info < (3, 11):  # noqa: UP036 (the one file that an older Python runs, to say so)
        found = sys.version.split()[0]
        print(f"Python 3.11 or newer is needed, this is {found}: name another, as in `make PYTHON=python3.13`.")
        return 1
    wanted = PARTS[part]
    if not wanted.present():
        install(wanted.packages)
    if wanted.present():
        return 0
    print(wanted.missing, file=sys.stderr)
    return 1 if wanted.needed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
