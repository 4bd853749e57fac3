"""One way to write a row down in bytes, and the stamp that only this program can put on it.

The stamp is a keyed digest under the secret key, which the database never holds: whoever owns the database can write a
row, but no stamp for it. Its first byte names the form, the list of columns it covers; a column that is added later makes
a new form, and rows of older forms stay provable.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models

SOURCES = ("foundations_deed", "foundations_look", "foundations_statechange")

_DEED = ("id", "at", "agency_id", "staff_id", "actor_name", "case_id", "verb", "subject_kind", "subject_id", "told")
_LOOK = ("id", "at", "agency_id", "staff_id", "actor_name", "case_id", "kind", "page", "subject_kind", "subject_id")
_CHANGE = ("id", "at", "agency_id", "staff_id", "case_id", "paper_kind", "paper_id", "start", "verb", "end", "reason")

FORMS: dict[str, tuple[tuple[str, ...], ...]] = {
    "foundations_deed": (_DEED,), "foundations_look": (_LOOK,), "foundations_statechange": (_CHANGE,),
}  # fmt: skip
"""By table, every form there has been, the newest last. None is ever changed."""

TELLS = ("salt", "sentence", "reason", "changes")
"""What a deed tells, with its salt: `told` is the digest of these, and stays when they are struck (decision 0017)."""

SAID = ("foundations_statechange", "reason")
"""A sealed column: its noise proves itself, and the stamp covers only whether there is any."""
MARK = 16
"""Bytes of the keyed digest that a stamp keeps."""
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


def as_bytes(value: object) -> bytes:
    """One value with its length before it, so that no two rows read alike; nothing at all is told from an empty text."""
    if value is None:
        return b"-"
    if isinstance(value, UUID):
        plain = value.bytes
    elif isinstance(value, datetime):
        plain = str((value - _BEGINNING) // _TICK).encode()
    elif isinstance(value, dict):
        plain = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    else:
        plain = str(value).encode()
    return b"%d:%b" % (len(plain), plain)


def written(table: str, form: int, values: Sequence[object]) -> bytes:
    """A row as bytes: its table, its form, and each column in the order that the form states."""
    names = FORMS[table][form - 1]
    read = (bool(value) if (table, name) == SAID else value for name, value in zip(names, values, strict=True))
    return f"{table}.{form}|".encode() + b"".join(map(as_bytes, read))


def told_of(salt: UUID | None, sentence: object, reason: object, changes: object) -> str:
    """The digest of what a deed tells. Beside the models, the database hands `changes` over as text."""
    changed = json.loads(changes) if isinstance(changes, str) else changes
    return hashlib.sha256(b"".join(map(as_bytes, (salt, str(sentence), str(reason), changed)))).hexdigest()


@cache
def _key(secret: str) -> bytes:
    return hmac.new(secret.encode(), b"stamps of deeds and looks", hashlib.sha256).digest()


def _keys() -> Iterator[bytes]:
    """The key of today, then those of before the secret key was changed."""
    yield from (_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def stamp_of(table: str, values: Sequence[object], form: int = 0) -> bytes:
    """The stamp of a row whose `values` stand in the order of a form, by its number; of the newest if it is 0."""
    form = form or len(FORMS[table])
    return bytes([form]) + hmac.digest(next(_keys()), written(table, form, values), "sha256")[:MARK]


def is_ours(stamp: bytes, text: bytes) -> bool:
    """True when this program put `stamp` on the row that reads `text`."""
    return any(hmac.compare_digest(stamp[1:], hmac.digest(key, text, "sha256")[:MARK]) for key in _keys())


def form_of(table: str, stamp: bytes) -> int:
    """The form that a stamp names, from 1; 0 for a stamp that names none."""
    return stamp[0] if stamp and 1 <= stamp[0] <= len(FORMS[table]) else 0


class ToldField(models.CharField):  # type: ignore[type-arg]  # the stubs name no types for it
    """The digest of what a deed tells, worked out when it is written for the first time."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Work it out for a new deed; one that is there keeps what it has, struck or not."""
        if add:
            setattr(model_instance, self.attname, told_of(*(getattr(model_instance, name) for name in TELLS)))
        return super().pre_save(model_instance, add)


class StampField(models.BinaryField):  # type: ignore[type-arg]  # the stubs name no types for it
    """The row's stamp, put on when it is written for the first time, in whichever way."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", b"")
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Stamp a new row; one that is there keeps the stamp it has."""
        if add:
            table = model_instance._meta.db_table
            values = [_plain(model_instance, name) for name in FORMS[table][-1]]
            setattr(model_instance, self.attname, stamp_of(table, values))
        return super().pre_save(model_instance, add)


def _plain(row: models.Model, name: str) -> object:
    """A column's value as the database will give it back: texts in the language in which they were written."""
    value = row._meta.get_field(name).to_python(getattr(row, name))  # type: ignore[union-attr]
    return value if value is None or isinstance(value, UUID | datetime | dict) else str(value)
