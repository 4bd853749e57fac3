"""The steps of a release, of a policy's versions, of a proposal to dispose of a record, and of a breach.

A release ends by its days, which nobody sets; all else is a step somebody takes (practice C1).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.foundations.state import Move, StateTable


class ReleaseState(models.TextChoices):
    """The life of a release. That it has ended is read from its days."""

    DRAFT = "draft", _("not signed yet")
    SIGNED = "signed", _("signed")
    REPLACED = "replaced", _("replaced by a newer one")
    TAKEN_BACK = "taken_back", _("taken back")


S = ReleaseState

RELEASE = StateTable(
    "release",
    "practice C1",
    (
        Move(S.DRAFT, "sign", S.SIGNED),
        Move(S.DRAFT, "take back", S.TAKEN_BACK),
        Move(S.SIGNED, "take back", S.TAKEN_BACK),
        Move(S.SIGNED, "replace", S.REPLACED),
    ),
)


class AgreementState(models.TextChoices):
    """The life of an agreement between two agencies. That its days are over is read from them."""

    OFFERED = "offered", _("offered, not accepted yet")
    IN_FORCE = "in_force", _("in force")
    TURNED_DOWN = "turned_down", _("turned down")
    ENDED = "ended", _("ended")


AGREEMENT = StateTable(
    "agreement",
    "practice C1",
    (
        Move(AgreementState.OFFERED, "accept", AgreementState.IN_FORCE),
        Move(AgreementState.OFFERED, "turn down", AgreementState.TURNED_DOWN),
        Move(AgreementState.IN_FORCE, "end", AgreementState.ENDED),
    ),
)

POLICY = StateTable(
    "policy",
    "practice C6",
    (Move("draft", "put in force", "in_force"), Move("in_force", "replace", "replaced")),
)

DISPOSAL = StateTable(
    "disposal",
    "practice D6",
    (
        Move("proposed", "approve", "approved"),
        Move("proposed", "turn down", "turned_down"),
        Move("approved", "turn down", "turned_down"),
    ),
)


class BreachState(models.TextChoices):
    """Where a breach stands."""

    OPEN = "open", _("open")
    CONTAINED = "contained", _("contained")
    CLOSED = "closed", _("closed")


BREACH = StateTable(
    "breach",
    "practice C5",
    (
        Move(BreachState.OPEN, "contain", BreachState.CONTAINED),
        Move(BreachState.CONTAINED, "open again", BreachState.OPEN),
        Move(BreachState.CONTAINED, "close", BreachState.CLOSED),
    ),
)
