"""Saying who is there, once more: the session goes on under another key, and that somebody said so is kept (practice C4, C5)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponseBase

from alongside.foundations import looks
from alongside.foundations.needs import actor_of, page_name
from alongside.site.account.door import Door

View = Callable[..., HttpResponseBase]


def key_turned(view: View) -> View:
    """The library's page that asks who is there; whoever answered it holds a new key, and the old one opens nothing."""

    @wraps(view)
    def turned(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        before = _said_at(request)
        answer = view(request, *args, **kwargs)
        door = Door.of(request)
        if _said_at(request) > before and door is not None:
            request.session.cycle_key()
            door.touch(actor_of(request))
            looks.look(looks.SAID_WHO, actor=actor_of(request), page=page_name(request))
        return answer

    return turned


def must_say_who(request: HttpRequest) -> None:
    """Raises `ReauthenticationRequired`, which leads to that page and back, unless somebody said so within ten minutes."""
    if get_adapter(request).is_reauthentication_required(app="alongside"):
        raise ReauthenticationRequired


def _said_at(request: HttpRequest) -> float:
    """When whoever is there last gave a password or used a passkey; 0 for nobody."""
    records = get_authentication_records(request, request.user) if request.user.is_authenticated else []
    return max((float(record["at"]) for record in records), default=0.0)
