"""The form of outreach (practice E1)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.client_level.engagement.forms.persons import MOST
from alongside.client_level.engagement.models import Outreach
from alongside.foundations import clock
from alongside.foundations.fields import choices, line, offer, prose
from alongside.foundations.pages import HouseForm
from alongside.people.models import Program

MOST_MET = 9_999


class OutreachForm(HouseForm):
    """Where, when, how, how many, what was offered; a name only where somebody gave it to be written down."""

    on = forms.DateField(label=_("Day"), initial=clock.today)
    place = line(
        _("Where"), required=True, hint=_("A street, a shelter, a market; by phone or online, which number or page.")
    )
    how = forms.ChoiceField(label=_("How"), choices=choices(Outreach, "how"), widget=forms.RadioSelect)
    met = forms.IntegerField(label=_("How many people"), min_value=1, max_value=MOST_MET)
    languages = line(_("Languages spoken"), 120)
    who = prose(
        _("Who was met"), 2, most=MOST,
        hint=_("May stay empty: nobody has to give a name. Write one only if they wish it; else “a man with a dog” is enough."),
    )  # fmt: skip
    offered = prose(
        _("What was offered"), required=True, most=MOST, hint=_("Food, a talk, our card, a way to the doctor, to be referred here.")
    )  # fmt: skip
    said = prose(
        _("What they said or asked for"), most=MOST, hint=_("In their own words, as far as you remember them.")
    )


class NewOutreachForm(OutreachForm):
    """The same for a new record, of one of the programs at whose door one stands."""

    program = forms.ModelChoiceField(Program.objects.none(), label=_("Program"), empty_label=None)

    def __init__(self, *args: Any, programs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "program", programs)
