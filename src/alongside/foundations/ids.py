"""Keys: UUID version 7, which sort by the time they were made."""

from uuid import UUID

import uuid_utils


def new_id() -> UUID:
    """A fresh UUIDv7 as the standard library's type."""
    return UUID(int=uuid_utils.uuid7().int)


def new_id_text() -> str:
    """The same as text, for very many."""
    return str(uuid_utils.uuid7())
