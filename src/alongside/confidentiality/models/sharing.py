"""A case shared with another agency of this installation: under an agreement, a release, and by name (practice C1, C4)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.models.disclosure import Disclosure
from alongside.confidentiality.models.release import Release
from alongside.confidentiality.states import AgreementState
from alongside.foundations.models import Keyed
from alongside.foundations.sealed import SealedText
from alongside.people.models import Agency, CaseRecord, Staff


class Agreement(Keyed):
    """What two agencies agree on before any case is shared. It holds nothing about any client.

    `agency` offers it, `other` accepts it; either may then share with the other. It lasts from `since` until the day
    before `until`, or until one of them ends it.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    other = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=AgreementState.choices, default=AgreementState.OFFERED)
    purpose = models.CharField(_("what for"), max_length=300)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    offered_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    accepted_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    ended_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    why_ended = models.CharField(_("why it ended"), max_length=300, blank=True, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~models.Q(agency=models.F("other")), name="agreement_of_two"),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("since")),
                name="agreement_has_a_span",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="in_force") | models.Q(accepted_by__isnull=False),
                name="agreement_in_force_is_accepted",
            ),
        )


class CaseShare(CaseRecord):
    """A case that named staff of the other agency may read, from `since` until the day before `until`.

    What they see is what `release` covers, while it, the agreement and this stand: the database asks all three with
    every query. `disclosure` is how it stands in the client's accounting.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    release = models.ForeignKey(Release, models.PROTECT, related_name="+")
    disclosure = models.OneToOneField(Disclosure, models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField()
    shared_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    why_ended = SealedText(_("why it ended"))

    class Meta:
        indexes = (models.Index(fields=["case", "-since"], name="share_of_case"),)
        constraints = (
            models.CheckConstraint(condition=models.Q(until__gt=models.F("since")), name="share_has_a_span"),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="share_ended_by_somebody",
            ),
        )


class ShareReader(CaseRecord):
    """One of the other agency's staff who may read a shared case. The database writes `name`: their row is not ours to see."""

    share = models.ForeignKey(CaseShare, models.CASCADE, related_name="readers")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=["staff"], name="share_reader_of_staff"),)
        constraints = (models.UniqueConstraint(fields=["share", "staff"], name="named_once_a_share"),)
