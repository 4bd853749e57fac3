"""Pages of the door: who waits for an answer, taking someone in, screening, answering."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.client_level.engagement.actions import case_open, referral_answer, referral_receive, referral_screen
from alongside.client_level.engagement.forms.persons import CONTACT, person_values
from alongside.client_level.engagement.forms.referrals import OPEN_TO, AnswerForm, OpenForm, ReferralForm, ScreenForm
from alongside.client_level.engagement.models import ReferralIn
from alongside.client_level.engagement.queries import at_the_door, case_managers, contacts_of, criteria_of, doors
from alongside.foundations import looks
from alongside.foundations.errors import NotYours, RuleBroken
from alongside.foundations.needs import actor_of, needs, page_name
from alongside.foundations.pages import open_form, save
from alongside.foundations.roles import RECEIVE


@needs(RECEIVE)
def referrals_in(request: HttpRequest) -> HttpResponse:
    """Everyone referred who waits for an answer, urgent first; below, the waiting list and the answered (E2)."""
    context = {"here": "referrals_in", "door": at_the_door(), "receives": doors(actor_of(request)).exists()}
    return render(request, "engagement/referrals_in.html", context)


@needs(RECEIVE)
def referral_new(request: HttpRequest) -> HttpResponse:
    """Take in a referral for someone new (practice E2, E6)."""
    programs = doors(actor_of(request))
    form = open_form(request, ReferralForm, programs=programs)
    template = "engagement/referral_new.html"
    context = {"here": "referrals_in", "form": form, "receives": programs.exists()}
    if request.method != "POST":
        return render(request, template, context)
    return save(request, form, lambda: _receive(request, form.cleaned_data), template, context)


def _receive(request: HttpRequest, sent: dict[str, Any]) -> str:
    referral = referral_receive(
        actor_of(request), program=sent["program"], person=person_values(sent), source=sent["source"],
        reason=sent["reason"], received_on=sent["received_on"], urgency=sent["urgency"],
        source_contact=sent["source_contact"], immediate_needs=sent["immediate_needs"],
        contact={name: sent[name] for name in CONTACT} if sent["value"] else None,
    )  # fmt: skip
    return reverse("referral_in", args=[referral.pk])


def _referral(request: HttpRequest, key: UUID) -> ReferralIn:
    """The referral, if the policy shows it to the actor; each look and each refusal is kept (practice C4, C5)."""
    found = ReferralIn.objects.select_related("client", "program", "case", "answered_by").filter(pk=key).first()
    if found is None:
        looks.look(looks.REFUSED, actor=actor_of(request), page=page_name(request))
        raise NotYours("There is nothing here.")
    if request.method == "GET":
        looks.look(looks.OPENED, actor=actor_of(request), case=found.case_id, page=page_name(request))
    return found


def _page(referral: ReferralIn, **more: Any) -> dict[str, Any]:
    """What every page of one referral shows."""
    return {
        "here": "referrals_in", "referral": referral, "client": referral.client, "criteria": criteria_of(referral),
        "contacts": contacts_of(referral.client_id),
    } | more  # fmt: skip


@needs(RECEIVE)
def referral_in(request: HttpRequest, referral: UUID) -> HttpResponse:
    """One referral: its facts, the screening so far, and what comes next."""
    found = _referral(request, referral)
    return render(request, "engagement/referral_in.html", _page(found))


@needs(RECEIVE)
def referral_screen_page(request: HttpRequest, referral: UUID) -> HttpResponse:
    """Answer the program's criteria, each with the evidence seen (practice E3)."""
    found = _referral(request, referral)
    form = open_form(request, ScreenForm, criteria=criteria_of(found), initial={"edition": found.edition})
    assert isinstance(form, ScreenForm)  # noqa: S101  (open_form gives back the kind it was given)
    template, context = "engagement/referral_screen.html", _page(found, form=form)
    if request.method != "POST":
        return render(request, template, context)

    def screen() -> str:
        edition = form.cleaned_data["edition"]
        referral_screen(actor_of(request), referral=found, answers=form.answers(), edition=edition)
        return reverse("referral_answer", args=[found.pk])

    return save(request, form, screen, template, context)


@needs(RECEIVE)
def referral_answer_page(request: HttpRequest, referral: UUID) -> HttpResponse:
    """Answer a referral; an accepted one goes on to opening the case (practice E2, E4)."""
    found = _referral(request, referral)
    if found.state not in OPEN_TO and request.method != "POST":  # then the verb says so, beside what was typed
        raise RuleBroken("This referral is answered already.", "practice E2")
    form = open_form(request, AnswerForm, state=found.state)
    template, context = "engagement/referral_answer.html", _page(found, form=form)
    if request.method != "POST":
        return render(request, template, context)

    def answer() -> str:
        sent = form.cleaned_data
        kept = referral_answer(
            actor_of(request),
            referral=found,
            answer=sent["answer"],
            words=sent["words"],
            directed_to=sent["directed_to"],
        )
        return reverse("case_open", args=[kept.pk]) if kept.state == "accepted" else reverse("referrals_in")

    return save(request, form, answer, template, context)


@needs(RECEIVE)
def case_open_page(request: HttpRequest, referral: UUID) -> HttpResponse:
    """Open a case from an accepted referral and name its primary case manager (practice E5, E7)."""
    found = _referral(request, referral)
    staff = case_managers(found.program)
    form = open_form(request, OpenForm, staff=staff)
    template, context = "engagement/case_open.html", _page(found, form=form, staff=staff)
    if request.method != "POST":
        return render(request, template, context)

    def begin() -> str:
        sent = form.cleaned_data
        case = case_open(
            actor_of(request), referral=found, primary=sent["primary"], opened_on=sent["opened_on"],
            chosen_by_client=sent["chosen"] == "yes",
        )  # fmt: skip
        return reverse("case_enroll", args=[case.pk])

    return save(request, form, begin, template, context)
