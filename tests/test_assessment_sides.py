"""Nine sides of life over time: what is new, what stayed, what was said before, and what nobody has spoken of."""

import html
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.client_level.assessment.actions import Account, Occasion, sitting_begin, sitting_complete, sitting_keep
from alongside.client_level.assessment.models import Sitting
from alongside.client_level.assessment.queries import sides_in, sides_of, unspoken
from alongside.documentation.models.thread import Domain
from alongside.foundations import clock
from alongside.foundations.actor import acting
from tests.assessing import HOME, SLEEP, name_need
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]
DOOR = Account("A room with a door since June.", "I close it and it is mine.", ["observation"])


def sat(cast: Cast, days_ago: int, complete: bool = True, **accounts: Account) -> Sitting:
    """A sitting so many days ago at which these sides of life were written of."""
    begun = sitting_begin(cast.maren, case=cast.sama, occasion=Occasion(clock.today() - timedelta(days=days_ago)))
    finish: Any = sitting_complete if complete else sitting_keep
    done: Sitting = finish(cast.maren, sitting=begun, edition=begun.edition, accounts=accounts)
    return done


def changes(cast: Cast, sitting: Sitting | None = None) -> dict[str, str]:
    """What became of each side of life that was ever written of: in one sitting, or as the tab shows it."""
    with acting(cast.maren):
        sides = sides_in(sitting) if sitting else sides_of(cast.sama)
        return {side.domain.value: side.change for side in sides if side.entry or side.before}


def page(cast: Cast, name: str, *keys: object) -> str:
    browser = Client()
    browser.force_login(cast.staff["maren"].account)
    answer = browser.get(reverse(name, args=[cast.sama.pk, *keys]))
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


@pytest.mark.demand("A9")
@pytest.mark.parametrize(
    ("again", "change"),
    [
        (HOME, "same"),
        (Account(f" {HOME.worker}\n", HOME.client, ["documents"]), "same"),
        (Account(HOME.worker, "It is louder now.", HOME.sources), "changed"),
        (Account("A lease since May.", HOME.client, HOME.sources), "changed"),
        (DOOR, "changed"),
    ],
)
def test_a_side_of_life_is_called_changed_when_either_voice_says_something_else(
    cast: Cast, again: Account, change: str
) -> None:
    name_need(cast)
    sat(cast, 6, environmental=HOME)
    second = sat(cast, 1, environmental=again)
    assert changes(cast, second) == changes(cast) == {"environmental": change}
    text = page(cast, "sitting", second.pk)
    assert ("changed since the last time" in text) == (change == "changed")
    assert ("as the last time" in text) == (change == "same")


@pytest.mark.demand("A9", "A10")
def test_what_was_not_taken_up_again_stands_as_it_was_left(cast: Cast) -> None:
    name_need(cast)
    sat(cast, 6, environmental=HOME, behavioral=SLEEP)
    second = sat(cast, 1, environmental=DOOR)
    assert changes(cast, second) == {"environmental": "changed", "behavioral": ""}
    text = page(cast, "sitting", second.pk)
    assert "Not taken up this time." in text and SLEEP.client in text and HOME.client in text
    assert SLEEP.client in page(cast, "assessment")


@pytest.mark.demand("A9")
def test_each_sitting_is_held_against_the_last_complete_one_before_it_and_none_after(cast: Cast) -> None:
    name_need(cast)
    first = sat(cast, 7, environmental=HOME)
    second = sat(cast, 4, environmental=DOOR)
    third = sat(cast, 1, complete=False, environmental=DOOR)
    assert changes(cast, first) == {"environmental": ""}
    assert changes(cast, second) == {"environmental": "changed"}
    assert changes(cast, third) == {"environmental": "same"}
    assert "not complete yet" in page(cast, "assessment")


@pytest.mark.demand("A1", "A5")
@pytest.mark.parametrize("domain", Domain.values)
def test_each_of_the_nine_sides_can_be_the_only_one_written_of(cast: Cast, domain: str) -> None:
    name_need(cast)
    sitting = sat(cast, 2, True, **{domain: HOME})
    with acting(cast.maren):
        silent = unspoken(sides_of(cast.sama))
    assert len(silent) == 8 and str(Domain(domain).label) not in silent
    text = page(cast, "sitting", sitting.pk)
    assert f'id="{domain}"' in text and HOME.client in text and HOME.worker in text


@pytest.mark.demand("A5")
@pytest.mark.parametrize(
    "account", [Account("Two rooms, no lease.", "", ["interview"]), Account("", "I sleep badly.", ["interview"])]
)
def test_one_voice_alone_is_shown_and_the_other_is_said_to_be_missing(cast: Cast, account: Account) -> None:
    name_need(cast)
    sitting = sat(cast, 2, environmental=account)
    text = page(cast, "sitting", sitting.pk)
    assert (account.worker or account.client) in text
    assert text.count("Nothing written down yet.") == 1
