"""The table of OWASP ASVS 5.0 is whole, and what it names is there (docs/security/asvs.md)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from .tree import ROOT, functions_in, place, syntax_of, text_of, told

PAGE = ROOT / "docs" / "security" / "asvs.md"
ROW = re.compile(
    r"^\| V(?P<id>\d+\.\d+\.\d+) \| (?P<level>[12]) \| (?P<asks>[^|]+) \| (?P<status>[^|]+) \| (?P<evidence>[^|]+) \|$",
    re.M,
)
STATUS = re.compile(r"met|(?:not applicable|not met): \S.+")
NAMED = re.compile(r"`([^`]+)`")

# How many requirements of levels 1 and 2 each section has, as the standard numbers them: 1 to that number, none left out.
ASKED = {
    section: int(most)
    for section, _, most in (
        one.partition(":")
        for one in """
            1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 4.4:4 5.1:1
            5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1
            8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3
            12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3
            17.1:1 17.2:4 17.3:2
            """.split()
    )
}
OF_EACH_LEVEL = {"1": 70, "2": 183}


def rows(page: str) -> list[dict[str, str]]:
    """Every row of the table, by the names of its columns."""
    return [{name: cell.strip() for name, cell in found.groupdict().items()} for found in ROW.finditer(page)]


def asked() -> list[str]:
    """Every id of the two levels, in order."""
    return [f"{section}.{number}" for section, most in ASKED.items() for number in range(1, most + 1)]


def faults_in(row: dict[str, str], root: Path = ROOT) -> Iterator[str]:
    """What is wrong with a row: a status that says nothing, or evidence that is not there."""
    if not STATUS.fullmatch(row["status"]):
        yield f"“{row['status']}” is no status, or gives no reason"
    named = NAMED.findall(row["evidence"])
    if not named or NAMED.sub("", row["evidence"]).strip(" ,"):
        yield "the evidence is a list of files and tests, each in backticks"
    for one in named:
        path, _, test = one.partition("::")
        if not (root / path).is_file():
            yield f"there is no {path}"
        elif test and test not in proofs_in(root / path):
            yield f"{path} has no {test}"
        elif path.startswith("tests/") and Path(path).name.startswith("test_") and not test:
            yield f"{path}: which test?"


def proofs_in(path: Path) -> set[str]:
    """The functions of a module by which it proves something."""
    module = syntax_of(path) if path.is_relative_to(ROOT) else ast.parse(path.read_text(encoding="utf-8"))
    return {function.name for function in functions_in(module) if function.name.startswith("test_")}


def test_every_requirement_of_both_levels_stands_in_the_table_once_and_in_order() -> None:
    page = rows(text_of(PAGE))
    assert [row["id"] for row in page] == asked()
    assert {level: sum(row["level"] == level for row in page) for level in OF_EACH_LEVEL} == OF_EACH_LEVEL
    lines = [line for line in text_of(PAGE).splitlines() if line.startswith("| V")]
    assert len(lines) == len(page), told([line for line in lines if not ROW.fullmatch(line)])


def test_every_row_has_a_status_with_its_reason_and_evidence_that_is_there() -> None:
    faults = [f"{place(PAGE)}: V{row['id']}: {fault}" for row in rows(text_of(PAGE)) for fault in faults_in(row)]
    assert not faults, told(faults)


def test_the_count_at_the_head_is_what_stands_below() -> None:
    counted = [row["status"].partition(":")[0] for row in rows(text_of(PAGE))]
    kinds = ("met", "not applicable", "not met")
    assert f"| {' | '.join(str(counted.count(kind)) for kind in kinds)} | {len(counted)} |" in text_of(PAGE)


GOOD = {"id": "1.1.1", "level": "2", "asks": "x", "status": "met", "evidence": "`SECURITY.md`"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": ""}, {"status": "not met"}, {"status": "not applicable: "}, {"status": "done"}, {"status": "open: later"},
        {"evidence": ""}, {"evidence": "see the code"}, {"evidence": "`SECURITY.md` and more"}, {"evidence": "`docs/never.md`"},
        {"evidence": "`docs`"},
        {"evidence": "`tests/house/test_asvs.py::test_never`"}, {"evidence": "`tests/house/test_asvs.py`"},
        {"evidence": "`tests/house/test_asvs.py::rows`"},
    ],
)  # fmt: skip
def test_a_row_that_says_nothing_or_names_what_is_not_there_would_be_found(wrong: dict[str, str]) -> None:
    assert list(faults_in(GOOD)) == []
    assert list(faults_in(GOOD | wrong))


def test_a_row_left_out_written_twice_or_broken_would_be_found() -> None:
    line = "| V1.1.1 | 2 | a | met | `SECURITY.md` |"
    assert [row["id"] for row in rows(f"{line}\n{line}\n| V1.1.2 | 2 | a | met |\n")] == ["1.1.1", "1.1.1"]
