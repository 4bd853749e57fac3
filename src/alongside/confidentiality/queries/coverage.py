"""The rule of coverage: whether a release lets this leave, to this recipient, on this day (practice C1, C2)."""

import re
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from alongside.confidentiality.models import Release, ReleaseState
from alongside.confidentiality.queries.packet import Item
from alongside.people.models import Person, SignificantOther

WORD = re.compile(r"\w+")


def covers(release: Release, item: Item) -> bool:
    """True when the release names this item's category, its day and every mark it bears. Nothing else is asked here."""
    return (
        item.category in release.categories
        and item.marks <= set(release.marks)
        and (item.on is None or _in_range(release, item.on))
    )


def _in_range(release: Release, day: date) -> bool:
    begun = release.record_from is None or release.record_from <= day
    return begun and (release.record_until is None or day <= release.record_until)


def names(release: Release, recipient: str) -> bool:
    """True when the release is for this recipient; one that names kinds of recipients is for whoever is of that kind."""
    return release.general or plain(recipient) in {plain(one) for one in release.recipients}


def plain(name: str) -> str:
    """A name as it is compared: case, spaces and marks between the words do not count."""
    return " ".join(WORD.findall(name)).casefold()


def not_in_force(release: Release, day: date) -> str:
    """Why nothing may leave under the release on `day`, in a sentence; empty when it may."""
    if release.state == ReleaseState.TAKEN_BACK:
        return _("This release was taken back. Nothing leaves under it any more.")
    if release.state == ReleaseState.REPLACED:
        return _("This release was replaced by a newer one. Send under that.")
    if release.state != ReleaseState.SIGNED:
        return _("This release is not signed yet. Have it signed first.")
    if day < release.starts_on:
        return _("This release has not begun yet.")
    if not release.is_in_force(day):
        return _("This release has ended. Ask for a new one.")
    return ""


def objections(release: Release, items: Iterable[Item], recipient: str, day: date) -> list[str]:
    """Every sentence that stands against sending these items under this release; empty when they may leave."""
    said = [not_in_force(release, day)]
    if not names(release, recipient):
        said.append(_("This release names another recipient. Get a release for this one."))
    beyond = _("The release does not cover %(what)s. Leave it out, or get a new release.")
    said += [beyond % {"what": item.title} for item in items if not covers(release, item)]
    return [one for one in said if one]


def other_called(client: Person, recipient: str) -> SignificantOther | None:
    """The person around the client whom a recipient's name means, if any: family is told by their own rule (practice C8)."""
    wanted = plain(recipient)
    for other in SignificantOther.objects.filter(person=client).order_by("pk"):
        known = plain(other.name)
        if known and (known == wanted or set(known.split()) <= set(wanted.split())):
            return other
    return None
