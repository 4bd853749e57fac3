"""The budgets of design section 7: small files, small functions, small templates, enough tests, every type named.

Lines are all lines; a function runs from its `def` to its end, methods and inner functions included; migrations are
left out. A refused size names its place; a missed aim names the largest, for there the mending starts.
"""

import ast
import statistics
from collections.abc import Iterable, Iterator
from pathlib import Path

from .tree import (
    SOURCE,
    TESTS,
    Function,
    functions_in,
    lines_in,
    place,
    python_files,
    syntax_of,
    templates,
    text_of,
    told,
)

Sized = tuple[int, str]

FILE_MEDIAN, FILE_95TH, FILE_ANY = 60, 220, 350
FUNCTION_MEDIAN, FUNCTION_95TH, FUNCTION_ANY = 8, 28, 50
TEMPLATE_95TH, TEMPLATE_ANY = 90, 160
TEMPLATE_LINE_95TH, TEMPLATE_LINE_ANY = 120, 160
TEST_LINES_PER_CODE_LINE = 1.1


def file_sizes(paths: Iterable[Path]) -> list[Sized]:
    """Lines of each file with its place; empty files (a package's mark) say nothing about how we write."""
    return [(lines_in(path), place(path)) for path in paths if lines_in(path)]


def numbered(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file with their numbers."""
    return enumerate(text_of(path).splitlines(), start=1)


def function_sizes(paths: Iterable[Path]) -> list[Sized]:
    """Lines of each function with its place and name."""
    return [
        ((node.end_lineno or node.lineno) - node.lineno + 1, f"{place(path, node.lineno)} {node.name}")
        for path in paths
        for node in functions_in(syntax_of(path))
    ]


def over(sizes: list[Sized], most: int) -> list[str]:
    """Those that are longer than is allowed, the longest first."""
    return [f"{where}: {size} lines, {most} allowed" for size, where in sorted(sizes, reverse=True) if size > most]


def median(sizes: list[Sized]) -> float:
    """The middle size; 0 where there is nothing yet."""
    return statistics.median(size for size, _ in sizes) if sizes else 0


def ninety_fifth(sizes: list[Sized]) -> int:
    """The size that at least 95 of 100 do not exceed (nearest rank); 0 where there is nothing yet."""
    ordered = sorted(size for size, _ in sizes)
    return ordered[-(-95 * len(ordered) // 100) - 1] if ordered else 0


def largest(sizes: list[Sized]) -> str:
    """The ten largest, for the message of an aim that is missed."""
    return told([f"{where}: {size} lines" for size, where in sorted(sizes, reverse=True)[:10]])


def unannotated(function: Function, in_class: bool) -> Iterator[str]:
    """The names of a function's parameters that have no type, and `return` where it says none."""
    own = function.args
    bound = in_class and not any(ast.unparse(mark) == "staticmethod" for mark in function.decorator_list)
    named = (own.posonlyargs + own.args)[1 if bound else 0 :] + own.kwonlyargs
    named += [starred for starred in (own.vararg, own.kwarg) if starred]
    yield from (parameter.arg for parameter in named if parameter.annotation is None)
    if function.returns is None:
        yield "return"


def missing_types(path: Path) -> list[str]:
    """Every function of a file that leaves a type unsaid, with its place and what is unsaid."""
    tree = syntax_of(path)
    methods = {
        id(node)
        for owner in ast.walk(tree)
        if isinstance(owner, ast.ClassDef)
        for node in owner.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    unsaid = [(node, list(unannotated(node, id(node) in methods))) for node in functions_in(tree)]
    return [
        f"{place(path, node.lineno)} {node.name}: no type for {', '.join(names)}" for node, names in unsaid if names
    ]


def test_no_file_is_longer_than_350_lines() -> None:
    faults = over(file_sizes(python_files()), FILE_ANY)
    assert not faults, told(faults)


def test_half_of_the_files_have_at_most_60_lines_and_all_but_a_few_at_most_220() -> None:
    sizes = file_sizes(python_files())
    assert median(sizes) <= FILE_MEDIAN, largest(sizes)
    assert ninety_fifth(sizes) <= FILE_95TH, largest(sizes)


def test_no_function_is_longer_than_50_lines() -> None:
    faults = over(function_sizes(python_files()), FUNCTION_ANY)
    assert not faults, told(faults)


def test_half_of_the_functions_have_at_most_8_lines_and_all_but_a_few_at_most_28() -> None:
    sizes = function_sizes(python_files())
    assert median(sizes) <= FUNCTION_MEDIAN, largest(sizes)
    assert ninety_fifth(sizes) <= FUNCTION_95TH, largest(sizes)


def test_no_template_is_longer_than_160_lines_and_all_but_a_few_have_at_most_90() -> None:
    sizes = file_sizes(templates())
    assert not over(sizes, TEMPLATE_ANY), told(over(sizes, TEMPLATE_ANY))
    assert ninety_fifth(sizes) <= TEMPLATE_95TH, largest(sizes)


def test_a_template_is_broken_into_lines_that_can_be_read() -> None:
    """By decision 0026. A sentence may run on: its white space is part of what is translated."""
    lines = [(len(line), f"{place(path, at)}", line) for path in templates() for at, line in numbered(path)]
    sizes = [(size, where) for size, where, _line in lines]
    assert ninety_fifth(sizes) <= TEMPLATE_LINE_95TH, largest(sizes)
    unsaid = over([(size, where) for size, where, line in lines if "translate" not in line], TEMPLATE_LINE_ANY)
    assert not unsaid, told(unsaid)


def test_the_tests_are_as_long_as_the_code_and_a_tenth_longer() -> None:
    code = sum(lines_in(path) for path in python_files(SOURCE))
    tests = sum(lines_in(path) for path in python_files(TESTS))
    assert tests >= TEST_LINES_PER_CODE_LINE * code, (
        f"{place(TESTS)}: {tests} lines of tests for {code} lines of code below {place(SOURCE)}, "
        f"{tests / code:.2f} a line; {TEST_LINES_PER_CODE_LINE} is the least"
    )


def test_every_function_names_its_types() -> None:
    faults = [fault for path in python_files() for fault in missing_types(path)]
    assert not faults, told(faults)


def test_an_overlong_file_and_an_overlong_function_would_be_caught(tmp_path: Path) -> None:
    long = tmp_path / "long.py"
    long.write_text("def drawn_out() -> None:\n" + "    print()\n" * 350, encoding="utf-8")
    assert over(file_sizes([long]), FILE_ANY) == [f"{long}:1: 351 lines, 350 allowed"]
    assert over(function_sizes([long]), FUNCTION_ANY) == [f"{long}:1 drawn_out: 351 lines, 50 allowed"]


def test_a_missing_type_would_be_caught_and_self_needs_none(tmp_path: Path) -> None:
    loose = tmp_path / "loose.py"
    loose.write_text(
        "class A:\n    def ok(self) -> None: ...\n    def bare(self, x, *rest: int): ...\n"
        "    @staticmethod\n    def alone(y) -> None: ...\n",
        encoding="utf-8",
    )
    assert missing_types(loose) == [f"{loose}:3 bare: no type for x, return", f"{loose}:5 alone: no type for y"]


def test_the_95th_of_a_hundred_is_the_95th_in_order() -> None:
    assert ninety_fifth([(size, "") for size in range(1, 101)]) == 95
    assert ninety_fifth([(7, "")]) == 7
    assert median([(1, ""), (3, "")]) == 2
