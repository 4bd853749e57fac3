"""An urgent opening: a case opened for some hours by someone outside its team, who says why (practice C5)."""

from django.db import models

from alongside.foundations import clock
from alongside.foundations.sealed import SealedText
from alongside.people.models import CaseRecord, Staff


class UrgentOpening(CaseRecord):
    """`staff` may read the case from `began_at` until `ends_at`. A supervisor judges afterwards whether it was fitting."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    reason = SealedText()
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    fitting = models.BooleanField(null=True)
    judgment = SealedText()
    judged_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["staff", "ends_at"], name="urgent_of_staff"),
            models.Index(fields=["case", "-began_at"], name="urgent_of_case"),
            models.Index(fields=["case"], name="urgent_unjudged", condition=models.Q(judged_at__isnull=True)),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(judged_at__isnull=True, fitting__isnull=True, judged_by__isnull=True)
                | models.Q(judged_at__isnull=False, fitting__isnull=False, judged_by__isnull=False),
                name="judged_whole",
            ),
        )

    @property
    def lasts(self) -> bool:
        """True until its hours are over."""
        return self.ends_at > clock.now()
