"""Forms of monitoring: one objective, or all of them in a review."""

import dataclasses
from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from alongside.client_level.monitoring.actions import Stood
from alongside.client_level.monitoring.queries import Measured
from alongside.documentation.models import Progress
from alongside.documentation.models.thread import Standing
from alongside.foundations.fields import choices, line, prose
from alongside.foundations.pages import HouseForm

WHO = [
    ("client", _("The client")),
    ("interpreter", _("Interpreter")),
    ("family", _("Family")),
    ("provider", _("A provider")),
    ("supervisor", _("Supervisor")),
]


# The five things said of an objective, alone or in a review.
SAID = tuple(field.name for field in dataclasses.fields(Stood))


def _of_one() -> dict[str, forms.Field]:
    """The fields that every objective has, alone or in a review."""
    trouble = [("", _("No trouble")), *choices(Progress, "trouble")]
    return {
        "standing": forms.ChoiceField(label=_("How it stands"), choices=Standing.choices, widget=forms.RadioSelect),
        "value": line(_("Now at"), 60),
        "trouble": forms.ChoiceField(
            label=_("Where the trouble lies"), choices=trouble, required=False, widget=forms.RadioSelect
        ),
        "words": prose(_("What you see")),
        "client_words": prose(_("In the client’s words")),
    }


class ProgressForm(HouseForm):
    """How one objective stands on a day."""

    on = forms.DateField(label=_("Seen on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, more=_of_one(), **kwargs)


class Block:
    """The part of a review's form that concerns one objective: the objective, and its five fields by name."""

    def __init__(self, form: HouseForm, seen: Measured) -> None:
        self.seen = seen
        self.fields: dict[str, BoundField] = {name: form[f"{name}_{seen.key}"] for name in SAID}


class ReviewForm(HouseForm):
    """A review of the plan in effect: one block for each open objective, then what holds for all of it."""

    on = forms.DateField(label=_("Held on"))
    present = forms.MultipleChoiceField(
        label=_("Who was there"), choices=WHO, required=False, widget=forms.CheckboxSelectMultiple
    )
    also = line(_("Who else was there"), 80)
    words = prose(_("What was found, over all"), 4)
    client_words = prose(_("In the client’s words"), 4)
    next_on = forms.DateField(label=_("Next review"))

    def __init__(self, *args: Any, seen: list[Measured], **kwargs: Any) -> None:
        self.seen = seen
        more = {f"{name}_{one.key}": field for one in seen for name, field in _of_one().items()}
        super().__init__(*args, more=more, **kwargs)
        for one in seen:
            # Read aloud, or listed among what is missing, a label says which objective it belongs to.
            standing = self.fields[f"standing_{one.key}"]
            standing.label = _("How %(number)s stands") % {"number": one.objective.number}

    def blocks(self) -> Iterator[Block]:
        """The form in the order of the plan, objective by objective."""
        return (Block(self, one) for one in self.seen)

    def stood(self) -> dict[Any, Stood]:
        """What was chosen and written, by objective. Only for a form that is in order."""
        return {
            one.objective: Stood(**{name: self.cleaned_data[f"{name}_{one.key}"] for name in SAID}) for one in self.seen
        }

    def there(self) -> list[str]:
        """Everyone who was there, the chosen ones and the one named."""
        return [*self.cleaned_data["present"], *filter(None, [self.cleaned_data["also"].strip()])]
