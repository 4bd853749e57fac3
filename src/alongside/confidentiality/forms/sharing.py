"""What is typed about sharing with another agency: an agreement, and a case shared under it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.models import Release
from alongside.confidentiality.queries.sharing import Theirs
from alongside.foundations.fields import LastDay, line, prose
from alongside.foundations.pages import HouseForm
from alongside.foundations.templatetags.house import day


class AgreementForm(HouseForm):
    """An agreement that is offered to another agency."""

    other = forms.TypedChoiceField(
        label=_("With which agency"), coerce=UUID,
        error_messages={"required": _("Choose an agency from the list."), "invalid_choice": _("Choose an agency from the list.")},
    )  # fmt: skip
    purpose = line(
        _("What for"), 300, required=True, say=_("Say what it is for."),
        hint=_("Both agencies read it. It names no client."),
    )  # fmt: skip
    since = forms.DateField(label=_("From"))
    until = LastDay(label=_("Last day"), required=False, help_text=_("Leave it open to end it by hand."))

    def __init__(self, *args: Any, known: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = [("", _("Choose one")), *known.items()]  # type: ignore[attr-defined]


class ShareForm(HouseForm):
    """A case shared under an agreement and a release, with named staff of the other agency."""

    release = forms.TypedChoiceField(
        label=_("Under which release"), coerce=UUID,
        error_messages={"required": _("Choose a release."), "invalid_choice": _("Choose a release.")},
    )  # fmt: skip
    staff = forms.TypedMultipleChoiceField(
        label=_("Who of theirs may read it"), coerce=UUID, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose who of the other agency may read it.")},
    )  # fmt: skip
    until = LastDay(
        label=_("Last day on which they can read it"), required=False,
        help_text=_("Left empty: as long as the release and the agreement last. It closes earlier when either ends."),
    )  # fmt: skip
    relevant = prose(_("Why each part of it is needed"), required=True, say=_("Say why each of this is needed for it."))

    def __init__(self, *args: Any, releases: Sequence[Release], theirs: Sequence[Theirs], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers = [
            (one.pk, gettext("%(whom)s, last day %(day)s: %(parts)s")
             % {"whom": one.to_whom, "parts": ", ".join(one.category_names), "day": day(one.ends_on)})
            for one in releases
        ]  # fmt: skip
        self.fields["release"].choices = [("", _("Choose one")), *papers]  # type: ignore[attr-defined]
        people = [(one.staff, f"{one.name}, {one.title}" if one.title else one.name) for one in theirs]
        self.fields["staff"].choices = people  # type: ignore[attr-defined]
