"""Who may assess, who may read what was assessed, and what the deeds say of it."""

from typing import Any

import pytest

from alongside.client_level.assessment.actions import (
    NeedFacts,
    Occasion,
    finding_add,
    finding_change,
    need_add,
    need_change,
    needs_rank,
    sitting_begin,
    sitting_complete,
    sitting_keep,
)  # fmt: skip
from alongside.client_level.assessment.models import DomainEntry, Finding, Sitting
from alongside.documentation.models import Need
from alongside.foundations import clock
from alongside.foundations.actor import Actor, acting
from alongside.foundations.errors import NotAllowed, NotYours, RuleBroken
from alongside.foundations.models import Deed
from alongside.people.models import Case
from tests.assessing import HOME, STRENGTH, as_maren, begin, complete, name_need
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


# who may


def everything(cast: Cast, actor: Actor, sitting: Sitting, need: Need, finding: Finding) -> dict[str, Any]:
    """Every verb of the room, tried by `actor` on Sama’s case."""
    case, facts = cast.sama, NeedFacts(title="x", domain="legal", sources=["interview"])
    return {
        "begin": lambda: sitting_begin(actor, case=case, occasion=Occasion(clock.today())),
        "keep": lambda: sitting_keep(actor, sitting=sitting, accounts={"legal": HOME}, edition=sitting.edition),
        "complete": lambda: sitting_complete(actor, sitting=sitting, edition=sitting.edition),
        "find": lambda: finding_add(actor, sitting=sitting, **STRENGTH),
        "rephrase": lambda: finding_change(actor, finding=finding, edition=1, **STRENGTH),
        "need": lambda: need_add(actor, case=case, **facts),
        "change": lambda: need_change(actor, need=need, edition=1, **facts),
        "rank": lambda: needs_rank(actor, case=case, client={need.pk: 1}, worker={}),
    }


@pytest.mark.demand("C4")
@pytest.mark.parametrize("who", ["tadesse", "noor", "otto", "quinn"])
def test_no_verb_of_the_room_is_open_to_those_who_do_not_work_on_the_case(cast: Cast, who: str) -> None:
    need, sitting = name_need(cast), begin(cast)
    finding = finding_add(cast.maren, sitting=sitting, **STRENGTH)
    for name, attempt in everything(cast, getattr(cast, who), sitting, need, finding).items():
        with pytest.raises((NotYours, NotAllowed)):
            attempt()
            pytest.fail(f"{who} could {name}")
    with as_maren(cast):
        assert (Need.objects.count(), Finding.objects.count(), DomainEntry.objects.count()) == (1, 1, 0)


@pytest.mark.demand("C4")
@pytest.mark.parametrize(
    ("who", "sees"), [("maren", 1), ("delphine", 1), ("priya", 1), ("tadesse", 0), ("noor", 0), ("otto", 0)]
)
def test_what_was_assessed_is_seen_with_the_case_and_by_nobody_else(cast: Cast, who: str, sees: int) -> None:
    name_need(cast)
    complete(cast, finding_add(cast.maren, sitting=begin(cast), **STRENGTH).sitting)
    with acting(getattr(cast, who)):
        assert [model.objects.count() for model in (Sitting, DomainEntry, Finding, Need)] == [sees] * 4


def close(cast: Cast) -> Case:
    """Sama’s case, closed today without ceremony."""
    with acting(cast.maren):
        Case.objects.filter(pk=cast.sama.pk).update(closed_on=clock.today())
    return cast.sama


def test_in_a_closed_case_nothing_is_assessed_any_more(cast: Cast) -> None:
    need, sitting = name_need(cast), begin(cast)
    finding = finding_add(cast.maren, sitting=sitting, **STRENGTH)
    close(cast)
    with as_maren(cast):
        held = Sitting.objects.get(pk=sitting.pk), Need.objects.get(pk=need.pk), Finding.objects.get(pk=finding.pk)
    for name, attempt in everything(cast, cast.maren, *held).items():
        with pytest.raises(RuleBroken, match="closed"):
            attempt()
            pytest.fail(f"{name} was possible")


def test_every_verb_leaves_a_deed_without_a_word_of_what_was_said(cast: Cast) -> None:
    need, sitting = name_need(cast, client_words="A door of my own."), begin(cast)
    finding_add(cast.maren, sitting=sitting, **STRENGTH)
    complete(cast, sitting)
    needs_rank(cast.maren, case=cast.sama, client={need.pk: 1}, worker={need.pk: 1})
    with as_maren(cast):
        deeds = list(Deed.objects.filter(case_id=cast.sama.pk).order_by("at"))
    said = {deed.verb: f"{deed.sentence} {deed.changes}" for deed in deeds}
    assert {"need_add", "sitting_begin", "finding_add", "sitting_complete", "needs_rank"} <= said.keys()
    for words in (HOME.client, HOME.worker, STRENGTH["client_words"], "door of my own"):
        assert not any(words in sentence for sentence in said.values())
