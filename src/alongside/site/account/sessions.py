"""Sessions that end after a working day, however busy they are (practice C4)."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as InDatabase

KEPT_AS = "door"


class SessionStore(InDatabase):
    """Lasts `SESSION_LASTS` seconds from the moment somebody came in by the door, and no longer.

    The library lets a session last from its latest use. What is sent with one that ended so is kept for its writer, as
    with any that ran out (decision 0007).
    """

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        """When it ends: as the library has it, or at the end of the day that began with the sign-in."""
        usual: datetime = super().get_expiry_date(**kwargs)
        door = self.get(KEPT_AS)
        if not isinstance(door, dict) or "began" not in door:
            return usual
        return min(usual, datetime.fromtimestamp(door["began"] + settings.SESSION_LASTS, tz=UTC))
