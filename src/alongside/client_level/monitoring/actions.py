"""Verbs of monitoring: record how one objective stands, and hold a review of the whole plan with the client."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.client_level.monitoring.models import Review
from alongside.client_level.monitoring.queries import outcome_of, plan_in_effect, still_open
from alongside.documentation.models import Objective, Progress
from alongside.documentation.models.thread import Standing
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken
from alongside.foundations.held import held
from alongside.foundations.roles import WORK_CASE
from alongside.people.access import must_be_open
from alongside.people.models import Case

IN_TROUBLE = frozenset({Standing.BEHIND, Standing.NOT_REACHED})


@dataclass(frozen=True)
class Stood:
    """How one objective stood: a `Standing`, the value on its own measure, where the trouble lies, and both voices.

    `trouble` is `client`, `coordination`, `system` or empty (practice M3).
    """

    standing: str
    value: str = ""
    trouble: str = ""
    words: str = ""
    client_words: str = ""


@verb(WORK_CASE)
def progress_record(
    actor: Actor, *, objective: Objective, on: date, standing: str, value: str = "", trouble: str = "",
    words: str = "", client_words: str = "",
) -> Done[Progress]:  # fmt: skip
    """Record where an objective stood on a day, against its own measure (practice M5).

    Raises `RuleBroken` for a closed case, a day outside the case's life, a standing that is not one, an objective that
    has its result already, and trouble that is neither placed nor told (practice M3).
    """
    must_be_open(objective.case)
    _within_life(objective.case, on)
    seen = _write(actor, objective, on, Stood(standing, value, trouble, words, client_words))
    said = _("Recorded where objective %(number)s stands: %(standing)s")
    said %= {"number": objective.number, "standing": seen.get_standing_display()}
    return Done(seen, seen, said, case=objective.case_id)


@verb(WORK_CASE)
def review_hold(
    actor: Actor, *, case: Case, on: date, present: list[str], stood: Mapping[Objective, Stood], next_on: date,
    words: str = "", client_words: str = "",
) -> Done[Review]:  # fmt: skip
    """Hold a review of the plan in effect: how each open objective stands, who was there, when the next one is (M2).

    `stood` answers for every open objective of the plan and for no other. Raises `RuleBroken` when there is no plan in
    effect, nobody was there, an objective was left out, or the next review is not later than this one.
    """
    must_be_open(case)
    version = plan_in_effect(case)
    if version is None:
        raise RuleBroken(_("There is no plan in effect to review. Have one signed first."), "practice M2")
    _within_life(case, on)
    _next_is_later(on, next_on)
    _who_was_there(present, words)
    _answers_for_all(case, stood)
    review = Review(
        case=case, version=version, on=on, words=words, client_words=client_words, next_on=next_on,
        by_id=actor.staff,
    )  # fmt: skip
    review.present = present
    review.save(force_insert=True)
    for objective, one in stood.items():
        _write(actor, objective, on, one, review=review.pk, form_key=objective.origin_id.hex)
    said = ngettext("Reviewed the plan: %(n)d objective", "Reviewed the plan: %(n)d objectives", len(stood))
    return Done(review, review, said % {"n": len(stood)}, case=case.pk)


def _within_life(case: Case, on: date) -> None:
    if on > clock.today():
        raise RuleBroken(_("That day is still ahead. Give the day on which this was seen."), "practice M5", "on")
    if on < case.opened_on:
        raise RuleBroken(_("That is before the case was opened. Give a later day."), "practice M5", "on")


def _next_is_later(on: date, next_on: date) -> None:
    if next_on <= on:
        raise RuleBroken(_("The next review comes after this one. Give a later day."), "practice M2", "next_on")


def _who_was_there(present: list[str], words: str) -> None:
    if not present:
        raise RuleBroken(_("Say who was there."), "practice R1", "present")
    if "client" not in present and not words.strip():
        raise RuleBroken(
            _("Under “What was found, over all”, say why the client was not there."), "practice R1", "words"
        )


def _answers_for_all(case: Case, stood: Mapping[Objective, Stood]) -> None:
    asked = {one.objective.origin_id: one.objective for one in still_open(case)}
    answered = {objective.origin_id for objective in stood}
    for origin, objective in asked.items():
        if origin not in answered:
            sentence = _("Say how objective %(number)s stands.") % {"number": objective.number}
            raise RuleBroken(sentence, "practice M2", f"standing_{origin.hex}")
    if answered - asked.keys():
        raise RuleBroken(
            _("A review looks at the open objectives of the plan in effect, and at no others."), "practice M2"
        )


def _write(
    actor: Actor, objective: Objective, on: date, stood: Stood, *, review: UUID | None = None, form_key: str = ""
) -> Progress:
    """One row of progress. `form_key` names the fields of this objective in a form that holds several."""

    def field(name: str) -> str:
        return f"{name}_{form_key}" if form_key else name

    if stood.standing not in Standing.values:
        raise RuleBroken(_("Choose how it stands."), "practice M5", field("standing"))
    # One writer at a time for an objective, so that two sittings cannot both give it its result.
    held(Objective(pk=objective.origin_id))
    ended = outcome_of(objective)
    if ended is not None:
        sentence = _("Objective %(number)s has its result already: %(standing)s.")
        said = {"number": objective.number, "standing": ended.get_standing_display().lower()}
        raise RuleBroken(sentence % said, "practice M5", field("standing"))
    if stood.standing in IN_TROUBLE and not (stood.trouble or stood.words.strip()):
        raise RuleBroken(_("Say where the trouble lies, or what stands in the way."), "practice M3", field("trouble"))
    seen = Progress(
        case_id=objective.case_id, program_id=objective.program_id, objective_id=objective.origin_id, on=on,
        standing=stood.standing, value=stood.value, trouble=stood.trouble, words=stood.words,
        client_words=stood.client_words, review_id=review, by_id=actor.staff,
    )  # fmt: skip
    seen.save(force_insert=True)
    return seen
