"""The idle lock: a page left open asks who is there before it shows anything or takes anything in (practice C4)."""

from collections.abc import Callable

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode

from alongside.foundations.actor import Actor
from alongside.site.account.door import Door
from alongside.site.kept import keep_for
from alongside.site.way_back import came_from

OPEN = frozenset({
    "account_logout", "account_reauthenticate", "mfa_reauthenticate_webauthn", "lock", "here", "draft", "healthz", "readyz",
})  # fmt: skip
"""What a locked session may still do: say who is there, leave, and have its words kept."""


class IdleLock:
    """Asks again who is there after the agency's minutes without a sign of anybody; what was sent meanwhile is kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponseBase | None:
        """Let an open session go on, and stop a locked one."""
        door, actor = Door.of(request), getattr(request, "actor", None)
        if door is None or not isinstance(actor, Actor):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not door.is_locked:
            door.touch(actor)
            request.idle_minutes = door.minutes  # type: ignore[attr-defined]
            return None
        request.first_things = True  # type: ignore[attr-defined]
        if name in OPEN:
            return None
        keep_for(lambda: actor, request, view)
        if "text/html" not in request.headers.get("Accept", "text/html"):
            return JsonResponse({"said": "locked"}, status=401)
        place = request.get_full_path() if request.method == "GET" else came_from(request, request.get_full_path())
        return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{urlencode({REDIRECT_FIELD_NAME: place})}")
