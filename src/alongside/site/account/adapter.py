"""What the sign-in library asks of us: who may come in, what is kept of it, and how secrets of second steps rest."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.foundations import looks
from alongside.foundations.actor import Actor
from alongside.foundations.errors import NotYours, RuleBroken
from alongside.foundations.needs import page_name
from alongside.people.models import Account
from alongside.site.account import keys
from alongside.site.account.actions import issuer_link_own, sign_in_begin, tries_clear, try_counts
from alongside.site.account.device import COOKIE, COOKIE_LASTS, mark_of, name_of, place_of
from alongside.site.account.door import Door, asked_lately, how_came_in, issuer_here, staff_behind, steps_are_asked_of
from alongside.site.account.queries import second_steps

LOCKED = gettext_lazy(
    "This sign-in is locked for fifteen minutes after five failed tries. Your administrator can unlock it sooner."
)


class StaffOnly(DefaultAccountAdapter):  # type: ignore[misc]  # the library carries no types
    """Nobody makes an account for themselves."""

    error_messages = (
        DefaultAccountAdapter.error_messages
        | {"too_many_login_attempts": LOCKED, "rate_limited": LOCKED}
        | {
            "email_password_mismatch": gettext_lazy(
                "This e-mail and this password do not belong together. Type both again."
            ),
            "incorrect_password": gettext_lazy("This is not your password. Type it again."),
            "enter_current_password": gettext_lazy("This is not your current password. Type it again."),
        }
    )

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed: administrators add staff."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try by the address it comes from and by the account, before the password is looked at."""
        email = str(credentials.get("email", "")).lower()
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            keep_turned_away(request, email)
            raise
        if not try_counts("password", email):
            keep_turned_away(request, email)
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """The account whose password it is; with the right one the tries are forgotten."""
        found: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if found is not None:
            tries_clear("password", str(credentials.get("email", "")))
        return found

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Keep a failed attempt as a look of the agency it was aimed at, without what was typed."""
        actor = staff_behind(_account(str(credentials.get("email", "")).lower()))
        looks.look(looks.SIGN_IN_FAILED, actor=actor, page=page_name(request))
        super().authentication_failed(request, **credentials)

    def pre_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse | None:
        """Turn away whoever no longer works here."""
        if staff_behind(user) is None:
            looks.look(looks.SIGN_IN_FAILED, page=page_name(request))
            sentence = _("This sign-in is closed. Your administrator can say more.")
            return render(request, "refused.html", {"sentence": sentence, "status": 403}, status=403)
        stop: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return stop

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse:
        """Every step is done: keep the sign-in as a look, and where it is from."""
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        actor = staff_behind(user)
        if actor is None:  # they left between the two steps; the next page shuts the door
            return answer
        looks.look(looks.SIGNED_IN, actor=actor, page=page_name(request))
        device, agent = mark_of(request), self.get_http_user_agent(request)
        row = sign_in_begin(
            actor, device=device, device_name=name_of(agent), place=place_of(self.get_client_ip(request)),
            how=how_came_in(request), session_key=str(request.session.session_key),
        )  # fmt: skip
        Door.begin(request, row, actor)
        keep_link(actor, (kwargs.get("signal_kwargs") or {}).get("issuer_key", ""))
        answer.set_signed_cookie(
            COOKIE,
            str(device),
            salt=COOKIE,
            max_age=COOKIE_LASTS,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
        return answer

    def set_password(self, user: Account, password: str) -> None:
        """Keep the password its owner chose: nobody else knows it any more."""
        user.must_change_password = False
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """On to the day's work."""
        return reverse("home")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Changes of second steps ask for the password again, unless whoever is there came in a moment ago."""
        records = get_authentication_records(self.request, self.request.user)
        return not asked_lately(records) and bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, str]]:
        """The password, or a passkey of theirs; a code by itself says only that somebody holds the phone."""
        if not isinstance(user, AbstractBaseUser):
            return []
        found = [{"id": "password", "description": _("Use your password"), "url": reverse("account_reauthenticate")}]
        if second_steps(user).passkeys:
            there = reverse("mfa_reauthenticate_webauthn")
            found.append({"id": "passkey", "description": _("Use a passkey"), "url": there})
        return found


def keep_link(actor: Actor, key: str) -> None:
    """Keep by which key the issuer knows whoever came in, the first time that it vouched for them."""
    issuer = issuer_here()
    if issuer is None or not key:
        return
    with suppress(RuleBroken):  # two at once: the first of them kept it
        issuer_link_own(actor, issuer=issuer, subject=key)


def keep_turned_away(request: HttpRequest, email: str) -> None:
    """Write that a try was turned away unread, in the agency it was aimed at, without what was typed (C5)."""
    looks.look(looks.LOCKED_OUT, actor=staff_behind(_account(email)), page=page_name(request))


def tries_seen(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The library's door, where tries that are turned away by the pace of one address are kept like all others (C5)."""

    @wraps(view)
    def seen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = view(request, *args, **kwargs)
        if answer.status_code == 429:
            typed = request.POST.get("login", "").lower()
            keep_turned_away(request, "" if "\x00" in typed else typed)
        return answer

    return seen


def _account(email: str) -> Account | None:
    return Account.objects.filter(email=email).first()


class SecondSteps(DefaultMFAAdapter):  # type: ignore[misc]  # the library carries no types
    """Secrets rest sealed; the last second step stays where one is asked for."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("That is not the code of this moment. Wait for the next one and type that."),
        "cannot_delete_authenticator": gettext_lazy("This is your only second step. Set up another first."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret of whoever is there. Raises `NotYours` when nobody is who works here."""
        account: Account = self.request.user
        actor = staff_behind(account)
        if actor is None:
            raise NotYours("There is nothing here.")
        return keys.seal(text, account=account.pk, actor=actor)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return keys.unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last one goes only where none is asked for."""
        held = second_steps(authenticator.user)
        return len(held.passkeys) + (held.app is not None) > 1 or not steps_are_asked_of(authenticator.user)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """What a new passkey is called until its owner says better: the device it was made on."""
        return name_of(self.request.META.get("HTTP_USER_AGENT", ""))[:60]
