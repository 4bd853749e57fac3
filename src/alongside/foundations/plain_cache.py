"""The shared cache, with plain values only.

Django's own keeps values as pickles, and to read one is to run whatever stands in it: whoever could write into one table
would be in the program. Here a value is JSON, and one that is not is as if it were not there (ASVS 5.0, V1.5.2).
"""

import json
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import connection

from alongside.foundations import clock

KEEP = """
INSERT INTO site_cache AS c (cache_key, value, expires) VALUES (%(key)s, %(value)s, %(until)s)
ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires
WHERE %(over)s OR c.expires < %(now)s RETURNING 1
"""
FOR_EVER = datetime(9999, 12, 31, tzinfo=UTC)


class PlainCache(DatabaseCache):
    """What counts tries by address is kept here for some minutes, and goes with the next that is kept."""

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        """The values that are there, can be read and have not run out."""
        named = {self.make_and_validate_key(key, version=version): key for key in keys}
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT cache_key, value FROM site_cache WHERE cache_key = ANY (%s) AND expires >= %s",
                [list(named), clock.now()],
            )
            rows = cursor.fetchall()
        found = {named[key]: _read(value) for key, value in rows}
        return {key: value for key, value in found.items() if value is not None}

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Let a value that is there last longer."""
        value = self.get(key, version=version)
        return value is not None and self._base_set(
            "set", self.make_and_validate_key(key, version=version), value, timeout
        )

    def _base_set(self, mode: str, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT) -> bool:
        """Keep a value: `set` in the place of another, `add` only where none is or it has run out; True when it was kept."""
        until, now = self.get_backend_timeout(timeout), clock.now()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM site_cache WHERE expires < %s", [now])
            cursor.execute("SELECT count(*) FROM site_cache")
            if (many := cursor.fetchone()[0]) > self._max_entries:
                self._cull(connection.alias, cursor, now, many)  # type: ignore[attr-defined]  # the stubs leave it out
            cursor.execute(
                KEEP,
                {
                    "key": key,
                    "value": json.dumps(value),
                    "until": FOR_EVER if until is None else datetime.fromtimestamp(until, tz=UTC),
                    "over": mode != "add",
                    "now": now,
                },
            )
            return cursor.fetchone() is not None


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
