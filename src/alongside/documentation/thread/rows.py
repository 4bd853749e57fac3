"""The one query under the Thread: every noun of many cases in a single round trip, whatever their number.

Titles come as they lie sealed and are opened where they are shown; what was written at length is not fetched here.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from typing import Annotated, Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    CharField,
    Expression,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    JSONField,
    Q,
    QuerySet,
    UUIDField,
    Value,
    When,
    Window,
)
from django.db.models import Case as Choose
from django.db.models.functions import Cast, RowNumber, TruncDate

from alongside.documentation.models import (
    Activity,
    Goal,
    Need,
    NeedDecision,
    Note,
    Objective,
    PlanVersion,
    Progress,
    ReferralOut,
    Service,
)  # fmt: skip
from alongside.documentation.models.thread import ENDS
from alongside.foundations.asked import Among, Given, Question, given_keys
from alongside.foundations.in_place import InPlace, words_later
from alongside.people.models import Case

Words = Annotated[str, "sealed"]
"""Words that lie sealed, and are opened when somebody reads them."""


class NeedRow(NamedTuple):
    """A need as the Thread reads it."""

    id: UUID
    case: UUID
    number: int
    title: Words
    found_on: date
    client_rank: int | None


class DecisionRow(NamedTuple):
    """A decision, still standing, to let a need rest."""

    id: UUID
    case: UUID
    need: UUID
    kind: str
    decided_by: str
    decided_on: date
    look_again_on: date | None


class GoalRow(NamedTuple):
    """A goal in the plan version that counts."""

    id: UUID
    case: UUID
    origin: UUID
    need: UUID
    version: UUID
    number: str
    title: Words
    term: str


class ObjectiveRow(NamedTuple):
    """An objective in the plan version that counts."""

    id: UUID
    case: UUID
    origin: UUID
    goal: UUID
    number: str
    title: Words
    baseline: Words
    target: Words
    due_on: date


class ActivityRow(NamedTuple):
    """An activity in the plan version that counts."""

    id: UUID
    case: UUID
    objective: UUID
    actor: str
    who: Words
    what: Words
    how_often: Words
    every_days: int | None
    starts_on: date
    ends_on: date | None


class ProgressRow(NamedTuple):
    """The latest standing of an objective that ends it, and the latest that does not. `objective` is an origin."""

    id: UUID
    case: UUID
    objective: UUID
    on: date
    value: Words
    standing: str


class NoteRow(NamedTuple):
    """The latest written note on a goal or objective (origins), or a loose one, which has neither.

    `closed` is empty for a note that the reader may open; otherwise it is its standing, and the row says its day, what it
    is tied to, and nothing else (decision 0014).
    """

    id: UUID
    case: UUID
    goal: UUID | None
    objective: UUID | None
    on: date
    title: Words
    minutes: int | None
    by: str
    closed: str = ""


class ServiceRow(NamedTuple):
    """The latest service for a goal or objective (origins), or a loose one, which has neither."""

    id: UUID
    case: UUID
    goal: UUID | None
    objective: UUID | None
    on: date
    what: Words
    minutes: int
    by: str


class ReferralRow(NamedTuple):
    """A referral out, with the dates that say whether it is answered. `goal` and `objective` are origins."""

    id: UUID
    case: UUID
    goal: UUID | None
    objective: UUID | None
    organization: str
    service: Words
    state: str
    sent_on: date | None
    chase_on: date | None
    answered_on: date | None
    started_on: date | None
    closed_on: date | None


@dataclass
class Rows:
    """Everything read of one case."""

    needs: list[NeedRow] = field(default_factory=list)
    decisions: list[DecisionRow] = field(default_factory=list)
    goals: list[GoalRow] = field(default_factory=list)
    objectives: list[ObjectiveRow] = field(default_factory=list)
    activities: list[ActivityRow] = field(default_factory=list)
    progress: list[ProgressRow] = field(default_factory=list)
    notes: list[NoteRow] = field(default_factory=list)
    services: list[ServiceRow] = field(default_factory=list)
    referrals: list[ReferralRow] = field(default_factory=list)


KINDS: dict[str, type[Any]] = {
    "needs": NeedRow, "decisions": DecisionRow, "goals": GoalRow, "objectives": ObjectiveRow, "activities": ActivityRow,
    "progress": ProgressRow, "notes": NoteRow, "services": ServiceRow, "referrals": ReferralRow,
}  # fmt: skip


def _ask(cases: Sequence[Case]) -> list[tuple[Any, ...]]:
    closed = [case.pk for case in cases if not case.is_open]
    if len(cases) == 1:
        return OF_ONE.ask(case=cases[0].pk, closed=closed)
    return OF_MANY.ask(cases=[case.pk for case in cases], closed=closed)


def read(cases: Sequence[Case]) -> dict[UUID, Rows]:
    """What the Threads of `cases` are made of, by case. One query; none for no cases."""
    found: dict[UUID, Rows] = defaultdict(Rows)
    words = partial(words_later, beside=[case.pk for case in cases])
    key = cache(UUID)  # the same key is read in very many rows
    for noun, row in _ask(cases) if cases else []:
        for places, read_as in ((_KEYS[noun], key), (_DAYS[noun], date.fromisoformat), (_WORDS[noun], words)):
            for place in places:
                row[place] = row[place] and read_as(row[place])
        made = KINDS[noun]._make(row)
        getattr(found[made.case], noun).append(made)
    return found


def _places(*of: object) -> dict[str, list[int]]:
    """By noun, where in its row the columns of a type stand."""
    return {
        noun: [place for place, name in enumerate(kind._fields) if kind.__annotations__[name] in of]
        for noun, kind in KINDS.items()
    }


_KEYS, _DAYS, _WORDS = _places(UUID, UUID | None), _places(date, date | None), _places(Words)


class Columns(Func):
    """The columns of a row as one JSON array, so that rows of different nouns come by one query."""

    function, output_field = "json_build_array", JSONField()


class ClosedNotes(Func):
    """The rows of `closed_notes` for a case: none, for nearly every one."""

    function, output_field, set_returning = "closed_notes", JSONField(), True


def _as(noun: str, rows: QuerySet[Any], **more: object) -> QuerySet[Any, Any]:
    kind = KINDS[noun]
    words = {name: InPlace(name) for name in kind._fields if kind.__annotations__[name] == Words}
    columns = Columns(*[(words | more).get(name, name) for name in kind._fields])
    found: QuerySet[Any, Any] = rows.annotate(noun=Value(noun, CharField()), row=columns)
    return found.values_list("noun", "row")


def _parts(here: Q, themselves: Q) -> list[QuerySet[Any, Any]]:
    counts = Q(Among("version_id", _versions_that_count(here)))
    ends = ExpressionWrapper(Q(standing__in=ENDS), output_field=BooleanField())
    return [
        _as("needs", Need.objects.filter(here)),
        _as("decisions", NeedDecision.objects.filter(here, ended_on=None)),
        _as("goals", Goal.objects.filter(here, counts).order_by()),
        _as("objectives", Objective.objects.filter(here, counts).order_by()),
        _as("activities", Activity.objects.filter(here, counts).order_by()),
        _as("progress", _latest(Progress.objects.filter(here), "on", F("objective_id"), ends)),
        _notes(here),
        _closed(themselves),
        _services(here),
        _as("referrals", ReferralOut.objects.filter(here)),
    ]


def _latest(rows: QuerySet[Any], when: str, *alike: Expression | F) -> QuerySet[Any, Any]:
    """Of rows that are `alike` the latest one."""
    age = Window(RowNumber(), partition_by=list(alike), order_by=[f"-{when}", "-pk"])
    found: QuerySet[Any, Any] = rows.annotate(age=age).filter(age=1)
    return found


def _notes(here: Q) -> QuerySet[Any, Any]:
    """The latest on each goal and objective, and every loose one: one walk through the notes for both."""
    itself_if_loose = Choose(When(links__isnull=True, then="pk"), output_field=UUIDField())
    written = Note.objects.filter(here).exclude(state="draft").exclude(links__isnull=True, stands_alone=True)
    latest = _latest(written, "at", F("links__goal_id"), F("links__objective_id"), itself_if_loose)
    return _as(
        "notes", latest, on=TruncDate("at"), by="writer__name", goal="links__goal_id", objective="links__objective_id",
        closed=Cast(Value(""), CharField()),
    )  # fmt: skip


def _services(here: Q) -> QuerySet[Any, Any]:
    """The latest for each goal and objective, and every loose one."""
    itself_if_loose = Choose(When(goal_id__isnull=True, then="pk"), output_field=UUIDField())
    given = Service.objects.filter(here).exclude(goal=None, stands_alone=True)
    return _as("services", _latest(given, "on", F("goal_id"), F("objective_id"), itself_if_loose), by="by__name")


def _closed(themselves: Q) -> QuerySet[Any, Any]:
    """Marked notes that the reader may not open, as the database tells of them."""
    cases = Case.objects.filter(themselves).order_by()
    found: QuerySet[Any, Any] = cases.annotate(noun=Value("notes", CharField()), row=ClosedNotes("pk"))
    return found.values_list("noun", "row")


def _versions_that_count(here: Q) -> ArraySubquery:
    """By case the plan version in effect, else the latest that is being made; in a closed case also the last that was.

    All of them are found once, not anew for each goal of a case.
    """
    replaced = Q(Among("case_id", given_keys("closed")), state="replaced")
    usable = Q(state__in=["in_effect", "signing", "draft"]) | replaced
    rank = Choose(
        When(state="in_effect", then=2), When(state="replaced", then=0), default=1, output_field=IntegerField()
    )
    found = PlanVersion.objects.filter(here, usable).order_by("case_id", rank.desc(), "-number").distinct("case_id")
    return ArraySubquery(found.values("pk"))


def _all(here: Q, themselves: Q) -> QuerySet[Any, Any]:
    """Everything of the cases that a row's own case (`here`), and a case (`themselves`), has to be one of."""
    first, *others = _parts(here, themselves)
    return first.union(*others, all=True)


def _of_many() -> QuerySet[Any, Any]:
    keys = given_keys("cases")
    return _all(Q(Among("case_id", keys)), Q(Among("pk", keys)))


def _of_one() -> QuerySet[Any, Any]:
    key = Given("case", UUIDField())
    return _all(Q(case_id=key), Q(pk=key))


# PostgreSQL keeps a plan for good only if it looks no dearer than one made anew; for one case, a plan for many does.
OF_MANY, OF_ONE = Question(_of_many), Question(_of_one)
