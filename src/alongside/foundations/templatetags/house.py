"""Tags that every template uses: fields with their errors, days in words, bars with their figures."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.utils import formats, timezone
from django.utils.translation import get_language, get_language_bidi, ngettext, pgettext
from django.utils.translation import gettext as _

from alongside.foundations import clock
from alongside.foundations.addresses import address
from alongside.foundations.languages import language_in_words

register = template.Library()

register.simple_tag(address)
register.filter("language_said", language_in_words)

APART = "\u2068{}\u2069"  # between these marks a text is put in order by itself
FORMAT = "date format"  # the context of texts that are no sentence: the letters of Django's date formats


@register.inclusion_tag("foundations/field.html")
def field(bound: BoundField, hint: str = "", css: str = "", client: bool = False) -> dict[str, Any]:
    """A label, a hint, the error in words and the control, tied together for those who listen.

    `client` marks the client's own words: serif, plum rule.
    """
    widget = bound.field.widget
    choice = isinstance(widget, (RadioSelect, CheckboxSelectMultiple))
    hint = hint or str(bound.help_text)
    if not choice:
        described = [f"{bound.id_for_label}-hint"] if hint else []
        described += [f"{bound.id_for_label}-error"] if bound.errors else []
        if described:
            widget.attrs["aria-describedby"] = " ".join(described)
        if bound.errors:
            widget.attrs["aria-invalid"] = "true"
            widget.attrs["class"] = f"{widget.attrs.get('class', '')} is-invalid".strip()
    return {
        "bound": bound, "hint": hint, "css": css, "client": client, "choice": choice,
        "check": isinstance(widget, CheckboxInput),
    }  # fmt: skip


@register.inclusion_tag("foundations/form_head.html", takes_context=True)
def form_head(context: dict[str, Any], form: Any) -> dict[str, Any]:
    """What stands on top of every form: its tokens, the list of what to mend, both versions, a draft of another time."""
    return {
        "form": form, "csrf_token": context.get("csrf_token"), "request": context.get("request"),
        "errors": [(form[name], problems) for name, problems in form.errors.items() if name in form.fields],
    }  # fmt: skip


@register.filter
def apart(value: object) -> str:
    """A number or a name that must not be turned around by the words beside it, in a language read from the right."""
    return APART.format(value) if get_language_bidi() and value not in (None, "") else str(value)


def _local(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


@register.filter
def day(value: date | datetime | None) -> str:
    """A day as people say it: Thu 19 Nov, with the year when it is not this one; in the order of the reader's language."""
    if value is None:
        return ""
    found = _local(value)
    return _in_words(found, found.year == clock.today().year, get_language())


@register.filter
def last_day(value: date | None) -> str:
    """The last day of what is over on `value`, in the same words."""
    return day(value - timedelta(days=1)) if value else ""


@register.filter
def last_full_day(value: date | None) -> str:
    """The last day of what is over on `value`, as papers have it."""
    return full_day(value - timedelta(days=1)) if value else ""


@lru_cache(maxsize=4_000)
def _in_words(value: date, this_year: bool, _language: str | None) -> str:
    return formats.date_format(value, pgettext(FORMAT, "D j M") if this_year else pgettext(FORMAT, "D j M Y"))


@register.filter
def full_day(value: date | datetime | None) -> str:
    """A day with its year, as papers have it: 19 November 2026."""
    return formats.date_format(_local(value), pgettext(FORMAT, "j F Y")) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """A day and a time on the 24-hour clock."""
    return f"{day(value)}, {timezone.localtime(value):%H:%M}" if value else ""


@register.filter
def full_moment(value: datetime | None) -> str:
    """A day with its year, and the time, as papers have it."""
    return f"{full_day(value)}, {timezone.localtime(value):%H:%M}" if value else ""


@register.filter
def days_since(value: date | None) -> str:
    """How long ago, in days: today, 1 day ago, 5 days ago."""
    if value is None:
        return ""
    count = (clock.today() - _local(value)).days
    return _("today") if count == 0 else ngettext("%(n)d day ago", "%(n)d days ago", count) % {"n": count}


@register.inclusion_tag("foundations/meter.html")
def meter(value: float, of: float, label: str, mark: float | None = None, kind: str = "fill") -> dict[str, Any]:
    """A bar of `value` against `of`, with an optional mark at the standard. `label` says it in words."""
    top = max(of, value, mark or 0, 1)
    share = round(100 * min(value, top) / top, 1)
    return {
        "width": share,
        "label": label,
        "kind": kind,
        "mark": round(100 * mark / top, 1) if mark is not None else None,
    }


@register.inclusion_tag("foundations/capacity.html")
def capacity(value: int, word: str) -> dict[str, Any]:
    """Four steps, filled up to `value`, with the word beside."""
    return {"steps": [step < value for step in range(4)], "word": word, "value": value}


@register.filter
def ordinal(number: int | None) -> str:
    """1st, 2nd, 3rd, in the person's language as far as English goes; elsewhere the figure."""
    if number is None:
        return ""
    ends = {1: _("1st"), 2: _("2nd"), 3: _("3rd")}
    return ends.get(number, _("%(n)dth") % {"n": number})


@register.filter
def in_fours(value: str) -> str:
    """Letters that have to be typed off, in groups of four."""
    return " ".join(value[start : start + 4] for start in range(0, len(value), 4))
