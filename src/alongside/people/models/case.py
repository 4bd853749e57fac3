"""The case: the span of work with a client in a program; and who works on it."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.foundations import clock
from alongside.foundations.models import Keyed
from alongside.foundations.sealed import SealedText
from alongside.people.models.agency import Agency, Program, Staff
from alongside.people.models.person import Person


class Case(Keyed):
    """A client's work in a program. Its stage is read from its record, never set (practice, six stages).

    `number` is what people see, such as 2026-0147. `closed_on` is written by closure and cleared by reopening.
    `last_seen_on` is the day of the last face-to-face or agreed contact, kept by the note verb (practice M4).
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    program = models.ForeignKey(Program, models.PROTECT, related_name="cases")
    client = models.ForeignKey(Person, models.PROTECT, related_name="cases")
    number = models.CharField(max_length=20)
    opened_on = models.DateField()
    enrolled_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    contact_every_days = models.PositiveSmallIntegerField(default=14)
    last_seen_on = models.DateField(null=True, blank=True)
    next_need_number = models.PositiveSmallIntegerField(default=1)
    primary_chosen_by_client = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["agency", "number"], name="one_case_of_a_number"),
            models.UniqueConstraint(fields=["id", "program"], name="case_and_its_program"),
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True) | models.Q(closed_on__gte=models.F("opened_on")),
                name="closed_after_it_opened",
            ),
        )
        indexes = (
            models.Index(fields=["client"], name="case_of_client"),
            models.Index(fields=["program", "closed_on"], name="case_in_program"),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """True until the case is closed."""
        return self.closed_on is None


class CaseRecord(Keyed):
    """A row of a case. The program is copied from the case for the policy; the database checks the copy."""

    kept_by = "case"
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    program_id = models.UUIDField(editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Copy the program from the case when the row is new."""
        if self._state.adding:
            self.program_id = self.case.program_id
        super().save(*args, **kwargs)


class AssignmentRole(models.TextChoices):
    """On what ground a member of staff works on, or may read, a case (practice E7, S12)."""

    PRIMARY = "primary", _("primary case manager")
    TEAM = "team", _("on the team")
    COVER = "cover", _("covering")
    INTAKE = "intake", _("intake")
    REVIEW = "review", _("file lent for review")


class Assignment(CaseRecord):
    """Who works on a case, as what, from a day until the day before `until`. One primary at any moment (E7)."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="assignments", db_index=False)  # grounds_of_staff
    role = models.CharField(max_length=10, choices=AssignmentRole.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    reason = SealedText(max_length=200)

    class Meta:
        indexes = (
            # Every policy asks for somebody's cases: all that answers it stands in the index, none of their rows is read.
            models.Index(fields=["staff", "until"], include=["since", "role", "case"], name="grounds_of_staff"),
            models.Index(fields=["case", "role"], name="assignments_of_case"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="until_after_since",
            ),
            models.CheckConstraint(
                condition=~models.Q(role="review") | (models.Q(until__isnull=False) & ~models.Q(reason="")),
                name="lent_for_a_review_and_a_time",
            ),
        )

    @property
    def may_end(self) -> bool:
        """True when this part can be ended before its day: it is not the primary's, and it is not over tomorrow."""
        first = max(self.since, clock.today() + timedelta(days=1))
        return self.role != AssignmentRole.PRIMARY and (self.until is None or self.until > first)
