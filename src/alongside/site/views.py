"""Pages of the frame itself: the way home, drafts, the theme, and what operators ask."""

from threading import Event

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from alongside.foundations.actor import Actor, acting
from alongside.foundations.needs import actor_of, needs
from alongside.foundations.pages import keep_draft, may_be_kept_at
from alongside.foundations.roles import ADMINISTER, NOTHING, OWN_ACCOUNT, READ_CASE, WORK_CASE
from alongside.people.actions import theme_choose
from alongside.site.way_back import came_from

PLAIN = "text/plain; charset=utf-8"
READY = Event()
"""Set once this process has found its tables; they do not go back, and nobody may make it read every migration again."""


@needs(OWN_ACCOUNT)
@require_GET
def home(request: HttpRequest) -> HttpResponseBase:
    """The first page of the morning: Today for those who work with clients, the agency's page for administrators."""
    roles = actor_of(request).roles
    if WORK_CASE.held_by(roles):
        from alongside.supervision.views import today

        return today(request)
    return HttpResponseRedirect("/agency/" if ADMINISTER.held_by(roles) and not READ_CASE.held_by(roles) else "/cases/")


@needs(NOTHING)
@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Keep what is typed at the form named by `place`. 401 when the sign-in has ended; the page keeps the words."""
    actor = getattr(request, "actor", None)
    place = request.GET.get("place", "")
    if not isinstance(actor, Actor):
        return JsonResponse({"said": "signed out"}, status=401)
    if not may_be_kept_at(place):
        return JsonResponse({"said": "no such form"}, status=422)
    with acting(actor):
        return JsonResponse({"said": keep_draft(request, place)})


@needs(OWN_ACCOUNT)
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the device; then back where one was."""
    theme_choose(actor_of(request), theme=request.POST.get("theme", "device"))
    return HttpResponseRedirect(came_from(request, "/"))


@needs(NOTHING)
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive."""
    return HttpResponse("alive\n", content_type=PLAIN)


@needs(NOTHING)
@require_GET
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and its tables are of this version."""
    if not READY.is_set() and not _behind():
        READY.set()
    if READY.is_set():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    ready = READY.is_set()
    return HttpResponse("ready\n" if ready else "behind\n", status=200 if ready else 503, content_type=PLAIN)


def _behind() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
