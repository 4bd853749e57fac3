"""A house whose database owner may do as they like, and what `alongside verify` says of it afterwards."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bad_days.test_killed import ROOT, House

# The owner takes the rule off, does it, and puts the rule back, as somebody would who hides.
UNSEEN = "SET session_replication_role = replica; {order}; SET session_replication_role = origin"


def verify(house: House, *more: str) -> tuple[int, str]:
    """The exit status and what was said."""
    done = subprocess.run(
        [sys.executable, "-m", "alongside.site.cli", "verify", *more],
        env=house.environment,
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr


def python(house: House, code: str, *, wait: bool = True) -> "subprocess.Popen[str]":
    """A process of the house that runs a few lines, after Django is up."""
    head = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'alongside.site.settings'; django.setup()\n"
    process = subprocess.Popen(
        [sys.executable, "-c", head + code], env=house.environment, cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    if wait:
        process.wait(60)
    return process


def by_owner(house: House, order: str) -> None:
    """What the owner of the database does past every rule."""
    with house.server.connect() as owner:
        owner.execute(UNSEEN.format(order=order))


def one(house: House, question: str) -> str:
    """The single value that the database answers, as text."""
    with house.server.connect() as owner:
        row = owner.execute(question).fetchone()
    assert row is not None
    return str(row[0])


@contextmanager
def undone(house: House, order: str, back: str) -> Iterator[None]:
    """Something the owner does, and takes back again, so that the next test begins with a whole house."""
    by_owner(house, order)
    try:
        yield
    finally:
        by_owner(house, back)


def heads_file(house: House) -> Path:
    """The file of heads."""
    return house.folder / "heads.log"
