"""Pages of services and of referrals out, and of what lies loose."""

from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from alongside.client_level.intervention import queries
from alongside.client_level.intervention.actions import (
    loose_end_attach,
    referral_out_answer,
    referral_out_chase,
    referral_out_make,
    referral_out_send,
    referral_out_withdraw,
    service_record,
)
from alongside.client_level.intervention.forms import (
    AnswerForm,
    ChaseForm,
    LooseEndForm,
    ReferralOutForm,
    SendForm,
    ServiceForm,
    WithdrawForm,
    people_around,
)
from alongside.confidentiality.access import case_view
from alongside.confidentiality.models import Category
from alongside.confidentiality.queries.disclosures import told_not
from alongside.confidentiality.queries.releases import in_force
from alongside.documentation.models import Note, ReferralOut, Service
from alongside.documentation.models.work import Mode, ReferralState
from alongside.documentation.queries import case_page
from alongside.foundations import clock
from alongside.foundations.needs import actor_of
from alongside.foundations.pages import ask, open_form, save
from alongside.foundations.roles import READ_CASE, WORK_CASE
from alongside.people.access import must_look_open
from alongside.people.models import Case

LONGEST_PLACE = 200
"""Characters of an address to go back to."""


@case_view(READ_CASE)
def services(request: HttpRequest, case: Case) -> HttpResponse:
    """What was planned and what was given, referrals step by step, the ledger of services, and loose ends."""
    deliveries = queries.deliveries_of(case)
    referrals = [(row, queries.steps_of(row), queries.late_words(row)) for row in queries.referrals_of(case)]
    context = case_page(
        request, case, "services", deliveries=deliveries, ledger=queries.services_of(case),
        referrals=referrals,
        loose_notes=queries.loose_notes(case), loose_services=queries.loose_services(case),
        never=sum(one.state == "never" for one in deliveries), silent=sum(one.state == "silent" for one in deliveries),
        unanswered=sum(1 for _row, _steps, late in referrals if late),
    )  # fmt: skip
    return render(request, "intervention/services.html", context)


@case_view(WORK_CASE)
def service_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Record a service given, or work done for the client."""
    only_when_open(request, case)
    first = {
        "on": clock.today(),
        "mode": Mode.FACE_TO_FACE,
        "present": [case.client.short_name],
        "ties": asked_for(request),
    }
    picks, around = queries.picks_of(case), people_around(case.client)
    form = open_form(request, ServiceForm, initial=first, picks=picks, around=around)
    context = case_page(request, case, "services", form=form)

    def do() -> str:
        told = {name: form.cleaned_data[name] for name in ("on", "kind", "what", "minutes", "mode", "place")}
        tie = form.one_tie()
        service_record(
            actor_of(request), case=case, present=form.all_present(), tie=tie, stands_alone=tie is None, **told
        )
        return reverse("services", args=[case.pk])

    return ask(request, form, do, "intervention/service_new.html", context)


@case_view(WORK_CASE)
def end_attach(request: HttpRequest, case: Case, noun: str, key: UUID) -> HttpResponse:
    """Say where a signed note or a service belongs."""
    only_when_open(request, case)
    kinds: dict[str, type[Note | Service]] = {"note": Note, "service": Service}
    if noun not in kinds:
        raise Http404
    loose = cast("Note | Service", get_object_or_404(kinds[noun], pk=key, case=case))
    form = open_form(request, LooseEndForm, initial={"ties": asked_for(request)}, picks=queries.picks_of(case))
    back = came_from(request)
    context = case_page(request, case, "services", form=form, end=loose, is_note=noun == "note", back=back)

    def do() -> str:
        loose_end_attach(actor_of(request), end=loose, tie=form.one_tie())
        return back or reverse("services", args=[case.pk])

    return ask(request, form, do, "intervention/loose_end.html", context)


def came_from(request: HttpRequest) -> str:
    """The page of ours that the address or the form says to go back to; empty for none and for any other address."""
    back = request.POST.get("back") or request.GET.get("back") or ""
    ours = back.startswith("/") and len(back) <= LONGEST_PLACE and url_has_allowed_host_and_scheme(back, None)
    return back if ours and back.isprintable() else ""


def only_when_open(request: HttpRequest, case: Case) -> None:
    """No form is drawn for a closed case. What was typed meanwhile comes back with the verb's own refusal."""
    if request.method != "POST":
        must_look_open(case)


def asked_for(request: HttpRequest) -> str:
    """The goal or objective that the address asks to begin with."""
    return request.GET.get("objective") or request.GET.get("goal") or ""


@case_view(WORK_CASE)
def referral_out_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Make a referral to another agency."""
    only_when_open(request, case)
    reads = case.client.reads_language or case.client.language
    first = {"ties": asked_for(request), "read_in": reads, "gives": ["identity"]}
    form = open_form(request, ReferralOutForm, initial=first, picks=queries.picks_of(case), releases=in_force(case))
    context = case_page(request, case, "services", form=form, kin=told_not(case))

    def do() -> str:
        told = {name: form.cleaned_data[name] for name in ("organization", "service", "shares", "gives", "warm")}
        made = referral_out_make(actor_of(request), case=case, tie=form.one_tie(), consent=form.consent(), **told)
        return reverse("referral_out", args=[case.pk, made.pk])

    return ask(request, form, do, "intervention/referral_out_new.html", context)


@case_view(READ_CASE)
def referral_out(request: HttpRequest, case: Case, referral: UUID) -> HttpResponse:
    """A referral out: its steps, what it shares, and what can be done next."""
    rows = ReferralOut.objects.select_related("goal", "objective", "by", "release")
    found = get_object_or_404(rows, pk=referral, case=case)
    return render(request, "intervention/referral_out.html", _referral_page(request, case, found))


def _referral_page(request: HttpRequest, case: Case, found: ReferralOut, **more: Any) -> dict[str, Any]:
    reads = case.client.reads_language or case.client.language
    first = {"edition": found.edition, "on": clock.today(), "read_in": reads}
    releases = in_force(case) if found.state == ReferralState.DRAFT else []
    return case_page(
        request, case, "services", referral=found, steps=queries.steps_of(found), history=queries.history_of(found),
        send_form=SendForm(referral=found, releases=releases, auto_id="send_%s", initial=first), kin=told_not(case),
        gives=[Category(part).label for part in found.gives],
        answer_form=AnswerForm(referral=found, auto_id="answer_%s", initial=first),
        withdraw_form=WithdrawForm(auto_id="withdraw_%s", initial=first),
        chase_form=ChaseForm(auto_id="chase_%s", initial=first), waits=found.state in queries.OWED,
        late=queries.is_late(found),
    ) | more  # fmt: skip


@case_view(WORK_CASE)
def referral_out_step(request: HttpRequest, case: Case, referral: UUID, act: str) -> HttpResponse:
    """Send a referral, write down an answer, or that they were asked again; the page again when something is lacking."""
    rows = ReferralOut.objects.select_related("goal", "objective", "by", "release")
    found = get_object_or_404(rows, pk=referral, case=case)
    kinds: dict[str, Any] = {"send": SendForm, "answer": AnswerForm, "chase": ChaseForm, "withdraw": WithdrawForm}
    if request.method != "POST":
        return render(request, "intervention/referral_out.html", _referral_page(request, case, found))
    more: dict[str, Any] = {"referral": found} if act in ("send", "answer") else {}
    more |= {"releases": in_force(case)} if act == "send" else {}
    form = kinds[act](request.POST, auto_id=f"{act}_%s", **more)
    # A refused form stays on the page with its sentence, also where its step is no longer open.
    context = _referral_page(request, case, found, **{f"{act}_form": form, "bound": True})

    def do() -> str:
        told = form.cleaned_data
        common: dict[str, Any] = {"referral": found, "edition": told.get("edition") or 0}
        if act == "send":
            referral_out_send(actor_of(request), consent=form.consent(), chase_on=told["chase_on"], **common)
        elif act == "answer":
            words = {name: told[name] for name in ("step", "on", "feedback", "outcome")}
            referral_out_answer(actor_of(request), **words, **common)
        elif act == "withdraw":
            referral_out_withdraw(actor_of(request), reason=told["reason"], **common)
        else:
            referral_out_chase(actor_of(request), chase_on=told["chase_on"], **common)
        return reverse("referral_out", args=[case.pk, found.pk])

    return save(request, form, do, "intervention/referral_out.html", context)
