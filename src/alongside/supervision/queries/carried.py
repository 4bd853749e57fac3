"""Which cases a person carries, or answers for, today."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import F, Q
from django.utils.translation import gettext as _

from alongside.foundations import clock
from alongside.foundations.actor import Actor
from alongside.foundations.asked import Among
from alongside.foundations.roles import Role
from alongside.people.models import Assignment, Case
from alongside.people.models.case import AssignmentRole

# The intake worker's place counts only until the client is enrolled.
CARRIES = Q(role__in=(AssignmentRole.PRIMARY, AssignmentRole.COVER)) | Q(
    role=AssignmentRole.INTAKE, case__enrolled_on=None
)
MOST_CARRIED = 300
SEALED = ("case__client__safe_contact",)


@dataclass(frozen=True)
class Carried:
    """An open case and the worker who carries it; `worker` is empty for one's own."""

    case: Case
    worker: str

    @property
    def days_unseen(self) -> int:
        """Whole days since the client was last seen; since enrollment, or opening, when never."""
        since: date = self.case.last_seen_on or self.case.enrolled_on or self.case.opened_on
        return (clock.today() - since).days

    @property
    def is_over(self) -> bool:
        """True when an enrolled client went unseen for longer than agreed (practice M4)."""
        return self.case.enrolled_on is not None and self.days_unseen > self.case.contact_every_days

    @property
    def is_far_over(self) -> bool:
        """True at twice the agreed span or more."""
        return self.days_unseen >= 2 * self.case.contact_every_days

    @property
    def tone(self) -> str:
        """How the bar is filled: a warning, or over."""
        return "over" if self.is_far_over else "warn"

    @property
    def said(self) -> str:
        """The bar in words."""
        numbers = {"n": self.days_unseen, "agreed": self.case.contact_every_days}
        return _("%(n)d days since last seen; agreed every %(agreed)d") % numbers


def line_of(actor: Actor) -> list[UUID]:
    """The actor and, for a supervisor, everyone down their line of supervision."""
    if Role.SUPERVISOR not in actor.roles:
        return [actor.staff]
    with connection.cursor() as cursor:
        cursor.execute("SELECT unnest(my_line())")
        return [row[0] for row in cursor.fetchall()]


def current() -> Q:
    """Assignments that hold today: begun, and not ended."""
    today = clock.today()
    return Q(since__lte=today) & (Q(until=None) | Q(until__gt=today))


def assigned_to(line: list[UUID]) -> ArraySubquery:
    """The keys of all cases that somebody of the line is assigned to today."""
    return ArraySubquery(Assignment.objects.filter(current(), staff_id__in=line).values("case_id"))


def carried_by(actor: Actor, line: list[UUID]) -> list[Carried]:
    """Open cases of the line, each once: one's own first, then worker by worker, each time those unseen longest first.

    The worker with the client who was unseen longest comes first.
    """
    rows = (
        Assignment.objects.filter(
            current(), CARRIES, Among("case__pk", assigned_to(line)), staff_id__in=line, case__closed_on=None
        )
        .select_related("case__client", "case__program", "staff")
        .defer(*SEALED)
        .order_by(F("case__last_seen_on").asc(nulls_first=True), "case_id", "role")[:MOST_CARRIED]
    )
    found: dict[UUID, Carried] = {}
    for row in rows:
        own = row.staff_id == actor.staff
        if own or row.case_id not in found:
            found[row.case_id] = Carried(row.case, "" if own else row.staff.name)
    met = {name: at for at, name in enumerate(dict.fromkeys(one.worker for one in found.values()))}
    return sorted(found.values(), key=lambda one: (one.worker != "", met[one.worker]))


def longer_unseen(carried: list[Carried]) -> list[Carried]:
    """Clients not seen for longer than agreed, the longest first (practice M4)."""
    return sorted((one for one in carried if one.is_over), key=lambda one: -one.days_unseen)
