"""Pages of policies: reading and acknowledging them, writing them, and the copies clients were given (practice C6)."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alongside.confidentiality.actions import policies as actions
from alongside.confidentiality.forms.policies import NewPolicyForm, PolicyForm, StepForm
from alongside.confidentiality.models import Policy, PolicyVersion
from alongside.confidentiality.models.policy import PolicyState
from alongside.confidentiality.queries import STARTERS, policies
from alongside.foundations import clock
from alongside.foundations.needs import actor_of, needs
from alongside.foundations.pages import ask, open_form, save
from alongside.foundations.roles import ADMINISTER, OVERSEE, OWN_ACCOUNT

form_page = require_http_methods(["GET", "POST"])


def _policy(request: HttpRequest, key: UUID) -> Policy:
    return get_object_or_404(Policy, pk=key, agency_id=actor_of(request).agency)


@needs(OWN_ACCOUNT)
@require_GET
def all_in_force(request: HttpRequest) -> HttpResponse:
    """The policies in force, for everyone who works here; those not yet acknowledged first."""
    rows = sorted(policies.in_force(actor_of(request)), key=lambda version: version.read)
    return render(request, "confidentiality/policies.html", {"versions": rows, "here": "policies"})


@needs(OWN_ACCOUNT)
@form_page
def policy(request: HttpRequest, policy: UUID) -> HttpResponse:
    """One policy as it is in force, with the question whether one has read it."""
    actor, found = actor_of(request), _policy(request, policy)
    version = get_object_or_404(policies.in_force(actor), policy=found)
    form = open_form(request, StepForm)
    context = {"policy": found, "version": version, "here": "policies",
               "waits": policies.not_acknowledged(version) if OVERSEE.held_by(actor.roles) else []}  # fmt: skip

    def do() -> str:
        actions.policy_acknowledge(actor, version=version)
        messages.success(request, _("It is on record that you have read it."))
        return reverse("policies")

    return ask(request, form, do, "confidentiality/policy.html", context)


@needs(ADMINISTER)
@require_GET
def kept(request: HttpRequest) -> HttpResponse:
    """Every policy of the agency with its versions, and the starters that can be taken up."""
    agency = actor_of(request).agency
    context = {"kept": policies.kept_policies(agency), "starters": policies.free_starters(agency), "here": "agency"}
    return render(request, "confidentiality/policies_kept.html", context)


@needs(ADMINISTER)
@form_page
def policy_new(request: HttpRequest) -> HttpResponse:
    """Begin a policy, from a starter or from nothing."""
    wanted = request.GET.get("from", "")
    starter = next((one for one in STARTERS if one.key == wanted), None)
    initial = {"review_on": clock.today() + timedelta(days=365), "language": "English"}
    if starter is not None:
        initial |= {"title": starter.title, "words": starter.text, "language": starter.language}
    form = open_form(request, NewPolicyForm, initial=initial)

    def do() -> str:
        version = actions.policy_add(actor_of(request), **form.values(), key=starter.key if starter else "")
        return reverse("policy_write", args=[version.policy_id])

    return ask(request, form, do, "confidentiality/policy_write.html", {"here": "agency", "policy": None})


@needs(ADMINISTER)
@form_page
def policy_write(request: HttpRequest, policy: UUID) -> HttpResponse:
    """Write the draft of a policy, or begin the next version of what is in force."""
    found = _policy(request, policy)
    versions = policies.versions_of(found)
    last = versions[0]
    form = open_form(
        request, PolicyForm,
        initial={"words": last.words, "language": last.language, "review_on": last.review_on, "edition": last.edition},
    )  # fmt: skip
    context = {
        "policy": found,
        "versions": versions,
        "draft": last if last.state == PolicyState.DRAFT else None,
        "here": "agency",
    }

    def do() -> str:
        sent = form.values()
        actions.policy_write(actor_of(request), policy=found, **sent, edition=form.cleaned_data["edition"] or 0)
        messages.success(request, _("The draft is kept. It counts from the day it is put in force."))
        return reverse("policy_write", args=[found.pk])

    return ask(request, form, do, "confidentiality/policy_write.html", context)


@needs(ADMINISTER)
@form_page
def policy_put_in_force(request: HttpRequest, policy: UUID) -> HttpResponse:
    """Put the draft in force, after it is shown once more as everyone will read it."""
    found = _policy(request, policy)
    draft = get_object_or_404(PolicyVersion, policy=found, state=PolicyState.DRAFT)
    form = open_form(request, StepForm)
    context = {"policy": found, "version": draft, "here": "agency"}

    def do() -> str:
        actions.policy_put_in_force(actor_of(request), version=draft)
        messages.success(request, _("It is in force. Everyone who works here is asked to read it."))
        return reverse("policies_kept")

    if request.method == "POST":
        return save(request, form, do, "confidentiality/policy_force.html", context)
    return render(request, "confidentiality/policy_force.html", context | {"form": form})
