"""Where one request ends and the next begins, the web server decides by one rule (practice C4).

Were a proxy in front of it to read the end elsewhere, a stranger could put words of theirs before somebody else's request.
"""

import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from alongside.site.serving import web_server

pytestmark = pytest.mark.demand("C4")
FIRST, BEHIND = b"POST /first HTTP/1.1\r\nHost: x\r\n", b"GET /behind HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
LENGTH, CHUNKED, END = b"Content-Length: %d\r\n" % (5 + len(BEHIND)), b"Transfer-Encoding: chunked\r\n", b"0\r\n\r\n"


@pytest.fixture(scope="module")
def door() -> Iterator[tuple[str, int]]:
    """The web server as it serves in life, with a program behind it that only says what it was asked."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        where = ("127.0.0.1", int(free.getsockname()[1]))
    command, root = web_server(*where, 1, "tests.site.echo:application"), Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, env=os.environ | {"PYTHONPATH": f"{root / 'src'}:{root}"}) as server:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                socket.create_connection(where, timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield where
        server.terminate()


def heard(door: tuple[str, int], sent: bytes) -> tuple[list[str], bool]:
    """What was answered to what was sent down one line, and whether the line was closed then."""
    with socket.create_connection(door, timeout=10) as line:
        line.sendall(sent)
        line.settimeout(2)
        told, closed = b"", False
        try:
            while more := line.recv(65536):
                told += more
            closed = True
        except TimeoutError:
            pass
    return re.findall(r"^(?:/\w+ \d+|HTTP/1\.1 [45]\d\d)", told.decode(), re.M), closed


def test_one_after_the_other_is_two(door: tuple[str, int]) -> None:
    assert heard(door, FIRST + CHUNKED + b"\r\n" + END + BEHIND) == (["/first 0", "/behind 0"], True)
    assert heard(door, FIRST + LENGTH + b"\r\n" + END + BEHIND)[0] == [f"/first {5 + len(BEHIND)}"]


@pytest.mark.parametrize("headers", [LENGTH + CHUNKED, CHUNKED + LENGTH])
def test_of_two_ends_the_length_is_passed_over_and_nothing_more_is_read(door: tuple[str, int], headers: bytes) -> None:
    assert heard(door, FIRST + headers + b"\r\n" + END + BEHIND) == (["/first 0"], True)


@pytest.mark.parametrize(
    "headers",
    [b"Content-Length: 4\r\nContent-Length: 9\r\n", b"Content-Length: 4, 9\r\n", b"Content-Length: -1\r\n",
     b"Transfer-Encoding: xchunked\r\n", b"Transfer-Encoding: chunked, identity\r\n", b"Content Length: 4\r\n"],
)  # fmt: skip
def test_an_end_that_cannot_be_told_is_refused_with_all_that_follows(door: tuple[str, int], headers: bytes) -> None:
    assert heard(door, FIRST + headers + b"\r\nabcd" + BEHIND) == (["HTTP/1.1 400"], True)
