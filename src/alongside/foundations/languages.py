"""The languages in which papers exist. They are more than those of the screens: a client reads paper, staff read screens.

Which they are stands in the setting PAPER_LANGUAGES; what a paper says in one is a whole catalog under `locale/`
(decision 0023).
"""

import re
import unicodedata
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language_info, gettext

ADDED = re.compile(r"[(,;/].*")
"""What people add to the name of a language: Arabic (Levantine), Spanish, a little English."""


@dataclass(frozen=True)
class PaperLanguage:
    """A language of papers: its code, its English name, which records keep, its own name, and the side it is read from."""

    code: str
    name: str
    own: str
    rtl: bool

    @property
    def direction(self) -> str:
        """As a page says it."""
        return "rtl" if self.rtl else "ltr"


def paper_languages() -> list[PaperLanguage]:
    """Every language in which a paper can be printed, English first."""
    told = [get_language_info(code) for code in settings.PAPER_LANGUAGES]
    return [PaperLanguage(one["code"], one["name"], one["name_local"], one["bidi"]) for one in told]


def paper_language(said: str) -> PaperLanguage | None:
    """The language of papers that is meant by what somebody wrote: its English name or its own; None where there is none."""
    meant = _bare(ADDED.sub("", said))
    return next((one for one in paper_languages() if meant in (_bare(one.name), _bare(one.own))), None)


def _bare(name: str) -> str:
    """A name as it is compared: without marks above its letters, for many leave them out."""
    return (
        "".join(one for one in unicodedata.normalize("NFD", name) if not unicodedata.combining(one)).strip().casefold()
    )


def language_in_words(said: str) -> str:
    """The name of a language in that of the page, where it is one of papers; else as it was written."""
    known = paper_language(said)
    return gettext(known.name) if known else said
