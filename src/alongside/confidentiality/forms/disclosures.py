"""Forms of a disclosure: what leaves and why, the consultation, what the client was told, what family may know."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.actions import Consulted, Leave
from alongside.confidentiality.models import Category, Ground, How, Release, Told
from alongside.confidentiality.queries.packet import Drawn
from alongside.foundations.fields import line, prose, tick
from alongside.foundations.pages import HouseForm
from alongside.people.models import SignificantOther


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, required=False, widget=widget)


class ConsultationFields(HouseForm):
    """With whom one spoke before, or after, and what came of it."""

    consulted_with = line(
        _("With whom you consulted"), 200, hint=_("A supervisor, a lawyer, a colleague: name and place.")
    )
    consulted_at = _moment(_("When"))
    advice = prose(_("What came of it"), 2)

    def consulted(self) -> Consulted | None:
        """What was typed, or None when nothing was."""
        told = self.cleaned_data
        if not (told["consulted_with"] or told["advice"]):
            return None
        return Consulted(told["consulted_with"], told["consulted_at"] or timezone.now(), told["advice"])


class DiscloseForm(ConsultationFields):
    """What leaves, to whom and why. Which fields it has follows from what it rests on."""

    recipient = line(_("To whom"), 200, hint=_("By name and place."))
    ground = forms.ChoiceField(
        label=_("Legal reason"), required=False, choices=Ground.choices, widget=forms.RadioSelect
    )
    purpose = line(_("What for"), 300, required=True, say=_("Say what it is for."))
    ticked = forms.MultipleChoiceField(
        label=_("What leaves"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick what leaves, and nothing that is not needed.")},
    )  # fmt: skip
    relevant = prose(_("Why each of this is needed for it"), 2)
    how = forms.ChoiceField(
        label=_("How"), choices=[one for one in How.choices if one[0] in (How.PACKET, How.ALOUD)], widget=forms.RadioSelect,
        initial=How.PACKET,
    )  # fmt: skip
    urgent = tick(_("This could not wait. The consultation follows within 24 hours."))
    told = forms.ChoiceField(
        label=_("Was the client told?"), required=False, choices=Told.choices, widget=forms.RadioSelect
    )
    not_told_because = line(_("If not, why"), 300)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    GROUNDED = ("ground", "urgent", "told", "not_told_because", "consulted_with", "consulted_at", "advice")

    def __init__(self, *args: Any, leave: Leave, grounded: bool, parts: list[Drawn], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.leave, self.grounded, self.parts = leave, grounded, parts
        choices = [(item.key, item.title) for drawn in parts for item in drawn.items]
        self.fields["ticked"].choices = choices  # type: ignore[attr-defined]
        if not grounded:
            for name in self.GROUNDED:
                del self.fields[name]
        if leave.release is not None and not leave.release.general:
            names = [(one, one) for one in leave.release.recipients]
            self.fields["recipient"] = forms.ChoiceField(
                label=_("To whom"), choices=names, widget=forms.RadioSelect, initial=names[0][0] if names else None
            )
        elif leave.other is not None or not (grounded or leave.release):
            del self.fields["recipient"]
        if leave.release is None and leave.other is None and not grounded:
            del self.fields["relevant"]

    def told_leave(self) -> Leave:
        """On what it rests, with what was typed about it."""
        if not self.grounded:
            return self.leave
        told = self.values("ground", "urgent", "told", "not_told_because")
        return Leave(consulted=self.consulted(), **told)

    def rows(self) -> list[tuple[str, list[tuple[Any, Any]]]]:
        """The tick list by part: each choice's drawn input with its item."""
        drawn = {str(option.data["value"]): option.tag() for option in self["ticked"]}
        return [(str(one.part.title), [(drawn[item.key], item) for item in one.items]) for one in self.parts]


def first_disclosure(leave: Leave) -> dict[str, Any]:
    """What the form begins with: the release's own purpose."""
    return {"purpose": leave.release.purpose} if leave.release else {}


class ConsultForm(ConsultationFields):
    """The consultation that follows an emergency."""

    asks = {"consulted_with": _("Name whom you consulted."), "advice": _("Write down what came of it.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.asks:
            self.fields[name].required = True


class TellForm(HouseForm):
    """Whether the client was told."""

    told = forms.ChoiceField(
        label=_("Was the client told?"), choices=Told.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the client was told.")},
    )  # fmt: skip
    on = forms.DateField(label=_("On"), required=False)
    because = line(_("If not, why"), 300)


class ShareForm(HouseForm):
    """What somebody around the client may be told."""

    may_share = forms.MultipleChoiceField(
        label=_("What they may be told"), required=False, choices=Category.choices, widget=forms.CheckboxSelectMultiple,
        help_text=_("If nothing is ticked, nothing may be told. Anything marked as sensitive is never told to family."),
    )  # fmt: skip


class PrintForm(HouseForm):
    """For whom something is printed."""

    whom = forms.ChoiceField(
        label=_("For whom?"), widget=forms.RadioSelect, error_messages={"required": _("Say for whom it is printed.")}
    )

    def __init__(
        self, *args: Any, releases: list[Release], others: list[SignificantOther], client: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered: list[tuple[str, Any]] = [
            ("file", _("For the file, inside the agency")),
            ("client", _("For %(name)s") % {"name": client}),
            *((f"release:{one.pk}", one.to_whom) for one in releases),
            *((f"other:{one.pk}", one.name) for one in others),
        ]
        self.fields["whom"].choices = offered  # type: ignore[attr-defined]
