"""The filters of the timeline: kinds and days only, never words, since they stand in the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.documentation.queries.timeline import Wanted, groups
from alongside.foundations.mistakes import OurWords


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")
    return forms.DateField(required=False, label=label, widget=widget)


class TimelineForm(OurWords):
    """Which kinds, between which days. Nothing chosen means all."""

    kind = forms.MultipleChoiceField(required=False, label=_("Show"), widget=forms.CheckboxSelectMultiple)
    since = _day(_("from"))
    until = _day(_("to"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["kind"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  (declared above)
        field.choices = groups()

    @property
    def wanted(self) -> Wanted:
        """What is asked for; a filter that cannot be read asks for nothing."""
        self.is_valid()
        told = self.cleaned_data
        return Wanted(frozenset(told.get("kind") or ()), told.get("since"), told.get("until"))
