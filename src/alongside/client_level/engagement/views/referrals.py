"""Pages of the door: who waits for an answer, taking someone in, screening, answering."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.client_level.engagement.actions import case_open, referral_answer, referral_receive, referral_screen
from alongside.client_level.engagement.forms.household import alike, chosen, which_one
from alongside.client_level.engagement.forms.persons import CONTACT, person_values
from alongside.client_level.engagement.forms.referrals import OPEN_TO, AnswerForm, OpenForm, ReferralForm, ScreenForm
from alongside.client_level.engagement.models import Outreach, ReferralIn
from alongside.client_level.engagement.queries import (
    at_the_door,
    case_managers,
    contacts_of,
    criteria_of,
    doors,
    outreach_of,
)
from alongside.client_level.engagement.states import ReferralInState
from alongside.foundations import looks
from alongside.foundations.errors import NotYours, RuleBroken
from alongside.foundations.needs import actor_of, needs, page_name
from alongside.foundations.pages import ask, open_form
from alongside.foundations.roles import RECEIVE
from alongside.foundations.templatetags.house import day
from alongside.people.models import Person


@needs(RECEIVE)
def referrals_in(request: HttpRequest) -> HttpResponse:
    """Everyone referred who waits for an answer, urgent first; below, the waiting list and the answered (E2)."""
    context = {"here": "referrals_in", "door": at_the_door(), "receives": doors(actor_of(request)).exists()}
    looks.look(looks.LISTED, actor=actor_of(request), page=page_name(request))
    return render(request, "engagement/referrals_in.html", context)


@needs(RECEIVE)
def referral_new(request: HttpRequest) -> HttpResponse:
    """Take in a referral for someone new, or for a person known here who is asked for by the name (E2, E6, E8)."""
    return taking_in(request)


def taking_in(request: HttpRequest, outreach: Outreach | None = None) -> HttpResponse:
    """The form of a referral, and taking it in; from an outreach record it begins with where they were met (E1)."""
    programs, found = doors(actor_of(request)), alike(request, "preferred_name")
    if found:  # people known here are named, to choose from
        looks.look(looks.SEARCHED, actor=actor_of(request), page=page_name(request))
    told = _("If it is, what is known of them stays as it is; a way to make contact that you typed is added.")
    more = which_one(found, _("No, someone who is not known here"), told)
    form = open_form(request, ReferralForm, programs=programs, more=more, initial=_begins_with(outreach))
    template = "engagement/referral_new.html"
    context = {"here": "referrals_in", "form": form, "receives": programs.exists(), "outreach": outreach}
    return ask(request, form, lambda: _receive(request, form.cleaned_data, found, outreach), template, context)


def _begins_with(outreach: Outreach | None) -> dict[str, object]:
    if outreach is None:
        return {}
    said = _("Outreach, %(place)s, %(day)s") % {"place": outreach.place, "day": day(outreach.on)}
    most = ReferralIn._meta.get_field("source").max_length
    return {"program": outreach.program_id, "source": said if len(said) <= (most or 0) else _("Outreach")}


def _receive(request: HttpRequest, sent: dict[str, Any], found: list[Person], outreach: Outreach | None) -> str:
    referral = referral_receive(
        actor_of(request), program=sent["program"], person=person_values(sent), source=sent["source"],
        reason=sent["reason"], received_on=sent["received_on"], urgency=sent["urgency"],
        source_contact=sent["source_contact"], immediate_needs=sent["immediate_needs"],
        contact={name: sent[name] for name in CONTACT} if sent["value"] else None, known=chosen(found, sent),
        outreach=outreach,
    )  # fmt: skip
    return reverse("referral_in", args=[referral.pk])


def _referral(request: HttpRequest, key: UUID) -> ReferralIn:
    """The referral, if the policy shows it to the actor; each look and each refusal is kept (practice C4, C5)."""
    found = ReferralIn.objects.select_related("client", "program", "case", "answered_by").filter(pk=key).first()
    if found is None:
        looks.look(looks.REFUSED, actor=actor_of(request), page=page_name(request), subject=(ReferralIn, key))
        raise NotYours("There is nothing here.")
    page, subject = page_name(request), (ReferralIn, key)
    looks.look(looks.OPENED, actor=actor_of(request), case=found.case_id, page=page, subject=subject)
    return found


def _page(referral: ReferralIn, **more: Any) -> dict[str, Any]:
    """What every page of one referral shows."""
    return {
        "here": "referrals_in", "referral": referral, "client": referral.client, "criteria": criteria_of(referral),
        "contacts": contacts_of(referral.client_id), "outreach": outreach_of(referral),
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
    template, context = "engagement/referral_screen.html", _page(found, form=form)

    def screen() -> str:
        edition = form.cleaned_data["edition"]
        referral_screen(actor_of(request), referral=found, answers=form.answers(), edition=edition)
        return reverse("referral_answer", args=[found.pk])

    return ask(request, form, screen, template, context)


@needs(RECEIVE)
def referral_answer_page(request: HttpRequest, referral: UUID) -> HttpResponse:
    """Answer a referral; an accepted one goes on to opening the case (practice E2, E4)."""
    found = _referral(request, referral)
    if found.state not in OPEN_TO and request.method != "POST":  # then the verb says so, beside what was typed
        raise RuleBroken(_("This referral is answered already."), "practice E2")
    form = open_form(request, AnswerForm, state=found.state)
    template, context = "engagement/referral_answer.html", _page(found, form=form)

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

    return ask(request, form, answer, template, context)


@needs(RECEIVE)
def case_open_page(request: HttpRequest, referral: UUID) -> HttpResponse:
    """Open a case from an accepted referral and name its primary (E5, E7); from any other, say why not and what is next."""
    found = _referral(request, referral)
    if request.method == "GET" and (found.state != ReferralInState.ACCEPTED or found.case_id is not None):
        return render(request, "engagement/case_not_yet.html", _page(found), status=422)
    staff = case_managers(found.program)
    form = open_form(request, OpenForm, staff=staff)
    template, context = "engagement/case_open.html", _page(found, form=form, staff=staff)

    def begin() -> str:
        sent = form.cleaned_data
        case = case_open(
            actor_of(request), referral=found, primary=sent["primary"], opened_on=sent["opened_on"],
            chosen_by_client=sent["chosen"] == "yes",
        )  # fmt: skip
        return reverse("case_enroll", args=[case.pk])

    return ask(request, form, begin, template, context)
