"""Very many fictional clients, by COPY: the same tables, the same constraints, whole histories.

Rows are written as the owner role, as a restore is, in one transaction; every check and exclusion is tested by the
database row by row, every foreign key once at the end. They are made up by other processes meanwhile.
"""

import multiprocessing
import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

import django
from django.conf import settings
from psycopg import Connection, sql
from tqdm import tqdm

from alongside.foundations import agency_keys
from alongside.foundations.postgres import from_url
from alongside.site.demo.agency import Setting
from alongside.site.demo.histories import COLUMNS, Batch, Order, made

BATCH, AHEAD = 1_000, 3
"""Clients made up together, and how many batches are made up before they are written."""
TAKE_EFFECT = "UPDATE documentation_planversion SET state = 'in_effect' WHERE id = ANY (%s)"
"""A plan is written as a draft, since nothing can be put into a signed one, and then takes effect."""
TIES = (
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE contype = 'f' AND conrelid = ANY (%s::regclass[]) ORDER BY 1, 2"
)


def load(setting: Setting, clients: int, seed: int) -> int:
    """Write `clients` whole histories for the agency, all of them or none, and return the number of rows."""
    first, rows = _first_number(setting), 0
    order = Order(setting, agency_keys.newest_wrapped(setting.agency.pk, "owner"), seed)
    with from_url(settings.DATABASE_URL).connect() as owner:
        with (
            owner.transaction(),
            ties_checked_at_the_end(owner),
            tqdm(total=clients, unit=" clients", mininterval=1) as bar,
        ):
            for batch in made_up(order, first, clients):
                _write(owner, batch)
                rows += batch.rows
                bar.update(batch.clients)
            owner.execute(
                "UPDATE people_agency SET next_case_number = %s WHERE id = %s", [first + clients, setting.agency.pk]
            )
        owner.execute("ANALYZE")
    return rows


def made_up(order: Order, first: int, clients: int) -> Iterator[Batch]:
    """The batches in their order, made up by as many processes as leave PostgreSQL a core."""
    starts = range(first, first + clients, BATCH)
    several = min(max((os.cpu_count() or 1) - 1, 1), AHEAD, len(starts))
    # A process that begins anew has no thread and no connection of this one in it.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(several, context, django.setup) as makers:
        waiting: deque[Future[Batch]] = deque()
        try:
            for start in starts:
                waiting.append(makers.submit(made, order, start, min(BATCH, first + clients - start)))
                if len(waiting) > AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            makers.shutdown(wait=False, cancel_futures=True)


def _write(owner: Connection[Any], batch: Batch) -> None:
    for table, text in batch.texts:
        names = sql.SQL(", ").join(map(sql.Identifier, COLUMNS[table].split()))
        with owner.cursor().copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)) as copy:
            copy.write(text)
    owner.execute(TAKE_EFFECT, [batch.versions])


@contextmanager
def ties_checked_at_the_end(owner: Connection[Any]) -> Iterator[None]:
    """Let each foreign key of the written tables be tested once for all rows, as a restore does, not row by row.

    They are taken off and put on again in the caller's transaction: nothing is ever seen without them.
    """
    ties = owner.execute(TIES, [list(COLUMNS)]).fetchall()
    for table, name, _rule in ties:
        owner.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(sql.Identifier(table), sql.Identifier(name)))
    yield
    for table, name, rule in ties:
        owner.execute(
            sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} ").format(sql.Identifier(table), sql.Identifier(name))
            + sql.SQL(rule)
        )


def _first_number(setting: Setting) -> int:
    setting.agency.refresh_from_db(using="owner")
    return setting.agency.next_case_number
