"""Forms of a referral out: made, sent, answered, chased."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.client_level.intervention.actions import Consent
from alongside.client_level.intervention.forms.parts import Tied
from alongside.client_level.intervention.states import REFERRAL_OUT
from alongside.documentation.models import ReferralOut
from alongside.foundations.fields import line, prose, tick
from alongside.foundations.pages import HouseForm

ANSWERS = {
    "receive": _("They have received it"),
    "accept": _("They accept"),
    "wait-list": _("They put the client on their waiting list"),
    "decline": _("They decline"),
    "start": _("The service has begun"),
    "close": _("It is closed"),
}


class Consented(HouseForm):
    """When and how the client consented; both or neither."""

    consented_on = forms.DateField(label=_("The client consented on"), required=False)
    consent_how = line(_("How"), 120, hint=_("For example: signed on paper, or aloud in Arabic before an interpreter."))

    def consent(self) -> Consent | None:
        """The consent, or None when no day was given."""
        on = self.cleaned_data.get("consented_on")
        return Consent(on, self.cleaned_data["consent_how"]) if on else None


class ReferralOutForm(Consented, Tied):
    """To whom, for what, and what they will learn (practice I4)."""

    organization = line(_("To which organization"), 160, required=True)
    service = line(_("For which service"), 160, required=True)
    ties = forms.ChoiceField(label=_("What is it for?"), required=False, widget=forms.RadioSelect)
    shares = prose(
        _("What they will learn about the client"), required=True,
        hint=_("Only what they need for this service, in words the client has heard."),
    )  # fmt: skip
    warm = tick(_("Warm hand-over: somebody goes along, or introduces them"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A plan makes the choice a duty; before there is one, help is not held up by it.
        self.fields["ties"].required = bool(self.picks)
        self.fields["ties"].error_messages["required"] = _(
            "Choose a goal or an objective, or say that this stands on its own."
        )


class SendForm(Consented):
    """Sending: the consent if it is not written down yet, and when to ask for an answer."""

    chase_on = forms.DateField(label=_("Ask again if no answer by"), required=False)

    def __init__(self, *args: Any, referral: ReferralOut, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if referral.consented_on:
            del self.fields["consented_on"], self.fields["consent_how"]


class AnswerForm(HouseForm):
    """The next step of a referral, of those that are open from where it is."""

    step = forms.ChoiceField(
        label=_("What has happened?"), widget=forms.RadioSelect, error_messages={"required": _("Choose what has happened.")}
    )  # fmt: skip
    on = forms.DateField(label=_("On"))
    feedback = prose(_("What they said"), 2)
    outcome = prose(_("What came of it"), 2, hint=_("Needed to close the referral."))

    def __init__(self, *args: Any, referral: ReferralOut, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_steps = [(step, label) for step, label in ANSWERS.items() if REFERRAL_OUT.find(referral.state, step)]
        self.fields["step"].choices = open_steps  # type: ignore[attr-defined]


class WithdrawForm(HouseForm):
    """That it is not going to be sent."""

    reason = line(_("Why it is not sent"), 300, required=True, say=_("Say in a sentence why it is not sent."))


class ChaseForm(HouseForm):
    """That they were asked again today."""

    chase_on = forms.DateField(label=_("Ask once more if no answer by"), required=False)
