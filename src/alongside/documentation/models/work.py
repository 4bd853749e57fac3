"""Work: services given, and referrals to other agencies (practice I1, I4)."""

from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.models import Category, Release
from alongside.documentation.models.plan import Goal, Objective
from alongside.foundations import clock
from alongside.foundations.sealed import SealedText
from alongside.people.models import CaseRecord, Staff


class Mode(models.TextChoices):
    """How a contact took place."""

    FACE_TO_FACE = "face", _("Face to face")
    PHONE = "phone", _("Phone")
    VIDEO = "video", _("Video call")
    TEXT = "text", _("Text or e-mail")
    WITHOUT = "without", _("Without the client")


class Kind(models.TextChoices):
    """Direct and indirect services, as the field names them (practice I1)."""

    CARRYING_OUT = "carrying_out", _("Carrying out the plan")
    TEACHING = "teaching", _("Teaching")
    GUIDING = "guiding", _("Guiding")
    PROCESSING = "processing", _("Processing")
    INFORMING = "informing", _("Informing")
    SUPPORTING = "supporting", _("Supporting")
    BROKERING = "brokering", _("Brokering")
    LINKING = "linking", _("Linking")
    ADVOCATING = "advocating", _("Advocating")
    COORDINATING = "coordinating", _("Coordinating")
    NETWORK = "network", _("Work with the social network")
    CONSULTATION = "consultation", _("Consultation")


DIRECT = frozenset({Kind.CARRYING_OUT, Kind.TEACHING, Kind.GUIDING, Kind.PROCESSING, Kind.INFORMING, Kind.SUPPORTING})


class Attended(models.Model):
    """Adds who was there, by name: the client may be among them, so the names are sealed together."""

    there = SealedText(db_column="present")

    class Meta:
        abstract = True

    @property
    def present(self) -> list[str]:
        """Who was there, each by name."""
        return self.there.splitlines()

    @present.setter
    def present(self, names: Iterable[str]) -> None:
        self.there = "\n".join(" ".join(name.splitlines()) for name in names)


class Service(Attended, CaseRecord):
    """A service the client received, or work done for them. `minutes` is how long it took."""

    on = models.DateField()
    kind = models.CharField(max_length=14, choices=Kind.choices)
    what = SealedText(max_length=200)
    minutes = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=8, choices=Mode.choices)
    place = SealedText(max_length=120)
    goal = models.ForeignKey(Goal, models.CASCADE, null=True, blank=True, related_name="services")
    objective = models.ForeignKey(Objective, models.CASCADE, null=True, blank=True, related_name="services")
    stands_alone = models.BooleanField(default=False)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=~models.Q(what=""), name="service_says_what"),)
        indexes = (models.Index(fields=["case", "-on"], name="service_of_case"),)

    @property
    def is_direct(self) -> bool:
        """True for work with the client, False for work around them."""
        return self.kind in DIRECT


class ReferralState(models.TextChoices):
    """The steps of a referral out (practice I4)."""

    DRAFT = "draft", _("draft")
    SENT = "sent", _("sent")
    RECEIVED = "received", _("received")
    ACCEPTED = "accepted", _("accepted")
    WAITLISTED = "waitlisted", _("on their waiting list")
    DECLINED = "declined", _("declined")
    STARTED = "started", _("service began")
    CLOSED = "closed", _("closed")


OWES_ANSWER = frozenset({ReferralState.SENT, ReferralState.RECEIVED})
"""States in which the other agency has not answered yet."""


def is_unanswered(state: str, chase_on: date | None, answered_on: date | None = None) -> bool:
    """True from the day after a referral was to be chased until it is answered or taken back (practice I4)."""
    return state in OWES_ANSWER and answered_on is None and chase_on is not None and chase_on < clock.today()


class ReferralOut(CaseRecord):
    """A referral to another agency, chased until it is answered. What it gives away rests on a release (practice C1, I4).

    `gives` are the parts of the record that `shares` tells of. Referrals sent before releases were kept have a day of
    consent and no release; a new one has both, the day being that of the signature.
    """

    organization = models.CharField(max_length=160)
    service = SealedText(max_length=160)
    goal = models.ForeignKey(Goal, models.CASCADE, null=True, blank=True, related_name="referrals")
    objective = models.ForeignKey(Objective, models.CASCADE, null=True, blank=True, related_name="referrals")
    state = models.CharField(max_length=12, choices=ReferralState.choices, default=ReferralState.DRAFT)
    shares = SealedText(_("what is shared"))
    gives = ArrayField(models.CharField(max_length=12, choices=Category.choices), default=list, blank=True)
    release = models.ForeignKey(Release, models.PROTECT, null=True, blank=True, related_name="referrals")
    consented_on = models.DateField(null=True, blank=True)
    consent_how = SealedText(max_length=120)
    warm = models.BooleanField(default=False)
    sent_on = models.DateField(null=True, blank=True)
    chase_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    outcome = SealedText(_("outcome"))
    feedback = SealedText(_("the other agency's feedback"))
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (models.Index(fields=["case", "state"], name="referral_of_case"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state="draft")
                | models.Q(consented_on__isnull=False)
                | models.Q(state="closed", sent_on__isnull=True),
                name="referral_needs_consent",
            ),
        )
