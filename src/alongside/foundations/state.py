"""Papers that take effect have states. One function moves them and keeps the history."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from alongside.foundations import clock
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken
from alongside.foundations.ids import new_id
from alongside.foundations.models import StateChange


@dataclass(frozen=True)
class Move:
    """One allowed step: from a state, by a verb, to a state, if the guard has nothing against it.

    The guard returns the sentence that stops the move, or an empty string.
    """

    start: str
    verb: str
    end: str
    guard: Callable[[Any], str] = lambda paper: ""


@dataclass(frozen=True)
class StateTable:
    """All moves of one kind of paper. `source` names the rule they come from."""

    name: str
    source: str
    moves: tuple[Move, ...]

    def find(self, start: str, verb: str) -> Move | None:
        """The move that `verb` makes from `start`, or None."""
        return next((move for move in self.moves if move.start == start and move.verb == verb), None)


def move(actor: Actor, paper: models.Model, table: StateTable, verb: str, reason: str = "") -> None:
    """Take `paper` one step and write the step to its history. The caller saves nothing further.

    Raises `RuleBroken` when the table has no such step from here or its guard objects.
    """
    start = str(getattr(paper, "state"))  # noqa: B009  (every paper has a state; models.Model does not say so)
    step = table.find(start, verb)
    if step is None:
        raise RuleBroken(
            _("That step is not open from here any more. Look at the page again to see how it stands."), table.source
        )
    objection = step.guard(paper)
    if objection:
        raise RuleBroken(objection, table.source)
    setattr(paper, "state", step.end)  # noqa: B010
    paper.save(update_fields=["state"])
    StateChange.objects.create(
        id=new_id(), at=clock.now(), agency_id=actor.agency, staff_id=actor.staff, paper_kind=paper._meta.label_lower,
        paper_id=paper.pk, start=start, verb=verb, end=step.end, reason=reason, case_id=getattr(paper, "case_id", None),
    )  # fmt: skip
