"""What an administrator asks and sets about access, without any client's record (practice C4, C5)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.confidentiality.actions import urgent_hours_set
from alongside.confidentiality.forms.access import HoursForm, WhyForm
from alongside.confidentiality.queries.urgent import hours_of_agency, left_unjudged
from alongside.confidentiality.queries.why import case_of_number, why_seen
from alongside.foundations import looks
from alongside.foundations.needs import actor_of, needs, page_name
from alongside.foundations.pages import ask, drop_draft, open_form
from alongside.foundations.roles import ADMINISTER
from alongside.people.models import Staff


@needs(ADMINISTER)
def agency_access(request: HttpRequest) -> HttpResponse:
    """Why can somebody see a case? The answer is a ground, never anything about the client."""
    actor = actor_of(request)
    form = open_form(request, WhyForm, among=Staff.objects.filter(agency_id=actor.agency).order_by("name"))
    waiting, oldest = left_unjudged()
    context = {"form": form, "here": "agency", "waiting": waiting, "oldest": oldest, "hours": hours_of_agency()}
    if request.method != "POST":
        return render(request, "confidentiality/agency_access.html", context)
    if form.is_valid():
        drop_draft(request)
        looks.look(looks.SEARCHED, actor=actor, page=page_name(request))
        found = case_of_number(form.cleaned_data["number"])
        if found is None:
            form.add_error("number", _("No case of the agency has this number. Check it."))
        else:
            context["answer"] = why_seen(form.cleaned_data["staff"], found)
    return render(request, "confidentiality/agency_access.html", context, status=422 if form.errors else 200)


@needs(ADMINISTER)
def agency_urgent(request: HttpRequest) -> HttpResponse:
    """Set for how long an urgent opening lasts."""
    actor = actor_of(request)
    form = open_form(request, HoursForm, initial={"hours": hours_of_agency()})

    def do() -> str:
        urgent_hours_set(actor, hours=form.cleaned_data["hours"])
        messages.success(request, _("Saved how long an urgent opening lasts."))
        return reverse("agency_access")

    return ask(request, form, do, "confidentiality/agency_urgent.html", {"here": "agency"})
