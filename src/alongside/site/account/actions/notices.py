"""Telling somebody by e-mail that their account was opened on a new device. Work of the background: a sign-in never waits for it.

The message names the agency and nobody: no person, no client, no device, no place, and no address that could be a trap.
"""

from datetime import timedelta
from smtplib import SMTPException

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import translation
from django.utils.translation import gettext as _

from alongside.foundations import clock
from alongside.people.models import Staff
from alongside.site.account.models import SignIn

TRIED_FOR = timedelta(days=1)
"""For so long it is tried; later it would only puzzle. The page asks in any case."""


def new_devices_tell() -> int:
    """Send what is to be told, and say how many were told. What the mail server refuses is tried again the next time.

    Raises OSError where there is no mail server to be had; nothing is lost by it. Killed between sending and keeping that
    it was sent, it tells the same person twice.
    """
    waiting = SignIn.objects.using("owner").filter(to_tell=True)
    waiting.filter(since__lt=clock.now() - TRIED_FOR).update(to_tell=False)
    waiting.exclude(answered_at=None).update(to_tell=False)
    rows = list(waiting.order_by("since"))
    if not rows:
        return 0
    people = Staff.objects.using("owner").select_related("account", "agency").in_bulk([row.staff_id for row in rows])
    with get_connection() as server:
        return sum(_tell(row, people[row.staff_id], server) for row in rows)


def _tell(row: SignIn, staff: Staff, server: BaseEmailBackend) -> bool:
    """Tell one of them. The staff of an invented agency have no e-mail that leads anywhere."""
    told = False
    if not staff.agency.demonstration:
        try:
            told = message(staff, server).send() == 1
        except SMTPException:
            return False
    row.to_tell = False
    row.save(using="owner", update_fields=["to_tell"])
    return told


def message(staff: Staff, server: BaseEmailBackend | None = None) -> EmailMessage:
    """What is sent, in their language."""
    with translation.override(staff.account.language):
        words = _words(staff.agency.name)
        head = _("Your account was opened on a new device")
    return EmailMessage(
        head, words, to=[staff.account.email], connection=server, headers={"Auto-Submitted": "auto-generated"}
    )


def _words(agency: str) -> str:
    """Plain text, and so no template: nothing in it is markup."""
    parts = (
        _("Somebody signed in to your account at %(agency)s from a device that it had not been opened on before.") % {"agency": agency},
        _("If it was you, there is nothing to do."),
        _(
            "If it was not you, open Alongside the way you always do, and answer “It was not me” under Your account. That device is"
            " signed out then. Tell your administrator."
        ),
        _("There is no link in this message on purpose: whoever sends you one in our name is not us."),
    )  # fmt: skip
    return "\n\n".join(parts) + "\n"
