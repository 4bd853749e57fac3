"""The cast: one fictional agency and a second one, met again in every story.

Maren manages Sama's case in New Start. Tadesse manages cases too, but not hers. Delphine supervises both. Ines does the
intake, Priya manages the program, Otto administers the agency and sees no client, Quinn reviews quality. Noor works
elsewhere, at Eastfield.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from alongside.client_level.engagement.actions import (
    Asked,
    Told,
    case_enroll,
    case_open,
    criteria_save,
    referral_answer,
    referral_receive,
    referral_screen,
)  # fmt: skip
from alongside.client_level.engagement.models import Criterion, ReferralIn
from alongside.foundations import clock
from alongside.foundations.actor import Actor, acting
from alongside.foundations.roles import Role
from alongside.people.actions import agency_found, program_save, program_staff_add, set_up_actor, staff_add
from alongside.people.models import Agency, Case, Program, Staff

PASSWORD = "a long tide comes in"


@dataclass
class Cast:
    """Everyone by first name as an `Actor`; `staff` has the rows, by the same names."""

    agency: Agency
    program: Program
    staff: dict[str, Staff]
    elsewhere: Agency
    elsewhere_program: Program

    def __getattr__(self, name: str) -> Actor:
        staff = self.__dict__["staff"].get(name)
        if staff is None:
            raise AttributeError(name)
        return actor_for(staff)

    def refer(self, name: str = "Sama Othman", **person: object) -> ReferralIn:
        """A referral of someone to New Start, received by Ines ten days ago."""
        fields: dict[str, object] = {"preferred_name": name, "pronouns": "she/her", "birth_date": date(1992, 3, 4),
                  "language": "Arabic", "reads_language": "Arabic", "interpreter": "always",
                  "safe_contact": "Text only, weekdays before 14:00, and say “the library”."} | person  # fmt: skip
        return referral_receive(
            self.ines, program=self.program, person=fields, source="St Brigid’s ward 4", reason="Needs a home",
            received_on=clock.today() - timedelta(days=10),
        )  # fmt: skip

    def open_case(self, name: str = "Sama Othman", primary: str = "maren") -> Case:
        """A case that was screened, accepted and opened, not yet enrolled."""
        referral = self.refer(name)
        with acting(self.ines):
            criteria = list(Criterion.objects.filter(program=self.program))
        referral = referral_screen(self.ines, referral=referral, answers={c: ("yes", "seen") for c in criteria})
        referral = referral_answer(self.ines, referral=referral, answer="accepted")
        opened = clock.today() - timedelta(days=9)
        return case_open(self.ines, referral=referral, primary=self.staff[primary], opened_on=opened)

    def enroll(self, name: str = "Sama Othman", primary: str = "maren") -> Case:
        """A case whose client is enrolled: rights, consent and confidentiality explained."""
        case = self.open_case(name, primary)
        told = Told(on=clock.today() - timedelta(days=8), language="Arabic", interpreter="Hala K.")
        return case_enroll(self.ines, case=case, told=told, seen_alone="yes", present=["client", "interpreter"])

    @cached_property
    def sama(self) -> Case:
        """Sama's case, enrolled, Maren as primary."""
        return self.enroll()


def actor_for(staff: Staff) -> Actor:
    """The actor that `staff` is when signed in."""
    return Actor(
        staff.pk, staff.agency_id, staff.account_id, staff.name, frozenset(map(Role, staff.roles)), staff.title
    )


PEOPLE = (
    ("delphine", "Delphine Arceneaux", [Role.SUPERVISOR], None),
    ("maren", "Maren Achterberg", [Role.CASE_MANAGER], "delphine"),
    ("tadesse", "Tadesse Worku", [Role.CASE_MANAGER], "delphine"),
    ("ines", "Ines Barbosa", [Role.INTAKE_WORKER], None),
    ("priya", "Priya Raman", [Role.PROGRAM_MANAGER], None),
    ("otto", "Otto Lindqvist", [Role.ADMINISTRATOR], None),
    ("quinn", "Quinn Adeyemi", [Role.QUALITY_REVIEWER], None),
)


def gather(
    name: str = "Harbour Lane Community Services", key: UUID | None = None, *, demonstration: bool = True
) -> Cast:
    """Found both agencies and hire everyone, by the same verbs as in life; as real ones where no `demonstration` is meant."""
    agency = agency_found(name=name, demonstration=demonstration, key=key)
    set_up = set_up_actor(agency.pk)
    staff: dict[str, Staff] = {}
    for short, full, roles, above in PEOPLE:
        staff[short] = staff_add(
            set_up, name=full, email=f"{short}@harbourlane.example", password=PASSWORD, roles=[r.value for r in roles],
            supervisor=staff.get(above or ""),
        )  # fmt: skip
    program = program_save(set_up, program=Program(), values={"name": "New Start"})
    for short, role in (("ines", Role.INTAKE_WORKER), ("priya", Role.PROGRAM_MANAGER), ("maren", Role.CASE_MANAGER)):
        program_staff_add(set_up, program=program, staff=staff[short], role=role.value)
    elsewhere = agency_found(name="Eastfield Family Center", demonstration=demonstration)
    other_set_up = set_up_actor(elsewhere.pk)
    every = [r.value for r in Role]
    staff["noor"] = staff_add(
        other_set_up, name="Noor Haddad", email="noor@eastfield.example", password=PASSWORD, roles=every
    )
    elsewhere_program = program_save(other_set_up, program=Program(), values={"name": "Eastfield Homes"})
    program_staff_add(other_set_up, program=elsewhere_program, staff=staff["noor"], role=Role.PROGRAM_MANAGER.value)
    criteria_save(
        set_up, program=program,
        questions=[Asked("Lives in the county", "eligible", True), Asked("Wants to work on a plan", "appropriate", False)],
    )  # fmt: skip
    return Cast(agency, program, staff, elsewhere, elsewhere_program)
