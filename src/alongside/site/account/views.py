"""One's own account: how one signs in, where one is signed in, and what happened there."""

from typing import Any
from uuid import UUID

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.flows import rename_authenticator
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.foundations.errors import RuleBroken
from alongside.foundations.needs import actor_of, needs
from alongside.foundations.pages import ask, open_form
from alongside.foundations.roles import NOTHING, OWN_ACCOUNT
from alongside.people.models import Account
from alongside.site.account.actions import device_answer, others_sign_out, place_sign_out
from alongside.site.account.again import must_say_who
from alongside.site.account.door import Door, issuer_here, steps_are_asked_of
from alongside.site.account.forms import PasskeyNameForm
from alongside.site.account.models import SignIn
from alongside.site.account.queries import issuer_link_of, new_devices, second_steps, signed_in_at
from alongside.site.way_back import came_from


def _account(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)  # noqa: S101  (every page here needs a sign-in)
    return request.user


def _here(request: HttpRequest) -> UUID | None:
    door = Door.of(request)
    return door.sign_in if door else None


@needs(OWN_ACCOUNT)
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """How one signs in, and where one is signed in at this moment."""
    actor, issuer = actor_of(request), issuer_here(getattr(request, "agency_name", ""))
    context = {
        "here": "account",
        "steps": second_steps(request.user),
        "asked": not getattr(request, "demonstration", False),
        "sign_ins": signed_in_at(_account(request), actor.staff),
        "this": _here(request),
        "new": new_devices(actor.staff),
        "issuer": issuer,
        "linked": issuer and issuer_link_of(actor, issuer.url),
    }
    return render(request, "site/account.html", context)


@needs(OWN_ACCOUNT)
@require_GET
def second_step_first(request: HttpRequest) -> HttpResponse:
    """The choice of a second step, where there is none yet."""
    if second_steps(request.user).any or not steps_are_asked_of(_account(request)):
        return redirect("account")
    return render(request, "site/second_step_first.html")


def _done(request: HttpRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("account"))


def _own(request: HttpRequest, sign_in: UUID) -> SignIn:
    return get_object_or_404(SignIn, pk=sign_in, staff_id=actor_of(request).staff)


@needs(OWN_ACCOUNT)
@require_POST
def place_end(request: HttpRequest, sign_in: UUID) -> HttpResponse:
    """Sign out in one of the places."""
    row = _own(request, sign_in)
    must_say_who(request)
    place_sign_out(actor_of(request), sign_in=row)
    return _done(request, _("Signed out there. Whoever uses that device next has to sign in."))


@needs(OWN_ACCOUNT)
@require_POST
def others_end(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    must_say_who(request)
    count = others_sign_out(actor_of(request), stays=_here(request))
    said = ngettext("Signed out in %(n)d other place.", "Signed out in %(n)d other places.", count)
    return _done(request, said % {"n": count})


@needs(OWN_ACCOUNT)
@require_POST
def device_answered(request: HttpRequest, sign_in: UUID) -> HttpResponse:
    """It was me, or it was not: then it ends, and the password is next."""
    mine = request.POST.get("mine") == "yes"
    row = _own(request, sign_in)
    device_answer(actor_of(request), sign_in=row, mine=mine)
    if mine:
        return _done(request, _("Noted: that was you."))
    messages.warning(request, _("That device is signed out. Choose a new password now, and tell your administrator."))
    return HttpResponseRedirect(reverse("account_change_password" if row.pk != _here(request) else "account_login"))


@needs(OWN_ACCOUNT)
@require_http_methods(["GET", "POST"])
def passkey_name(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a passkey another name."""
    found = get_object_or_404(Authenticator, pk=pk, user=_account(request), type=Authenticator.Type.WEBAUTHN)
    form = open_form(request, PasskeyNameForm, initial={"name": found.wrap().name})

    def do() -> str:
        rename_authenticator(request, found, form.cleaned_data["name"])
        messages.success(request, _("The passkey has its new name."))
        return reverse("account")

    return ask(request, form, do, "site/passkey_name.html", {"passkey": found.wrap()})


class PasskeyRemove(RemoveWebAuthnView):  # type: ignore[misc]  # the library carries no types
    """Remove a passkey, unless it is the last second step where one is asked for."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Say why when it stays."""
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            raise RuleBroken(str(adapter.error_messages["cannot_delete_authenticator"]), "practice C4")
        answer: HttpResponse = super().form_valid(form)
        return answer


@needs(OWN_ACCOUNT)
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock this session now; whoever comes back says who they are and is on the same page again."""
    door = Door.of(request)
    if door is None:
        raise PermissionDenied
    door.lock()
    place = request.POST.get("next") or came_from(request, "/")
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({REDIRECT_FIELD_NAME: place})}")


@needs(NOTHING)
@require_POST
def here(request: HttpRequest) -> HttpResponse:
    """Somebody touches the page: 200 while it is open, 423 when it is locked, 401 when the sign-in has ended."""
    door = Door.of(request)
    if door is None:
        return JsonResponse({"said": "signed out"}, status=401)
    return JsonResponse({"said": "locked"}, status=423) if door.is_locked else JsonResponse({"said": "open"})
