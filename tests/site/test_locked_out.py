"""The door under many tries: who is locked out, until when, who lifts it, and what a stranger learns from it (practice C4, C5)."""

import os
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from alongside.foundations import clock, looks
from alongside.site.account.actions import try_counts
from alongside.site.account.models import Tries
from alongside.site.account.queries import locked_until
from tests.attacks import Tried
from tests.cast import PASSWORD, Cast
from tests.doors import is_in, knock
from tests.kept import looks_seen_by
from tests.visits import read, signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C4", "C5")]
MAREN, NOBODY = "maren@harbourlane.example", "nobody@harbourlane.example"
TRIES = int(os.environ.get("ALONGSIDE_TRIES", "300"))
"""How often the door is tried; `make attacks` has it tried ten thousand times, which takes three minutes."""


def fail(times: int, who: str = MAREN, start: int = 0) -> Any:
    """Tries that fail, each from another address, so that only the account is counted; the last answer."""
    for number in range(start, start + times):
        answer = knock(Client(), who, f"wrong tide {number}", REMOTE_ADDR=address(number))
    return answer


def address(number: int) -> str:
    """Another address for each number."""
    return f"203.{number // 65536 % 250}.{number // 256 % 256}.{number % 256}"


def said(answer: Any) -> str:
    """What the door says at the top of the form."""
    return words_of(answer).split('role="alert"')[1].split("</p>")[0]


def test_a_lock_out_ends_by_itself_after_a_quarter_of_an_hour(cast: Cast) -> None:
    fail(5)
    assert knock(Client(), MAREN).status_code == 200
    end = locked_until(MAREN)
    assert end is not None
    assert timedelta(minutes=14) < end - clock.now() <= timedelta(minutes=15)
    with clock.held(end + timedelta(seconds=1)):
        assert locked_until(MAREN) is None
        assert knock(Client(), MAREN).status_code == 302


def test_tries_while_it_is_locked_do_not_make_it_longer(cast: Cast) -> None:
    fail(5)
    end = locked_until(MAREN)
    with clock.held(clock.now() + timedelta(minutes=10)):
        fail(3, start=10)
        assert locked_until(MAREN) == end


def test_failures_of_long_ago_are_forgotten_and_coming_in_forgets_them_too(cast: Cast) -> None:
    fail(4)
    with clock.held(clock.now() + timedelta(minutes=16)):
        fail(4)
        assert knock(Client(), MAREN).status_code == 302
        fail(4, start=20)
        assert knock(Client(), MAREN).status_code == 302


def test_an_administrator_sees_the_lock_out_and_lifts_it(cast: Cast) -> None:
    fail(5)
    otto, key = signed_in(cast, "otto"), cast.staff["maren"].pk
    assert "Locked out until" in read(otto, "staff_door", key)
    answer = otto.post(reverse("staff_door_open", args=[key]), follow=True)
    assert "Maren Achterberg can try again now." in words_of(answer)
    assert "Locked out until" not in words_of(answer)
    assert knock(Client(), MAREN).status_code == 302


@pytest.mark.parametrize("who", ["maren", "delphine", "quinn", "noor"])
def test_nobody_else_lifts_it(cast: Cast, who: str) -> None:
    fail(5)
    answer = signed_in(cast, who).post(reverse("staff_door_open", args=[cast.staff["maren"].pk]))
    assert answer.status_code == (404 if who == "noor" else 403)
    assert locked_until(MAREN) is not None


def test_every_try_is_a_look_and_so_is_one_at_a_locked_door(cast: Cast) -> None:
    fail(7)
    kinds = [kind for kind, _page, _name in looks_seen_by(cast.maren)]
    assert (kinds.count(looks.SIGN_IN_FAILED), kinds.count(looks.LOCKED_OUT)) == (5, 2)


def test_the_door_says_and_does_the_same_for_an_account_that_is_and_one_that_is_not(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same words, the same number of questions to the database, and one password worked out in either case."""
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: Any, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    for turn in range(7):
        seen = []
        for number, who in enumerate((MAREN, NOBODY)):
            hashed.clear()
            browser = Client()
            browser.get("/account/sign-in/")
            with CaptureQueriesContext(connection) as asked:
                answer = knock(browser, who, "wrong tide", REMOTE_ADDR=address(turn * 2 + number))
            seen.append((answer.status_code, said(answer), len(hashed), len(asked)))
        assert seen[0] == seen[1], turn
    assert "locked for fifteen minutes" in seen[0][1]


def test_what_is_kept_of_tries_names_nobody(cast: Cast) -> None:
    fail(1, MAREN)
    fail(1, NOBODY)
    keys = list(Tries.objects.values_list("key", flat=True))
    assert len(keys) == 2
    assert not [key for key in keys if "maren" in key or "nobody" in key or len(key) != 64]


def test_tries_of_yesterday_are_forgotten_with_the_next_sign_in_of_anybody(cast: Cast) -> None:
    fail(2, NOBODY)
    with clock.held(clock.now() + timedelta(days=1, minutes=1)):
        assert knock(Client(), "tadesse").status_code == 302
    assert not Tries.objects.exists()


def test_whoever_tries_too_often_within_a_minute_is_told_in_our_own_words(cast: Cast) -> None:
    for _turn in range(31):
        answer = knock(Client(), MAREN, "")
    assert answer.status_code == 429
    assert "Wait a minute, then try again." in words_of(answer)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_the_count_is_one_statement_so_tries_at_once_cannot_slip_past_it(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        counted = [try_counts("password", MAREN) for _turn in range(8)]
    assert counted == [True] * 5 + [False] * 3
    assert len(asked) == 8


def test_one_address_that_tries_many_accounts_is_stopped_and_others_come_in(cast: Cast) -> None:
    for number in range(30):
        knock(Client(), f"nobody{number}@harbourlane.example", "wrong tide", REMOTE_ADDR="198.51.100.7")
    stopped = knock(Client(), MAREN, REMOTE_ADDR="198.51.100.7")
    assert stopped.status_code in (200, 429)
    assert knock(Client(), MAREN, REMOTE_ADDR="198.51.100.8").status_code == 302


def test_a_made_up_forwarding_header_gives_nobody_a_new_address(cast: Cast) -> None:
    """Only a proxy that the installation names is believed (ALONGSIDE_PROXIES)."""
    for number in range(31):
        answer = knock(Client(), f"nobody{number}@harbourlane.example", "x", HTTP_X_FORWARDED_FOR=address(number))
    assert answer.status_code in (200, 429)
    assert knock(Client(), MAREN).status_code in (200, 429)
    assert not is_in(Client())


def test_behind_a_proxy_it_is_the_address_that_the_proxy_saw(cast: Cast, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(12):
        knock(
            Client(),
            f"nobody{number}@harbourlane.example",
            "x",
            HTTP_X_FORWARDED_FOR=f"{address(number)}, 198.51.100.9",
        )
    assert knock(Client(), MAREN, HTTP_X_FORWARDED_FOR="198.51.100.9").status_code in (200, 429)
    assert knock(Client(), MAREN, HTTP_X_FORWARDED_FOR="198.51.100.10").status_code == 302


@pytest.mark.attack("sign-in tries")
def test_of_many_tries_at_the_door_none_gets_through(cast: Cast, tried: Tried) -> None:
    """Guesses at every account of the house and at many that are none, the right password among the later ones."""
    accounts = [f"{who}@harbourlane.example" for who in ("maren", "otto", "delphine", "ines")] + [NOBODY]
    through, judged = 0, 0
    for number in range(TRIES):
        who = accounts[number % len(accounts)]
        late = number > len(accounts) * 5
        word = PASSWORD if late and number % 7 == 0 else f"wrong tide {number}"
        browser = Client()
        answer = knock(browser, who, word, REMOTE_ADDR=address(number))
        judged += "locked for fifteen" not in answer.content.decode()
        through += answer.status_code == 302 or (number % 50 == 0 and is_in(browser))
    tried(TRIES)
    assert through == 0
    assert judged == 5 * len(accounts)
