"""What is typed about who may see: a conflict, an urgent opening and its judgment, an administrator's question."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.models import Mark
from alongside.foundations.fields import LastDay, line, offer, prose
from alongside.foundations.pages import HouseForm
from alongside.people.models import Staff


class AmongStaff(HouseForm):
    """A choice among the staff that the view names."""

    staff = forms.ModelChoiceField(
        Staff.objects.none(), label=_("Who"), empty_label=_("Choose one"),
        error_messages={"required": _("Choose somebody."), "invalid_choice": _("Choose somebody from the list.")},
    )  # fmt: skip

    def __init__(self, *args: Any, among: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "staff", among)


class ConflictForm(AmongStaff):
    """A conflict of interest."""

    reason = prose(
        _("What the conflict is"), required=True, say=_("Say what the conflict is."),
        hint=_("Read by those who may open the case, and not by the one it concerns."),
    )  # fmt: skip
    until = LastDay(label=_("Last day"), required=False, help_text=_("Leave it open if nobody knows."))


class ReaderForm(AmongStaff):
    """Somebody let in to what bears a mark."""

    mark = forms.ChoiceField(
        label=_("To what bears the mark"), choices=Mark.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose a mark.")},
    )  # fmt: skip
    reason = prose(_("Why they need it"), required=True, say=_("Say why they need it."))
    until = LastDay(
        label=_("Last day"), required=False,
        help_text=_("They can read it on this day too. Leave it open to end it by hand."),
    )  # fmt: skip


class LendForm(AmongStaff):
    """A file lent for review."""

    reason = line(_("For which review"), 200, required=True, say=_("Say which review it is lent for."))
    until = LastDay(
        label=_("Last day"), help_text=_("They can read it on this day too. The day after, it is closed."),
        error_messages={"required": _("Give the last day on which they can read it.")},
    )  # fmt: skip


class EndForm(HouseForm):
    """Why something that was decided ends."""

    why = prose(_("Why it ends"), required=True, say=_("Say why."))


class CalledForm(HouseForm):
    """Which case is meant, by somebody outside its team."""

    called = line(
        _("Number of the case, or the exact name"), 200, required=True, say=_("Give the number or the exact name."),
        hint=_("You are told whether there is such a case, and nothing else about it."),
    )  # fmt: skip


class UrgentForm(CalledForm):
    """Why it cannot wait."""

    reason = prose(_("Why it cannot wait"), required=True, say=_("Say why it cannot wait."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["called"].label = _("Number of the case")
        self.fields["called"].help_text = ""


class JudgeForm(HouseForm):
    """Whether an urgent opening was fitting."""

    fitting = forms.ChoiceField(
        label=_("Was it justified?"), widget=forms.RadioSelect, error_messages={"required": _("Choose one of the two.")},
        choices=[("yes", _("Justified: it could not wait")), ("no", _("Not justified: it ends at once"))],
    )  # fmt: skip
    words = prose(_("What you found, and what follows"))


class WhyForm(AmongStaff):
    """An administrator's question: why can somebody see a case?"""

    number = line(_("Number of the case"), 20, required=True, say=_("Give the number of the case."))


class HoursForm(HouseForm):
    """How long an urgent opening lasts."""

    hours = forms.IntegerField(
        label=_("Hours that an urgent opening lasts"), min_value=1, max_value=24, help_text=_("From 1 to 24."),
        error_messages={"required": _("Give a number of hours."), "invalid": _("Give a number of hours.")},
    )  # fmt: skip


class AliasForm(HouseForm):
    """A name that gives nothing away, in place of the true one."""

    alias = line(
        _("Alias"), 200, required=True, say=_("Choose a name that gives nothing away."),
        hint=_("A made-up name, or one the client chooses. No word of the true name may stand in it."),
    )  # fmt: skip
    reason = prose(_("Why"), required=True, say=_("Say why."))
