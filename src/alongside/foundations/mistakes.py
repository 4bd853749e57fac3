"""What is said where something was left out or does not fit: in our words, whatever kind of field it is (guide section 5).

No sentence of Django's stands anywhere. A field keeps what its form says; for every other mistake it says what is here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

REQUIRED = "required"
_ONLY_ON_THE_LIST = _("Choose only what is on the list.")

SAID: tuple[tuple[type[forms.Field], dict[str, Any]], ...] = (
    (
        forms.ModelMultipleChoiceField,
        {
            REQUIRED: _("Choose at least one."), "invalid_choice": _ONLY_ON_THE_LIST, "invalid_list": _ONLY_ON_THE_LIST,
            "invalid_pk_value": _ONLY_ON_THE_LIST,
        },
    ),
    (
        forms.MultipleChoiceField,
        {
            REQUIRED: _("Choose at least one."), "invalid_list": _ONLY_ON_THE_LIST,
            "invalid_choice": _("“%(value)s” is not on the list. Choose only what is."),
        },
    ),
    (forms.ModelChoiceField, {REQUIRED: _("Choose one."), "invalid_choice": _("Choose one that is on the list.")}),
    (
        forms.ChoiceField,
        {REQUIRED: _("Choose one."), "invalid_choice": _("“%(value)s” is not on the list. Choose one that is.")},
    ),
    (forms.BooleanField, {REQUIRED: _("Tick this first.")}),
    (forms.DateTimeField, {REQUIRED: _("Give the day and the time."), "invalid": _("Give the full date and a time.")}),
    (forms.DateField, {REQUIRED: _("Give the day."), "invalid": _("Give the full date: month, day and year.")}),
    (forms.TimeField, {REQUIRED: _("Give the time."), "invalid": _("Give a time, for example 14:30.")}),
    (forms.DecimalField, {REQUIRED: _("Give a number."), "invalid": _("Give a number, for example 12.50.")}),
    (forms.IntegerField, {REQUIRED: _("Give a number."), "invalid": _("Give a whole number, for example 3.")}),
    (
        forms.EmailField,
        {REQUIRED: _("Give the e-mail."), "invalid": _("Give the whole e-mail, for example maren@agency.example.")},
    ),
    (forms.UUIDField, {"invalid": _("This page had grown old. Send it once more.")}),
    (
        forms.Field,
        {
            REQUIRED: _("Fill this in."),
            "invalid": _("This does not fit here. Write it another way."),
            "max_length": ngettext_lazy(
                "Make it shorter: at most %(limit_value)d letter, and it has %(show_value)d.",
                "Make it shorter: at most %(limit_value)d letters, and it has %(show_value)d.", "limit_value",
            ),
            "min_length": ngettext_lazy(
                "Write at least %(limit_value)d letter.", "Write at least %(limit_value)d letters.", "limit_value"
            ),
            "min_value": _("Give %(limit_value)s or more."),
            "max_value": _("Give %(limit_value)s or less."),
            "max_digits": ngettext_lazy("Give at most %(max)s digit.", "Give at most %(max)s digits.", "max"),
            "max_whole_digits": ngettext_lazy(
                "Give at most %(max)s digit before the point.", "Give at most %(max)s digits before the point.", "max"
            ),
            "max_decimal_places": ngettext_lazy(
                "Give at most %(max)s digit after the point.", "Give at most %(max)s digits after the point.", "max"
            ),
            "null_characters_not_allowed": _("One character in this cannot be saved. Type it again."),
        },
    ),
)  # fmt: skip
"""By kind of field, the most special first, and by Django's name for the mistake."""


def in_our_words(fields: Iterable[forms.Field]) -> None:
    """Let each field say ours where it would say Django's own sentence."""
    for field in fields:
        theirs = _of_the_library(field)
        for kind, sentences in reversed(SAID):
            if isinstance(field, kind):
                for code, sentence in sentences.items():
                    if field.error_messages.get(code) is theirs.get(code) or _is_ours(field.error_messages[code]):
                        field.error_messages[code] = sentence


def _of_the_library(field: forms.Field) -> dict[str, Any]:
    """What the field's own kind says without us; a kind that is ours says what it says."""
    said: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        if not kind.__module__.startswith("alongside."):
            said |= vars(kind).get("default_error_messages", {})
    return said


def _is_ours(sentence: Any) -> bool:
    return any(sentence is one for _kind, sentences in SAID for one in sentences.values())


@dataclass(frozen=True)
class Amiss:
    """How many answers of a form are missing, and how many do not fit."""

    missing: int
    wrong: int

    @property
    def heading(self) -> str:
        """What the list of them is headed with."""
        if not self.wrong:
            return _now("Something is still missing")
        if not self.missing:
            return _now("Something does not fit yet")
        return _now("Something is missing, and something does not fit yet")

    @property
    def short(self) -> str:
        """Both in few words, for the bar below a long form."""
        missing = ngettext("%(n)d answer missing", "%(n)d answers missing", self.missing) % {"n": self.missing}
        wrong = ngettext("%(n)d answer does not fit", "%(n)d answers do not fit", self.wrong) % {"n": self.wrong}
        return ", ".join(said for said, count in ((missing, self.missing), (wrong, self.wrong)) if count)


class OurWords(forms.Form):
    """A form that says in our words whatever is wrong with it."""

    def full_clean(self) -> None:
        """Ours are laid in only now: fields may have come and gone since the form was made."""
        in_our_words(self.fields.values())
        super().full_clean()

    def add_error(self, field: str | None, error: Any) -> None:
        """A key that is none, Django's models would speak of themselves: it is not on the list."""
        asked = self.fields.get(field or "")
        if isinstance(asked, forms.ModelChoiceField) and getattr(error, "code", "") == "invalid":
            error = ValidationError(asked.error_messages["invalid_choice"], "invalid_choice", error.params)
        super().add_error(field, error)

    @property
    def amiss(self) -> Amiss:
        """What is wrong with it. An answer is missing where the field stands empty, whoever said so."""
        found = [self._is_missing(name) for name in self.errors]
        return Amiss(sum(found), len(found) - sum(found))

    def _is_missing(self, name: str) -> bool:
        if name not in self.fields:
            return False
        value = self[name].data
        return not (value.strip() if isinstance(value, str) else value)
