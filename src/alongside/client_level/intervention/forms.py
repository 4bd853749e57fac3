"""Forms of intervention: the note, the addendum, the service, what is loose."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.client_level.intervention.actions import NoteWords, Tie, lacking
from alongside.client_level.intervention.queries import Pick
from alongside.documentation.models import Note
from alongside.documentation.models.work import DIRECT, Kind, Mode
from alongside.foundations import clock
from alongside.foundations.pages import HouseForm
from alongside.people.models import Person, SignificantOther

ALONE = "alone"


def people_around(client: Person) -> list[tuple[str, str]]:
    """Who is likely to be in the room, as choices: the client, the interpreter, the people who matter to the client."""
    names = [client.short_name]
    names += [str(_("Interpreter"))] if client.interpreter != "never" else []
    names += SignificantOther.objects.filter(person=client).order_by("id").values_list("name", flat=True)[:5]
    return [(name, name) for name in dict.fromkeys(names)]


class Present(HouseForm):
    """Who was there: those who are likely as choices, others by name."""

    place = forms.CharField(label=_("Where"), max_length=120, required=False)
    present = forms.MultipleChoiceField(label=_("Who was there"), required=False, widget=forms.CheckboxSelectMultiple)
    others = forms.CharField(label=_("Someone else"), max_length=240, required=False, help_text=_("Names, with a comma between."))

    def __init__(self, *args: Any, around: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["present"].choices = around  # type: ignore[attr-defined]

    def clean_others(self) -> str:
        """No name longer than a record can hold."""
        said: str = self.cleaned_data["others"]
        if any(len(name.strip()) > 80 for name in said.split(",")):
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
        self.fields["ties"].choices = self._choices(picks)  # type: ignore[attr-defined]

    def _choices(self, picks: list[Pick]) -> list[tuple[str, Any]]:
        alone = (ALONE, _("This stands on its own"))
        return [*((pick.value, f"{pick.number} {pick.title}") for pick in picks), alone]

    def rows(self) -> list[dict[str, Any]]:
        """Each choice with its drawn input and what is known of it, for the pick rows of the page."""
        return [{"tag": option.tag(), "pick": self.picks.get(str(option.data["value"]))} for option in self["ties"]]

    def chosen(self) -> frozenset[Tie]:
        """The ties that were picked; standing alone is none."""
        said = self.cleaned_data.get("ties", [])
        picked = [self.picks[value] for value in ([said] if isinstance(said, str) else said) if value in self.picks]
        return frozenset(Tie(pick.goal, pick.objective) for pick in picked)

    def one_tie(self) -> Tie | None:
        """The tie where one at most can be picked."""
        return next(iter(self.chosen()), None)


def _words(label: Any, rows: int = 4, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class NoteForm(Present, Tied):
    """The progress note on one screen. Nothing is required while it is a draft; signing asks for what is lacking."""

    at = forms.DateTimeField(
        label=_("When"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": _("Say when it was.")},
    )  # fmt: skip
    minutes = forms.IntegerField(
        label=_("How long, in minutes"), min_value=1, max_value=1440, required=False,
        error_messages={key: _("Give a number of minutes, for example 45.") for key in ("invalid", "min_value", "max_value")},
    )  # fmt: skip
    mode = forms.ChoiceField(label=_("How"), choices=Mode.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("In one line"), max_length=120, required=False)
    ties = forms.MultipleChoiceField(label=_("Which goals does this touch?"), required=False, widget=forms.CheckboxSelectMultiple)
    client_did = _words(_("What the client did"))
    client_words = _words(_("In the client’s own words"), 2)
    worker_did = _words(_("What you did"))
    happened = _words(_("What happened, and how things stand against the plan"))
    next_step = _words(_("What comes next, who does it and by when"), 2)

    def __init__(self, *args: Any, client: Person, **kwargs: Any) -> None:
        super().__init__(*args, around=people_around(client), **kwargs)
        self.client = client
        self.fields["client_did"].label = _("What %(name)s did") % {"name": client.short_name}
        self.fields["client_words"].label = _("In %(name)s’s own words") % {"name": client.short_name}

    @property
    def wants_signing(self) -> bool:
        """True when the person pressed to sign, not to leave a draft."""
        return self.data.get("do") == "sign"

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
            present=present, client_seen=self.client.short_name in present, stands_alone=alone, ties=self.chosen(), **texts,
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
    """Initial values of the form for a draft that was begun."""
    words = NoteWords.of(note)
    likely = {name for name, _label in around}
    initial: dict[str, Any] = {name: getattr(words, name) for name in NoteForm.base_fields if hasattr(words, name)}
    return initial | {
        "at": timezone.localtime(note.at), "edition": note.edition,
        "ties": [str((tie.objective or tie.goal).pk) for tie in words.ties] + ([ALONE] if words.stands_alone else []),
        "present": [name for name in words.present if name in likely],
        "others": ", ".join(name for name in words.present if name not in likely),
    }  # fmt: skip


class AddendumForm(HouseForm):
    """A correction or an addition to a signed note."""

    words = forms.CharField(
        label=_("What is to be added or corrected"), widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what is to be added.")},
    )  # fmt: skip


class LooseEndForm(Tied):
    """Where loose work belongs."""

    ties = forms.ChoiceField(
        label=_("Where does this belong?"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose a goal or an objective, or say that this stands on its own.")},
    )  # fmt: skip


DIRECT_AND_INDIRECT = [
    (_("Direct, with the client"), [(kind.value, kind.label) for kind in Kind if kind in DIRECT]),
    (_("Indirect, for the client"), [(kind.value, kind.label) for kind in Kind if kind not in DIRECT]),
]


class ServiceForm(Present, Tied):
    """A service given, or work done for the client (practice I1)."""

    on = forms.DateField(label=_("On"))
    minutes = forms.IntegerField(
        label=_("How long, in minutes"), min_value=1, max_value=1440,
        error_messages={key: _("Give a number of minutes, for example 45.") for key in ("required", "invalid", "min_value", "max_value")},
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind of work"), choices=DIRECT_AND_INDIRECT)
    what = forms.CharField(label=_("What was done"), max_length=200)
    mode = forms.ChoiceField(label=_("How"), choices=Mode.choices, widget=forms.RadioSelect)
    ties = forms.ChoiceField(
        label=_("What was it for?"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose a goal or an objective, or say that this stands on its own.")},
    )  # fmt: skip
