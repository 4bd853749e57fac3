"""A plan in effect, put together row by row, for stories that begin after planning: Sama saves for a home and sleeps better.

The rows come in a draft and the draft is put into effect, as the database asks of every plan.
"""

from dataclasses import dataclass
from datetime import timedelta

from alongside.documentation.models import Goal, Need, Objective, PlanVersion
from alongside.foundations import clock
from alongside.foundations.actor import Actor, acting
from alongside.foundations.ids import new_id
from alongside.people.models import Case


@dataclass(frozen=True)
class SignedPlan:
    """The version in effect, its need, its goal, and two objectives: money put aside, and nights slept."""

    version: PlanVersion
    need: Need
    goal: Goal
    savings: Objective
    nights: Objective


def signed_plan(worker: Actor, case: Case, number: int = 1) -> SignedPlan:
    """Put a plan with one goal and two objectives into effect."""
    today = clock.today()
    with acting(worker):
        need, _made = Need.objects.get_or_create(
            case=case, number=1, defaults={"title": "A home of her own", "domain": "environmental", "found_on": today,
            "program_id": case.program_id},
        )  # fmt: skip
        version = draft_plan(case, number)
        goal_key = new_id()
        goal = Goal(
            id=goal_key,
            origin_id=goal_key,
            case=case,
            version=version,
            need=need,
            number="1.1",
            title="Hold my own tenancy",
        )
        goal.save(force_insert=True)
        savings = _objective(goal, "1.1.a", "Put money aside", "dollars saved", "$120", "$900")
        nights = _objective(goal, "1.1.b", "Sleep through", "good nights a week", "2 nights", "5 nights")
        version.state, version.in_effect_on = "in_effect", case.opened_on
        version.save()
    return SignedPlan(version, need, goal, savings, nights)


def draft_plan(case: Case, number: int) -> PlanVersion:
    """A version nobody has signed. Call it while someone acts."""
    today = clock.today()
    version = PlanVersion(
        case=case, number=number, made_on=case.opened_on, review_on=today + timedelta(days=80),
        reassess_on=today + timedelta(days=170),
    )  # fmt: skip
    version.save(force_insert=True)
    return version


def _objective(goal: Goal, number: str, title: str, indicator: str, baseline: str, target: str) -> Objective:
    key = new_id()
    one = Objective(
        id=key, origin_id=key, case=goal.case, version=goal.version, goal=goal, number=number, title=title,
        indicator=indicator, baseline=baseline, target=target, due_on=clock.today() + timedelta(days=60),
    )  # fmt: skip
    one.save(force_insert=True)
    return one
