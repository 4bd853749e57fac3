"""Marks of what is more sensitive than the rest of a record, and who is let in to it."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.foundations import clock
from alongside.foundations.sealed import SealedText
from alongside.people.models import CaseRecord, Staff


class Mark(models.TextChoices):
    """Why a note, a document or an answer has a narrower audience, and is released only by name (practice C1, C4).

    The first is the psychotherapy note of 45 CFR 164.501; the second is what 42 CFR Part 2 protects; the others are
    what state and federal law, or plain danger, set apart.
    """

    PSYCHOTHERAPY = "psychotherapy", _("Psychotherapy")
    SUBSTANCE_USE = "substance_use", _("Substance use treatment")
    HIV = "hiv", _("HIV")
    DOMESTIC_VIOLENCE = "domestic_violence", _("Domestic violence")
    IMMIGRATION = "immigration", _("Immigration")


def mark_words(marks: Iterable[str]) -> list[str]:
    """Marks as a page names them, in their own order."""
    chosen = set(marks)
    return [str(one.label) for one in Mark if one.value in chosen]


class MarkReader(CaseRecord):
    """Someone let in to what bears `mark` in this case, from `since` until the day before `until`, for a reason."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    mark = models.CharField(max_length=20, choices=Mark.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    reason = SealedText()
    named_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["staff", "case"], name="mark_reader_of_staff"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="reading_ends_after_it_began",
            ),
        )

    @property
    def stands(self) -> bool:
        """True while they are let in, or will be."""
        return self.until is None or self.until > clock.today()
