"""On what a referral out rests: a release that is there, or one made and signed on the same screen (practice C1, I4)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from alongside.client_level.intervention.catalogue.packet_letter import letter_items
from alongside.confidentiality.actions import (
    Leave,
    Signing,
    Terms,
    disclosure_make,
    release_make,
    release_sign,
)
from alongside.confidentiality.models import How, Release
from alongside.confidentiality.queries.basis import BASES
from alongside.confidentiality.queries.coverage import objections
from alongside.documentation.models import ReferralOut
from alongside.foundations import clock
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken
from alongside.people.models import Agency


@dataclass(frozen=True)
class Consent:
    """The release that a referral rests on, or how a new one is signed: under which `basis`, and until when.

    Without `until` the basis's own span is taken.
    """

    release: Release | None = None
    signing: Signing | None = None
    basis: str = "local"
    until: date | None = None


def rest_on(actor: Actor, referral: ReferralOut, consent: Consent) -> None:
    """Let `referral` rest on a release; the caller saves it. Raises `RuleBroken` for one that does not cover it today."""
    if consent.release is None and consent.signing is None:
        return
    release = consent.release or _new(actor, referral, consent)
    if release.case_id != referral.case_id:
        raise RuleBroken(_("That release is of another case."), "practice C1", "release")
    for sentence in objections(release, letter_items(referral), referral.organization, clock.today()):
        raise RuleBroken(sentence, "practice C1", "release")
    referral.release, referral.consented_on = release, release.signed_on
    said = [str(release.get_method_display()), release.witness, release.interpreter]
    referral.consent_how = ", ".join(one for one in said if one)[:120]


def _new(actor: Actor, referral: ReferralOut, consent: Consent) -> Release:
    """A release for this referral alone: this recipient, these parts, this purpose."""
    if consent.basis not in {basis.key for basis in BASES}:
        raise RuleBroken(_("Choose the law or rule for the release."), "practice C1", "basis")
    basis, today = BASES[consent.basis], clock.today()
    assert consent.signing is not None  # noqa: S101  (asked by the caller)
    discloser = Agency.objects.values_list("name", flat=True).get(pk=actor.agency)
    terms = Terms(
        basis=basis.key, discloser=discloser, recipients=(referral.organization,), categories=tuple(referral.gives),
        purpose=referral.service, starts_on=today, ends_on=consent.until or today + timedelta(days=basis.default_days),
        end_event=str(basis.event), marks=tuple(mark.value for mark in basis.must_mark),
        shown_on=consent.signing.on,
    )  # fmt: skip
    made = release_make(actor, case=referral.case, terms=terms)
    return release_sign(actor, release=made, signing=consent.signing, edition=made.edition)


def let_out(actor: Actor, referral: ReferralOut, release: Release) -> None:
    """What the referral tells goes out by the one way out, which looks at the release at this moment."""
    disclosure_make(
        actor, case=referral.case, recipient=referral.organization, leave=Leave(release=release),
        ticked=[item.key for item in letter_items(referral)], purpose=referral.service, relevant=referral.shares,
        how=How.REFERRAL,
    )  # fmt: skip
