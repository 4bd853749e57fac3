"""Verbs of goals."""

from django.utils.translation import gettext as _

from alongside.client_level.planning.actions.ground import draft_to_write_in, given_numbers, the_draft, touch
from alongside.client_level.planning.queries.compare import GOAL_FIELDS
from alongside.client_level.planning.queries.versions import fingerprint
from alongside.documentation.models import Goal, Need, NeedDecision, Progress
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.held import held, must_be_unchanged
from alongside.foundations.ids import new_id
from alongside.foundations.roles import WORK_CASE

USED = ("note_links", "services", "referrals")


def _check(title: str) -> None:
    must_say(title, _("Say where the client wants to get."), "practice P2", "title")


@verb(WORK_CASE)
def goal_add(
    actor: Actor, *, need: Need, title: str, term: str = "short", kind: str = "personal", builds_on: str = "",
    barriers: str = "",
) -> Done[Goal]:  # fmt: skip
    """Add a goal for `need` to the draft; where only a signed plan stands, its amendment is begun (practice P2, P8).

    The number is the need's with a running one, and never given again in the case. A decision to let the need rest
    ends with it.
    """
    _check(title)
    version = draft_to_write_in(need.case)
    key = new_id()
    goal = Goal(
        id=key, origin_id=key, case=need.case, version=version, need=need, number=_next_goal_number(need), title=title,
        term=term, kind=kind, builds_on=builds_on, barriers=barriers,
    )  # fmt: skip
    goal.save(force_insert=True)
    NeedDecision.objects.filter(need=need, ended_on=None).update(ended_on=clock.today())
    touch(version)
    said = _("Added goal %(number)s to plan version %(version)s") % {"number": goal.number, "version": version.number}
    return Done(goal, goal, said, case=need.case_id, changes={"number": ("", goal.number)})


def _next_goal_number(need: Need) -> str:
    rows = Goal.objects.filter(case=need.case, need=need).values_list("number", flat=True)
    given = given_numbers(need.case, "goal_add", rows)
    running = [int(last) for first, _dot, last in (n.partition(".") for n in given) if first == str(need.number)]
    return f"{need.number}.{max(running, default=0) + 1}"


@verb(WORK_CASE)
def goal_change(actor: Actor, *, goal: Goal, edition: int | None, values: dict[str, str]) -> Done[Goal]:
    """Change a goal of a draft (`values` by the names of `GOAL_FIELDS`).

    Raises `RuleBroken` in a version that is no draft, `ChangedByAnother` when the goal is not as it was read.
    """
    version = the_draft(goal.version)
    goal = held(goal)
    theirs = {name: getattr(goal, name) for name in GOAL_FIELDS}
    must_be_unchanged(goal, edition, theirs, now=fingerprint(goal, GOAL_FIELDS))
    _check(values["title"])
    changes = {n: (getattr(goal, n), values[n]) for n in ("term", "kind") if getattr(goal, n) != values[n]}
    for name in GOAL_FIELDS:
        setattr(goal, name, values[name])
    goal.save()
    touch(version)
    return Done(goal, goal, _("Changed goal %(number)s") % {"number": goal.number}, case=goal.case_id, changes=changes)


@verb(WORK_CASE)
def goal_remove(actor: Actor, *, goal: Goal) -> Done[None]:
    """Take a goal out of a draft; in earlier versions it stays. Raises `RuleBroken` when notes or work point to it."""
    version = the_draft(goal.version)
    tied = goal.origin_id == goal.pk and any(getattr(goal, used).exists() for used in USED)
    # What was seen of its objectives would go with them: progress hangs from the row an objective was first written as.
    if tied or Progress.objects.filter(objective__goal=goal).exists():
        raise RuleBroken(_("Notes, services or progress are tied to this goal. It stays."), "practice D1")
    key, said = goal.pk, _("Took goal %(number)s out of plan version %(version)s")
    goal.delete()
    goal.pk = key
    touch(version)
    return Done(None, goal, said % {"number": goal.number, "version": version.number}, case=goal.case_id)
