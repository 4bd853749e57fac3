"""The list of cases one may open, in pages, with each case's stage; and finding one by what was typed."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery

from alongside.confidentiality.queries.alias import cases_by_true_name
from alongside.documentation.queries import FIRST_DAYS, first_days, stage_reached
from alongside.foundations.actor import Actor
from alongside.foundations.asked import Among
from alongside.foundations.roles import Role
from alongside.people.models import Assignment, Case
from alongside.people.queries import cases_by_identifier
from alongside.supervision.queries.breaks import count_breaks
from alongside.supervision.queries.carried import Carried, assigned_to, current, line_of

PAGE = 25


@dataclass(frozen=True)
class Row:
    """One case in the list, with what is read beside it."""

    case: Case
    stage: str
    worker: str
    breaks: int
    contact: Carried


@dataclass(frozen=True)
class Page:
    """A page of the list; `last` names its last case when more follow."""

    rows: list[Row]
    last: UUID | None


def _stage(case: Case) -> str:
    return stage_reached(case, [getattr(case, name, None) for name in FIRST_DAYS])


def _dressed(cases: QuerySet[Case]) -> QuerySet[Case]:
    of_case = {"case": OuterRef("pk")}
    primary = Assignment.objects.filter(current(), role="primary", **of_case).values("staff__name")[:1]
    return (
        cases.select_related("client", "program")
        .defer("client__safe_contact")
        .annotate(
            **first_days(),
            worker=Subquery(primary),
        )
    )


def _rows(cases: list[Case]) -> list[Row]:
    breaks = count_breaks([case for case in cases if case.is_open])
    return [
        Row(case, _stage(case), getattr(case, "worker", None) or "", breaks.get(case.pk, 0), Carried(case, ""))
        for case in cases
    ]


def page_of_cases(actor: Actor, *, own: bool, closed: bool, after: UUID | None) -> Page:
    """A page of one's own cases by name, or of every case one may open, the newest first."""
    cases = Case.objects.filter(agency_id=actor.agency, closed_on__isnull=not closed)
    if own:
        mine = Assignment.objects.filter(current(), staff_id=actor.staff).values("case_id")
        cases = cases.filter(pk__in=mine).order_by("client__preferred_name", "pk")
    else:
        cases = cases.filter(_of_line(actor)).order_by("-pk")
    if after is not None:
        cases = cases.filter(_beyond(after, by_name=own))
    # Which ones, then what is beside them: dressed all at once, PostgreSQL would read the whole agency for it.
    keys = list(cases.values_list("pk", flat=True)[: PAGE + 1])
    dressed = {case.pk: case for case in _dressed(Case.objects.filter(pk__in=keys[:PAGE]))}
    return Page(
        _rows([dressed[key] for key in keys[:PAGE] if key in dressed]), keys[PAGE - 1] if len(keys) > PAGE else None
    )


def _of_line(actor: Actor) -> Q:
    """The policy says the same; said here, PostgreSQL begins with the line's cases and not with all of the agency."""
    if Role.PROGRAM_MANAGER in actor.roles:
        return Q()
    return Q(Among("pk", assigned_to(line_of(actor))))


def _beyond(after: UUID, *, by_name: bool) -> Q:
    if not by_name:
        return Q(pk__lt=after)
    name = Case.objects.filter(pk=after).values_list("client__preferred_name", flat=True).first() or ""
    return Q(client__preferred_name__gt=name) | Q(client__preferred_name=name, pk__gt=after)


def find(typed: str) -> list[Row]:
    """Cases whose client's name is near to what was typed, or whose number it is, the nearest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id FROM find_cases(%s, %s)", [typed, PAGE])
        order = [row[0] for row in cursor.fetchall()]
    order = list(dict.fromkeys([*cases_by_identifier(typed), *cases_by_true_name(typed), *order]))[:PAGE]
    cases = _dressed(Case.objects.filter(pk__in=order))
    return _rows(sorted(cases, key=lambda case: order.index(case.pk)))
