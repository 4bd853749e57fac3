"""Needs, the decisions to let one rest, and progress toward an objective."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.foundations.sealed import SealedText
from alongside.people.models import CaseRecord, Staff


class Source(models.TextChoices):
    """What a finding is known from (practice A6)."""

    INTERVIEW = "interview", _("Interview")
    DOCUMENTS = "documents", _("Documents")
    RELATIVES = "relatives", _("Relatives")
    OBSERVATION = "observation", _("Direct observation")
    TESTING = "testing", _("Testing")


class Domain(models.TextChoices):
    """The sides of life that an assessment covers (practice A1)."""

    PHYSICAL = "physical", _("Physical health")
    EMOTIONAL = "emotional", _("Psychological and emotional life")
    BEHAVIORAL = "behavioral", _("Behavior and habits")
    SOCIAL = "social", _("Social life and supports")
    ECONOMIC = "economic", _("Income, work and money")
    ENVIRONMENTAL = "environmental", _("Housing and surroundings")
    LEGAL = "legal", _("Legal status")
    CULTURAL = "cultural", _("Culture and religion")
    SAFETY = "safety", _("Safety")


STEPS = [(1, _("Little")), (2, _("Some")), (3, _("Serious")), (4, _("Severe"))]
CAPACITY = [(0, _("None")), (1, _("Little")), (2, _("Some")), (3, _("Much")), (4, _("Full"))]


class Need(CaseRecord):
    """A numbered need. The number is given once and follows the need to the end (practice A3, A4, A5)."""

    number = models.PositiveSmallIntegerField()
    title = SealedText(_("the need"), max_length=200)
    client_words = SealedText(_("in the client's words"))
    domain = models.CharField(max_length=16, choices=Domain.choices)
    extent = models.PositiveSmallIntegerField(choices=STEPS, default=2)
    client_capacity = models.PositiveSmallIntegerField(choices=CAPACITY, default=2)
    network_capacity = models.PositiveSmallIntegerField(choices=CAPACITY, default=1)
    agency_capacity = models.PositiveSmallIntegerField(choices=CAPACITY, default=2)
    client_rank = models.PositiveSmallIntegerField(null=True, blank=True)
    worker_rank = models.PositiveSmallIntegerField(null=True, blank=True)
    sources = ArrayField(models.CharField(max_length=12, choices=Source.choices), default=list)
    found_on = models.DateField()
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["case", "number"], name="need_number_once"),
            models.CheckConstraint(condition=~models.Q(title=""), name="need_says_what"),
        )

    def __str__(self) -> str:
        return self.title


class NeedDecision(CaseRecord):
    """A need set aside on purpose: who decided, why, and when it is looked at again (practice P1)."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=10, choices=[("defer", _("Wait")), ("decline", _("Not wanted"))])
    decided_by = models.CharField(
        max_length=12, choices=[("client", _("the client")), ("worker", _("the worker")), ("both", _("both"))]
    )
    why = SealedText(_("why"))
    client_words = SealedText(_("in the client's words"))
    decided_on = models.DateField()
    look_again_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)


class Standing(models.TextChoices):
    """How an objective stands when someone looks at it (practice M5)."""

    ON_COURSE = "on_course", _("On course")
    BEHIND = "behind", _("Behind")
    REACHED = "reached", _("Reached")
    NOT_REACHED = "not_reached", _("Not reached")
    GIVEN_UP = "given_up", _("Given up, by decision")


ENDS = frozenset({Standing.REACHED, Standing.NOT_REACHED, Standing.GIVEN_UP})


class Progress(CaseRecord):
    """Where an objective stood on a day, against its own measure; the last that ends it is its outcome (M5)."""

    objective = models.ForeignKey("documentation.Objective", models.CASCADE, related_name="progress")
    on = models.DateField()
    value = SealedText(max_length=60)
    standing = models.CharField(max_length=12, choices=Standing.choices)
    trouble = models.CharField(
        max_length=12, blank=True, default="",
        choices=[("client", _("the client's part")), ("coordination", _("coordination")), ("system", _("the delivery system"))],
    )  # fmt: skip
    words = SealedText()
    client_words = SealedText()
    review_id = models.UUIDField(null=True, blank=True)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["case", "objective", "-on"], name="progress_of_objective"),)
