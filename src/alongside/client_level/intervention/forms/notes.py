"""The note's form: one screen, nothing required while it is a draft; and the addendum's."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.client_level.intervention.actions import NoteWords, lacking
from alongside.client_level.intervention.forms.parts import ALONE, LONGEST_NAME, MINUTES, Present, Tied, people_around
from alongside.client_level.intervention.queries import Pick
from alongside.confidentiality.models import Mark
from alongside.documentation.models import Note
from alongside.documentation.models.work import Mode
from alongside.foundations import clock
from alongside.foundations.pages import HouseForm
from alongside.people.models import Person


def _words(label: Any, rows: int = 4, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class NoteForm(Present, Tied):
    """The progress note on one screen. Nothing is required while it is a draft; signing asks for what is lacking."""

    once_is_key = True
    at = forms.DateTimeField(
        label=_("When"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": _("Say when it was.")},
    )  # fmt: skip
    minutes = forms.IntegerField(required=False, **MINUTES)
    mode = forms.ChoiceField(label=_("How"), choices=Mode.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("In one line"), max_length=120, required=False)
    ties = forms.MultipleChoiceField(
        label=_("Which goals does this touch?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    client_did = _words(_("What the client did"))
    client_words = _words(_("In the client’s own words"), 2)
    worker_did = _words(_("What you did"))
    happened = _words(_("What happened, and how things stand against the plan"))
    next_step = _words(_("What comes next, who does it and by when"), 2)

    marks = forms.MultipleChoiceField(
        label=_("Is any of this more sensitive than the rest?"), choices=Mark.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only you, the supervisor who co-signs, the primary case manager and people let in by name can open a marked note."),
    )  # fmt: skip
    page = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, client: Person, around: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, around=people_around(client) if around is None else around, **kwargs)
        self.client = client
        self.fields["client_did"].label = _("What %(name)s did") % {"name": client.short_name}
        self.fields["client_words"].label = _("In %(name)s’s own words") % {"name": client.short_name}

    @property
    def wants_signing(self) -> bool:
        """True when the person pressed to sign, not to leave a draft."""
        return self.data.get("do") == "sign"

    def facts(self) -> dict[str, Any]:
        """When, how, where and with whom, as one line says it."""
        told = self.cleaned_data if hasattr(self, "cleaned_data") else self.initial
        mode = dict(Mode.choices).get(told.get("mode", ""), "")
        others = [told["others"]] if told.get("others") else []
        return {
            "at": told.get("at"),
            "mode": mode,
            "place": told.get("place"),
            "present": [*told.get("present", []), *others],
        }

    def words(self) -> NoteWords:
        """What was typed. A field that cannot be read yet is left as it begins."""
        told = self.cleaned_data
        texts = {
            name: told.get(name, "").replace("\r\n", "\n")
            for name in ("place", "title", "client_did", "client_words", "worker_did", "happened", "next_step")
        }
        alone = ALONE in told.get("ties", []) and not self.chosen()
        present = tuple(self.all_present())
        return NoteWords(
            at=told.get("at") or clock.now(), minutes=told.get("minutes"), mode=told.get("mode") or Mode.FACE_TO_FACE,
            present=present, client_seen=self.client.short_name in present, stands_alone=alone, ties=self.chosen(),
            marks=tuple(told.get("marks", [])), **texts,
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """On signing, name everything that is lacking at once, each beside its field (practice I2)."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if self.wants_signing:
            for name, sentence in lacking(self.words()).items():
                if name not in self.errors:
                    self.add_error(name, sentence)
        return told


def words_of(note: Note, around: list[tuple[str, str]]) -> dict[str, Any]:
    """Initial values of the form for a draft that was begun, with the client under the name they go by now."""
    words = NoteWords.of(note)
    likely, client = {name for name, _label in around}, note.case.client.short_name
    present = list(words.present)
    if note.client_seen and client not in present:
        # They have another name since; under the former they stand first, as in the form.
        present[:1] = [client]
    initial: dict[str, Any] = {name: getattr(words, name) for name in NoteForm.base_fields if hasattr(words, name)}
    return initial | {
        "at": timezone.localtime(note.at), "edition": note.edition,
        "ties": [str((tie.objective or tie.goal).pk) for tie in words.ties] + ([ALONE] if words.stands_alone else []),
        "present": [name for name in present if name in likely],
        "others": ", ".join(name for name in present if name not in likely),
    }  # fmt: skip


class KeptNoteForm(NoteForm):
    """What autosave sends, several times a minute: read without asking the database what could have been chosen.

    Who was there are names in any case, so the names that were sent are the choices. What the note concerns is asked for
    only when it was changed: `tied` are the keys it concerns by now.
    """

    def __init__(
        self, data: QueryDict, *, tied: Iterable[UUID], picks: Callable[[], list[Pick]], client: Person
    ) -> None:
        sent = {key for key in data.getlist("ties") if key != ALONE}
        self.ties_stay = bool(sent) and sent == {str(key) for key in tied}
        typed = data.copy()
        if self.ties_stay:
            typed.setlist("ties", [])
        names = [(name, name) for name in data.getlist("present") if len(name) <= LONGEST_NAME and "\x00" not in name]
        super().__init__(typed, client=client, around=names, picks=picks() if sent and not self.ties_stay else [])


class MarksForm(HouseForm):
    """Which marks a note bears, and why that changes."""

    marks = forms.MultipleChoiceField(
        label=_("Marks"), choices=Mark.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label=_("Why"), widget=forms.Textarea(attrs={"rows": 2}), error_messages={"required": _("Say why.")}
    )


class AddendumForm(HouseForm):
    """A correction or an addition to a signed note."""

    words = forms.CharField(
        label=_("What is to be added or corrected"), widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what is to be added.")},
    )  # fmt: skip
