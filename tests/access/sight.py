"""What one member of staff is entitled to in a world, worked out in plain Python: the grounds on which the oracle rests."""

from functools import cached_property
from typing import Any
from uuid import UUID

from alongside.client_level.assessment.models import Sitting
from alongside.client_level.engagement.models import ReferralIn
from alongside.confidentiality.models import (
    Agreement,
    CaseShare,
    Conflict,
    MarkReader,
    Release,
    ShareReader,
    UrgentOpening,
)
from alongside.documentation.models import Document, Note, PlanVersion
from alongside.foundations import clock
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
    def apart(self) -> set[UUID]:
        """Cases from which a conflict of interest keeps me today."""
        return {k.case_id for k in self.world.of(Conflict) if k.staff_id == self.staff and self._today(k)}

    def grounds(self, case: UUID) -> set[str]:
        """On what grounds I see a case, by the words the database has for them."""
        if case in self.apart:
            return {"conflict"}
        places = [a for a in self.world.of(Assignment) if a.case_id == case and self._today(a)]
        found = {a.role for a in places if a.staff_id == self.staff}
        found |= {"line" for a in places if a.staff_id in self.line - {self.staff} and a.role != "review"}
        urgent = [o for o in self.world.of(UrgentOpening) if o.case_id == case and o.staff_id == self.staff]
        found |= {"urgent" for o in urgent if o.began_at <= clock.now() < o.ends_at}
        found |= {"share" for share, _release in self.shares if share.case_id == case}
        return found | ({"program"} if self.program_of(case) in self.programs else set())

    @cached_property
    def shares(self) -> list[tuple[Any, Any]]:
        """What stands today of what the other agency shares with me by name, each with its release."""
        papers = {row.pk: row for model in (CaseShare, Release, Agreement, Case) for row in self.world.of(model)}
        named = [papers[row.share_id] for row in self.world.of(ShareReader) if row.staff_id == self.staff]
        found = [(share, papers[share.release_id], papers[share.agreement_id]) for share in named]
        return [(share, release) for share, release, agreed in found if self._stands(share, release, agreed)]

    def _stands(self, share: Any, release: Any, agreed: Any) -> bool:
        owner = next(c.agency_id for c in self.world.of(Case) if c.pk == share.case_id)
        works = bool(self.roles - {"agency_administrator"}) and share.case_id not in self.apart
        both = {owner, self.agency} == {agreed.agency_id, agreed.other_id}
        wide = {"identity", "contact"} <= set(release.categories)
        in_time = share.ended_at is None and self._today(share)
        return works and both and wide and in_time and self._agreed(agreed) and release.is_in_force(TODAY)

    def _agreed(self, agreed: Any) -> bool:
        return agreed.state == "in_force" and self._today(agreed)

    def shown(self, row: Any, part: str, day: Any, marks: Any = ()) -> bool:
        """Whether one release by which a row's case is shared with me covers its part, its day and all its marks."""
        return any(
            part in release.categories
            and set(marks) <= set(release.marks)
            and (day is None or (release.record_from or day) <= day <= (release.record_until or day))
            for share, release in self.shares
            if share.case_id == row.case_id
        )

    def shown_person(self, person: UUID, part: str) -> bool:
        """Whether a part of what is known of a person is shared with me, by any of their cases."""
        whose = {case.pk: case.client_id for case in self.world.of(Case)}
        return any(whose[s.case_id] == person and part in release.categories for s, release in self.shares)

    def sitting(self, key: UUID) -> Any:
        """One sitting."""
        return next(s for s in self.world.of(Sitting) if s.pk == key)

    def version(self, key: UUID) -> Any:
        """One version of a plan."""
        return next(v for v in self.world.of(PlanVersion) if v.pk == key)

    def _open_for(self, *grounds: str) -> set[UUID]:
        return {case.pk for case in self.world.of(Case) if self.grounds(case.pk) & set(grounds)}

    @cached_property
    def primary(self) -> set[UUID]:
        """Cases whose primary case manager I am."""
        return self._open_for("primary")

    @cached_property
    def working(self) -> set[UUID]:
        """Cases I work on or answer for."""
        return self._open_for("primary", "team", "cover", "intake", "line")

    @cached_property
    def opened(self) -> set[UUID]:
        """Those, the files lent to me and nobody else, and what I have opened urgently."""
        return self.working | self._open_for("review", "urgent")

    @cached_property
    def strangers(self) -> set[UUID]:
        """Clients from whom I am kept apart, and of whom no other case is open to me."""
        known = {c.client_id for c in self.world.of(Case) if self.sees_case(c.pk, c.program_id)}
        return self.clients(self.apart) - known

    def sees_case(self, case: UUID | None, program: UUID | None) -> bool:
        """A case that is open to me, or of a program I answer for, and from which nothing keeps me apart."""
        return (case in self.opened or program in self.programs) and case not in self.apart

    def works_on(self, case: UUID | None, program: UUID | None) -> bool:
        """The same, but neither a file lent nor an urgent opening is for writing."""
        return (case in self.working or program in self.programs) and case not in self.apart

    def answers_for(self, row: Any) -> bool:
        """A case I may work on as a supervisor or program manager."""
        return self.works_on(row.case_id, row.program_id) and bool(self.roles & {"supervisor", "program_manager"})

    def _named_to(self, row: Any) -> bool:
        """Whether I am let in by name to all marks of a row of a case."""
        mine = (r for r in self.world.of(MarkReader) if r.case_id == row.case_id and r.staff_id == self.staff)
        return set(row.marks) <= {r.mark for r in mine if self._today(r)}

    def lets_in(self, note: Any) -> bool:
        """A note without marks, or one that I write, co-sign, have as primary, or am let in to by name."""
        hand = self.staff is not None and self.staff in (note.writer_id, note.cosigner_id)
        to_cosign = note.state == "cosign" and note.writer_id in self.line
        return hand or to_cosign or note.case_id in self.primary or self._named_to(note)

    def lets_in_to_finding(self, finding: Any) -> bool:
        """A finding without marks, or one that I assessed, have as primary, or am let in to by name."""
        sitting = next(s for s in self.world.of(Sitting) if s.pk == finding.sitting_id)
        mine = self.staff is not None and sitting.by_id == self.staff
        return mine or finding.case_id in self.primary or self._named_to(finding)

    def lets_in_to_document(self, document: Any) -> bool:
        """A document without marks, or one that I added, have as primary, or am let in to by name."""
        mine = self.staff is not None and document.by_id == self.staff
        return mine or document.case_id in self.primary or self._named_to(document)

    def document(self, key: UUID) -> Any:
        """One document."""
        return next(d for d in self.world.of(Document) if d.pk == key)

    def note(self, key: UUID) -> Any:
        """One note."""
        return next(n for n in self.world.of(Note) if n.pk == key)

    def keeps_marks(self, row: Any) -> bool:
        """A case for which I say who is let in to what is marked."""
        return row.case_id in self.primary or self.answers_for(row)

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
        """A client of a program I answer for, or somebody referred to my door and not yet with a case; no stranger."""
        if person in self.strangers:
            return False
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
        beside = bool(self._homes({person}) & self._homes(mine)) and person not in self.strangers
        return person in mine or self.serves(person) or beside

    def changes(self, person: UUID) -> bool:
        """The same, but a file lent for review gives no ground."""
        mine = self.clients(self.working)
        beside = bool(self._homes({person}) & self._homes(mine)) and person not in self.strangers
        return person in mine or self.serves(person) or beside

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
