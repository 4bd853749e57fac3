"""One way for every form: drawn, checked, saved once, never losing a word.

`save` takes a form that was sent and the verb to do with it. A mistake gives the form again with the sentence beside
the field (422); a form sent twice leads where the first sending led; a page that someone else changed meanwhile shows
both versions (409). What was typed and not saved is kept as a draft by the form's address.
"""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.foundations import clock
from alongside.foundations.errors import ChangedByAnother, RuleBroken
from alongside.foundations.ids import new_id
from alongside.foundations.models import Draft, SentForm
from alongside.foundations.needs import actor_of

KEPT_OUT = frozenset({"csrfmiddlewaretoken", "once"})


class HouseForm(forms.Form):
    """Base of every form: a token so that saving twice saves once, and the edition it was read at."""

    required_css_class = "required"
    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, more: dict[str, forms.Field] | None = None, **kwargs: Any) -> None:
        """`more` are fields of this page only, such as a row for each criterion; they are dressed like the rest."""
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields |= more or {}
        self.fields["once"].initial = new_id()
        self.conflict: ChangedByAnother | None = None
        for field in self.fields.values():
            widget = field.widget
            plain = isinstance(
                widget, (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.HiddenInput)
            )
            if isinstance(widget, forms.CheckboxInput):
                widget.attrs.setdefault("class", "form-check-input")
            elif not plain:
                widget.attrs.setdefault("class", "form-select" if isinstance(widget, forms.Select) else "form-control")
            if isinstance(field, forms.DateField):
                field.widget = forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")
                field.widget.is_required = field.required

    def both_versions(self) -> list[dict[str, object]]:
        """Fields in which theirs differs from what was typed, for the person to choose."""
        if self.conflict is None:
            return []
        return [
            {"label": self.fields[name].label or name, "theirs": value, "yours": self.data.get(name, "")}
            for name, value in self.conflict.theirs.items()
            if name in self.fields and str(value) != str(self.data.get(name, ""))
        ]


def open_form(request: HttpRequest, kind: Callable[..., HouseForm], **kwargs: Any) -> HouseForm:
    """The form as it should be drawn: what was sent, or the draft of another time, or its initial values."""
    if request.method == "POST":
        return kind(request.POST, **kwargs)
    form = kind(**kwargs)
    draft = draft_at(request)
    if draft is not None:
        held = QueryDict(mutable=True)
        for key, values in json.loads(draft.words).items():
            held.setlist(key, values)
        form = kind(_with_once(held), **kwargs)
        form.full_clean()
        form.errors.clear()
        form.held_since = draft.saved_at  # type: ignore[attr-defined]
    return form


def _with_once(data: QueryDict) -> QueryDict:
    data["once"] = str(new_id())
    return data


def save(
    request: HttpRequest, form: HouseForm, do: Callable[[], str], template: str, context: dict[str, Any]
) -> HttpResponse:
    """Do the verb that `do` calls with the form's values and go to the address it returns; or draw `template` again."""
    again = context | {"form": form}
    if not form.is_valid():
        # What may be chosen can change with the first sending; the second still leads where that one led.
        before = _led_to(request, form.cleaned_data.get("once"))
        return HttpResponseRedirect(before) if before else render(request, template, again, status=422)
    try:
        with transaction.atomic():
            place = _once(request, form.cleaned_data.get("once"), do)
    except RuleBroken as broken:
        form.add_error(broken.field if broken.field in form.fields else None, broken.sentence)
        return render(request, template, again, status=422)
    except ChangedByAnother as changed:
        form.conflict = changed
        typed = QueryDict(mutable=True)
        typed.update(request.POST)
        typed["edition"] = str(changed.edition)
        form.data = typed
        return render(request, template, again, status=409)
    drop_draft(request)
    return HttpResponseRedirect(place)


def _once(request: HttpRequest, token: UUID | None, do: Callable[[], str]) -> str:
    """Do it unless this form was sent before; where it leads. Two sent at once: the second waits here for the first."""
    if token is None:
        return do()
    sent = SentForm(token=token, staff_id=actor_of(request).staff, at=clock.now(), place="")
    SentForm.objects.bulk_create([sent], ignore_conflicts=True)
    before = _led_to(request, token)
    if before:
        return before
    place = do()
    SentForm.objects.filter(token=token, staff_id=sent.staff_id).update(place=place)
    return place


def _led_to(request: HttpRequest, token: UUID | None) -> str:
    """Where this person's form with that token led when it was sent before; empty when it was not."""
    mine = SentForm.objects.filter(token__in=[token] if token else [], staff_id=actor_of(request).staff).exclude(
        place=""
    )
    return mine.values_list("place", flat=True).first() or ""


def draft_at(request: HttpRequest) -> Draft | None:
    """What this person left unsaved at this address, if anything."""
    return Draft.objects.filter(staff_id=actor_of(request).staff, place=request.get_full_path()).first()


def drop_draft(request: HttpRequest) -> None:
    """The words are saved; the draft is no longer needed."""
    Draft.objects.filter(staff_id=actor_of(request).staff, place=request.get_full_path()).delete()


def keep_draft(request: HttpRequest, place: str) -> str:
    """Keep what is typed so far at the form of address `place`; answers with the sentence to show."""
    actor = actor_of(request)
    words = {key: values for key, values in request.POST.lists() if key not in KEPT_OUT}
    Draft.objects.update_or_create(
        staff_id=actor.staff, place=place,
        defaults={"words": json.dumps(words), "saved_at": clock.now(), "agency_id": actor.agency},
        create_defaults={"id": new_id(), "words": json.dumps(words), "saved_at": clock.now(), "agency_id": actor.agency},
    )  # fmt: skip
    return _("Draft saved %(time)s") % {"time": timezone.localtime(clock.now()).strftime("%H:%M")}
