"""What is typed of policies: their words, and the copy a client was given (practice C6)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.models import PolicyVersion
from alongside.foundations.fields import line, offer, prose
from alongside.foundations.pages import HouseForm


class PolicyForm(HouseForm):
    """The words of a version."""

    words = prose(
        _("The policy"), 24, required=True, say=_("Write the policy."),
        hint=_("Square brackets mark what is still to be decided. A line that begins with # is a heading."),
    )  # fmt: skip
    language = line(_("Written in"), 60, required=True, say=_("Say in which language it is written."))
    review_on = forms.DateField(label=_("Look at it again on"), help_text=_("At the latest; a year from now is usual."))


class NewPolicyForm(PolicyForm):
    """A policy that does not exist yet."""

    title = line(_("Title"), 160, required=True, say=_("Give the policy a title."))
    field_order = ("title", "words", "language", "review_on")


class CopyForm(HouseForm):
    """Which policy the client was given, and how."""

    version = forms.ModelChoiceField(
        label=_("Which policy"), queryset=PolicyVersion.objects.none(), widget=forms.RadioSelect, empty_label=None,
        error_messages={"required": _("Choose a policy.")},
    )  # fmt: skip
    language = line(
        _("In which language"), 60, required=True, say=_("Say in which language."),
        hint=_("If it was read aloud in another language than it is written in, say so: Arabic, read aloud."),
    )  # fmt: skip
    given_on = forms.DateField(label=_("Given on"))

    def __init__(self, *args: Any, versions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "version", versions)
        field: Any = self.fields["version"]
        field.label_from_instance = lambda version: version.policy.title


class StepForm(HouseForm):
    """A step that needs no words: only its token, so that it is taken once."""
