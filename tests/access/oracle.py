"""Who may see, change and add which rows, worked out in plain Python from the rules and not from the policies.

The rules: practice C4 (the case team, those who answer for them, roles with a stated reason), S12 (a file lent for
review is for reading), C5 (an urgent opening lasts for hours, and is for reading), R6 (a conflict of interest closes a
case whatever the role), E2 (referrals are seen at the door), design section 3.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

from alongside.client_level.engagement.models import Outreach, ReferralIn
from alongside.foundations import clock
from alongside.people.models import Case, Staff
from tests.access.sight import Sight

HOURS = timedelta(hours=4)
"""For how long an agency of these worlds lets a case be opened urgently."""

Rule = Callable[[Sight, Any], bool]


class Rules(NamedTuple):
    """Who sees a row, who changes it, who may add one like it."""

    see: Rule
    change: Rule
    add: Rule


def _nobody(me: Sight, row: Any) -> bool:
    return False


def _sees_referral(me: Sight, r: Any) -> bool:
    at_door = r.program_id in me.doors and r.case_id is None
    return (at_door or me.sees_case(r.case_id, r.program_id)) and _is_no_stranger(me, r)


def _changes_referral(me: Sight, r: Any) -> bool:
    at_door = r.program_id in me.doors and r.case_id is None
    return (at_door or me.works_on(r.case_id, r.program_id)) and _is_no_stranger(me, r)


def _is_no_stranger(me: Sight, r: Any) -> bool:
    return r.client_id not in me.strangers


def _sees_outreach(me: Sight, o: Any) -> bool:
    """At its door; not where somebody came from it from whom a conflict of interest keeps me."""
    came = [r for r in me.world.of(ReferralIn) if r.outreach_id == o.pk]
    closed = any(r.client_id in me.strangers or r.case_id in me.apart for r in came)
    return o.agency_id == me.agency and o.program_id in me.doors and not closed


def _writes_outreach(me: Sight, o: Any) -> bool:
    return _sees_outreach(me, o) and o.by_id == me.staff


def _names_seen_outreach(me: Sight, r: Any) -> bool:
    known = {o.pk: o for o in me.world.of(Outreach)}
    return r.outreach_id is None or _sees_outreach(me, known[r.outreach_id])


def _sees_trail(me: Sight, row: Any) -> bool:
    if row.case_id is None and me.administers and row.agency_id == me.agency:
        return True
    of_case = row.case_id and me.sees_case(row.case_id, me.program_of(row.case_id))
    own = me.staff is not None and row.staff_id == me.staff and row.case_id not in me.apart
    return bool(of_case or own)


def _own_trail(me: Sight, row: Any) -> bool:
    return me.staff is not None and row.staff_id == me.staff and row.agency_id == me.agency


def _adds_assignment(me: Sight, row: Any) -> bool:
    program = me.program_of(row.case_id)
    opening = program is None and row.program_id in me.doors
    return me.of_my_agency(row.staff_id) and (me.works_on(row.case_id, program) or opening)


def _works_on(me: Sight, row: Any) -> bool:
    return me.works_on(row.case_id, row.program_id)


def _ours(me: Sight, row: Any) -> bool:
    return me.agency is not None and row.agency_id == me.agency


def _sees_case_row(me: Sight, row: Any) -> bool:
    return me.sees_case(row.case_id, row.program_id)


def _declares(me: Sight, row: Any) -> bool:
    """Anybody about themselves, and whoever answers for the case about anybody."""
    of_oneself = row.staff_id == me.staff and _sees_case_row(me, row)
    ours = row.declared_by_id == me.staff and me.of_my_agency(row.staff_id)
    return ours and (of_oneself or me.answers_for(row))


def _opens_urgently(me: Sight, row: Any) -> bool:
    """Anybody who works with clients, a case of their agency, for no longer than the agency allows."""
    case = next(c for c in me.world.of(Case) if c.pk == row.case_id)
    works = bool(me.roles - {"agency_administrator"}) and case.agency_id == me.agency and case.pk not in me.apart
    return works and row.staff_id == me.staff and row.judged_at is None and row.ends_at <= clock.now() + HOURS


def _changes_person(me: Sight, row: Any) -> bool:
    """Of somebody under one roof with a client of mine, only what no file of their own keeps."""
    filed = any(other.client_id == row.pk for model in (Case, ReferralIn) for other in me.world.of(model))
    return row.pk in me.clients(me.working) or me.serves(row.pk) or (not filed and me.changes(row.pk))


def _knows_name(me: Sight, row: Any) -> bool:
    """The case team, and those who answer for it by the line."""
    return row.person_id in me.clients(me.working)


def _administered(me: Sight, row: Any) -> bool:
    return me.administers and _ours(me, row)


def _signs_in(me: Sight, row: Any) -> bool:
    """Before anyone acts, the door looks for the account; then one's own, and an administrator those they gave."""
    if me.me is None:
        return True
    given = any(s.account_id == row.pk and s.agency_id == me.agency for s in me.world.of(Staff))
    return row.pk == me.me.account_id or (me.administers and given)


def _sees_proposal(me: Sight, row: Any) -> bool:
    """Of a case, like the case; of a referral without one, whoever stands at its door."""
    at_door = row.case_id is None and row.program_id in me.doors | me.programs
    return _ours(me, row) and (_sees_case_row(me, row) or at_door)


def _changes_proposal(me: Sight, row: Any) -> bool:
    return _sees_proposal(me, row) and (row.case_id is None or _works_on(me, row))


def _proposes(me: Sight, row: Any) -> bool:
    """In one's own name only."""
    return _changes_proposal(me, row) and row.proposed_by_id == me.staff


def _judges(me: Sight, row: Any) -> bool:
    """Who answers for the case; of many files, who answers for the person, and administrators. Nobody for themselves."""
    if not _ours(me, row) or row.staff_id == me.staff or row.case_id in me.apart:
        return False
    supervises = bool({"supervisor", "program_manager"} & me.roles)
    if row.case_id is None:
        return me.administers or (supervises and row.staff_id in me.line)
    return supervises and (row.case_id in me.opened or row.program_id in me.programs)


def _own(me: Sight, row: Any) -> bool:
    return me.staff is not None and row.staff_id == me.staff


def _signed_in(me: Sight, row: Any) -> bool:
    """Where one is signed in oneself, and where the staff whom one administers are."""
    return _own(me, row) or _administered(me, row)


def _comes_in(me: Sight, row: Any) -> bool:
    """Nobody is signed in by somebody else."""
    return _own(me, row) and _ours(me, row)


def _of_either(me: Sight, row: Any) -> bool:
    """Both sides of an agreement see it."""
    return me.agency is not None and me.agency in (row.agency_id, row.other_id)


KINDS = {
    "agency": Rules(_ours, _ours, _ours),
    "admin": Rules(_ours, _administered, _administered),
    "case": Rules(_sees_case_row, _works_on, _works_on),
    "person": Rules(
        lambda me, row: row.person_id in me.clients(me.opened) or me.serves(row.person_id),
        lambda me, row: row.person_id in me.clients(me.working) or me.serves(row.person_id),
        lambda me, row: row.person_id in me.clients(me.working) or me.serves(row.person_id),
    ),
    "own": Rules(_own, _own, _own),
}

TABLES = {
    "people_account": Rules(_signs_in, _signs_in, lambda me, row: me.administers),
    "engagement_criterion": KINDS["admin"],
    "people_agency": Rules(
        lambda me, row: row.pk == me.agency,
        lambda me, row: me.administers and row.pk == me.agency,
        _nobody,
    ),
    "people_team_members": Rules(
        lambda me, row: me.of_my_agency(row.staff_id),
        lambda me, row: me.administers and me.of_my_agency(row.staff_id),
        lambda me, row: me.administers and me.of_my_agency(row.staff_id),
    ),
    "people_household": Rules(
        lambda me, row: me.sees_home(row.pk),
        lambda me, row: me.sees_home(row.pk) and me.joins(row.pk),
        _ours,
    ),
    "people_householdmember": Rules(
        lambda me, row: me.sees(row.person_id),
        lambda me, row: me.changes(row.person_id) and me.joins(row.household_id),
        lambda me, row: me.takes_up(row.person_id) and me.joins(row.household_id),
    ),
    "people_person": Rules(lambda me, row: me.sees(row.pk), _changes_person, _ours),
    "people_case": Rules(
        lambda me, row: me.sees_case(row.pk, row.program_id),
        lambda me, row: me.works_on(row.pk, row.program_id),
        lambda me, row: _ours(me, row) and row.program_id in me.doors | me.programs and me.takes_up(row.client_id),
    ),
    "people_assignment": Rules(_sees_case_row, _works_on, _adds_assignment),
    "engagement_referralin": Rules(
        _sees_referral,
        _changes_referral,
        lambda me, row: (
            _ours(me, row)
            and row.case_id is None
            and row.program_id in me.doors
            and me.takes_up(row.client_id)
            and _names_seen_outreach(me, row)
        ),
    ),
    "engagement_outreach": Rules(_sees_outreach, _writes_outreach, _writes_outreach),
    "engagement_screeninganswer": Rules(
        lambda me, row: _sees_referral(me, me.referral(row.referral_id)),
        lambda me, row: _changes_referral(me, me.referral(row.referral_id)),
        lambda me, row: _changes_referral(me, me.referral(row.referral_id)),
    ),
    "foundations_deed": Rules(_sees_trail, _nobody, _own_trail),
    "foundations_look": Rules(_sees_trail, _nobody, lambda me, row: True),
    "foundations_statechange": Rules(_sees_trail, _nobody, _own_trail),
    "confidentiality_conflict": Rules(_sees_case_row, lambda me, row: me.answers_for(row), _declares),
    "confidentiality_markreader": Rules(
        lambda me, row: me.keeps_marks(row) or (row.staff_id == me.staff and _sees_case_row(me, row)),
        lambda me, row: me.keeps_marks(row),
        lambda me, row: me.keeps_marks(row) and me.of_my_agency(row.staff_id) and row.named_by_id == me.staff,
    ),
    "confidentiality_urgentopening": Rules(
        lambda me, row: _sees_case_row(me, row) or (row.staff_id == me.staff and row.case_id not in me.apart),
        lambda me, row: me.answers_for(row) and row.staff_id != me.staff,
        _opens_urgently,
    ),
    "confidentiality_truename": Rules(_knows_name, _knows_name, _knows_name),
    "documentation_note": Rules(
        lambda me, row: _sees_case_row(me, row) and me.lets_in(row),
        lambda me, row: _works_on(me, row) and me.lets_in(row),
        lambda me, row: _works_on(me, row) and me.lets_in(row),
    ),
    "documentation_document": Rules(
        lambda me, row: _sees_case_row(me, row) and me.lets_in_to_document(row),
        lambda me, row: _works_on(me, row) and me.lets_in_to_document(row),
        lambda me, row: _works_on(me, row) and me.lets_in_to_document(row),
    ),
    "documentation_documentfile": Rules(
        lambda me, row: _sees_case_row(me, row) and me.lets_in_to_document(me.document(row.document_id)),
        lambda me, row: _works_on(me, row) and me.lets_in_to_document(me.document(row.document_id)),
        lambda me, row: _works_on(me, row) and me.lets_in_to_document(me.document(row.document_id)),
    ),
    "documentation_notelink": Rules(
        lambda me, row: _sees_case_row(me, row) and me.lets_in(me.note(row.note_id)),
        lambda me, row: _works_on(me, row) and me.lets_in(me.note(row.note_id)),
        lambda me, row: _works_on(me, row) and me.lets_in(me.note(row.note_id)),
    ),
    "assessment_finding": Rules(
        lambda me, row: _sees_case_row(me, row) and me.lets_in_to_finding(row),
        lambda me, row: _works_on(me, row) and me.lets_in_to_finding(row),
        lambda me, row: _works_on(me, row) and me.lets_in_to_finding(row),
    ),
    "confidentiality_agreement": Rules(
        _of_either,
        lambda me, row: me.administers and _of_either(me, row),
        lambda me, row: _administered(me, row) and row.state == "offered" and row.offered_by_id == me.staff,
    ),
    "confidentiality_caseshare": Rules(
        _sees_case_row, _works_on, lambda me, row: _works_on(me, row) and row.shared_by_id == me.staff
    ),
    "confidentiality_acknowledgment": Rules(_ours, _nobody, lambda me, row: _ours(me, row) and _own(me, row)),
    "confidentiality_certificate": Rules(_ours, _nobody, _nobody),
    "confidentiality_disposal": Rules(_sees_proposal, _changes_proposal, _proposes),
    "confidentiality_policycopy": Rules(_sees_case_row, _nobody, _works_on),
    "confidentiality_statement": Rules(_sees_case_row, _nobody, _works_on),
    "confidentiality_statementreply": Rules(_sees_case_row, _nobody, _works_on),
    "confidentiality_unusuallook": Rules(_judges, _judges, _nobody),
    "confidentiality_breach": Rules(_administered, _administered, _administered),
    "confidentiality_breachcase": Rules(_administered, _nobody, _administered),
    "confidentiality_breachstep": Rules(_administered, _nobody, _administered),
    "documentation_signature": Rules(_sees_case_row, _nobody, _works_on),
    "documentation_addendum": Rules(
        lambda me, row: _sees_case_row(me, row) and me.lets_in(me.note(row.note_id)),
        _nobody,
        lambda me, row: _works_on(me, row) and me.lets_in(me.note(row.note_id)),
    ),
    "site_signin": Rules(_signed_in, _signed_in, _comes_in),
    "site_issuerlink": Rules(_signed_in, _nobody, lambda me, row: _comes_in(me, row) or _administered(me, row)),
}


def _shows_sitting(me: Sight, sitting: Any, marks: Any = ()) -> bool:
    return sitting.pk in me.world.settled and me.shown(sitting, "assessment", sitting.on, marks)


def _shows_version(me: Sight, version: Any) -> bool:
    return version.pk in me.world.settled and me.shown(version, "plan", version.made_on)


def _shows_note(me: Sight, note: Any) -> bool:
    return note.state != "draft" and me.shown(note, "notes", note.at.date(), note.marks)


def _shows_document(me: Sight, document: Any) -> bool:
    return document.aside_at is None and me.shown(document, "documents", document.on, document.marks)


def _shows_referral_out(me: Sight, row: Any) -> bool:
    parts = ["referrals", *row.gives]
    return row.sent_on is not None and all(me.shown(row, part, row.sent_on) for part in parts)


SHOWN: dict[str, Rule] = {
    "people_contactpoint": lambda me, row: row.safe and me.shown_person(row.person_id, "contact"),
    "people_significantother": lambda me, row: me.shown_person(row.person_id, "people"),
    "documentation_need": lambda me, row: me.shown(row, "needs", row.found_on),
    "documentation_planversion": _shows_version,
    "documentation_goal": lambda me, row: _shows_version(me, me.version(row.version_id)),
    "documentation_objective": lambda me, row: _shows_version(me, me.version(row.version_id)),
    "documentation_activity": lambda me, row: _shows_version(me, me.version(row.version_id)),
    "documentation_note": _shows_note,
    "documentation_addendum": lambda me, row: _shows_note(me, me.note(row.note_id)),
    "documentation_service": lambda me, row: me.shown(row, "services", row.on),
    "documentation_referralout": _shows_referral_out,
    "documentation_document": _shows_document,
    "documentation_documentfile": lambda me, row: _shows_document(me, me.document(row.document_id)),
    "assessment_sitting": lambda me, row: _shows_sitting(me, row),
    "assessment_domainentry": lambda me, row: _shows_sitting(me, me.sitting(row.sitting_id)),
    "assessment_finding": lambda me, row: _shows_sitting(me, me.sitting(row.sitting_id), row.marks),
}
"""What a share with another agency shows, row by row: nothing of any other table (decision 0021)."""


def rules_of(table: str, kind: str) -> Rules:
    """The rules of a table. Raises KeyError for a table whose rule is its own and which nobody has told the oracle."""
    rules = TABLES[table] if table in TABLES else KINDS[kind]
    if table not in SHOWN:
        return rules
    return rules._replace(see=lambda me, row: rules.see(me, row) or SHOWN[table](me, row))
