"""The case: its Thread, its timeline, and the whole record as one printed file."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.confidentiality.access import case_view
from alongside.documentation.forms import TimelineForm
from alongside.documentation.queries import case_page
from alongside.documentation.queries.thread_page import break_words, lede, needs_on_page
from alongside.documentation.queries.timeline import timeline as read_timeline
from alongside.documentation.thread import thread_of
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
        page=read_timeline(case, wanted, request.GET.get("before", "")),
    )  # fmt: skip
    return render(request, "documentation/timeline.html", context)
