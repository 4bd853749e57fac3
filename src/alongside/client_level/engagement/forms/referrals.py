"""Forms of the door: a referral in, its screening, its answer, and the case it becomes."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from alongside.client_level.engagement.forms.persons import MOST, ContactFields, PersonFields
from alongside.client_level.engagement.models import Criterion, ReferralIn, ScreeningAnswer
from alongside.client_level.engagement.states import ReferralInState
from alongside.foundations import clock
from alongside.foundations.fields import choices, line, offer, prose
from alongside.foundations.pages import HouseForm
from alongside.people.models import Program, Staff

URGENCY = choices(ReferralIn, "urgency")
MET = choices(ScreeningAnswer, "met")
YES_OR_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]


class ReferralForm(PersonFields, ContactFields):
    """Take in a referral for someone new: the person, how to reach them safely, and why they come (E2, E6)."""

    program = forms.ModelChoiceField(Program.objects.none(), label=gettext_lazy("Program"), empty_label=None)
    received_on = forms.DateField(label=gettext_lazy("Day it came"), initial=clock.today)
    source = line(
        gettext_lazy("Who referred"), required=True, hint=gettext_lazy("A place, a person, or “came by themselves”.")
    )
    source_contact = line(gettext_lazy("How to reach who referred"))
    reason = prose(gettext_lazy("Why they come"), required=True, most=MOST)
    urgency = forms.ChoiceField(
        label=gettext_lazy("How soon"), choices=URGENCY, widget=forms.RadioSelect, initial="usual",
        help_text=gettext_lazy("Urgent is answered by tomorrow."),
    )  # fmt: skip
    immediate_needs = prose(
        gettext_lazy("What cannot wait"), most=MOST,
        hint=gettext_lazy("Food, a bed for tonight, medicine, danger. Seen to before any assessment."),
    )  # fmt: skip

    def __init__(self, *args: Any, programs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "program", programs)
        self.fields["value"].label = gettext_lazy("Telephone or other way to reach them")


class ScreenForm(HouseForm):
    """One row a criterion: the answer and the evidence seen (practice E3)."""

    def __init__(self, *args: Any, criteria: list[tuple[Criterion, ScreeningAnswer | None]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = [criterion for criterion, _kept in criteria]
        for criterion, kept in criteria:
            self.fields[f"met-{criterion.pk}"] = forms.ChoiceField(
                label=criterion.question, choices=MET, widget=forms.RadioSelect, required=False,
                initial=kept.met if kept else None,
            )  # fmt: skip
            evidence = line(gettext_lazy("What shows it"), 2000, hint=gettext_lazy("A paper seen, a sentence heard."))
            evidence.widget.attrs["class"] = "form-control"
            evidence.initial = kept.evidence if kept else ""
            self.fields[f"evidence-{criterion.pk}"] = evidence

    def rows(self) -> list[dict[str, Any]]:
        """Each criterion with its two fields, for the page."""
        return [
            {"criterion": one, "met": self[f"met-{one.pk}"], "evidence": self[f"evidence-{one.pk}"]}
            for one in self.criteria
        ]

    def answers(self) -> dict[Criterion, tuple[str, str]]:
        """The answers that were given, as the verb takes them."""
        sent = self.cleaned_data
        return {
            one: (sent[f"met-{one.pk}"], sent[f"evidence-{one.pk}"]) for one in self.criteria if sent[f"met-{one.pk}"]
        }


ANSWER_WORDS = [
    ("accepted", gettext_lazy("Accept")),
    ("waitlisted", gettext_lazy("Put on the waiting list")),
    ("screened_out", gettext_lazy("Screen out")),
    ("directed", gettext_lazy("Direct elsewhere")),
]
OPEN_TO = {
    ReferralInState.RECEIVED: ("directed",),
    ReferralInState.SCREENED: ("accepted", "waitlisted", "screened_out", "directed"),
    ReferralInState.WAITLISTED: ("accepted", "directed"),
}


class AnswerForm(HouseForm):
    """Answer a referral, in one of the ways open from its state; when none is, the verb refuses (practice E2, E4)."""

    answer = forms.ChoiceField(label=gettext_lazy("Answer"), widget=forms.RadioSelect)
    words = prose(
        gettext_lazy("Why"), most=MOST,
        hint=gettext_lazy("In a sentence the person who referred would understand. Not needed to accept."),
    )  # fmt: skip
    directed_to = line(
        gettext_lazy("Place they were directed to"),
        hint=gettext_lazy("Its name, and whom to ask for there. Nobody who is not eligible leaves without one."),
    )

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["answer"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        ways = OPEN_TO.get(ReferralInState(state), tuple(dict(ANSWER_WORDS)))
        field.choices = [choice for choice in ANSWER_WORDS if choice[0] in ways]


if TYPE_CHECKING:
    _ModelChoice = forms.ModelChoiceField[Staff]
else:
    _ModelChoice = forms.ModelChoiceField


class StaffChoice(_ModelChoice):
    """A member of staff, with the languages they speak beside the name (practice E7, R5)."""

    def label_from_instance(self, obj: Staff) -> str:
        """The name, and the languages where any are known."""
        return f"{obj.name} ({', '.join(obj.languages)})" if obj.languages else obj.name


class OpenForm(HouseForm):
    """Open a case with its one primary case manager (practice E7)."""

    primary = StaffChoice(
        Staff.objects.none(), label=gettext_lazy("Primary case manager"), empty_label=gettext_lazy("Choose one")
    )
    chosen = forms.ChoiceField(
        label=gettext_lazy("Did the client choose them?"), choices=YES_OR_NO, widget=forms.RadioSelect,
        help_text=gettext_lazy("Ask whether they want a woman or a man, or someone of their language."),
    )  # fmt: skip
    opened_on = forms.DateField(label=gettext_lazy("Opens on"), initial=clock.today)

    def __init__(self, *args: Any, staff: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "primary", staff)
