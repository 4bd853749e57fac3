"""Someone leaves on a day: what they carried comes to whoever answers for it, and they are out (practice E7, S12)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.people.models import Staff
from alongside.supervision.queries.day import day_of
from tests.cast import Cast
from tests.doors import is_in, knock
from tests.visits import read, signed_in

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("S12", "E7", "C4")]
SAID = "Maren Achterberg has left: name another primary case manager"


def leaves(cast: Cast, in_days: int) -> None:
    """The day is written down, ahead or past."""
    with acting(cast.otto):
        Staff.objects.filter(pk=cast.staff["maren"].pk).update(left_on=clock.today() + timedelta(days=in_days))


def said_to(cast: Cast, who: str) -> list[str]:
    """What waits on somebody today."""
    with acting(getattr(cast, who)):
        return [line.what for group in day_of(getattr(cast, who)).groups for line in group.lines]


def test_her_open_case_waits_on_her_supervisor_until_it_has_another_primary(cast: Cast) -> None:
    case = cast.sama
    leaves(cast, 0)
    page = read(signed_in(cast, "delphine"), "today")
    assert SAID in page
    assert f'href="{reverse("primary_next", args=[case.pk])}"' in page
    assert SAID not in said_to(cast, "tadesse")


def test_before_her_last_day_nothing_is_said_and_she_works_on(cast: Cast) -> None:
    assert cast.sama.is_open
    leaves(cast, 1)
    assert SAID not in said_to(cast, "delphine")
    browser = Client()
    knock(browser, "maren")
    assert is_in(browser, "/today/")


def test_on_the_day_itself_the_open_session_ends_with_the_next_request(cast: Cast) -> None:
    leaves(cast, 1)
    browser = Client()
    knock(browser, "maren")
    assert is_in(browser, "/today/")
    leaves(cast, 0)
    assert browser.get("/today/").headers["Location"].startswith("/account/sign-in/")
    assert "sessionid" not in browser.cookies or not browser.cookies["sessionid"].value


def test_whoever_comes_back_finds_the_door_open_again(cast: Cast) -> None:
    leaves(cast, 0)
    assert knock(Client(), "maren").status_code == 403
    with acting(cast.otto):
        Staff.objects.filter(pk=cast.staff["maren"].pk).update(left_on=None)
    assert knock(Client(), "maren").status_code == 302
