"""What every page's frame shows: places to go, who is signed in, the theme."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language_bidi

from alongside.foundations.actor import Actor
from alongside.foundations.roles import ADMINISTER, READ_CASE, RECEIVE, SUPERVISE, WORK_CASE
from alongside.site.account.door import issuer_here
from alongside.site.account.queries import new_devices


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame; empty of client data."""
    actor = getattr(request, "actor", None)
    # Where one thing comes first (a password of one's own, a second step, saying who is there) the frame offers nothing else.
    if not isinstance(actor, Actor) or getattr(request, "first_things", False):
        return {"theme": "device", "rtl": get_language_bidi(), "issuer_here": issuer_here}
    places = [
        ("today", "sun", WORK_CASE),
        ("cases", "users", READ_CASE),
        ("referrals_in", "inbox", RECEIVE),
        ("agency", "building", ADMINISTER),
    ]
    return {
        "actor": actor,
        "agency_name": getattr(request, "agency_name", ""),
        "demonstration": getattr(request, "demonstration", False),
        "new_devices": partial(new_devices, actor.staff),  # asked only by a page that shows them
        "idle_minutes": getattr(request, "idle_minutes", None),
        "theme": getattr(request.user, "theme", "device"),
        "rtl": get_language_bidi(),
        "places": [{"name": name, "icon": icon} for name, icon, right in places if right.held_by(actor.roles)],
        "finds": READ_CASE.held_by(actor.roles),
        "oversees": SUPERVISE.held_by(actor.roles),
    }
