"""The only place that asks what time it is, so that tests and the demo can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_held: ContextVar[datetime | None] = ContextVar("held", default=None)
_day: ContextVar[date | None] = ContextVar("day", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC unless held still."""
    return _held.get() or timezone.now()


def today() -> date:
    """The present day in the agency's time zone."""
    return _day.get() or timezone.localtime(now()).date()


@contextmanager
def one_day() -> Iterator[None]:
    """Let the day stay the same inside the block: a page made at midnight does not contradict itself."""
    token = _day.set(today())
    try:
        yield
    finally:
        _day.reset(token)


@contextmanager
def held(moment: datetime) -> Iterator[None]:
    """Hold the clock at an aware `moment` inside the block (tests, demonstration data)."""
    token, day = _held.set(moment), _day.set(None)
    try:
        yield
    finally:
        _held.reset(token)
        _day.reset(day)
