"""The case: its Thread, its timeline, and the whole record as one printed file."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.confidentiality.access import case_view
from alongside.confidentiality.queries import who_has_seen
from alongside.documentation.forms import TimelineForm
from alongside.documentation.queries import case_page
from alongside.documentation.queries.file import parts_of
from alongside.documentation.queries.thread_page import break_words, lede, needs_on_page
from alongside.documentation.queries.timeline import closed_notes
from alongside.documentation.queries.timeline import timeline as read_timeline
from alongside.documentation.thread import thread_of
from alongside.foundations import clock, looks
from alongside.foundations.needs import actor_of, page_name
from alongside.foundations.paper import paper
from alongside.foundations.roles import READ_CASE
from alongside.people.models import Case


@case_view(READ_CASE)
def case(request: HttpRequest, case: Case) -> HttpResponse:
    """The Thread, from need to outcome, every break with its mend (practice D1)."""
    thread = thread_of(case)
    order, only = request.GET.get("order", ""), request.GET.get("only", "")
    context = case_page(
        request, case, "thread", thread, needs=needs_on_page(case, thread, order, only), order=order, only=only,
        lede=lede(thread), break_words=break_words(thread),
    )  # fmt: skip
    return render(request, "documentation/case.html", context)


@case_view(READ_CASE)
def timeline(request: HttpRequest, case: Case) -> HttpResponse:
    """What happened, newest first, of the kinds and days asked for (practice D2, D4)."""
    form = TimelineForm(request.GET)
    wanted = form.wanted
    kept = [("kind", group) for group in sorted(wanted.groups)]
    kept += [(name, day.isoformat()) for name, day in (("since", wanted.since), ("until", wanted.until)) if day]
    context = case_page(
        request, case, "timeline", form=form, chosen=wanted.groups, kept=urlencode(kept), filtered=bool(kept),
        page=read_timeline(case, wanted, request.GET.get("before", "")), closed=closed_notes(case),
    )  # fmt: skip
    return render(request, "documentation/timeline.html", context)


@case_view(READ_CASE)
def seen(request: HttpRequest, case: Case) -> HttpResponse:
    """Who has opened this record, and what they did in it (practice C5).

    It lies here because it has the header of a case; what it shows is read in the room of confidentiality.
    """
    outside = request.GET.get("who") == "outside"
    page = who_has_seen(case, _date(request.GET.get("before", "")), outside)
    return render(request, "documentation/seen.html", case_page(request, case, "seen", page=page, outside=outside))


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@case_view(READ_CASE)
def case_file(request: HttpRequest, case: Case) -> HttpResponse:
    """The whole record as one file, with what is missing in it (practice D2, D3, T3). The print is kept as a look."""
    actor = actor_of(request)
    looks.look(looks.PRINTED, actor=actor, case=case.pk, page=page_name(request))
    parts = parts_of(case)
    context = {
        "case": case, "client": case.client, "parts": parts, "missing": [words for part in parts for words in part.missing],
        "printed_by": actor.name, "printed_at": clock.now(),
    }  # fmt: skip
    return paper(request, "documentation/file.html", context, f"case-file-{case.number}")
