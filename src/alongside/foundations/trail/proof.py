"""The proof: every row against its stamp and its leaf, every leaf against the heads, the heads against their file.

It is worked out here and not in the database, for the database is what is being doubted. Each finding is one sentence
that names a row by its key and tells nothing of what is in it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connections, transaction

from alongside.foundations.models import Head
from alongside.foundations.trail import heads
from alongside.foundations.trail.folding import hash_of, text_of
from alongside.foundations.trail.stamps import FORMS, SOURCES, TELLS, form_of, is_ours, told_of
from alongside.foundations.trail.tree import Tree

AT_ONCE = 5_000
NOUNS = dict(zip(SOURCES, ("deed", "look", "step of a paper"), strict=True))
Tick = Callable[[int], object]


def rows_to_prove() -> int:
    """How many rows and leaves there are to go through, for whoever waits."""
    tables = " + ".join(f"(SELECT count(*) FROM {table})" for table in (*SOURCES, "foundations_leaf"))  # noqa: S608  (our own names)
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"SELECT {tables}")
        return int(cursor.fetchone()[0])


def findings(tick: Tick = lambda _many: None, copy: Path | None = None) -> Iterator[str]:
    """Whatever is wrong, a sentence each. `copy` is a file of heads that was kept elsewhere. `tick` counts rows."""
    for number, table in enumerate(SOURCES):
        yield from _rows(number, table, tick)
    yield from _told()
    yield from _tree(tick)
    yield from _file(heads.place(), whole=True)
    if copy is not None:
        yield from _file(copy, whole=False)


def _rows(number: int, table: str, tick: Tick) -> Iterator[str]:
    """Rows beside their leaves: those that have one and those that have none, and leaves whose row is gone."""
    names = FORMS[table][-1]
    columns = ", ".join(f't."{name}"' for name in names)
    question = (
        f"SELECT l.row_id, l.hash, t.stamp, {columns} FROM {table} t"  # noqa: S608  (our own names)
        f" FULL JOIN (SELECT * FROM foundations_leaf WHERE source = {number}) l ON l.row_id = t.id"
    )
    with _streamed(question) as rows:
        for found in rows:
            tick(len(found))
            for folded, hashed, stamp, *values in found:
                wrong = _wrong(table, names, folded is not None, hashed, stamp, tuple(values))
                if wrong:
                    yield f"{NOUNS[table]} {folded or values[0]}: {wrong}"


def _told() -> Iterator[str]:
    """What each deed tells beside its digest; of a struck one nothing is told any more."""
    with _streamed(f"SELECT id, told, struck_by, {', '.join(TELLS)} FROM foundations_deed") as rows:  # noqa: S608  (our own names)
        for found in rows:
            for key, told, struck_by, *tells in found:
                if struck_by is None and told_of(*tells) != told:
                    yield f"deed {key}: what it tells was changed"
                elif struck_by is not None and any(tells[1:3]):
                    yield f"deed {key}: it was struck, and tells something again"


def _wrong(
    table: str, names: tuple[str, ...], folded: bool, hashed: bytes | None, stamp: bytes | None, values: tuple[Any, ...]
) -> str:
    """What is wrong with one row; empty when nothing is."""
    if stamp is None:
        return "removed after it was folded into the tree"
    mark = bytes(stamp)
    ours = form_of(table, mark) > 0 and is_ours(mark, text_of(table, mark, names, values))
    if folded and hash_of(table, mark, names, values) != bytes(hashed or b""):
        return "its place in the tree was changed" if ours else "changed after it was folded into the tree"
    return "" if ours else "inserted or changed past the program, which did not stamp it so"


def _tree(tick: Tick) -> Iterator[str]:
    """The tree grown again from its leaves, and its root at each head."""
    wanted = list(Head.objects.using("owner").order_by("number"))
    tree, at = Tree(), 0
    with _streamed("SELECT position, hash FROM foundations_leaf ORDER BY position") as rows:
        for found in rows:
            tick(len(found))
            for position, hashed in found:
                if position != tree.size:
                    yield f"the tree has no leaf {tree.size}: it was removed, or others were moved"
                    return
                tree.add(bytes(hashed))
                while at < len(wanted) and wanted[at].size == tree.size:
                    if wanted[at].root != tree.root:
                        yield f"head {wanted[at].number}: the leaves up to {tree.size} do not give its root"
                        return
                    at += 1
    if at < len(wanted) or (wanted[-1].size if wanted else 0) != tree.size:
        yield f"the tree has {tree.size} leaves, and its last head tells of {wanted[-1].size if wanted else 0}"


def _file(path: Path, *, whole: bool) -> Iterator[str]:
    """The heads beside the lines of a file; a copy of earlier days may be shorter, never different."""
    lines, before = heads.lines_in(path), heads.FIRST
    known = [heads.line_of(head) for head in Head.objects.using("owner").filter(in_file=True).order_by("number")]
    for number, (line, head) in enumerate(zip(lines, known, strict=False), start=1):
        if line != head:
            yield f"{path.name}, line {number}: it is not head {number} of the database; one of the two was changed"
            return
        if f'"previous":"{before}"' not in line:
            yield f"{path.name}, line {number}: it does not go on from the line before it"
            return
        before = heads.digest_of(line)
    if len(lines) > len(known):
        yield f"{path.name}: it tells of {len(lines)} heads, the database of {len(known)}; heads were removed there"
    elif whole and len(lines) < len(known):
        yield f"{path.name}: it was cut after line {len(lines)}; the database tells of {len(known)} heads"


@contextmanager
def _streamed(question: str) -> Iterator[Iterator[list[tuple[Any, ...]]]]:
    """The rows of a long answer, some thousand at a time, never all at once in memory."""
    with transaction.atomic(using="owner"), connections["owner"].chunked_cursor() as cursor:
        cursor.execute(question)
        yield iter(lambda: cursor.fetchmany(AT_ONCE), [])
