"""Papers that take effect: every state with every verb, in every table of the house (design section 2).

The tables are found, not listed: a new one in any `states.py` is tried from the day it is written.
"""

import importlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundations import state
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken
from alongside.foundations.state import Move, StateTable, move

from .tree import SOURCE, python_files

NOBODY = Actor(UUID(int=1), UUID(int=2), UUID(int=3), "Nobody", frozenset())

PAPER, CASE = UUID(int=7), UUID(int=8)

# The model whose `state` each table moves. A table that is found and not named here fails the first test.
PAPERS = {
    "plan": "documentation.PlanVersion",
    "note": "documentation.Note",
    "referral": "documentation.ReferralOut",
    "referral in": "engagement.ReferralIn",
    "assessment": "assessment.Sitting",
    "closure": "termination.Closure",
    "release": "confidentiality.Release",
    "agreement": "confidentiality.Agreement",
    "policy": "confidentiality.PolicyVersion",
    "disposal": "confidentiality.Disposal",
    "breach": "confidentiality.Breach",
}


def tables() -> list[StateTable]:
    """Every state table of the house, found in its `states.py` files, in the order of their names."""
    files = [path for path in python_files() if path.name == "states.py" and SOURCE in path.parents]
    modules = [".".join(path.relative_to(SOURCE.parent).with_suffix("").parts) for path in files]
    found = {
        table.name: table
        for name in modules
        for table in vars(importlib.import_module(name)).values()
        if isinstance(table, StateTable)
    }
    return [found[name] for name in sorted(found)]


TABLES = tables()


def states_of(table: StateTable) -> list[str]:
    """Every state a paper of this kind can have, as its own model names them."""
    choices = apps.get_model(PAPERS[table.name])._meta.get_field("state").choices
    return [str(value) for value, _label in choices or ()]


def first_of(table: StateTable) -> str:
    """The state in which a paper of this kind begins, as its own model names it."""
    return str(apps.get_model(PAPERS[table.name])._meta.get_field("state").default)


def verbs_of(table: StateTable) -> list[str]:
    """Every verb of the table."""
    return sorted({step.verb for step in table.moves})


def crossed() -> Iterator[Any]:
    """Every table with each of its states and each of its verbs."""
    for table in TABLES:
        for start in states_of(table):
            for verb in [*verbs_of(table), "fly"]:
                yield pytest.param(table, start, verb, id=f"{table.name}: {start} + {verb}")


@dataclass
class Paper:
    """A paper without a database: it keeps what was saved of it."""

    state: str
    pk: UUID = PAPER
    case_id: UUID = CASE
    saved: list[list[str]] = field(default_factory=list)

    class _meta:
        label_lower = "house.paper"

    def save(self, update_fields: list[str]) -> None:
        """Remember which fields were written."""
        self.saved.append(update_fields)


class History:
    """Stands where the table of state changes is, and keeps the steps."""

    def __init__(self) -> None:
        self.steps: list[dict[str, Any]] = []
        self.objects = self

    def create(self, **step: Any) -> None:
        """Keep one step."""
        self.steps.append(step)


@pytest.fixture
def history(monkeypatch: pytest.MonkeyPatch) -> History:
    """The history of papers, kept in memory."""
    kept = History()
    monkeypatch.setattr(state, "StateChange", kept)
    return kept


def take(paper: Paper, table: StateTable, verb: str, reason: str = "") -> None:
    """Move a paper that has no database."""
    move(NOBODY, paper, table, verb, reason)  # type: ignore[arg-type]


def test_every_table_of_the_house_is_found_and_knows_its_paper() -> None:
    assert {table.name for table in TABLES} == PAPERS.keys()


@pytest.mark.parametrize(("table", "start", "verb"), list(crossed()))
def test_a_step_is_in_the_table_or_it_is_refused(history: History, table: StateTable, start: str, verb: str) -> None:
    paper = Paper(start)
    written = [step for step in table.moves if (step.start, step.verb) == (start, verb)]
    if not written:
        with pytest.raises(RuleBroken) as refused:
            take(paper, table, verb)
        assert refused.value.source == table.source
        assert (paper.state, paper.saved, history.steps) == (start, [], [])
        return
    take(paper, table, verb, reason="as agreed")
    (step,) = history.steps
    assert paper.state == written[0].end
    assert paper.saved == [["state"]]
    assert (step["start"], step["verb"], step["end"], step["reason"]) == (start, verb, paper.state, "as agreed")
    assert (step["paper_id"], step["case_id"], step["staff_id"]) == (paper.pk, paper.case_id, NOBODY.staff)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_state_and_a_verb_lead_to_one_place(table: StateTable) -> None:
    pairs = [(step.start, step.verb) for step in table.moves]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_names_only_states_that_its_paper_has(table: StateTable) -> None:
    named = {str(place) for step in table.moves for place in (step.start, step.end)}
    assert named <= set(states_of(table))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_state_can_be_reached_from_where_papers_begin(table: StateTable) -> None:
    reached = {first_of(table)}
    while more := {str(step.end) for step in table.moves if step.start in reached} - reached:
        reached |= more
    assert reached == set(states_of(table))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_says_which_rule_it_comes_from(table: StateTable) -> None:
    assert table.source.startswith("practice ")


@pytest.mark.parametrize("label", sorted(PAPERS.values()))
def test_the_database_has_room_for_every_state_and_keeps_it_in_one_column(label: str) -> None:
    column = apps.get_model(label)._meta.get_field("state")
    assert isinstance(column, models.CharField)
    assert max(len(str(value)) for value, _label in column.choices or ()) <= (column.max_length or 0)


@pytest.mark.demand("I3", "P8", "T7")
@pytest.mark.parametrize(
    ("table", "start", "verb"),
    [("note", "signed", "sign"), ("plan", "in_effect", "take back"), ("closure", "reopened", "close")],
)
def test_what_was_signed_or_undone_does_not_go_back(history: History, table: str, start: str, verb: str) -> None:
    (found,) = (each for each in TABLES if each.name == table)
    with pytest.raises(RuleBroken):
        take(Paper(start), found, verb)


@given(steps=st.lists(st.sampled_from(sorted({verb for table in TABLES for verb in verbs_of(table)})), max_size=12))
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_whatever_is_tried_in_a_row_the_history_leads_from_the_first_state_to_the_last(
    table: StateTable, steps: list[str]
) -> None:
    kept, paper = History(), Paper(first_of(table))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(state, "StateChange", kept)
        for verb in steps:
            before = paper.state
            try:
                take(paper, table, verb)
            except RuleBroken:
                assert paper.state == before
    walked = [first_of(table), *(str(step["end"]) for step in kept.steps)]
    assert [str(step["start"]) for step in kept.steps] == walked[:-1]
    assert paper.state == walked[-1]


def test_a_guard_stops_a_step_with_its_own_sentence(history: History) -> None:
    table = StateTable("paper", "practice P3", (Move("draft", "offer", "offered", lambda paper: "Not yet."),))
    paper = Paper("draft")
    with pytest.raises(RuleBroken, match="Not yet"):
        take(paper, table, "offer")
    assert (paper.state, history.steps) == ("draft", [])


def test_a_table_with_a_state_nobody_reaches_would_be_caught() -> None:
    lost = StateTable("closure", "practice T1", (Move("prepared", "close", "closed"),))
    with pytest.raises(AssertionError):
        test_every_state_can_be_reached_from_where_papers_begin(lost)
