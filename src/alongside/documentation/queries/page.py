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
from alongside.people.models import Assignment, Case


@dataclass(frozen=True)
class Stage:
    """One of the six stages of a case, as the header draws it: `past`, `here` or nothing yet."""

    name: str
    place: str
    since: date | None = None


def stages_of(case: Case) -> list[Stage]:
    """The six stages, read from what is on record; nobody sets them (ISED, design section 2). One query."""
    here = {"case": OuterRef("pk")}
    found, in_effect, reviewed = (
        Subquery(rows.order_by().values("case").annotate(first=Min(day)).values("first"))
        for rows, day in (
            (Need.objects.filter(**here), "found_on"),
            (PlanVersion.objects.filter(**here), "in_effect_on"),
            (Progress.objects.filter(**here, review_id__isnull=False), "on"),
        )
    )
    days = Case.objects.filter(pk=case.pk).values_list(found, in_effect, reviewed).first() or (None, None, None)
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

    A view that has the Thread already hands it in, so that it is woven once a page.
    """
    primary = Assignment.objects.filter(case=case, role="primary", until=None).select_related("staff").first()
    woven = thread or thread_of(case)
    return {
        "case": case, "client": case.client, "tab": tab, "here": "cases", "primary": primary.staff if primary else None,
        "stages": stages_of(case), "thread": woven, "breaks": len(breaks_in(woven)), "may_write": may_work(case.pk),
    } | more  # fmt: skip
