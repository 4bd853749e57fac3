"""Pages of disposal: what is due, proposals, and the certificates that are left (practice D6)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alongside.confidentiality.actions import disposal as actions
from alongside.confidentiality.forms.policies import StepForm
from alongside.confidentiality.forms.retention import SureForm, WhyForm
from alongside.confidentiality.models import Certificate, Disposal
from alongside.confidentiality.queries import retention
from alongside.foundations import clock
from alongside.foundations.errors import NotYours
from alongside.foundations.needs import actor_of, needs
from alongside.foundations.pages import HouseForm, ask, open_form
from alongside.foundations.paper import paper
from alongside.foundations.roles import OVERSEE, SUPERVISE, WORK_CASE

form_page = require_http_methods(["GET", "POST"])
HERE = {"here": "retention"}


@needs(WORK_CASE)
@require_GET
def due(request: HttpRequest) -> HttpResponse:
    """What falls due within 90 days, of what one may see, each with its reason."""
    rows = retention.due_until()
    today = clock.today()
    context = HERE | {
        "rows": rows, "today": today, "now": [row for row in rows if row.due <= today and not row.held],
        "supervises": SUPERVISE.held_by(actor_of(request).roles),
    }  # fmt: skip
    return render(request, "confidentiality/due.html", context)


@needs(WORK_CASE)
@form_page
def disposal_propose(request: HttpRequest, subject: UUID) -> HttpResponse:
    """Propose to dispose of one record that is due."""
    found = retention.due_of(subject)
    if found is None:
        raise NotYours(_("There is nothing here."))
    form = open_form(request, StepForm)

    def do() -> str:
        actions.disposal_propose(actor_of(request), subject=subject)
        messages.success(request, _("It is proposed. Somebody else has to approve it."))
        return reverse("due")

    return ask(request, form, do, "confidentiality/propose.html", HERE | {"due": found, "today": clock.today()})


def _step(request: HttpRequest, disposal: UUID, kind: type[HouseForm], step: str) -> HttpResponse:
    """One step of a proposal: its page, or its verb."""
    actor = actor_of(request)
    rows = Disposal.objects.select_related("proposed_by", "approved_by", "program", "rule")
    found = get_object_or_404(rows, pk=disposal, agency_id=actor.agency)
    form = open_form(request, kind)

    def do() -> str:
        if step == "approve":
            actions.disposal_approve(actor, proposal=found)
            return reverse("disposal_carry_out", args=[found.pk])
        if step == "turn down":
            actions.disposal_turn_down(actor, proposal=found, why=form.cleaned_data["why"])
            return reverse("due")
        certificate = actions.disposal_carry_out(actor, proposal=found)
        messages.success(request, _("Nothing of it is left but this certificate."))
        return reverse("certificate", args=[certificate.pk])

    context = HERE | {"proposal": found, "due": retention.due_of(found.subject_id), "step": step}
    return ask(request, form, do, "confidentiality/disposal.html", context)


@needs(SUPERVISE)
@form_page
def disposal_approve(request: HttpRequest, disposal: UUID) -> HttpResponse:
    """Approve what somebody else proposed."""
    return _step(request, disposal, StepForm, "approve")


@needs(SUPERVISE)
@form_page
def disposal_turn_down(request: HttpRequest, disposal: UUID) -> HttpResponse:
    """Turn a proposal down, with the reason."""
    return _step(request, disposal, WhyForm, "turn down")


@needs(SUPERVISE)
@form_page
def disposal_carry_out(request: HttpRequest, disposal: UUID) -> HttpResponse:
    """Dispose of the record, which cannot be undone."""
    return _step(request, disposal, SureForm, "carry out")


@needs(OVERSEE)
@require_GET
def certificates(request: HttpRequest) -> HttpResponse:
    """Every certificate of disposal of the agency."""
    rows = retention.certificates(actor_of(request).agency)
    return render(request, "confidentiality/certificates.html", HERE | {"certificates": rows})


def _certificate(request: HttpRequest, key: UUID) -> dict[str, object]:
    rows = Certificate.objects.select_related("agency", "program", "proposed_by", "approved_by", "done_by")
    found = get_object_or_404(rows, pk=key, agency_id=actor_of(request).agency)
    return HERE | {
        "certificate": found, "went": retention.what_went(found), "kept_for": retention.kept_for(found.years, found.event)
    }  # fmt: skip


@needs(OVERSEE)
@require_GET
def certificate(request: HttpRequest, certificate: UUID) -> HttpResponse:
    """What is left of a record that was disposed of."""
    return render(request, "confidentiality/certificate.html", _certificate(request, certificate))


@needs(OVERSEE)
@require_GET
def certificate_pdf(request: HttpRequest, certificate: UUID) -> HttpResponse:
    """The certificate on paper."""
    return paper(request, "confidentiality/certificate_paper.html", _certificate(request, certificate), "disposal")
