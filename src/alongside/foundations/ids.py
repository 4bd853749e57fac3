"""Keys: UUID version 7, which sort by the time they were made; and what must not be guessed, which is no key."""

from secrets import token_bytes
from uuid import UUID

import uuid_utils


def new_id() -> UUID:
    """A fresh UUIDv7 as the standard library's type."""
    return UUID(int=uuid_utils.uuid7().int)


def new_id_text() -> str:
    """The same as text, for very many."""
    return str(uuid_utils.uuid7())


def unguessable() -> UUID:
    """128 random bits in the type that the database has for them. A UUID of any version has fewer."""
    return UUID(bytes=token_bytes(16))
