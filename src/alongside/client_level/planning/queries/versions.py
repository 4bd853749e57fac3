"""Which versions a case has, which one is open, and what still keeps it from being agreed (practice P1, P3, P7)."""

from dataclasses import dataclass, replace
from decimal import Decimal
from zlib import crc32

from django.db import models
from django.utils.translation import gettext as _

from alongside.confidentiality.queries.alias import name_hidden
from alongside.documentation.models import Activity, Goal, Need, NeedDecision, PlanVersion, Signature
from alongside.documentation.models.plan import PlanState
from alongside.foundations import clock
from alongside.foundations.strokes import stroke_lines
from alongside.people.models import Case, Person, Program

OPEN = (PlanState.DRAFT, PlanState.SIGNING)


def versions_of(case: Case) -> list[PlanVersion]:
    """All versions of the plan, the newest first."""
    return list(PlanVersion.objects.filter(case=case).order_by("-number"))


def version_to_show(versions: list[PlanVersion]) -> PlanVersion | None:
    """The version being worked on or signed, else the one in effect, else the newest (`versions` are newest first)."""
    for states in (OPEN, (PlanState.IN_EFFECT,)):
        found = next((version for version in versions if version.state in states), None)
        if found:
            return found
    return versions[0] if versions else None


def version_before(versions: list[PlanVersion], version: PlanVersion) -> PlanVersion | None:
    """The last version before `version` that ever took effect: what is new is told against it (practice P8)."""
    return next((v for v in versions if v.number < version.number and v.in_effect_on is not None), None)


def working_version(case: Case) -> PlanVersion | None:
    """The version that a new row would go into: the open one, or the one in effect that would be amended."""
    return version_to_show([v for v in versions_of(case) if v.state in (*OPEN, PlanState.IN_EFFECT)])


def next_number(case: Case) -> int:
    """The number of the next version."""
    return (PlanVersion.objects.filter(case=case).aggregate(top=models.Max("number"))["top"] or 0) + 1


def open_needs(case: Case, version: PlanVersion) -> list[Need]:
    """Needs that have neither a goal in `version` nor a standing decision, in the order of their numbers (P1)."""
    aimed = Goal.objects.filter(version=version, need=models.OuterRef("pk"))
    aside = NeedDecision.objects.filter(need=models.OuterRef("pk"), ended_on=None)
    needs = Need.objects.filter(~models.Exists(aimed), ~models.Exists(aside), case=case)
    return list(needs.order_by("number"))


def still_missing(version: PlanVersion, needs: list[Need]) -> list[str]:
    """Sentences that say what keeps `version` from being agreed; empty when it may be offered for signature.

    `needs` are its `open_needs`; they are told first.
    """
    said = [
        _("Need %(number)s, %(title)s, has neither a goal nor a decision to wait.")
        % {"number": need.number, "title": need.title}
        for need in needs
    ]
    goals = list(Goal.objects.filter(version=version).annotate(steps=models.Count("objectives")))
    said += [
        _("Goal %(number)s, %(title)s, has no objective.") % {"number": goal.number, "title": goal.title}
        for goal in goals
        if not goal.steps
    ]
    if not goals and not said:
        said.append(_("There is no goal yet."))
    for day, sentence in (
        (version.review_on, _("The day of the next review has passed. Choose another.")),
        (version.reassess_on, _("The day of the next reassessment has passed. Choose another.")),
    ):
        said += [sentence] if day <= clock.today() else []
    return said


@dataclass(frozen=True)
class Place:
    """One place under a plan: in which capacity, whose name is expected there, and the signature once given."""

    capacity: str
    label: str
    expected: str
    signature: Signature | None = None

    @property
    def lines(self) -> list[str]:
        """The strokes of a drawn signature as points of lines in a box of 1000 by 333."""
        return stroke_lines(self.signature.strokes) if self.signature else []

    def read_by_all(self, client: Person) -> "Place":
        """The same; without the name, typed or drawn, that the client signed with, for those who may know the alias only."""
        if self.signature is None or self.signature.capacity != "client" or not name_hidden(client):
            return self
        self.signature.strokes = ""  # of what is drawn here; the row is not saved
        return replace(self, expected=client.preferred_name)


def places_under(version: PlanVersion, program: Program, client: str, worker: str) -> list[Place]:
    """Who signs, in order: client or representative, worker, supervisor where the program asks; then family (P8)."""
    signed = list(Signature.objects.filter(version=version).order_by("signed_at"))
    wanted = [(("client", "representative"), _("client"), client), (("worker",), _("case manager"), worker)]
    # A supervisor who signed unasked is shown, too: what was given under a plan is never left out.
    if program.supervisor_signs_plans or any(s.capacity == "supervisor" for s in signed):
        wanted.append((("supervisor",), _("supervisor"), ""))
    places = []
    for capacities, label, expected in wanted:
        given = next((s for s in signed if s.capacity in capacities), None)
        label = str(given.get_capacity_display()) if given else label
        places.append(Place(capacities[0], label, given.name if given else expected, given))
    return places + [Place("family", _("family"), s.name, s) for s in signed if s.capacity == "family"]


def is_fully_signed(version: PlanVersion) -> bool:
    """True when everyone whose signature the plan needs has given it."""
    places = places_under(version, version.case.program, "", "")
    return all(place.signature for place in places)


def cost_by_payer(activities: list[Activity]) -> list[tuple[str, Decimal]]:
    """What the plan costs, by who pays, the dearest first (practice P10)."""
    sums: dict[str, Decimal] = {}
    for activity in activities:
        if activity.cost:
            payer = activity.paid_by.strip() or _("Not settled who pays")
            sums[payer] = sums.get(payer, Decimal(0)) + activity.cost
    return sorted(sums.items(), key=lambda one: -one[1])


def fingerprint(row: models.Model, fields: tuple[str, ...]) -> int:
    """A number that changes when any of `fields` changes: the edition of a row that keeps none of its own."""
    return crc32("\x1f".join(str(getattr(row, name)) for name in fields).encode())
