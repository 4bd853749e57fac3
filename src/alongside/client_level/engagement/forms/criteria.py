"""The form in which an administrator sets what a program asks before it accepts someone."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from alongside.client_level.engagement.actions import Asked
from alongside.client_level.engagement.models import Criterion
from alongside.foundations.pages import HouseForm

KINDS = list(Criterion._meta.get_field("kind").choices or [])
MORE = 3
"""Empty rows below those that are there."""


class CriteriaForm(HouseForm):
    """One row a criterion: question, kind, whether a yes is needed, whether it is still asked (practice E3)."""

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kwargs: Any) -> None:
        more: dict[str, forms.Field] = {}
        self.rows: list[Criterion | None] = [*criteria, *([None] * MORE)]
        for number, one in enumerate(self.rows):
            more[f"question-{number}"] = forms.CharField(
                label=gettext_lazy("Question"), max_length=240, required=one is not None,
                initial=one.question if one else "",
            )  # fmt: skip
            more[f"kind-{number}"] = forms.ChoiceField(
                label=gettext_lazy("It is about"), choices=KINDS, initial=one.kind if one else "eligible"
            )
            more[f"required-{number}"] = forms.BooleanField(
                label=gettext_lazy("Acceptance needs a yes"), required=False, initial=one.required if one else False
            )
            more[f"asked-{number}"] = forms.BooleanField(
                label=gettext_lazy("Still asked"), required=False, initial=True
            )
        super().__init__(*args, more=more, **kwargs)

    def drawn(self) -> list[dict[str, Any]]:
        """Each row with its fields, for the page."""
        parts = ("question", "kind", "required", "asked")
        return [
            {"new": one is None} | {part: self[f"{part}-{number}"] for part in parts}
            for number, one in enumerate(self.rows)
        ]

    def asked(self) -> list[Asked]:
        """The rows that say something, in their order."""
        sent = self.cleaned_data
        return [
            Asked(
                sent[f"question-{number}"], sent[f"kind-{number}"], sent[f"required-{number}"],
                sent[f"asked-{number}"] if one else True, one.pk if one else None,
            )
            for number, one in enumerate(self.rows)
            if sent[f"question-{number}"].strip()
        ]  # fmt: skip
