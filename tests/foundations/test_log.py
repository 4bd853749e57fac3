"""Nothing written about a client enters a log, on a bad day either."""

import logging  # noqa: TID251  (this is what is tried)
import sys
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from alongside.documentation.models import Note
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.log import PlacesOnly
from tests.cast import Cast
from tests.embedded import DATA

SECRET_WORDS = "she sleeps at the ferry house"


def written(error: BaseException) -> str:
    """What the log would hold of `error`."""
    try:
        raise RuntimeError(SECRET_WORDS) from error
    except RuntimeError:
        record = logging.LogRecord("django.request", logging.ERROR, "x", 1, "Internal Server Error", (), sys.exc_info())
    return PlacesOnly().format(record)


def test_an_error_is_logged_by_kind_and_place_without_its_message() -> None:
    """The cause, too."""
    line = written(ValueError(f"Failing row contains ({SECRET_WORDS})"))
    assert "builtins.RuntimeError at written:" in line
    assert "builtins.ValueError" in line
    assert SECRET_WORDS not in line


def test_a_line_begins_with_its_moment_in_utc_and_says_how_grave_it_is_and_from_where() -> None:
    """So that the lines of several machines can be put in order."""
    record = logging.LogRecord("django.request", logging.WARNING, "x", 1, "Not Found: %s", ("/x/",), None)
    record.created, record.msecs = 1_764_417_906.25, 250.0
    logs: Any = settings.LOGGING
    told = logs["formatters"]["places"]["fmt"]
    line = PlacesOnly(told).format(record)
    assert line == f"2025-11-29 12:05:06.250Z WARNING django.request [{record.process}] Not Found: /x/"


@pytest.mark.parametrize("sign", ["\n", "\r", "\x1b", "\u2028", "\x00", "\x85"])
def test_what_a_stranger_puts_into_an_address_makes_no_line_of_its_own(sign: str) -> None:
    """Nor does it move the cursor of whoever reads the log."""
    record = logging.LogRecord("django.request", logging.WARNING, "x", 1, "Not Found: %s", (f"/a{sign}ERROR x",), None)
    line = PlacesOnly().format(record)
    assert sign not in line
    assert len(line.splitlines()) == 1
    assert "ERROR x" in line


def test_every_line_of_the_program_goes_through_it() -> None:
    """One handler, one formatter."""
    logs: Any = settings.LOGGING
    assert logs["handlers"]["console"]["formatter"] == "places"
    assert logs["formatters"]["places"]["()"] == "alongside.foundations.log.PlacesOnly"


@pytest.mark.django_db(databases=["default", "looks"])
def test_the_databases_own_log_holds_no_failed_row_and_no_statement(cast: Cast) -> None:
    """A row that is refused quotes nothing of itself."""
    case = cast.sama
    with acting(cast.maren):
        now = clock.now()
        note = Note(case=case, writer_id=cast.maren.staff, at=now, started_at=now, happened=SECRET_WORDS)
        note.save(force_insert=True)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE documentation_note SET state = NULL, place = %s WHERE id = %s", [SECRET_WORDS, note.pk]
            )
    log = (DATA / "postgres" / "log").read_text(encoding="utf-8", errors="replace")
    assert "null value in column" in log
    assert SECRET_WORDS not in log
