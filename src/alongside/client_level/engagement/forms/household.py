"""Forms about the household, and the question whether a person typed is one who is known (practice E6, E8)."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.client_level.engagement.queries import Mate
from alongside.foundations import clock
from alongside.foundations.fields import line
from alongside.foundations.pages import HouseForm
from alongside.people.models import Person
from alongside.people.queries import people_like

NEW = "new"
BIRTH = [
    ("exact", gettext_lazy("Known")),
    ("estimated", gettext_lazy("A guess")),
    ("unknown", gettext_lazy("Not known")),
]


def alike(request: HttpRequest, field: str, besides: tuple[UUID, ...] = ()) -> list[Person]:
    """Persons the actor may write about whose name is like what was sent in `field`."""
    return people_like(request.POST.get(field, "")[:200], besides=besides) if request.method == "POST" else []


def known_words(person: Person) -> str:
    """A known person in one line, enough to tell two of one name apart."""
    parts = [person.preferred_name]
    if person.legal_name and person.legal_name != person.preferred_name:
        parts.append(person.legal_name)
    if person.birth_date:
        born = _("born %(day)s") % {"day": formats.date_format(person.birth_date, "j M Y")}
        parts.append(f"{born} ({_('a guess')})" if person.birth_date_estimated else born)
    return ", ".join(parts)


def which_one(found: list[Person], new: Any, hint: Any = "") -> dict[str, forms.Field]:
    """The question which of those `found` is meant; `new` are the words for none of them, if that is an answer.

    Empty when nobody was found: then there is nothing to ask.
    """
    if not found:
        return {}
    choices = [(str(one.pk), known_words(one)) for one in found]
    missing = _("Someone of a name like this is known here. Choose which one is meant.")
    return {
        "who": forms.ChoiceField(
            label=_("Is it one of these?"), choices=[*choices, *([(NEW, new)] if new else [])],
            widget=forms.RadioSelect, help_text=hint, error_messages={"required": missing, "invalid_choice": missing},
        )
    }  # fmt: skip


def chosen(found: list[Person], sent: dict[str, Any]) -> Person | None:
    """The person who was chosen among those `found`; None when it is someone else."""
    return next((one for one in found if str(one.pk) == sent.get("who")), None)


class BornFields(HouseForm):
    """A person in few words: the name, and the birth date as far as it is known."""

    preferred_name = line(gettext_lazy("Name they go by"), required=True)
    birth = forms.ChoiceField(
        label=gettext_lazy("Birth date"), choices=BIRTH, widget=forms.RadioSelect, initial="exact"
    )
    birth_date = forms.DateField(
        label=gettext_lazy("Day of birth"), required=False,
        help_text=gettext_lazy("For a guess, any day of the year you think of. Empty when it is not known."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Refuse a date that is both not known and given, or known and missing; only for somebody new."""
        cleaned = super().clean() or self.cleaned_data
        birth, day = cleaned.get("birth"), cleaned.get("birth_date")
        # Which of the known ones is meant comes first: of those the birth date is not asked.
        known = "who" in self.fields and cleaned.get("who") != NEW
        if known or "birth_date" in self.errors:
            return cleaned
        if birth == "unknown" and day:
            self.add_error("birth_date", ValidationError(_("Say that it is known or a guess, or empty this.")))
        if birth in ("exact", "estimated") and not day:
            self.add_error("birth_date", ValidationError(_("Give the day, or say that it is not known.")))
        return cleaned


def born(sent: dict[str, Any]) -> dict[str, Any]:
    """The fields of a `Person` among what was sent."""
    return {
        "preferred_name": sent["preferred_name"],
        "birth_date": sent["birth_date"],
        "birth_date_estimated": sent["birth"] == "estimated",
    }


def born_initial(person: Person) -> dict[str, Any]:
    """What the form shows of a person as it stands."""
    birth = "unknown" if person.birth_date is None else "estimated" if person.birth_date_estimated else "exact"
    return {"preferred_name": person.preferred_name, "birth": birth, "birth_date": person.birth_date}


class PlaceForm(HouseForm):
    """Who someone is in the household, and since when."""

    role = line(
        gettext_lazy("Who they are in the household"), 60, required=True,
        hint=gettext_lazy("For example daughter, partner, grandmother."),
    )  # fmt: skip
    since = forms.DateField(label=gettext_lazy("Lives there since"), initial=clock.today)


class MemberForm(BornFields, PlaceForm):
    """Add someone who lives with the client, or mend what is known of them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["preferred_name", "who", "birth", "birth_date", "role", "since"])


class EnterForm(HouseForm):
    """Let the client live in another household, or in their first."""

    since = forms.DateField(label=gettext_lazy("Lives there since"), initial=clock.today)
    neighbor = line(
        gettext_lazy("Someone known here who lives there already"),
        hint=gettext_lazy("Their name. Leave it empty for a household of its own."),
    )
    name = line(
        gettext_lazy("What you call the household"), 120,
        hint=gettext_lazy("For one of its own. Not an address that is to stay confidential."),
    )  # fmt: skip
    role = line(gettext_lazy("Who the client is in it"), 60, hint=gettext_lazy("For example mother, lodger."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["since", "along", "neighbor", "who", "name", "role"])


def along(mates: list[Mate]) -> dict[str, forms.Field]:
    """The question who of those who live with the client moves too; empty when nobody does."""
    if not mates:
        return {}
    choices = [(str(one.member.pk), one.name) for one in mates]
    return {
        "along": forms.MultipleChoiceField(
            label=_("Who moves along"), choices=choices, required=False, widget=forms.CheckboxSelectMultiple,
            help_text=_("Whoever stays is no longer seen from this case; their name and days stay in its history."),
        )
    }  # fmt: skip


class MovedOutForm(HouseForm):
    """Say on which day someone moved out."""

    until = forms.DateField(label=gettext_lazy("Moved out on"), initial=clock.today)
