"""What is typed of rules, holds and disposal (practice D6)."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.models import Hold, RetentionRule
from alongside.confidentiality.models.retention import EVENTS_OF, RecordKind
from alongside.foundations.fields import choices, line, offer, prose
from alongside.foundations.pages import HouseForm
from alongside.people.models import Program


class RuleForm(HouseForm):
    """How long, from what, and by which law."""

    event = forms.ChoiceField(
        label=_("Counted from"), widget=forms.RadioSelect, choices=choices(RetentionRule, "event")
    )
    years = forms.IntegerField(label=_("Years"), min_value=1, max_value=100)
    source = line(
        _("By which law, contract or policy"), 200, required=True, say=_("Say where this number of years comes from."),
        hint=_("It stands on every certificate of disposal."),
    )  # fmt: skip

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of:
            known = {str(event) for event in EVENTS_OF[RecordKind(of)]}
            field: Any = self.fields["event"]
            field.choices = [choice for choice in choices(RetentionRule, "event") if choice[0] in known]


class NewRuleForm(RuleForm):
    """A rule for one kind of record, in one program or in all."""

    kind = forms.ChoiceField(label=_("Which records"), widget=forms.RadioSelect, choices=choices(RetentionRule, "kind"))
    program = forms.ModelChoiceField(
        label=_("Which program"), queryset=Program.objects.none(), required=False, empty_label=_("Every program without a rule of its own"),
    )  # fmt: skip
    field_order = ("kind", "program", "event", "years", "source")

    def __init__(self, *args: Any, agency: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "program", Program.objects.filter(agency_id=agency).order_by("name"))


class HoldForm(HouseForm):
    """What a hold covers and why."""

    covers = forms.ChoiceField(label=_("It covers"), widget=forms.RadioSelect, choices=choices(Hold, "covers"))
    ground = prose(
        _("On what ground"), 3, required=True, say=_("Say on what ground."),
        hint=_("For example the court, and the number of the case there."),
    )  # fmt: skip
    since = forms.DateField(label=_("Since"))


class WhyForm(HouseForm):
    """A reason that has to be given."""

    why = prose(_("Why"), 3, required=True, say=_("Say why."))


class SureForm(HouseForm):
    """Before what cannot be undone."""

    sure = forms.BooleanField(
        label=_("I know that this cannot be undone, and that nothing is kept but the certificate."),
        error_messages={"required": _("Tick this first: what is disposed of cannot be brought back.")},
    )  # fmt: skip
