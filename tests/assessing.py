"""What the stories of assessment have in common: a sitting, a need, a strength, and two accounts of Sama’s life."""

from datetime import timedelta
from typing import Any

from alongside.client_level.assessment.actions import (
    Account,
    Occasion,
    need_add,
    sitting_begin,
    sitting_complete,
)  # fmt: skip
from alongside.client_level.assessment.models import Sitting
from alongside.documentation.models import Need
from alongside.foundations import clock
from alongside.foundations.actor import acting
from tests.cast import Cast

STRENGTH: Any = {
    "kind": "strength", "objective_words": "Kept 11 of 11 appointments.", "client_words": "If I say I come, I come.",
    "sources": ["documents"],
}  # fmt: skip
HOME = Account(
    "Two rooms with her brother-in-law’s family; no lease.", "I sleep where the washing machine is.", ["interview"]
)
SLEEP = Account("Wakes at four most nights.", "The nights are long.", ["interview", "testing"])


def begin(cast: Cast, days_ago: int = 3) -> Sitting:
    """A sitting of Maren with Sama, at home, alone with the interpreter."""
    occasion = Occasion(
        clock.today() - timedelta(days=days_ago), place="Her home", present=["client", "interpreter"], seen_alone=True
    )
    return sitting_begin(cast.maren, case=cast.sama, occasion=occasion)


def name_need(cast: Cast, title: str = "A safe place to live that lasts", **more: Any) -> Need:
    """A need of Sama’s, named by Maren."""
    facts: dict[str, Any] = {"title": title, "domain": "environmental", "sources": ["interview", "documents"]}
    return need_add(cast.maren, case=cast.sama, **facts | more)


def complete(cast: Cast, sitting: Sitting | None = None) -> Sitting:
    """A complete sitting that says something of housing."""
    sitting = sitting or begin(cast)
    return sitting_complete(cast.maren, sitting=sitting, edition=sitting.edition, accounts={"environmental": HOME})


def as_maren(cast: Cast) -> Any:
    """Read as Maren reads."""
    return acting(cast.maren)
