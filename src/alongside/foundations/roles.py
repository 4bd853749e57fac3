"""Roles that staff hold, and the rights that verbs and views ask for.

A right says which *roles* may do a thing. Which *records* they may do it to is never decided here: that is the
database's row-level security (practice C4).
"""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a member of staff is in the agency. One person may hold several."""

    INTAKE_WORKER = "intake_worker"
    CASE_MANAGER = "case_manager"
    SUPERVISOR = "supervisor"
    PROGRAM_MANAGER = "program_manager"
    ADMINISTRATOR = "agency_administrator"
    QUALITY_REVIEWER = "quality_reviewer"


@dataclass(frozen=True)
class Right:
    """A named right and the roles that hold it. `open_to_all` is for pages without sign-in and for one's own account."""

    name: str
    roles: frozenset[Role]
    open_to_all: bool = False

    def held_by(self, roles: frozenset[Role]) -> bool:
        """True when any of `roles` carries this right."""
        return self.open_to_all or bool(self.roles & roles)


_PRACTICE = frozenset({Role.INTAKE_WORKER, Role.CASE_MANAGER, Role.SUPERVISOR, Role.PROGRAM_MANAGER})

NOTHING = Right("no sign-in", frozenset(), open_to_all=True)
OWN_ACCOUNT = Right("own account", frozenset(Role), open_to_all=True)
RECEIVE = Right("receive referrals", _PRACTICE)
READ_CASE = Right("read a case", _PRACTICE | {Role.QUALITY_REVIEWER})
WORK_CASE = Right("work on a case", _PRACTICE)
SUPERVISE = Right("supervise", frozenset({Role.SUPERVISOR, Role.PROGRAM_MANAGER}))
ADMINISTER = Right("administer the agency", frozenset({Role.ADMINISTRATOR}))
OVERSEE = Right("oversee looks, policies and disposal", SUPERVISE.roles | ADMINISTER.roles)

ALL_RIGHTS = (NOTHING, OWN_ACCOUNT, RECEIVE, READ_CASE, WORK_CASE, SUPERVISE, ADMINISTER, OVERSEE)
