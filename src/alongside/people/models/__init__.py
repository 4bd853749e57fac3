"""The nouns of the room: agency side, person side, and the case between them."""

from alongside.people.models.agency import Account, Agency, Program, ProgramStaff, Staff, Team
from alongside.people.models.case import Assignment, Case, CaseRecord
from alongside.people.models.person import (
    Address,
    ContactPoint,
    Household,
    HouseholdMember,
    IdentifierKind,
    Person,
    PersonIdentifier,
    PersonName,
    Representative,
    SignificantOther,
)

__all__ = [
    "Account", "Address", "Agency", "Assignment", "Case", "CaseRecord", "ContactPoint", "Household",
    "HouseholdMember", "IdentifierKind", "Person", "PersonIdentifier", "PersonName", "Program", "ProgramStaff",
    "Representative", "SignificantOther", "Staff", "Team",
]  # fmt: skip
