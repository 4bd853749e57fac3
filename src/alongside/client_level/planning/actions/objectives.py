"""Verbs of objectives: none is agreed without a measure and a date (practice P3)."""

from dataclasses import asdict, dataclass
from datetime import date

from django.utils.translation import gettext as _

from alongside.client_level.planning.actions.ground import draft_to_write_in, given_numbers, letters, the_draft, touch
from alongside.client_level.planning.queries.compare import OBJECTIVE_FIELDS
from alongside.client_level.planning.queries.versions import fingerprint
from alongside.documentation.models import Goal, Objective, PlanVersion
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.held import held, must_be_unchanged
from alongside.foundations.ids import new_id
from alongside.foundations.roles import WORK_CASE

USED = ("note_links", "services", "referrals", "progress")


@dataclass(frozen=True)
class Step:
    """What makes an objective: what will be different, how it is measured, from what, to what, and by when."""

    title: str
    indicator: str
    baseline: str
    target: str
    due_on: date | None


def _check(step: Step, version: PlanVersion) -> None:
    sentences = {
        "title": _("Say what will be different."),
        "indicator": _("Say how you and the client will know."),
        "baseline": _("Say how it is now, for example 2 nights a week."),
        "target": _("Say what counts as reached, for example 5 nights a week."),
    }
    for name, sentence in sentences.items():
        must_say(getattr(step, name), sentence, "practice P3", name)
    if step.baseline.strip() == step.target.strip():
        raise RuleBroken(_("From and to are the same. Say what will be different."), "practice P3", "target")
    if step.due_on is None:
        raise RuleBroken(_("Choose the day by which it will be reached."), "practice P3", "due_on")
    if step.due_on <= clock.today() or step.due_on < version.made_on:
        raise RuleBroken(_("Choose a day that lies ahead."), "practice P3", "due_on")


@verb(WORK_CASE)
def objective_add(actor: Actor, *, goal: Goal, step: Step) -> Done[Objective]:
    """Add an objective under `goal`, in the draft or in an amendment that is begun for it (practice P3, P8).

    Raises `RuleBroken`, naming the field, for one without measure or date.
    """
    version = draft_to_write_in(goal.case)
    _check(step, version)
    under = Goal.objects.filter(version=version, origin_id=goal.origin_id).first()
    if under is None:
        raise RuleBroken(_("This goal is no longer in the plan. Choose another."), "practice P3", "goal")
    rows = Objective.objects.filter(case=goal.case, goal__origin_id=goal.origin_id).values_list("number", flat=True)
    given = {n for n in given_numbers(goal.case, "objective_add", rows) if n.rpartition(".")[0] == under.number}
    key = new_id()
    objective = Objective(
        id=key, origin_id=key, case=goal.case, version=version, goal=under,
        number=f"{under.number}.{letters(len(given) + 1)}", **asdict(step),
    )  # fmt: skip
    objective.save(force_insert=True)
    touch(version)
    said = _("Added objective %(number)s") % {"number": objective.number}
    return Done(objective, objective, said, case=goal.case_id, changes={"number": ("", objective.number)})


@verb(WORK_CASE)
def objective_change(actor: Actor, *, objective: Objective, edition: int | None, step: Step) -> Done[Objective]:
    """Change an objective of a draft. Raises `RuleBroken` as in adding, `ChangedByAnother` when it was changed."""
    version = the_draft(objective.version)
    objective = held(objective)
    theirs = {name: getattr(objective, name) for name in OBJECTIVE_FIELDS}
    must_be_unchanged(objective, edition, theirs, now=fingerprint(objective, OBJECTIVE_FIELDS))
    _check(step, version)
    changes: dict[str, tuple[object, object]] = {}
    if objective.due_on != step.due_on:
        changes["due_on"] = (objective.due_on, step.due_on)
    for name, value in asdict(step).items():
        setattr(objective, name, value)
    objective.save()
    touch(version)
    said = _("Changed objective %(number)s") % {"number": objective.number}
    return Done(objective, objective, said, case=objective.case_id, changes=changes)


@verb(WORK_CASE)
def objective_remove(actor: Actor, *, objective: Objective) -> Done[None]:
    """Take an objective out of a draft. Raises `RuleBroken` when notes, work or progress point to it."""
    version = the_draft(objective.version)
    if objective.origin_id == objective.pk and any(getattr(objective, used).exists() for used in USED):
        raise RuleBroken(_("Notes, services or progress are tied to this objective. It stays."), "practice D1")
    key, said = objective.pk, _("Took objective %(number)s out of the draft") % {"number": objective.number}
    objective.delete()
    objective.pk = key
    touch(version)
    return Done(None, objective, said, case=objective.case_id)
