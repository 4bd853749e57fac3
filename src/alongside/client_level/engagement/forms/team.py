"""Forms about who works on a case (practice E7)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from alongside.client_level.engagement.forms.referrals import YES_OR_NO, StaffChoice
from alongside.foundations import clock
from alongside.foundations.fields import LastDay, line
from alongside.foundations.pages import HouseForm
from alongside.people.models import Staff


class WithStaff(HouseForm):
    """A choice among the staff that the view names."""

    staff = StaffChoice(Staff.objects.none(), label=gettext_lazy("Who"), empty_label=gettext_lazy("Choose one"))

    def __init__(self, *args: Any, among: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["staff"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (tells the type checker what stands above)
        field.queryset = among


class TeamForm(WithStaff):
    """Put someone on the team, or let them cover."""

    role = forms.ChoiceField(
        label=gettext_lazy("Part in the case"), widget=forms.RadioSelect, initial="team",
        choices=[("team", gettext_lazy("On the team")), ("cover", gettext_lazy("Cover while the primary is away"))],
    )  # fmt: skip
    since = forms.DateField(label=gettext_lazy("From"), initial=clock.today)
    until = LastDay(
        label=gettext_lazy("Last day"), required=False,
        help_text=gettext_lazy("The file is open to them on this day too. Cover needs one."),
    )  # fmt: skip
    reason = line(gettext_lazy("Why"))


class PrimaryForm(WithStaff):
    """Name the next primary case manager."""

    chosen = forms.ChoiceField(
        label=gettext_lazy("Did the client choose them?"), choices=YES_OR_NO, widget=forms.RadioSelect
    )
    begins = forms.ChoiceField(
        label=gettext_lazy("From"), widget=forms.RadioSelect, initial="tomorrow", required=False,
        choices=[("tomorrow", gettext_lazy("Tomorrow")), ("today", gettext_lazy("Today, when it cannot wait"))],
    )  # fmt: skip
    reason = line(gettext_lazy("Why it changes"), required=True, hint=gettext_lazy("The client is told the same."))
