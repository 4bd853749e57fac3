"""Which passwords are taken, said in our words; and those that are long and yet easy to guess.

The library's list of twenty thousand common passwords has few that are as long as ours must be; people reach the length by
adding to a short one. So what is looked up is the heart of it. Source: NIST SP 800-63B, 5.1.1.2 (dictionary words, repeated
and sequential characters, words of the context).
"""

import re
from functools import cache
from typing import Any

from django.contrib.auth import password_validation as rules
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

WORDS = frozenset({
    "alongside", "agency", "caseload", "casemanagement", "casemanager", "caseworker", "client", "clients", "shelter",
    "socialwork", "socialworker", "supervisor", "administrator", "welcome", "password", "passphrase",
})  # fmt: skip
"""Words of this house and of the field that would be tried first; beside them the names of the agency and of whose it is."""

ROWS = ("0123456789" * 2, "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn")
SHORTEST_ROW, LEAST_OF_ITS_OWN, LOOKED_AT = 4, 6, 128
"""Letters or figures: from how many on a row counts as one, how many have to be left without all that would be guessed, and how
many are looked at: whoever sends a book must not keep the server reading in it."""
_PLAIN = str.maketrans("@4310$57!", "aaeiosstl")
_EDGES = re.compile(r"^[^a-z]+|[^a-z]+$")
_NAMES = re.compile(r"[^\W\d_]{4,}")
_TWICE = re.compile(r"(.+?)\1+")


class Long(rules.MinimumLengthValidator):
    """Long enough."""

    def get_error_message(self) -> str:
        """What to do."""
        return ngettext(
            "This is too short: use at least %(n)d letter or number.",
            "This is too short: use at least %(n)d letters or numbers.",
            self.min_length,
        ) % {"n": self.min_length}


class Uncommon(rules.CommonPasswordValidator):
    """Not one of those that many people have."""

    def get_error_message(self) -> str:
        """What to do."""
        return _("This is too common and soon guessed. Choose another.")


class NotFiguresAlone(rules.NumericPasswordValidator):
    """More than figures."""

    def get_error_message(self) -> str:
        """What to do."""
        return _("Numbers alone are easy to guess. Put words into it.")


class NotOneself(rules.UserAttributeSimilarityValidator):
    """Not the e-mail once more."""

    def get_error_message(self) -> str:
        """What to do."""
        return _("This is too much like the e-mail. Choose another.")


class EasilyGuessed:
    """Refuses what is long only because it was lengthened."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises `ValidationError` with what to do instead."""
        low, words = password[:LOOKED_AT].lower(), about(user)
        heart = _EDGES.sub("", low)
        if heart in _common() or heart.translate(_PLAIN) in _common() or _little_is_left(low, words):
            raise ValidationError(
                _("This is among the first that would be tried. Take several words that do not belong together.")
            )

    def get_help_text(self) -> str:
        """What a form may say before anything is typed."""
        return _("Take several words that do not belong together.")


def _little_is_left(low: str, words: frozenset[str]) -> bool:
    """True when it holds something that everybody would guess, and without that hardly anything."""
    plain = "".join(sign for sign in low if sign.isalnum())
    again = _TWICE.fullmatch(plain)
    left = plain if again is None else again[1]
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, "")
    left = _without_rows(left)
    return left != plain and len(left) < (LEAST_OF_ITS_OWN if again is None else 2 * LEAST_OF_ITS_OWN)


def _without_rows(text: str) -> str:
    """What stands between rows of neighboring figures, letters or keys, forward or backward."""
    rows, kept, at = [*ROWS, *(row[::-1] for row in ROWS)], "", 0
    while at < len(text):
        long = max(n for n in range(len(text) - at + 1) if n == 0 or any(text[at : at + n] in row for row in rows))
        kept += "" if long >= SHORTEST_ROW else text[at]
        at += long if long >= SHORTEST_ROW else 1
    return kept


@cache
def _common() -> frozenset[str]:
    return frozenset(rules.CommonPasswordValidator().passwords)


def about(user: Any) -> frozenset[str]:
    """The words that stand for this house, for the agency of `user`, and for themselves."""
    agency, name = _known_of(user)
    email = str(getattr(user, "email", "")).partition("@")[2].rpartition(".")[0]
    parts = [_NAMES.findall(part.lower()) for part in (agency, email, name)]
    return WORDS.union(*parts, ("".join(part) for part in parts if part))


def _known_of(user: Any) -> tuple[str, str]:
    """The names of somebody's agency and of themselves; of someone who is only being added, the actor's agency."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT agency_name, name FROM staff_of(%s)", [getattr(user, "pk", None)])
        known = cursor.fetchone()
        if known is None:
            cursor.execute("SELECT name, '' FROM people_agency WHERE id = my_agency()")
            known = cursor.fetchone()
    return known or ("", "")
