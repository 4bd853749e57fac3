"""The administrator's pages about how their staff sign in."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.foundations.needs import actor_of, needs
from alongside.foundations.pages import ask, open_form
from alongside.foundations.roles import ADMINISTER
from alongside.people.models import Agency, Staff
from alongside.site.account.actions import door_open, idle_minutes_set, second_step_take_away, staff_sign_out
from alongside.site.account.door import issuer_here
from alongside.site.account.forms import IdleForm, LostPhoneForm
from alongside.site.account.models import IssuerLink
from alongside.site.account.queries import locked_until, second_steps, signed_in_at

HERE = {"here": "agency"}


def _staff(request: HttpRequest, key: UUID) -> Staff:
    rows = Staff.objects.select_related("account")
    return get_object_or_404(rows, pk=key, agency_id=actor_of(request).agency)


def _back(request: HttpRequest, staff: Staff, said: str) -> HttpResponseRedirect:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("staff_door", args=[staff.pk]))


@needs(ADMINISTER)
@require_GET
def staff_door(request: HttpRequest, staff: UUID) -> HttpResponse:
    """How a member of staff signs in: locked or not, which second steps, where signed in."""
    found = _staff(request, staff)
    issuer = issuer_here(getattr(request, "agency_name", ""))
    context = HERE | {
        "staff": found,
        "locked": locked_until(found.account.email),
        "steps": second_steps(found.account),
        "sign_ins": signed_in_at(found.account, found.pk),
        "own": found.pk == actor_of(request).staff,
        "issuer": issuer,
        "linked": issuer and IssuerLink.objects.filter(staff_id=found.pk, issuer=issuer.url).first(),
    }
    return render(request, "site/staff_door.html", context)


@needs(ADMINISTER)
@require_POST
def staff_door_open(request: HttpRequest, staff: UUID) -> HttpResponse:
    """Lift a lock-out."""
    found = _staff(request, staff)
    door_open(actor_of(request), staff=found)
    return _back(request, found, _("%(name)s can try again now.") % {"name": found.name})


@needs(ADMINISTER)
@require_POST
def staff_signed_out(request: HttpRequest, staff: UUID) -> HttpResponse:
    """End every session of a member of staff."""
    found = _staff(request, staff)
    staff_sign_out(actor_of(request), staff=found)
    return _back(request, found, _("%(name)s is signed out everywhere.") % {"name": found.name})


@needs(ADMINISTER)
@require_http_methods(["GET", "POST"])
def staff_lost_phone(request: HttpRequest, staff: UUID) -> HttpResponse:
    """Take away the second step of somebody who lost it, with a new first password."""
    found = _staff(request, staff)
    form = open_form(request, LostPhoneForm)

    def do() -> str:
        second_step_take_away(actor_of(request), staff=found, password=form.cleaned_data["password"])
        said = _("%(name)s signs in with the new password, chooses their own and sets up a new second step.")
        messages.success(request, said % {"name": found.name})
        return reverse("staff_door", args=[found.pk])

    return ask(request, form, do, "site/staff_lost_phone.html", HERE | {"staff": found})


@needs(ADMINISTER)
@require_http_methods(["GET", "POST"])
def sign_in_rules(request: HttpRequest) -> HttpResponse:
    """What holds for everyone who signs in here."""
    actor = actor_of(request)
    agency = Agency.objects.get(pk=actor.agency)
    now = agency.idle_minutes
    form = open_form(request, IdleForm, initial={"idle_minutes": now, "edition": now})

    def do() -> str:
        sent = form.cleaned_data
        idle_minutes_set(actor, minutes=sent["idle_minutes"], read=sent["edition"] or 0)
        messages.success(request, _("Untouched pages lock after %(n)d minutes.") % {"n": sent["idle_minutes"]})
        return reverse("agency")

    context = {"agency": agency, "issuer": issuer_here(agency.name)}
    return ask(request, form, do, "site/sign_in_rules.html", HERE | context)
