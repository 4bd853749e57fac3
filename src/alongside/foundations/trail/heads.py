"""The heads of the tree outside the database: a file that only grows, a line for each, each line naming the one before.

A copy of the file that is kept elsewhere proves the tree against whoever holds both the database and this machine.
"""

import json
import os
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from alongside.foundations.models import Head

FIRST = "0" * 64
"""What the first line names as the one before it."""


def place() -> Path:
    """Where the file lies."""
    return Path(settings.HEADS_FILE)


def line_of(head: Head) -> str:
    """A head as the file has it, without the end of the line."""
    told = {"number": head.number, "size": head.size, "root": bytes(head.root).hex(), "at": head.at.isoformat(),
            "previous": head.previous}  # fmt: skip
    return json.dumps(told, separators=(",", ":"))


def digest_of(line: str) -> str:
    """How the next line names this one."""
    return sha256(line.encode()).hexdigest()


def lines_in(path: Path) -> list[str]:
    """The lines of a file of heads; none where there is no file."""
    return path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []


def append(line: str) -> None:
    """Write one line at the end and wait until the disk has it.

    Whoever was stopped in the middle goes on from there: a line that is there already is not written twice, and of one
    that is there in part only the rest is.
    """
    path = place()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        tail = _tail(descriptor)
        if tail.removesuffix("\n") == line and tail.endswith("\n"):
            return
        torn = tail if tail and not tail.endswith("\n") else ""
        rest = line.removeprefix(torn) if line.startswith(torn) else f"\n{line}"
        os.write(descriptor, f"{rest}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _tail(descriptor: int) -> str:
    """The last line of the file, with its end if it has one."""
    size = os.fstat(descriptor).st_size
    last = os.pread(descriptor, 4096, max(size - 4096, 0)).decode(errors="replace")
    return last[last.rstrip("\n").rfind("\n") + 1 :]
