"""Two people at one paper: the row is held while it is changed, and the later one is shown what the earlier one wrote."""

from typing import TypeVar

from django.db import models
from django.utils.translation import gettext as _

from alongside.foundations.errors import ChangedByAnother, NotYours, RuleBroken
from alongside.foundations.models import Deed

Record = TypeVar("Record", bound=models.Model)


def held_row(record: Record) -> Record:
    """The row as it stands now, held until the verb is done. Raises `NotYours` when the actor may not change it."""
    fresh = type(record)._default_manager.select_for_update().filter(pk=record.pk).first()
    if fresh is None:
        raise NotYours("There is nothing here.")
    return fresh


def must_be_current(record: models.Model, edition: int, now: int, theirs: dict[str, object]) -> None:
    """Raises `ChangedByAnother` with `theirs` unless the form was read at the edition that stands `now`."""
    if edition == now:
        return
    last = Deed.objects.filter(subject_id=record.pk).order_by("-at").values_list("actor_name", flat=True).first()
    who = last or _("Someone")
    sentence = _("%(who)s has changed this since you opened it.") % {"who": who}
    raise ChangedByAnother(sentence, theirs=theirs, edition=now, who=who)


def must_say(words: str, sentence: str, source: str, field: str) -> None:
    """Raises `RuleBroken` when nothing was written where something is asked for."""
    if not words.strip():
        raise RuleBroken(sentence, source, field)


def must_name_source(sources: list[str], field: str = "sources") -> None:
    """Raises `RuleBroken` when the evidence is not named (practice A6)."""
    if not sources:
        raise RuleBroken(_("Say what this is known from."), "practice A6", field)
