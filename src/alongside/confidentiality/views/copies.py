"""The policies of a case: which the client was given, and their print (practice C6)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.confidentiality.access import case_view, in_frame
from alongside.confidentiality.actions.policies import policy_copy_give
from alongside.confidentiality.forms.policies import CopyForm
from alongside.confidentiality.models import PolicyCopy, PolicyVersion
from alongside.confidentiality.queries import policies
from alongside.foundations import clock, looks
from alongside.foundations.needs import actor_of, page_name
from alongside.foundations.pages import ask, open_form
from alongside.foundations.paper import paper
from alongside.foundations.roles import READ_CASE, WORK_CASE
from alongside.people.models import Case


def _page(request: HttpRequest, case: Case) -> dict[str, object]:
    copies = policies.copies_given(case)
    return in_frame(request, case, "people", copies=copies, missing=policies.not_given(case, copies))


@case_view(READ_CASE)
def case_policies(request: HttpRequest, case: Case) -> HttpResponse:
    """Which policies the client was given, when, in which language, by whom."""
    return render(request, "confidentiality/case_policies.html", _page(request, case))


@case_view(WORK_CASE)
def policy_copy_new(request: HttpRequest, case: Case) -> HttpResponseBase:
    """Write down that the client was given a copy; its print follows."""
    versions = policies.in_force(actor_of(request))
    initial = {"given_on": clock.today(), "language": case.client.reads_language or case.client.language}
    chosen = request.GET.get("version", "")
    known = {str(version.pk) for version in versions}
    form = open_form(
        request, CopyForm, versions=versions, initial=initial | ({"version": chosen} if chosen in known else {})
    )

    def do() -> str:
        policy_copy_give(actor_of(request), case=case, **form.values())
        messages.success(request, _("It is on record that the client has a copy."))
        return reverse("case_policies", args=[case.pk])

    context = in_frame(request, case, "people", any_in_force=bool(known))
    return ask(request, form, do, "confidentiality/policy_copy.html", context)


@case_view(READ_CASE)
def policy_copy_pdf(request: HttpRequest, case: Case, copy: UUID) -> HttpResponse:
    """The very version that the client was given, on paper."""
    found = get_object_or_404(PolicyCopy.objects.select_related("version__policy", "by"), pk=copy, case=case)
    looks.look(looks.PRINTED, actor=actor_of(request), case=case.pk, page=page_name(request))
    return _printed(request, found.version, {"copy": found, "case": case, "client": case.client})


@case_view(READ_CASE)
def policy_to_print(request: HttpRequest, case: Case, version: UUID) -> HttpResponse:
    """A policy in force, to be printed before it is given: it carries no name."""
    found = get_object_or_404(policies.in_force(actor_of(request)), pk=version)
    return _printed(request, found, {})


def _printed(request: HttpRequest, version: PolicyVersion, more: dict[str, object]) -> HttpResponse:
    context = {
        "version": version,
        "policy": version.policy,
        "printed_by": actor_of(request).name,
        "today": clock.today(),
    }
    return paper(request, "confidentiality/policy_paper.html", context | more, f"policy-{version.number}")
