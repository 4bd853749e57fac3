"""Asking an issuer over HTTP: encrypted, without following it elsewhere, not for long, and never more than a little."""

import json
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

SECONDS, MOST = 10, 200_000
"""How long is waited for an answer, and how many bytes of it are read."""


class Silent(Exception):
    """The issuer gave no answer that can be used. The word is for whoever reads the code; no page shows it.

    `status` is what it answered over HTTP, 0 where it did not.
    """

    def __init__(self, word: str, status: int = 0) -> None:
        super().__init__(word)
        self.status = status


class _StayHere(HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        """An issuer that sends us elsewhere is not followed: what it is told is not for others."""


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_guarded(url: str, *, beside: str = "") -> bool:
    """True for https; for http only on this machine, where nobody listens in, and `beside` an issuer that is there too."""
    try:
        parts, other = urlsplit(url), urlsplit(beside or url)
        hosts = [one.hostname or "" for one in (parts, other)]
    except ValueError:
        return False
    if parts.scheme == "https":
        return bool(hosts[0])
    return parts.scheme == other.scheme == "http" and all(map(_is_this_machine, hosts))


def _opener(url: str) -> OpenerDirector:
    near = _is_this_machine(urlsplit(url).hostname or "")
    return build_opener(_StayHere, ProxyHandler({}) if near else ProxyHandler())


def document(url: str, sent: Mapping[str, str] | None = None, head: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The JSON object at `url`, asked for by GET, or by POST where a form is `sent`. Raises `Silent`."""
    if not is_guarded(url):
        raise Silent("not encrypted")
    body = urlencode(sent).encode() if sent is not None else None
    asked = Request(url, body, {"Accept": "application/json", **(head or {})})  # noqa: S310  (looked at just above)
    try:
        with _opener(url).open(asked, timeout=SECONDS) as answer:
            said = json.loads(answer.read(MOST))
    except HTTPError as refused:
        refused.close()
        raise Silent("refused", refused.code) from None
    except (OSError, ValueError, RecursionError) as fault:
        raise Silent(type(fault).__name__) from None
    if not isinstance(said, dict):
        raise Silent("no object")
    return said
