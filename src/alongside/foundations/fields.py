"""The fields that forms are made of, so that each kind is asked for in one way."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _


def line(label: Any, length: int = 200, *, required: bool = False, hint: Any = "", say: Any = "") -> forms.CharField:
    """A line of text of at most `length` characters. `say` is the sentence where it is required and left empty."""
    return forms.CharField(label=label, max_length=length, required=required, help_text=hint, error_messages=_said(say))


def prose(
    label: Any, rows: int = 3, *, required: bool = False, hint: Any = "", say: Any = "", most: int | None = None
) -> forms.CharField:
    """Text of several lines, `rows` of them in sight, of at most `most` characters if that is given."""
    return forms.CharField(
        label=label, required=required, help_text=hint, error_messages=_said(say), max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class LastDay(forms.DateField):
    """The last day on which something holds, as people say it; what is kept is the day after, on which it is over."""

    def clean(self, value: Any) -> date | None:
        """The first day on which it is over, or None where it is left open."""
        last: date | None = super().clean(value)
        if last == date.max:
            raise forms.ValidationError(_("Choose an earlier day."))
        return last + timedelta(days=1) if last else None


def tick(label: Any, hint: Any = "") -> forms.BooleanField:
    """A box to tick; unticked says no."""
    return forms.BooleanField(label=label, required=False, help_text=hint)


def choices(kind: type[Model], name: str) -> list[tuple[str, Any]]:
    """The choices of a model's field, for the form that asks for it."""
    found = kind._meta.get_field(name).flatchoices  # type: ignore[union-attr]
    return [(str(value), capfirst(label)) for value, label in found]


def offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """Let a field of `form` choose among `rows`, which are known only when the form is drawn."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (tells the type checker)
    field.queryset = rows


def _said(say: Any) -> dict[str, Any]:
    return {"required": say} if say else {}
