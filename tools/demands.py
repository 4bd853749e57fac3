"""`make demands`: every demand of the practice model with the tests that prove it, and those that have none.

Reads `docs/demands.md` for the ids and the tests' syntax trees for `@pytest.mark.demand("P3", …)` on a function, on a
class, or as a module's or class's `pytestmark`; nothing is imported and no test is run.
Exit status: 0, or 1 where a mark names a demand that does not exist, or says something that is not a plain string.
"""

import argparse
import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LISTED = re.compile(r"^- (?P<id>[A-Z]\d+) (?P<text>.+(?:\n  .+)*)", re.MULTILINE)


@dataclass(frozen=True)
class Proof:
    """One test that claims to prove one demand: where it stands, and the sentence that is its name."""

    demand: str
    file: Path
    line: int
    test: str


def demands(page: Path) -> dict[str, str]:
    """The ids of the page in its order, each with its text on one line."""
    found = LISTED.finditer(page.read_text(encoding="utf-8"))
    return {match["id"]: " ".join(match["text"].split()) for match in found}


def marks(nodes: list[ast.expr], kind: str) -> list[str]:
    """What `pytest.mark.demand(…)`, or a mark of another kind, names in these; what is no literal is given as its source."""
    named = []
    for node in nodes:
        for call in ast.walk(node):
            if isinstance(call, ast.Call) and ast.unparse(call.func).endswith(f"mark.{kind}"):
                named += [str(a.value) if isinstance(a, ast.Constant) else ast.unparse(a) for a in call.args]
    return named


def standing_marks(body: list[ast.stmt], kind: str) -> list[str]:
    """The ids that a `pytestmark = …` in this body gives to every test below it."""
    values = [
        node.value
        for node in body
        if isinstance(node, ast.Assign) and any(ast.unparse(target) == "pytestmark" for target in node.targets)
    ]
    return marks(values, kind)


def proofs_in(body: list[ast.stmt], file: Path, above: list[str], kind: str) -> Iterator[Proof]:
    """The proofs in one body, with the marks that stand above it; walks into test classes."""
    standing = above + standing_marks(body, kind)
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from proofs_in(node.body, file, standing + marks(node.decorator_list, kind), kind)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test"):
            for demand in dict.fromkeys(standing + marks(node.decorator_list, kind)):
                yield Proof(demand, file, node.lineno, node.name.removeprefix("test_").replace("_", " "))


def proofs(tests: Path, kind: str = "demand") -> list[Proof]:
    """Every proof in the test files below this folder, in the order of their paths; `tools/attacks.py` asks for attacks."""
    return [
        proof
        for file in sorted(tests.rglob("test_*.py"))
        for proof in proofs_in(ast.parse(file.read_text(encoding="utf-8")).body, file, [], kind)
    ]


def show(listed: dict[str, str], found: list[Proof], base: Path) -> None:
    """Prints the demands that have proofs with them, then those that have none, then the sum."""
    by_demand: dict[str, list[Proof]] = defaultdict(list)
    for proof in found:
        by_demand[proof.demand].append(proof)
    for demand in (demand for demand in listed if demand in by_demand):
        print(f"{demand}  {listed[demand]}")
        for proof in by_demand[demand]:
            print(f"      {proof.file.relative_to(base)}:{proof.line}  {proof.test}")
    bare = [demand for demand in listed if demand not in by_demand]
    print("\nNot yet proven by a test:" if bare else "\nEvery demand is proven by a test.")
    for demand in bare:
        print(f"  {demand}  {listed[demand]}")
    tests = {(proof.file, proof.line) for proof in found}
    print(f"\n{len(listed) - len(bare)} of {len(listed)} demands are proven, by {len(tests)} tests.")


def main(arguments: list[str] | None = None) -> int:
    """Prints the list; names on standard error each mark that no demand answers to."""
    parser = argparse.ArgumentParser(description="Every demand with the tests that prove it.")
    parser.add_argument("--page", type=Path, default=ROOT / "docs" / "demands.md", help="the list of demands")
    parser.add_argument("--tests", type=Path, default=ROOT / "tests", help="the folder of the tests")
    chosen = parser.parse_args(arguments)
    listed, found = demands(chosen.page), proofs(chosen.tests)
    show(listed, found, chosen.tests.parent)
    unknown = [proof for proof in found if proof.demand not in listed]
    for proof in unknown:
        place = f"{proof.file.relative_to(chosen.tests.parent)}:{proof.line}"
        print(f"{place}: no demand is called {proof.demand}; see {chosen.page.name}", file=sys.stderr)
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
