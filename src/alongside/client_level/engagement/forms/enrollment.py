"""Forms of enrollment: what was explained aloud, and what the client chose (practice E5, I6, C8, R1)."""

from django import forms
from django.utils.translation import gettext_lazy

from alongside.client_level.engagement.forms.persons import MOST
from alongside.client_level.engagement.models import Subject
from alongside.foundations import clock
from alongside.foundations.fields import line, prose
from alongside.foundations.pages import HouseForm

ALONE = [
    ("yes", gettext_lazy("Offered, and they were")),
    ("no", gettext_lazy("Offered; they preferred company")),
    ("not_offered", gettext_lazy("Not offered yet")),
]
PRESENT = [
    ("client", gettext_lazy("The client")),
    ("interpreter", gettext_lazy("Interpreter")),
    ("family", gettext_lazy("Family")),
    ("representative", gettext_lazy("Legal representative")),
    ("someone else", gettext_lazy("Someone else")),
]


class WishesForm(HouseForm):
    """What may be shared with the people around, said anew."""

    seen_alone = forms.ChoiceField(label=gettext_lazy("Seen alone"), choices=ALONE, widget=forms.RadioSelect)
    wishes = prose(
        gettext_lazy("What they do and do not want shared with family and others"),
        hint=gettext_lazy("In their words: what, and with whom. Shown wherever such a person is named."),
        most=MOST,
    )


class EnrollForm(WishesForm):
    """Rights, consent and confidentiality were explained before services begin."""

    subjects = forms.MultipleChoiceField(
        label=gettext_lazy("Explained aloud, and agreed to"), choices=Subject.choices, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=gettext_lazy("Tick each once it was said and understood."),
    )  # fmt: skip
    on = forms.DateField(label=gettext_lazy("Day"), initial=clock.today)
    language = line(gettext_lazy("In which language"), 60, required=True)
    interpreter = line(gettext_lazy("Who interpreted"), 120, hint=gettext_lazy("Leave empty if nobody did."))
    questions = prose(gettext_lazy("What they asked"), most=MOST)
    present = forms.MultipleChoiceField(
        label=gettext_lazy("Who was there"), choices=PRESENT, widget=forms.CheckboxSelectMultiple, initial=["client"]
    )
