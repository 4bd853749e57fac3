"""The life of a breach: found, contained, closed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.foundations.state import Move, StateTable


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
