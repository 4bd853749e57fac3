"""The shelf of legal bases: what each law, or the agency's own rule, asks of a release. One file each in `catalogue/`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

from alongside.confidentiality.models import Mark
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
    `notice` what goes along with each disclosure, by language. `read_by` says of a translation which lawyer or sworn
    translator has read it: one that is not named there is this house's own work and nobody else's.
    """

    key: str
    source: str
    name: Text
    when: Text
    default_days: int
    longest_days: int
    statements: Mapping[tuple[str, int], tuple[str, ...]]
    notice: Mapping[str, str]
    general: bool = False
    general_for: Text = ""
    written: bool = True
    event: Text = ""
    must_mark: frozenset[Mark] = field(default_factory=frozenset)
    never_marks: frozenset[Mark] = field(default_factory=frozenset)
    read_by: Mapping[str, str] = field(default_factory=dict)

    @property
    def version(self) -> int:
        """The version of the statements that is shown now: the newest in English."""
        return max(version for language, version in self.statements if language == ENGLISH)

    @property
    def languages(self) -> list[str]:
        """The languages in which a paper can be printed now: those that have the newest version, by their English names."""
        return [one.name for one in paper_languages() if (one.name, self.version) in self.statements]

    def shown_in(self, language: str) -> "Shown":
        """The newest statements in a language, however it was written; in English where there are none in it."""
        known = paper_language(language)
        chosen = known.name if known and known.name in self.languages else ENGLISH
        return Shown(chosen, self.version, self.statements[chosen, self.version])

    def known_as(self, language: str, version: int, text: str) -> bool:
        """True when that text is what this basis says in that language and version."""
        sentences = self.statements.get((language, version))
        return sentences is not None and Shown(language, version, sentences).text == text

    def unread(self, language: str) -> bool:
        """True for a translation that no lawyer or sworn translator has read."""
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
