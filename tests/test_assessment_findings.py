"""Strengths and barriers, and what a reassessment shows, told with the cast."""

from datetime import timedelta
from typing import Any

import pytest

from alongside.client_level.assessment.actions import (
    Account,
    finding_add,
    finding_change,
    sitting_complete,
    sitting_keep,
)  # fmt: skip
from alongside.client_level.assessment.models import Finding
from alongside.client_level.assessment.queries import (
    reassess_on,
    sides_in,
    sides_of,
    sittings_of,
)  # fmt: skip
from alongside.foundations.errors import ChangedByAnother, RuleBroken
from tests.assessing import HOME, SLEEP, STRENGTH, as_maren, begin, complete, name_need
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


# strengths and barriers


@pytest.mark.demand("A2", "A6")
def test_a_strength_and_a_barrier_are_each_kept_in_both_voices_with_evidence(cast: Cast) -> None:
    sitting = begin(cast)
    finding_add(cast.maren, sitting=sitting, **STRENGTH)
    finding_add(cast.maren, sitting=sitting, **STRENGTH | {"kind": "barrier", "sources": ["interview", "relatives"]})
    with as_maren(cast):
        found = list(Finding.objects.filter(case=cast.sama).order_by("kind"))
    assert [(one.kind, one.known_from) for one in found] == [
        ("barrier", "Interview, Relatives"),
        ("strength", "Documents"),
    ]
    assert {one.client_words for one in found} == {STRENGTH["client_words"]}


@pytest.mark.demand("A2", "A6")
@pytest.mark.parametrize(
    ("missing", "field"),
    [({"client_words": " "}, "client_words"), ({"objective_words": ""}, "objective_words"), ({"sources": []}, "sources"),
     ({"kind": "quirk"}, "kind")],
)  # fmt: skip
def test_a_finding_without_one_of_the_voices_or_its_evidence_is_refused(
    cast: Cast, missing: dict[str, Any], field: str
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        finding_add(cast.maren, sitting=begin(cast), **STRENGTH | missing)
    assert refusal.value.field == field


@pytest.mark.demand("A2")
def test_a_finding_can_be_put_better_while_the_sitting_is_open_but_not_over_anothers_words(cast: Cast) -> None:
    finding = finding_add(cast.maren, sitting=begin(cast), **STRENGTH)
    better = finding_change(cast.maren, finding=finding, edition=1, **STRENGTH | {"client_words": "I always come."})
    assert (better.client_words, better.edition) == ("I always come.", 2)
    with pytest.raises(ChangedByAnother) as conflict:
        finding_change(cast.delphine, finding=finding, edition=1, **STRENGTH)
    assert conflict.value.theirs["client_words"] == "I always come."


# reassessment


@pytest.mark.demand("A9")
def test_a_reassessment_takes_up_a_part_and_shows_what_changed(cast: Cast) -> None:
    name_need(cast)
    first = begin(cast, days_ago=5)
    both = {"environmental": HOME, "emotional": SLEEP}
    sitting_complete(cast.maren, sitting=first, edition=1, accounts=both)
    again = begin(cast, days_ago=1)
    calmer = Account(SLEEP.worker, "Better. But I am afraid of winter.", ["interview"])
    again = sitting_keep(cast.maren, sitting=again, accounts={"emotional": calmer, "legal": HOME}, edition=1)
    with as_maren(cast):
        now = {str(side.domain): side for side in sides_in(again)}
        whole = {str(side.domain): side for side in sides_of(cast.sama)}
        earlier = {str(side.domain): side for side in sides_in(first)}
    assert (first.kind, again.kind) == ("first", "again")
    assert now["emotional"].change == "changed"
    assert now["emotional"].before is not None
    assert now["emotional"].before.client_words == SLEEP.client
    assert (now["environmental"].entry, now["legal"].before, now["legal"].change) == (None, None, "")
    assert whole["environmental"].entry is not None
    assert whole["environmental"].entry.sitting_id == first.pk
    assert whole["emotional"].entry is not None
    assert whole["emotional"].entry.client_words == calmer.client
    assert earlier["emotional"].before is None


@pytest.mark.demand("A9")
def test_words_that_were_said_again_are_not_called_a_change(cast: Cast) -> None:
    name_need(cast)
    complete(cast, begin(cast, days_ago=5))
    again = sitting_keep(cast.maren, sitting=begin(cast), accounts={"environmental": HOME}, edition=1)
    with as_maren(cast):
        assert {side.change for side in sides_in(again)} == {"same", ""}


@pytest.mark.demand("A9")
def test_the_whole_is_due_again_after_the_span_that_the_program_set(cast: Cast) -> None:
    name_need(cast)
    with as_maren(cast):
        assert reassess_on(cast.sama, sittings_of(cast.sama)) is None
    done = complete(cast)
    with as_maren(cast):
        assert reassess_on(cast.sama, sittings_of(cast.sama)) == done.on + timedelta(days=180)
