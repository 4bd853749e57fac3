"""The issuer: the agency's own sign-in, as the environment names it and as it describes itself (OpenID Connect Discovery 1.0)."""

import time
from dataclasses import dataclass
from functools import partial
from typing import Any

from alongside.foundations import env
from alongside.site.account.oidc.fetch import Silent, document, is_guarded

SETTING = "ALONGSIDE_OIDC_"
WELL_KNOWN = "/.well-known/openid-configuration"
REMEMBERED, NOT_SOONER = 10 * 60, 60
"""Seconds for which what an issuer says of itself is remembered, and within which its keys are not asked for twice."""


@dataclass(frozen=True)
class Issuer:
    """Who may vouch for the staff of `agency`, and of no other. `name` is what the button says.

    `acr` are the values by which it says that somebody passed several steps; `amr` with `mfa` in it says so anyway (RFC 8176).
    """

    url: str
    client: str
    secret: str
    agency: str
    name: str
    acr: tuple[str, ...] = ()


def from_environment() -> Issuer | None:
    """The issuer that is named; None where none is. Raises ValueError where something is missing or open to listeners."""
    url = env.text(f"{SETTING}ISSUER")
    if not url:
        return None
    needed = ("CLIENT_ID", "CLIENT_SECRET", "AGENCY")
    client, secret, agency = (env.text(SETTING + part) for part in needed)
    missing = [SETTING + part for part, said in zip(needed, (client, secret, agency), strict=True) if not said]
    if missing:
        raise ValueError(f"{SETTING}ISSUER is named, and so has to be {', '.join(missing)}")
    if not is_guarded(url):
        raise ValueError(f"{SETTING}ISSUER should begin with https://")
    name = env.text(f"{SETTING}NAME") or agency
    return Issuer(url, client, secret, agency, name, tuple(env.text(f"{SETTING}ACR").split()))


@dataclass(frozen=True)
class Places:
    """Where an issuer asks people, gives tokens, and shows its keys and what it knows of somebody (empty where it does not).

    With `in_head`, the client names itself in the head of what it sends, else in the form.
    """

    ask: str
    tokens: str
    keys: str
    known: str
    in_head: bool


_remembered: dict[tuple[str, str], tuple[float, Any]] = {}


def _once(key: tuple[str, str], read: Any, lasts: float = REMEMBERED) -> Any:
    at, value = _remembered.get(key, (0.0, None))
    if value is None or time.monotonic() - at > lasts:
        value = read()
        _remembered[key] = (time.monotonic(), value)
    return value


def places_of(issuer: Issuer) -> Places:
    """Where it is to be asked. Raises `Silent` when it does not say, or says what must not be believed."""
    found: Places = _once(("places", issuer.url), partial(_described, issuer))
    return found


def _described(issuer: Issuer) -> Places:
    said = document(issuer.url.rstrip("/") + WELL_KNOWN)
    if said.get("issuer") != issuer.url:
        raise Silent("it describes itself as another issuer")
    ask, tokens, keys, known = (
        str(said.get(name) or "")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")
    )
    if not all(is_guarded(place, beside=issuer.url) for place in (ask, tokens, keys, known or issuer.url)):
        raise Silent("it names a place that is open to listeners")
    ways = said.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return Places(ask, tokens, keys, known, in_head="client_secret_basic" in ways)


def keys_of(issuer: Issuer, *, anew: bool = False) -> list[Any]:
    """Its public keys; `anew` where it may have changed them, yet not more often than once a minute. Raises `Silent`."""
    place = places_of(issuer).keys
    found: list[Any] = _once(("keys", issuer.url), partial(_keys_at, place), NOT_SOONER if anew else REMEMBERED)
    return found


def _keys_at(place: str) -> list[Any]:
    found = document(place).get("keys")
    return found if isinstance(found, list) else []


def forget() -> None:
    """Forget what issuers said of themselves."""
    _remembered.clear()
