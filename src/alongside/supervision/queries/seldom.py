"""What waits on few people on few days: all of it asked for at once, whatever there is of it (practice C3, C5, C6, E7, R6)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.client_level.termination.models import FollowUp
from alongside.confidentiality.models import Conflict, Disclosure, RestsOn
from alongside.confidentiality.queries.policies import unread
from alongside.confidentiality.queries.urgent import unjudged
from alongside.foundations import clock
from alongside.foundations.actor import Actor
from alongside.foundations.roles import SUPERVISE
from alongside.foundations.waiting import Kind as KindBeside
from alongside.foundations.waiting import Told, kinds_for
from alongside.people.models import Assignment
from alongside.people.models.case import AssignmentRole
from alongside.people.queries import told_at_once
from alongside.supervision.queries.carried import Carried, current
from alongside.supervision.queries.consent import consultation_lines, ending, release_lines
from alongside.supervision.queries.waiting import CLIENT, Line, week_end

READ_WITHIN = timedelta(days=14)
"""How long someone has to read a policy that was put in force."""
PRIMARY_FIRST = Choose(When(role=AssignmentRole.PRIMARY, then=0), default=1, output_field=IntegerField())


@dataclass(frozen=True)
class Kind:
    """One kind: its rows, what is told of each by name, and the lines they make. What is told is never a sealed word."""

    rows: QuerySet[Any]
    told: Mapping[str, str]
    lines: Callable[[list[Told]], Iterable[Line]]


def seldom_lines(actor: Actor, line: list[UUID], held: Mapping[UUID, Carried], *, whole: bool = True) -> Iterator[Line]:
    """What seldom waits on `actor`, for the cases `held`; unless it is `whole`, only what waits for those.

    One query, and one each where there is a consultation owed or a release that ends: their words are sealed.
    """
    kinds = [*_of_cases(line, held), *([*_of_the_line(actor, line), *_beside_clients(actor)] if whole else [])]
    for kind, told in zip(kinds, told_at_once(actor, [(kind.rows, kind.told) for kind in kinds]), strict=True):
        if told:
            yield from kind.lines(told)


def _beside_clients(actor: Actor) -> Iterator[Kind]:
    """What waits on this person beside the work with clients, whichever room it comes from; it names no client."""
    for kind in kinds_for(actor):
        yield Kind(kind.rows(actor), kind.told, partial(_other_lines, actor, kind))


def _other_lines(actor: Actor, kind: KindBeside, told: list[Told]) -> Iterator[Line]:
    for one in kind.lines(actor, told):
        yield Line(one.due, one.what, "", one.action, one.href, more=one.about)


def _of_cases(line: list[UUID], held: Mapping[UUID, Carried]) -> Iterator[Kind]:
    owed = Disclosure.objects.filter(case_id__in=list(held), rests_on=RestsOn.GROUND, consulted_at=None)
    yield Kind(owed, {"key": "pk"}, lambda _told: consultation_lines(held))
    yield Kind(ending(held), {"key": "pk"}, lambda _told: release_lines(held))
    if len(line) > 1:
        left = {"case": "case_id", "name": "staff__name", "on": "staff__left_on"}
        yield Kind(_left_behind(held), left, lambda told: _left_lines(held, told))


def _of_the_line(actor: Actor, line: list[UUID]) -> Iterator[Kind]:
    yield Kind(
        _follow_ups(actor, line),
        {"key": "pk", "case": "case_id", "on": "due_on", "client": CLIENT, "mine": "mine", "worker": "worker"},
        _follow_up_lines,
    )
    yield Kind(unread(actor), {"policy": "policy_id", "title": "policy__title", "on": "in_force_on"}, _policy_lines)
    if len(line) > 1:
        apart = {"case": "case_id", "name": "staff__name", "on": "since", "client": CLIENT}
        yield Kind(_kept_apart(line), apart, _apart_lines)
    if SUPERVISE.held_by(actor.roles):
        opened = {"key": "pk", "case": "case_id", "name": "staff__name", "at": "began_at", "client": CLIENT}
        yield Kind(unjudged(actor), opened, _urgent_lines)


def _urgent_lines(told: list[Told]) -> Iterator[Line]:
    """Urgent openings that nobody has judged yet, of cases this person answers for: due on the day they were made (C5)."""
    for row in told:
        said = _("%(name)s opened a case urgently: judge it") % {"name": row["name"]}
        on = timezone.localtime(datetime.fromisoformat(row["at"])).date()
        href = reverse("urgent_judgment", args=[row["key"]])
        yield Line(on, said, row["client"], _("Judge it"), href, UUID(row["case"]), first=True)


def _kept_apart(line: list[UUID]) -> QuerySet[Conflict]:
    """Conflicts that stand between a primary of the line and the case."""
    primaries = Assignment.objects.filter(current(), case=OuterRef("case"), staff=OuterRef("staff"), role="primary")
    lasting = Q(until=None) | Q(until__gt=clock.today())
    return Conflict.objects.filter(lasting, Exists(primaries), staff_id__in=line).order_by("since")


def _apart_lines(told: list[Told]) -> Iterator[Line]:
    """Cases of the line whose primary is kept apart from them by a conflict of interest: somebody else takes them on (R6)."""
    for row in told:
        said = _("%(name)s is kept apart from the case: name the next primary") % {"name": row["name"]}
        href = reverse("primary_next", args=[row["case"]])
        yield Line(date.fromisoformat(row["on"]), said, row["client"], _("Name the next"), href, UUID(row["case"]))


def _follow_ups(actor: Actor, line: list[UUID]) -> QuerySet[Any]:
    """Follow-ups that are late or come this week, unless the ending was undone meanwhile; with who is to make them."""
    places = Assignment.objects.filter(current(), staff_id__in=line)
    there = places.filter(case=OuterRef("case"))
    waits = FollowUp.objects.filter(case_id__in=places.values("case_id"), done_on=None, due_on__lte=week_end())
    return (
        waits.filter(closure__reopened_on=None)
        .annotate(
            mine=Exists(there.filter(staff_id=actor.staff)),
            worker=Subquery(there.order_by(PRIMARY_FIRST, "staff__name").values("staff__name")[:1]),
        )
        .order_by("due_on")
    )


def _follow_up_lines(told: list[Told]) -> Iterator[Line]:
    """Follow-ups after closing (T6, T7)."""
    for row in told:
        href = reverse("follow_up", args=[row["case"], row["key"]])
        yield Line(
            date.fromisoformat(row["on"]), _("Follow-up after closing"), row["client"], _("Follow up"), href, UUID(row["case"]),
            worker="" if row["mine"] else row["worker"],
        )  # fmt: skip


def _policy_lines(told: list[Told]) -> Iterator[Line]:
    """Policies in force that this person has not acknowledged yet, asked for until they have (C6)."""
    for row in told:
        if row["on"]:
            due, href = date.fromisoformat(row["on"]) + READ_WITHIN, reverse("policy", args=[row["policy"]])
            yield Line(due, _("Read a policy of the agency"), row["title"], _("Read"), href)


def _left_behind(held: Mapping[UUID, Carried]) -> QuerySet[Assignment]:
    """Places of a primary who has left."""
    primary = Assignment.objects.filter(current(), role=AssignmentRole.PRIMARY, case_id__in=list(held))
    return primary.filter(staff__left_on__lte=clock.today()).order_by("staff__left_on", "pk")


def _left_lines(held: Mapping[UUID, Carried], told: list[Told]) -> Iterator[Line]:
    """Open cases whose primary no longer works here: whoever answered for them names another (E7, S12)."""
    for row in told:
        said = _("%(name)s has left: name another primary case manager") % {"name": row["name"]}
        client, href = held[UUID(row["case"])].case.client.preferred_name, reverse("primary_next", args=[row["case"]])
        yield Line(date.fromisoformat(row["on"]), said, client, _("Name one"), href, UUID(row["case"]))
