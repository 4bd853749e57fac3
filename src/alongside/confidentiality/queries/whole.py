"""Whether a release is whole: every element that its basis forces, each with the sentence that asks for it (practice C1)."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from alongside.confidentiality.models import Mark, Release, ReleaseState
from alongside.confidentiality.queries.basis import BASES, Basis
from alongside.foundations import clock
from alongside.foundations.templatetags.house import day as in_words

Gap = tuple[str, str]
"""The field of the form, and the sentence that stands beside it."""


def gaps_of(release: Release) -> list[Gap]:
    """What a release still lacks, or holds too much of, to be signed."""
    if release.basis not in {basis.key for basis in BASES}:
        return [("basis", _("Choose the law or rule for the release."))]
    basis = BASES[release.basis]
    return [*_elements(release), *_recipients(release, basis), *_span(release, basis), *_marks(release, basis)]


def not_its_own(release: Release) -> list[Gap]:
    """That the statements which were shown are none of those of its basis, in that language and version."""
    basis = BASES[release.basis]
    if basis.known_as(release.language, release.statements_version, release.statements):
        return []
    sentence = _(
        "The wording shown here is not the wording of this law or rule. Use the right wording, show it, and have it signed."
    )
    return [("language", sentence)]


def not_of_the_day(release: Release, day: date) -> list[Gap]:
    """That its basis said other words on the day of the signature than those that were shown (practice C1)."""
    basis = BASES[release.basis]
    stood = basis.version_on(day)
    if release.statements_version == stood:
        return []
    if day >= clock.today():
        sentence = _(
            "The wording for this law or rule changed on %(day)s. Use the new wording, show it, and have it signed."
        )
        return [("language", sentence % {"day": in_words(basis.since[stood])})]
    sentence = _(
        "On %(day)s the wording for this law or rule was different. If the paper shows that day’s wording, use it. "
        "If not, leave the day empty and have today’s wording signed."
    )
    return [("language", sentence % {"day": in_words(day)})]


def words_to_take(release: Release, day: date) -> str:
    """Why other words have to be taken into a draft before it can be signed on a day; empty where it can be as it is."""
    if release.state != ReleaseState.DRAFT or release.basis not in {basis.key for basis in BASES}:
        return ""
    return next((sentence for _field, sentence in not_its_own(release) or not_of_the_day(release, day)), "")


def _elements(release: Release) -> Iterator[Gap]:
    if not release.discloser.strip():
        yield "discloser", _("Say who shares it.")
    if not release.categories:
        yield "categories", _("Choose what is shared, and nothing that is not needed.")
    if not release.purpose.strip():
        yield "purpose", _("Say what it is shared for.")
    if release.record_from and release.record_until and release.record_until < release.record_from:
        yield "record_until", _("The last day of the record lies before its first.")


def _recipients(release: Release, basis: Basis) -> Iterator[Gap]:
    if not any(one.strip() for one in release.recipients):
        yield "recipients", _("Name who receives it.")
    if release.general and not basis.general:
        yield "general", _("This law or rule asks for each recipient by name.")
    if release.general and basis.general_for and release.purpose != str(basis.general_for):
        sentence = _("A kind of recipient can be named only for this purpose: %(purpose)s.")
        yield "purpose", sentence % {"purpose": basis.general_for}


def _span(release: Release, basis: Basis) -> Iterator[Gap]:
    if release.ends_on < release.starts_on:
        yield "ends_on", _("It cannot end before it begins.")
    if (release.ends_on - release.starts_on).days > basis.longest_days:
        yield "ends_on", _("Under this law or rule it lasts %(n)d days at the most.") % {"n": basis.longest_days}
    if basis.event and not release.end_event.strip():
        yield "end_event", _("Say what ends it earlier.")


def _marks(release: Release, basis: Basis) -> Iterator[Gap]:
    held = frozenset(Mark(one) for one in release.marks if one in Mark.values)
    if missing := basis.must_mark - held:
        sentence = _("This law is for: %(marks)s. Tick it under “More sensitive parts that are included”.")
        yield "marks", sentence % {"marks": _listed(missing)}
    if barred := basis.never_marks & held:
        sentence = _("This law or rule does not cover: %(marks)s. Untick it, or choose another law or rule.")
        yield "marks", sentence % {"marks": _listed(barred)}


def _listed(marks: frozenset[Mark]) -> str:
    return ", ".join(str(Mark(mark).label) for mark in sorted(marks))
