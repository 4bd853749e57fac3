"""Whatever a name or a note holds, the very many invented clients are loaded with it letter by letter, and no row is torn."""

from collections.abc import Iterator

import psycopg
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alongside.site.demo.histories import COLUMNS, Pen
from tests.embedded import SERVER

TABLE = "documentation_notelink"
WIDTH = len(COLUMNS[TABLE].split())
Row = tuple[str | None, ...]
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
MARKED = st.text(st.sampled_from("\\\t\n\rNx.b "), max_size=6)
ROWS = st.lists(st.tuples(*[st.none() | WORDS | MARKED] * WIDTH), min_size=1, max_size=6)


@pytest.fixture(scope="module")
def sheet() -> Iterator["psycopg.Connection[Row]"]:
    """A table of plain words that is gone with the connection."""
    with psycopg.connect(host=SERVER.host, port=SERVER.port, dbname="postgres", user="postgres") as owner:
        columns = ", ".join(f"c{n} text" for n in range(WIDTH))
        owner.execute(f"CREATE TEMPORARY TABLE sheet ({columns})")
        yield owner


def loaded(sheet: "psycopg.Connection[Row]", rows: list[Row]) -> list[Row]:
    """What PostgreSQL reads of the text that the pen wrote."""
    pen = Pen()
    for row in rows:
        pen.row(TABLE, *row)
    assert pen.rows == len(rows)
    sheet.execute("TRUNCATE sheet")
    with sheet.cursor().copy("COPY sheet FROM STDIN") as copy:
        for _table, text in pen.texts():
            copy.write(text)
    return sheet.execute("SELECT * FROM sheet ORDER BY ctid").fetchall()


@given(rows=ROWS)
@example(rows=[("a\tb", "c\nd", "e\r\nf", "g\\h", "\\N", "\\.", None)])
@example(rows=[("\\", None, None, None, None, None, None), (None,) * WIDTH, ("",) * WIDTH])
def test_what_is_loaded_is_what_was_written(sheet: "psycopg.Connection[Row]", rows: list[Row]) -> None:
    assert loaded(sheet, rows) == rows


def test_numbers_days_and_answers_are_written_as_they_are() -> None:
    pen = Pen()
    pen.row(TABLE, 7, None, True, "t", "plain words", "{client}", "")
    assert pen.texts() == [(TABLE, "7\t\\N\tTrue\tt\tplain words\t{client}\t\n")]
