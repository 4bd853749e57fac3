"""Forms of a release: what it says, how it is signed, how it is taken back."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.actions import Signing, Terms
from alongside.confidentiality.models import Capacity, Category, Mark, Method
from alongside.confidentiality.queries.basis import Basis
from alongside.foundations import clock
from alongside.foundations.fields import line, prose, tick
from alongside.foundations.pages import HouseForm
from alongside.people.models import Person

LONGEST_NAME = 160
"""Characters of the name of a recipient."""
READ_IN = _("The language in which this was read or read aloud.")


class ReleaseForm(HouseForm):
    """What a release says. Its fields are those that the chosen basis asks for."""

    recipients = prose(
        _("With whom"),
        2,
        required=True,
        say=_("Name who receives it."),
        hint=_("One to a line, by name and place."),
        most=1600,
    )
    general = tick(_("This names a kind of recipient, such as “those who treat me”"))
    categories = forms.MultipleChoiceField(
        label=_("What is shared"), choices=Category.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what is shared, and nothing that is not needed.")},
    )  # fmt: skip
    marks = forms.MultipleChoiceField(
        label=_("More sensitive parts that are included"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Anything marked this way is left out unless you tick it here."),
    )  # fmt: skip
    record_from = forms.DateField(label=_("Of the record, from"), required=False)
    record_until = forms.DateField(label=_("to"), required=False)
    purpose = line(_("What for"), 300, required=True, say=_("Say what it is shared for."))
    starts_on = forms.DateField(label=_("From"))
    ends_on = forms.DateField(label=_("Until at the latest"))
    end_event = line(_("Or earlier, when"), 200, hint=_("For example: she has the apartment."))
    discloser = line(_("Who shares it"), 200, required=True, say=_("Say who shares it."))
    language = forms.ChoiceField(
        label=_("The paper is in"), required=False,
        help_text=_("What you type is printed as you type it: say it in a language that the client reads, or read it to them."),
    )  # fmt: skip

    def __init__(self, *args: Any, basis: Basis, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.basis = basis
        open_marks = [(m.value, m.label) for m in Mark if m not in basis.never_marks]
        self.fields["marks"].choices = open_marks  # type: ignore[attr-defined]
        if not open_marks:
            del self.fields["marks"]
        if not basis.general:
            del self.fields["general"]
        self.fields["language"].choices = [(name, _(name)) for name in basis.languages]  # type: ignore[attr-defined]
        self.fields["end_event"].required = bool(basis.event)
        self.fields["end_event"].error_messages["required"] = _("Say what ends it earlier.")

    def clean_recipients(self) -> str:
        """No name longer than a record can hold."""
        said: str = self.cleaned_data["recipients"]
        if any(len(one.strip()) > LONGEST_NAME for one in said.splitlines()):
            raise forms.ValidationError(_("Shorten the names, or set one to a line."))
        return said

    def terms(self) -> Terms:
        """What was typed, as the terms of a release."""
        told = self.values()
        categories, marks = (tuple(told.pop(name, ())) for name in ("categories", "marks"))
        recipients = tuple(one.strip() for one in told.pop("recipients").splitlines() if one.strip())
        general = told.pop("general", False)
        return Terms(
            basis=self.basis.key, recipients=recipients, general=general, categories=categories, marks=marks, **told
        )  # fmt: skip


def first_terms(basis: Basis, agency: str, client: Person) -> dict[str, Any]:
    """What the form of a new release begins with: the basis's own span, and its purpose and event where it binds one;
    the language that the client reads, where the paper exists in it.
    """
    today = clock.today()
    return {
        "discloser": agency, "starts_on": today, "ends_on": today + timedelta(days=basis.default_days),
        "language": basis.shown_in(client.reads_language or client.language).language,
        "end_event": str(basis.event), "purpose": str(basis.general_for), "marks": [mark.value for mark in basis.must_mark],
    }  # fmt: skip


class SignReleaseForm(HouseForm):
    """One signature under a release."""

    capacity = forms.ChoiceField(
        label=_("Who signs"), choices=Capacity.choices, widget=forms.RadioSelect, initial=Capacity.CLIENT
    )
    method = forms.ChoiceField(label=_("How"), choices=Method.choices, widget=forms.RadioSelect, initial=Method.TYPED)
    name = line(_("Name"), hint=_("Of whoever signs. A guardian or agent must be written down under People."))
    strokes = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-draft-skip": ""}))
    read_in = line(_("Language it was read in"), 60, hint=READ_IN)
    interpreter = line(_("Interpreter"), hint=_("Who interpreted, if anybody did."))
    witness = line(_("Witness"), hint=_("Needed when it was only said aloud."))
    signed_on = forms.DateField(
        label=_("Signed on"), required=False, help_text=_("Only where it was signed on paper or said before today.")
    )

    @property
    def day(self) -> date:
        """The day of the signature as far as it can be read: today, unless an earlier one was typed."""
        today = clock.today()
        try:
            return min(self.fields["signed_on"].clean(self["signed_on"].value()) or today, today)
        except forms.ValidationError:
            return today

    def ask_nothing(self) -> None:
        """Take what is there so far: nothing is signed yet."""
        for field in self.fields.values():
            field.required = False

    def signing(self) -> Signing:
        """What was typed, as a signing."""
        told = self.values("capacity", "method", "name", "strokes", "read_in", "interpreter", "witness")
        return Signing(on=self.cleaned_data["signed_on"], **told)


class TakeBackForm(HouseForm):
    """That a release is taken back."""

    by = line(_("Who takes it back"), required=True, say=_("Say who takes it back."))
    how = line(
        _("How"), 300, required=True, say=_("Say how: in writing, aloud, by phone."),
        hint=_("In writing, aloud, by phone; and what they said, if they did."),
    )  # fmt: skip


class EventForm(HouseForm):
    """That what should end a release has come."""

    on = forms.DateField(label=_("Day it happened"))
