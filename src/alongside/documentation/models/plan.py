"""The service plan in numbered versions; a signed version never changes (practice P1-P8).

A goal, objective or activity keeps its `origin`, the row it was first written as, through every version; notes and
services point to origins, so the Thread survives an amendment. The first row is its own origin.
"""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.documentation.models.thread import Need
from alongside.foundations.sealed import SealedText
from alongside.people.models import CaseRecord, Staff


class PlanState(models.TextChoices):
    """The life of a plan version."""

    DRAFT = "draft", _("draft")
    SIGNING = "signing", _("waiting for signatures")
    IN_EFFECT = "in_effect", _("in effect")
    REPLACED = "replaced", _("replaced")
    WITHDRAWN = "withdrawn", _("withdrawn")


class PlanVersion(CaseRecord):
    """One version of a client's service plan, with its own schedule for review and reassessment (P7)."""

    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=PlanState.choices, default=PlanState.DRAFT)
    made_on = models.DateField()
    in_effect_on = models.DateField(null=True, blank=True)
    review_on = models.DateField()
    reassess_on = models.DateField()
    roles = SealedText(_("who is responsible for what"))
    options_told = SealedText(_("options and costs explained"))
    made_with = SealedText(max_length=200)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["case", "number"], name="plan_version_once"),
            models.UniqueConstraint(fields=["case"], condition=models.Q(state="in_effect"), name="one_plan_in_effect"),
        )


class Goal(CaseRecord):
    """What the client wants to reach, for one need. `number` reads 1.1: the need's number and a running one."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="goals")
    origin = models.ForeignKey("self", models.CASCADE, related_name="copies")
    need = models.ForeignKey(Need, models.CASCADE, related_name="goals")
    number = models.CharField(max_length=12)
    title = SealedText(_("the goal"), max_length=200)
    term = models.CharField(
        max_length=8, choices=[("short", _("short-term")), ("long", _("long-term"))], default="short"
    )
    kind = models.CharField(
        max_length=10, choices=[("personal", _("personal")), ("capacity", _("capacity-building"))], default="personal"
    )
    builds_on = SealedText(_("strengths it builds on"))
    barriers = SealedText(_("barriers, and what we do about them"))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["version", "number"], name="goal_number_once"),
            models.CheckConstraint(condition=~models.Q(title=""), name="goal_says_what"),
        )
        ordering = ("number",)

    def __str__(self) -> str:
        return self.title


class Objective(CaseRecord):
    """A step that can be measured and has a date (P3). The database refuses one without measure or date."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="objectives")
    origin = models.ForeignKey("self", models.CASCADE, related_name="copies")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="objectives")
    number = models.CharField(max_length=14)
    title = SealedText(_("what will be different"), max_length=200)
    indicator = SealedText(_("measured by"), max_length=160)
    baseline = SealedText(_("from"), max_length=60)
    target = SealedText(_("to"), max_length=60)
    due_on = models.DateField(_("by"))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["version", "number"], name="objective_number_once"),
            models.CheckConstraint(
                condition=~models.Q(indicator="") & ~models.Q(target="") & ~models.Q(baseline=""),
                name="objective_is_measured",
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="objective_says_what"),
        )
        ordering = ("number",)

    def __str__(self) -> str:
        return self.title


class Activity(CaseRecord):
    """Who does what, how often and how long, what it costs and who pays, and what else there is (P4)."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="activities")
    origin = models.ForeignKey("self", models.CASCADE, related_name="copies")
    objective = models.ForeignKey(Objective, models.CASCADE, related_name="activities")
    actor = models.CharField(
        max_length=10, choices=[("client", _("client")), ("worker", _("worker")), ("family", _("family")), ("provider", _("provider"))]
    )  # fmt: skip
    who = SealedText(max_length=120)
    what = SealedText(max_length=240)
    how_often = SealedText(max_length=80)
    every_days = models.PositiveSmallIntegerField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    expected = SealedText(max_length=200)
    cost = models.DecimalField(max_digits=9, decimal_places=2, default=Decimal(0))
    paid_by = SealedText(max_length=120)
    instead = SealedText(max_length=160)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="activity_ends_after_start",
            ),
            models.CheckConstraint(condition=~models.Q(who="") & ~models.Q(what=""), name="activity_says_what"),
        )
        ordering = ("starts_on", "id")


class Signature(CaseRecord):
    """Someone's signature under a plan version, drawn on screen or typed (P8)."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="signatures")
    capacity = models.CharField(
        max_length=14,
        choices=[("client", _("client")), ("representative", _("representative")), ("worker", _("case manager")),
                 ("supervisor", _("supervisor")), ("family", _("family"))],
    )  # fmt: skip
    name = SealedText(max_length=200)
    method = models.CharField(max_length=6, choices=[("drawn", _("drawn")), ("typed", _("typed"))])
    strokes = SealedText()
    language = models.CharField(max_length=60, blank=True, default="")
    signed_at = models.DateTimeField()
    taken_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["version", "capacity"], condition=~models.Q(capacity="family"), name="place_signed_once"
            ),
        )
