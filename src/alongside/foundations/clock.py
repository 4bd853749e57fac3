"""The only place that asks what time it is, so that tests and the demo can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_held: ContextVar[datetime | None] = ContextVar("held", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC unless held still."""
    return _held.get() or timezone.now()


def today() -> date:
    """The present day in the agency's time zone."""
    return timezone.localtime(now()).date()


@contextmanager
def held(moment: datetime) -> Iterator[None]:
    """Hold the clock at an aware `moment` inside the block (tests, demonstration data)."""
    token = _held.set(moment)
    try:
        yield
    finally:
        _held.reset(token)
