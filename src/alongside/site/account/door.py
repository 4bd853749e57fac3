"""What a session knows of the door it came through: who, how, when it was last used, and whether it is locked."""

import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection
from django.http import HttpRequest

from alongside.foundations.actor import Actor, acting
from alongside.people.models import Account, Agency
from alongside.people.models.agency import IDLE_MINUTES
from alongside.site.account.actions import sign_in_touch
from alongside.site.account.models import SignIn
from alongside.site.account.oidc.issuer import Issuer
from alongside.site.account.sessions import KEPT_AS

STEPPED = "second_step"
BY_ISSUER = "issuer"
LATELY = 10 * 60  # seconds in which nobody is asked for the password twice
TOUCH_EVERY = 30  # seconds: more often than that a session is not written again


def staff_behind(account: Account | AbstractBaseUser | None) -> Actor | None:
    """The member of staff behind an account, without any right; None when there is none or they have left."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT staff, agency, name FROM staff_of(%s)", [account.pk if account else None])
        row = cursor.fetchone()
    return Actor(row[0], row[1], account.pk, row[2], frozenset()) if row and account else None


def steps_are_asked_of(account: Account | AbstractBaseUser) -> bool:
    """True for everyone but the staff of an invented agency (every page there says that it is one)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT demonstration FROM staff_of(%s)", [account.pk])
        row = cursor.fetchone()
    return row is None or not row[0]


def agency_of(account: Account) -> str:
    """The name of the agency that an account's owner works for; empty when they have left."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT agency_name FROM staff_of(%s)", [account.pk])
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def issuer_here(agency: str | None = None) -> Issuer | None:
    """The agency's own sign-in, if there is one; with `agency`, if it is that agency's."""
    issuer: Issuer | None = settings.OIDC
    return issuer if issuer is not None and agency in (None, issuer.agency) else None


def asked_lately(records: list[dict[str, Any]]) -> bool:
    """True when whoever is there gave a password or used a passkey within the last minutes.

    That the issuer vouched for them does not count: it may have let them in without asking anything.
    """
    told = [record for record in records if record.get("method") == "password" or record.get("type") == "webauthn"]
    return any(time.time() - record["at"] < LATELY for record in told)


def did_second_step(request: HttpRequest) -> bool:
    """True when this session passed a second step, or set one up."""
    records = get_authentication_records(request, request.user)
    return STEPPED in request.session or any(record.get("method") == "mfa" for record in records)


def how_came_in(request: HttpRequest) -> str:
    """The steps by which this session came in, in one word each."""
    kinds = {"totp": "app", "recovery_codes": "recovery code", "webauthn": "passkey", BY_ISSUER: "its step"}
    records = get_authentication_records(request, request.user)
    return " + ".join(kinds.get(str(r.get("type", "")), str(r.get("method", ""))) for r in records)[:20]


@dataclass
class Door:
    """The door of one session. A session that did not come through it (in tests) has none, and never locks."""

    request: HttpRequest
    told: dict[str, Any]

    @classmethod
    def of(cls, request: HttpRequest) -> "Door | None":
        """The door of the session that asks."""
        told = request.session.get(KEPT_AS)
        return cls(request, told) if isinstance(told, dict) and request.user.is_authenticated else None

    @classmethod
    def begin(cls, request: HttpRequest, row: SignIn, actor: Actor) -> None:
        """Tie a session to the sign-in it belongs to, and to the minutes after which the agency of `actor` locks it."""
        now = time.time()
        told = {
            "id": str(row.pk),
            "key": row.session_key,
            "began": now,
            "seen": now,
            "minutes": _minutes(actor),
            "locked": 0,
        }
        request.session[KEPT_AS] = told

    @property
    def sign_in(self) -> UUID:
        """The key of the sign-in."""
        return UUID(self.told["id"])

    @property
    def minutes(self) -> int:
        """After how many minutes untouched it locks."""
        return int(self.told.get("minutes", IDLE_MINUTES))

    @property
    def is_locked(self) -> bool:
        """True when it lay untouched too long or was locked by hand, and nobody has said since who is there."""
        since = self.told["locked"] or (self.told["seen"] + 60 * self.minutes)
        if time.time() < since:
            return False
        records = get_authentication_records(self.request, self.request.user)
        return not any(record["at"] >= since for record in records)

    def lock(self) -> None:
        """Lock it now."""
        self._tell(locked=time.time())

    def touch(self, actor: Actor) -> None:
        """Keep that it is in use, if it was not kept a moment ago, and under which key the session is by now."""
        key = str(self.request.session.session_key)
        if self.told["key"] == key and not self.told["locked"] and time.time() - self.told["seen"] < TOUCH_EVERY:
            return
        self._tell(key=key, seen=time.time(), minutes=_minutes(actor), locked=0)
        sign_in_touch(actor, self.sign_in, key)

    def _tell(self, **new: object) -> None:
        self.told |= new
        self.request.session[KEPT_AS] = self.told


def _minutes(actor: Actor) -> int:
    with acting(actor):
        return Agency.objects.values_list("idle_minutes", flat=True).get(pk=actor.agency)
