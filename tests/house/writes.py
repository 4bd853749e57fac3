"""Finds where Python source writes to the database, by the shape of its calls.

A heuristic, for Python has no types at this point: it knows Django's writing methods, follows a chain of calls back to
a manager or a query set (through a local name too), knows the many-to-many fields of the models, and reads SQL.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .tree import Function

# Nothing but the database has methods of these names.
ALWAYS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "_raw_delete"}
# These write wherever they are called, save on the few things below that have them and are no record.
ON_RECORDS = {"save", "delete", "create", "save_m2m"}
NO_RECORDS = {"response", "cache", "storage", "default_storage", "session", "cookies"}
# `update` writes only where the chain comes from a manager or a query set.
ON_QUERIES = {"update"}
FROM_DATABASE = {
    *("objects", "_default_manager", "_base_manager", "get_queryset", "all", "filter", "exclude", "annotate"),
    *("order_by", "select_related", "prefetch_related", "using", "alias", "distinct", "none"),
}
# On a many-to-many relation these write; on a set or a list they do not.
ON_RELATIONS = {"add", "remove", "set", "clear"}
WRITING_SQL = re.compile(
    r"\b(INSERT\s+INTO|UPDATE\s+(ONLY\s+)?\S+\s+(AS\s+\w+\s+|\w+\s+)?SET|DELETE\s+FROM|TRUNCATE|MERGE\s+INTO|COPY\s+.+\sFROM)\b",
    re.DOTALL,
)
RUNS_SQL = {"execute", "executemany", "copy", "raw"}


@dataclass(frozen=True)
class Write:
    """One place that writes: its line and the call as written, or the beginning of its SQL."""

    line: int
    said: str


@dataclass
class Scope:
    """What is known where a call stands: local names that hold query sets, and the relations of all models."""

    relations: frozenset[str]
    queries: set[str] = field(default_factory=set)


def chain(node: ast.expr) -> list[str]:
    """The names along `a.b(c).d`, from the left: `["a", "b", "d"]`; arguments and indices are passed over."""
    if isinstance(node, ast.Attribute):
        return [*chain(node.value), node.attr]
    if isinstance(node, ast.Call):
        return chain(node.func)
    if isinstance(node, ast.Subscript | ast.Await):
        return chain(node.value)
    return [node.id] if isinstance(node, ast.Name) else []


def from_database(names: list[str], scope: Scope) -> bool:
    """Whether a chain of names passes a manager or a query set, or begins at a local name that holds one."""
    return bool(names) and (names[0] in scope.queries or any(n in FROM_DATABASE or n.endswith("_set") for n in names))


def many_to_many(modules: Iterable[ast.AST]) -> frozenset[str]:
    """The names by which the models reach their many-to-many relations, from both sides."""
    named: set[str] = set()
    for node in (node for module in modules for node in ast.walk(module)):
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Call):
            if chain(node.value.func)[-1:] == ["ManyToManyField"]:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                named |= {target.id for target in targets if isinstance(target, ast.Name)}
                named |= {ast.literal_eval(k.value) for k in node.value.keywords if k.arg == "related_name"}
    return frozenset(named)


def local_queries(function: ast.AST, scope: Scope) -> set[str]:
    """The local names that hold a manager or a query set: by their type, or by what is assigned to them."""
    held: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.arg) and node.annotation:
            held |= {node.arg} if re.search(r"QuerySet|Manager\b", ast.unparse(node.annotation)) else set()
        elif isinstance(node, ast.Assign) and _ends_as_query(node.value, scope):
            held |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return held


def _ends_as_query(value: ast.expr, scope: Scope) -> bool:
    names = chain(value)
    return isinstance(value, ast.Call | ast.Attribute) and names[-1:] != [] and names[-1] in FROM_DATABASE


def writes_by_name(call: ast.Call, scope: Scope, inside: str) -> bool:
    """Whether this call is one of Django's writing methods, called on what can be a record, a query or a relation."""
    if not isinstance(call.func, ast.Attribute):
        return False
    method, names = call.func.attr, chain(call.func.value)
    plain = (
        method[1:] if method[:1] == "a" and method[1:] in ALWAYS | ON_RECORDS | ON_QUERIES | ON_RELATIONS else method
    )
    if plain in ALWAYS:
        return True
    if plain in ON_RECORDS:
        # A model's own `save` that calls the one above it writes nothing new: whoever calls it does.
        return (
            not (names == ["super"] and inside == method) and names[-1:] != [] and names[-1].lower() not in NO_RECORDS
        )
    if plain in ON_QUERIES:
        return from_database(names, scope)
    return plain in ON_RELATIONS and names[-1:] != [] and len(names) > 1 and names[-1] in scope.relations


def sql_in(call: ast.Call) -> str:
    """The literal text handed to `execute` and its like, in capitals for any lettering; empty where there is none."""
    if not (isinstance(call.func, ast.Attribute) and call.func.attr in RUNS_SQL):
        return ""
    parts = [
        n.value for a in call.args for n in ast.walk(a) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    ]
    return " ".join(parts).upper()


def docstrings(module: ast.AST) -> set[int]:
    """The identities of the strings that stand alone as statements: prose, not SQL."""
    return {id(n.value) for n in ast.walk(module) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)}


def within(node: ast.AST, scope: Scope, inside: str = "") -> Iterator[Write]:
    """The writing calls below a node, each judged by what is known in the function it stands in."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            inner = Scope(scope.relations, scope.queries | local_queries(child, scope))
            yield from within(child, inner, child.name)
            continue
        if isinstance(child, ast.Call) and (writes_by_name(child, scope, inside) or WRITING_SQL.search(sql_in(child))):
            yield Write(child.lineno, ast.unparse(child.func))
        yield from within(child, scope, inside)


def writes_in(module: ast.Module, relations: frozenset[str] = frozenset()) -> list[Write]:
    """Every place of a module that writes, by a call or by SQL kept in a string, in the order of its lines."""
    scope = Scope(relations)
    scope.queries = set().union(*(local_queries(n, scope) for n in module.body if isinstance(n, ast.Assign)))
    prose = docstrings(module)
    found = list(within(module, scope))
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            if WRITING_SQL.search(node.value):
                found.append(Write(node.lineno, " ".join(node.value.split())[:60]))
    return sorted(set(found), key=lambda write: (write.line, write.said))
