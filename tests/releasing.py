"""Releases as the stories of confidentiality begin with them: made, signed, for a school that Sama wants to go to."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from alongside.client_level.intervention.actions import Consent
from alongside.confidentiality.actions import Leave, Signing, Terms, disclosure_make, release_make, release_sign
from alongside.confidentiality.models import Disclosure, Release
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.people.models import Case
from tests.cast import Cast

SCHOOL = "Riverside Adult School"
WHY = "To join the English class"


def ahead(days: int) -> date:
    """A day so many days from today."""
    return clock.today() + timedelta(days=days)


def terms(**more: Any) -> Terms:
    """What Sama agrees to: her name and language to the school, for two months."""
    told: dict[str, Any] = {
        "basis": "local", "discloser": "Harbour Lane Community Services", "recipients": (SCHOOL,),
        "categories": ("identity",), "purpose": WHY, "starts_on": clock.today(), "ends_on": ahead(60),
    }  # fmt: skip
    return Terms(**told | more)


def made(cast: Cast, case: Case | None = None, **more: Any) -> Release:
    """A release that waits for its signature."""
    return release_make(cast.maren, case=case or cast.sama, terms=terms(**more))


def signed(cast: Cast, case: Case | None = None, signing: Signing | None = None, **more: Any) -> Release:
    """A release in force, signed by typing the name."""
    draft = made(cast, case, **more)
    return release_sign(cast.maren, release=draft, edition=draft.edition, signing=signing or typed())


def typed(**more: Any) -> Signing:
    """Sama types her name, after it was read to her in Arabic."""
    told: dict[str, Any] = {"name": "Sama Othman", "read_in": "Arabic", "interpreter": "Hala K."}
    return Signing(**told | more)


def aloud(**more: Any) -> Consent:
    """Sama says yes to a referral, aloud in Arabic, before Hala."""
    told: dict[str, Any] = {"method": "aloud", "read_in": "Arabic", "interpreter": "Hala K.", "witness": "Hala K."}
    return Consent(signing=Signing(**told | more))


SIGNED_HERE = {
    "release": "new", "basis": "local", "capacity": "client", "method": "aloud", "read_in": "Arabic", "witness": "Hala K.",
}  # fmt: skip
"""What is typed into the form of a referral for a release that is signed with it."""


def sent(cast: Cast, release: Release, ticked: Iterable[str] = ("identity:name",), **more: Any) -> Disclosure:
    """Something leaves under a release."""
    told: dict[str, Any] = {
        "recipient": SCHOOL, "purpose": WHY, "relevant": "The school needs a name for its list.",
        "leave": Leave(release=release), "case": cast.sama,
    }  # fmt: skip
    return disclosure_make(cast.maren, ticked=tuple(ticked), **told | more)


def now(cast: Cast, row: Any) -> Any:
    """A row as it stands."""
    with acting(cast.maren):
        return type(row).objects.get(pk=row.pk)
