"""The service's form, and the one that says where loose work belongs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.client_level.intervention.forms.parts import MINUTES, Present, Tied
from alongside.documentation.models.work import DIRECT, Kind, Mode
from alongside.foundations.fields import line

DIRECT_AND_INDIRECT = [
    (_("Direct, with the client"), [(kind.value, kind.label) for kind in Kind if kind in DIRECT]),
    (_("Indirect, for the client"), [(kind.value, kind.label) for kind in Kind if kind not in DIRECT]),
]


class ServiceForm(Present, Tied):
    """A service given, or work done for the client (practice I1)."""

    on = forms.DateField(label=_("On"))
    minutes = forms.IntegerField(**MINUTES)
    kind = forms.ChoiceField(label=_("Kind of work"), choices=DIRECT_AND_INDIRECT)
    what = line(_("What was done"), required=True)
    mode = forms.ChoiceField(label=_("How"), choices=Mode.choices, widget=forms.RadioSelect)
    ties = forms.ChoiceField(
        label=_("What was it for?"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose a goal or an objective, or say that this stands on its own.")},
    )  # fmt: skip


class LooseEndForm(Tied):
    """Where loose work belongs."""

    ties = forms.ChoiceField(
        label=_("Where does this belong?"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose a goal or an objective, or say that this stands on its own.")},
    )  # fmt: skip
