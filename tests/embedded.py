"""Loaded before Django: starts the PostgreSQL that the tests use and names it to the settings.

The suite runs in as many processes as the machine has cores, each with a PostgreSQL and a data folder of its own.
"""

import hashlib
import os
import tempfile
from pathlib import Path

from alongside.foundations import postgres

DATA = Path(os.environ.get("ALONGSIDE_TEST_DATA", "var/test")).resolve() / os.environ.get("PYTEST_XDIST_WORKER", "")
DATA.mkdir(parents=True, exist_ok=True)
SERVER = postgres.start_embedded(DATA / "postgres")

os.environ["ALONGSIDE_DATA_DIR"] = str(DATA)
os.environ["ALONGSIDE_SECRET_KEY"] = "tests only"
os.environ["ALONGSIDE_STATIC_FROM_SOURCE"] = "1"
os.environ["ALONGSIDE_DATABASE_URL"] = f"postgresql://postgres@/alongside_test?host={SERVER.host}"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")
os.environ["TMPDIR"] = tempfile.gettempdir()


def folder_for(data: Path) -> Path:
    """Where the tests of a data folder write: beneath the system's own folder for such, and shared with no other session.

    Pytest has one for all sessions of a user, and shuts it to everybody else whenever one begins. Where the tests run as
    root, PostgreSQL runs as another user, who has to reach its data in there until it is stopped.
    """
    named = hashlib.sha256(f"{data} of {Path.home()}".encode()).hexdigest()[:8]
    found = Path(tempfile.gettempdir()) / f"alongside-{named}"
    found.mkdir(exist_ok=True)
    return found


if "PYTEST_DEBUG_TEMPROOT" not in os.environ:  # the workers of one session write where it does
    os.environ["PYTEST_DEBUG_TEMPROOT"] = str(folder_for(DATA))
