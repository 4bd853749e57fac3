"""The life of a referral in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.foundations.state import Move, StateTable


class ReferralInState(models.TextChoices):
    """Received, then screened, then answered in one of four ways (practice E2)."""

    RECEIVED = "received", _("received")
    SCREENED = "screened", _("screened")
    ACCEPTED = "accepted", _("accepted")
    SCREENED_OUT = "screened_out", _("screened out")
    WAITLISTED = "waitlisted", _("on the waiting list")
    DIRECTED = "directed", _("directed elsewhere")


S = ReferralInState
OPEN = (S.RECEIVED, S.SCREENED)

REFERRAL_IN = StateTable(
    "referral in",
    "practice E2, E3",
    (
        Move(S.RECEIVED, "screen", S.SCREENED),
        Move(S.SCREENED, "screen", S.SCREENED),
        Move(S.SCREENED, "accept", S.ACCEPTED),
        Move(S.WAITLISTED, "accept", S.ACCEPTED),
        Move(S.SCREENED, "screen out", S.SCREENED_OUT),
        Move(S.SCREENED, "wait-list", S.WAITLISTED),
        Move(S.RECEIVED, "direct elsewhere", S.DIRECTED),
        Move(S.SCREENED, "direct elsewhere", S.DIRECTED),
        Move(S.WAITLISTED, "direct elsewhere", S.DIRECTED),
    ),
)
