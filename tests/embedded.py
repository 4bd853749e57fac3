"""Loaded before Django: starts the PostgreSQL that the tests use and names it to the settings.

The suite runs in as many processes as the machine has cores, each with a PostgreSQL and a data folder of its own.
"""

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
