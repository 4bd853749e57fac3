"""What of this room waits on a person beside the work with clients, asked for at once (practice C1, C5)."""

from collections.abc import Iterable

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject

from alongside.confidentiality.queries.sharing import offer_lines, offers_to
from alongside.confidentiality.queries.unusual import days_to_judge, lines_to_judge
from alongside.foundations.actor import Actor
from alongside.foundations.roles import ADMINISTER
from alongside.foundations.waiting import Waits
from alongside.people.models import Agency


def looks_and_offers(actor: Actor) -> Iterable[Waits]:
    """Looks to judge, and for an administrator what other agencies offer. One query, and one more where there is an offer."""
    offers = offers_to(actor) if ADMINISTER.held_by(actor.roles) else offers_to(actor).none()
    told = offers.values(row=JSONObject(since="since", purpose="purpose", agency="agency_id"))
    asked = (ArraySubquery(days_to_judge(actor).values("on")), ArraySubquery(told))
    days, offered = Agency.objects.filter(pk=actor.agency).values_list(*asked).get()
    yield from lines_to_judge(days)
    yield from offer_lines(offered or [])
