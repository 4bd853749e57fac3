"""Today, and the list of cases."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from alongside.confidentiality.queries.sharing import shared_in
from alongside.foundations import looks
from alongside.foundations.needs import actor_of, needs, page_name
from alongside.foundations.roles import READ_CASE, SUPERVISE, WORK_CASE
from alongside.supervision.forms import FindForm
from alongside.supervision.queries.caseload import find, page_of_cases
from alongside.supervision.queries.day import day_of


def _after(request: HttpRequest) -> UUID | None:
    """The case that the page before ended with; None when the address does not name one."""
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None


@needs(WORK_CASE)
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """What is due, overdue, unsigned, unanswered and unseen; each line leads to where it is done (practice M7).

    It names clients, so it is kept as a look, as every list of them is (C5).
    """
    looks.look(looks.LISTED, actor=actor_of(request), page=page_name(request))
    day = day_of(actor_of(request), _after(request))
    # Whoever has cases of their own finds those of others below them, on the page of cases.
    shared = [] if day.carried else shared_in()
    return render(request, "supervision/today.html", {"here": "today", "day": day, "shared": shared})


@needs(READ_CASE)
@require_http_methods(["GET", "POST"])
def cases(request: HttpRequest) -> HttpResponse:
    """The cases one works on, or may open; by POST, those found by what was typed, kept as a look (C4, C5)."""
    actor = actor_of(request)
    if request.method == "POST":
        form = FindForm(request.POST)
        found = find(form.cleaned_data["q"]) if form.is_valid() else []
        looks.look(looks.SEARCHED, actor=actor, page="cases")
        context = {"here": "cases", "form": form, "rows": found}
        return render(request, "supervision/found.html", context, status=200 if form.is_valid() else 422)
    looks.look(looks.LISTED, actor=actor, page=page_name(request))
    wide = SUPERVISE.held_by(actor.roles)
    own, closed = not wide or request.GET.get("whose") == "mine", request.GET.get("which") == "closed"
    page = page_of_cases(actor, own=own, closed=closed, after=_after(request))
    context = {"here": "cases", "form": FindForm(), "page": page, "rows": page.rows, "own": own, "closed": closed,
               "wide": wide, "further": _after(request) is not None, "shared": shared_in()}  # fmt: skip
    return render(request, "supervision/cases.html", context)
