"""Forms of the room. Names of fields are those under which the verbs report what someone else has written."""

from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from alongside.client_level.assessment.actions import Account, FindingFacts, NeedFacts, Occasion
from alongside.client_level.assessment.models import Finding, Present, Sitting
from alongside.client_level.assessment.queries import Side, order_edition
from alongside.confidentiality.models import Mark
from alongside.documentation.models import Need
from alongside.documentation.models.thread import CAPACITY, STEPS, Domain, Source
from alongside.documentation.models.work import Mode
from alongside.foundations import clock
from alongside.foundations.fields import line, prose
from alongside.foundations.pages import HouseForm


class ManyChoices(forms.MultipleChoiceField):
    """Several short choices, drawn as chips."""

    widget = forms.CheckboxSelectMultiple


def one_of(label: Any, choices: Any, initial: object) -> forms.TypedChoiceField:
    """One of a few steps, drawn as chips; its value is a whole number."""
    return forms.TypedChoiceField(label=label, choices=choices, initial=initial, coerce=int, widget=forms.RadioSelect)


class OccasionForm(HouseForm):
    """When, how and where the client was met, and who was there."""

    asks = {"on": _("Give the day."), "mode": _("Choose how you met.")}

    on = forms.DateField(label=_("When"))
    mode = forms.ChoiceField(label=_("How"), choices=Mode.choices, widget=forms.RadioSelect)
    place = line(_("Where"), 120)
    present = ManyChoices(label=_("Who was there"), choices=Present.choices, required=False)
    seen_alone = forms.BooleanField(label=_("The client was seen alone for part of it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = {"on": clock.today(), "mode": Mode.FACE_TO_FACE, "present": [Present.CLIENT]}
        super().__init__(*args, **{"initial": today} | kwargs)

    def occasion(self) -> Occasion:
        """The occasion, as the verbs take it."""
        return Occasion(**self.values("on", "mode", "place", "present", "seen_alone"))


class SittingForm(OccasionForm):
    """The long form: the occasion and nine sides of life in two voices; any part can be left for later (A1, A5, A10)."""

    def __init__(self, *args: Any, sitting: Sitting, sides: list[Side], client: str, **kwargs: Any) -> None:
        initial = {name: getattr(sitting, name) for name in ("on", "mode", "place", "present", "seen_alone", "edition")}
        for side in sides:
            entry = side.entry
            initial |= {
                f"client_{side.domain}": entry.client_words if entry else "",
                f"worker_{side.domain}": entry.worker_words if entry else "",
                f"sources_{side.domain}": entry.sources if entry else [],
            }
        self.before = sides
        super().__init__(*args, more=_domain_fields(client), initial=initial, **kwargs)

    def label_of(self, name: str) -> str:
        """The side of life with the voice, since nine fields are called alike."""
        label = super().label_of(name)
        domain = name.partition("_")[2]
        return f"{Domain(domain).label}: {label}" if domain in Domain.values else label

    def sides(self) -> list[dict[str, Side | BoundField]]:
        """The nine sides of life, each with its three fields and what was written of it before."""
        return [
            {"side": side} | {kind: self[f"{kind}_{side.domain}"] for kind in ("client", "worker", "sources")}
            for side in self.before
        ]

    def accounts(self) -> dict[str, Account]:
        """What was written of each side of life."""
        got = self.cleaned_data
        return {d: Account(got[f"worker_{d}"], got[f"client_{d}"], got[f"sources_{d}"]) for d in Domain.values}


def _domain_fields(client: str) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for domain in Domain.values:
        fields[f"client_{domain}"] = prose(_("%(name)s says") % {"name": client})
        fields[f"worker_{domain}"] = prose(_("What is known"))
        fields[f"sources_{domain}"] = ManyChoices(label=_("Known from"), choices=Source.choices, required=False)
    return fields


class FindingForm(HouseForm):
    """A strength or a barrier in two voices, with its evidence (practice A2, A6)."""

    asks = {
        "kind": _("Choose a strength or a barrier."), "objective_words": _("Say what can be seen or shown."),
        "client_words": _("Say it in the client’s words, too."), "sources": _("Say what this is known from."),
    }  # fmt: skip

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[("strength", _("A strength")), ("barrier", _("A barrier"))],
        widget=forms.RadioSelect,
    )
    objective_words = prose(_("What can be seen or shown"), required=True)
    client_words = prose(_("In the client’s words"), required=True)
    sources = ManyChoices(label=_("Known from"), choices=Source.choices)
    marks = ManyChoices(
        label=_("Is it more sensitive than the rest?"), choices=Mark.choices, required=False,
        help_text=_("Only the person who assessed, the primary case manager and people let in by name can open a marked finding."),
    )  # fmt: skip

    def __init__(self, *args: Any, finding: Finding | None = None, **kwargs: Any) -> None:
        names = (*FindingFacts.__annotations__, "edition")
        initial = {name: getattr(finding, name) for name in names} if finding else {}
        super().__init__(*args, initial=initial, **kwargs)

    def facts(self) -> FindingFacts:
        """What was written, as the verbs take it."""
        got = self.cleaned_data
        return FindingFacts(
            kind=got["kind"], objective_words=got["objective_words"], client_words=got["client_words"],
            sources=got["sources"], marks=got["marks"],
        )  # fmt: skip


class NeedForm(HouseForm):
    """A need, its extent, and what each of the three can do about it (practice A3, A4, A6)."""

    asks = {
        "title": _("Say what is needed, in a few words."), "domain": _("Choose the side of life it belongs to."),
        "sources": _("Say what this is known from."), "found_on": _("Give the day."),
    } | dict.fromkeys(("extent", "client_capacity", "network_capacity", "agency_capacity"), _("Choose a step."))  # fmt: skip

    title = line(_("What is needed"), required=True)
    client_words = prose(_("In the client’s words"))
    domain = forms.ChoiceField(label=_("Side of life"), choices=[("", _("Choose one")), *Domain.choices])
    extent = one_of(_("How far it reaches"), STEPS, 2)
    client_capacity = one_of(_("What the client can do about it"), CAPACITY, 2)
    network_capacity = one_of(_("What the people around can do"), CAPACITY, 1)
    agency_capacity = one_of(_("What we can do"), CAPACITY, 2)
    sources = ManyChoices(label=_("Known from"), choices=Source.choices)
    found_on = forms.DateField(label=_("Named on"))

    def __init__(self, *args: Any, need: Need | None = None, **kwargs: Any) -> None:
        names = (*NeedFacts.__annotations__, "edition")
        initial = {name: getattr(need, name) for name in names} if need else {"found_on": clock.today()}
        super().__init__(*args, initial=initial, **kwargs)

    def facts(self) -> NeedFacts:
        """What was written, as the verbs take it."""
        got = self.cleaned_data
        return NeedFacts(
            title=got["title"], client_words=got["client_words"], domain=got["domain"], extent=got["extent"],
            client_capacity=got["client_capacity"], network_capacity=got["network_capacity"],
            agency_capacity=got["agency_capacity"], sources=got["sources"], found_on=got["found_on"],
        )  # fmt: skip


class RankForm(HouseForm):
    """Two orders of the same needs: the client's own and the worker's. A place is chosen from a list (practice A5)."""

    def __init__(self, *args: Any, needs: list[Need], client: str, **kwargs: Any) -> None:
        self.needs = needs
        places = [("", "–"), *((place, place) for place in range(1, len(needs) + 1))]
        asked: dict[str, forms.Field] = {}
        initial: dict[str, object] = {"edition": order_edition(needs)}
        for need in needs:
            about = {"number": need.number, "name": client}
            labels = {
                "client": _("How %(name)s ranks need %(number)d"),
                "worker": _("How you rank need %(number)d"),
            }
            for whose, label in labels.items():
                name = f"{whose}_{need.pk}"
                asked[name] = forms.TypedChoiceField(
                    label=label % about, choices=places, coerce=int, empty_value=None, required=False
                )
                initial[name] = getattr(need, f"{whose}_rank")
        super().__init__(*args, more=asked, initial=initial, **kwargs)

    def rows(self) -> list[dict[str, Need | BoundField]]:
        """Each need with its two fields."""
        return [{"need": n, "client": self[f"client_{n.pk}"], "worker": self[f"worker_{n.pk}"]} for n in self.needs]

    def places(self, whose: str) -> dict[UUID, int | None]:
        """The chosen places by need; `whose` is `client` or `worker`."""
        return {need.pk: self.cleaned_data[f"{whose}_{need.pk}"] for need in self.needs}
