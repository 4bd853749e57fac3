"""What the stories of the door begin from: a referral typed in, screened, or brought to any state it can have."""

from typing import Any

from alongside.client_level.engagement.actions import outreach_record, referral_answer, referral_screen
from alongside.client_level.engagement.models import Criterion, Outreach, ReferralIn
from alongside.foundations import clock
from alongside.foundations.actor import acting
from tests.cast import Cast
from tests.visits import changed


def lola(cast: Cast, **more: object) -> dict[str, Any]:
    """What Ines types into the form for Lola."""
    given: dict[str, object] = {
        "program": cast.program.pk, "received_on": clock.today(), "source": "Herself", "reason": "Wants to learn to read",
        "urgency": "usual", "preferred_name": "Lola Marchetti", "interpreter": "never", "kind": "text",
        "veteran": "not_asked", "disabling_condition": "not_asked",
    }  # fmt: skip
    return changed(given, **more)


def a_round(**more: object) -> dict[str, Any]:
    """What Ines writes down of an evening by the ferry, with what the story changes."""
    given: dict[str, object] = {
        "on": clock.today(), "place": "Ferry landing", "how": "street", "met": 6, "languages": "Arabic, English",
        "offered": "Soup and our card",
    }  # fmt: skip
    return given | more


def met(cast: Cast, **more: object) -> Outreach:
    """Outreach that Ines has recorded."""
    return outreach_record(cast.ines, program=cast.program, values=a_round(**more))


def criteria(cast: Cast) -> dict[str, Criterion]:
    """New Start's two criteria by kind."""
    with acting(cast.ines):
        return {one.kind: one for one in Criterion.objects.filter(program=cast.program)}


def screened(cast: Cast, met: str = "yes", name: str = "Lola Marchetti") -> ReferralIn:
    """A referral whose required criterion is answered."""
    return referral_screen(
        cast.ines, referral=cast.refer(name), answers={criteria(cast)["eligible"]: (met, "a letter of the county")}
    )


def brought_to(cast: Cast, state: str) -> ReferralIn:
    """A referral in any state it can have."""
    if state == "received":
        return cast.refer("Lola Marchetti")
    referral = screened(cast)
    if state == "screened":
        return referral
    return referral_answer(
        cast.ines, referral=referral, answer=state, words="As we spoke of it", directed_to="Eastfield"
    )
