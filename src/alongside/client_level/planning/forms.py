"""What the forms of planning ask."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.client_level.planning.queries.compare import ACTIVITY_FIELDS, GOAL_FIELDS, OBJECTIVE_FIELDS
from alongside.documentation.models import Activity, Goal, Need, NeedDecision, Objective, Signature
from alongside.foundations.fields import choices, line, offer, prose
from alongside.foundations.pages import HouseForm


class Numbered(forms.ModelChoiceField):  # type: ignore[type-arg]  # no arguments at run time
    """One of the rows that bear a number and a title."""

    def label_from_instance(self, obj: Any) -> str:
        """The number, then the title."""
        return f"{obj.number} {obj.title}"


class FrameForm(HouseForm):
    """The frame of a version: with whom, roles, what was told, when we look again."""

    made_on = forms.DateField(label=_("Made on"))
    made_with = line(_("Made with"), hint=_("Everyone who was there, the interpreter too."))
    roles = prose(_("Who is responsible for what"), hint=_("The client’s part, yours, and that of others."))
    options_told = prose(
        _("Options and costs explained"), 5,
        hint=_("One to a line: what there is and is not, what each choice costs, time limits, the client’s choice."),
    )  # fmt: skip
    review_on = forms.DateField(label=_("Next review with the client"))
    reassess_on = forms.DateField(label=_("Next reassessment"))


class PartForm(HouseForm):
    """A part of a plan, and what it is there for: one of the rows `above` it, chosen in the field that `under` names.

    `of_the_row` are the fields that it has in common with its row; `template` draws its page.
    """

    under: ClassVar[str]
    of_the_row: ClassVar[tuple[str, ...]]
    template: ClassVar[str]

    def __init__(self, *args: Any, above: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, self.under, above)


class GoalForm(PartForm):
    """A goal for one need."""

    under, of_the_row, template = "need", GOAL_FIELDS, "planning/goal_form.html"

    need = Numbered(label=_("For the need"), queryset=Need.objects.none(), empty_label=None)
    title = line(_("The goal"), required=True, hint=_("Where the client wants to get, in words the client would use."))
    term = forms.ChoiceField(label=_("Term"), choices=choices(Goal, "term"), widget=forms.RadioSelect, initial="short")
    kind = forms.ChoiceField(
        label=_("Kind"), choices=choices(Goal, "kind"), widget=forms.RadioSelect, initial="personal"
    )
    builds_on = prose(_("Strengths it builds on"))
    barriers = prose(_("Barriers, and what we do about them"))


class ObjectiveForm(PartForm):
    """A step that can be measured and has a date."""

    under, of_the_row, template = "goal", OBJECTIVE_FIELDS, "planning/objective_form.html"

    goal = Numbered(label=_("Under the goal"), queryset=Goal.objects.none(), empty_label=None)
    title = line(_("What will be different"), required=True)
    indicator = line(_("Measured by"), 160, required=True, say=_("Say how you and the client will know."))
    baseline = line(
        _("From"), 60, required=True, hint=_("How it is now."), say=_("Say how it is now, for example 2 nights a week.")
    )
    target = line(
        _("To"), 60, required=True, hint=_("What counts as reached."),
        say=_("Say what counts as reached, for example 5 nights a week."),
    )  # fmt: skip
    due_on = forms.DateField(
        label=_("By"), error_messages={"required": _("Choose the day by which it will be reached.")}
    )


class ActivityForm(PartForm):
    """Who does what for an objective."""

    under, of_the_row, template = "objective", ACTIVITY_FIELDS, "planning/activity_form.html"

    objective = Numbered(label=_("For the objective"), queryset=Objective.objects.none(), empty_label=None)
    actor = forms.ChoiceField(
        label=_("Who acts"), choices=choices(Activity, "actor"), widget=forms.RadioSelect, initial="client"
    )
    who = line(_("Name"), 120, required=True)
    what = line(_("Does what"), 240, required=True)
    how_often = line(_("How often, how long"), 80)
    every_days = forms.IntegerField(
        label=_("At least every (days)"), min_value=1, max_value=366, required=False,
        help_text=_("Leave it empty where it happens once. The Thread asks when it stays away for longer."),
    )  # fmt: skip
    starts_on = forms.DateField(label=_("From"))
    ends_on = forms.DateField(label=_("Until"), required=False)
    expected = line(_("Expected change"))
    cost = forms.DecimalField(
        label=_("Cost in dollars"), min_value=0, max_digits=9, decimal_places=2, initial=0,
        help_text=_("All of it, from the first day to the last. 0 where it is free."),
    )  # fmt: skip
    paid_by = line(_("Paid by"), 120)
    instead = line(_("If that fails"), 160, hint=_("Another resource for the same end."))


class DecisionForm(HouseForm):
    """To let a need rest, on purpose."""

    kind = forms.ChoiceField(
        label=_("What was decided"), choices=choices(NeedDecision, "kind"), widget=forms.RadioSelect
    )
    decided_by = forms.ChoiceField(
        label=_("Who decided"), choices=choices(NeedDecision, "decided_by"), widget=forms.RadioSelect
    )
    why = prose(_("Why"), required=True, say=_("Say why, so that it can be understood in a year."))
    client_words = prose(_("In the client’s words"), 2)
    decided_on = forms.DateField(label=_("Decided on"))
    look_again_on = forms.DateField(
        label=_("Look again on"), required=False, help_text=_("Needed where the need waits; until then it rests.")
    )


class SignForm(HouseForm):
    """One signature: drawn on the pad, or the name typed."""

    capacity = forms.ChoiceField(
        label=_("Who signs"), choices=choices(Signature, "capacity"), widget=forms.RadioSelect, initial="client"
    )
    name = line(
        _("Name"),
        hint=_("Type the name, or draw it: both count as a signature. Staff sign with the name they are signed in by."),
    )
    strokes = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-draft-skip": ""}))
    language = line(_("Language it was read in"), 60, hint=_("The language in which the plan was read or read aloud."))


class SureForm(HouseForm):
    """One step that is asked about once more, with a reason where there is one to give."""

    reason = prose(_("Why"), 2)
