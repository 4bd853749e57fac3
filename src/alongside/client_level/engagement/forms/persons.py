"""Forms about the client as a person and the people around them (practice E6, C7, C8)."""

from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.foundations import clock
from alongside.foundations.fields import choices, line, prose, tick
from alongside.foundations.pages import HouseForm
from alongside.people.models import ContactPoint, IdentifierKind, Person, SignificantOther
from alongside.people.models.person import Race, YesNo

MOST = 20_000
"""Characters of what is told at the door or about a person; longer accounts belong in a note."""
PHONE_REGION = "US"
"""Where a number without a country code is taken to be."""

INTERPRETER = choices(Person, "interpreter")
CONTACT_KINDS = choices(ContactPoint, "kind")
TIES = choices(SignificantOther, "tie")
LANGUAGE_HINT = gettext_lazy("As they say it, for example Arabic (Levantine).")
KNOWN_AS = [
    ("also known as", gettext_lazy("Also known as")),
    ("birth name", gettext_lazy("Birth name")),
    ("married name", gettext_lazy("Married name")),
    ("spelled so on a paper", gettext_lazy("Spelled so on a paper")),
]
CAPACITIES = [
    ("guardian", gettext_lazy("Guardian")),
    ("power of attorney", gettext_lazy("Power of attorney")),
    ("health-care agent", gettext_lazy("Health-care agent")),
    ("representative payee", gettext_lazy("Representative payee")),
    ("parent of a minor", gettext_lazy("Parent of a minor")),
]


def phone_number(written: str) -> str:
    """The number in its international form. Raises `ValidationError`, in kind words, for what nobody could call."""
    sentence = _(
        "This number cannot be called as it stands. Check the digits; from abroad, begin with + and the country."
    )
    try:
        number = phonenumbers.parse(written, PHONE_REGION)
    except phonenumbers.NumberParseException as error:
        raise ValidationError(sentence) from error
    if not phonenumbers.is_possible_number(number):
        raise ValidationError(sentence)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


class PersonFields(HouseForm):
    """What is asked of a person at the door and changed later."""

    preferred_name = line(gettext_lazy("Name they want to be called by"), required=True)
    legal_name = line(gettext_lazy("Legal name, where it differs"))
    pronouns = line(gettext_lazy("Pronouns"), 40)
    birth_date = forms.DateField(label=gettext_lazy("Birth date"), required=False)
    birth_date_estimated = tick(gettext_lazy("The date is a guess"))
    language = line(gettext_lazy("Speaks"), 60, hint=LANGUAGE_HINT)
    reads_language = line(gettext_lazy("Reads"), 60, hint=gettext_lazy("Write “none” if they do not read."))
    interpreter = forms.ChoiceField(
        label=gettext_lazy("Interpreter"), choices=INTERPRETER, widget=forms.RadioSelect, initial="never"
    )
    safe_contact = prose(
        gettext_lazy("How to make contact safely"),
        hint=gettext_lazy("In one breath: how, when, what to say, who must not know. It stands on top of every page of the case."),
        most=MOST,
    )  # fmt: skip
    race = forms.MultipleChoiceField(
        label=gettext_lazy("Race and ethnicity, as they name it"), choices=Race.choices, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=gettext_lazy("As many as they say."),
    )  # fmt: skip
    race_more = line(gettext_lazy("In their own words"), 100)
    veteran = forms.ChoiceField(
        label=gettext_lazy("Served in the armed forces"), choices=YesNo.choices, initial=YesNo.NOT_ASKED
    )
    disabling_condition = forms.ChoiceField(
        label=gettext_lazy("Lives with a disabling condition"), choices=YesNo.choices, initial=YesNo.NOT_ASKED
    )


PERSON = tuple(name for name in PersonFields.base_fields if name not in ("once", "edition"))


def person_values(cleaned: dict[str, Any]) -> dict[str, Any]:
    """The fields of a `Person` among what was sent."""
    return {name: cleaned[name] for name in PERSON}


class PersonForm(PersonFields):
    """Change what is known of the client."""


class ContactFields(HouseForm):
    """One way to reach someone, with the rules that keep them safe."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=CONTACT_KINDS, initial="phone")
    value = line(gettext_lazy("Number or address"), hint=gettext_lazy("For example (555) 014 2233, or +49 30 901820."))
    who_answers = line(gettext_lazy("Who answers, or can read it"), 120)
    when_safe = line(gettext_lazy("When it is safe"), 160, hint=gettext_lazy("For example weekdays before 14:00."))
    may_leave_message = tick(gettext_lazy("A message may be left"))

    def clean(self) -> dict[str, Any]:
        """Check a number as a telephone would."""
        cleaned = super().clean() or {}
        written = str(cleaned.get("value") or "").strip()
        if written and cleaned.get("kind") in ("phone", "text"):
            try:
                cleaned["value"] = phone_number(written)
            except ValidationError as fault:
                self.add_error("value", fault)
        return cleaned


CONTACT = ("kind", "value", "who_answers", "when_safe", "may_leave_message")


class ContactForm(ContactFields):
    """Add a way to make contact."""


class AddressForm(HouseForm):
    """Add where the client lives or gets mail."""

    lines = prose(gettext_lazy("Street and number, or how to find it"), required=True, rows=2, most=MOST)
    city = line(gettext_lazy("City"), 80)
    postal_code = line(gettext_lazy("ZIP code"), 16)
    since = forms.DateField(label=gettext_lazy("Since"), required=False)
    confidential = tick(
        gettext_lazy("Keep it confidential"),
        gettext_lazy("It is shown on this tab only: on no print, no referral, no message."),
    )
    mail_is_safe = tick(gettext_lazy("Letters are safe here"))


class IdentifierForm(HouseForm):
    """Add a number that an office gave the client."""

    kind = forms.ChoiceField(label=gettext_lazy("Which number"), choices=IdentifierKind.choices)
    number = line(
        gettext_lazy("Number"), 60, required=True, say=gettext_lazy("Write the number."),
        hint=gettext_lazy("Only if the work needs it. It is sealed, and found again by the whole number alone."),
    )  # fmt: skip


class RemoveForm(HouseForm):
    """Nothing to say: only whether."""


class NameForm(HouseForm):
    """Add another name."""

    name = line(gettext_lazy("Name"), required=True)
    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=KNOWN_AS)


class OtherForm(HouseForm):
    """Add or change someone around the client."""

    name = line(gettext_lazy("Name"), required=True)
    relation = line(
        gettext_lazy("Who they are to the client"), 80, required=True, hint=gettext_lazy("For example sister-in-law.")
    )
    lives_with = tick(gettext_lazy("Lives in the same household"))
    tie = forms.ChoiceField(
        label=gettext_lazy("The tie between them"), choices=TIES, widget=forms.RadioSelect, initial="mid"
    )
    helps = line(gettext_lazy("How they help"), hint=gettext_lazy("And how much they carry already."))
    contact = line(gettext_lazy("How to reach them"))
    must_not_know = tick(
        gettext_lazy("They must not know the client comes here"), gettext_lazy("Shown in red wherever they are named.")
    )
    may_know = prose(gettext_lazy("What the client wants shared with them"), rows=2, most=MOST)


OTHER = tuple(name for name in OtherForm.base_fields if name not in ("once", "edition"))


class RepresentativeForm(HouseForm):
    """Add someone who may decide for the client, within a scope."""

    name = line(gettext_lazy("Name"), required=True)
    capacity = forms.ChoiceField(label=gettext_lazy("Acts as"), choices=CAPACITIES)
    scope = line(
        gettext_lazy("What they may decide"), 300, required=True,
        hint=gettext_lazy("From the paper you saw. Everything else the client decides."),
    )  # fmt: skip
    contact = line(gettext_lazy("How to reach them"))
    since = forms.DateField(label=gettext_lazy("Since"), initial=clock.today)
    until = forms.DateField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Leave empty while it lasts.")
    )


class EndForm(HouseForm):
    """Say on which day something ended."""

    until = forms.DateField(label=gettext_lazy("Last day"), initial=clock.today)


class StopForm(HouseForm):
    """Nothing to fill in: the press of the button is the answer."""
