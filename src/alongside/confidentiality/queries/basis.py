"""The shelf of legal bases: what each law, or the agency's own rule, asks of a release. One file each in `catalogue/`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

from alongside.confidentiality.models import Mark
from alongside.foundations.shelf import Shelf

Text = str | Promise
ENGLISH = "English"


@dataclass(frozen=True)
class Basis:
    """What a release under one basis must hold. Every release names what, to whom, why and until when (practice C1).

    Spans are whole days from the start. `general` lets it name a kind of recipient; `general_for` is then the only purpose
    it may have, where the law binds one to the other. `written` rules out leave that was only said aloud. `event` says what
    else must end it. `must_mark` are marks it exists for, `never_marks` what may not leave under it at all. `statements` are
    what the client is shown, by language and version; `notice` what goes along with each disclosure, by language.
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

    def shown_in(self, language: str) -> "Shown":
        """The newest statements in a language, by its English name; in English where there are none in it."""
        mine = [key for key in self.statements if key[0].lower() == language.strip().lower()]
        tongue, version = max(mine or [key for key in self.statements if key[0] == ENGLISH], key=lambda key: key[1])
        return Shown(tongue, version, self.statements[tongue, version])

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
