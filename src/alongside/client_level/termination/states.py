"""The life of a closure (practice T1, T2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.foundations.state import Move, StateTable


class ClosureState(models.TextChoices):
    """Prepared with the client, then closed; undone if the case is reopened."""

    PREPARED = "prepared", _("being prepared")
    CLOSED = "closed", _("closed")
    REOPENED = "reopened", _("reopened")


S = ClosureState
CLOSURE = StateTable(
    "closure", "practice T1, T2, T7", (Move(S.PREPARED, "close", S.CLOSED), Move(S.CLOSED, "reopen", S.REOPENED))
)
