"""What was shared: to whom, under what, which parts, and why; and what the client wants the people around to know."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.models.marks import Mark, mark_words
from alongside.confidentiality.models.release import Category, Release, category_words
from alongside.foundations.sealed import SealedText
from alongside.people.models import CaseRecord, SignificantOther, Staff
from alongside.people.models.person import AboutPerson


class RestsOn(models.TextChoices):
    """On what a disclosure rests: nothing leaves without one of these (practice C1, C3, C8)."""

    CLIENT = "client", _("given to the client")
    RELEASE = "release", _("a release")
    WISH = "wish", _("what the client allows this person to know")
    GROUND = "ground", _("a legal reason, without consent")


class Ground(models.TextChoices):
    """Why something may leave without consent (practice C3; 45 CFR 164.512; 42 CFR 2.51-2.53)."""

    COURT_ORDER = "court_order", _("Court order")
    SUICIDE = "suicide", _("Threat of suicide")
    HARM = "harm", _("Threat of harm to others")
    MANDATED = "mandated", _("Report required by law")
    EMERGENCY = "emergency", _("Medical emergency")
    AUDIT = "audit", _("Audit or oversight")


URGENT = frozenset({Ground.SUICIDE, Ground.HARM, Ground.MANDATED, Ground.EMERGENCY})
"""Grounds that cannot always wait for a consultation: it is then recorded within 24 hours."""


class Told(models.TextChoices):
    """Whether the client was told of a disclosure made without them."""

    LATER = "later", _("Not yet")
    YES = "yes", _("Yes")
    NO = "no", _("No, and this is why")


class How(models.TextChoices):
    """How it left."""

    PACKET = "packet", _("as a packet on paper or file")
    ALOUD = "aloud", _("told aloud")
    REFERRAL = "referral", _("with a referral")
    SHARED = "shared", _("read here by another agency")


class Disclosure(CaseRecord):
    """One telling. `left` lists what left by key, category, day and a keyed digest, never the words themselves.

    `recipient` is empty where the client got it: their name stands in their own row and nowhere else (decision 0013).

    Only the consultation, where it may follow, and whether the client was told are written later; the rest is fixed.
    """

    rests_on = models.CharField(max_length=8, choices=RestsOn.choices)
    release = models.ForeignKey(Release, models.PROTECT, null=True, blank=True, related_name="disclosures")
    other = models.ForeignKey(SignificantOther, models.PROTECT, null=True, blank=True, related_name="+")
    ground = models.CharField(max_length=12, choices=Ground.choices, blank=True, default="")
    urgent = models.BooleanField(default=False)
    recipient = models.CharField(max_length=200, blank=True, default="")
    purpose = SealedText(_("for what"))
    relevant = SealedText(_("why this was relevant"))
    how = models.CharField(max_length=8, choices=How.choices, default=How.PACKET)
    basis = models.CharField(max_length=20, blank=True, default="")
    left = models.JSONField(default=list)
    categories = ArrayField(models.CharField(max_length=12, choices=Category.choices), default=list)
    marks = ArrayField(models.CharField(max_length=20, choices=Mark.choices), default=list, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    consulted_with = SealedText(max_length=200)
    consulted_at = models.DateTimeField(null=True, blank=True)
    advice = SealedText(_("what came of the consultation"))
    consultation_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    told = models.CharField(max_length=6, choices=Told.choices, blank=True, default="")
    told_on = models.DateField(null=True, blank=True)
    not_told_because = SealedText(_("why the client was not told"))
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (models.Index(fields=["case", "-at"], name="disclosure_of_case"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(rests_on="client", release=None, other=None, ground="")
                | models.Q(rests_on="release", release__isnull=False, other=None, ground="")
                | models.Q(rests_on="wish", release=None, other__isnull=False, ground="")
                | (models.Q(rests_on="ground", release=None, other=None) & ~models.Q(ground="")),
                name="disclosure_rests_on_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(rests_on="client", recipient="")
                | (~models.Q(rests_on="client") & ~models.Q(recipient="")),
                name="recipient_is_named_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(rests_on="ground") | models.Q(urgent=True) | models.Q(consulted_at__isnull=False),
                name="consulted_first_or_urgent",
            ),
        )

    @property
    def category_names(self) -> list[str]:
        """What left, in words."""
        return category_words(self.categories)

    @property
    def mark_names(self) -> list[str]:
        """The sensitivity marks that went with it, in words."""
        return mark_words(self.marks)


class SharingWish(AboutPerson):
    """What the client lets one person around them know, part by part (practice C8). Kept apart from releases."""

    other = models.OneToOneField(SignificantOther, models.CASCADE, related_name="wish")
    may_share = ArrayField(models.CharField(max_length=12, choices=Category.choices), default=list, blank=True)
    said_on = models.DateField()
    written_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    edition = models.PositiveIntegerField(default=1)
