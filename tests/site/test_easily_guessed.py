"""Passwords: long ones in any words are taken as they are typed; long ones that are easy to guess are not (practice C4)."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from alongside.foundations.actor import acting
from alongside.people.actions import password_set, staff_add
from alongside.site.account import passwords
from alongside.site.account.passwords import WORDS, EasilyGuessed, about
from tests.cast import PASSWORD, Cast
from tests.doors import CODE, changes_password, is_in, knock, with_app

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C4")]
GUESSED = "among the first that would be tried"


@pytest.mark.parametrize(
    "word",
    ["password1234", "Password2026!", "P@ssw0rd!!!!", "1111sunshine!", "!!!dragon!!!", "aaaaaaaaaaaa", "abcabcabcabc", "qwertyuiopas",
     "passwordpassword", "abcdefghijkl", "lkjhgfdsapoi", "123456789abc", "alongside2026", "Alongside-Client", "caseworker 12",
     "harbourlane26", "Harbour Lane 1", "services.2026", "achterberg-12", "maren2345678"],
)  # fmt: skip
def test_what_is_long_only_because_it_was_lengthened_is_refused(cast: Cast, word: str) -> None:
    with pytest.raises(ValidationError, match=GUESSED):
        EasilyGuessed().validate(word, cast.staff["maren"].account)


@pytest.mark.parametrize(
    "word",
    [PASSWORD, "nine herons at dusk", "correct horse battery staple", "the harbour at seven", "rY7#kqP2!vLm", "ein Fluß, zwei Ufer",
     "شجرة عند النهر", "client left at dawn", "四つの灯りと一羽の鳥がいる"],
)  # fmt: skip
def test_several_words_in_any_script_are_taken(cast: Cast, word: str) -> None:
    validate_password(word, cast.staff["maren"].account)


def test_the_words_looked_for_are_those_of_the_house_the_agency_and_the_person(cast: Cast) -> None:
    found = about(cast.staff["maren"].account)
    assert found >= WORDS | {"harbour", "lane", "services", "harbourlane", "maren", "achterberg"}
    assert about(None) == WORDS
    with acting(cast.otto):
        assert "harbour" in about(None)


def test_somebody_new_gets_no_password_made_of_the_agencys_name(cast: Cast) -> None:
    with pytest.raises(Exception, match=GUESSED):
        staff_add(
            cast.otto, name="Hala Karimi", email="hala@x.example", password="Harbour-Lane-26", roles=["case_manager"]
        )


@pytest.mark.parametrize(
    "word",
    [
        "a lamp on the pier, a boat, a bell, seven gulls, and the tide that comes in late",
        "ü" * 8 + "a lamp on the pier and a boat" * 2 + " ",
        "  two spaces at both ends  ",
    ],
)
def test_a_password_of_any_length_is_good_just_as_it_was_typed(cast: Cast, word: str) -> None:
    """Not cut, not put into small letters, no space taken off."""
    browser = Client()
    knock(browser, "maren")
    assert changes_password(browser, PASSWORD, word).status_code == 302
    assert is_in(browser)
    assert knock(Client(), "maren", word).status_code == 302
    for other in (word[:-1], word.strip(), word.swapcase()):
        assert other == word or knock(Client(), "maren", other).status_code == 200


@pytest.mark.parametrize("sign", ["a", "ab", "x!", "é"])
def test_a_book_in_the_place_of_a_password_keeps_nobody_waiting(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, sign: str
) -> None:
    """What is looked at has an end, whatever is sent: the work would grow with its square and more."""
    read: list[int] = []

    def little(low: str, words: frozenset[str]) -> bool:
        read.append(len(low))
        return True

    monkeypatch.setattr(passwords, "_little_is_left", little)
    with pytest.raises(ValidationError, match=GUESSED):
        EasilyGuessed().validate(sign * 400_000, cast.staff["maren"].account)
    assert read == [128]


@pytest.mark.parametrize("cast", [False], indirect=True)
def test_a_new_first_password_leaves_the_second_step_as_it_was(cast: Cast) -> None:
    """Whoever forgot their password is given another, and still needs what they have with them."""
    with_app("maren")
    password_set(cast.otto, staff=cast.staff["maren"], password="nine herons at dusk")
    browser = Client()
    assert knock(browser, "maren", "nine herons at dusk").headers["Location"] == CODE
    assert not is_in(browser)


def test_where_ones_own_password_is_typed_it_is_covered_and_can_be_pasted(cast: Cast) -> None:
    browser = Client()
    for place in ("/account/sign-in/", "/account/password/", "/account/who-is-there/"):
        page = browser.get(place).content.decode()
        assert 'type="password"' in page, place
        assert "onpaste" not in page
        assert 'autocomplete="off"' not in page, place
        knock(browser, "maren")
