"""The shorter forms of assessment: a finding, a need, two orders. Nothing that was typed is lost."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from alongside.client_level.assessment.models import Finding
from alongside.client_level.assessment.queries import order_edition
from alongside.documentation.models import Need
from alongside.foundations.actor import acting
from tests.assessment_pages import STRENGTH, begin, need, need_sent, page, sent, to
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


@pytest.fixture
def maren(cast: Cast, client: Client) -> Iterator[Client]:
    """A browser in which Maren is signed in."""
    client.force_login(cast.staff["maren"].account)
    yield client


# findings


@pytest.mark.demand("A2")
def test_a_strength_is_recorded_and_put_better_from_the_sitting(cast: Cast, maren: Client) -> None:
    sitting = begin(cast)
    back = to("sitting_write", cast, sitting.pk)
    assert sent(maren, to("finding_new", cast, sitting.pk), STRENGTH) == back
    with acting(cast.maren):
        finding = Finding.objects.get()
    edit = to("finding_edit", cast, sitting.pk, finding.pk)
    assert edit in page(maren, back)
    assert "If I say I come, I come." in page(maren, edit)
    assert sent(maren, edit, STRENGTH | {"client_words": "I always come.", "edition": 1}) == back
    both = sent(maren, edit, STRENGTH | {"client_words": "Third words", "edition": 1}, 409)
    assert "I always come." in both
    assert "Third words" in both


@pytest.mark.demand("A2", "A6")
@pytest.mark.parametrize("missing", ["client_words", "objective_words", "sources", "kind"])
def test_a_finding_that_lacks_something_comes_back_with_what_was_typed(cast: Cast, maren: Client, missing: str) -> None:
    sitting = begin(cast)
    again = sent(maren, to("finding_new", cast, sitting.pk), {k: v for k, v in STRENGTH.items() if k != missing}, 422)
    assert f'href="#id_{missing}' in again
    kept = "objective_words" if missing == "client_words" else "client_words"
    assert STRENGTH[kept] in again


# needs


@pytest.mark.demand("A3", "A4")
def test_a_need_is_added_with_its_number_and_sending_it_twice_adds_one(cast: Cast, maren: Client) -> None:
    assert "It will be number 1" in page(maren, to("need_new", cast))
    once = need_sent(once=str(uuid4()))
    assert sent(maren, to("need_new", cast), once) == to("assessment", cast)
    assert sent(maren, to("need_new", cast), once) == to("assessment", cast)
    with acting(cast.maren):
        (only,) = Need.objects.filter(case=cast.sama)
    assert (only.number, only.extent, only.client_capacity, only.network_capacity, only.agency_capacity) == (
        1,
        4,
        3,
        1,
        3,
    )


@pytest.mark.demand("A6")
@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"title": ""}, "title"), ({"sources": []}, "sources"), ({"extent": 7}, "extent"), ({"domain": ""}, "domain")],
)
def test_a_need_that_is_not_whole_comes_back_with_what_was_typed(
    cast: Cast, maren: Client, wrong: dict[str, Any], field: str
) -> None:
    again = sent(maren, to("need_new", cast), need_sent(**wrong), 422)
    assert f'href="#id_{field}' in again
    assert "A door of my own." in again
    with acting(cast.maren):
        assert not Need.objects.exists()


@pytest.mark.demand("A3")
def test_a_need_is_changed_and_a_stale_page_shows_both(cast: Cast, maren: Client) -> None:
    place = to("need_edit", cast, need(cast).pk)
    assert 'value="A safe place to live that lasts"' in page(maren, place)
    assert sent(maren, place, need_sent(title="Her own front door", edition=1)) == to("assessment", cast)
    both = sent(maren, place, need_sent(title="Any home", extent=1, edition=1), 409)
    for words in ("Her own front door", "Any home", "Severe", "Little", 'name="edition" value="2"'):
        assert words in both


@pytest.mark.demand("A5")
def test_both_orders_are_put_by_choosing_places_and_a_place_given_twice_is_pointed_out(
    cast: Cast, maren: Client
) -> None:
    home, english = need(cast), need(cast, title="English")
    place, edition = to("needs_order", cast), order_edition([home, english])
    assert "How Sama ranks need 1" in page(maren, place)
    order = {f"client_{home.pk}": 1, f"client_{english.pk}": 1, f"worker_{home.pk}": 2, "edition": edition}
    again = sent(maren, place, order, 422)
    assert "Rank 1 is already given to need 1. Give another." in again
    assert sent(maren, place, order | {f"client_{english.pk}": 2}) == to("assessment", cast)
    both = sent(maren, place, order | {f"client_{english.pk}": ""}, 409)
    assert "Both versions are below" in both
    with acting(cast.maren):
        ranks = list(Need.objects.order_by("number").values_list("client_rank", "worker_rank"))
    assert ranks == [(1, 2), (2, None)]


def test_with_no_need_there_is_nothing_to_put_in_order(cast: Cast, maren: Client) -> None:
    assert "There is no need to put in order yet." in page(maren, to("needs_order", cast))
