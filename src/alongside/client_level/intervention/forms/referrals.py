"""Forms of a referral out: made, sent, answered, chased."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.client_level.intervention.actions import Consent
from alongside.client_level.intervention.forms.parts import Tied
from alongside.client_level.intervention.states import REFERRAL_OUT, STAYS_DRAFT
from alongside.confidentiality.forms.releases import SignReleaseForm
from alongside.confidentiality.models import Category, Release
from alongside.confidentiality.queries.basis import BASES
from alongside.documentation.models import ReferralOut
from alongside.documentation.models.work import ReferralState
from alongside.foundations.fields import line, prose, tick
from alongside.foundations.pages import HouseForm
from alongside.foundations.templatetags.house import day

ANSWERS = {
    "receive": _("They have received it"),
    "accept": _("They accept"),
    "wait-list": _("They put the client on their waiting list"),
    "decline": _("They decline"),
    "start": _("The service has begun"),
    "close": _("It is closed"),
}


LATER, NEW = "later", "new"


class Consented(SignReleaseForm):
    """On what it rests: not yet on anything, on a release in force, or on one that is signed here and now."""

    release = forms.ChoiceField(label=_("The client’s consent"), required=False, widget=forms.RadioSelect)
    basis = forms.ChoiceField(label=_("Law or rule for the new release"), required=False)
    ends_on = forms.DateField(
        label=_("It lasts until"), required=False, help_text=_("Left empty: as long as its rule proposes.")
    )

    def __init__(self, *args: Any, releases: list[Release], first: str = LATER, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.releases = {str(one.pk): one for one in releases}
        told = _("%(whom)s, until %(day)s")
        kept = [(key, told % {"whom": one.to_whom, "day": day(one.ends_on)}) for key, one in self.releases.items()]
        later = [(LATER, _("Not yet: keep it as a draft"))] if first == LATER else []
        self._offer("release", [*later, (NEW, _("A new release, signed now")), *kept])
        self._offer("basis", [(basis.key, basis.name) for basis in BASES if not basis.must_mark])
        self.fields["release"].initial = first
        for name in ("capacity", "method"):
            self.fields[name].required = False

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def consent(self) -> Consent | None:
        """What was chosen, or None where the client has not been asked yet."""
        told = self.cleaned_data
        if told.get("release") in self.releases:
            return Consent(release=self.releases[told["release"]])
        if told.get("release") != NEW:
            return None
        return Consent(signing=self.signing(), basis=told["basis"] or "local", until=told["ends_on"])


class ReferralOutForm(Consented, Tied):
    """To whom, for what, and what they will learn (practice I4)."""

    organization = line(_("To which organization"), 160, required=True)
    service = line(_("For which service"), 160, required=True)
    ties = forms.ChoiceField(label=_("What is it for?"), required=False, widget=forms.RadioSelect)
    gives = forms.MultipleChoiceField(
        label=_("Which parts of the record this tells of"), choices=Category.choices, initial=[Category.IDENTITY],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick which parts of the record this tells of.")},
    )  # fmt: skip
    shares = prose(
        _("What they will learn about the client"), required=True,
        hint=_("Only what they need for this service, in words the client has heard."),
    )  # fmt: skip
    warm = tick(_("Warm handoff: somebody goes along, or introduces them"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A plan makes the choice a duty; before there is one, help is not held up by it.
        self.fields["ties"].required = bool(self.picks)
        self.fields["ties"].error_messages["required"] = _(
            "Choose a goal or an objective, or say that this stands on its own."
        )


class SendForm(Consented):
    """Sending: on which release if none was chosen yet, and when to ask for an answer."""

    chase_on = forms.DateField(label=_("Ask again if no answer by"), required=False)

    def __init__(self, *args: Any, referral: ReferralOut, releases: list[Release], **kwargs: Any) -> None:
        super().__init__(*args, releases=releases, first=NEW, **kwargs)
        if referral.release_id:
            for name in set(self.fields) - {"chase_on", "once", "edition"}:
                del self.fields[name]

    def consent(self) -> Consent | None:
        """None where the referral rests on a release already."""
        return super().consent() if "release" in self.fields else None


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
        self.fields["step"].error_messages["invalid_choice"] = (
            STAYS_DRAFT
            if referral.state == ReferralState.DRAFT
            else _("This does not follow now. Choose one of these.")
        )


class WithdrawForm(HouseForm):
    """That it is not going to be sent."""

    reason = line(_("Why it is not sent"), 300, required=True, say=_("Say in a sentence why it is not sent."))


class ChaseForm(HouseForm):
    """That they were asked again today."""

    chase_on = forms.DateField(label=_("Ask once more if no answer by"), required=False)
