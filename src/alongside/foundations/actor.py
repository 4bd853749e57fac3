"""Who acts. Every verb, every look and every confidential query is done by an actor.

PostgreSQL learns the actor through two settings that live only as long as the transaction; row-level security reads
them. With no actor set, every confidential table is empty.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from alongside.foundations.roles import Role


@dataclass(frozen=True)
class Actor:
    """A signed-in member of staff, as every layer below the web sees them.

    `staff` and `agency` are the row ids; `account` is the sign-in they came with.
    """

    staff: UUID
    agency: UUID
    account: UUID
    name: str
    roles: frozenset[Role]
    title: str = ""

    @property
    def initials(self) -> str:
        """Two letters for the corner of the page."""
        parts = self.name.split()
        return "".join(part[0] for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)).upper()


_current: ContextVar[Actor | None] = ContextVar("actor", default=None)


def current() -> Actor | None:
    """The actor of this request or job, or None."""
    return _current.get()


def tell_database(staff: str, agency: str) -> None:
    """Name the actor to PostgreSQL for the rest of this transaction. Empty strings mean nobody."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('alongside.staff', %s, true), set_config('alongside.agency', %s, true)", [staff, agency]
        )


@contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    """Open a transaction in which `actor` acts; the previous actor, if any, is put back after it.

    PostgreSQL is told only what it does not know: not when the same actor goes on, and not when the transaction ends
    here or is undone, which makes it forget by itself. After an error in it nothing could be asked anyway.
    """
    before, within = _current.get(), connection.in_atomic_block
    if before == actor and within:
        with transaction.atomic():
            yield actor
        return
    with transaction.atomic():
        tell_database(str(actor.staff), str(actor.agency))
        token = _current.set(actor)
        try:
            yield actor
        finally:
            _current.reset(token)
        if within and not connection.needs_rollback:
            tell_database(str(before.staff) if before else "", str(before.agency) if before else "")
