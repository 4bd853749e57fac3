"""Reads of releases: those of a case as the page lists them, which are in force, and how each stands (practice C1)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from alongside.confidentiality.models import Release, ReleaseState
from alongside.confidentiality.queries.alias import taken_back_by
from alongside.confidentiality.queries.basis import BASES, Text, basis_of
from alongside.foundations import clock
from alongside.foundations.models import Deed
from alongside.foundations.strokes import stroke_lines
from alongside.foundations.templatetags.house import day as in_words
from alongside.people.models import Case, Person

ENDS_SOON = timedelta(days=14)
Tag = tuple[str, str, str]


@dataclass(frozen=True)
class Row:
    """A release as a line: how it stands, and how often and when it was last used."""

    release: Release
    client: Person
    times: int = 0
    last: datetime | None = None
    newer: bool = False

    @property
    def tag(self) -> Tag:
        """How it stands, in the language of whatever is drawn: words, class, icon."""
        return tag_of(self.release, self.client)

    @property
    def in_force(self) -> bool:
        """True when something may leave under it today."""
        return self.release.is_in_force(clock.today())

    @property
    def ahead(self) -> bool:
        """True for one that is signed and begins on a later day."""
        return self.release.state == ReleaseState.SIGNED and self.release.starts_on > clock.today()

    @property
    def waits(self) -> bool:
        """True while it is not signed."""
        return self.release.state == ReleaseState.DRAFT

    @property
    def can_be_renewed(self) -> bool:
        """True for one that runs out soon, or has, and that nothing has taken the place of."""
        signed = self.release.state == ReleaseState.SIGNED
        return signed and not self.newer and self.release.ends_on <= clock.today() + ENDS_SOON

    @property
    def basis_name(self) -> str:
        """The law or rule it rests on, in words."""
        known = {basis.key: str(basis.name) for basis in BASES}
        return known.get(self.release.basis, self.release.basis)

    @property
    def purpose(self) -> str:
        """What it is shared for; in the language of the paper where it is the basis's own sentence."""
        return own_words(self.release.purpose, basis_of(self.release.basis).general_for)

    @property
    def end_event(self) -> str:
        """What ends it earlier, likewise."""
        return own_words(self.release.end_event, basis_of(self.release.basis).event)

    @property
    def lines(self) -> list[str]:
        """The drawn signature, as lines."""
        return stroke_lines(self.release.strokes)


def own_words(said: str, own: Text) -> str:
    """What a law itself says, in the language of whatever is drawn; anything else as somebody typed it."""
    with override("en"):
        same = said == str(own)
    return str(own) if same else said


def tag_of(release: Release, client: Person) -> Tag:
    """How a release stands today, in words, with the class and icon of its tag."""
    today, until = clock.today(), in_words(release.ends_on)
    if release.state == ReleaseState.DRAFT:
        return _("To sign"), "due", "writing"
    if release.state == ReleaseState.TAKEN_BACK:
        words = {"who": taken_back_by(release, client), "day": in_words(release.taken_back_at)}
        return _("Taken back by %(who)s, %(day)s") % words, "own", "hand-stop"
    if release.state == ReleaseState.REPLACED:
        return _("Replaced by a newer one"), "", "replace"
    if not release.is_in_force(today) and release.starts_on <= today:
        return _("Ended %(day)s") % {"day": in_words(release.event_on or release.ends_on)}, "late", "calendar-off"
    left = (release.ends_on - today).days
    if release.ends_on <= today + ENDS_SOON:
        said = ngettext("%(day)s, %(n)d day", "%(day)s, %(n)d days", left) % {"day": until, "n": left}
        return said, "due", "clock"
    return until, "done", "check"


def terms_of(release: Release) -> dict[str, Any]:
    """What stands in a release, by the names of its form’s fields."""
    same = (
        "discloser", "categories", "marks", "general", "record_from", "record_until", "purpose", "starts_on", "ends_on", "end_event",
        "language",
    )  # fmt: skip
    return {name: getattr(release, name) for name in same} | {"recipients": "\n".join(release.recipients)}


def newer() -> Exists:
    """Whether a release has a next one. One that was let go before it was signed takes nothing's place."""
    return Exists(Release.objects.filter(previous=OuterRef("pk")).exclude(state=ReleaseState.TAKEN_BACK))


def releases_of(case: Case) -> list[Row]:
    """Every release of a case: those to sign and in force first, then the rest, the newest first."""
    rows = Release.objects.filter(case=case).annotate(
        times=Count("disclosures", distinct=True), last=Max("disclosures__at"), newer=newer()
    )
    drawn = [Row(row, case.client, row.times, row.last, row.newer) for row in rows.order_by("-id")]
    return sorted(drawn, key=lambda row: not (row.in_force or row.waits))


def in_force(case: Case) -> list[Release]:
    """The releases of a case under which something may leave today, the newest first."""
    today = clock.today()
    rows = Release.objects.filter(case=case, state=ReleaseState.SIGNED, starts_on__lte=today, ends_on__gte=today)
    return [row for row in rows.order_by("-id") if row.is_in_force(today)]


def drawn_release(case: Case, key: UUID) -> Row | None:
    """One release of a case with how it stands, or None."""
    rows = Release.objects.filter(pk=key, case=case).select_related("taken_by", "taken_back_to", "made_by", "previous")
    found = rows.annotate(times=Count("disclosures"), last=Max("disclosures__at"), newer=newer()).first()
    if found is None:
        return None
    found.case = case
    return Row(found, case.client, found.times, found.last, found.newer)


def history_of(key: UUID) -> list[Deed]:
    """What was done with a release or a disclosure, the newest first."""
    return list(Deed.objects.filter(subject_id=key).order_by("-at"))
