"""Who acts, how refusals are answered, and the headers every page carries."""

from collections.abc import Callable

from django.contrib.auth import logout
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from alongside.foundations import looks
from alongside.foundations.actor import Actor
from alongside.foundations.errors import AlongsideError, Busy, ChangedByAnother, NotAllowed, NotYours, RuleBroken
from alongside.foundations.master import Damaged, KeyMissing
from alongside.foundations.needs import page_name
from alongside.foundations.roles import Role
from alongside.foundations.uploads import MEGABYTE, MOST_REQUEST, too_large

Answer = Callable[[HttpRequest], HttpResponseBase]

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "object-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class SafeHeaders:
    """A strict content policy on every answer, and no copy of client data kept anywhere between.

    It comes before all other middleware, so that an answer which one of them gives bears it too.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        if not request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-store"
        if request.method == "POST" and page_name(request) == "account_logout":
            # Nothing is kept there; should a library or an extension ever have put something by, it goes too.
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


class NotTooLarge:
    """Refuse a request that says it is larger than anything is ever taken, before a byte of it is read into a form."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if too_large(request.META.get("CONTENT_LENGTH") or ""):
            most = MOST_REQUEST // MEGABYTE
            sentence = _("This is too large: at most %(most)d MB can be sent at once.") % {"most": most}
            return render(request, "refused.html", {"sentence": sentence, "status": 413}, status=413)
        return self.get_response(request)


class WhoActs:
    """Find the member of staff behind the sign-in, and their language, before any view runs."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        account = request.user
        if account.is_authenticated:
            with connection.cursor() as cursor:
                cursor.execute("SELECT * FROM staff_of(%s)", [account.pk])
                row = cursor.fetchone()
            if row is not None:
                staff, agency, name, title, roles, demonstration, agency_name = row
                request.actor = Actor(staff, agency, account.pk, name, frozenset(map(Role, roles)), title)  # type: ignore[attr-defined]
                request.agency_name, request.demonstration = agency_name, demonstration  # type: ignore[attr-defined]
            else:
                logout(request)  # they left, and with them goes the session
        with translation.override(_language(account) or translation.get_language()):
            return self.get_response(request)


def _language(account: object) -> str:
    return str(getattr(account, "language", "")) if isinstance(account, AbstractBaseUser) else ""


class Refusals:
    """Answer each kind of refusal with its page: 404 to strangers, 403 to members, 409 and 422 with the reason."""

    STATUS: tuple[tuple[type[AlongsideError], int], ...] = (
        (NotYours, 404), (NotAllowed, 403), (ChangedByAnother, 409), (RuleBroken, 422), (Busy, 429), (Damaged, 500), (KeyMissing, 503),
    )  # fmt: skip

    KEPT = (NotYours, NotAllowed, Http404, PermissionDenied)

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        looks.refusal_kept.set(False)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """The page for a refusal; other errors are left to Django.

        Whoever was refused what is not theirs is kept as a look, wherever it was refused (C5). It bears no case: a team
        that meets an old address of its own is nothing that stands out.
        """
        actor = getattr(request, "actor", None)
        if isinstance(error, self.KEPT) and actor is not None and not looks.refusal_kept.get():
            looks.look(looks.REFUSED, actor=actor, page=page_name(request))
        for kind, status in self.STATUS:
            if isinstance(error, kind):
                page = "404.html" if status == 404 else "refused.html"
                return render(request, page, {"sentence": error.sentence, "status": status}, status=status)
        return None
