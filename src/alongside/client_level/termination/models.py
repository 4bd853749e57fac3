"""Closure, what comes next, and the follow-up after it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.client_level.termination.states import ClosureState
from alongside.foundations.sealed import SealedText
from alongside.people.models import CaseRecord, Staff


class Reason(models.TextChoices):
    """Why a case ends (practice T1)."""

    ATTAINED = "attained", _("Goals attained")
    RECOVERED = "recovered", _("Recovery or rehabilitation")
    NO_PART = "no_part", _("Client or family does not take part")
    CLIENT_WITHDREW = "client_withdrew", _("Client withdrew")
    WORKER_WITHDREW = "worker_withdrew", _("Worker withdrew")
    MOVED = "moved", _("Moved")
    TRANSFERRED = "transferred", _("Transferred")
    NO_SERVICE = "no_service", _("Services not available")
    DIED = "died", _("Died")


class Closure(CaseRecord):
    """The end of a case, prepared with the client: reason, exit interview, plan for the next stage (T1-T3).

    One that was undone keeps everything, and says when, by whom and why the case was opened again (T7).
    """

    state = models.CharField(max_length=10, choices=ClosureState.choices, default=ClosureState.PREPARED)
    reason = models.CharField(_("reason"), max_length=16, choices=Reason.choices)
    ends_on = models.DateField(_("ends on"))
    told_on = models.DateField(_("client told on"), null=True, blank=True)
    told_how = SealedText(_("how the client was told"), max_length=160)
    exit_interview = SealedText(_("exit interview: what helped, what did not"))
    client_words = SealedText(_("in the client's words"))
    exit_interview_declined = models.BooleanField(_("the client did not want an exit interview"), default=False)
    next_stage = SealedText(_("plan for the next stage"))
    still_here_for = SealedText(_("how we can still help"))
    resources = SealedText(_("resources and referrals"))
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    reopened_on = models.DateField(null=True, blank=True)
    reopened_why = SealedText(_("why the case was reopened"))
    reopened_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(state__in=["prepared", "closed"]), name="one_closure_at_a_time"
            ),
        )


class FollowUp(CaseRecord):
    """A visit or call after the end: is it still all right (practice T6)."""

    closure = models.ForeignKey(Closure, models.CASCADE, related_name="follow_ups")
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    reached = models.CharField(
        max_length=12, blank=True, default="",
        choices=[("yes", _("reached")), ("no", _("not reached")), ("declined", _("did not want it"))],
    )  # fmt: skip
    living = SealedText(_("living situation"))
    stable = models.CharField(
        max_length=12, blank=True, default="",
        choices=[("yes", _("stable")), ("partly", _("partly")), ("no", _("not stable"))],
    )  # fmt: skip
    adequate = models.CharField(
        max_length=12, blank=True, default="",
        choices=[("yes", _("enough")), ("partly", _("partly")), ("no", _("not enough"))],
    )  # fmt: skip
    words = SealedText(_("what was found"))
    by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
