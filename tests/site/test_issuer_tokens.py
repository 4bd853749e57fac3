"""Tokens that do not hold: each would open Maren’s account if one thing were not looked at (practice C4)."""

import hmac
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from pytest_django import Settings

from alongside.site.account.oidc.tokens import NotVouched, claims_in
from tests.cast import Cast
from tests.issuing import (
    BACK,
    CLIENT,
    KEY,
    OTHER,
    IssuerHouse,
    begin,
    comes_by,
    issuer_house,
    letters,
    shown,
    shut,
    signed,
)

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C4")]
MAREN = "maren@harbourlane.example"
Claims = dict[str, Any]


@pytest.fixture
def house(settings: Settings) -> Iterator[IssuerHouse]:
    """Harbour Lane has a sign-in of its own."""
    with issuer_house() as made:
        settings.OIDC = made.issuer()
        yield made


class In(int):
    """So many seconds from the moment at which the token is made."""


CLAIMS: dict[str, tuple[str, Claims]] = {
    "another issuer": ("issuer", {"iss": "https://elsewhere.example"}),
    "an issuer with one letter more": ("issuer", {"iss": "http://127.0.0.1/"}),
    "no issuer": ("issuer", {"iss": None}),
    "for somebody else": ("audience", {"aud": "another-program"}),
    "for a list of others": ("audience", {"aud": ["another-program", "a-third"]}),
    "for us among others, and not given to us": ("audience", {"aud": [CLIENT, "another-program"]}),
    "for us among others, given to another": (
        "audience",
        {"aud": [CLIENT, "another-program"], "azp": "another-program"},
    ),
    "for us, given to another": ("audience", {"azp": "another-program"}),
    "for nobody": ("audience", {"aud": None}),
    "for what is no list": ("audience", {"aud": {CLIENT: True}}),
    "for another asking": ("nonce", {"nonce": "of another asking"}),
    "for no asking": ("nonce", {"nonce": None}),
    "for an asking that is no word": ("nonce", {"nonce": ["x"]}),
    "over since two minutes": ("time", {"exp": In(-120)}),
    "without an end": ("time", {"exp": None}),
    "with an end that is a word": ("time", {"exp": "9999999999"}),
    "with an end that is yes": ("time", {"exp": True}),
    "with an end that is no number": ("time", {"exp": float("nan")}),
    "with an end beyond all time": ("time", {"exp": 10**400}),
    "made long ago": ("time", {"iat": In(-3600)}),
    "made tomorrow": ("time", {"iat": In(86_400)}),
    "made never": ("time", {"iat": None}),
    "not good yet": ("time", {"nbf": In(600)}),
    "about nobody": ("subject", {"sub": None}),
    "about an empty key": ("subject", {"sub": ""}),
    "about a number": ("subject", {"sub": 7}),
    "about a key with a letter of nothing": ("subject", {"sub": "47\x0011"}),
    "about a key without end": ("subject", {"sub": "x" * 256}),
}


@pytest.mark.parametrize("what", CLAIMS)
def test_a_token_that_says_anything_but_the_truth_of_now_opens_nothing(
    cast: Cast, house: IssuerHouse, what: str
) -> None:
    why, said = CLAIMS[what]
    claims: Claims = {name: int(time.time()) + told if isinstance(told, In) else told for name, told in said.items()}
    browser = Client()
    shut(comes_by(house, browser, MAREN, **claims), browser)
    asked = {"nonce": "n"}
    token = signed(house.claims(asked, MAREN, **claims))
    with pytest.raises(NotVouched) as refused:
        claims_in(token, house.keys, issuer=house.url, client=CLIENT, nonce="n", now=time.time())
    assert refused.value.why == why


def unsigned(claims: Claims) -> str:
    """`alg: none`, as many have fallen for."""
    return f"{letters({'alg': 'none'})}.{letters(claims)}."


def unsigned_with_a_tail(claims: Claims) -> str:
    """The same with something where the signature stands."""
    return f"{letters({'alg': 'nOnE', 'kid': 'one'})}.{letters(claims)}.{letters(b'x')}"


def by_the_public_key(claims: Claims) -> str:
    """HS256 with the public key for a secret."""
    pem = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    text = f"{letters({'alg': 'HS256', 'kid': 'one'})}.{letters(claims)}"
    return f"{text}.{letters(hmac.digest(pem, text.encode(), sha256))}"


def by_its_own_key(claims: Claims) -> str:
    """Signed by a key that the token itself brings along."""
    return signed(claims, OTHER, jwk=shown(OTHER), jku="https://elsewhere.example/keys", kid="one")


def by_another_key(claims: Claims) -> str:
    """Signed by somebody who knows the name of the key."""
    return signed(claims, OTHER)


def by_a_key_nobody_knows(claims: Claims) -> str:
    """Signed by a key that the issuer never showed."""
    return signed(claims, OTHER, kid="two")


def changed_later(claims: Claims) -> str:
    """A true token of Tadesse's, into which Maren's e-mail was written."""
    head, _body, mark = signed(claims | {"email": "tadesse@harbourlane.example"}).split(".")
    return f"{head}.{letters(claims)}.{mark}"


def with_what_must_be_understood(claims: Claims) -> str:
    """It says that a part of it has to be understood that we do not know."""
    return signed(claims, crit=["exp"])


def by_another_algorithm(claims: Claims) -> str:
    """Signed truly, and said to be signed otherwise."""
    return signed(claims, alg="RS512")


FORGED: tuple[Callable[[Claims], str], ...] = (
    unsigned, unsigned_with_a_tail, by_the_public_key, by_its_own_key, by_another_key, by_a_key_nobody_knows, changed_later,
    with_what_must_be_understood, by_another_algorithm,
)  # fmt: skip
SHAPES = ("", ".", "..", "a.b", "a.b.c.d", "ä.ö.ü", "e30.e30.e30", f"{letters({'alg': 'RS256'})}.W10.eA", "x" * 30_000, "null.null.null",
          f"{letters(b'[' * 9_000)}.e30.e30")  # fmt: skip


@pytest.mark.parametrize("forge", FORGED)
def test_a_token_that_the_issuer_did_not_sign_opens_nothing(
    cast: Cast, house: IssuerHouse, forge: Callable[[Claims], str]
) -> None:
    browser = Client()
    asked = begin(browser)
    code = house.grant(asked, forge(house.claims(asked, MAREN)))
    shut(browser.get(BACK, {"code": code, "state": asked["state"]}), browser)


@pytest.mark.parametrize("token", SHAPES)
def test_what_is_no_token_opens_nothing_and_breaks_nothing(cast: Cast, house: IssuerHouse, token: str) -> None:
    browser = Client()
    asked = begin(browser)
    shut(browser.get(BACK, {"code": house.grant(asked, token), "state": asked["state"]}), browser)


def test_a_weak_key_or_one_meant_for_something_else_is_none(cast: Cast, house: IssuerHouse) -> None:
    weak = generate_private_key(65537, 1024)  # noqa: S505  (that is what is tried)
    good = shown(KEY)
    shows: list[tuple[list[Any], RSAPrivateKey]] = [
        ([shown(weak)], weak), ([good | {"use": "enc"}], KEY), ([good | {"alg": "RS512"}], KEY), ([good, good], KEY), ([], KEY),
        ([good | {"n": "%%"}], KEY), ([good | {"kty": "oct"}], KEY), ([{"kty": "RSA", "kid": "one"}], KEY), ([7, None], KEY),
    ]  # fmt: skip
    for keys, by in shows:
        with pytest.raises(NotVouched) as refused:
            token = signed(house.claims({"nonce": "n"}, MAREN), by)
            claims_in(token, keys, issuer=house.url, client=CLIENT, nonce="n", now=time.time())
        assert refused.value.why in ("key", "shape"), keys
