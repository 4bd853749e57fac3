"""Looking after the looks: what counts as unusual, what was found so, and breaches with their clocks (practice C5)."""

from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.states import BreachState
from alongside.foundations.models import Keyed
from alongside.foundations.sealed import SealedText
from alongside.people.models import Agency, Case, Staff


class LookRules(Keyed):
    """From where on a look stands out, and how long a breach may wait; an agency without a row has the defaults.

    Hours are of the 24-hour clock where the agency is; the night may run past midnight.
    """

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="+")
    night_from = models.PositiveSmallIntegerField(default=22, validators=[MaxValueValidator(23)])
    night_until = models.PositiveSmallIntegerField(default=6, validators=[MaxValueValidator(23)])
    many_files = models.PositiveSmallIntegerField(default=25, validators=[MinValueValidator(2)])
    many_minutes = models.PositiveSmallIntegerField(default=60, validators=[MinValueValidator(1)])
    notice_hours = models.PositiveSmallIntegerField(default=24, validators=[MinValueValidator(1)])
    people_days = models.PositiveSmallIntegerField(default=60, validators=[MinValueValidator(1)])
    edition = models.PositiveIntegerField(default=1)


class Unusual(models.TextChoices):
    """Why a look stands out."""

    SURNAME = "surname", _("Has the same last name as the client or someone in the household")
    KNOWN = "known", _("Has the same name as someone in the client’s life")
    NEIGHBOR = "neighbor", _("Lives near the client, by what is on record")
    NIGHT = "night", _("At night")
    OUTSIDE = "outside", _("Is not on the case and supervises nobody who is")
    REFUSED = "refused", _("Tried to open it and was refused")
    MANY = "many", _("Many files in a short time")


class UnusualLook(Keyed):
    """What one person looked at on one day that stands out, until somebody who answers for it has judged it.

    `case` is empty for many files in a short time, which is about the person; `files` then counts them. `who` names them, and
    their agency where it is another: their own row is not open to whoever judges.
    """

    kept_by = "case|agency"
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="+")
    program_id = models.UUIDField(null=True, editable=False)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    who = models.CharField(max_length=400, default="")
    on = models.DateField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    reasons = ArrayField(models.CharField(max_length=10, choices=Unusual.choices))
    files = models.PositiveIntegerField(default=1)
    fitting = models.BooleanField(null=True)
    words = SealedText(_("why"))
    judged_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["case", "staff", "on"], nulls_distinct=False, name="one_unusual_look_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(judged_at__isnull=True, fitting__isnull=True)
                | models.Q(judged_at__isnull=False, fitting__isnull=False),
                name="judged_one_way_or_the_other",
            ),
        )
        indexes = (models.Index(fields=["case"], name="unusual_to_judge", condition=models.Q(judged_at__isnull=True)),)

    @property
    def why(self) -> list[str]:
        """The reasons in words."""
        return [str(Unusual(reason).label) for reason in self.reasons]


class Breach(Keyed):
    """Records reached somebody they were not for, or may have: what happened, whose, since when, and two clocks.

    `notice_hours` run to the notice that the funder is owed, `people_days` to telling the people concerned; both from
    the moment it was found.
    """

    kept_by = "agency"
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=BreachState.choices, default=BreachState.OPEN)
    happened = SealedText(_("what happened"))
    found_at = models.DateTimeField()
    found_by = models.CharField(max_length=200)
    account = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    notice_hours = models.PositiveSmallIntegerField(default=24)
    people_days = models.PositiveSmallIntegerField(default=60)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "breaches"
        indexes = (models.Index(fields=["agency", "-found_at"], name="breach_of_agency"),)

    @property
    def notice_by(self) -> datetime:
        """When the notice to the funder is due."""
        return self.found_at + timedelta(hours=self.notice_hours)

    @property
    def people_by(self) -> datetime:
        """When the people concerned have to be told."""
        return self.found_at + timedelta(days=self.people_days)

    @property
    def is_open(self) -> bool:
        """True until it is closed."""
        return self.state != BreachState.CLOSED


class BreachCase(Keyed):
    """A case that the account touched in the time of the breach, by its number; never by a name."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    breach = models.ForeignKey(Breach, models.CASCADE, related_name="cases")
    number = models.CharField(max_length=20)
    kinds = models.CharField(max_length=200)
    times = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["breach", "number"], name="once_in_a_breach"),)


class StepKind(models.TextChoices):
    """What was done about a breach; the first two stop a clock."""

    NOTICE = "notice", _("Notice given to the funder")
    PEOPLE = "people", _("The people concerned were told")
    NO_NOTICE = "no_notice", _("No notice is owed to a funder, and why")
    NO_PEOPLE = "no_people", _("The people concerned need not be told, and why")
    OTHER = "other", _("Something else was done")


ANSWERS = {"notice": (StepKind.NOTICE, StepKind.NO_NOTICE), "people": (StepKind.PEOPLE, StepKind.NO_PEOPLE)}
"""By clock, the steps that stop it."""


class BreachStep(Keyed):
    """One thing that was done about a breach: when, and who was told. It stays as it was written."""

    kept_by = "agency"
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    breach = models.ForeignKey(Breach, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    done_at = models.DateTimeField()
    told = models.CharField(max_length=200, blank=True, default="")
    words = SealedText(_("what was done"))
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    @property
    def stops(self) -> str:
        """The clock that this step stops; empty for none."""
        return next((clock_ for clock_, kinds in ANSWERS.items() if self.kind in kinds), "")
