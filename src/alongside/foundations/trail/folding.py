"""Folding: rows that are safe in the database get their place in the tree, once, and the tree gets a new head.

Places are given here and nowhere else, one folding at a time (an advisory lock), to rows that are committed: it does not
matter in which order they were made or which transaction ended first. What commits later is found by a later folding.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connections, transaction

from alongside.foundations import clock
from alongside.foundations.models import Head
from alongside.foundations.trail import heads
from alongside.foundations.trail.stamps import FORMS, SOURCES, form_of, written
from alongside.foundations.trail.tree import Tree, leaf

LOCK = 4_116_117
"""The advisory lock that whoever folds holds."""
AT_ONCE = 50_000
LOOKS_BACK = timedelta(days=1)
"""How far before the last head the every-minute folding looks for rows that were committed late; a whole one looks at all."""


class TreeBroken(Exception):
    """The tree does not go on from its last head: `alongside verify` says where it was touched."""


@contextmanager
def alone(*, wait: bool) -> Iterator[bool]:
    """Hold the lock of folding, waiting for it or not; tells whether it is held."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)" if wait else "SELECT pg_try_advisory_lock(%s)", [LOCK])
        held = wait or bool(cursor.fetchone()[0])
    try:
        yield held
    finally:
        if held:
            with connections["owner"].cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def fold(*, whole: bool = False) -> int:
    """Put what is new into the tree and its head into the file; how many rows. Does nothing while another one folds.

    With `whole`, every row is looked at and not only those of the last day. Raises `TreeBroken`.
    """
    with alone(wait=whole) as held:
        if not held:
            return 0
        _write_heads()
        before = last_head()
        lowest = key_at(before.at - LOOKS_BACK) if before and not whole else UUID(int=0)
        since, many = dict.fromkeys(SOURCES, lowest), 0
        while new := _fold_some(since, counted=whole and not many):
            many += new
            _write_heads()
        return many


def last_head() -> Head | None:
    """The newest head."""
    return Head.objects.using("owner").order_by("-number").first()


def _fold_some(since: dict[str, UUID], *, counted: bool) -> int:
    """Fold the next rows beyond the keys in `since`, and move those on; `counted` asks for every leaf to be there."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        before = last_head()
        tree = Tree(before.size, bytes(before.peaks)) if before else Tree()
        size = "count(*)" if counted else "coalesce(max(position) + 1, 0)"
        cursor.execute(f"SELECT {size} FROM foundations_leaf")  # noqa: S608  (one of the two)
        if cursor.fetchone()[0] != tree.size:
            raise TreeBroken
        places: list[tuple[Any, ...]] = []
        for number, table in enumerate(SOURCES):
            for key, hashed in _new(cursor, table, since[table], AT_ONCE - len(places)):
                places.append((tree.size, number, key, hashed))
                tree.add(hashed)
                since[table] = key
        if places:
            with cursor.cursor.copy("COPY foundations_leaf (position, source, row_id, hash) FROM STDIN") as copy:
                for place in places:
                    copy.write_row(place)
            _add_head(before, tree)
        return len(places)


def _new(cursor: Any, table: str, since: UUID, most: int) -> list[tuple[UUID, bytes]]:
    """Rows of a table that have no place yet, with their hashes, in the order of their keys."""
    names = FORMS[table][-1]
    columns = ", ".join(f't."{name}"' for name in names)
    cursor.execute(
        f"SELECT t.stamp, {columns} FROM {table} t WHERE t.id > %s"  # noqa: S608  (our own names)
        " AND NOT EXISTS (SELECT 1 FROM foundations_leaf l WHERE l.row_id = t.id) ORDER BY t.id LIMIT %s",
        [since, most],
    )
    return [(row[1], hash_of(table, bytes(row[0]), names, row[1:])) for row in cursor.fetchall()]


def hash_of(table: str, stamp: bytes, names: tuple[str, ...], values: tuple[Any, ...]) -> bytes:
    """The leaf of a row: the row in the form that its stamp names, and the stamp."""
    return leaf(text_of(table, stamp, names, values) + stamp)


def text_of(table: str, stamp: bytes, names: tuple[str, ...], values: tuple[Any, ...]) -> bytes:
    """A row as it was stamped. One whose stamp names no form is written in the newest: it proves nothing anyway."""
    forms = FORMS[table]
    form = form_of(table, stamp) or len(forms)
    if forms[form - 1] != names:
        known = dict(zip(names, values, strict=True))
        values = tuple(known[name] for name in forms[form - 1])
    return written(table, form, values)


def _add_head(before: Head | None, tree: Tree) -> None:
    Head.objects.using("owner").create(
        number=before.number + 1 if before else 1, size=tree.size, root=tree.root, peaks=tree.packed, at=clock.now(),
        previous=heads.digest_of(heads.line_of(before)) if before else heads.FIRST,
    )  # fmt: skip


def _write_heads() -> None:
    """Bring heads that are safe in the database into the file: those of now, and what a stopped folding left."""
    for head in Head.objects.using("owner").filter(in_file=False).order_by("number"):
        heads.append(heads.line_of(head))
        Head.objects.using("owner").filter(pk=head.pk).update(in_file=True)


def key_at(moment: datetime) -> UUID:
    """The lowest key that a row made at `moment` can have (UUID version 7)."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)
