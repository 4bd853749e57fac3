"""The filters of the timeline: kinds and days only, never words, since they stand in the address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.documentation.queries.timeline import Wanted, groups


class TimelineForm(forms.Form):
    """Which kinds, between which days. Nothing chosen means all."""

    kind = forms.MultipleChoiceField(required=False, label=_("Show"), widget=forms.CheckboxSelectMultiple)
    since = forms.DateField(required=False, label=_("from"), widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"))  # fmt: skip
    until = forms.DateField(required=False, label=_("to"), widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"))  # fmt: skip

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
