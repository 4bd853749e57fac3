"""The list of demands is whole, and a proof can only claim a demand that exists."""

import subprocess
import sys
from pathlib import Path

from .tree import ROOT, text_of

TOOL, PAGE = ROOT / "tools" / "demands.py", ROOT / "docs" / "demands.md"
HOW_MANY = {
    **{"E": 9, "A": 11, "P": 11, "I": 8, "M": 7, "T": 8, "D": 6, "C": 8},
    **{"S": 12, "R": 7, "Y": 7, "F": 4, "V": 8},
}


def demands(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the tool as `make demands` does."""
    return subprocess.run([sys.executable, TOOL, *arguments], capture_output=True, text=True, check=False)


def test_every_demand_of_the_practice_model_is_listed_once_and_in_order() -> None:
    listed = [line.split()[1] for line in text_of(PAGE).splitlines() if line.startswith("- ")]
    assert listed == [f"{letter}{number}" for letter, most in HOW_MANY.items() for number in range(1, most + 1)]


def test_every_proof_names_a_demand_that_exists() -> None:
    ran = demands()
    assert ran.returncode == 0, ran.stderr
    assert f"of {sum(HOW_MANY.values())} demands are proven" in ran.stdout


def test_marks_on_tests_classes_and_modules_are_found(tmp_path: Path) -> None:
    (tmp_path / "test_story.py").write_text(
        "import pytest\npytestmark = [pytest.mark.demand('P1'), pytest.mark.slow]\n"
        "@pytest.mark.demand('P3', 'P8')\ndef test_a_plan_is_dated(): ...\n"
        "@pytest.mark.demand('T1')\nclass TestClosing:\n    def test_it_has_a_reason(self): ...\n",
        encoding="utf-8",
    )
    said = demands("--tests", str(tmp_path)).stdout
    assert "test_story.py:4  a plan is dated" in said
    assert "test_story.py:7  it has a reason" in said
    assert f"4 of {sum(HOW_MANY.values())} demands are proven, by 2 tests." in said


def test_a_mark_for_an_unknown_demand_is_refused_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "test_story.py").write_text("@pytest.mark.demand('P99')\ndef test_x(): ...\n", encoding="utf-8")
    ran = demands("--tests", str(tmp_path))
    assert ran.returncode == 1
    assert "test_story.py:2: no demand is called P99" in ran.stderr
