"""Two colleagues at one moment, on real connections: a database in which everything is committed, and who works in it."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.db import connections

from alongside.foundations.actor import Actor, acting
from alongside.people.models import Case
from tests.cast import Cast, gather
from tests.embedded import SERVER

NAME = "alongside_two_at_once"
LONG = 20  # seconds: a test that waits longer than this has found two that wait for each other


@contextmanager
def committed(blocker: Any) -> Iterator[Cast]:
    """The cast in a copy of the empty test database, in which everything is committed; it is gone afterwards."""
    before = connections.settings["default"]["NAME"]
    connections.close_all()
    with replace(SERVER, name="postgres").connect() as owner:
        owner.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        owner.execute(f"CREATE DATABASE {NAME} TEMPLATE {before}")
    _use(NAME)
    with blocker.unblock():
        yield gather()
    _use(before)
    with replace(SERVER, name="postgres").connect() as owner:
        owner.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


def _use(name: str) -> None:
    connections.close_all()
    for alias in ("default", "looks", "owner"):
        connections.settings[alias]["NAME"] = name
        connections[alias].settings_dict["NAME"] = name


class Colleague:
    """Someone at another desk: does one thing on a connection of their own, and saves it when they are told to."""

    def __init__(self, actor: Actor, do: Callable[[Case], object], case: Case, *, at_once: bool = False) -> None:
        self.done, self.may_save = threading.Event(), threading.Event()
        if at_once:
            self.may_save.set()
        self._pool = ThreadPoolExecutor(1)
        self.end: Future[None] = self._pool.submit(self._work, actor, do, case)

    def _work(self, actor: Actor, do: Callable[[Case], object], case: Case) -> None:
        try:
            with acting(actor):
                do(Case.objects.select_related("client", "program").get(pk=case.pk))
                self.done.set()
                assert self.may_save.wait(LONG)
        finally:
            connections.close_all()

    def save(self) -> None:
        """Let them save, and wait until it is safe. Raises what stopped them."""
        self.may_save.set()
        self.end.result(LONG)
        self._pool.shutdown()


def somebody_waits() -> None:
    """Returns when a connection waits for a row that another holds."""
    with replace(SERVER, name="postgres").connect() as owner:
        until = time.monotonic() + LONG
        asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'"
        while time.monotonic() < until:
            if owner.execute(asked, [NAME]).fetchone() != (0,):
                return
            time.sleep(0.02)
    pytest.fail("nobody waited")
