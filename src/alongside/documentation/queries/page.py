"""Reads that every page of a case shares: its header and its stage."""

from datetime import date
from typing import Any, cast

from django.db.models import DateField, OuterRef, QuerySet, Subquery, UUIDField
from django.http import HttpRequest

from alongside.confidentiality.access import WORKING
from alongside.documentation.queries.stages import Stage, first_days, stages_from
from alongside.documentation.thread import CaseThread, breaks_in, thread_of
from alongside.foundations import clock
from alongside.foundations.asked import Given, Question
from alongside.people.models import Assignment, Case, Staff


def _of_header() -> QuerySet[Any, Any]:
    today = Given("today", DateField())
    primary = Assignment.objects.filter(case=OuterRef("pk"), role="primary", since__lte=today).exclude(until__lte=today)
    who = (Subquery(primary.values("staff")[:1]), Subquery(primary.values("staff__name")[:1]))
    found: Any = Case.objects.filter(pk=Given("case", UUIDField())).annotate(mine=WORKING)
    return cast("QuerySet[Any, Any]", found.values_list(*first_days().values(), *who, "mine"))


_HEADER = Question(_of_header)


def _header(case: Case) -> tuple[list[date | None], Staff | None, bool]:
    """The first days that the stages begin with, the primary case manager, and whether the actor may write. One query."""
    rows = _HEADER.ask(case=case.pk, today=clock.today())
    *days, staff, name, mine = rows[0] if rows else (None, None, None, None, None, False)
    return days, Staff(pk=staff, name=name) if staff else None, bool(mine)


def stages_of(case: Case) -> list[Stage]:
    """The six stages, read from what is on record; nobody sets them (ISED, design section 2)."""
    return stages_from(case, _header(case)[0])


def case_page(
    request: HttpRequest, case: Case, tab: str, thread: CaseThread | None = None, **more: Any
) -> dict[str, Any]:
    """The context of a page of a case: header, stages, the Thread with its breaks, and whether the actor may write here.

    A view that has the Thread already hands it in, so that it is woven once a page. Two queries, one without it.
    """
    days, primary, mine = _header(case)
    woven = thread or thread_of(case)
    return {
        "case": case, "client": case.client, "tab": tab, "here": "cases", "primary": primary,
        "stages": stages_from(case, days), "thread": woven, "breaks": len(breaks_in(woven)), "may_write": mine,
    } | more  # fmt: skip
