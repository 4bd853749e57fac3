"""Forms of termination: the ending, reopening, and the follow-up after it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.client_level.termination.models import Closure, FollowUp, Reason
from alongside.foundations.fields import choices, line, prose, tick
from alongside.foundations.pages import HouseForm


class PrepareForm(HouseForm):
    """What has to be known to begin: why, when, and whether the client knows (practice T1, T2)."""

    reason = forms.ChoiceField(label=_("Why it ends"), choices=[("", _("Choose a reason")), *Reason.choices])
    ends_on = forms.DateField(label=_("Last day"))
    told_on = forms.DateField(label=_("The client was told on"), required=False, help_text=_("Leave empty if not yet."))
    told_how = line(_("How they were told"), 160, hint=_("Or why that was not possible."))


class ClosingForm(PrepareForm):
    """The whole closing record. It can be left unfinished (practice T2, T3)."""

    exit_interview = prose(_("What helped, and what did not"), rows=5)
    client_words = prose(_("In the client’s words"), rows=5)
    exit_interview_declined = tick(_("The client did not want an exit interview"))
    next_stage = prose(_("Plan for the next stage"), 4, hint=_("What the client goes on with, and who is beside them."))
    still_here_for = prose(_("How we can still help"), hint=_("What the client can come back for, and whom to ask."))
    resources = prose(_("Resources and referrals"), hint=_("Places and people that were named to the client."))


class CloseForm(HouseForm):
    """Nothing to fill in: closing is agreed to by its button."""


class ReopenForm(HouseForm):
    """Why a closed case is opened again (practice T7)."""

    reason = prose(_("Why it is opened again"), required=True)


class FollowUpForm(HouseForm):
    """What was found after the end (practice T6)."""

    done_on = forms.DateField(label=_("When"))
    reached = forms.ChoiceField(
        label=_("Was the client reached?"), choices=choices(FollowUp, "reached"), widget=forms.RadioSelect
    )
    living = prose(_("How and where they live now"))
    stable = forms.ChoiceField(
        label=_("Is that stable?"), choices=choices(FollowUp, "stable"), required=False, widget=forms.RadioSelect
    )
    adequate = forms.ChoiceField(
        label=_("Is it still enough?"), choices=choices(FollowUp, "adequate"), required=False, widget=forms.RadioSelect
    )
    words = prose(_("What else was found"))
    again_on = forms.DateField(
        label=_("Follow up again on"), required=False, help_text=_("Leave empty if this was the last.")
    )


def kept_so_far(closure: Closure) -> dict[str, Any]:
    """What the closing form begins with: the record as it stands, and the edition it was read at."""
    return {name: getattr(closure, name) for name in ("edition", *ClosingForm.base_fields) if hasattr(closure, name)}
