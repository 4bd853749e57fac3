"""Work that nobody asks for: jobs that come due by the clock, each done by one process at a time, wherever it runs.

A job is one file in a room's `catalogue/`. It works as the owner role, for no person, and must lose nothing when it is
killed: what it did is committed, what it did not do is found again the next time (decision 0016).
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from zlib import crc32

from django.db import DatabaseError, connections

from alongside.foundations import clock
from alongside.foundations.models import JobRun
from alongside.foundations.shelf import Shelf

LOOK_EVERY = 10.0
"""Seconds between two looks at what is due."""


@dataclass(frozen=True)
class Job:
    """Something to do every so often. `do` may be called again at any time, also when the last call was cut short."""

    key: str
    source: str
    every: timedelta
    do: Callable[[], object]


JOBS: Shelf[Job] = Shelf("jobs")


def run_due() -> list[str]:
    """Do each job whose time has come and that nobody else is doing; the keys of those that were done."""
    done = []
    for job in JOBS:
        try:
            if _run(job):
                done.append(job.key)
        except Exception as error:  # noqa: BLE001  (one job that fails must not stop the others)
            # The kind of the error and no more: its message may quote a row.
            _say(f"{job.key} failed: {type(error).__module__}.{type(error).__name__}")
    return done


def _say(words: str) -> None:
    """One line of the log, with its moment in UTC, as all others have it."""
    sys.stderr.write(f"{clock.now():%Y-%m-%d %H:%M:%S}Z ERROR background: {words}\n")


def _run(job: Job) -> bool:
    lock = crc32(job.key.encode())
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [lock])
        if not cursor.fetchone()[0]:
            return False
    try:
        if not _is_due(job):
            return False
        job.do()
        JobRun.objects.using("owner").update_or_create(key=job.key, defaults={"done_at": clock.now()})
        return True
    finally:
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [lock])


def _is_due(job: Job) -> bool:
    last = JobRun.objects.using("owner").filter(key=job.key).first()
    return last is None or clock.now() - last.done_at >= job.every


def work_until(stopped: Callable[[float], bool]) -> None:
    """Do what is due, again and again; `stopped` waits so many seconds, or less, and tells whether to end."""
    while True:
        try:
            run_due()
        except DatabaseError as error:
            _say(type(error).__name__)
        finally:
            connections["owner"].close()
        if stopped(LOOK_EVERY):
            return


def never(seconds: float) -> bool:
    """For a process that does nothing else: wait, and go on."""
    time.sleep(seconds)
    return False
