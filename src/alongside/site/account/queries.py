"""Reads about signing in: who is locked out, where somebody is signed in, what second steps they have."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils.crypto import constant_time_compare, salted_hmac

from alongside.foundations import clock
from alongside.foundations.actor import Actor, acting
from alongside.people.models import Account
from alongside.site.account.models import IssuerLink, SignIn, Tries

MOST_TRIES = 5
LOCK_LASTS = timedelta(minutes=15)
DOORS = ("password", "code")
"""What is tried: the password first, then the second step."""


def tries_key(kind: str, email: str) -> str:
    """A keyed digest of what is tried; nobody who reads the table learns an e-mail from it."""
    return salted_hmac("alongside.tries", f"{kind}:{email.lower()}", algorithm="sha256").hexdigest()


def locked_until(email: str) -> datetime | None:
    """When a lock-out of this account ends; None when there is none."""
    keys = [tries_key(kind, email) for kind in DOORS]
    rows = Tries.objects.filter(key__in=keys, failures__gte=MOST_TRIES, last_at__gt=clock.now() - LOCK_LASTS)
    return max((row.last_at + LOCK_LASTS for row in rows), default=None)


def signed_in_at(account: Account, staff: UUID) -> list[SignIn]:
    """Where somebody is signed in at this moment, the last used first; a session that a new password closed does not count."""
    rows = list(SignIn.objects.filter(staff_id=staff, ended_at=None).exclude(session_key="").order_by("-last_used"))
    kept = Session.objects.filter(session_key__in=[row.session_key for row in rows], expire_date__gt=clock.now())
    mark = account.get_session_auth_hash()
    alive = {s.session_key for s in kept if constant_time_compare(s.get_decoded().get(HASH_SESSION_KEY, ""), mark)}
    return [row for row in rows if row.session_key in alive]


def new_devices(staff: UUID) -> list[SignIn]:
    """Sign-ins from new devices of which their owner has not said yet whose they were, the last first."""
    return list(SignIn.objects.filter(staff_id=staff, new_device=True, answered_at=None).order_by("-since")[:5])


def account_known_by(issuer: str, subject: str) -> UUID | None:
    """The account that an issuer knows by this key, before anybody acts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT account_known_by(%s, %s)", [issuer, subject])
        row = cursor.fetchone()
    return row[0] if row else None


def issuer_link_of(actor: Actor, issuer: str) -> IssuerLink | None:
    """One's own link to an issuer; asked as oneself."""
    with acting(actor):
        return IssuerLink.objects.filter(staff_id=actor.staff, issuer=issuer).first()


@dataclass(frozen=True)
class SecondSteps:
    """What somebody has besides their password."""

    app: Authenticator | None
    passkeys: list[Authenticator]
    codes_left: int | None

    @property
    def any(self) -> bool:
        """True when a second step is asked for."""
        return self.app is not None or bool(self.passkeys)


def second_steps(account: Any) -> SecondSteps:
    """The second steps of an account, in one query."""
    rows = list(Authenticator.objects.filter(user_id=account.pk).order_by("created_at"))
    of = {kind: [row for row in rows if row.type == kind] for kind in Authenticator.Type}
    sheet = next(iter(of[Authenticator.Type.RECOVERY_CODES]), None)
    return SecondSteps(
        next(iter(of[Authenticator.Type.TOTP]), None),
        of[Authenticator.Type.WEBAUTHN],
        app_settings.RECOVERY_CODE_COUNT - int(sheet.data["used_mask"]).bit_count() if sheet else None,
    )
