"""Whose records an account touched between two times: case numbers, kinds and counts, for those who see no client."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from alongside.foundations import looks


@dataclass(frozen=True)
class Touched:
    """One case, by its number; the number is empty for what was done outside of any case."""

    number: str
    kinds: tuple[tuple[str, int], ...]
    first_at: datetime
    last_at: datetime

    @property
    def times(self) -> int:
        """How often in all."""
        return sum(many for _kind, many in self.kinds)

    @property
    def said(self) -> str:
        """The kinds with their counts, in words."""
        return ", ".join(f"{kind_words(kind)} {many}" for kind, many in self.kinds)


def kind_words(kind: str) -> str:
    """What was done, in one word or two."""
    words = {
        looks.OPENED: _("opened"), looks.PRINTED: _("printed"), looks.EXPORTED: _("exported"), looks.SEARCHED: _("searched"),
        looks.LISTED: _("listed"), looks.REFUSED: _("refused"), looks.SIGNED_IN: _("signed in"),
        looks.SIGN_IN_FAILED: _("sign-in failed"), looks.LOCKED_OUT: _("locked out"), looks.SIGNED_OUT: _("signed out"),
        looks.SAID_WHO: _("said who is there"), "changed": _("changed"),
    }  # fmt: skip
    return words.get(kind, kind)


def touched_by(staff: UUID, since: datetime, until: datetime) -> list[Touched]:
    """Each case that the account of `staff` touched from `since` to before `until`, by number. One query.

    Empty for everyone but an administrator of that agency: the database answers nobody else.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, kind, times, first_at, last_at FROM touched_by(%s, %s, %s)", [staff, since, until]
        )
        rows = cursor.fetchall()
    found: dict[str, list[tuple[str, int, datetime, datetime]]] = {}
    for number, kind, times, first, last in rows:
        found.setdefault(number, []).append((kind, times, first, last))
    return [
        Touched(number, tuple((kind, times) for kind, times, *_ in of), min(o[2] for o in of), max(o[3] for o in of))
        for number, of in found.items()
    ]
