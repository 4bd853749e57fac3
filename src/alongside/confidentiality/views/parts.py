"""The one page that the small forms of the room about a case share."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.confidentiality.access import in_frame
from alongside.foundations.pages import HouseForm, ask
from alongside.people.models import Case


def small_form(
    request: HttpRequest, case: Case, form: HouseForm, do: Callable[[], str], heading: str, button: str, **more: Any
) -> HttpResponse:
    """Draw a small form about who sees `case`, or do its verb; `do` returns the sentence to say and where to go is known.

    With `leads` in `more`, it goes there instead of back to the page about who may see; with `tab`, it is drawn under that.
    """
    leads = more.pop("leads", "") or reverse("case_access", args=[case.pk])
    context = in_frame(request, case, more.pop("tab", "seen"), form=form, heading=heading, button=button, **more)

    def done() -> str:
        messages.success(request, do())
        return leads

    return ask(request, form, done, "confidentiality/part.html", context)
