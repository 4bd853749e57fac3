"""Looks are written on their own connection, so that a rollback of the page keeps them (design section 5)."""

from contextvars import ContextVar
from uuid import UUID

from django.db import models

from alongside.foundations import clock
from alongside.foundations.actor import Actor
from alongside.foundations.models import Look

OPENED, SEARCHED, REFUSED, PRINTED, SIGNED_IN, SIGN_IN_FAILED, LOCKED_OUT = (
    "opened", "searched", "refused", "printed", "signed in", "sign-in failed", "locked out",
)  # fmt: skip
LISTED, EXPORTED = "listed", "exported"
"""A page that names several clients without opening any; something taken away as a file."""
SAID_WHO, SIGNED_OUT = "said who is there", "signed out"
"""Somebody who was signed in already gave the password or used a passkey once more; somebody went."""

refusal_kept: ContextVar[bool] = ContextVar("refusal_kept", default=False)
"""True once a refusal was kept in this request, with more than the name of its page."""


def look(
    kind: str, *, actor: Actor | None = None, case: UUID | None = None, page: str = "",
    subject: tuple[type[models.Model], UUID] | None = None,
) -> None:  # fmt: skip
    """Write that somebody looked, or tried to. `page` is the name of the address, never what was typed.

    `subject` is what was looked at where the case does not say it: its kind and its key, also of what is not there.
    """
    if kind == REFUSED:
        refusal_kept.set(True)
    # One statement, which PostgreSQL keeps by itself before it answers: no transaction is opened around it.
    Look.objects.using("looks").create(
        at=clock.now(), agency_id=actor.agency if actor else None, staff_id=actor.staff if actor else None,
        actor_name=actor.name if actor else "", case_id=case, kind=kind, page=page,
        subject_kind=subject[0]._meta.label_lower if subject else "", subject_id=subject[1] if subject else None,
    )  # fmt: skip
