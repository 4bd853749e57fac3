"""What must hold before something leaves without consent, or to somebody around the client (practice C3, C8)."""

from django.utils.translation import gettext as _

from alongside.confidentiality.models import Ground, SharingWish, Told
from alongside.confidentiality.models.disclosure import URGENT
from alongside.confidentiality.queries.packet import Item
from alongside.foundations.errors import RuleBroken, must_say
from alongside.people.models import Case, SignificantOther


def check_ground(ground: str, *, urgent: bool, consulted: bool) -> None:
    """Raises `RuleBroken` for a ground that is not one, for haste that this ground does not give, and unconsulted."""
    if ground not in Ground.values:
        raise RuleBroken(_("Choose the legal reason for sharing without consent."), "practice C3", "ground")
    if consulted:
        return
    if not urgent:
        raise RuleBroken(
            _("Consult first, and write down with whom. In an emergency it may follow within 24 hours."),
            "practice C3", "consulted_with",
        )  # fmt: skip
    if ground not in URGENT:
        raise RuleBroken(_("With this legal reason there is time to consult. Consult first."), "practice C3", "urgent")


def check_told(told: str, because: str) -> None:
    """Raises `RuleBroken` unless it is said whether the client was told, and why not."""
    if told not in Told.values:
        raise RuleBroken(_("Say whether the client was told."), "practice C3", "told")
    if told == Told.NO:
        must_say(because, _("Say why the client was not told."), "practice C3", "not_told_because")


def check_wish(case: Case, other: SignificantOther, items: list[Item]) -> None:
    """Raises `RuleBroken` unless the client lets this person know all of it; marked things are never told to family."""
    if other.person_id != case.client_id:
        raise RuleBroken(_("That person belongs to another client."), "practice C8", "recipient")
    if other.must_not_know:
        raise RuleBroken(
            _("%(name)s must not learn of the service at all. Nothing is sent.") % {"name": other.name}, "practice C8", "recipient"
        )  # fmt: skip
    wish = SharingWish.objects.filter(other=other).first()
    allowed = set(wish.may_share) if wish else set()
    for item in items:
        if item.category not in allowed or item.marks:
            raise RuleBroken(
                _("The client has not said that %(name)s may know this: %(what)s.") % {"name": other.name, "what": item.title},
                "practice C8", "ticked",
            )  # fmt: skip
