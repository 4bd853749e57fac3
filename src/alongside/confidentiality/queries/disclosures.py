"""Reads of disclosures: what left a case, what is still owed for it, and the accounting for the client (practice C2, C3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.confidentiality.models import Disclosure, RestsOn, SharingWish, Told, category_words
from alongside.confidentiality.queries.basis import BASES, basis_of
from alongside.confidentiality.queries.coverage import not_in_force
from alongside.confidentiality.queries.packet import Item, items_of
from alongside.confidentiality.queries.releases import own_words
from alongside.foundations import clock
from alongside.people.models import Case, SignificantOther

CONSULT_WITHIN = timedelta(hours=24)
OWN_COPY = gettext_lazy("Their own copy")
"""What for, where a client is given what is printed for them."""
PRINT_WITHIN = timedelta(hours=24)
"""How long the packet of a disclosure can be drawn on paper: it was sent then, and not a second time later."""


@dataclass(frozen=True)
class Out:
    """One disclosure as a line."""

    row: Disclosure

    @property
    def rests_on(self) -> str:
        """On what it rested, in words; the ground itself where there was no consent."""
        return str(self.row.get_ground_display() if self.row.ground else self.row.get_rests_on_display())

    @property
    def purpose(self) -> str:
        """What it was for; in the language of the paper where nobody typed it, but the basis or the program says it."""
        own = OWN_COPY if self.row.rests_on == RestsOn.CLIENT else basis_of(self.row.basis).general_for
        return own_words(self.row.purpose, own)

    @property
    def consult_by(self) -> datetime | None:
        """Until when the consultation is owed, or None when it is not."""
        owed = self.row.rests_on == RestsOn.GROUND and self.row.consulted_at is None
        return self.row.at + CONSULT_WITHIN if owed else None

    @property
    def is_late(self) -> bool:
        """True when the consultation should have taken place by now."""
        return self.consult_by is not None and self.consult_by < clock.now()

    @property
    def to_tell(self) -> bool:
        """True while the client has still to be told."""
        return self.row.told == Told.LATER


@dataclass(frozen=True)
class Alike:
    """Disclosures of one day that say the same of themselves, the first of that day first: one line with its times."""

    rows: tuple[Out, ...]

    @property
    def newest(self) -> Out:
        """The last of them, which speaks for all."""
        return self.rows[-1]


def folded(out: Iterable[Out]) -> list[Alike]:
    """Disclosures, the newest first, with those that are alike as one; whatever still asks for something stands alone."""
    found: dict[tuple[object, ...], list[Out]] = {}
    for one in out:
        found.setdefault(_alike(one), []).insert(0, one)
    return [Alike(tuple(rows)) for rows in found.values()]


def _alike(one: Out) -> tuple[object, ...]:
    row = one.row
    asks = row.pk if one.consult_by or one.to_tell else None
    told = (row.recipient, row.purpose, row.how, row.rests_on, row.ground, row.release_id, row.by_id)
    return asks, timezone.localtime(row.at).date(), *told, tuple(sorted(row.categories)), tuple(sorted(row.marks))


def disclosures_of(case: Case) -> list[Out]:
    """What left a case, the newest first."""
    return [Out(row) for row in Disclosure.objects.filter(case=case).select_related("by", "release").order_by("-at")]


def disclosure_at(case: Case, key: UUID) -> Out | None:
    """One disclosure of a case, or None."""
    rows = Disclosure.objects.filter(pk=key, case=case).select_related("by", "release", "consultation_by", "other")
    found = rows.first()
    if found is None:
        return None
    found.case = case
    return Out(found)


def left_of(out: Out) -> tuple[list[Item], int]:
    """What left, as it stands and unchanged since; and how many items were changed since and cannot be shown as they were."""
    told = {one["key"]: one["digest"] for one in out.row.left}
    same = [item for item in items_of(out.row.case, told) if item.digest == told[item.key]]
    return same, len(told) - len(same)


def no_paper_because(out: Out) -> str:
    """Why the packet of a disclosure can no longer be drawn, in a sentence; empty while it can.

    The release is looked at again: what was taken back between sending and printing is not printed.
    """
    if clock.now() > out.row.at + PRINT_WITHIN:
        return _(
            "This packet can no longer be printed: a day has passed since it was sent. To share it again, send a new one."
        )
    if out.row.release is not None:
        return not_in_force(out.row.release, clock.today())
    if out.row.other is not None and out.row.other.must_not_know:
        return _("%(name)s must not learn of the service at all. Nothing is sent.") % {"name": out.row.other.name}
    return ""


def notice_of(basis: str, language: str) -> str:
    """The notice that goes along with what left, as its basis demands; empty where none does."""
    known = {basis.key: basis for basis in BASES}
    return known[basis].notice_in(language) if basis in known else ""


def owed_consultations(cases: Iterable[UUID]) -> list[Out]:
    """Disclosures made in an emergency in these cases, whose consultation is not written down yet (practice C3)."""
    rows = Disclosure.objects.filter(case_id__in=list(cases), rests_on=RestsOn.GROUND, consulted_at=None)
    return [Out(row) for row in rows.order_by("at")]


@dataclass(frozen=True)
class Kin:
    """Somebody around the client, with what they may know, part by part."""

    other: SignificantOther
    wish: SharingWish | None

    @property
    def may_share(self) -> list[str]:
        """The parts, in words."""
        return category_words(self.wish.may_share if self.wish else [])


def people_around(case: Case) -> list[Kin]:
    """Everyone around the client with what the client lets them know; who must not know comes first (practice C8)."""
    rows = SignificantOther.objects.filter(person=case.client_id).order_by("-must_not_know", "pk")
    wishes = {wish.other_id: wish for wish in SharingWish.objects.filter(person=case.client_id)}
    return [Kin(row, wishes.get(row.pk)) for row in rows]


def told_not(case: Case) -> list[str]:
    """The names of those around the client who must not learn of the service, for every page that sends something."""
    rows = SignificantOther.objects.filter(person=case.client_id, must_not_know=True).order_by("pk")
    return list(rows.values_list("name", flat=True))
