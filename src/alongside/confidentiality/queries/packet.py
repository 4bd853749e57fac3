"""The shelf of what can leave: each room puts there the parts it holds, one file each, as items to tick (practice C2)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise

from alongside.confidentiality.models import Category, Mark
from alongside.foundations.shelf import Shelf
from alongside.people.models import Case


class OwnWords(str):
    """What the client said: wherever an item is read or printed, it is set in the client's voice (guide, section 1)."""

    own = True


@dataclass(frozen=True)
class Item:
    """One thing that can leave by itself. `lines` are its words, each with a label; `on` is its day in the record and `number` its
    version, if it has one. `files` are what goes beside the packet: a label, and what the address `disclosed_file` needs of it.
    """

    key: str
    category: Category
    title: str
    lines: tuple[tuple[str, str], ...]
    on: date | None = None
    marks: frozenset[Mark] = field(default_factory=frozenset)
    number: int | None = None
    files: tuple[tuple[str, UUID], ...] = ()

    @property
    def mark_names(self) -> list[str]:
        """Its sensitivity marks in words."""
        return [str(mark.label) for mark in sorted(self.marks)]

    @property
    def headed(self) -> bool:
        """False where its title would only say what the label of its first line says."""
        return bool(self.marks or self.on) or not self.lines or self.title != self.lines[0][0]

    @property
    def digest(self) -> str:
        """A keyed digest of all that a reader would see of it: it tells that a word was changed, and no word."""
        told = repr((self.key, self.title, self.lines, sorted(self.marks), self.files))
        return salted_hmac("alongside.packet", told, algorithm="sha256").hexdigest()


@dataclass(frozen=True)
class PacketPart:
    """A part of the record that can leave. `read` gives its items, signed and complete ones only, oldest first."""

    key: str
    source: str
    position: int
    category: Category
    title: str | Promise
    read: Callable[[Case], Sequence[Item]]


PACKET: Shelf[PacketPart] = Shelf("packet")


@dataclass(frozen=True)
class Drawn:
    """A part with those of its items that can be ticked."""

    part: PacketPart
    items: tuple[Item, ...]


def parts_of_packet(case: Case) -> list[Drawn]:
    """Everything of a case that could leave, in order; parts without any item are left out."""
    drawn = (Drawn(part, tuple(part.read(case))) for part in sorted(PACKET, key=lambda part: part.position))
    return [one for one in drawn if one.items]


def items_of(case: Case, keys: Iterable[str]) -> list[Item]:
    """The items of these keys, as they stand now, in the order of the packet; a key that names nothing is left out."""
    wanted = set(keys)
    kinds = {key.split(":")[0] for key in wanted}
    parts = (part for part in sorted(PACKET, key=lambda part: part.position) if part.key in kinds)
    return [item for part in parts for item in part.read(case) if item.key in wanted]


def marks_of(row: models.Model) -> frozenset[Mark]:
    """The sensitivity marks that a row bears; none where its table has no place for them."""
    return frozenset(Mark(one) for one in getattr(row, "marks", None) or ())


def told_lines(*lines: tuple[str | Promise, object]) -> tuple[tuple[str, str], ...]:
    """Labels with their words, without those that say nothing."""
    said = ((str(label), words) for label, words in lines if words not in (None, "", []))
    return tuple((label, words if isinstance(words, OwnWords) else str(words)) for label, words in said)


def seal_of(items: Iterable[Item]) -> str:
    """One digest for a whole packet: what was previewed is what leaves."""
    told = "\n".join(item.digest for item in items)
    return salted_hmac("alongside.packet", told, algorithm="sha256").hexdigest()
