"""The agency's written policies, in versions; who has read which, and which client was given which (practice C6)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.foundations.models import Keyed
from alongside.people.models import Agency, CaseRecord, Staff


class PolicyState(models.TextChoices):
    """The life of one version of a policy."""

    DRAFT = "draft", _("draft")
    IN_FORCE = "in_force", _("in force")
    REPLACED = "replaced", _("replaced")


class Policy(Keyed):
    """One written policy of the agency. `key` is the starter it was taken up from, if any."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    key = models.CharField(max_length=40, blank=True, default="")
    title = models.CharField(_("title"), max_length=160)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["agency", "title"], name="one_policy_of_a_title"),)
        verbose_name_plural = "policies"

    def __str__(self) -> str:
        return self.title


class PolicyVersion(Keyed):
    """The words of a policy, as they were written, put in force and replaced. What was in force once never changes."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    policy = models.ForeignKey(Policy, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=PolicyState.choices, default=PolicyState.DRAFT)
    words = models.TextField(_("the policy"))
    language = models.CharField(_("written in"), max_length=60)
    review_on = models.DateField(_("look at it again on"))
    in_force_on = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["policy", "number"], name="policy_version_once"),
            models.UniqueConstraint(
                fields=["policy"], condition=models.Q(state="in_force"), name="one_policy_version_in_force"
            ),
            models.UniqueConstraint(fields=["policy"], condition=models.Q(state="draft"), name="one_policy_draft"),
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(in_force_on__isnull=False), name="in_force_from_a_day"
            ),
        )


class Acknowledgment(Keyed):
    """That a member of staff has read a version in force, and when they said so."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="acknowledgments")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["version", "staff"], name="acknowledged_once"),)


class PolicyCopy(CaseRecord):
    """That a client was given a version of a policy: when, in which language, by whom."""

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="copies")
    language = models.CharField(_("in which language"), max_length=60)
    given_on = models.DateField(_("given on"))
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
