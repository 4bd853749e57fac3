"""Verbs of the release: made, changed, signed, taken back, ended by what it waited for (practice C1, C7).

They are open after a case has ended too: a former client may ask that something be sent, and may take leave back on any day.
No verb of intake asks for a release: it is never a condition of service (34 U.S.C. 12291(b)(2); 45 CFR 164.508(b)(4)).
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from alongside.confidentiality.models import Release, ReleaseState
from alongside.confidentiality.queries.basis import BASES, Shown
from alongside.confidentiality.queries.coverage import other_called
from alongside.confidentiality.queries.releases import terms_of
from alongside.confidentiality.queries.whole import gaps_of
from alongside.confidentiality.states import RELEASE
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.held import held, next_edition
from alongside.foundations.roles import WORK_CASE
from alongside.foundations.state import move
from alongside.people.models import Case

RULE = "practice C1"


@dataclass(frozen=True)
class Terms:
    """What a release says: under which basis, who shares, with whom, what of which days, why, and until when.

    `language` is the English name of the one it is printed in; without it the one that the client reads, where it exists.
    `shown_on` is the day whose statements were read, where that was earlier than today.
    """

    basis: str
    discloser: str
    recipients: tuple[str, ...]
    categories: tuple[str, ...]
    purpose: str
    starts_on: date
    ends_on: date
    general: bool = False
    marks: tuple[str, ...] = ()
    record_from: date | None = None
    record_until: date | None = None
    end_event: str = ""
    language: str = ""
    shown_on: date | None = None


@verb(WORK_CASE)
def release_make(actor: Actor, *, case: Case, terms: Terms, previous: Release | None = None) -> Done[Release]:
    """Write a release that nobody has signed yet; `previous` is the one it renews or narrows.

    Raises `RuleBroken` for the first element that its basis forces and that is missing, for a language in which its
    statements do not exist, and for a recipient who is somebody around the client: what family may know is kept apart
    from releases (practice C8).
    """
    before = held(previous, "case") if previous else None
    if before is not None and before.case_id != case.pk:
        raise RuleBroken(_("That release is of another case."), RULE, "basis")
    release = Release(case=case, made_by_id=actor.staff, previous=before)
    _write(case, release, terms)
    release.save(force_insert=True)
    return Done(release, release, _("Wrote a release, not signed yet"), case=case.pk)


@verb(WORK_CASE)
def release_change(actor: Actor, *, release: Release, terms: Terms, edition: int) -> Done[Release]:
    """Change a release before it is signed. Raises as `release_make` does, and once it is signed."""
    draft = held(release, "case__client")
    if draft.state != ReleaseState.DRAFT:
        raise RuleBroken(_("What was signed stays as it is. Renew it, and sign the new one."), RULE)
    next_edition(draft, edition, terms_of(draft))
    _write(draft.case, draft, terms)
    draft.save()
    return Done(draft, draft, _("Changed a release before it was signed"), case=draft.case_id)


def _write(case: Case, release: Release, terms: Terms) -> None:
    release.basis, release.discloser = terms.basis, terms.discloser.strip()
    release.recipients = [one.strip() for one in terms.recipients if one.strip()]
    release.general, release.categories, release.marks = terms.general, list(terms.categories), list(terms.marks)
    release.record_from, release.record_until = terms.record_from, terms.record_until
    release.purpose, release.end_event = terms.purpose.strip(), terms.end_event.strip()
    release.starts_on, release.ends_on = terms.starts_on, terms.ends_on
    for field, sentence in gaps_of(release):
        raise RuleBroken(sentence, f"{RULE}; {BASES[terms.basis].source}" if field != "basis" else RULE, field)
    for name in release.recipients:
        if other_called(case.client, name):
            raise RuleBroken(
                _("%(name)s is somebody around the client. What they may know is set under People.") % {"name": name},
                "practice C8", "recipients",
            )  # fmt: skip
    basis, day = BASES[terms.basis], terms.shown_on or clock.today()
    if terms.language and terms.language not in basis.languages_on(day):
        sentence = _("There is no text for this law or rule in that language. Choose another language.")
        raise RuleBroken(sentence, "practice R5", "language")
    _show(release, basis.shown_in(terms.language or case.client.reads_language or case.client.language, day))


def _show(release: Release, shown: Shown) -> None:
    release.statements, release.statements_version, release.language = shown.text, shown.version, shown.language


@verb(WORK_CASE)
def release_show_anew(actor: Actor, *, release: Release, edition: int, on: date | None = None) -> Done[Release]:
    """Put the statements that its basis says today, or said `on` an earlier day, into a release that is not signed yet.

    All else it says stays. Raises `RuleBroken` once it is signed, for a day ahead, and when an element is missing.
    """
    draft, day = held(release, "case__client"), on or clock.today()
    next_edition(draft, edition, {}, said=_("It is now %(state)s.") % {"state": draft.get_state_display()})
    if draft.state != ReleaseState.DRAFT:
        raise RuleBroken(_("What was signed stays as it is. Renew it, and sign the new one."), RULE)
    if day > clock.today():
        raise RuleBroken(_("It is dated on the day it was signed, and not ahead of today."), RULE, "signed_on")
    for field, sentence in gaps_of(draft):
        raise RuleBroken(sentence, RULE, field)
    before = draft.statements_version
    _show(draft, BASES[draft.basis].shown_in(draft.language, day))
    draft.save()
    changes = {"statements_version": (before, draft.statements_version)}
    return Done(
        draft,
        draft,
        _("Took other statements into a release before it was signed"),
        case=draft.case_id,
        changes=changes,
    )


@verb(WORK_CASE)
def release_take_back(actor: Actor, *, release: Release, by: str, how: str, edition: int) -> Done[Release]:
    """Take a release back, or let go of one that was never signed: at once, on any day, also after the case has ended.

    `by` is who took it back, `how` in which way. To take back a part, take this one back and sign a narrower one, or renew
    it with less: the new one replaces it. Raises `RuleBroken` without either (45 CFR 164.508(b)(5); 42 CFR 2.31(a)(6)).
    """
    given = held(release, "case__client")
    must_say(by, _("Say who takes it back."), RULE, "by")
    must_say(how, _("Say how: in writing, aloud, by phone."), RULE, "how")
    next_edition(given, edition, {}, said=_("It is now %(state)s.") % {"state": given.get_state_display()})
    if RELEASE.find(given.state, "take back") is None:
        raise RuleBroken(_("This release is out of force already."), RULE)
    given.taken_back_at, given.taken_back_by, given.taken_back_how = clock.now(), by.strip(), how.strip()
    given.taken_back_to_id = actor.staff
    given.save()
    move(actor, given, RELEASE, "take back")
    return Done(given, given, _("A release was taken back"), case=given.case_id)


@verb(WORK_CASE)
def release_end(actor: Actor, *, release: Release, on: date, edition: int) -> Done[Release]:
    """Write down that what should end it has come, from which day on nothing leaves under it.

    Raises `RuleBroken` for one that names no such event, is not in force, or for a day ahead or before its start.
    """
    given = held(release, "case__client")
    if not given.end_event:
        raise RuleBroken(_("This release names nothing that would end it. It can be taken back."), RULE, "on")
    if not given.is_in_force(clock.today()):
        raise RuleBroken(_("This release is not in force any more."), RULE, "on")
    if not given.starts_on <= on <= clock.today():
        raise RuleBroken(_("Choose a day between its start and today."), RULE, "on")
    next_edition(given, edition, {"on": given.event_on})
    given.event_on = on
    given.save()
    return Done(given, given, _("What was to end a release has come"), case=given.case_id)
