"""Who may see, change and add which rows, worked out in plain Python from the rules and not from the policies.

The rules: practice C4 (the case team, those who answer for them, roles with a stated reason), S12 (a file lent for
review is for reading), E2 (referrals are seen at the door), design section 3.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from alongside.client_level.engagement.models import ReferralIn
from alongside.people.models import Assignment, Case, Household, HouseholdMember, Person, Program, ProgramStaff, Staff
from tests.access.worlds import TODAY, World


class Sight:
    """What one member of staff is entitled to in a world; `me` is None when nobody acts."""

    def __init__(self, world: World, me: Staff | None) -> None:
        self.world, self.me = world, me
        self.staff: UUID | None = me.pk if me else None
        self.agency: UUID | None = me.agency_id if me else None
        self.roles: set[str] = set(me.roles) if me else set()

    @cached_property
    def line(self) -> set[UUID]:
        """Me, and when I supervise, everyone below me, however far."""
        found = {self.staff} - {None}
        while "supervisor" in self.roles:
            below = {s.pk for s in self.world.of(Staff) if s.supervisor_id in found} - found
            if not below:
                break
            found |= below
        return {one for one in found if one is not None}

    def _today(self, row: Any) -> bool:
        return bool(row.since <= TODAY and (row.until is None or row.until > TODAY))

    @cached_property
    def working(self) -> set[UUID]:
        """Cases I work on or answer for."""
        return {
            a.case_id
            for a in self.world.of(Assignment)
            if self._today(a) and a.role != "review" and a.staff_id in self.line
        }

    @cached_property
    def opened(self) -> set[UUID]:
        """Those, and the files lent to me and nobody else."""
        lent = {a.case_id for a in self.world.of(Assignment) if self._today(a) and a.staff_id == self.staff}
        return self.working | lent

    def _places(self, *wanted: str) -> set[UUID]:
        """Programs of my own agency, whatever a row says of another's."""
        ours = {program.pk for program in self.world.of(Program) if program.agency_id == self.agency}
        return ours & {
            place.program_id
            for place in self.world.of(ProgramStaff)
            if place.staff_id == self.staff and place.role in wanted and place.role in self.roles
        }

    @cached_property
    def programs(self) -> set[UUID]:
        """Programs I answer for."""
        return self._places("program_manager")

    @cached_property
    def doors(self) -> set[UUID]:
        """Programs whose referrals I receive."""
        return self._places("intake_worker", "supervisor", "program_manager")

    def clients(self, cases: set[UUID]) -> set[UUID]:
        """The clients of some cases."""
        return {case.client_id for case in self.world.of(Case) if case.pk in cases}

    def serves(self, person: UUID) -> bool:
        """A client of a program I answer for, or somebody referred to my door and not yet with a case."""
        known = any(c.client_id == person and c.program_id in self.programs for c in self.world.of(Case))
        return known or any(
            r.client_id == person and r.program_id in self.doors and r.case_id is None
            for r in self.world.of(ReferralIn)
        )

    def _homes(self, people: set[UUID]) -> set[UUID]:
        members = self.world.of(HouseholdMember)
        return {m.household_id for m in members if m.person_id in people and self._today(m)}

    def sees(self, person: UUID) -> bool:
        """A client of mine, someone I serve, or someone under one roof with a client of mine."""
        mine = self.clients(self.opened)
        return person in mine or self.serves(person) or bool(self._homes({person}) & self._homes(mine))

    def changes(self, person: UUID) -> bool:
        """The same, but a file lent for review gives no ground."""
        mine = self.clients(self.working)
        return person in mine or self.serves(person) or bool(self._homes({person}) & self._homes(mine))

    def takes_up(self, person: UUID) -> bool:
        """Somebody I may write about, or somebody of my agency who has no tie to anyone yet."""
        tied = {row.client_id for model in (Case, ReferralIn) for row in self.world.of(model)}
        tied |= {row.person_id for row in self.world.of(HouseholdMember)}
        ours = {p.pk for p in self.world.of(Person) if p.agency_id == self.agency}
        return self.changes(person) or person in ours - tied

    def sees_home(self, home: UUID) -> bool:
        """A household of my agency that is empty, or in which someone lives or lived whom I know directly."""
        members = [m.person_id for m in self.world.of(HouseholdMember) if m.household_id == home]
        mine = self.clients(self.opened)
        return self._ours(home) and (not members or any(one in mine or self.serves(one) for one in members))

    def joins(self, home: UUID) -> bool:
        """A household of my agency in which nobody lives today, or someone does with whom I work."""
        members = self.world.of(HouseholdMember)
        there = [m.person_id for m in members if m.household_id == home and self._today(m)]
        mine = self.clients(self.working)
        return self._ours(home) and (not there or any(one in mine or self.serves(one) for one in there))

    def _ours(self, home: UUID) -> bool:
        return any(h.pk == home and h.agency_id == self.agency for h in self.world.of(Household))

    @property
    def administers(self) -> bool:
        """Whether I administer my agency."""
        return "agency_administrator" in self.roles

    def of_my_agency(self, staff: UUID) -> bool:
        """Whether a member of staff works where I do."""
        return any(s.pk == staff and s.agency_id == self.agency for s in self.world.of(Staff))

    def program_of(self, case: UUID) -> UUID | None:
        """The program of a case, or None when there is no such case."""
        return next((c.program_id for c in self.world.of(Case) if c.pk == case), None)

    def referral(self, key: UUID) -> Any:
        """One referral in."""
        return next(r for r in self.world.of(ReferralIn) if r.pk == key)


Rule = Callable[[Sight, Any], bool]


class Rules(NamedTuple):
    """Who sees a row, who changes it, who may add one like it."""

    see: Rule
    change: Rule
    add: Rule


def _nobody(me: Sight, row: Any) -> bool:
    return False


def _sees_referral(me: Sight, r: Any) -> bool:
    return (r.program_id in me.doors and r.case_id is None) or r.case_id in me.opened or r.program_id in me.programs


def _changes_referral(me: Sight, r: Any) -> bool:
    return (r.program_id in me.doors and r.case_id is None) or r.case_id in me.working or r.program_id in me.programs


def _sees_trail(me: Sight, row: Any) -> bool:
    if row.case_id is None and me.administers and row.agency_id == me.agency:
        return True
    of_case = row.case_id in me.opened or (row.case_id and me.program_of(row.case_id) in me.programs)
    return bool(of_case or (me.staff is not None and row.staff_id == me.staff))


def _own_trail(me: Sight, row: Any) -> bool:
    return me.staff is not None and row.staff_id == me.staff and row.agency_id == me.agency


def _adds_assignment(me: Sight, row: Any) -> bool:
    program = me.program_of(row.case_id)
    opening = program is None and row.program_id in me.doors
    return me.of_my_agency(row.staff_id) and (row.case_id in me.working or program in me.programs or opening)


def _works_on(me: Sight, row: Any) -> bool:
    return row.case_id in me.working or row.program_id in me.programs


def _ours(me: Sight, row: Any) -> bool:
    return me.agency is not None and row.agency_id == me.agency


def _sees_case_row(me: Sight, row: Any) -> bool:
    return row.case_id in me.opened or row.program_id in me.programs


def _administered(me: Sight, row: Any) -> bool:
    return me.administers and _ours(me, row)


def _signs_in(me: Sight, row: Any) -> bool:
    """Before anyone acts, the door looks for the account; then one's own, and an administrator those they gave."""
    if me.me is None:
        return True
    given = any(s.account_id == row.pk and s.agency_id == me.agency for s in me.world.of(Staff))
    return row.pk == me.me.account_id or (me.administers and given)


def _own(me: Sight, row: Any) -> bool:
    return me.staff is not None and row.staff_id == me.staff


def _signed_in(me: Sight, row: Any) -> bool:
    """Where one is signed in oneself, and where the staff whom one administers are."""
    return _own(me, row) or _administered(me, row)


def _comes_in(me: Sight, row: Any) -> bool:
    """Nobody is signed in by somebody else."""
    return _own(me, row) and _ours(me, row)


KINDS = {
    "agency": Rules(_ours, _ours, _ours),
    "admin": Rules(_ours, _administered, _administered),
    "case": Rules(_sees_case_row, _works_on, _works_on),
    "person": Rules(
        lambda me, row: me.sees(row.person_id),
        lambda me, row: me.changes(row.person_id),
        lambda me, row: me.changes(row.person_id),
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
    "people_person": Rules(lambda me, row: me.sees(row.pk), lambda me, row: me.changes(row.pk), _ours),
    "people_case": Rules(
        lambda me, row: row.pk in me.opened or row.program_id in me.programs,
        lambda me, row: row.pk in me.working or row.program_id in me.programs,
        lambda me, row: _ours(me, row) and row.program_id in me.doors | me.programs and me.takes_up(row.client_id),
    ),
    "people_assignment": Rules(_sees_case_row, _works_on, _adds_assignment),
    "engagement_referralin": Rules(
        _sees_referral,
        _changes_referral,
        lambda me, row: (
            _ours(me, row) and row.case_id is None and row.program_id in me.doors and me.takes_up(row.client_id)
        ),
    ),
    "engagement_screeninganswer": Rules(
        lambda me, row: _sees_referral(me, me.referral(row.referral_id)),
        lambda me, row: _changes_referral(me, me.referral(row.referral_id)),
        lambda me, row: _changes_referral(me, me.referral(row.referral_id)),
    ),
    "foundations_deed": Rules(_sees_trail, _nobody, _own_trail),
    "foundations_look": Rules(_sees_trail, _nobody, lambda me, row: True),
    "foundations_statechange": Rules(_sees_trail, _nobody, _own_trail),
    "documentation_signature": Rules(_sees_case_row, _nobody, _works_on),
    "documentation_addendum": Rules(_sees_case_row, _nobody, _works_on),
    "site_signin": Rules(_signed_in, _signed_in, _comes_in),
}


def rules_of(table: str, kind: str) -> Rules:
    """The rules of a table. Raises KeyError for a table whose rule is its own and which nobody has told the oracle."""
    return TABLES[table] if table in TABLES else KINDS[kind]
