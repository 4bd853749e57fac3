"""Reviews: a formal look at a plan with the client (practice M2, M5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.documentation.models import PlanVersion
from alongside.documentation.models.work import Attended
from alongside.foundations.sealed import SealedText
from alongside.people.models import CaseRecord, Staff


class Review(Attended, CaseRecord):
    """A review of a plan version. Each objective's standing is a `Progress` row that names the review."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="reviews")
    on = models.DateField(_("when"))
    words = SealedText(_("what was found"))
    client_words = SealedText(_("in the client's words"))
    next_on = models.DateField(_("next review"))
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["case", "-on"], name="review_of_case"),)
        constraints = (
            models.CheckConstraint(condition=models.Q(next_on__gt=models.F("on")), name="next_review_is_later"),
        )
