"""Documents of a case: papers and pictures that came from somewhere else, sealed like every word (practice C4, D2)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.models import Mark, mark_words
from alongside.foundations.sealed import SealedText
from alongside.foundations.uploads import ENDINGS, JPEG, PDF, PNG
from alongside.people.models import CaseRecord, Staff


class Sort(models.TextChoices):
    """What sort of paper it is."""

    IDENTITY = "identity", _("ID")
    IMMIGRATION = "immigration", _("Immigration paper")
    COURT = "court", _("Court or police")
    HOUSING = "housing", _("Lease or housing")
    HEALTH = "health", _("Health")
    MONEY = "money", _("Income, benefits, bills")
    WORK = "work", _("School or work")
    LETTER = "letter", _("Letter")
    SIGNED = "signed", _("Form signed on paper")
    PICTURE = "picture", _("Picture")
    OTHER = "other", _("Something else")


class Document(CaseRecord):
    """One paper, of one or more files. `on` is the day it bears, `title` says what it is, `source` from whom it came.

    With `marks` it is open only to who added it, the primary, and those let in by name (decision 0014). One that was put
    aside, for a reason, stays in its place and is part of nothing that is printed or leaves.
    """

    title = SealedText(_("what it is"))
    sort = models.CharField(_("sort"), max_length=12, choices=Sort.choices, default=Sort.OTHER)
    on = models.DateField(_("dated"))
    source = SealedText(_("from whom"))
    marks = ArrayField(models.CharField(max_length=20, choices=Mark.choices), default=list, blank=True)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    aside_at = models.DateTimeField(null=True, blank=True)
    aside_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    aside_because = SealedText(_("why it was put aside"))
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (models.Index(fields=["case", "-on"], name="document_of_case"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(aside_at=None, aside_by=None)
                | models.Q(aside_at__isnull=False, aside_by__isnull=False),
                name="put_aside_by_somebody",
            ),
        )

    @property
    def mark_names(self) -> list[str]:
        """Its sensitivity marks in words."""
        return mark_words(self.marks)


class DocumentFile(CaseRecord):
    """One file of a document, in its place among them. It is never changed, and removed only by a disposal.

    `sealed` is noise under the key of the case, bound to this row; `checksum` is the SHA-256 of that noise in hexadecimal,
    so that `alongside verify` needs no key. `size` counts the bytes before sealing.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="files")
    number = models.PositiveSmallIntegerField()
    name = SealedText()
    media = models.CharField(max_length=20, choices=((PDF, "PDF"), (JPEG, "JPEG"), (PNG, "PNG")))
    size = models.PositiveIntegerField()
    checksum = models.CharField(max_length=64)
    sealed = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["document", "number"], name="one_file_of_a_number"),)

    @property
    def is_picture(self) -> bool:
        """True for what a page can show by itself."""
        return self.media != PDF

    @property
    def ending(self) -> str:
        """How a file of this kind ends its name."""
        return ENDINGS[self.media]

    @property
    def lies_at(self) -> str:
        """What the noise is bound to."""
        return f"{self._meta.db_table}.sealed:{self.pk}"
