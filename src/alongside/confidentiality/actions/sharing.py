"""Verbs that let named staff of another agency read a case, and end it (practice C1, C2, C4; decision 0021)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.confidentiality.actions.disclosures import Leave, disclosure_make
from alongside.confidentiality.models import Agreement, CaseShare, How, Release, ShareReader
from alongside.confidentiality.queries.coverage import covers, names, not_in_force
from alongside.confidentiality.queries.packet import parts_of_packet
from alongside.confidentiality.queries.sharing import LEAST, agencies_known, closed_on, staff_to_share_with
from alongside.confidentiality.states import AgreementState
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.held import held
from alongside.foundations.roles import WORK_CASE
from alongside.people.models import Case

RULE = "practice C1"


@verb(WORK_CASE)
def case_share(
    actor: Actor,
    *,
    case: Case,
    agreement: Agreement,
    release: Release,
    staff: Sequence[UUID],
    until: date | None,
    relevant: str,
) -> Done[CaseShare]:
    """Let the named staff of the other agency read what `release` covers of a case, from today until the day before `until`,
    or where that is not given as long as its papers last.

    It leaves by the one way out: what they can read today stands in the client's accounting. Raises `RuleBroken` for an
    agreement or a release that does not stand, does not name the other agency or is of another case, for nobody of
    theirs, and for a day beyond what either allows.
    """
    agency = _other(actor, agreement)
    release = held(release)
    _check_release(case, release, agency)
    until = until or closed_on(release, agreement)
    _check_day(until, release, agreement)
    readers = list(dict.fromkeys(staff))
    if not readers or not set(readers) <= {one.staff for one in staff_to_share_with(agreement.pk)}:
        raise RuleBroken(_("Choose who of the other agency may read it."), "practice C4", "staff")
    ticked = [item.key for part in parts_of_packet(case) for item in part.items if covers(release, item)]
    out = disclosure_make(
        actor, case=case, recipient=agency, leave=Leave(release=release), ticked=ticked, purpose=agreement.purpose,
        relevant=relevant, how=How.SHARED,
    )  # fmt: skip
    row = CaseShare(
        case=case, agreement=agreement, release=release, disclosure=out, since=clock.today(), until=until, shared_by_id=actor.staff
    )  # fmt: skip
    row.save(force_insert=True)
    for one in readers:
        ShareReader(case=case, share=row, staff_id=one).save(force_insert=True)
    return Done(row, row, _("Shared the case with %(name)s") % {"name": agency}, case=case.pk)


def _other(actor: Actor, agreement: Agreement) -> str:
    """The name of the other agency, if the agreement stands today."""
    today = clock.today()
    stands = agreement.state == AgreementState.IN_FORCE and agreement.since <= today
    if not stands or (agreement.until is not None and agreement.until <= today):
        raise RuleBroken(_("The agreement with this agency is not in force."), RULE, "agreement")
    return agencies_known()[agreement.other_id if agreement.agency_id == actor.agency else agreement.agency_id]


def _check_release(case: Case, release: Release, agency: str) -> None:
    if release.case_id != case.pk:
        raise RuleBroken(_("That release is of another case."), RULE, "release")
    against = not_in_force(release, clock.today())
    if against:
        raise RuleBroken(against, RULE, "release")
    if release.general or not names(release, agency):
        raise RuleBroken(_("This release does not name %(name)s.") % {"name": agency}, RULE, "release")
    if not set(release.categories) >= LEAST:
        raise RuleBroken(
            _("To be read by another agency, a release must cover who the client is and how to reach them safely."), RULE, "release"
        )  # fmt: skip


def _check_day(until: date, release: Release, agreement: Agreement) -> None:
    if until <= clock.today():
        raise RuleBroken(_("Choose today or a later day."), RULE, "until")
    if until > closed_on(release, agreement):
        raise RuleBroken(_("Choose an earlier day: the release or the agreement ends before."), RULE, "until")


@verb(WORK_CASE)
def case_share_end(actor: Actor, *, share: CaseShare, why: str) -> Done[CaseShare]:
    """Close a shared case to the other agency at once. Raises `RuleBroken` without a reason, and when it was ended already."""
    must_say(why, _("Say why."), RULE, "why")
    row = held(share, "case")
    if row.ended_at is not None:
        raise RuleBroken(_("It is not shared any more."), RULE)
    row.ended_at, row.ended_by_id, row.why_ended = clock.now(), actor.staff, why.strip()
    row.save(update_fields=["ended_at", "ended_by", "why_ended"])
    return Done(row, row, _("Ended the sharing of the case with another agency"), case=row.case_id)
