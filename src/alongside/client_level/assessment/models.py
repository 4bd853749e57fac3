"""Sittings and what was found in them. Needs themselves lie in the documentation room."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.client_level.assessment.states import SittingState
from alongside.confidentiality.models import Mark, mark_words
from alongside.documentation.models.thread import Domain, Source
from alongside.documentation.models.work import Mode
from alongside.foundations.sealed import SealedText
from alongside.people.models import CaseRecord, Staff

SOURCES = dict(Source.choices)


def known_from(sources: Iterable[str]) -> str:
    """What something is known from, in words: Interview, Documents (practice A6)."""
    return ", ".join(str(SOURCES[source]) for source in sources if source in SOURCES)


class Present(models.TextChoices):
    """Who was there when the situation was assessed (practice A1)."""

    CLIENT = "client", _("The client")
    INTERPRETER = "interpreter", _("Interpreter")
    FAMILY = "family", _("Family")
    OTHER = "other", _("Someone else")


class Sitting(CaseRecord):
    """One meeting, or several, at which the client's situation was assessed (practice A1, A10)."""

    state = models.CharField(max_length=10, choices=SittingState.choices, default=SittingState.OPEN)
    kind = models.CharField(
        max_length=10, choices=[("first", _("First assessment")), ("again", _("Reassessment"))], default="first"
    )
    on = models.DateField(_("when"))
    mode = models.CharField(_("how"), max_length=8, choices=Mode.choices, default=Mode.FACE_TO_FACE)
    place = SealedText(_("where"), max_length=120)
    present = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    seen_alone = models.BooleanField(_("seen alone"), default=False)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    completed_at = models.DateTimeField(null=True, blank=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (models.Index(fields=["case", "-on"], name="sitting_of_case"),)


class DomainEntry(CaseRecord):
    """One side of life: the worker's account beside the client's own (practice A1, A5)."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="entries")
    domain = models.CharField(max_length=16, choices=Domain.choices)
    worker_words = SealedText(_("what is known"))
    client_words = SealedText(_("in the client's words"))
    sources = ArrayField(models.CharField(max_length=12, choices=Source.choices), default=list, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["sitting", "domain"], name="one_entry_a_domain"),)

    @property
    def known_from(self) -> str:
        """The evidence, in words."""
        return known_from(self.sources)


class Finding(CaseRecord):
    """A strength or a barrier, in objective and in subjective words, with its source (practice A2, A6).

    With `marks` it is open only to who assessed, the primary, and those let in by name (decision 0014).
    """

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=8, choices=[("strength", _("Strength")), ("barrier", _("Barrier"))])
    objective_words = SealedText(_("what can be seen or shown"))
    client_words = SealedText(_("in the client's words"))
    sources = ArrayField(models.CharField(max_length=12, choices=Source.choices), default=list)
    marks = ArrayField(models.CharField(max_length=20, choices=Mark.choices), default=list, blank=True)
    edition = models.PositiveIntegerField(default=1)

    @property
    def known_from(self) -> str:
        """The evidence, in words."""
        return known_from(self.sources)

    @property
    def mark_words(self) -> list[str]:
        """Its marks, in words."""
        return mark_words(self.marks)
