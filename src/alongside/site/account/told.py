"""What follows from what the sign-in library did: the deed of it, and what else has to end."""

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_out
from django.dispatch import Signal
from django.http import HttpRequest
from django.utils.translation import gettext as _

from alongside.foundations import looks
from alongside.foundations.actor import Actor
from alongside.foundations.needs import page_name
from alongside.site.account.actions import code_first, password_own_changed, second_step_changed
from alongside.site.account.door import STEPPED, Door


def _actor(request: HttpRequest) -> Actor | None:
    return getattr(request, "actor", None)


def password_was_changed(request: HttpRequest, **_more: Any) -> None:
    """Whoever came in elsewhere by the old password is out."""
    actor, door = _actor(request), Door.of(request)
    if actor is not None:
        password_own_changed(actor, stays=door.sign_in if door else None)


def step_was_added(request: HttpRequest, authenticator: Authenticator, **_more: Any) -> None:
    """This session has shown that it holds the new second step."""
    said = {
        Authenticator.Type.TOTP: _("Set up an authenticator app"),
        Authenticator.Type.WEBAUTHN: _("Added a passkey"),
    }.get(Authenticator.Type(authenticator.type))
    if said is None:
        return
    request.session[STEPPED] = True
    code_first(authenticator)
    _keep(request, said)


def step_was_removed(request: HttpRequest, authenticator: Authenticator, **_more: Any) -> None:
    """Keep what went."""
    said = {
        Authenticator.Type.TOTP: _("Removed their authenticator app"),
        Authenticator.Type.WEBAUTHN: _("Removed a passkey"),
    }.get(Authenticator.Type(authenticator.type))
    if said is not None:
        _keep(request, said)


def codes_were_made(request: HttpRequest, **_more: Any) -> None:
    """New recovery codes; the old ones are good for nothing."""
    _keep(request, _("Made new recovery codes"))


def somebody_went(request: HttpRequest, **_more: Any) -> None:
    """Keep that somebody signed out, or was shown out because they had left."""
    actor = _actor(request)
    if actor is not None:
        looks.look(looks.SIGNED_OUT, actor=actor, page=page_name(request))


def _keep(request: HttpRequest, said: str) -> None:
    actor = _actor(request)
    if actor is not None:
        second_step_changed(actor, said=said)


def listen() -> None:
    """Hear what the library tells."""
    heard: tuple[tuple[Signal, Any], ...] = (
        (password_changed, password_was_changed), (authenticator_added, step_was_added),
        (authenticator_removed, step_was_removed), (authenticator_reset, codes_were_made), (user_logged_out, somebody_went),
    )  # fmt: skip
    for signal, receiver in heard:
        signal.connect(receiver, dispatch_uid=f"alongside.{receiver.__name__}")
