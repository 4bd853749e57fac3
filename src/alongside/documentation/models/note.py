"""Progress notes: linked to goals, signed and then fixed; corrections are addenda (practice I2, I3)."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.models import Mark
from alongside.documentation.models.plan import Goal, Objective
from alongside.documentation.models.work import Attended, Mode
from alongside.foundations.sealed import SealedText
from alongside.people.models import CaseRecord, Staff


class NoteState(models.TextChoices):
    """A note is a draft until its writer signs it; a trainee's then waits for a second signature."""

    DRAFT = "draft", _("draft")
    COSIGN = "cosign", _("waiting for co-signature")
    SIGNED = "signed", _("signed")


class Note(Attended, CaseRecord):
    """What happened, in the worker's and the client's words. `minutes` is the length of the contact.

    While it is a draft, `page` is the token of the open page whose words stand, if that page named itself, and
    `page_since` the edition that page went on from: every later edition is its own (decision 0010).

    With `marks` it is open only to its writer, who co-signs it, the primary, and those let in by name (decision 0014).
    """

    state = models.CharField(max_length=8, choices=NoteState.choices, default=NoteState.DRAFT)
    at = models.DateTimeField(_("when"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    mode = models.CharField(_("how"), max_length=8, choices=Mode.choices, default=Mode.FACE_TO_FACE)
    place = SealedText(_("where"), max_length=120)
    title = SealedText(_("in one line"), max_length=120)
    happened = SealedText(_("what happened"))
    client_words = SealedText(_("in the client's words"))
    client_did = SealedText(_("what the client did"))
    worker_did = SealedText(_("what you did"))
    next_step = SealedText(_("what comes next"))
    client_seen = models.BooleanField(default=True)
    stands_alone = models.BooleanField(default=False)
    writer = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)
    cosigner = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    cosigned_at = models.DateTimeField(null=True, blank=True)
    edition = models.PositiveIntegerField(default=1)
    marks = ArrayField(models.CharField(max_length=20, choices=Mark.choices), default=list, blank=True)
    page = models.UUIDField(null=True, editable=False)
    page_since = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        indexes = (
            models.Index(fields=["case", "-at"], name="note_of_case"),
            models.Index(fields=["writer", "state"], name="note_of_writer"),
        )

    @property
    def written_after_days(self) -> int | None:
        """Whole days between the event and the signature (practice D4)."""
        moment: datetime | None = self.signed_at
        return (timezone.localtime(moment).date() - timezone.localtime(self.at).date()).days if moment else None


class NoteLink(CaseRecord):
    """A note concerns a goal or an objective (its origin row). A trigger keeps `marked`: whether the note bears a mark."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="links")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="note_links")
    objective = models.ForeignKey(Objective, models.CASCADE, null=True, blank=True, related_name="note_links")
    standing = models.CharField(max_length=12, blank=True, default="")
    marked = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["note", "goal", "objective"], name="linked_once", nulls_distinct=False),
        )


class Addendum(CaseRecord):
    """A correction or an addition to a signed note, visible as such."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="addenda")
    words = SealedText()
    writer = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
