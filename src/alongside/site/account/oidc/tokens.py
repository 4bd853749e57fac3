"""ID tokens: who signed one, for whom, when, and for which asking (OpenID Connect Core 1.0, 3.1.3.7). Nothing is taken on trust.

Only RS256, which every issuer has to be able to (15.1): a token chooses neither its algorithm nor brings its key.
"""

import hmac
import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256

ALGORITHM, LEAST_BITS = "RS256", 2048
MOST_LETTERS = 20_000
DRIFT, LASTS, MOST_SECONDS = 60, 10 * 60, 10**11
"""Seconds by which clocks may differ; after which a token is too old for a sign-in that is under way; and of no time at all."""
LETTERS = re.compile(r"[A-Za-z0-9_-]+")


class NotVouched(Exception):
    """What was said of somebody does not hold. `why` is a word for the tests and for nobody else."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class KeyUnknown(NotVouched):
    """It names a key that the issuer has not shown."""


def claims_in(token: str, keys: list[Any], *, issuer: str, client: str, nonce: str, now: float) -> dict[str, Any]:
    """What the issuer says of whoever is there. Raises `NotVouched`, and `KeyUnknown` where its keys may have changed."""
    parts = token.split(".")
    if len(token) > MOST_LETTERS or len(parts) != 3:
        raise NotVouched("shape")
    head = _object(parts[0])
    if head.get("alg") != ALGORITHM or "crit" in head:
        raise NotVouched("algorithm")
    try:
        _key_for(head, keys).verify(_bytes(parts[2]), f"{parts[0]}.{parts[1]}".encode(), PKCS1v15(), SHA256())
    except InvalidSignature:
        raise NotVouched("signature") from None
    claims = _object(parts[1])
    _must_be_ours(claims, issuer, client, nonce)
    _must_be_of_now(claims, now)
    return claims


def _bytes(part: str) -> bytes:
    if not LETTERS.fullmatch(part):
        raise NotVouched("shape")
    try:
        return urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except ValueError:
        raise NotVouched("shape") from None


def _object(part: str) -> dict[str, Any]:
    try:
        found = json.loads(_bytes(part))
    except (ValueError, RecursionError):
        raise NotVouched("shape") from None
    if not isinstance(found, dict):
        raise NotVouched("shape")
    return found


def _key_for(head: Mapping[str, Any], keys: list[Any]) -> RSAPublicKey:
    """The one key that it can have been signed with; never one that the token brings along."""
    fit = [
        key
        for key in keys
        if isinstance(key, dict)
        and key.get("kty") == "RSA"
        and key.get("use", "sig") == "sig"
        and key.get("alg", ALGORITHM) == ALGORITHM
        and ("kid" not in head or key.get("kid") == head["kid"])
    ]
    if len(fit) != 1:
        raise KeyUnknown("key")
    try:
        exponent, modulus = (int.from_bytes(_bytes(str(fit[0][part]))) for part in ("e", "n"))
        found = RSAPublicNumbers(exponent, modulus).public_key()
    except (LookupError, ValueError):
        raise NotVouched("key") from None
    if found.key_size < LEAST_BITS:
        raise NotVouched("key")
    return found


def _must_be_ours(claims: Mapping[str, Any], issuer: str, client: str, nonce: str) -> None:
    """From this issuer, for us alone, for this asking, about somebody."""
    meant = claims.get("aud")
    meant = [meant] if isinstance(meant, str) else meant
    if claims.get("iss") != issuer:
        raise NotVouched("issuer")
    if not isinstance(meant, list) or client not in meant:
        raise NotVouched("audience")
    if claims.get("azp", client if len(meant) == 1 else None) != client:
        raise NotVouched("audience")
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise NotVouched("nonce")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255 or not is_plain(subject):
        raise NotVouched("subject")


def _must_be_of_now(claims: Mapping[str, Any], now: float) -> None:
    until, made = (_time(claims, name) for name in ("exp", "iat"))
    since = _time(claims, "nbf") if "nbf" in claims else made
    if until + DRIFT <= now or made + LASTS + DRIFT <= now or max(made, since) > now + DRIFT:
        raise NotVouched("time")


def _time(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) < MOST_SECONDS:  # NaN too
        raise NotVouched("time")
    return value


def is_plain(text: str) -> bool:
    """True for ASCII letters and signs alone: no letter of another script that looks, or is folded, like one of them."""
    return text.isascii() and text.isprintable()
