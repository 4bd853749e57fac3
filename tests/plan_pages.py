"""How the stories of the pages of planning visit them, and what is typed there."""

from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from alongside.documentation.models import Goal
from alongside.people.models import Case
from tests.cast import Cast
from tests.planning import ahead

SCRIPT = "<script>alert(1)</script>"


def page_of(cast: Cast, who: str = "maren") -> Client:
    """A browser in which someone is signed in."""
    browser = Client()
    browser.force_login(cast.staff[who].account)
    return browser


def text(response: Any) -> str:
    page: str = response.content.decode()
    return page


def at(name: str, case: Case, *more: object) -> str:
    return reverse(name, args=[case.pk, *more])


def frame_data(**changed: object) -> dict[str, object]:
    return {
        "made_on": ahead(0), "review_on": ahead(90), "reassess_on": ahead(180), "made_with": "Sama",
        "roles": "Sama saves.", "options_told": "Class: free", "once": uuid4(),
    } | changed  # fmt: skip


def objective_data(goal: Goal, **changed: object) -> dict[str, object]:
    return {
        "goal": goal.pk, "title": "Save", "indicator": "Book", "baseline": "$0", "target": "$9", "due_on": ahead(20),
        "once": uuid4(),
    } | changed  # fmt: skip
