"""Every attack of the page is tried by a test that is there, and none is left out (docs/security/attacks.md)."""

import re

from tests.attacks import ATTACKS
from tools.attacks import tests_of as bearing_the_mark

from .tree import ROOT, text_of, told

PAGE = ROOT / "docs" / "security" / "attacks.md"
ROW = re.compile(
    r"^\| (?P<name>[^|]+) \| (?P<what>[^|]+) \| (?P<tried>[\d,]+) \| (?P<through>\d+) \| (?P<by>[^|]+) \|$",
    re.M,
)
NAMED = re.compile(r"`([^`]+)`")


def rows() -> list[dict[str, str]]:
    """Every row of the page, by the names of its columns."""
    return [found.groupdict() for found in ROW.finditer(text_of(PAGE))]


def test_every_attack_has_its_row_with_what_it_is() -> None:
    assert {row["name"]: row["what"] for row in rows()} == ATTACKS
    assert len(rows()) == len(ATTACKS)


def test_every_row_names_the_tests_that_bear_its_mark_and_no_others() -> None:
    marked = bearing_the_mark()
    faults = [f"{row['name']}: run `make attacks`" for row in rows() if NAMED.findall(row["by"]) != marked[row["name"]]]
    faults += [f"{name}: no attack is called that" for name in marked if name not in ATTACKS]
    assert not faults, told(faults)
    assert all(marked[name] for name in ATTACKS)


def test_where_it_was_counted_something_was_tried_and_nothing_got_through() -> None:
    faults = [row["name"] for row in rows() if row["tried"] == "0" or row["through"] != "0"]
    assert not faults, told(faults)
