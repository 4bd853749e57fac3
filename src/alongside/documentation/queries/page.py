"""Reads that every page of a case shares: its header and its stage."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db.models import DateField, Exists, OuterRef, QuerySet, Subquery, UUIDField
from django.http import HttpRequest

from alongside.confidentiality.access import WORKING
from alongside.confidentiality.models import TrueName
from alongside.confidentiality.queries.alias import true_name_of
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
    aliased = Exists(TrueName.objects.filter(person=OuterRef("client")))  # under policy: for those who may know
    return cast("QuerySet[Any, Any]", found.values_list(*first_days().values(), *who, "mine", aliased))


_HEADER = Question(_of_header)


@dataclass(frozen=True)
class Header:
    """The first days that the stages begin with, the primary case manager, whether the actor may write, and the client's
    true names where the client is listed under an alias and the actor may know them."""

    days: list[date | None]
    primary: Staff | None
    mine: bool
    true_name: TrueName | None


def _header(case: Case) -> Header:
    """One query, and one more for a client under an alias."""
    rows = _HEADER.ask(case=case.pk, today=clock.today())
    *days, staff, name, mine, aliased = rows[0] if rows else (None, None, None, None, None, False, False)
    known = true_name_of(case) if aliased else None
    return Header(days, Staff(pk=staff, name=name) if staff else None, bool(mine), known)


def stages_of(case: Case) -> list[Stage]:
    """The six stages, read from what is on record; nobody sets them (ISED, design section 2)."""
    return stages_from(case, _header(case).days)


def case_page(
    request: HttpRequest, case: Case, tab: str, thread: CaseThread | None = None, **more: Any
) -> dict[str, Any]:
    """The context of a page of a case: header, stages, the Thread with its breaks, and whether the actor may write here.

    A view that has the Thread already hands it in, so that it is woven once a page. Two queries, one without it.
    """
    header = _header(case)
    woven = thread or thread_of(case)
    return {
        "case": case, "client": case.client, "tab": tab, "here": "cases", "primary": header.primary,
        "stages": stages_from(case, header.days), "thread": woven, "breaks": len(breaks_in(woven)), "may_write": header.mine,
        "true_name": header.true_name,
    } | more  # fmt: skip
