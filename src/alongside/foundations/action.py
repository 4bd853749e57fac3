"""The verb: the one way anything is changed.

A verb is a function `entity_verb(actor, *, ...)` that returns `Done`: the result, and the deed in words. The decorator
checks the right, opens the transaction as the actor, runs the body, writes the deed in the same transaction and runs
what must follow only after the commit. There is no flag to skip the check, and a body that forgets its deed does not
type-check.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import wraps
from typing import Concatenate, Generic, ParamSpec, TypeVar
from uuid import UUID

from django.db import models, transaction
from django.db.utils import ProgrammingError
from django.utils.translation import gettext as _
from psycopg.errors import InsufficientPrivilege

from alongside.foundations import clock
from alongside.foundations.actor import Actor, acting
from alongside.foundations.errors import NotAllowed
from alongside.foundations.ids import new_id, unguessable
from alongside.foundations.models import Deed
from alongside.foundations.roles import Right
from alongside.foundations.sealed import SealedText

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Done(Generic[T]):
    """What a verb did: its result and the deed that is written with it.

    `said` and `reason` are without narrative, for a deed is never sealed and outlives what is; `changes` holds old and new
    values by field, of which the deed keeps those that may lie plain; `case` is the case it belongs to, if any;
    `after_commit` are calls to make once the change is safe. `apart` keeps this deed from being told by an earlier one,
    where the verb folds.
    """

    result: T
    subject: models.Model
    said: str
    case: UUID | None = None
    reason: str = ""
    changes: Mapping[str, tuple[object, object]] = field(default_factory=dict)
    after_commit: tuple[Callable[[], None], ...] = ()
    apart: bool = False


@dataclass(frozen=True)
class Verb:
    """A verb as the generated access table lists it.

    `folds` is the time within which one deed tells of all that the same person did to the same subject by this verb;
    None for a verb each of whose doings is a deed.
    """

    name: str
    right: Right
    room: str
    folds: timedelta | None = None


VERBS: dict[str, Verb] = {}


def verb(
    right: Right, *, folds: timedelta | None = None
) -> Callable[[Callable[Concatenate[Actor, P], Done[T]]], Callable[Concatenate[Actor, P], T]]:
    """Make a function the verb that only holders of `right` may do.

    With `folds`, the first deed of that time stands for those that follow it (decision 0010): for what a page does by
    itself while a person types, never for a decision.

    Raises `NotAllowed` when the actor's roles do not carry the right, or when the database refuses the rows.
    """

    def make(body: Callable[Concatenate[Actor, P], Done[T]]) -> Callable[Concatenate[Actor, P], T]:
        name = body.__name__
        if name in VERBS:
            raise ValueError(f"two verbs are called {name}")
        VERBS[name] = Verb(name, right, body.__module__.removeprefix("alongside.").split(".actions")[0], folds)

        @wraps(body)
        def run(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> T:
            if not right.held_by(actor.roles):
                raise NotAllowed(_("Your role does not include this. Ask your supervisor if you need it."))
            try:
                with acting(actor):
                    done = body(actor, *args, **kwargs)
                    if not _told_already(actor, VERBS[name], done):
                        _write_deed(actor, name, done)
            except ProgrammingError as refusal:
                if isinstance(refusal.__cause__, InsufficientPrivilege):
                    raise NotAllowed(_("This record is not yours to change.")) from refusal
                raise
            for call in done.after_commit:
                transaction.on_commit(call)
            return done.result

        return run

    return make


def _told_already(actor: Actor, of: Verb, done: Done[T]) -> bool:
    """True when an earlier deed of the same hand stands for this doing too."""
    if of.folds is None or done.apart:
        return False
    mine = Deed.objects.filter(subject_id=done.subject.pk, verb=of.name, staff_id=actor.staff)
    return mine.filter(at__gt=clock.now() - of.folds).exists()


def _write_deed(actor: Actor, name: str, done: Done[T]) -> None:
    Deed.objects.create(
        id=new_id(),
        salt=unguessable(),
        at=clock.now(),
        agency_id=actor.agency,
        staff_id=actor.staff,
        actor_name=actor.name,
        case_id=done.case,
        verb=name,
        subject_kind=done.subject._meta.label_lower,
        subject_id=done.subject.pk,
        sentence=done.said,
        reason=done.reason,
        changes={name: _values(done.subject, name, *both) for name, both in done.changes.items()},
    )


def _values(subject: models.Model, name: str, old: object, new: object) -> list[str]:
    """What a deed keeps of a change: both values; of words that lie sealed, and of names, only that they changed."""
    known = {field.name: field for field in subject._meta.concrete_fields}
    sealed = not known.get(name) or isinstance(known[name], SealedText)
    told = not sealed and name not in getattr(subject, "not_in_deeds", ())
    return [str(old), str(new)] if told else []
