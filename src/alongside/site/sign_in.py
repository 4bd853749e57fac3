"""Signing in: staff only, by accounts an administrator made; each attempt is a look."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
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


class StaffOnly(DefaultAccountAdapter):  # type: ignore[misc]  # the library carries no types
    """Nobody makes an account for themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed: administrators add staff."""
        return False

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Keep a failed attempt as a look of the agency it was aimed at, without what was typed."""
        email = str(credentials.get("email", "")).lower()
        actor = staff_behind(Account.objects.filter(email=email).first())
        looks.look(looks.SIGN_IN_FAILED, actor=actor, page="account_login")
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
