"""A form is opened by the house: nothing at all that was sent is still something sent, and what was left unfinished is in it."""

import ast

import pytest

from .tree import place, python_files, syntax_of, told

OF_A_REQUEST = {"POST", "GET"}


def or_nothing(module: ast.AST) -> list[int]:
    """The lines where what was sent is taken for nothing as soon as it is empty."""
    return [
        found.lineno
        for found in ast.walk(module)
        if (isinstance(found, ast.BoolOp) and isinstance(found.op, ast.Or) and _is_sent(found.values[0]))
        or (isinstance(found, ast.IfExp) and _is_sent(found.test))
    ]


def _is_sent(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in OF_A_REQUEST


def test_no_form_takes_an_empty_sending_for_no_sending() -> None:
    faults = [
        f"{place(path, line)}: open it with open_form"
        for path in python_files()
        for line in or_nothing(syntax_of(path))
    ]
    assert not faults, told(faults)


@pytest.mark.parametrize(
    "source",
    ["form = Form(request.POST or None)", "Form(self.request.POST or None, request.FILES or None)",
     "data = request.POST if request.POST else None"],
)  # fmt: skip
def test_one_that_does_would_be_found(source: str) -> None:
    assert or_nothing(ast.parse(source))


def test_what_was_sent_under_a_name_may_be_empty() -> None:
    assert or_nothing(ast.parse("back = request.POST.get('back') or '/'\nform = open_form(request, Form)")) == []
