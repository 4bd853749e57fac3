"""What a client is shown of a release: its sentences, in which language, with the English beneath for the worker (practice C1, R5)."""

from dataclasses import dataclass
from itertools import zip_longest

from alongside.confidentiality.models import Release
from alongside.confidentiality.queries.basis import ENGLISH, basis_of
from alongside.foundations.languages import PaperLanguage, paper_language, paper_languages


@dataclass(frozen=True)
class ShownPaper:
    """The paper of a release as its client is shown it.

    `lines` are its sentences with the English of each, which is empty where they are English. `reads` says whether the
    client reads its language, `could` whether it could be in the one that they read, `unread` whether it is a translation
    that no lawyer or certified translator has read. `notice` is what those who receive something are told.
    """

    language: PaperLanguage
    lines: list[tuple[str, str]]
    reads: bool
    could: bool
    unread: bool
    notice: str


def shown_of(release: Release) -> ShownPaper:
    """What is shown of a release; the English is that of the same version, as far as it has as many sentences."""
    basis, reads = basis_of(release.basis), release.case.client.reads_language
    language = paper_language(release.language) or paper_languages()[0]
    said = release.statements.splitlines()
    english = basis.statements.get((ENGLISH, release.statements_version), ()) if language.name != ENGLISH else ()
    beneath = english if len(english) == len(said) else ()
    known = paper_language(reads)
    return ShownPaper(
        language, list(zip_longest(said, beneath, fillvalue="")), not reads or known == language,
        known is not None and known.name in basis.languages, basis.unread(language.name), basis.notice_in(language.name),
    )  # fmt: skip
