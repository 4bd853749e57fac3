"""One way for every form: drawn, checked, saved once, never losing a word.

`ask` draws a form, or does with what was sent the verb it is there for. A mistake gives the form again with the sentence
beside the field (422); a form sent twice leads where the first sending led; one that was saved already and comes again
with other words, and a page that someone else changed meanwhile, are shown once more with all that was typed (409). What
was typed and not saved is kept as a draft by the form's address.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.choices import flatten_choices
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from alongside.foundations import clock, looks
from alongside.foundations.actor import Actor
from alongside.foundations.errors import ChangedByAnother, RuleBroken
from alongside.foundations.ids import new_id
from alongside.foundations.mistakes import OurWords
from alongside.foundations.models import Draft, SentForm
from alongside.foundations.needs import actor_of, page_name

TOKENS = frozenset({"once", "edition"})
OF_THE_PAGE = TOKENS | {"csrfmiddlewaretoken", "page"}
"""What a page says of itself, and no person typed: which sending, which edition, which open window."""
KEPT_OUT = frozenset({"csrfmiddlewaretoken", "once"})
SECRET = "password"  # noqa: S105  (what every field for one has in its name: old, new, given)


class HouseForm(OurWords):
    """Base of every form: a token so that saving twice saves once, and the edition it was read at."""

    required_css_class = "required"
    asks: ClassVar[dict[str, Any]] = {}
    """By field, what is said when it was left empty."""
    once_is_key: ClassVar[bool] = False
    """True where `once` is the key of the paper itself: sent again with other words, it goes on with that paper."""
    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, more: dict[str, forms.Field] | None = None, **kwargs: Any) -> None:
        """`more` are fields of this page only, such as a row for each criterion; they are dressed like the rest."""
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields |= more or {}
        self.fields["once"].initial = new_id()
        for name, sentence in self.asks.items():
            self.fields[name].error_messages["required"] = sentence
        self.conflict: ChangedByAnother | None = None
        self.saved_before = ""
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
        """Fields in which theirs differs from what was typed, each in the words a person would read, to choose from."""
        if self.conflict is None:
            return []
        both = (
            (name, self._said(name, value), self._said(name, self[name].value()))
            for name, value in self.conflict.theirs.items()
            if name in self.fields
        )
        return [
            {"label": self.label_of(name), "theirs": theirs, "yours": yours}
            for name, theirs, yours in both
            if theirs != yours
        ]

    def label_of(self, name: str) -> str:
        """What a field is called where it stands alone."""
        return str(self.fields[name].label or name)

    def _said(self, name: str, value: object) -> str:
        field = self.fields[name]
        if isinstance(field, forms.BooleanField):
            return _("yes") if value else _("no")
        offered: Iterable[tuple[Any, Any]] = flatten_choices(getattr(field, "choices", ()))
        known = {str(key): str(word) for key, word in offered}
        parts = value if isinstance(value, list | tuple) else [value]
        said = (str("" if part is None else part).replace("\r\n", "\n") for part in parts)
        return ", ".join(known.get(part, part) for part in said)

    def values(self, *names: str) -> dict[str, Any]:
        """What was sent, by name; without `names` all of it but the form's own tokens."""
        sent = self.cleaned_data
        return {name: sent[name] for name in names or (set(sent) - TOKENS)}

    def keep_typed(self, **hidden: object) -> None:
        """Draw again what was typed, with other values in hidden fields."""
        typed = QueryDict(mutable=True)
        typed.update(self.data)
        for name, value in hidden.items():
            typed[name] = str(value)
        self.data = typed


Form = TypeVar("Form", bound=HouseForm)


def open_form(request: HttpRequest, kind: Callable[..., Form], **kwargs: Any) -> Form:
    """The form as it should be drawn: what was sent, or the draft of another time, or its initial values."""
    if request.method == "POST":
        files = {"files": request.FILES} if request.FILES else {}
        return kind(request.POST, **files, **kwargs)
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


def ask(
    request: HttpRequest, form: HouseForm, do: Callable[[], str], template: str, context: dict[str, Any]
) -> HttpResponse:
    """How every page with a form ends: draw `template`, or `save` what was sent."""
    if request.method != "POST":
        return render(request, template, context | {"form": form})
    return save(request, form, do, template, context)


class SavedBefore(Exception):
    """The same form was saved already, and now it holds other words."""


def save(
    request: HttpRequest, form: HouseForm, do: Callable[[], str], template: str, context: dict[str, Any]
) -> HttpResponse:
    """Do the verb that `do` calls with the form's values and go to the address it returns; or draw `template` again."""
    again = context | {"form": form}
    token = None
    try:
        valid = form.is_valid()
        token = form.cleaned_data.get("once")
        if not valid:
            # What may be chosen can change with the first sending; the second still leads where that one led.
            before = _led_to(request, token, form)
            if not before and _was_never_offered(form):
                looks.look(looks.REFUSED, actor=actor_of(request), page=page_name(request))
            return HttpResponseRedirect(before) if before else render(request, template, again, status=422)
        with transaction.atomic():
            place = _once(request, token, form, do)
    except SavedBefore:
        _say_saved_before(form)
        return render(request, template, again, status=409)
    except RuleBroken as broken:
        form.add_error(broken.field if broken.field in form.fields else None, broken.sentence)
        return render(request, template, again, status=422)
    except ChangedByAnother as changed:
        form.conflict = changed
        form.keep_typed(edition=changed.edition)
        return render(request, template, again, status=409)
    drop_draft(request)
    return HttpResponseRedirect(place)


def _was_never_offered(form: HouseForm) -> bool:
    """True when something was chosen that the page did not offer: a hand on the form itself, or a page grown old (C5)."""
    return any(fault.code == "invalid_choice" for faults in form.errors.as_data().values() for fault in faults)


def _say_saved_before(form: HouseForm) -> None:
    """Under a fresh token the next sending is one of its own."""
    form.saved_before = (
        _("This was saved already, with other words. Sending it once more changes what was saved.")
        if form.cleaned_data.get("edition")
        else _("This was saved already, with other words. Sending it once more saves a second one.")
    )
    form.keep_typed(once=new_id())


def _once(request: HttpRequest, token: UUID | None, form: HouseForm, do: Callable[[], str]) -> str:
    """Do it unless this form was sent before; where it leads. Two sent at once: the second waits here for the first.

    Raises `SavedBefore` when it was sent before with other words.
    """
    if token is None:
        return do()
    sent = SentForm(token=token, staff_id=actor_of(request).staff, at=clock.now(), place="", digest=_digest(request))
    SentForm.objects.bulk_create([sent], ignore_conflicts=True)
    before = _led_to(request, token, form)
    if before:
        return before
    place = do()
    SentForm.objects.filter(token=token, staff_id=sent.staff_id).update(place=place, digest=sent.digest)
    return place


def _led_to(request: HttpRequest, token: UUID | None, form: HouseForm) -> str:
    """Where this person's form with that token led when it was sent before; empty when it is to be done.

    Raises `SavedBefore` when it held other words then: nobody's words are passed over because they went back a page.
    """
    if token is None:
        return ""
    before = SentForm.objects.filter(token=token, staff_id=actor_of(request).staff).exclude(place="").first()
    if before is None:
        return ""
    if before.digest and before.digest != _digest(request):
        if form.once_is_key:
            return ""
        raise SavedBefore
    return before.place


def _digest(request: HttpRequest) -> str:
    """A keyed digest of what a person sent: it tells whether two sendings are the same, and nothing of what they say."""
    sent = sorted((name, values) for name, values in request.POST.lists() if name not in OF_THE_PAGE)
    return salted_hmac("alongside.sent", json.dumps(sent), algorithm="sha256").hexdigest()


def draft_at(request: HttpRequest) -> Draft | None:
    """What this person left unsaved at this address, if anything."""
    return Draft.objects.filter(staff_id=actor_of(request).staff, place=request.get_full_path()).first()


def drop_draft(request: HttpRequest, place: str = "") -> None:
    """The words are saved; the draft at `place`, by default at this address, is no longer needed."""
    Draft.objects.filter(staff_id=actor_of(request).staff, place=place or request.get_full_path()).delete()


def keep_draft(request: HttpRequest, place: str) -> str:
    """Keep what is typed so far at the form of address `place`; answers with the sentence to show."""
    keep_words(actor_of(request), place, request.POST)
    return _("Draft saved %(time)s") % {"time": timezone.localtime(clock.now()).strftime("%H:%M")}


def may_be_kept_at(place: str) -> bool:
    """True for a path of ours that is short enough to keep words by."""
    return (
        place.startswith("/") and len(place) <= (Draft._meta.get_field("place").max_length or 0) and "\x00" not in place
    )


def keep_words(actor: Actor, place: str, typed: QueryDict) -> None:
    """Keep what `actor` typed into the form of address `place`, in place of what was kept there before.

    Passwords are left out whatever form they were typed into. `place` is one that `may_be_kept_at`.
    """
    kept_here = {key: values for key, values in typed.lists() if key not in KEPT_OUT and SECRET not in key}
    words = json.dumps(kept_here)
    kept = {"words": words, "saved_at": clock.now(), "agency_id": actor.agency}
    Draft.objects.update_or_create(
        staff_id=actor.staff, place=place, defaults=kept, create_defaults=kept | {"id": new_id()}
    )
