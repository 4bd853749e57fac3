"""Reads about urgent openings: which case is meant, what waits for judgment, what one has opened oneself (practice C5)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from alongside.confidentiality.models import UrgentOpening
from alongside.foundations import clock
from alongside.foundations.actor import Actor
from alongside.people.models import Case

MOST = 5


@dataclass(frozen=True)
class Called:
    """A case that somebody outside its team has named: that there is one, and its number. Nothing else is known of it."""

    case: UUID
    program: UUID
    number: str


@dataclass(frozen=True)
class Own:
    """An urgent opening of one's own that lasts."""

    case: UUID
    number: str
    ends_at: datetime


def cases_called(typed: str) -> list[Called]:
    """Cases of exactly this number, or of somebody of exactly this name, that the actor may ask to open urgently."""
    if not typed.strip() or "\x00" in typed:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id, program_id, number FROM cases_called(%s, %s)", [typed.strip(), MOST])
        return [Called(*row) for row in cursor.fetchall()]


def hours_of_agency() -> int:
    """For how many hours an urgent opening lasts in the actor's agency."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT urgent_hours()")
        return int(cursor.fetchone()[0] or 0)


def unjudged(actor: Actor) -> QuerySet[UrgentOpening]:
    """Openings that wait for this person's judgment, the oldest first: of cases they answer for, and not their own."""
    rows = UrgentOpening.objects.filter(judged_at=None).exclude(staff_id=actor.staff)
    return rows.select_related("staff", "case__client").order_by("began_at")


def judged_lately(actor: Actor, most: int = 20) -> QuerySet[UrgentOpening]:
    """The last openings that were judged, of cases this person may open."""
    rows = UrgentOpening.objects.filter(judged_at__isnull=False).exclude(staff_id=actor.staff)
    return rows.select_related("staff", "case__client", "judged_by").order_by("-judged_at")[:most]


def own_openings(actor: Actor) -> list[Own]:
    """What this person has opened urgently and may still read."""
    mine = UrgentOpening.objects.filter(staff_id=actor.staff, ends_at__gt=clock.now()).order_by("ends_at")
    keys = dict(mine.values_list("case_id", "ends_at"))
    return [Own(case.pk, case.number, keys[case.pk]) for case in Case.objects.filter(pk__in=list(keys))]


def left_unjudged() -> tuple[int, datetime | None]:
    """For an administrator: how many openings of the agency nobody has judged yet, and since when the oldest waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT waiting, oldest FROM urgent_unjudged()")
        waiting, oldest = cursor.fetchone()
        return int(waiting), oldest
