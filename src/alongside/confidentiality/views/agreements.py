"""The agency's agreements to share with other agencies: offered, accepted, ended (practice C1)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.confidentiality.actions.agreements import agreement_accept, agreement_end, agreement_offer
from alongside.confidentiality.forms.access import EndForm
from alongside.confidentiality.forms.sharing import AgreementForm
from alongside.confidentiality.queries.sharing import Agreed, agencies_known, agreements_of
from alongside.foundations import clock
from alongside.foundations.needs import actor_of, needs
from alongside.foundations.pages import HouseForm, ask, open_form
from alongside.foundations.roles import ADMINISTER
from alongside.foundations.templatetags.house import day, last_day

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


def _words_of(seen: Agreed, act: str) -> tuple[str, str, str, str]:
    """What a page that answers or ends an agreement asks, what its button says, what it means, and what is said once it is done."""
    told = {"name": seen.name, "since": day(seen.row.since), "until": last_day(seen.row.until)}
    if seen.row.until:
        days = _("Cases may be shared from %(since)s through %(until)s, each under its own release.") % told
    else:
        days = _("Cases may be shared from %(since)s, each under its own release. No end is set.") % told
    return {
        "accept": (_("Accept the agreement with %(name)s?") % told, _("Accept it"), days, _("The agreement is accepted.")),
        "turn down": (
            _("Turn down the offer of %(name)s?") % told, _("Turn it down"), _("Nothing is shared under it."),
            _("The offer is turned down."),
        ),
        "end": (
            _("End the agreement with %(name)s?") % told, _("End it"),
            _("Whatever is shared under it closes at once, on both sides."), _("The agreement is over."),
        ),
    }[act]  # fmt: skip


@needs(ADMINISTER)
def agreement_step(request: HttpRequest, agreement: UUID, act: str) -> HttpResponse:
    """Accept an offer, or end what was offered or agreed."""
    seen = next((one for one in agreements_of(actor_of(request).agency) if one.row.pk == agreement), None)
    if seen is None:
        raise Http404
    form = open_form(request, HouseForm if act == "accept" else EndForm)
    if act == "end" and seen.to_accept:
        form.fields["why"].label = _("Why it is turned down")
    *words, done = _words_of(seen, "turn down" if act == "end" and seen.to_accept else act)
    context = HERE | dict(zip(("heading", "button", "told"), words, strict=True)) | {"about": seen.row.purpose}

    def do() -> str:
        if act == "accept":
            agreement_accept(actor_of(request), agreement=seen.row)
        else:
            agreement_end(actor_of(request), agreement=seen.row, why=form.cleaned_data["why"])
        messages.success(request, done)
        return reverse("agreements")

    return ask(request, form, do, "confidentiality/agreement.html", context)
