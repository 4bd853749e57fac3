"""A device and a place in words that people know, and no finer than that."""

import re
from ipaddress import IPv4Address, IPv6Network, ip_address
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from alongside.foundations.ids import new_id

COOKIE = "__Host-device" if settings.HTTPS else "device"
COOKIE_LASTS = 400 * 24 * 60 * 60  # seconds: the longest that browsers keep one
BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "Chromebook"), ("Windows", "Windows"),
    ("Mac OS X", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def name_of(agent: str) -> str:
    """What a browser says it is, in plain words: “Firefox on Windows”."""
    browser = next((word for mark, word in BROWSERS if re.search(rf"\b{mark}/", agent)), "")
    system = next((word for mark, word in SYSTEMS if mark in agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("a device that does not say what it is")


def place_of(address: str) -> str:
    """Where a request came from, coarsely: this machine, the office's own network, or the first half of the address."""
    found = ip_address(address)
    if found.is_loopback:
        return _("this machine")
    if found.is_private:
        return _("the local network")
    if isinstance(found, IPv4Address):
        return _("an address beginning %(start)s") % {"start": ".".join(str(found).split(".")[:2])}
    start = IPv6Network((found, 32), strict=False).network_address
    return _("an address beginning %(start)s") % {"start": str(start).rstrip(":")}


def mark_of(request: HttpRequest) -> UUID:
    """The random mark of the browser that asks, or a new one."""
    try:
        return UUID(request.get_signed_cookie(COOKIE, default="", salt=COOKIE))
    except ValueError:
        return new_id()
