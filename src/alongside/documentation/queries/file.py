"""The shelf of what the printed case file is made of. Each room puts its own parts there, one file each (D2, D3)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from alongside.foundations.shelf import Shelf
from alongside.people.models import Case


@dataclass(frozen=True)
class Content:
    """What one part shows, and which of its minimum contents are not on record, each in a sentence (practice D3)."""

    shown: Mapping[str, Any]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class FilePart:
    """One part of the file. `position` orders the parts; `template` draws what `read` returns, under the name `part`."""

    key: str
    source: str
    position: int
    title: str | Promise
    template: str
    read: Callable[[Case], Content]


@dataclass(frozen=True)
class Drawn:
    """A part with its content."""

    part: FilePart
    content: Content

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not on record."""
        return self.content.missing

    @property
    def shown(self) -> Mapping[str, Any]:
        """What the template draws."""
        return self.content.shown


CASE_FILE: Shelf[FilePart] = Shelf("case file")


def parts_of(case: Case) -> list[Drawn]:
    """Every part of the file of a case, in order."""
    return [Drawn(part, part.read(case)) for part in sorted(CASE_FILE, key=lambda part: part.position)]
