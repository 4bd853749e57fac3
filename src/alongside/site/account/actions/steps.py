"""Second steps: a code is taken once, and every change of them is a deed."""

import time
from collections.abc import Iterator

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import transaction
from django.utils.crypto import constant_time_compare

from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.roles import OWN_ACCOUNT
from alongside.people.models import Account
from alongside.site.account import keys

DRIFT = 1
"""Steps of thirty seconds by which a phone's clock may be off, or a person slow."""


def steps_now() -> Iterator[int]:
    """The numbers of the time steps whose codes are good at this moment."""
    step = int(time.time()) // app_settings.TOTP_PERIOD
    yield from range(step - DRIFT, step + DRIFT + 1)


def code_takes(account: Account, typed: str) -> Authenticator | None:
    """The authenticator app or the sheet of recovery codes that `typed` is a code of; it is used up by this (RFC 6238, 5.2).

    The step of the last code is kept with the secret, so no earlier code and not the same one opens again, whatever becomes
    of the cache.
    """
    code = "".join(typed.split())
    with transaction.atomic():
        rows = Authenticator.objects.select_for_update().filter(user_id=account.pk)
        app = rows.filter(type=Authenticator.Type.TOTP).first()
        step = _step_of(app, code) if app else None
        if app is not None and step is not None:
            app.data["last_step"] = step
            app.save(update_fields=["data"])
            return app
        sheet = rows.filter(type=Authenticator.Type.RECOVERY_CODES).first()
        if sheet is None:
            return None
        keys.must_be_of(sheet.data["seed"], account.pk)
        return sheet if sheet.wrap().validate_code(code) else None


def _step_of(app: Authenticator, code: str) -> int | None:
    secret, last = keys.unseal_of(app.data["secret"], app.user_id), app.data.get("last_step", 0)
    good = (step for step in steps_now() if step > last)
    return next(
        (step for step in good if constant_time_compare(format_hotp_value(hotp_value(secret, step)), code)), None
    )


def code_first(app: Authenticator) -> None:
    """The code by which an app was set up is used up by that; of other second steps there is nothing to keep."""
    if app.type == Authenticator.Type.TOTP:
        app.data["last_step"] = max(steps_now()) - DRIFT
        app.save(update_fields=["data"])


@verb(OWN_ACCOUNT)
def second_step_changed(actor: Actor, *, said: str) -> Done[None]:
    """Keep the deed that one's own second steps have changed."""
    return Done(None, Account.objects.get(pk=actor.account), said)
