"""Sama's leave in the demonstration: releases in every state, what left under them, and what her family may know."""

from datetime import date, timedelta

from alongside.confidentiality.actions import (
    Leave,
    Terms,
    disclosure_make,
    release_make,
    release_sign,
    release_take_back,
    sharing_set,
)
from alongside.confidentiality.models import Release
from alongside.foundations import clock
from alongside.people.models import SignificantOther
from alongside.site.demo.life import Life

CLINIC = "Lantern Clinic"


def consents(life: Life) -> None:
    """A clinic that is told her needs, a school whose leave she took back, a landlord whose release is not signed yet."""
    today = clock.today()
    school = _signed(
        life,
        today - timedelta(days=50),
        ("people",),
        "A school place for her nephew",
        "Eastfield Primary",
        "local",
        160,
    )
    with life.on(today - timedelta(days=30)) as actor:
        release_take_back(actor, release=school, by="Sama", how="Aloud, at the visit", edition=school.edition)
    clinic = _signed(
        life, today - timedelta(days=22), ("identity", "needs"), "To join the sleep group", CLINIC, "hipaa", 30
    )
    with life.on(today - timedelta(days=21)) as actor:
        disclosure_make(
            actor, case=life.case, recipient=CLINIC, leave=Leave(release=clinic), ticked=("identity:name", "identity:language"),
            purpose="To join the sleep group", relevant="The group asks for a name and whether an interpreter is needed.",
        )  # fmt: skip
    with life.on(today - timedelta(days=1)) as actor:
        release_make(
            actor,
            case=life.case,
            terms=terms(("identity",), "To be put on the list for a flat", "Elm Street Homes", "local", 90),
        )
        rima = SignificantOther.objects.get(person=life.case.client_id, name="Rima Othman")
        sharing_set(actor, case=life.case, other=rima, may_share=["plan", "referrals"])


def terms(parts: tuple[str, ...], why: str, whom: str, basis: str, days: int) -> Terms:
    """What a release of Sama's says, from today for so many days."""
    today = clock.today()
    return Terms(
        basis=basis, discloser="Harbour Lane Community Services", recipients=(whom,), categories=parts, purpose=why,
        starts_on=today, ends_on=today + timedelta(days=days),
    )  # fmt: skip


def _signed(life: Life, day: date, parts: tuple[str, ...], why: str, whom: str, basis: str, days: int) -> Release:
    with life.on(day) as actor:
        made = release_make(actor, case=life.case, terms=terms(parts, why, whom, basis, days))
        return release_sign(actor, release=made, signing=life.signing(), edition=made.edition)
