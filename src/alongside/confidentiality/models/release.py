"""The release of information: the client's signed leave to tell named things to a named party, for a reason and a time."""

from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.models.marks import Mark, mark_words
from alongside.confidentiality.states import ReleaseState
from alongside.foundations.sealed import SealedText
from alongside.people.models import CaseRecord, Representative, Staff


class Category(models.TextChoices):
    """The parts of a record that can be released, each by itself (practice C1: a release says *what*)."""

    IDENTITY = "identity", _("Name, birth date and language")
    CONTACT = "contact", _("How to reach them safely")
    PEOPLE = "people", _("Family and household")
    ASSESSMENT = "assessment", _("Assessment")
    NEEDS = "needs", _("Needs, in their own words")
    PLAN = "plan", _("Service plan")
    NOTES = "notes", _("Progress notes")
    SERVICES = "services", _("Services given")
    REFERRALS = "referrals", _("Referrals to others")
    DOCUMENTS = "documents", _("Documents and pictures")


def category_words(categories: Iterable[str]) -> list[str]:
    """Parts of a record as a page names them, as they were listed; one that is no longer known is left out."""
    return [str(Category(one).label) for one in categories if one in Category.values]


class Capacity(models.TextChoices):
    """As what somebody signs (practice C7; 45 CFR 164.502(g))."""

    CLIENT = "client", _("the client")
    GUARDIAN = "guardian", _("guardian")
    AGENT = "agent", _("agent under a power of attorney or health care proxy, within their authority")


class Method(models.TextChoices):
    """How leave was given. Aloud counts only where the law behind the release lets it, and before a witness."""

    DRAWN = "drawn", _("signed on this screen")
    TYPED = "typed", _("name typed")
    PAPER = "paper", _("signed on paper")
    ALOUD = "aloud", _("said aloud, before a witness")


class Release(CaseRecord):
    """One release. `recipients` are names, or kinds of recipients where `general` says so and the basis allows it.

    `record_from` and `record_until` bound the days of the record that may leave; empty means all of it. It ends on
    `ends_on` at the latest, and earlier on the day `event_on` on which what `end_event` names has come. `statements` are
    the sentences that were shown, in their `statements_version` and `language`.
    """

    state = models.CharField(max_length=10, choices=ReleaseState.choices, default=ReleaseState.DRAFT)
    basis = models.CharField(max_length=20)
    discloser = models.CharField(max_length=200)
    recipients = ArrayField(models.CharField(max_length=160), default=list)
    general = models.BooleanField(default=False)
    categories = ArrayField(models.CharField(max_length=12, choices=Category.choices), default=list)
    marks = ArrayField(models.CharField(max_length=20, choices=Mark.choices), default=list, blank=True)
    record_from = models.DateField(null=True, blank=True)
    record_until = models.DateField(null=True, blank=True)
    purpose = SealedText(_("why it is shared"))
    starts_on = models.DateField()
    ends_on = models.DateField()
    end_event = SealedText(_("or earlier, when"))
    event_on = models.DateField(null=True, blank=True)
    statements = SealedText()
    statements_version = models.PositiveSmallIntegerField(default=1)
    language = models.CharField(max_length=60, blank=True, default="")
    read_in = models.CharField(max_length=60, blank=True, default="")
    signer = SealedText(max_length=200)
    capacity = models.CharField(max_length=8, choices=Capacity.choices, blank=True, default="")
    representative = models.ForeignKey(Representative, models.PROTECT, null=True, blank=True, related_name="+")
    authority = SealedText(max_length=300)
    method = models.CharField(max_length=6, choices=Method.choices, blank=True, default="")
    strokes = SealedText()
    witness = SealedText(max_length=200)
    interpreter = SealedText(max_length=200)
    signed_on = models.DateField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = SealedText(max_length=200)
    taken_back_how = SealedText(_("how it was taken back"))
    taken_back_to = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="next_ones")
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (models.Index(fields=["case", "state", "ends_on"], name="release_of_case"),)
        constraints = (
            models.UniqueConstraint(fields=["id", "case"], name="release_and_its_case"),
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="release_has_a_span"),
            models.CheckConstraint(
                condition=models.Q(state="draft")
                | models.Q(signed_at=None, state="taken_back")
                | (
                    models.Q(signed_at__isnull=False, signed_on__isnull=False, taken_by__isnull=False)
                    & ~models.Q(signer="") & ~models.Q(capacity="") & ~models.Q(method="") & ~models.Q(discloser="")
                    & ~models.Q(recipients=[]) & ~models.Q(categories=[]) & ~models.Q(language="")
                ),
                name="signed_release_is_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(method="aloud") | ~models.Q(witness=""), name="aloud_has_a_witness"
            ),
            models.CheckConstraint(
                condition=~models.Q(capacity__in=["guardian", "agent"])
                | (models.Q(representative__isnull=False) & ~models.Q(authority="")),
                name="who_signs_for_another_has_authority",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="taken_back") | models.Q(taken_back_at__isnull=False),
                name="taken_back_at_a_moment",
            ),
        )  # fmt: skip

    def is_in_force(self, day: date) -> bool:
        """True when something may leave under it on `day`: signed, begun, neither taken back nor ended."""
        over = self.event_on is not None and self.event_on <= day
        return self.state == ReleaseState.SIGNED and self.starts_on <= day <= self.ends_on and not over

    @property
    def to_whom(self) -> str:
        """The recipients in one line."""
        return ", ".join(self.recipients)

    @property
    def category_names(self) -> list[str]:
        """What it covers, in words."""
        return category_words(self.categories)

    @property
    def mark_names(self) -> list[str]:
        """The sensitivity marks it names, in words."""
        return mark_words(self.marks)
