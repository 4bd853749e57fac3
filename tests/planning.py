"""What the stories of planning begin from: an assessed client with needs, and a plan brought to any state."""

from datetime import date, timedelta
from decimal import Decimal

from alongside.client_level.assessment.models import Sitting
from alongside.client_level.assessment.states import SittingState
from alongside.client_level.planning.actions import (
    activity_add,
    goal_add,
    objective_add,
    plan_offer,
    plan_sign,
    plan_start,
)  # fmt: skip
from alongside.client_level.planning.actions.activities import Doing
from alongside.client_level.planning.actions.objectives import Step
from alongside.client_level.planning.actions.plans import Frame
from alongside.documentation.models import Goal, Need, Objective, PlanVersion
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.people.models import Case
from tests.cast import Cast

STROKES = "[[100,200,300,400,500,200],[600,600]]"


def ahead(days: int) -> date:
    """A day so many days from today."""
    return clock.today() + timedelta(days=days)


def assess(cast: Cast, case: Case) -> None:
    """A completed assessment, as the room of assessment leaves it."""
    with acting(cast.maren):
        Sitting(
            case=case, on=ahead(-6), by_id=cast.maren.staff, state=SittingState.COMPLETE, completed_at=clock.now()
        ).save()


def need_of(cast: Cast, case: Case, number: int = 1, title: str = "A safe place to live") -> Need:
    """A numbered need."""
    with acting(cast.maren):
        need = Need(
            case=case, number=number, title=title, client_words="A door that I can lock.", domain="environmental",
            found_on=ahead(-6),
        )  # fmt: skip
        need.save(force_insert=True)
    return need


def frame(**changed: object) -> Frame:
    """The frame of a plan made today."""
    values: dict[str, object] = {
        "made_on": ahead(0), "review_on": ahead(90), "reassess_on": ahead(180), "made_with": "Sama, Hala K.",
        "roles": "Sama saves. Maren reads leases.", "options_told": "Deposit match: up to $450\nNo counselling in Arabic here",
    }  # fmt: skip
    return Frame(**values | changed)  # type: ignore[arg-type]


def step(**changed: object) -> Step:
    """An objective with its measure and date."""
    values: dict[str, object] = {
        "title": "Save for the deposit", "indicator": "Savings book, weekly", "baseline": "$120", "target": "$900",
        "due_on": ahead(60),
    }  # fmt: skip
    return Step(**values | changed)  # type: ignore[arg-type]


def doing(**changed: object) -> Doing:
    """An activity of the client's own, free of cost."""
    values: dict[str, object] = {
        "actor": "client", "who": "Sama", "what": "Sets money aside", "starts_on": ahead(0), "ends_on": ahead(60),
        "how_often": "$60 a week", "every_days": 7, "instead": "Deposit loan",
    }  # fmt: skip
    return Doing(**values | changed)  # type: ignore[arg-type]


def started(cast: Cast, case: Case | None = None) -> tuple[Need, PlanVersion]:
    """An assessed client with one need, and a plan just begun."""
    case = case or cast.sama
    assess(cast, case)
    need = need_of(cast, case)
    return need, plan_start(cast.maren, case=case, frame=frame())


def drafted(cast: Cast, case: Case | None = None) -> tuple[PlanVersion, Goal, Objective]:
    """A draft with one goal, one objective and two activities: ready to be offered."""
    need, version = started(cast, case)
    goal = goal_add(cast.maren, need=need, title="Hold my own tenancy", builds_on="Keeps every appointment")
    objective = objective_add(cast.maren, goal=goal, step=step())
    activity_add(cast.maren, objective=objective, doing=doing())
    paid = doing(
        actor="provider",
        who="Northgate Housing",
        what="Matches her savings",
        cost=Decimal(450),
        paid_by="City deposit fund",
    )
    activity_add(cast.maren, objective=objective, doing=paid)
    return version, goal, objective


def offered(cast: Cast, case: Case | None = None) -> tuple[PlanVersion, Goal, Objective]:
    """A plan that waits for signatures."""
    version, goal, objective = drafted(cast, case)
    return plan_offer(cast.maren, version=version), goal, objective


def agreed(cast: Cast, case: Case | None = None) -> tuple[PlanVersion, Goal, Objective]:
    """A plan in effect, signed by Sama on the pad and by Maren."""
    version, goal, objective = offered(cast, case)
    plan_sign(cast.maren, version=version, capacity="client", strokes=STROKES, language="Arabic")
    plan_sign(cast.maren, version=version, capacity="worker")
    return fresh(cast, version), goal, objective


def fresh(cast: Cast, version: PlanVersion) -> PlanVersion:
    """The version as it stands now."""
    with acting(cast.maren):
        return PlanVersion.objects.select_related("case__program", "case__client").get(pk=version.pk)
