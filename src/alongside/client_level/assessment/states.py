"""The life of an assessment sitting."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.foundations.state import Move, StateTable


class SittingState(models.TextChoices):
    """A sitting can be left and taken up again until it is complete (practice A10)."""

    OPEN = "open", _("open")
    COMPLETE = "complete", _("complete")


SITTING = StateTable("assessment", "practice A10", (Move(SittingState.OPEN, "complete", SittingState.COMPLETE),))
