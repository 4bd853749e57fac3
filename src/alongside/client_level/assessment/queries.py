"""Reads of the room: what is known of a case, what changed since it was last assessed, and what may follow."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from alongside.client_level.assessment.models import DomainEntry, Finding, Sitting, known_from
from alongside.client_level.assessment.states import SittingState
from alongside.documentation.models import Need
from alongside.documentation.models.thread import Domain
from alongside.people.models import Case


def has_completed_sitting(case: Case) -> bool:
    """True when at least one assessment of `case` is complete: only then is a plan made (practice P1)."""
    return Sitting.objects.filter(case=case, state=SittingState.COMPLETE).exists()


def sittings_of(case: Case) -> list[Sitting]:
    """Every sitting of a case with its worker, the latest first."""
    return list(Sitting.objects.filter(case=case).select_related("by").order_by("-on", "-id"))


def open_sitting(case: Case) -> Sitting | None:
    """The sitting that was begun and is not complete, if there is one (practice A10)."""
    return Sitting.objects.filter(case=case, state=SittingState.OPEN).first()


def reassess_on(case: Case, sittings: Iterable[Sitting]) -> date | None:
    """The day on which the whole is due again, by the program's span of days; None before the first is complete (A9)."""
    last = next((sitting for sitting in sittings if sitting.state == SittingState.COMPLETE), None)
    return last.on + timedelta(days=case.program.reassess_every_days) if last else None


@dataclass(frozen=True)
class NeedRow:
    """A need as the table shows it. `differ` when the client and the worker put it in different places (A5)."""

    need: Need
    known_from: str
    differ: bool


def needs_of(case: Case) -> list[Need]:
    """The needs of a case by their numbers."""
    return list(Need.objects.filter(case=case).order_by("number"))


def need_rows(needs: Iterable[Need]) -> list[NeedRow]:
    """The rows of the table of needs."""
    return [
        NeedRow(
            need, known_from(need.sources),
            None not in (need.client_rank, need.worker_rank) and need.client_rank != need.worker_rank,
        )
        for need in needs
    ]  # fmt: skip


def order_edition(needs: Iterable[Need]) -> int:
    """A number that changes whenever either order of the needs changes, or a need is added to them."""
    said = "|".join(
        f"{need.pk}:{need.client_rank}:{need.worker_rank}" for need in sorted(needs, key=lambda n: n.number)
    )
    return zlib.crc32(said.encode()) & 0x7FFFFFFF


@dataclass(frozen=True)
class Side:
    """One side of life as it is known, and how it stood when it was written of before (practice A1, A9).

    `change` is `new`, `changed` or `same`; empty where there is nothing earlier to compare with, or nothing now.
    """

    domain: Domain
    entry: DomainEntry | None = None
    before: DomainEntry | None = None

    @property
    def change(self) -> str:
        """What became of it since the last time."""
        if self.entry is None or self.before is None:
            return ""
        return "same" if _words(self.entry) == _words(self.before) else "changed"


def _words(entry: DomainEntry) -> tuple[str, str]:
    return entry.worker_words.strip(), entry.client_words.strip()


def _entries(case: Case) -> list[DomainEntry]:
    """Entries that say something, the latest sitting first."""
    found = DomainEntry.objects.filter(case=case).select_related("sitting").order_by("-sitting__on", "-sitting_id")
    return [entry for entry in found if any(_words(entry))]


def sides_of(case: Case) -> list[Side]:
    """The nine sides of life, each as it was last written of, with the time before that."""
    found: dict[str, list[DomainEntry]] = {}
    for entry in _entries(case):
        found.setdefault(entry.domain, []).append(entry)
    return [Side(domain, *found.get(domain, [])[:2]) for domain in Domain]


def sides_in(sitting: Sitting) -> list[Side]:
    """The nine sides of life as one sitting has them, each with what the last complete sitting before it said."""
    own: dict[str, DomainEntry] = {}
    before: dict[str, DomainEntry] = {}
    for entry in _entries(sitting.case):
        if entry.sitting_id == sitting.pk:
            own[entry.domain] = entry
        elif entry.sitting.state == SittingState.COMPLETE and (entry.sitting.on, entry.sitting_id) < (
            sitting.on,
            sitting.pk,
        ):
            before.setdefault(entry.domain, entry)
    return [Side(domain, own.get(domain), before.get(domain)) for domain in Domain]


def unspoken(sides: Iterable[Side]) -> list[str]:
    """The sides of life of which nothing was ever written, by name."""
    return [str(side.domain.label) for side in sides if side.entry is None and side.before is None]


def closed_findings(case: Case) -> int:
    """How many findings of the case the actor may not open, because of their marks (decision 0014)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT closed_findings(%s)", [case.pk])
        return int(cursor.fetchone()[0])


def findings_of(case: Case, sitting: Sitting | None = None) -> list[Finding]:
    """Strengths first, then barriers, the latest sitting first; of one sitting when it is given."""
    found = Finding.objects.filter(case=case).select_related("sitting")
    if sitting is not None:
        found = found.filter(sitting=sitting)
    return list(found.order_by("-kind", "-sitting__on", "id"))
