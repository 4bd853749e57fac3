"""What a log line may hold of an error: its kind and where it happened, never its message.

A database error quotes the row that failed, and with it what was written about a client. Every line begins with its
moment in UTC, and whatever a stranger put into an address stays on the line it belongs to.
"""

import logging
import time
from traceback import extract_tb
from types import TracebackType

Caught = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PlacesOnly(logging.Formatter):
    """Writes an error and what caused it as kinds and places in the code."""

    converter = staticmethod(time.gmtime)
    default_msec_format = "%s.%03dZ"

    def formatMessage(self, record: logging.LogRecord) -> str:
        """One line, whatever stands in it: signs that would begin another are written as their code."""
        return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in super().formatMessage(record))

    def formatException(self, ei: Caught) -> str:
        """One line a cause, each with the places it passed through."""
        lines, error = [], ei[1]
        while error is not None:
            places = " > ".join(f"{one.name}:{one.lineno}" for one in extract_tb(error.__traceback__))
            lines.append(f"{type(error).__module__}.{type(error).__name__} at {places}")
            error = error.__cause__ or error.__context__
        return "\n".join(lines)
