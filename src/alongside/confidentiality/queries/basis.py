"""The shelf of legal bases: what each law, or the agency's own rule, asks of a release. One file each in `catalogue/`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from django.utils.functional import Promise

from alongside.confidentiality.models import Mark
from alongside.foundations import clock
from alongside.foundations.languages import paper_language, paper_languages
from alongside.foundations.shelf import Shelf

Text = str | Promise
ENGLISH, SPANISH, ARABIC = "English", "Spanish", "Arabic"
"""Languages of papers by the names that records keep."""


@dataclass(frozen=True)
class Basis:
    """What a release under one basis must hold. Every release names what, to whom, why and until when (practice C1).

    Spans are whole days from the start. `general` lets it name a kind of recipient; `general_for` is then the only purpose
    it may have, where the law binds one to the other. `written` rules out leave that was only said aloud. `event` says what
    else must end it. `must_mark` are marks it exists for, `never_marks` what may not leave under it at all. `statements` are
    what the client is shown, by language and version, where a translation has the version of the English it was made from;
    `since` says of each version from which day it is shown. `notice` is what goes along with each disclosure, by language.
    `read_by` says of a translation which lawyer or certified translator has read it: one that is not named there is this
    house's own work and nobody else's.
    """

    key: str
    source: str
    name: Text
    when: Text
    default_days: int
    longest_days: int
    statements: Mapping[tuple[str, int], tuple[str, ...]]
    since: Mapping[int, date]
    notice: Mapping[str, str]
    general: bool = False
    general_for: Text = ""
    written: bool = True
    event: Text = ""
    must_mark: frozenset[Mark] = field(default_factory=frozenset)
    never_marks: frozenset[Mark] = field(default_factory=frozenset)
    read_by: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raises ValueError unless each version has a day from which it is shown, later than that of the one before."""
        versions = {version for language, version in self.statements if language == ENGLISH}
        if not versions == self.since.keys() == {version for _language, version in self.statements}:
            raise ValueError(
                f"{self.key}: each version of its statements has its English, and the day it is shown from"
            )
        if any(self.since[later] <= self.since[earlier] for earlier, later in pairwise(sorted(versions))):
            raise ValueError(f"{self.key}: a later version of its statements is shown from a later day")

    def version_on(self, day: date) -> int:
        """The version of the statements that stood on a day; before all of them the first, for no older words are known."""
        return max((version for version, first in self.since.items() if first <= day), default=min(self.since))

    @property
    def version(self) -> int:
        """The version of the statements that is shown today."""
        return self.version_on(clock.today())

    def languages_on(self, day: date) -> list[str]:
        """The languages that have the version of that day, by their English names."""
        return [one.name for one in paper_languages() if (one.name, self.version_on(day)) in self.statements]

    @property
    def languages(self) -> list[str]:
        """The languages in which a paper can be printed today."""
        return self.languages_on(clock.today())

    def shown_in(self, language: str, day: date | None = None) -> "Shown":
        """The statements of a day, today without one, in a language, however it was written; in English where it has none."""
        on, known = day or clock.today(), paper_language(language)
        chosen = known.name if known and known.name in self.languages_on(on) else ENGLISH
        version = self.version_on(on)
        return Shown(chosen, version, self.statements[chosen, version])

    def known_as(self, language: str, version: int, text: str) -> bool:
        """True when that text is what this basis says in that language and version."""
        sentences = self.statements.get((language, version))
        return sentences is not None and Shown(language, version, sentences).text == text

    def unread(self, language: str) -> bool:
        """True for a translation that no lawyer or certified translator has read."""
        return language != ENGLISH and language not in self.read_by

    def notice_in(self, language: str) -> str:
        """The notice to the recipient, in English where there is none in that language."""
        return self.notice.get(language) or self.notice[ENGLISH]


@dataclass(frozen=True)
class Shown:
    """The sentences that were shown, with their language and version."""

    language: str
    version: int
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """One sentence to a line."""
        return "\n".join(self.sentences)


BASES: Shelf[Basis] = Shelf("legal basis of a release")


def basis_of(key: str) -> Basis:
    """The basis of that key; the agency's own rule for one that is not on the shelf any more, for a page to be drawn by.

    Nothing is signed under a basis that nobody knows: see `gaps_of`.
    """
    return BASES[key] if key in {basis.key for basis in BASES} else BASES["local"]
