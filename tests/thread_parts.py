"""Short ways to put the nouns of a Thread on record, for tests of what is read from them."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.documentation.models import (
    Activity,
    Goal,
    Need,
    NeedDecision,
    Note,
    NoteLink,
    Objective,
    PlanVersion,
    Progress,
    ReferralOut,
    Service,
)  # fmt: skip
from alongside.foundations import clock
from alongside.people.models import Case, Staff


def ago(days: int) -> date:
    """The day so many days before today; negative lies ahead."""
    return clock.today() - timedelta(days=days)


def at_ten(day: date) -> datetime:
    """Ten o'clock of a day."""
    return timezone.make_aware(datetime.combine(day, time(10)))


@dataclass
class Record:
    """Writes rows of one case, by one member of staff; call inside `acting`."""

    case: Case
    staff: Staff
    numbers: dict[str, int] = field(default_factory=dict)
    states: dict[UUID, str] = field(default_factory=dict)

    def _next(self, under: str) -> int:
        self.numbers[under] = self.numbers.get(under, 0) + 1
        return self.numbers[under]

    def need(self, title: str = "A safe place to live", **more: Any) -> Need:
        """A need found twenty days ago."""
        values = {"number": self._next("need"), "title": title, "domain": "environmental", "found_on": ago(20)} | more
        need = Need(case=self.case, **values)
        need.save()
        return need

    def rest(self, need: Need, **more: Any) -> NeedDecision:
        """The client's decision, ten days ago, to let a need rest."""
        values = {"kind": "defer", "decided_by": "client", "decided_on": ago(10)} | more
        decision = NeedDecision(case=self.case, need=need, **values)
        decision.save()
        return decision

    def version(self, state: str = "draft") -> PlanVersion:
        """A plan version made fifteen days ago. What is signed is fixed, so it stays a draft until `settle`."""
        version = PlanVersion(
            case=self.case, number=self._next("version"), made_on=ago(15), review_on=ago(-80), reassess_on=ago(-160)
        )
        version.save()
        self.states[version.pk] = state
        return version

    def settle(self) -> None:
        """Give every plan version the state it was asked for."""
        for key, state in self.states.items():
            begun = ago(14) if state in ("in_effect", "replaced") else None
            PlanVersion.objects.filter(pk=key).update(state=state, in_effect_on=begun)

    def goal(
        self, version: PlanVersion, need: Need, title: str = "Hold my own tenancy", origin: Goal | None = None
    ) -> Goal:
        """A goal for a need."""
        number = f"{need.number}.{self._next(f'goal of {version.pk} {need.number}')}"
        goal = Goal(case=self.case, version=version, need=need, title=title, number=number)
        goal.origin = origin or goal
        goal.save()
        return goal

    def objective(
        self, goal: Goal, title: str = "Sign a lease", due: int = -60, origin: Objective | None = None
    ) -> Objective:
        """An objective of a goal, due so many days ago (negative lies ahead)."""
        number = f"{goal.number}.{chr(96 + self._next(f'objective of {goal.pk}'))}"
        objective = Objective(
            case=self.case, version=goal.version, goal=goal, title=title, number=number, indicator="lease", baseline="none",
            target="signed", due_on=ago(due),
        )  # fmt: skip
        objective.origin = origin or objective
        objective.save()
        return objective

    def activity(self, objective: Objective, starts: int = 5, **more: Any) -> Activity:
        """Something the client does toward an objective, begun so many days ago."""
        values = {"actor": "client", "who": "Sama", "what": "Looks at flats"} | more
        activity = Activity(
            case=self.case, version=objective.version, objective=objective, starts_on=ago(starts), **values
        )
        activity.origin = activity
        activity.save()
        return activity

    def note(self, day: int = 3, goal: Goal | None = None, objective: Objective | None = None, **more: Any) -> Note:
        """A signed note of so many days ago, tied to the origins of what is given."""
        moment = at_ten(ago(day))
        values = {"state": "signed", "signed_at": moment, "title": "Two flats seen", "minutes": 50} | more
        note = Note(case=self.case, writer=self.staff, at=moment, started_at=moment, **values)
        note.save()
        if goal:
            NoteLink(
                case=self.case, note=note, goal=goal.origin, objective=objective.origin if objective else None
            ).save()
        return note

    def service(
        self, day: int = 3, goal: Goal | None = None, objective: Objective | None = None, **more: Any
    ) -> Service:
        """A service of so many days ago, tied to the origins of what is given."""
        values = {"kind": "advocating", "what": "Rang the landlord", "minutes": 20, "mode": "phone"} | more
        service = Service(
            case=self.case, on=ago(day), by=self.staff, recorded_at=at_ten(ago(day)), goal=goal.origin if goal else None,
            objective=objective.origin if objective else None, **values,
        )  # fmt: skip
        service.save()
        return service

    def referral(
        self,
        state: str = "sent",
        chase: int | None = 2,
        goal: Goal | None = None,
        objective: Objective | None = None,
        **more: Any,
    ) -> ReferralOut:
        """A referral to Northgate, sent ten days ago, to be chased so many days ago."""
        dates = {"sent_on": ago(10), "consented_on": ago(10), "chase_on": None if chase is None else ago(chase)}
        values = {"organization": "Northgate Housing Trust", "service": "Social flat", "state": state} | dates | more
        referral = ReferralOut(
            case=self.case,
            by=self.staff,
            goal=goal.origin if goal else None,
            objective=objective.origin if objective else None,
            **values,
        )
        referral.save()
        return referral

    def progress(self, objective: Objective, standing: str = "reached", day: int = 1, **more: Any) -> Progress:
        """How an objective stood so many days ago."""
        progress = Progress(
            case=self.case, objective=objective.origin, on=ago(day), standing=standing, by=self.staff, **more
        )
        progress.save()
        return progress
