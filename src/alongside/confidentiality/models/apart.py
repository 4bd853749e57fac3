"""What keeps a worker and a case apart (practice R6)."""

from django.db import models

from alongside.foundations import clock
from alongside.foundations.sealed import SealedText
from alongside.people.models import CaseRecord, Staff


class Conflict(CaseRecord):
    """A conflict of interest: `staff` sees nothing of the case from `since` until the day before `until`, whatever their role.

    `declared_by` is themselves or who answers for the case. `why_ended` says why it no longer stands in the way.
    """

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    reason = SealedText()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    declared_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    why_ended = SealedText()

    class Meta:
        indexes = (models.Index(fields=["staff", "case"], name="conflict_of_staff"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="conflict_ends_after_it_began",
            ),
        )

    @property
    def stands(self) -> bool:
        """True while it keeps them apart."""
        return self.until is None or self.until > clock.today()
