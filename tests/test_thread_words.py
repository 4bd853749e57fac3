"""The sentence above the Thread: how many needs, what rests, what is broken."""

from uuid import uuid4

import pytest

from alongside.documentation.queries.thread_page import break_words, lede
from alongside.documentation.thread import State
from alongside.documentation.thread.parts import Break, BreakKind, CaseThread, Link, NeedThread, Place
from alongside.documentation.thread.rows import NeedRow
from tests.thread_parts import ago

ONE = uuid4()
HERE = Place("plan", (ONE,))


def needs(*ends: State | None) -> tuple[NeedThread, ...]:
    """Needs of which each ends as said, or goes on."""
    row = NeedRow(ONE, ONE, 1, "Sleep", ago(20), None)
    return tuple(NeedThread(row, Link(State.IN_PLACE, "Need 1"), (), Link(s, "x") if s else None) for s in ends)


def broken(*kinds: BreakKind) -> tuple[Break, ...]:
    """A break of each kind."""
    return tuple(Break(ONE, 1, kind, "x", "Mend", HERE, "need 1") for kind in kinds)


@pytest.mark.demand("D1")
@pytest.mark.parametrize(
    ("ends", "is_open", "said"),
    [
        ((None,), True, "1 need."),
        ((None, State.GAP), True, "2 needs."),
        ((None, State.REST), True, "2 needs, 1 need resting by decision."),
        ((State.REST, State.REST, None), True, "3 needs, 2 needs resting by decision."),
        ((State.REST, State.REST), False, "2 needs."),
    ],
)
def test_the_sentence_above_the_thread_counts_what_matters(ends: tuple[State, ...], is_open: bool, said: str) -> None:
    assert lede(CaseThread(ONE, is_open, needs(*ends))) == said


@pytest.mark.demand("D1")
@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ((), ""),
        ((BreakKind.NO_GOAL,), "1 break open"),
        ((BreakKind.NO_GOAL, BreakKind.NO_NOTE), "2 breaks open"),
        ((BreakKind.LOOSE_NOTE,), "1 break open, 1 of them a loose end"),
        ((BreakKind.NO_GOAL, BreakKind.LOOSE_NOTE, BreakKind.LOOSE_SERVICE), "3 breaks open, 2 of them loose ends"),
    ],
)
def test_the_breaks_are_counted_in_words(kinds: tuple[BreakKind, ...], said: str) -> None:
    assert break_words(CaseThread(ONE, True, breaks=broken(*kinds))) == said
