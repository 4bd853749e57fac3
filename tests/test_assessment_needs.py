"""Needs and the two orders they are put in, told with the cast."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.client_level.assessment.actions import (
    need_add,
    need_change,
    needs_rank,
)  # fmt: skip
from alongside.client_level.assessment.queries import (
    need_rows,
    needs_of,
    order_edition,
)  # fmt: skip
from alongside.documentation.models import Need
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import ChangedByAnother, RuleBroken
from alongside.foundations.models import Deed
from tests.assessing import as_maren, name_need
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


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
    with pytest.raises(RuleBroken, match="already given to need 1") as twice:
        needs_rank(cast.maren, case=cast.sama, client={home.pk: 1, english.pk: 1}, worker={})
    assert twice.value.field == f"client_{english.pk}"
    with pytest.raises(RuleBroken, match="from 1 to 2"):
        needs_rank(cast.maren, case=cast.sama, client={}, worker={home.pk: 3})
    with pytest.raises(RuleBroken, match="another case"):
        needs_rank(cast.maren, case=cast.sama, client={other.pk: 1}, worker={})
    needs_rank(cast.maren, case=cast.sama, client={home.pk: 1}, worker={})
    with pytest.raises(RuleBroken, match="already given to need 1"):
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
    with as_maren(cast):
        assert [(one.title, one.client_rank) for one in needs_of(cast.sama)] == [("A home", 1)]
