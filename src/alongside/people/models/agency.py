"""The agency, its programs and its staff. No client content lives here, so an administrator may see all of it."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.foundations import clock
from alongside.foundations.ids import new_id
from alongside.foundations.models import Keyed
from alongside.foundations.roles import Role

IDLE_MINUTES, IDLE_LEAST, IDLE_MOST = 15, 3, 120


class Agency(Keyed):
    """An organization that serves clients. `demonstration` marks an invented one, and every page then says so.

    `urgent_hours` is how long an urgent opening lasts, in whole hours (practice C5); `idle_minutes` how long a page may lie
    untouched before it asks who is there. `trusts_issuer_steps`: whoever passed several steps at the agency's own sign-in is
    asked for none here.
    """

    name = models.CharField(max_length=200)
    demonstration = models.BooleanField(default=False)
    next_case_number = models.PositiveIntegerField(default=1)
    urgent_hours = models.PositiveSmallIntegerField(default=4)
    idle_minutes = models.PositiveSmallIntegerField(
        default=IDLE_MINUTES, validators=[MinValueValidator(IDLE_LEAST), MaxValueValidator(IDLE_MOST)]
    )
    trusts_issuer_steps = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "agencies"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(urgent_hours__gte=1, urgent_hours__lte=24), name="urgent_for_a_day_at_most"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Model(models.TextChoices):
    """The three models of case management a program can follow (practice P11)."""

    CLINICAL = "clinical", _("Clinical")
    BROKERAGE = "brokerage", _("Brokerage")
    STRENGTHS = "strengths", _("Strengths-based")


class Program(Keyed):
    """A program of the agency. `contact_every_days` and the other spans are whole days (practice M4, P7, T6)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="programs")
    name = models.CharField(max_length=120)
    model = models.CharField(max_length=20, choices=Model.choices, default=Model.STRENGTHS)
    contact_every_days = models.PositiveSmallIntegerField(default=14)
    review_every_days = models.PositiveSmallIntegerField(default=90)
    reassess_every_days = models.PositiveSmallIntegerField(default=180)
    follow_up_after_days = models.PositiveSmallIntegerField(default=90)
    answer_referrals_within_days = models.PositiveSmallIntegerField(default=3)
    supervisor_signs_plans = models.BooleanField(default=False)
    open = models.BooleanField(default=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["agency", "name"], name="one_program_of_a_name"),)

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    """Finds sign-ins by e-mail address; the verb `staff_add` makes them."""


class Account(AbstractBaseUser):
    """A sign-in. It says who someone is at the door, and nothing about clients.

    `must_change_password` is set when somebody else chose the password: until its owner has chosen their own, two
    people know it, and no deed done under it says for certain who did it (practice C5).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    language = models.CharField(max_length=12, default="en")
    theme = models.CharField(max_length=8, default="device", choices=[(t, t) for t in ("light", "dark", "device")])

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[AccountManager] = AccountManager()

    def __str__(self) -> str:
        return self.email


class Staff(Keyed):
    """A member of staff. `roles` are values of `Role`; `supervisor` is who answers for their work (practice S1)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="staff")
    account = models.OneToOneField(Account, models.PROTECT, related_name="staff")
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=120, blank=True, default="")
    roles = ArrayField(models.CharField(max_length=24, choices=[(r.value, r.value) for r in Role]), default=list)
    languages = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    supervisor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="supervises")
    trainee = models.BooleanField(default=False)
    left_on = models.DateField(null=True, blank=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "staff"

    def __str__(self) -> str:
        return self.name

    @property
    def works_here(self) -> bool:
        """False from the day on that they left."""
        return self.left_on is None or self.left_on > clock.today()


class Team(Keyed):
    """Staff who work together. A team by itself opens no file; assignments and supervision do."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120)
    members = models.ManyToManyField(Staff, related_name="teams", blank=True)
    edition = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name


class ProgramStaff(Keyed):
    """Who works in which program, and as what: the ground on which intake and program managers see records."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    program = models.ForeignKey(Program, models.PROTECT, related_name="staffing")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="programs")
    role = models.CharField(max_length=24, choices=[(r.value, r.value) for r in Role])

    class Meta:
        constraints = (models.UniqueConstraint(fields=["program", "staff", "role"], name="once_in_a_program"),)
