"""Starter policies: in our own words, for an agency to take up, change and put in force (practice C6)."""

from dataclasses import dataclass

from alongside.foundations.shelf import Shelf


@dataclass(frozen=True)
class Starter:
    """A policy to begin from. What an agency has to decide for itself stands in square brackets.

    `words` are broken into lines as our source is; `text` has each paragraph on one line, as a form shows it.
    """

    key: str
    source: str
    title: str
    words: str
    language: str = "English"

    @property
    def text(self) -> str:
        """Headings and paragraphs, each on a line of its own, with an empty line between."""
        blocks = (block.splitlines() for block in self.words.strip().split("\n\n"))
        return "\n\n".join(_joined(lines) for lines in blocks)


def _joined(lines: list[str]) -> str:
    heading = [line for line in lines[:1] if line.startswith("#")]
    return "\n".join([*heading, " ".join(lines[len(heading) :])])


STARTERS: Shelf[Starter] = Shelf("starter policies")
