"""Signing in: staff only, by accounts an administrator made; each attempt is a look."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from alongside.foundations import looks


class StaffOnly(DefaultAccountAdapter):  # type: ignore[misc]  # the library carries no types
    """Nobody makes an account for themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed: administrators add staff."""
        return False

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Keep a failed attempt as a look, without what was typed."""
        looks.look(looks.SIGN_IN_FAILED, page="account_login")
        super().authentication_failed(request, **credentials)


@receiver(user_logged_in)
def keep_sign_in(request: HttpRequest, user: Any, **_: Any) -> None:
    """Keep a sign-in as a look."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT staff, agency, name FROM staff_of(%s)", [user.pk])
        row = cursor.fetchone()
    looks.signed_in(*row) if row else looks.look(looks.SIGN_IN_FAILED, page="account_login")
