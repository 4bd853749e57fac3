"""What the forms of planning ask."""

from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.documentation.models import Activity, Goal, Need, NeedDecision, Objective, Signature
from alongside.foundations.pages import HouseForm


def words(rows: int = 3) -> forms.Textarea:
    """A field for several lines."""
    return forms.Textarea(attrs={"rows": rows})


def choices(kind: type[Model], name: str) -> list[tuple[str, Any]]:
    """The choices of a model's field, for the form that asks for it."""
    found = kind._meta.get_field(name).choices  # type: ignore[union-attr]
    return [(str(value), label) for value, label in found or []]


class Numbered(forms.ModelChoiceField):  # type: ignore[type-arg]  # no arguments at run time
    """One of the rows that bear a number and a title."""

    def label_from_instance(self, obj: Any) -> str:
        """The number, then the title."""
        return f"{obj.number} {obj.title}"

    def among(self, rows: QuerySet[Any]) -> None:
        """Offer `rows`, and no others."""
        self.queryset = rows


class FrameForm(HouseForm):
    """The frame of a version: with whom, roles, what was told, when we look again."""

    made_on = forms.DateField(label=_("Made on"))
    made_with = forms.CharField(
        label=_("Made with"),
        max_length=200,
        required=False,
        help_text=_("Everyone who was there, the interpreter too."),
    )
    roles = forms.CharField(
        label=_("Who is responsible for what"), widget=words(), required=False,
        help_text=_("The client’s part, yours, and that of others."),
    )  # fmt: skip
    options_told = forms.CharField(
        label=_("Options and costs explained"), widget=words(5), required=False,
        help_text=_("One to a line: what there is and is not, what each choice costs, time limits, the client’s choice."),
    )  # fmt: skip
    review_on = forms.DateField(label=_("Next review with the client"))
    reassess_on = forms.DateField(label=_("Next reassessment"))


class GoalForm(HouseForm):
    """A goal for one need."""

    need = Numbered(label=_("For the need"), queryset=Need.objects.none(), empty_label=None)
    title = forms.CharField(
        label=_("The goal"),
        max_length=200,
        help_text=_("Where the client wants to get, in words the client would use."),
    )
    term = forms.ChoiceField(label=_("Term"), choices=choices(Goal, "term"), widget=forms.RadioSelect, initial="short")
    kind = forms.ChoiceField(
        label=_("Kind"), choices=choices(Goal, "kind"), widget=forms.RadioSelect, initial="personal"
    )
    builds_on = forms.CharField(label=_("Strengths it builds on"), widget=words(), required=False)
    barriers = forms.CharField(label=_("Barriers, and what we do about them"), widget=words(), required=False)

    def __init__(self, *args: Any, needs: QuerySet[Need], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["need"]
        assert isinstance(field, Numbered)  # noqa: S101  (tells the type checker)
        field.among(needs)


class ObjectiveForm(HouseForm):
    """A step that can be measured and has a date."""

    goal = Numbered(label=_("Under the goal"), queryset=Goal.objects.none(), empty_label=None)
    title = forms.CharField(label=_("What will be different"), max_length=200)
    indicator = forms.CharField(
        label=_("Measured by"), max_length=160, error_messages={"required": _("Say how you and the client will know.")}
    )
    baseline = forms.CharField(
        label=_("From"), max_length=60, help_text=_("How it is now."),
        error_messages={"required": _("Say how it is now, for example 2 nights a week.")},
    )  # fmt: skip
    target = forms.CharField(
        label=_("To"), max_length=60, help_text=_("What counts as reached."),
        error_messages={"required": _("Say what counts as reached, for example 5 nights a week.")},
    )  # fmt: skip
    due_on = forms.DateField(
        label=_("By"), error_messages={"required": _("Choose the day by which it will be reached.")}
    )

    def __init__(self, *args: Any, goals: QuerySet[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["goal"]
        assert isinstance(field, Numbered)  # noqa: S101  (tells the type checker)
        field.among(goals)


class ActivityForm(HouseForm):
    """Who does what for an objective."""

    objective = Numbered(label=_("For the objective"), queryset=Objective.objects.none(), empty_label=None)
    actor = forms.ChoiceField(
        label=_("Who acts"), choices=choices(Activity, "actor"), widget=forms.RadioSelect, initial="client"
    )
    who = forms.CharField(label=_("Name"), max_length=120)
    what = forms.CharField(label=_("Does what"), max_length=240)
    how_often = forms.CharField(label=_("How often, how long"), max_length=80, required=False)
    every_days = forms.IntegerField(
        label=_("Every so many days"), min_value=1, max_value=366, required=False,
        help_text=_("Leave it empty where it happens once. The Thread asks when it stays away for longer."),
    )  # fmt: skip
    starts_on = forms.DateField(label=_("From"))
    ends_on = forms.DateField(label=_("Until"), required=False)
    expected = forms.CharField(label=_("Expected change"), max_length=200, required=False)
    cost = forms.DecimalField(
        label=_("Cost in dollars"), min_value=0, max_digits=9, decimal_places=2, initial=0,
        help_text=_("All of it, from the first day to the last. 0 where it is free."),
    )  # fmt: skip
    paid_by = forms.CharField(label=_("Paid by"), max_length=120, required=False)
    instead = forms.CharField(
        label=_("If that fails"), max_length=160, required=False, help_text=_("Another resource for the same end.")
    )

    def __init__(self, *args: Any, objectives: QuerySet[Objective], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["objective"]
        assert isinstance(field, Numbered)  # noqa: S101  (tells the type checker)
        field.among(objectives)


class DecisionForm(HouseForm):
    """To let a need rest, on purpose."""

    kind = forms.ChoiceField(
        label=_("What was decided"), choices=choices(NeedDecision, "kind"), widget=forms.RadioSelect
    )
    decided_by = forms.ChoiceField(
        label=_("Who decided"), choices=choices(NeedDecision, "decided_by"), widget=forms.RadioSelect
    )
    why = forms.CharField(
        label=_("Why"),
        widget=words(),
        error_messages={"required": _("Say why, so that it can be understood in a year.")},
    )
    client_words = forms.CharField(label=_("In the client’s words"), widget=words(2), required=False)
    decided_on = forms.DateField(label=_("Decided on"))
    look_again_on = forms.DateField(
        label=_("Look again on"), required=False, help_text=_("Needed where the need waits; until then it rests.")
    )


class SignForm(HouseForm):
    """One signature: drawn on the pad, or the name typed."""

    capacity = forms.ChoiceField(
        label=_("Who signs"), choices=choices(Signature, "capacity"), widget=forms.RadioSelect, initial="client"
    )
    name = forms.CharField(
        label=_("Name"), max_length=200, required=False,
        help_text=_("Typing the name signs as well as drawing it. Staff sign with the name they are signed in by."),
    )  # fmt: skip
    strokes = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-draft-skip": ""}))
    language = forms.CharField(
        label=_("Read in"),
        max_length=60,
        required=False,
        help_text=_("The language in which the plan was read or read aloud."),
    )


class SureForm(HouseForm):
    """One step that is asked about once more, with a reason where there is one to give."""

    reason = forms.CharField(label=_("Why"), widget=words(2), required=False)
