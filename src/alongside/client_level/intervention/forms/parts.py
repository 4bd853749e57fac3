"""Parts that several forms share: where and with whom it was, and what it was for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.client_level.intervention.actions import Tie
from alongside.client_level.intervention.queries import Pick
from alongside.foundations.pages import HouseForm
from alongside.people.models import Person, SignificantOther

ALONE = "alone"
LONGEST_NAME = 80
"""Characters of the name of someone who was there."""


def people_around(client: Person) -> list[tuple[str, str]]:
    """Who is likely to be in the room, as choices: the client, the interpreter, the people who matter to the client.

    Who must not know of the service is named as such (practice C8).
    """
    names = {client.short_name: client.short_name}
    if client.interpreter != "never":
        names.setdefault(str(_("Interpreter")), str(_("Interpreter")))
    others = SignificantOther.objects.filter(person=client).order_by("id").values_list("name", "must_not_know")[:5]
    for name, secret in others:
        names.setdefault(name, str(_("%(name)s, must not know")) % {"name": name} if secret else name)
    return list(names.items())


class Present(HouseForm):
    """Who was there: those who are likely as choices, others by name."""

    place = forms.CharField(label=_("Where"), max_length=120, required=False)
    present = forms.MultipleChoiceField(label=_("Who was there"), required=False, widget=forms.CheckboxSelectMultiple)
    others = forms.CharField(
        label=_("Someone else"), max_length=240, required=False, help_text=_("Names, with a comma between.")
    )

    def __init__(self, *args: Any, around: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["present"].choices = around  # type: ignore[attr-defined]

    def clean_others(self) -> str:
        """No name longer than a record can hold."""
        said: str = self.cleaned_data["others"]
        if any(len(name.strip()) > LONGEST_NAME for name in said.split(",")):
            raise forms.ValidationError(_("Shorten the names, or set a comma between them."))
        return said

    def all_present(self) -> list[str]:
        """Everyone who was there, each once."""
        others = [name.strip() for name in self.cleaned_data.get("others", "").split(",")]
        return list(dict.fromkeys([*self.cleaned_data.get("present", []), *filter(None, others)]))


class Tied(HouseForm):
    """Adds what the work concerns: goals and objectives as rows to pick, or that it stands on its own."""

    def __init__(self, *args: Any, picks: list[Pick], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picks = {pick.value: pick for pick in picks}
        self.fields["ties"].widget.attrs["class"] = "form-check-input"
        self.fields["ties"].choices = self._choices(picks)  # type: ignore[attr-defined]

    def _choices(self, picks: list[Pick]) -> list[tuple[str, Any]]:
        alone = (ALONE, _("This stands on its own"))
        return [*((pick.value, f"{pick.number} {pick.title}") for pick in picks), alone]

    def rows(self) -> list[dict[str, Any]]:
        """Each choice with its drawn input and what is known of it, for the pick rows of the page."""
        return [{"tag": option.tag(), "pick": self.picks.get(str(option.data["value"]))} for option in self["ties"]]

    def folds(self) -> list[dict[str, Any]]:
        """The same rows, the objectives of each goal under it: with the numbers of those of them that are picked."""
        found: list[dict[str, Any]] = []
        for row in self.rows():
            if row["pick"] is None or row["pick"].objective is None:
                found.append({"row": row, "under": []})
            else:
                found[-1]["under"].append(row)
        picked = self._values()
        for fold in found:
            fold["picked"] = [one["pick"].number for one in fold["under"] if one["pick"].value in picked]
        return found

    def picked(self) -> list[str]:
        """What is picked so far, each in a line: what is folded away is told all the same."""
        return [str(label) for value, label in self._choices(list(self.picks.values())) if value in self._values()]

    def _values(self) -> list[str]:
        said = self["ties"].value() or []
        return [said] if isinstance(said, str) else [str(one) for one in said]

    def chosen(self) -> frozenset[Tie]:
        """The ties that were picked; standing alone is none."""
        said = self.cleaned_data.get("ties", [])
        picked = [self.picks[value] for value in ([said] if isinstance(said, str) else said) if value in self.picks]
        return frozenset(Tie(pick.goal, pick.objective) for pick in picked)

    def one_tie(self) -> Tie | None:
        """The tie where one at most can be picked."""
        return next(iter(self.chosen()), None)


MINUTES: dict[str, Any] = {
    "label": _("How long, in minutes"),
    "min_value": 1,
    "max_value": 1440,
    "error_messages": {
        key: _("Give a number of minutes, for example 45.") for key in ("required", "invalid", "min_value", "max_value")
    },
}
"""How every form asks for a length: whole minutes, at most a day."""
