"""What the Thread is made of: links with one state each, and the breaks between them (practice D1)."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from alongside.documentation.thread.rows import GoalRow, NeedRow, ObjectiveRow
from alongside.foundations.addresses import address


class State(StrEnum):
    """How a link stands; the value is the class it is drawn with (design guide, “The Thread, exactly”)."""

    IN_PLACE = ""
    MET = "met"
    WAIT = "wait"
    YET = "yet"
    REST = "rest"
    GAP = "gap"


class BreakKind(StrEnum):
    """The ways in which the chain can be broken (practice D1)."""

    NO_GOAL = "no_goal"
    NO_OBJECTIVE = "no_objective"
    NO_WORK = "no_work"
    NO_NOTE = "no_note"
    UNANSWERED = "unanswered"
    NO_RESULT = "no_result"
    LOOSE_NOTE = "loose_note"
    LOOSE_SERVICE = "loose_service"


LOOSE = frozenset({BreakKind.LOOSE_NOTE, BreakKind.LOOSE_SERVICE})


class Place(NamedTuple):
    """A page by the name of its address, its arguments and its query: ids only, never what someone wrote.

    `part` is the part of the page that is meant, where it holds more than one thing to do.
    """

    name: str
    args: tuple[UUID | str, ...]
    query: tuple[tuple[str, str], ...] = ()
    part: str = ""

    @property
    def address(self) -> str:
        """The address itself. Raises `NoReverseMatch` when no room holds that page."""
        asked = f"?{urlencode(self.query)}" if self.query else ""
        return address(self.name, *self.args) + asked + (f"#{self.part}" if self.part else "")


class Break(NamedTuple):
    """One break: what is missing, in a sentence without narrative, and the form that mends it.

    `need` is the number of the need, None for what hangs from no goal. `about` names the link for those who listen
    (`objective 1.1.b`), `title` what it concerns. `since` is the day from which it was broken. `other` is a second way
    to mend, with its words.
    """

    case: UUID
    need: int | None
    kind: BreakKind
    sentence: str
    mend: str
    place: Place
    about: str
    title: str = ""
    since: date | None = None
    other: tuple[str, Place] | None = None

    @property
    def address(self) -> str:
        """Where the mending form is."""
        return self.place.address


class Link(NamedTuple):
    """One link: its one state, a short label above (`kind`), what it is, when it was, and where to go from here.

    `tag` is a word beside it with its class and icon; `detail` is a small line below.
    """

    state: State
    kind: str
    what: str = ""
    when: date | None = None
    place: Place | None = None
    broken: Break | None = None
    tag: tuple[str, str, str] | None = None
    detail: str = ""


class ObjectiveThread(NamedTuple):
    """An objective with its work (the most pressing first; never empty), its latest note and its outcome."""

    row: ObjectiveRow
    link: Link
    work: tuple[Link, ...]
    note: Link
    outcome: Link
    now: str = ""

    @property
    def links(self) -> tuple[Link, ...]:
        """All links in order."""
        return (self.link, *self.work, self.note, self.outcome)


class GoalThread(NamedTuple):
    """A goal with its objectives; `end` stands where they should be, `work` is tied to the goal as a whole."""

    row: GoalRow
    link: Link
    objectives: tuple[ObjectiveThread, ...]
    work: tuple[Link, ...] = ()
    end: Link | None = None

    @property
    def links(self) -> tuple[Link, ...]:
        """All links in order."""
        below = tuple(link for objective in self.objectives for link in objective.links)
        return (self.link, *self.work, *below) + ((self.end,) if self.end else ())


class NeedThread(NamedTuple):
    """A need with its goals; `end` stands where they should be: a break, or the decision to let it rest."""

    row: NeedRow
    link: Link
    goals: tuple[GoalThread, ...]
    end: Link | None = None

    @property
    def rests(self) -> bool:
        """True when it is left alone, by decision or because the case ended first."""
        return self.end is not None and self.end.state is State.REST

    @property
    def breaks(self) -> list[Break]:
        """The breaks under this need, from left to right."""
        links = [link for goal in self.goals for link in goal.links] + ([self.end] if self.end else [])
        return [link.broken for link in links if link.broken]

    @property
    def outcomes(self) -> list[Link]:
        """The outcome of each objective."""
        return [objective.outcome for goal in self.goals for objective in goal.objectives]


class LooseEnd(NamedTuple):
    """A signed note or a service tied to no goal, which is not said to stand alone either."""

    key: UUID
    noun: str
    when: date
    what: str
    minutes: int | None
    by: str
    broken: Break | None = None


@dataclass(frozen=True)
class CaseThread:
    """The whole Thread of one case, by number of need."""

    case: UUID
    is_open: bool
    needs: tuple[NeedThread, ...] = ()
    loose: tuple[LooseEnd, ...] = ()
    untied: tuple[Link, ...] = ()
    version: UUID | None = None
    breaks: tuple[Break, ...] = field(default=())

    @property
    def by_clients_rank(self) -> tuple[NeedThread, ...]:
        """The needs in the order the client gave them; those without a rank come last, by number (practice A5)."""
        return tuple(
            sorted(
                self.needs, key=lambda need: (need.row.client_rank is None, need.row.client_rank or 0, need.row.number)
            )
        )
