"""The agency's agreements to share with other agencies: offered, accepted, ended (practice C1)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.confidentiality.actions.agreements import agreement_accept, agreement_end, agreement_offer
from alongside.confidentiality.forms.access import EndForm
from alongside.confidentiality.forms.sharing import AgreementForm
from alongside.confidentiality.models import Agreement
from alongside.confidentiality.queries.sharing import agencies_known, agreements_of
from alongside.foundations import clock
from alongside.foundations.needs import actor_of, needs
from alongside.foundations.pages import HouseForm, ask, open_form
from alongside.foundations.roles import ADMINISTER

HERE = {"here": "agency"}


@needs(ADMINISTER)
def agreements(request: HttpRequest) -> HttpResponse:
    """Every agreement, and what waits to be accepted."""
    context = HERE | {"agreements": agreements_of(actor_of(request).agency)}
    return render(request, "confidentiality/agreements.html", context)


@needs(ADMINISTER)
def agreement_new(request: HttpRequest) -> HttpResponse:
    """Offer an agreement to another agency."""
    form = open_form(request, AgreementForm, known=agencies_known(), initial={"since": clock.today()})
    context = HERE | {"heading": _("Offer an agreement"), "button": _("Offer it"),
                      "told": _("Nothing is shared by it. It is in force once the other agency’s administrator accepts it.")}  # fmt: skip

    def do() -> str:
        agreement_offer(actor_of(request), **form.values())
        messages.success(request, _("The agreement is offered. It waits for the other agency."))
        return reverse("agreements")

    return ask(request, form, do, "confidentiality/agreement.html", context)


@needs(ADMINISTER)
def agreement_step(request: HttpRequest, agreement: UUID, act: str) -> HttpResponse:
    """Accept an offer, or end what was offered or agreed."""
    found = get_object_or_404(Agreement, pk=agreement)
    form = open_form(request, HouseForm if act == "accept" else EndForm)
    words = {
        "accept": (_("Accept the agreement?"), _("Accept it"), _("Cases may be shared from now on, each under its own release.")),
        "end": (_("End the agreement?"), _("End it"), _("Whatever is shared under it closes at once, on both sides.")),
    }[act]  # fmt: skip
    context = HERE | dict(zip(("heading", "button", "told"), words, strict=True)) | {"about": found.purpose}

    def do() -> str:
        if act == "accept":
            agreement_accept(actor_of(request), agreement=found)
            messages.success(request, _("The agreement is in force."))
        else:
            agreement_end(actor_of(request), agreement=found, why=form.cleaned_data["why"])
            messages.success(request, _("The agreement is over."))
        return reverse("agreements")

    return ask(request, form, do, "confidentiality/agreement.html", context)
