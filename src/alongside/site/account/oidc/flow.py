"""The way to the issuer and back: asked with state, nonce and PKCE, answered by a code that only we can use (RFC 6749, 7636, 9700)."""

import hmac
import secrets
import time
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import quote_plus, urlencode

from alongside.site.account.oidc.fetch import Silent, document
from alongside.site.account.oidc.issuer import Issuer, Places, keys_of, places_of
from alongside.site.account.oidc.tokens import KeyUnknown, NotVouched, claims_in, is_plain

LASTS = 10 * 60
"""Seconds in which somebody has to be back."""


@dataclass(frozen=True)
class Asked:
    """What a session keeps of an asking until the answer is there. `back` is the address of ours that the answer comes to."""

    state: str
    nonce: str
    proof: str
    back: str
    at: float
    next: str = ""


@dataclass(frozen=True)
class Vouched:
    """Whom the issuer vouches for: its own key for them, and what else it says."""

    subject: str
    email: str
    verified: bool
    several_steps: bool


def begin(issuer: Issuer, *, back: str, next: str) -> tuple[str, Asked]:
    """The address to which whoever signs in is sent, and what to keep. Raises `Silent`."""
    state, nonce, proof = (secrets.token_urlsafe(32) for _turn in range(3))
    asked = Asked(state, nonce, proof, back, time.time(), next)
    challenge = urlsafe_b64encode(sha256(asked.proof.encode()).digest()).decode().rstrip("=")
    query = {
        "response_type": "code", "client_id": issuer.client, "redirect_uri": back, "scope": "openid email",
        "state": asked.state, "nonce": asked.nonce, "code_challenge": challenge, "code_challenge_method": "S256",
    }  # fmt: skip
    if issuer.acr:
        query["acr_values"] = " ".join(issuer.acr)
    place = places_of(issuer).ask
    return f"{place}{'&' if '?' in place else '?'}{urlencode(query)}", asked


def finish(issuer: Issuer, asked: Asked | None, answer: Mapping[str, str]) -> Vouched:
    """Whom the answer is about. Raises `NotVouched` for one that was not asked for or does not hold, and `Silent`."""
    if asked is None or not 0 <= time.time() - asked.at < LASTS:
        raise NotVouched("not asked")
    if not hmac.compare_digest(answer.get("state", "").encode(), asked.state.encode()):
        raise NotVouched("state")
    if answer.get("iss", issuer.url) != issuer.url:  # RFC 9207
        raise NotVouched("issuer")
    if not answer.get("code"):
        raise NotVouched("code")
    places = places_of(issuer)
    told = _tokens(issuer, places, asked, answer["code"])
    claims = _claims(issuer, str(told.get("id_token") or ""), asked.nonce)
    return _vouched(issuer, claims, _more(places, claims, str(told.get("access_token") or "")))


def _tokens(issuer: Issuer, places: Places, asked: Asked, code: str) -> dict[str, Any]:
    sent = {"grant_type": "authorization_code", "code": code, "redirect_uri": asked.back, "code_verifier": asked.proof}
    head: dict[str, str] = {}
    if places.in_head:
        pair = f"{quote_plus(issuer.client)}:{quote_plus(issuer.secret)}"
        head["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
    else:
        sent |= {"client_id": issuer.client, "client_secret": issuer.secret}
    try:
        return document(places.tokens, sent, head)
    except Silent as refused:
        if refused.status == 400:  # a code that was never given, or was handed in before (RFC 6749, 5.2)
            raise NotVouched("code") from None
        raise


def _claims(issuer: Issuer, token: str, nonce: str) -> dict[str, Any]:
    """What the token says; a key that is not known is asked for once more, for issuers change their keys."""
    expected = {"issuer": issuer.url, "client": issuer.client, "nonce": nonce, "now": time.time()}
    try:
        return claims_in(token, keys_of(issuer), **expected)  # type: ignore[arg-type]
    except KeyUnknown:
        return claims_in(token, keys_of(issuer, anew=True), **expected)  # type: ignore[arg-type]


def _more(places: Places, claims: dict[str, Any], access: str) -> dict[str, Any]:
    """The token's claims, with the e-mail from where the issuer shows what it knows, if the token has none."""
    if "email" in claims or not places.known or not access:
        return claims
    known = document(places.known, head={"Authorization": f"Bearer {access}"})
    if known.get("sub") != claims["sub"]:
        raise NotVouched("subject")
    return {**claims, "email": known.get("email"), "email_verified": known.get("email_verified")}


def _vouched(issuer: Issuer, claims: dict[str, Any], more: dict[str, Any]) -> Vouched:
    email, methods = more.get("email"), claims.get("amr")
    several = (isinstance(methods, list) and "mfa" in methods) or claims.get("acr") in issuer.acr
    plain = email if isinstance(email, str) and is_plain(email) else ""
    return Vouched(claims["sub"], plain.lower(), more.get("email_verified") is True, several)
