"""Assessment, told with the cast: what is written down when Maren sits with Sama, and what is refused."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from alongside.client_level.assessment.actions import (
    Account,
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
from alongside.client_level.assessment.queries import (
    has_completed_sitting,
    need_rows,
    needs_of,
    order_edition,
    reassess_on,
    sides_in,
    sides_of,
    sittings_of,
)  # fmt: skip
from alongside.client_level.assessment.states import SITTING, SittingState
from alongside.documentation.models import Need
from alongside.documentation.models.thread import Domain
from alongside.foundations import clock
from alongside.foundations.actor import Actor, acting
from alongside.foundations.errors import ChangedByAnother, NotAllowed, NotYours, RuleBroken
from alongside.foundations.models import Deed, StateChange
from alongside.people.models import Case
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]

HOME = Account(
    "Two rooms with her brother-in-law’s family; no lease.", "I sleep where the washing machine is.", ["interview"]
)
SLEEP = Account("Wakes at four most nights.", "The nights are long.", ["interview", "testing"])


def begin(cast: Cast, days_ago: int = 3) -> Sitting:
    """A sitting of Maren with Sama, at home, alone with the interpreter."""
    occasion = Occasion(
        clock.today() - timedelta(days=days_ago), place="Her home", present=["client", "interpreter"], seen_alone=True
    )
    return sitting_begin(cast.maren, case=cast.sama, occasion=occasion)


def name_need(cast: Cast, title: str = "A safe place to live that lasts", **more: Any) -> Need:
    """A need of Sama’s, named by Maren."""
    facts: dict[str, Any] = {"title": title, "domain": "environmental", "sources": ["interview", "documents"]}
    return need_add(cast.maren, case=cast.sama, **facts | more)


def complete(cast: Cast, sitting: Sitting | None = None) -> Sitting:
    """A complete sitting that says something of housing."""
    sitting = sitting or begin(cast)
    return sitting_complete(cast.maren, sitting=sitting, edition=sitting.edition, accounts={"environmental": HOME})


def as_maren(cast: Cast) -> Any:
    """Read as Maren reads."""
    return acting(cast.maren)


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
        words = dict(DomainEntry.objects.filter(sitting=second).values_list("domain", "client_words"))
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
        pytest.raises(IntegrityError, match="signed and fixed|may not|fixed"),
        transaction.atomic(),
    ):
        with connection.cursor() as cursor:
            cursor.execute(change.format(table=table))


@pytest.mark.demand("A10")
@pytest.mark.parametrize("table", ["assessment_sitting", "assessment_domainentry", "assessment_finding"])
def test_the_database_itself_keeps_what_is_complete(cast: Cast, table: str) -> None:
    name_need(cast)
    complete(cast, finding_add(cast.maren, sitting=begin(cast), **STRENGTH).sitting)
    change = "place = 'elsewhere'" if table.endswith("sitting") else "client_words = 'other words'"
    fixed(table, f"UPDATE {{table}} SET {change}", cast)
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
        DomainEntry.objects.filter(sitting=sitting).update(client_words="Better said.")
        assert DomainEntry.objects.get(sitting=sitting).client_words == "Better said."


def test_the_table_of_states_has_one_step_and_no_way_back() -> None:
    steps = {(state, verb): SITTING.find(state, verb) for state in SittingState.values for verb in ("complete", "open")}
    assert [key for key, step in steps.items() if step] == [("open", "complete")]


# strengths and barriers

STRENGTH: Any = {
    "kind": "strength", "objective_words": "Kept 11 of 11 appointments.", "client_words": "If I say I come, I come.",
    "sources": ["documents"],
}  # fmt: skip


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


# needs


@pytest.mark.demand("A3")
def test_needs_are_numbered_in_turn_and_each_case_counts_for_itself(cast: Cast) -> None:
    other = cast.enroll("Dina Farouk")
    facts: Any = {"domain": "social", "sources": ["interview"]}
    assert [name_need(cast, title).number for title in ("Home", "English", "Sleep")] == [1, 2, 3]
    assert need_add(cast.maren, case=other, title="Company", **facts).number == 1
    assert name_need(cast, "Papers").number == 4


@pytest.mark.demand("A3")
def test_a_refused_need_takes_no_number(cast: Cast) -> None:
    with pytest.raises(RuleBroken):
        name_need(cast, " ")
    assert name_need(cast).number == 1


@pytest.mark.demand("A3")
def test_a_number_once_given_is_neither_changed_nor_removed(cast: Cast) -> None:
    need = name_need(cast)
    with acting(cast.maren):
        for change in ("UPDATE documentation_need SET number = 7", "DELETE FROM documentation_need"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(change)
        assert Need.objects.get(pk=need.pk).number == 1


@pytest.mark.demand("A4", "A6")
def test_a_need_records_how_far_it_reaches_and_what_each_of_three_can_do(cast: Cast) -> None:
    need = name_need(
        cast, extent=4, client_capacity=3, network_capacity=1, agency_capacity=3, client_words="A door of my own."
    )
    assert (need.get_extent_display(), need.get_client_capacity_display()) == ("Severe", "Much")
    assert (need.get_network_capacity_display(), need.get_agency_capacity_display()) == ("Little", "Much")
    with as_maren(cast):
        (row,) = need_rows(needs_of(cast.sama))
    assert row.known_from == "Interview, Documents"


@pytest.mark.demand("A3", "A4", "A6")
@pytest.mark.parametrize(
    ("facts", "field"),
    [({"title": "  "}, "title"), ({"sources": []}, "sources"), ({"sources": ["rumor"]}, "sources"),
     ({"domain": "stars"}, "domain"), ({"extent": 5}, "extent"), ({"extent": 0}, "extent"),
     ({"agency_capacity": 9}, "agency_capacity"), ({"title": "x" * 201}, "title")],
)  # fmt: skip
def test_a_need_that_is_not_whole_is_refused_beside_the_field_at_fault(
    cast: Cast, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        name_need(cast, **{"title": "Home"} | facts)
    assert refusal.value.field == field


def test_a_need_is_not_named_on_a_day_still_ahead(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as refusal:
        name_need(cast, found_on=clock.today() + timedelta(days=1))
    assert refusal.value.field == "found_on"


@pytest.mark.demand("A3", "A9")
def test_a_need_is_judged_anew_its_number_stays_and_the_deed_keeps_what_it_was(cast: Cast) -> None:
    need = name_need(cast, extent=4, client_words="A secret of mine.")
    facts: Any = {"title": "A home that lasts", "domain": "environmental", "sources": ["interview"], "extent": 2}
    changed = need_change(cast.maren, need=need, edition=1, **facts | {"client_words": "Other words."})
    assert (changed.number, changed.title, changed.extent, changed.edition) == (1, "A home that lasts", 2, 2)
    with as_maren(cast):
        deed = Deed.objects.get(subject_id=need.pk, verb="need_change")
    assert deed.changes["extent"] == ["4", "2"]
    assert "secret" not in str(deed.changes) + deed.sentence


def test_two_who_change_a_need_at_once_are_shown_both_versions(cast: Cast) -> None:
    need = name_need(cast)
    facts: Any = {"domain": "environmental", "sources": ["interview"]}
    need_change(cast.delphine, need=need, edition=1, title="Her own front door", **facts)
    with pytest.raises(ChangedByAnother, match="Delphine Arceneaux") as conflict:
        need_change(cast.maren, need=need, edition=1, title="Any home", **facts)
    assert conflict.value.theirs["title"] == "Her own front door"


# two orders


@pytest.mark.demand("A5")
def test_samas_own_order_is_kept_beside_marens_even_where_they_differ(cast: Cast) -> None:
    home, english, sleep = (name_need(cast, title) for title in ("Home", "English", "Sleep"))
    needs_rank(
        cast.maren, case=cast.sama, client={home.pk: 1, sleep.pk: 2, english.pk: 3},
        worker={home.pk: 1, english.pk: 2, sleep.pk: 3},
    )  # fmt: skip
    with as_maren(cast):
        rows = need_rows(needs_of(cast.sama))
    assert [(row.need.client_rank, row.need.worker_rank, row.differ) for row in rows] == [
        (1, 1, False), (3, 2, True), (2, 3, True),
    ]  # fmt: skip


def test_an_order_may_be_left_half_done_and_unranked_needs_do_not_differ(cast: Cast) -> None:
    home, english = name_need(cast, "Home"), name_need(cast, "English")
    needs_rank(cast.maren, case=cast.sama, client={home.pk: 2, english.pk: None}, worker={})
    with as_maren(cast):
        rows = need_rows(needs_of(cast.sama))
    assert [(row.need.client_rank, row.differ) for row in rows] == [(2, False), (None, False)]


@pytest.mark.demand("A5")
def test_one_place_is_not_given_twice_nor_beyond_the_list_nor_to_anothers_need(cast: Cast) -> None:
    home, english = name_need(cast, "Home"), name_need(cast, "English")
    other = need_add(cast.maren, case=cast.enroll("Dina Farouk"), title="x", domain="legal", sources=["interview"])
    with pytest.raises(RuleBroken, match="need 1 already") as twice:
        needs_rank(cast.maren, case=cast.sama, client={home.pk: 1, english.pk: 1}, worker={})
    assert twice.value.field == f"client_{english.pk}"
    with pytest.raises(RuleBroken, match="from 1 to 2"):
        needs_rank(cast.maren, case=cast.sama, client={}, worker={home.pk: 3})
    with pytest.raises(RuleBroken, match="another case"):
        needs_rank(cast.maren, case=cast.sama, client={other.pk: 1}, worker={})
    needs_rank(cast.maren, case=cast.sama, client={home.pk: 1}, worker={})
    with pytest.raises(RuleBroken, match="need 1 already"):
        needs_rank(cast.maren, case=cast.sama, client={english.pk: 1}, worker={})


@pytest.mark.demand("A5")
def test_an_order_that_another_changed_meanwhile_is_not_written_over(cast: Cast) -> None:
    home, english = name_need(cast, "Home"), name_need(cast, "English")
    with as_maren(cast):
        read = order_edition(needs_of(cast.sama))
    needs_rank(cast.delphine, case=cast.sama, client={home.pk: 2}, worker={}, edition=read)
    with pytest.raises(ChangedByAnother) as conflict:
        needs_rank(cast.maren, case=cast.sama, client={english.pk: 2}, worker={}, edition=read)
    assert conflict.value.theirs[f"client_{home.pk}"] == 2


def test_putting_a_need_in_other_words_does_not_disturb_who_is_ranking(cast: Cast) -> None:
    home = name_need(cast, "Home")
    with as_maren(cast):
        read = order_edition(needs_of(cast.sama))
    need_change(cast.delphine, need=home, edition=1, title="A home", domain="environmental", sources=["interview"])
    needs_rank(cast.maren, case=cast.sama, client={home.pk: 1}, worker={}, edition=read)


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
        now = {side.domain: side for side in sides_in(again)}
        whole = {side.domain: side for side in sides_of(cast.sama)}
        earlier = {side.domain: side for side in sides_in(first)}
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


# who may


def everything(cast: Cast, actor: Actor, sitting: Sitting, need: Need, finding: Finding) -> dict[str, Any]:
    """Every verb of the room, tried by `actor` on Sama’s case."""
    case, facts = cast.sama, {"title": "x", "domain": "legal", "sources": ["interview"]}
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
