"""Browsers, addresses and what forms send, for the stories of the pages of assessment."""

import re
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from alongside.client_level.assessment.actions import (
    Account,
    Occasion,
    need_add,
    sitting_begin,
)  # fmt: skip
from alongside.client_level.assessment.models import Sitting
from alongside.documentation.models import Need
from alongside.foundations import clock
from tests.cast import Cast

SCRIPT = "<script>alert('x')</script>"
NEED: dict[str, Any] = {
    "title": "A safe place to live that lasts", "client_words": "A door of my own.", "domain": "environmental",
    "extent": 4, "client_capacity": 3, "network_capacity": 1, "agency_capacity": 3, "sources": ["interview", "documents"],
}  # fmt: skip
STRENGTH: dict[str, Any] = {
    "kind": "strength", "objective_words": "Kept 11 of 11 appointments.", "client_words": "If I say I come, I come.",
    "sources": ["documents"],
}  # fmt: skip
HOME = Account("Two rooms, no lease.", "I sleep where the washing machine is.", ["interview"])


def signed_in(cast: Cast, who: str) -> Client:
    """Another browser, with someone else."""
    browser = Client()
    browser.force_login(cast.staff[who].account)
    return browser


def to(name: str, cast: Cast, *more: Any) -> str:
    """The address of a page of Sama’s case."""
    return reverse(name, args=[cast.sama.pk, *more])


def need(cast: Cast, **more: Any) -> Need:
    """A need of Sama’s."""
    return need_add(cast.maren, case=cast.sama, **NEED | more)


def begin(cast: Cast, days_ago: int = 2) -> Sitting:
    """A sitting that is open."""
    return sitting_begin(
        cast.maren, case=cast.sama, occasion=Occasion(clock.today() - timedelta(days=days_ago), place="Her home")
    )


def written(sitting: Sitting, **more: Any) -> dict[str, Any]:
    """What the long form sends, with what is added to it."""
    return {
        "on": sitting.on.isoformat(),
        "mode": "face",
        "place": "Her home",
        "edition": sitting.edition,
        "then": "keep",
    } | more


def need_sent(**more: Any) -> dict[str, Any]:
    """What the form of a need sends."""
    return NEED | {"found_on": clock.today().isoformat()} | more


def page(browser: Client, address: str, status: int = 200) -> str:
    """The text of a page."""
    answer = browser.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def sent(browser: Client, address: str, data: dict[str, Any], status: int = 302) -> str:
    """The text, or the address it leads to, of what a form that was sent is answered with."""
    answer = browser.post(address, data)
    assert answer.status_code == status, re.sub(r"\s+", " ", answer.content.decode())[-3000:]
    return answer["Location"] if status == 302 else answer.content.decode()
