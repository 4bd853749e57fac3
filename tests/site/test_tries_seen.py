"""Whoever tries passwords at the door is seen at every try, also when the door no longer listens (practice C5)."""

import pytest
from django.test import Client

from alongside.foundations import looks
from tests.cast import Cast
from tests.kept import looks_seen_by

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C5")]
TRIES = 120


def failed(cast: Cast) -> int:
    """Failed tries at Maren’s name, as she herself may read them."""
    return sum(
        1 for kind, _page, _name in looks_seen_by(cast.maren) if kind in (looks.SIGN_IN_FAILED, looks.LOCKED_OUT)
    )


def test_each_of_many_tries_is_kept_and_none_gets_in(client: Client, cast: Cast) -> None:
    """Read, turned away for this name, turned away for this address: the three ways in which a try can end."""
    status: dict[int, int] = {}
    for number in range(TRIES):
        answer = client.post(
            "/account/sign-in/", {"login": "maren@harbourlane.example", "password": f"guess {number} at dusk"}
        )
        status[answer.status_code] = status.get(answer.status_code, 0) + 1
    assert set(status) == {200, 429}, status
    assert failed(cast) == TRIES
    assert client.get("/today/").status_code == 302


def test_a_try_at_a_name_that_is_nobodys_is_kept_without_a_name(client: Client, cast: Cast) -> None:
    for _again in range(40):
        assert client.post("/account/sign-in/", {"login": "x\x00@y.example", "password": "z"}).status_code in (200, 429)
    assert failed(cast) == 0
