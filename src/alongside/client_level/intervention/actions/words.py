"""What a note says, and what it still lacks before it can be signed."""

from dataclasses import dataclass, fields
from datetime import datetime

from django.utils.translation import gettext as _

from alongside.documentation.models import Goal, Note, Objective
from alongside.documentation.models.work import Mode
from alongside.foundations import clock
from alongside.foundations.errors import RuleBroken
from alongside.people.models import Case

LISTS = ("present", "marks")
LONGEST = 24 * 60
"""Minutes in a day; nothing recorded is longer."""


@dataclass(frozen=True)
class Tie:
    """What a note, a service or a referral concerns: a goal, or one objective of it. Both are origin rows."""

    goal: Goal
    objective: Objective | None = None


@dataclass(frozen=True)
class NoteWords:
    """All that a note says (practice I2). `minutes` is the length of the contact; `ties` are what it concerns."""

    at: datetime
    minutes: int | None = None
    mode: str = Mode.FACE_TO_FACE
    place: str = ""
    present: tuple[str, ...] = ()
    title: str = ""
    happened: str = ""
    client_words: str = ""
    client_did: str = ""
    worker_did: str = ""
    next_step: str = ""
    client_seen: bool = True
    stands_alone: bool = False
    marks: tuple[str, ...] = ()
    ties: frozenset[Tie] = frozenset()

    def says_as(self, note: Note) -> bool:
        """True when `note` says the same by now, what it concerns left aside."""
        now = {field.name: getattr(note, field.name) for field in fields(self) if field.name != "ties"}
        return all(getattr(self, name) == (tuple(held) if name in LISTS else held) for name, held in now.items())

    @classmethod
    def of(cls, note: Note) -> "NoteWords":
        """What `note` says now."""
        held = {field.name: getattr(note, field.name) for field in fields(cls) if field.name != "ties"}
        ties = frozenset(Tie(link.goal, link.objective) for link in note.links.select_related("goal", "objective"))
        return cls(**held | {name: tuple(held[name]) for name in LISTS} | {"ties": ties})


def same_ties(note: Note, words: NoteWords) -> bool:
    """True when `note`, read by `queries.with_ties`, concerns what the words concern."""
    return set(getattr(note, "tied", ())) == {(tie.objective or tie.goal).pk for tie in words.ties}


def minutes_fault(minutes: int | None) -> str:
    """What is wrong with a length in minutes; empty when nothing is."""
    return "" if minutes and 1 <= minutes <= LONGEST else _("Give a number of minutes, for example 45.")


def lacking(words: NoteWords) -> dict[str, str]:
    """What has to be mended before a note is signed: field and sentence, in the order of the page (practice I2, I3)."""
    found = {
        "at": _("A note tells what has happened. Choose a time that is past.") if words.at > clock.now() else "",
        "minutes": minutes_fault(words.minutes),
        "ties": "" if words.ties or words.stands_alone else _("Choose a goal or an objective, or say that this stands on its own."),
        "happened": "" if words.happened.strip() else _("Say what happened, and how things stand against the plan."),
        "client_did": "" if words.client_did.strip() else _("Say what the client did, however small."),
        "worker_did": "" if words.worker_did.strip() else _("Say what you did."),
    }  # fmt: skip
    return {name: sentence for name, sentence in found.items() if sentence}


def check_tie(case: Case, tie: Tie | None) -> None:
    """Raises `RuleBroken` for a goal or an objective of another case (practice D1)."""
    if tie is None:
        return
    strange = tie.goal.case_id != case.pk or (tie.objective is not None and tie.objective.case_id != case.pk)
    if strange:
        raise RuleBroken(_("That goal belongs to another case."), "practice D1", "ties")
