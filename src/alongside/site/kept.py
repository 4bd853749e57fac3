"""What somebody sent after their sign-in had run out is kept for them, as a draft, until they are back (design section 9).

With script the page has kept it already; this is for a browser without.
"""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare

from alongside.foundations import clock
from alongside.foundations.actor import Actor, acting
from alongside.foundations.pages import KEPT_OUT, keep_words, may_be_kept_at
from alongside.foundations.roles import NOTHING
from alongside.people.models import Account
from alongside.site.account.door import staff_behind


class KeptForTheWriter:
    """Before the door is shown: whose session ran out is known from its row, and only they will see the draft.

    A session that was signed out of leaves no row, so what is sent with it has no writer and is not kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> None:
        """Keep what was sent; the sign-in page follows, and after it the form with the words in it."""
        if request.method == "POST" and not request.user.is_authenticated:
            keep_for(lambda: _writer(request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")), request, view)


def keep_for(writer_of: Callable[[], Actor | None], request: HttpRequest, view: object) -> None:
    """Keep what a browser sent to a page that does not take it now, for whoever `writer_of` says wrote it, if anyone."""
    place = request.get_full_path()
    if request.method != "POST" or not (_is_stopped(view) and may_be_kept_at(place)):
        return
    if "text/html" not in request.headers.get("Accept", "") or set(request.POST) <= KEPT_OUT:
        return
    writer = writer_of()
    if writer is not None:
        with acting(writer):
            keep_words(writer, place, request.POST)


def _is_stopped(view: object) -> bool:
    """True for a page that needs a sign-in: what is sent to the door itself goes on, and is no draft."""
    return getattr(view, "stated_need", NOTHING) is not NOTHING


def _writer(key: str) -> Actor | None:
    """Whose session this was, if it ended by time alone, not long ago, and would be good otherwise; without any right.

    Not long ago is no longer than a session lasts: nobody goes on with a page after that, save with a stolen key.
    """
    lately = clock.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    row = Session.objects.filter(session_key=key, expire_date__gt=lately).first() if key else None
    told = row.get_decoded() if row else {}
    account = Account.objects.filter(pk=told[SESSION_KEY]).first() if SESSION_KEY in told else None
    if account is None or not constant_time_compare(told.get(HASH_SESSION_KEY, ""), account.get_session_auth_hash()):
        return None
    return staff_behind(account)
