"""Why somebody sees a case, in one sentence; the database answers by the very functions its policies read (practice C4)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.foundations.actor import Actor
from alongside.foundations.templatetags.house import day, last_day, moment
from alongside.people.models import Case, Staff

STRONGEST_FIRST = ("conflict", "primary", "team", "cover", "intake", "line", "program", "review", "urgent", "share")


@dataclass(frozen=True)
class Entitlement:
    """One ground. `through` names the colleague or the program by which it holds, or who declared a conflict."""

    kind: str
    through: str
    since: date | None
    until: date | None
    ends_at: datetime | None


@dataclass(frozen=True)
class Apart:
    """A conflict of interest as the one it concerns is told of it: nothing about the client."""

    number: str
    since: date
    until: date | None
    declared_by: str


def grounds(who: UUID, case: UUID) -> list[Entitlement]:
    """On what grounds `who` sees a case today, the strongest first. Empty for whoever may not ask it about them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ground, through, since, until, ends_at FROM why_seen(%s, %s)", [who, case])
        found = [Entitlement(*row) for row in cursor.fetchall()]
    return sorted(found, key=lambda one: (STRONGEST_FIRST.index(one.kind), one.since or date.min))


def why_i_see(actor: Actor, case: Case) -> str:
    """The ground on which the actor sees `case`, in one sentence."""
    return _("You can see this case because %(ground)s.") % {"ground": _mine(grounds(actor.staff, case.pk))}


def why_seen(staff: Staff, case: UUID | None) -> str:
    """The same about somebody else, for an administrator. It says nothing about the client."""
    found = grounds(staff.pk, case) if case else []
    if not found:
        return _("%(name)s cannot see this case: they neither work on it nor answer for it.") % {"name": staff.name}
    first = found[0]
    said = {
        "conflict": _("%(name)s cannot see this case: a conflict of interest was declared by %(through)s on %(since)s."),
        "primary": _("%(name)s can see this case as its primary case manager, since %(since)s."),
        "team": _("%(name)s can see this case as one of its team, since %(since)s."),
        "cover": _("%(name)s can see this case to cover for an absence, from %(since)s through %(until)s."),
        "intake": _("%(name)s can see this case because they did its intake, since %(since)s."),
        "line": _("%(name)s can see this case because they answer for %(through)s, who works on it."),
        "program": _("%(name)s can see this case because they manage the program %(through)s."),
        "review": _("%(name)s can see this case because its file is lent to them for review, since %(since)s."),
        "urgent": _("%(name)s can see this case until %(ends)s, because they opened it urgently."),
        "share": _("%(name)s can read parts of this case through %(until)s, because %(through)s shares it with them."),
    }  # fmt: skip
    return said[first.kind] % ({"name": staff.name} | _told(first))


def _mine(found: list[Entitlement]) -> str:
    if not found:  # the page is shown, so there is one; a file that closed in this very moment has none left
        return _("it was open to you a moment ago")
    first = found[0]
    said = {
        "primary": _("you are its primary case manager, since %(since)s"),
        "team": _("you are on its team, since %(since)s"),
        "cover": _("you cover for an absence, from %(since)s through %(until)s"),
        "intake": _("you did its intake, since %(since)s"),
        "line": _("you answer for %(through)s, who works on it"),
        "program": _("you manage the program %(through)s"),
        "review": _("its file is lent to you for review, since %(since)s; you may read it, not write in it"),
        "urgent": _("you opened it urgently; it closes %(ends)s"),
        "share": _("%(through)s shares it with you by name through %(until)s; you may read what its release covers"),
    }
    return said.get(first.kind, _("it was open to you a moment ago")) % _told(first)


def _told(ground: Entitlement) -> dict[str, str]:
    return {
        "through": ground.through,
        "since": day(ground.since) if ground.since else "",
        "until": last_day(ground.until) if ground.until else _("a day that is not set yet"),
        "ends": moment(timezone.localtime(ground.ends_at)) if ground.ends_at else "",
    }


def keeps_marks(actor: Actor, case: Case) -> bool:
    """True for who says who is let in to what is marked: the primary, and who answers for the case and may write in it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT %(case)s = ANY (my_primary_cases()) OR (i_supervise() AND (%(case)s = ANY (my_working_cases())"
            " OR case_in_my_programs(%(case)s)))",
            {"case": case.pk},
        )
        return bool(cursor.fetchone()[0])


def case_of_number(typed: str) -> UUID | None:
    """The case of a number, for an administrator; None when there is none."""
    if "\x00" in typed:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_of_number(%s)", [typed.strip()])
        found: UUID | None = cursor.fetchone()[0]
        return found


def kept_apart_from() -> list[Apart]:
    """The conflicts that keep the actor from cases, as they are told of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, since, until, declared_by FROM my_conflicts_told()")
        return [Apart(*row) for row in cursor.fetchall()]
