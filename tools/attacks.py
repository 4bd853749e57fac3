"""`make attacks`: tries every attack of `tests/attacks.py`, counts the tries, and writes them into `docs/security/attacks.md`.

At the door 10,000 passwords are tried (ALONGSIDE_TRIES). Where one test fails, something got through: nothing is written.
`make attacks ARGS=--go-on` then tries what failed or was not reached, and counts the rest as it was counted before.
"""

import json
import os
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tools.demands import proofs  # noqa: E402  (found by the line above)

PAGE = ROOT / "docs" / "security" / "attacks.md"
HEAD, KEPT = "## The last run", ROOT / "var" / "attacks.json"


class Count:
    """Reads off the reports of a run what was tried."""

    def __init__(self) -> None:
        self.of_each: dict[str, list[list[Any]]] = {}
        self.through: list[str] = []

    @property
    def tried(self) -> Counter[str]:
        """How often each attack was tried, in all tests together."""
        sums: Counter[str] = Counter()
        for name, times in (one for told in self.of_each.values() for one in told):
            sums[name] += times
        return sums

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Each test tells it when all of it is over."""
        if report.failed:
            self.through.append(report.nodeid)
        if report.when == "teardown" and report.nodeid not in self.through:
            self.of_each[report.nodeid] = [list(value) for name, value in report.user_properties if name == "tried"]  # type: ignore[call-overload]


def tests_of(base: Path = ROOT / "tests") -> dict[str, list[str]]:
    """The tests that bear the mark of each attack, as `path::name`."""
    found: dict[str, list[str]] = defaultdict(list)
    for proof in proofs(base, "attack"):
        name = proof.test.replace(" ", "_")
        found[proof.demand].append(f"{proof.file.relative_to(base.parent)}::test_{name}")
    return found


def table(attacks: dict[str, str], tried: Counter[str], tests: dict[str, list[str]]) -> str:
    """The page's table."""
    lines = ["| attack | what is tried | tried | got through | by |", "| --- | --- | --- | --- | --- |"]
    for name, what in attacks.items():
        named = ", ".join(f"`{one}`" for one in tests[name])
        lines.append(f"| {name} | {what} | {tried[name]:,} | 0 | {named} |")
    return "\n".join([*lines, f"| together | | {sum(tried.values()):,} | 0 | |"])


def main(arguments: list[str]) -> int:
    """Runs the attacks, with what pytest is told besides; exit status of the run."""
    os.environ.setdefault("ALONGSIDE_TRIES", "10000")
    os.chdir(ROOT)
    count, more = Count(), [one for one in arguments if one != "--go-on"]
    if len(more) < len(arguments) and KEPT.exists():
        count.of_each = json.loads(KEPT.read_text(encoding="utf-8"))
        more += [f"--deselect={one}" for one in count.of_each]
    status = pytest.main(["-m", "attack", "-n", "logical", "--dist", "loadfile", *more], plugins=[count])
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(count.of_each), encoding="utf-8")
    reached = {one.partition("[")[0] for one in count.of_each}
    missing = [one for several in tests_of().values() for one in several if one not in reached]
    if status or count.through or missing:
        print(
            "Something got through, broke, or was not reached; the page stays as it is.",
            *count.through,
            *missing,
            sep="\n",
        )
        return int(status) or 1
    from tests.attacks import ATTACKS

    told = table(ATTACKS, count.tried, tests_of())
    print(told)
    text = PAGE.read_text(encoding="utf-8").partition(HEAD)[0]
    PAGE.write_text(f"{text}{HEAD}\n{date.today():%-d %B %Y}.\n\n{told}\n", encoding="utf-8")  # noqa: TID251
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
