"""Signing in: staff only, by accounts an administrator made; each attempt is a look."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ChangePasswordForm
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.foundations import looks
from alongside.foundations.actor import Actor
from alongside.people.models import Account


def staff_behind(account: Account | AbstractBaseUser | None) -> Actor | None:
    """The member of staff behind an account, without any right; None when there is none or they have left."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT staff, agency, name FROM staff_of(%s)", [account.pk if account else None])
        row = cursor.fetchone()
    return Actor(row[0], row[1], row[0], row[2], frozenset()) if row else None


def keep_failed_try(email: str) -> None:
    """Write that somebody tried to sign in and could not, in the agency it was aimed at, without what was typed."""
    actor = staff_behind(Account.objects.filter(email=email.lower()).first())
    looks.look(looks.SIGN_IN_FAILED, actor=actor, page="account_login")


def tries_seen(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The library's door, where tries that are turned away by the pace of one address are kept like all others (C5)."""

    @wraps(view)
    def seen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = view(request, *args, **kwargs)
        if answer.status_code == 429:
            typed = request.POST.get("login", "")
            keep_failed_try("" if "\x00" in typed else typed)
        return answer

    return seen


class StaffOnly(DefaultAccountAdapter):  # type: ignore[misc]  # the library carries no types
    """Nobody makes an account for themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed: administrators add staff."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Keep a try that is turned away unread, because there were too many, as a failed one too."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            keep_failed_try(str(credentials.get("email", "")))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Keep a failed attempt as a look of the agency it was aimed at, without what was typed."""
        keep_failed_try(str(credentials.get("email", "")))
        super().authentication_failed(request, **credentials)

    def pre_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse | None:
        """Keep a sign-in as a look; turn away whoever no longer works here."""
        actor = staff_behind(user)
        if actor is None:
            looks.look(looks.SIGN_IN_FAILED, page="account_login")
            sentence = _("This sign-in is closed. Your administrator can say more.")
            return render(request, "refused.html", {"sentence": sentence, "status": 403}, status=403)
        looks.look(looks.SIGNED_IN, actor=actor, page="account_login")
        stop: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return stop

    def set_password(self, user: Account, password: str) -> None:
        """Keep the password its owner chose: nobody else knows it any more."""
        user.must_change_password = False
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """On to the day's work."""
        return reverse("home")


class OwnPassword(ChangePasswordForm):  # type: ignore[misc]  # the library carries no types
    """The library's form; a password that somebody else chose is not one's own when it is typed once more."""

    def clean(self) -> dict[str, Any]:
        """Refuse the password that is being left."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        new = cleaned.get("password1")
        if new and self.user.check_password(new):
            self.add_error("password1", ValidationError(_("Choose another than the one you have now.")))
        return cleaned


class OwnPasswordFirst:
    """Whoever signs in with a password that somebody else chose may choose their own, or leave; nothing else."""

    OPEN = ("account_change_password", "account_logout", "healthz", "readyz")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponseBase | None:
        """Send them to choose a password, from wherever they were going."""
        if not getattr(request.user, "must_change_password", False):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        return None if name in self.OPEN else HttpResponseRedirect(reverse("account_change_password"))
