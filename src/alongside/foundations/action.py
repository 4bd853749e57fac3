"""The verb: the one way anything is changed.

A verb is a function `entity_verb(actor, *, ...)` that returns `Done`: the result, and the deed in words. The decorator
checks the right, opens the transaction as the actor, runs the body, writes the deed in the same transaction and runs
what must follow only after the commit. There is no flag to skip the check, and a body that forgets its deed does not
type-check.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Concatenate, Generic, ParamSpec, TypeVar
from uuid import UUID

from django.db import models, transaction
from django.db.utils import ProgrammingError
from psycopg.errors import InsufficientPrivilege

from alongside.foundations import clock
from alongside.foundations.actor import Actor, acting
from alongside.foundations.errors import NotAllowed
from alongside.foundations.ids import new_id
from alongside.foundations.models import Deed
from alongside.foundations.roles import Right

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Done(Generic[T]):
    """What a verb did: its result and the deed that is written with it.

    `said` is one sentence without narrative; `changes` holds old and new values by field, never sealed text; `case` is
    the case it belongs to, if any; `after_commit` are calls to make once the change is safe.
    """

    result: T
    subject: models.Model
    said: str
    case: UUID | None = None
    reason: str = ""
    changes: Mapping[str, tuple[object, object]] = field(default_factory=dict)
    after_commit: tuple[Callable[[], None], ...] = ()


@dataclass(frozen=True)
class Verb:
    """A verb as the generated access table lists it."""

    name: str
    right: Right
    room: str


VERBS: dict[str, Verb] = {}


def verb(right: Right) -> Callable[[Callable[Concatenate[Actor, P], Done[T]]], Callable[Concatenate[Actor, P], T]]:
    """Make a function the verb that only holders of `right` may do.

    Raises `NotAllowed` when the actor's roles do not carry the right, or when the database refuses the rows.
    """

    def make(body: Callable[Concatenate[Actor, P], Done[T]]) -> Callable[Concatenate[Actor, P], T]:
        name = body.__name__
        if name in VERBS:
            raise ValueError(f"two verbs are called {name}")
        VERBS[name] = Verb(name, right, body.__module__.removeprefix("alongside.").split(".actions")[0])

        @wraps(body)
        def run(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> T:
            if not right.held_by(actor.roles):
                raise NotAllowed("Your role does not include this.")
            try:
                with acting(actor):
                    done = body(actor, *args, **kwargs)
                    _write_deed(actor, name, done)
            except ProgrammingError as refusal:
                if isinstance(refusal.__cause__, InsufficientPrivilege):
                    raise NotAllowed("This record is not yours to change.") from refusal
                raise
            for call in done.after_commit:
                transaction.on_commit(call)
            return done.result

        return run

    return make


def _write_deed(actor: Actor, name: str, done: Done[T]) -> None:
    Deed.objects.create(
        id=new_id(),
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
        changes={key: [str(old), str(new)] for key, (old, new) in done.changes.items()},
    )
