"""Numbers of offices, looked up by a digest that tells nothing without the agency's key (practice E6)."""

import hmac
from uuid import UUID

from alongside.foundations import keys
from alongside.foundations.actor import current
from alongside.people.models import Case, PersonIdentifier

SHORTEST_NUMBER = 4


def plain_number(number: str) -> str:
    """A number as it is compared: capitals and digits alone, since every paper writes it with other signs between."""
    return "".join(sign for sign in number.upper() if sign.isalnum())


def identifier_digest(number: str, agency: UUID) -> str:
    """What a number is looked up by: a SHA-256 under a key of the agency, in hexadecimal. Without the key it tells nothing,
    not even by trying every number there is, and two agencies that know one person have nothing in common.
    """
    return hmac.new(keys.key_of(agency, agency), plain_number(number).encode(), "sha256").hexdigest()


def cases_by_identifier(typed: str) -> list[UUID]:
    """Cases that the actor may open of whoever has this very number; none for less than four signs or without a digit."""
    number, actor = plain_number(typed), current()
    if actor is None or len(number) < SHORTEST_NUMBER or not any(sign.isdigit() for sign in number):
        return []
    whose = PersonIdentifier.objects.filter(looked_up=identifier_digest(number, actor.agency)).values("person_id")
    return list(Case.objects.filter(client_id__in=whose).order_by("-opened_on").values_list("pk", flat=True))
