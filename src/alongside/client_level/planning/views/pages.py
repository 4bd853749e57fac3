"""The plan as it is read: the tab, an earlier version, what changed, the printed copy."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from alongside.client_level.assessment.queries import has_completed_sitting
from alongside.client_level.planning.queries.compare import changes_between
from alongside.client_level.planning.queries.page import plan_drawn
from alongside.client_level.planning.queries.versions import (
    open_needs,
    places_under,
    still_missing,
    version_before,
    version_to_show,
    versions_of,
)  # fmt: skip
from alongside.confidentiality.access import case_view
from alongside.documentation.models import PlanVersion
from alongside.documentation.models.plan import PlanState
from alongside.documentation.queries import case_page
from alongside.foundations import clock, looks
from alongside.foundations.languages import paper_language
from alongside.foundations.needs import actor_of
from alongside.foundations.paper import paper
from alongside.foundations.roles import READ_CASE
from alongside.people.models import Case


@case_view(READ_CASE)
def plan(request: HttpRequest, case: Case, number: int = 0) -> HttpResponse:
    """The plan's tab: the version being worked on, or the one in effect; with `number`, that version."""
    versions = versions_of(case)
    version = _chosen(versions, number)
    if version is None:
        return render(
            request, "planning/empty.html", case_page(request, case, "plan", assessed=has_completed_sitting(case))
        )
    context = case_page(request, case, "plan", versions=versions, **_drawn(case, versions, version))
    if version.state == PlanState.DRAFT:
        needs = open_needs(case, version)
        context |= {"open_needs": needs, "missing": still_missing(version, needs)}
    else:
        context |= places(case, version, context["primary"].name if context["primary"] else "")
    context["has_open"] = any(v.state in (PlanState.DRAFT, PlanState.SIGNING) for v in versions)
    return render(request, "planning/plan.html", context)


def _chosen(versions: list[PlanVersion], number: int) -> PlanVersion | None:
    if not number:
        return version_to_show(versions)
    found = next((version for version in versions if version.number == number), None)
    if found is None:
        raise Http404
    return found


def _drawn(case: Case, versions: list[PlanVersion], version: PlanVersion) -> dict[str, Any]:
    version.case = case  # spares a query for what is at hand
    drawn = plan_drawn(case, version, version_before(versions, version))
    return {"version": version, "plan": drawn, "told": version.options_told.splitlines()}


def places(case: Case, version: PlanVersion, worker: str) -> dict[str, Any]:
    """The places under the plan, and how many are still open."""
    found = places_under(version, case.program, case.client.preferred_name, worker)
    found = [one.read_by_all(case.client) for one in found]
    return {"under": found, "unsigned": sum(place.signature is None for place in found)}


@case_view(READ_CASE)
def plan_compare(request: HttpRequest, case: Case, number: int) -> HttpResponse:
    """What version `number` changed in the one before it that took effect."""
    versions = versions_of(case)
    version = _chosen(versions, number)
    base = version_before(versions, version) if version else None
    for one in (one for one in (base, version) if one):
        one.case = case
    changes = changes_between(base, version) if base and version else []
    context = case_page(request, case, "plan", version=version, base=base, changes=changes)
    return render(request, "planning/compare.html", context)


@case_view(READ_CASE)
def plan_pdf(request: HttpRequest, case: Case, number: int = 0) -> HttpResponse:
    """The client's copy on paper, in the first person; printing it is kept as a look (practice P9, C5).

    With `own` it is in the language that the client reads, where papers exist in it.
    """
    versions = versions_of(case)
    version = _chosen(versions, number)
    if version is None:
        raise Http404
    actor = actor_of(request)
    looks.look(looks.PRINTED, actor=actor, case=case.pk, page="plan_pdf")
    reads = paper_language(case.client.reads_language or case.client.language) if request.GET.get("own") else None
    code = reads.code if reads else get_language() or "en"
    with override(code):
        context = case_page(
            request, case, "plan", today=clock.today(), printed_by=actor.name, **_drawn(case, versions, version)
        )
        primary = context["primary"]
        context |= places(case, version, primary.name if primary else _("my worker"))
    return paper(request, "planning/paper.html", context, f"plan-{case.number}-{version.number}", code)
