"""What is tried with the agency’s own sign-in: e-mails nobody vouches for, answers nobody asked for, issuers gone bad (practice C4)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from alongside.foundations import clock, looks
from alongside.foundations.actor import acting
from alongside.people.actions import staff_add
from alongside.site.account.models import IssuerLink
from alongside.site.account.oidc import fetch, flow
from alongside.site.account.oidc.fetch import Silent, document, is_guarded
from tests.cast import PASSWORD, Cast
from tests.doors import is_in
from tests.issuing import BACK, IssuerHouse, begin, comes_by, issuer_house, shut, signed
from tests.kept import looks_seen_by
from tests.site.test_attacks_at_the_door import ASTRAY
from tests.visits import words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C4", "C5")]
MAREN, OPENS_NOTHING = "maren@harbourlane.example", "no account here is linked to you"
Claims = dict[str, Any]


@pytest.fixture
def house(settings: Settings) -> Iterator[IssuerHouse]:
    """Harbour Lane has a sign-in of its own."""
    with issuer_house() as made:
        settings.OIDC = made.issuer()
        yield made


EMAILS: dict[str, Claims] = {
    "not vouched for": {"email_verified": False},
    "nothing said about it": {"email_verified": None},
    "vouched for by a word": {"email_verified": "true"},
    "vouched for by a number": {"email_verified": 1},
    "of nobody here": {"email": "nobody@harbourlane.example"},
    "of another agency": {"email": "noor@eastfield.example"},
    "of another agency, in capitals": {"email": "NOOR@EASTFIELD.EXAMPLE"},
    "that only looks like hers": {"email": "mаren@harbourlane.example"},
    "that becomes hers in small letters": {"email": "tadesse@harbourlane.example".replace("s", "ſ")},
    "with a letter of nothing": {"email": "maren@harbourlane.example\x00"},
    "of several": {"email": [MAREN]},
    "none at all": {"email": None},
}


@pytest.mark.parametrize("what", EMAILS)
def test_an_e_mail_that_is_not_vouched_for_or_not_of_an_account_of_this_agency_opens_nothing(
    cast: Cast, house: IssuerHouse, what: str
) -> None:
    """And whoever comes is told the same, whether or not there is such an account."""
    browser = Client()
    house.known = {"sub": "4711"}
    answer = comes_by(house, browser, MAREN, sub="4711", **EMAILS[what])
    shut(answer, browser)
    assert OPENS_NOTHING in words_of(answer) and "4711" in words_of(answer)
    for who in (cast.maren, cast.noor):
        with acting(who):
            assert not IssuerLink.objects.exists()


def test_a_letter_that_is_folded_into_one_of_ours_is_not_ours(cast: Cast, house: IssuerHouse) -> None:
    """The sign for kelvin becomes a k in small letters; such an e-mail is another person's."""
    staff_add(cast.otto, name="Kiran Rao", email="kiran@harbourlane.example", password=PASSWORD, roles=["case_manager"])
    assert "\u212airan".lower() == "kiran"
    browser = Client()
    shut(comes_by(house, browser, "\u212airan@harbourlane.example", sub="4711"), browser)
    assert comes_by(house, browser, "Kiran@harbourlane.example", sub="4712").status_code == 302


def test_a_refusal_tells_nothing_of_which_accounts_there_are(cast: Cast, house: IssuerHouse) -> None:
    pages = set()
    for email in (MAREN, "noor@eastfield.example", "nobody@harbourlane.example"):
        answer = comes_by(house, Client(), email, sub="4711", email_verified=False)
        pages.add((answer.status_code, words_of(answer)))
    assert len(pages) == 1
    kinds = [(kind, page) for kind, page, _name in looks_seen_by(cast.maren)]
    assert kinds.count((looks.SIGN_IN_FAILED, "issuer_back")) == 1


def test_the_issuer_of_one_agency_does_not_vouch_for_another_whatever_was_linked(
    cast: Cast, house: IssuerHouse
) -> None:
    """Noor's administrator links her to a key of Harbour Lane's issuer past the pages; and one links the staff of another."""
    for writer, agency, staff in ((cast.noor, cast.elsewhere, "noor"), (cast.noor, cast.elsewhere, "maren")):
        with acting(writer):
            IssuerLink(
                agency_id=agency.pk,
                staff_id=cast.staff[staff].pk,
                issuer=house.url,
                subject=f"of {staff}",
                since=clock.now(),
            ).save(force_insert=True)
        browser = Client()
        shut(comes_by(house, browser, "x@harbourlane.example", sub=f"of {staff}"), browser)


def test_whoever_left_does_not_come_in_linked_or_not(cast: Cast, house: IssuerHouse) -> None:
    comes_by(house, Client(), "tadesse@harbourlane.example")
    for who in ("maren", "tadesse"):
        with acting(cast.otto):
            cast.staff[who].left_on = clock.today() - timedelta(days=1)
            cast.staff[who].save()
        browser = Client()
        shut(comes_by(house, browser, f"{who}@harbourlane.example"), browser)


def test_an_answer_that_nobody_asked_for_opens_nothing(cast: Cast, house: IssuerHouse, monkeypatch: Any) -> None:
    """The thief has a good code of their own, or another's; the browser that brings it never began, or began otherwise."""
    victim, thief = Client(), Client()
    asked, own = begin(victim), begin(thief)
    code = house.grant(own, signed(house.claims(own, MAREN)))
    for sent in (
        {"code": code, "state": own["state"]}, {"code": code, "state": ""}, {"code": code}, {"state": asked["state"]}, {},
        {"code": code, "state": f"{asked['state']}x"},
    ):  # fmt: skip
        browser = Client()
        shut(browser.get(BACK, sent), browser)
        begin(victim)
        shut(victim.get(BACK, sent), victim)
    assert "/tokens" not in house.asked, "no answer that was not asked for is even handed on"
    stolen = begin(victim)
    shut(victim.get(BACK, {"code": code, "state": stolen["state"]}), victim)
    assert code in house.ready, "the code is good only with what proves the asking"
    late = begin(thief)
    good = house.grant(late, signed(house.claims(late, MAREN)))
    monkeypatch.setattr(flow, "LASTS", 0)
    shut(thief.get(BACK, {"code": good, "state": late["state"]}), thief)


def test_an_answer_is_taken_once(cast: Cast, house: IssuerHouse) -> None:
    browser, other = Client(), Client()
    asked = begin(browser)
    sent = {"code": house.grant(asked, signed(house.claims(asked, MAREN))), "state": asked["state"]}
    for name, cookie in browser.cookies.items():  # whoever read the address also has the cookie of before
        other.cookies[name] = cookie.value
    assert browser.get(BACK, sent).status_code == 302
    assert other.get(BACK, sent).status_code == 403
    assert not is_in(other)


def test_what_the_issuer_hands_over_reaches_no_browser_and_is_not_kept(cast: Cast, house: IssuerHouse) -> None:
    """Neither the token nor the key to more of them: not in a page, a header, a cookie, the session or an address."""
    browser = Client()
    asked = begin(browser)
    token = signed(house.claims(asked, MAREN))
    answer = browser.get(BACK, {"code": house.grant(asked, token), "state": asked["state"]})
    page = browser.get("/account/")
    told = f"{answer.headers}{browser.cookies}{dict(browser.session)}{words_of(page)}{page.headers}"
    assert page.status_code == 200
    assert not [one for one in (token, token.split(".")[2], "shows what is known") if one in told]


def test_a_state_that_was_answered_badly_takes_no_second_answer(cast: Cast, house: IssuerHouse) -> None:
    browser = Client()
    asked = begin(browser)
    good = house.grant(asked, signed(house.claims(asked, MAREN)))
    shut(browser.get(BACK, {"code": "guessed", "state": asked["state"]}), browser)
    shut(browser.get(BACK, {"code": good, "state": asked["state"]}), browser)


@pytest.mark.parametrize("astray", ASTRAY)
def test_nobody_is_led_elsewhere_by_the_way_round(cast: Cast, house: IssuerHouse, astray: str) -> None:
    there = comes_by(house, Client(), MAREN, next=astray).headers["Location"]
    assert there == "/" or (there.startswith("/%09/") and "//" not in there[:2]), there


@pytest.mark.parametrize("place", ["/keys", "/tokens", "/.well-known/openid-configuration"])
def test_an_issuer_that_sends_us_elsewhere_is_not_followed(cast: Cast, house: IssuerHouse, place: str) -> None:
    """Not even to what would be a good answer: what we say there, a secret too, is for it alone."""
    house.instead[place] = (302, b"", f"{house.url}/elsewhere")
    house.instead["/elsewhere"] = house.answer("/keys", {}, "")
    browser = Client()
    if place.startswith("/."):
        answer = browser.get("/account/sign-in/issuer/")
    else:
        answer = comes_by(house, browser, MAREN)
    shut(answer, browser, 503)
    assert "/elsewhere" not in house.asked


def test_an_answer_that_names_another_issuer_is_not_ours(cast: Cast, house: IssuerHouse) -> None:
    browser = Client()
    asked = begin(browser)
    code = house.grant(asked, signed(house.claims(asked, MAREN)))
    shut(browser.get(BACK, {"code": code, "state": asked["state"], "iss": "https://elsewhere.example"}), browser)


def test_what_it_knows_of_somebody_else_is_not_taken(cast: Cast, house: IssuerHouse) -> None:
    house.known = {"sub": "another", "email": MAREN, "email_verified": True}
    browser = Client()
    shut(comes_by(house, browser, MAREN, sub="4711", email=None, email_verified=None), browser)


BAD = {
    "it breaks": (500, b"oops", ""),
    "it says no": (400, b'{"error": "invalid_grant"}', ""),
    "it sends us elsewhere": (302, b"", "http://127.0.0.1:9/keys"),
    "it says nothing": (200, b"", ""),
    "it speaks another language": (200, b"<html>", ""),
    "it speaks no letters": (200, b"\xff\xfe\x00", ""),
    "it says a list": (200, b"[]", ""),
    "it goes on for ever": (200, b'{"a": "' + b"x" * fetch.MOST + b'"}', ""),
    "it goes ever deeper": (200, b"[" * 100_000, ""),
}


@pytest.mark.parametrize("place", ["/.well-known/openid-configuration", "/tokens", "/keys"])
@pytest.mark.parametrize("what", BAD)
def test_an_issuer_that_is_broken_opens_nothing_and_breaks_nothing(
    cast: Cast, house: IssuerHouse, place: str, what: str
) -> None:
    house.instead[place] = BAD[what]
    browser = Client()
    if place == "/.well-known/openid-configuration":
        answer = browser.get("/account/sign-in/issuer/")
    else:
        answer = comes_by(house, browser, MAREN)
    no = (place, what) == ("/tokens", "it says no")
    shut(answer, browser, 403 if no else 503)
    assert ("does not answer at the moment" in words_of(answer)) is not no
    assert "oops" not in words_of(answer)


@pytest.mark.parametrize(
    "said",
    [{"issuer": "https://elsewhere.example"}, {"issuer": None}, {"token_endpoint": "http://elsewhere.example/tokens"},
     {"jwks_uri": "ftp://127.0.0.1/keys"}, {"jwks_uri": None}, {"authorization_endpoint": "javascript:alert(1)"},
     {"authorization_endpoint": "http://127.0.0.1.elsewhere.example/"}, {"userinfo_endpoint": "http://elsewhere.example/"}],
)  # fmt: skip
def test_an_issuer_that_describes_itself_falsely_is_not_believed(cast: Cast, house: IssuerHouse, said: Claims) -> None:
    house.places |= said
    browser = Client()
    shut(browser.get("/account/sign-in/issuer/"), browser, 503)


def test_only_what_nobody_can_listen_in_on_is_asked() -> None:
    assert is_guarded("https://id.example.org")
    assert is_guarded("http://localhost:8080", beside="http://127.0.0.1")
    for url in (
        "http://id.example.org",
        "http://127.0.0.1.example.org",
        "ftp://x",
        "",
        "https://",
        "http://[",
        "//id.example.org",
    ):
        assert not is_guarded(url), url
        with pytest.raises(Silent):
            document(url)
    assert not is_guarded("http://127.0.0.1", beside="https://id.example.org"), (
        "an issuer elsewhere sends us to no door of ours"
    )


def test_the_door_of_the_issuer_stands_no_siege(cast: Cast, house: IssuerHouse) -> None:
    """By address, with the tries of passwords: the issuer is not ours to flood."""
    status = [Client().get(BACK, {"code": "x", "state": str(number)}).status_code for number in range(40)]
    assert status.count(403) == 30
    assert status.count(429) == 10
    assert Client().get("/account/sign-in/issuer/").status_code == 429
    assert house.asked == []
