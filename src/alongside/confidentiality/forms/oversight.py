"""What is typed about looks and breaches. None of it may name a client."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.models import LookRules, StepKind
from alongside.foundations.actor import Actor
from alongside.foundations.fields import line, offer, prose
from alongside.foundations.pages import HouseForm
from alongside.people.models import Staff


def moment(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateTimeField:
    """A day and a time."""
    return forms.DateTimeField(
        label=label, required=required, help_text=hint, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "form-control"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip


def account(*, required: bool) -> "forms.ModelChoiceField[Staff]":
    """Whose account it is."""
    return forms.ModelChoiceField(
        label=_("Whose account"), queryset=Staff.objects.none(), required=required, empty_label=_("Choose a name"),
        help_text=_("People who left are in the list too."),
    )  # fmt: skip


class TouchedForm(HouseForm):
    """Whose records did this account touch, from when to when?"""

    account = account(required=True)
    since = moment(_("From"))
    until = moment(_("Until"))
    asks = {"account": _("Choose whose account it is.")}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "account", Staff.objects.filter(agency_id=actor.agency).order_by("name"))

    def clean(self) -> dict[str, Any]:
        """Refuse a span that ends before it begins."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = values.get("since"), values.get("until")
        if isinstance(since, datetime) and isinstance(until, datetime) and until <= since:
            self.add_error("until", _("The end has to lie after the beginning."))
        return values


class BreachForm(HouseForm):
    """What is known of a breach."""

    happened = prose(
        _("What happened"), 4, required=True, say=_("Write what happened, without naming a client."),
        hint=_("How it came about and what was taken or seen. Name no client: the case numbers are filled in."),
    )  # fmt: skip
    found_at = moment(_("Found"), hint=_("Both deadlines count from here."))
    found_by = line(_("Found by"), required=True, say=_("Write who found it."))
    account = account(required=False)
    since = moment(_("In other hands from"), required=False)
    until = moment(_("Until"), required=False)
    notice_hours = forms.IntegerField(label=_("Hours until the funder has notice"), min_value=1, max_value=9999)
    people_days = forms.IntegerField(label=_("Days until the people concerned are told"), min_value=1, max_value=999)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "account", Staff.objects.filter(agency_id=actor.agency).order_by("name"))


class StepForm(HouseForm):
    """What was done about a breach."""

    kind = forms.ChoiceField(label=_("What was done"), choices=StepKind.choices)
    done_at = moment(_("When"))
    told = line(_("Who was told"), hint=_("An office and a name there; or how many people, and in which way."))
    words = prose(_("In words"), 3, required=True, say=_("Write what was done."), hint=_("Name no client."))


class ContainForm(HouseForm):
    """When and how a breach was contained."""

    done_at = moment(_("Since when"))
    words = prose(
        _("What was done to contain it"), 3, required=True, say=_("Write what was done to contain it."),
        hint=_("For example: the account is locked, the letter was fetched back. Name no client."),
    )  # fmt: skip


class AgainForm(HouseForm):
    """Why a breach is open again."""

    words = prose(
        _("Why it is open again"), 3, required=True, say=_("Write why it is open again."), hint=_("Name no client.")
    )


class LookRulesForm(HouseForm):
    """From where on a look stands out, and how long a breach may wait."""

    night_from = forms.IntegerField(
        label=_("The night begins at"), min_value=0, max_value=23, help_text=_("An hour, 0 to 23.")
    )
    night_until = forms.IntegerField(label=_("and ends at"), min_value=0, max_value=23)
    many_files = forms.IntegerField(label=_("How many files stand out"), min_value=2, max_value=9999)
    many_minutes = forms.IntegerField(label=_("Within how many minutes"), min_value=1, max_value=1440)
    notice_hours = forms.IntegerField(
        label=_("Hours until a funder has notice of a breach"), min_value=1, max_value=9999
    )
    people_days = forms.IntegerField(label=_("Days until the people concerned are told"), min_value=1, max_value=999)

    @classmethod
    def read(cls, rules: LookRules) -> dict[str, int]:
        """What stands now, for the fields."""
        names = [*(name for name in cls.base_fields if name != "once")]
        return {name: getattr(rules, name) for name in names}


class JudgeForm(HouseForm):
    """Was this look fitting?"""

    fitting = forms.ChoiceField(
        label=_("Was it justified?"), widget=forms.RadioSelect,
        choices=[("yes", _("It was part of their work")), ("no", _("It was not part of their work"))],
        error_messages={"required": _("Choose one of the two.")},
    )  # fmt: skip
    words = prose(_("Why"), 3, required=True, say=_("Write why, in a sentence: whom you asked, and what you found."))
