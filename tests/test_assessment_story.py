"""Assessment, told with the cast: what is written down when Maren sits with Sama, and what is refused."""

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.client_level.assessment.actions import (
    Account,
    Occasion,
    finding_add,
    finding_change,
    sitting_complete,
    sitting_keep,
)  # fmt: skip
from alongside.client_level.assessment.models import DomainEntry, Finding, Sitting
from alongside.client_level.assessment.queries import (
    has_completed_sitting,
    sides_in,
)  # fmt: skip
from alongside.client_level.assessment.states import SITTING, SittingState
from alongside.documentation.models.thread import Domain
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import ChangedByAnother, RuleBroken
from alongside.foundations.models import StateChange
from tests.assessing import HOME, SLEEP, STRENGTH, as_maren, begin, complete, name_need
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


# the sitting


@pytest.mark.demand("A1", "A5", "A6")
def test_maren_writes_of_nine_sides_of_life_in_two_voices_with_what_each_is_known_from(cast: Cast) -> None:
    sitting = begin(cast)
    accounts = {domain: Account(f"Seen: {domain}", f"Said: {domain}", ["interview"]) for domain in Domain.values}
    kept = sitting_keep(cast.maren, sitting=sitting, accounts=accounts, edition=1)
    with as_maren(cast):
        sides = sides_in(kept)
    assert [side.domain for side in sides] == list(Domain)
    assert len(sides) == 9
    for side in sides:
        assert side.entry is not None
        assert (side.entry.worker_words, side.entry.client_words) == (f"Seen: {side.domain}", f"Said: {side.domain}")
        assert side.entry.known_from == "Interview"


@pytest.mark.demand("A10")
def test_a_sitting_is_left_and_gone_on_with_another_day_and_nothing_is_lost(cast: Cast) -> None:
    sitting = begin(cast)
    first = sitting_keep(cast.maren, sitting=sitting, accounts={"environmental": HOME}, edition=1)
    second = sitting_keep(cast.maren, sitting=sitting, accounts={"emotional": SLEEP}, edition=first.edition)
    with as_maren(cast):
        words = {one.domain: one.client_words for one in DomainEntry.objects.filter(sitting=second)}
    assert words == {"environmental": HOME.client, "emotional": SLEEP.client}
    assert second.edition == 3
    assert second.state == SittingState.OPEN


@pytest.mark.demand("A10")
def test_the_day_and_the_place_can_be_put_right_while_it_is_open(cast: Cast) -> None:
    sitting = begin(cast)
    moved = Occasion(clock.today(), "phone", "", ["client"], False)
    kept = sitting_keep(cast.maren, sitting=sitting, accounts={}, edition=1, occasion=moved)
    assert (kept.on, kept.mode, kept.place, kept.present, kept.seen_alone) == (
        clock.today(),
        "phone",
        "",
        ["client"],
        False,
    )


def test_empty_sides_leave_no_row_and_one_that_was_emptied_stays_empty(cast: Cast) -> None:
    sitting = begin(cast)
    kept = sitting_keep(cast.maren, sitting=sitting, accounts={"environmental": HOME, "legal": Account()}, edition=1)
    emptied = sitting_keep(cast.maren, sitting=sitting, accounts={"environmental": Account()}, edition=kept.edition)
    with as_maren(cast):
        assert list(DomainEntry.objects.filter(sitting=emptied).values_list("domain", flat=True)) == ["environmental"]
        assert all(side.entry is None for side in sides_in(emptied))


@pytest.mark.demand("A10")
def test_one_that_is_open_is_gone_on_with_and_no_second_is_begun_beside_it(cast: Cast) -> None:
    begin(cast)
    with pytest.raises(RuleBroken, match="open already"):
        begin(cast)


@pytest.mark.parametrize("days", [-1, 30])
def test_a_sitting_lies_between_the_opening_of_the_case_and_today(cast: Cast, days: int) -> None:
    with pytest.raises(RuleBroken) as refusal:
        begin(cast, days_ago=days)
    assert refusal.value.field == "on"


def test_a_side_of_life_that_does_not_exist_and_a_source_that_is_none_are_refused(cast: Cast) -> None:
    sitting = begin(cast)
    with pytest.raises(RuleBroken, match="none of the sides"):
        sitting_keep(cast.maren, sitting=sitting, accounts={"stars": HOME}, edition=1)
    with pytest.raises(RuleBroken) as refusal:
        sitting_keep(cast.maren, sitting=sitting, accounts={"legal": Account("a", "b", ["rumor"])}, edition=1)
    assert refusal.value.field == "sources_legal"


@pytest.mark.demand("A10")
def test_when_delphine_wrote_meanwhile_maren_is_shown_her_words_and_hers_are_not_written_over(cast: Cast) -> None:
    sitting = begin(cast)
    sitting_keep(cast.delphine, sitting=sitting, accounts={"environmental": SLEEP}, edition=1)
    with pytest.raises(ChangedByAnother) as conflict:
        sitting_keep(cast.maren, sitting=sitting, accounts={"environmental": HOME}, edition=1)
    assert conflict.value.theirs["worker_environmental"] == SLEEP.worker
    assert conflict.value.theirs["sources_environmental"] == SLEEP.sources
    assert conflict.value.edition == 2
    assert conflict.value.who == "Delphine Arceneaux"
    with as_maren(cast):
        assert DomainEntry.objects.get(sitting=sitting).worker_words == SLEEP.worker


# completing it


@pytest.mark.demand("A10", "P1")
def test_a_plan_may_be_made_once_a_sitting_is_complete_and_not_before(cast: Cast) -> None:
    name_need(cast)
    sitting = begin(cast)
    with as_maren(cast):
        assert not has_completed_sitting(cast.sama)
    done = complete(cast, sitting)
    with as_maren(cast):
        assert has_completed_sitting(cast.sama)
        step = StateChange.objects.get(paper_id=sitting.pk)
    assert done.state == SittingState.COMPLETE
    assert done.completed_at is not None
    assert (step.start, step.verb, step.end) == ("open", "complete", "complete")


@pytest.mark.demand("A1")
def test_a_sitting_that_says_nothing_is_not_complete(cast: Cast) -> None:
    name_need(cast)
    with pytest.raises(RuleBroken, match="at least one side of life"):
        sitting_complete(cast.maren, sitting=begin(cast), edition=1)


@pytest.mark.demand("A3")
def test_a_sitting_from_which_no_need_was_named_is_not_complete_and_its_words_wait(cast: Cast) -> None:
    sitting = begin(cast)
    with pytest.raises(RuleBroken, match="at least one need"):
        complete(cast, sitting)
    with as_maren(cast):
        assert Sitting.objects.get(pk=sitting.pk).state == SittingState.OPEN


@pytest.mark.demand("A6")
def test_each_side_that_is_written_of_names_its_evidence_before_it_is_complete(cast: Cast) -> None:
    name_need(cast)
    sitting = begin(cast)
    with pytest.raises(RuleBroken) as refusal:
        sitting_complete(
            cast.maren, sitting=sitting, edition=1, accounts={"legal": Account("Asylum pending", "I wait.")}
        )
    assert (refusal.value.field, refusal.value.source) == ("sources_legal", "practice A6")


@pytest.mark.demand("A10")
def test_a_complete_sitting_takes_no_more_words_from_any_verb(cast: Cast) -> None:
    name_need(cast)
    finding = finding_add(cast.maren, sitting=begin(cast), **STRENGTH)
    done = complete(cast, finding.sitting)
    with pytest.raises(RuleBroken, match="complete and fixed"):
        sitting_keep(cast.maren, sitting=done, accounts={"legal": HOME}, edition=done.edition)
    with pytest.raises(RuleBroken, match="complete and fixed"):
        sitting_complete(cast.maren, sitting=done, edition=done.edition)
    with pytest.raises(RuleBroken, match="complete and fixed"):
        finding_add(cast.maren, sitting=done, **STRENGTH)
    with pytest.raises(RuleBroken, match="complete and fixed"):
        finding_change(cast.maren, finding=finding, edition=1, **STRENGTH)


def fixed(table: str, change: str, cast: Cast) -> None:
    """Try SQL on a table as Maren; the database itself has to refuse it."""
    with (
        acting(cast.maren),
        pytest.raises(IntegrityError, match="signed and fixed"),
        transaction.atomic(),
    ):
        with connection.cursor() as cursor:
            cursor.execute(change.format(table=table))


@pytest.mark.demand("A10")
@pytest.mark.parametrize("table", ["assessment_sitting", "assessment_domainentry", "assessment_finding"])
def test_the_database_itself_keeps_what_is_complete(cast: Cast, table: str) -> None:
    name_need(cast)
    complete(cast, finding_add(cast.maren, sitting=begin(cast), **STRENGTH).sitting)
    fixed(table, "UPDATE {table} SET id = gen_random_uuid()", cast)
    fixed(table, "DELETE FROM {table}", cast)


@pytest.mark.demand("A10")
def test_the_database_lets_nothing_be_slipped_into_what_is_complete(cast: Cast) -> None:
    name_need(cast)
    done = complete(cast)
    for late in (
        Finding(case=cast.sama, sitting=done, kind="strength"),
        DomainEntry(case=cast.sama, sitting=done, domain="legal"),
    ):
        with acting(cast.maren), pytest.raises(IntegrityError), transaction.atomic():
            late.save(force_insert=True)


def test_an_open_sitting_is_not_fixed_by_the_rule_for_complete_ones(cast: Cast) -> None:
    sitting = begin(cast)
    sitting_keep(cast.maren, sitting=sitting, accounts={"legal": HOME}, edition=1)
    with acting(cast.maren):
        entry = DomainEntry.objects.get(sitting=sitting)
        entry.client_words = "Better said."
        entry.save()
        assert DomainEntry.objects.get(sitting=sitting).client_words == "Better said."


def test_the_table_of_states_has_one_step_and_no_way_back() -> None:
    steps = {(state, verb): SITTING.find(state, verb) for state in SittingState.values for verb in ("complete", "open")}
    assert [key for key, step in steps.items() if step] == [("open", "complete")]
