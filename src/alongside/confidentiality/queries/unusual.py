"""Unusual looks that somebody may judge, and what of them waits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.confidentiality.models import LookRules, UnusualLook
from alongside.confidentiality.queries.touched import touched_by
from alongside.foundations import looks
from alongside.foundations.actor import Actor
from alongside.foundations.models import Look
from alongside.foundations.waiting import Waits
from alongside.people.models import Case

MOST = 100
AT_A_RECORD = (looks.OPENED, looks.PRINTED, looks.EXPORTED, looks.REFUSED)
"""Kinds of looks that are at a record, among which what stands out is sought."""


@dataclass(frozen=True)
class File:
    """A file among many that somebody looked at in a short time; without its case where the reader may know the number only."""

    number: str
    times: int
    first: datetime
    last: datetime
    case: Case | None = None


@dataclass(frozen=True)
class Files:
    """What the reader may know of them, in the order they were looked at, and how many others there were."""

    rows: tuple[File, ...]
    others: int


def rules_of(agency: UUID) -> LookRules:
    """What the agency set, or the defaults."""
    return LookRules.objects.filter(agency_id=agency).first() or LookRules(agency_id=agency)


def to_judge(actor: Actor) -> QuerySet[UnusualLook]:
    """Those that nobody has judged and that `actor` may, the oldest first."""
    rows = UnusualLook.objects.filter(agency_id=actor.agency, judged_at=None).exclude(staff_id=actor.staff)
    return rows.select_related("case__client").order_by("on", "first_at")


def judged(actor: Actor) -> QuerySet[UnusualLook]:
    """Those that were judged, the last first."""
    rows = UnusualLook.objects.filter(agency_id=actor.agency, judged_at__isnull=False).exclude(staff_id=actor.staff)
    return rows.select_related("case__client", "judged_by").order_by("-judged_at")


def files_of(look: UnusualLook) -> Files:
    """The files behind a look of many: those whose looks the actor reads, and for an administrator the numbers of the rest."""
    rows = Look.objects.filter(
        agency_id=look.agency_id, staff_id=look.staff_id, case_id__isnull=False, kind__in=AT_A_RECORD,
        at__gte=look.first_at, at__lte=look.last_at,
    ).values_list("case_id").annotate(Count("pk"), Min("at"), Max("at"))  # fmt: skip
    seen = list(rows)
    known = Case.objects.select_related("client").in_bulk([row[0] for row in seen])
    found = {
        case.number: File(case.number, times, first, last, case)
        for key, times, first, last in seen
        if (case := known.get(key))
    }
    for one in touched_by(look.staff_id, look.first_at, look.last_at + timedelta(microseconds=1)):
        times = sum(many for kind, many in one.kinds if kind in AT_A_RECORD)
        if one.number and times and one.number not in found:
            found[one.number] = File(one.number, times, one.first_at, one.last_at)
    return Files(tuple(sorted(found.values(), key=lambda file: file.first)), max(look.files - len(found), 0))


def looks_to_judge(actor: Actor) -> QuerySet[UnusualLook]:
    """Those that wait for `actor`, the oldest first."""
    rows = UnusualLook.objects.filter(agency_id=actor.agency, judged_at=None).exclude(staff_id=actor.staff)
    return rows.order_by("on")


def lines_to_judge(_actor: Actor, told: Sequence[Mapping[str, str]]) -> Iterable[Waits]:
    """One line for all of them, due on the day after the oldest."""
    said = ngettext("Judge one instance of unusual access", "Judge %(n)d instances of unusual access", len(told))
    due = date.fromisoformat(told[0]["on"]) + timedelta(days=1)
    yield Waits(due, said % {"n": len(told)}, _("who looked at which record, and why"), _("Review"), reverse("unusual"))
