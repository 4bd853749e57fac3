"""What every verb of planning stands on: the version that may be written in, and the numbers that are given once."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.client_level.planning.queries.versions import next_number
from alongside.documentation.models import Activity, Goal, Objective, PlanVersion
from alongside.documentation.models.plan import PlanState
from alongside.foundations import clock
from alongside.foundations.errors import RuleBroken
from alongside.foundations.ids import new_id
from alongside.foundations.models import Deed
from alongside.people.access import held_in_open_case, must_be_open
from alongside.people.models import Case


def draft_to_write_in(case: Case) -> PlanVersion:
    """The draft of `case`, locked; where there is none, an amendment of the version in effect is begun.

    Raises `RuleBroken` for a closed case, for a plan that waits for signatures, and where no plan was begun.
    """
    must_be_open(case)
    versions = {v.state: v for v in held_versions(case)}
    if PlanState.SIGNING in versions:
        raise RuleBroken(_("This plan is waiting for signatures. Take it back first."), "practice P8")
    if PlanState.DRAFT in versions:
        return versions[PlanState.DRAFT]
    if PlanState.IN_EFFECT not in versions:
        raise RuleBroken(_("There is no plan yet. Begin one first."), "practice P1")
    return copy_of(versions[PlanState.IN_EFFECT])


def held_versions(case: Case) -> list[PlanVersion]:
    """Every version of the plan, the oldest first, held until the verb is done."""
    return list(PlanVersion.objects.select_for_update(no_key=True).filter(case=case).order_by("number"))


def the_draft(version: PlanVersion) -> PlanVersion:
    """`version`, locked and read anew. Raises `RuleBroken` unless it is a draft of an open case (practice P8)."""
    locked = held_in_open_case(version)
    if locked.state != PlanState.DRAFT:
        raise RuleBroken(_("Only a draft can be changed. Amend the plan instead."), "practice P8")
    return locked


def later(day: date, every: int) -> date:
    """`day` while it lies ahead, else `every` days from today: an amendment does not begin with a day that has passed."""
    return day if day > clock.today() else clock.today() + timedelta(days=every)


def copy_of(old: PlanVersion, **changed: object) -> PlanVersion:
    """A new draft with every goal, objective and activity of `old`, each with the origin it has always had (P8)."""
    program = old.case.program
    fields = {
        "made_on": clock.today(), "made_with": old.made_with, "roles": old.roles, "options_told": old.options_told,
        "review_on": later(old.review_on, program.review_every_days),
        "reassess_on": later(old.reassess_on, program.reassess_every_days),
    } | changed  # fmt: skip
    new = PlanVersion(case=old.case, number=next_number(old.case), **fields)
    new.save(force_insert=True)
    goals = _copy(Goal.objects.filter(version=old), new)
    objectives = _copy(Objective.objects.filter(version=old), new, goal=goals)
    _copy(Activity.objects.filter(version=old), new, objective=objectives)
    return new


def _copy(rows: Iterable[Any], version: PlanVersion, **parents: dict[UUID, UUID]) -> dict[UUID, UUID]:
    """Copy rows into `version`, each under the copy of its parent; answers with the new key of each old one."""
    keys: dict[UUID, UUID] = {}
    for row in rows:
        old = row.pk
        row.pk, row.version = new_id(), version
        for parent, copies in parents.items():
            setattr(row, f"{parent}_id", copies[getattr(row, f"{parent}_id")])
        row._state.adding = True
        row.save(force_insert=True)
        keys[old] = row.pk
    return keys


def given_numbers(case: Case, verb: str, rows: Iterable[str]) -> set[str]:
    """Every number ever given by `verb` in the case: those in use, and those whose row was taken out again."""
    deeds = Deed.objects.filter(case_id=case.pk, verb=verb).values_list("changes", flat=True)
    return set(rows) | {changes["number"][1] for changes in deeds if "number" in changes}


def letters(count: int) -> str:
    """The `count`-th name in a, b, … z, aa, ab, …, counted from 1."""
    name = ""
    while count > 0:
        count, rest = divmod(count - 1, 26)
        name = chr(ord("a") + rest) + name
    return name


def touch(version: PlanVersion) -> None:
    """Something in the version changed: its edition goes on, so that an offer of an older reading is noticed."""
    version.edition += 1
    version.save(update_fields=["edition"])
