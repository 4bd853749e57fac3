"""A step that is asked about once more, on one page for all of them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.client_level.planning.forms import SureForm
from alongside.documentation.queries import case_page
from alongside.foundations.pages import ask, open_form
from alongside.people.models import Case


def sure(
    request: HttpRequest,
    case: Case,
    do: Callable[[str], object],
    *,
    title: str,
    told: str,
    button: str,
    ask_why: bool = False,
) -> HttpResponse:
    """Draw the question, or do the step: `do` calls one verb with the reason given. Leads back to the plan."""
    form = open_form(request, SureForm)
    context = case_page(request, case, "plan", form=form, title=title, told=told, button=button, ask_why=ask_why)

    def run() -> str:
        do(form.cleaned_data["reason"])
        return reverse("plan", args=[case.pk])

    return ask(request, form, run, "planning/sure.html", context)
