"""Each view states what it needs; a system check fails on one that does not."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.utils.translation import gettext as _

from alongside.foundations import clock, looks
from alongside.foundations.actor import Actor, acting, current
from alongside.foundations.errors import NotAllowed, NotYours
from alongside.foundations.roles import NOTHING, Right

METHODS = ("GET", "HEAD", "POST")
"""What a browser asks by. Any other would be taken by a view for a look at the page, or be echoed."""

Routed = Callable[..., HttpResponseBase]
"""A view as the resolver calls it, with the parts of the route by name."""


def actor_of(request: HttpRequest) -> Actor:
    """The member of staff who sent this request. Raises `NotYours` when there is none."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        raise NotYours("There is nothing here.")
    return actor


def state_need(view: Any, right: Right) -> None:
    """Mark a view, ours or a library's, with the right it needs."""
    view.stated_need = right


def page_name(request: HttpRequest) -> str:
    """The name of the address asked for, for looks and logs: it never carries what was typed."""
    return request.resolver_match.view_name if request.resolver_match else ""


def needs(right: Right) -> Callable[[Routed], Routed]:
    """State that a view needs `right`; refuse others, and keep the refusal as a look.

    The view runs in one transaction in which the database knows the actor; an error undoes all of it.
    """

    def state(view: Routed) -> Routed:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in METHODS:
                return HttpResponseNotAllowed(METHODS)
            if right is not NOTHING and not right.held_by(actor_of(request).roles):
                looks.look(looks.REFUSED, actor=actor_of(request), page=page_name(request))
                raise NotAllowed(_("Your role does not include this page."))
            if not isinstance(getattr(request, "actor", None), Actor):
                return view(request, *args, **kwargs)
            if current() == actor_of(request):  # a view within a view: the transaction is open
                return view(request, *args, **kwargs)
            with clock.one_day(), acting(actor_of(request)):
                return view(request, *args, **kwargs)

        state_need(guarded, right)
        if right is NOTHING:
            return login_not_required(guarded)
        return guarded

    return state
