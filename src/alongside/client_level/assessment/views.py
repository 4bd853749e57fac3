"""Pages of the room."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from alongside.client_level.assessment import actions, forms, queries
from alongside.client_level.assessment.models import Finding, Sitting
from alongside.client_level.assessment.states import SittingState
from alongside.confidentiality.access import case_view
from alongside.documentation.models import Need
from alongside.documentation.queries import case_page
from alongside.foundations import clock, looks
from alongside.foundations.needs import actor_of, page_name
from alongside.foundations.pages import ask, open_form
from alongside.foundations.paper import paper
from alongside.foundations.roles import READ_CASE, WORK_CASE
from alongside.people.models import Case


def _page(request: HttpRequest, case: Case, **more: Any) -> dict[str, Any]:
    return case_page(request, case, "assessment", **more)


def _whole(case: Case) -> dict[str, Any]:
    """Everything that is known of a case from its assessments and needs."""
    sittings = queries.sittings_of(case)
    sides = queries.sides_of(case)
    complete = [sitting for sitting in sittings if sitting.state == SittingState.COMPLETE]
    return {
        "sittings": sittings, "last": complete[0] if complete else None,
        "open": next((one for one in sittings if one.state == SittingState.OPEN), None),
        "due": queries.reassess_on(case, sittings), "rows": queries.need_rows(queries.needs_of(case)),
        "findings": queries.findings_of(case), "closed": queries.closed_findings(case), "sides": sides, "unspoken": queries.unspoken(sides),
    }  # fmt: skip


@case_view(READ_CASE)
def assessment(request: HttpRequest, case: Case) -> HttpResponse:
    """The tab: needs and who can meet them, strengths and barriers, nine sides of life, the sittings (A1-A6)."""
    return render(request, "assessment/assessment.html", _page(request, case, **_whole(case)))


@case_view(READ_CASE)
def assessment_pdf(request: HttpRequest, case: Case) -> HttpResponse:
    """The whole as one document (practice A10); printing it is kept as a look (C5)."""
    looks.look(looks.PRINTED, actor=actor_of(request), case=case.pk, page=page_name(request))
    return paper(
        request,
        "assessment/assessment_print.html",
        _page(request, case, today=clock.today(), **_whole(case)),
        "assessment",
    )


@case_view(WORK_CASE)
def sitting_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Begin an assessment, or go on with the one that is open."""
    begun = queries.open_sitting(case)
    if begun is not None and request.method == "GET":
        return HttpResponseRedirect(reverse("sitting_write", args=[case.pk, begun.pk]))
    form = open_form(request, forms.OccasionForm)
    again = queries.has_completed_sitting(case)
    context = _page(request, case, again=again)

    def do() -> str:
        made = actions.sitting_begin(actor_of(request), case=case, occasion=form.occasion())
        return reverse("sitting_write", args=[case.pk, made.pk])

    return ask(request, form, do, "assessment/sitting_new.html", context)


@case_view(READ_CASE)
def sitting(request: HttpRequest, case: Case, sitting: UUID) -> HttpResponse:
    """One sitting as it was written, with what changed since the one before (practice A9)."""
    found = get_object_or_404(Sitting.objects.select_related("by", "case"), pk=sitting, case=case)
    sides = queries.sides_in(found)
    more = {"sitting": found, "sides": sides, "findings": queries.findings_of(case, found)}
    return render(request, "assessment/sitting.html", _page(request, case, unspoken=queries.unspoken(sides), **more))


@case_view(WORK_CASE)
def sitting_write(request: HttpRequest, case: Case, sitting: UUID) -> HttpResponse:
    """The long form of a sitting: kept and left, or completed."""
    found = get_object_or_404(Sitting.objects.select_related("case"), pk=sitting, case=case)
    if found.state == SittingState.COMPLETE and request.method == "GET":
        return HttpResponseRedirect(reverse("sitting", args=[case.pk, found.pk]))
    sides = queries.sides_in(found)
    form = open_form(request, forms.SittingForm, sitting=found, sides=sides, client=case.client.short_name)
    findings = queries.findings_of(case, found)
    context = _page(request, case, sitting=found, findings=findings, needs=queries.needs_of(case))

    def do() -> str:
        act = actions.sitting_complete if request.POST.get("then") == "complete" else actions.sitting_keep
        edition = form.cleaned_data["edition"] or 0
        act(actor_of(request), sitting=found, accounts=form.accounts(), occasion=form.occasion(), edition=edition)
        return reverse("assessment", args=[case.pk])

    return ask(request, form, do, "assessment/sitting_write.html", context)


@case_view(WORK_CASE)
def finding_new(request: HttpRequest, case: Case, sitting: UUID) -> HttpResponse:
    """Record a strength or a barrier."""
    found = get_object_or_404(Sitting, pk=sitting, case=case)
    form = open_form(request, forms.FindingForm)
    context = _page(request, case, sitting=found)

    def do() -> str:
        actions.finding_add(actor_of(request), sitting=found, **form.facts())
        return reverse("sitting_write", args=[case.pk, found.pk])

    return ask(request, form, do, "assessment/finding.html", context)


@case_view(WORK_CASE)
def finding_edit(request: HttpRequest, case: Case, sitting: UUID, finding: UUID) -> HttpResponse:
    """Put a finding of an open sitting in other words."""
    found = get_object_or_404(Finding.objects.select_related("sitting"), pk=finding, sitting=sitting, case=case)
    form = open_form(request, forms.FindingForm, finding=found)
    context = _page(request, case, sitting=found.sitting, finding=found)

    def do() -> str:
        edition = form.cleaned_data["edition"] or 0
        actions.finding_change(actor_of(request), finding=found, edition=edition, **form.facts())
        return reverse("sitting_write", args=[case.pk, found.sitting_id])

    return ask(request, form, do, "assessment/finding.html", context)


@case_view(WORK_CASE)
def need_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Name a need; it gets the next number."""
    form = open_form(request, forms.NeedForm)
    context = _page(request, case)

    def do() -> str:
        actions.need_add(actor_of(request), case=case, **form.facts())
        return reverse("assessment", args=[case.pk])

    return ask(request, form, do, "assessment/need.html", context)


@case_view(WORK_CASE)
def need_edit(request: HttpRequest, case: Case, need: UUID) -> HttpResponse:
    """Put a need in other words, or judge it anew."""
    found = get_object_or_404(Need, pk=need, case=case)
    form = open_form(request, forms.NeedForm, need=found)
    context = _page(request, case, need=found)

    def do() -> str:
        edition = form.cleaned_data["edition"] or 0
        actions.need_change(actor_of(request), need=found, edition=edition, **form.facts())
        return reverse("assessment", args=[case.pk])

    return ask(request, form, do, "assessment/need.html", context)


@case_view(WORK_CASE)
def needs_order(request: HttpRequest, case: Case) -> HttpResponse:
    """Two orders of the needs, side by side."""
    form = open_form(request, forms.RankForm, needs=queries.needs_of(case), client=case.client.short_name)
    context = _page(request, case)

    def do() -> str:
        edition = form.cleaned_data["edition"] or 0
        places = {whose: form.places(whose) for whose in ("client", "worker")}
        actions.needs_rank(actor_of(request), case=case, edition=edition, **places)
        return reverse("assessment", args=[case.pk])

    return ask(request, form, do, "assessment/needs_order.html", context)
