"""Reads that every page of a case shares: its header and its stage."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min, OuterRef, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext as _

from alongside.confidentiality.access import may_work
from alongside.documentation.models import Need, PlanVersion, Progress
from alongside.documentation.thread import CaseThread, breaks_in, thread_of
from alongside.foundations import clock
from alongside.people.models import Assignment, Case, Staff


@dataclass(frozen=True)
class Stage:
    """One of the six stages of a case, as the header draws it: `past`, `here` or nothing yet."""

    name: str
    place: str
    since: date | None = None


def _header(case: Case) -> tuple[list[date | None], Staff | None]:
    """The first day of assessment, planning and monitoring, and the primary case manager. One query."""
    here = {"case": OuterRef("pk")}
    firsts = (
        Subquery(rows.order_by().values("case").annotate(first=Min(day)).values("first"))
        for rows, day in (
            (Need.objects.filter(**here), "found_on"),
            (PlanVersion.objects.filter(**here), "in_effect_on"),
            (Progress.objects.filter(**here, review_id__isnull=False), "on"),
        )
    )
    primary = Assignment.objects.filter(**here, role="primary", since__lte=clock.today()).exclude(
        until__lte=clock.today()
    )
    who = (Subquery(primary.values("staff")[:1]), Subquery(primary.values("staff__name")[:1]))
    rows: Any = Case.objects.filter(pk=case.pk).values_list(*firsts, *who)
    found: tuple[Any, ...] = rows.first() or (None,) * 5
    return list(found[:3]), Staff(pk=found[3], name=found[4]) if found[3] else None


def stages_of(case: Case) -> list[Stage]:
    """The six stages, read from what is on record; nobody sets them (ISED, design section 2)."""
    return _stages(case, _header(case)[0])


def _stages(case: Case, days: list[date | None]) -> list[Stage]:
    began = [case.opened_on, case.enrolled_on, *days, case.closed_on]
    names = [_("Engagement"), _("Assessment"), _("Planning"), _("Intervention"), _("Monitoring"), _("Ending")]
    reached = max(index for index, day in enumerate(began) if day is not None)
    return [
        Stage(name, "here" if index == reached else "past" if index < reached else "", day)
        for index, (name, day) in enumerate(zip(names, began, strict=True))
    ]


def case_page(
    request: HttpRequest, case: Case, tab: str, thread: CaseThread | None = None, **more: Any
) -> dict[str, Any]:
    """The context of a page of a case: header, stages, the Thread with its breaks, and whether the actor may write here.

    A view that has the Thread already hands it in, so that it is woven once a page. Three queries, two without it.
    """
    days, primary = _header(case)
    woven = thread or thread_of(case)
    return {
        "case": case, "client": case.client, "tab": tab, "here": "cases", "primary": primary,
        "stages": _stages(case, days), "thread": woven, "breaks": len(breaks_in(woven)), "may_write": may_work(case.pk),
    } | more  # fmt: skip
