"""A program for the web server that only says what it was asked (tests/site/test_where_a_request_ends.py)."""

from collections.abc import Iterable
from typing import Any


def application(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    """Says for which address it was asked, and how many bytes came with it."""
    told = f"{environ['PATH_INFO']} {len(environ['wsgi.input'].read())}\n".encode()
    start("200 OK", [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(told)))])
    return [told]
