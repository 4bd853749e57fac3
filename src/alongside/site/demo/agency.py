"""The invented agency: programs, teams and staff, set up by the same verbs as a real one."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from alongside.client_level.engagement.actions import Asked, criteria_save
from alongside.foundations.actor import Actor
from alongside.foundations.roles import Role
from alongside.people.actions import agency_found, program_save, program_staff_add, set_up_actor, staff_add, team_save
from alongside.people.models import Agency, Program, Staff, Team
from alongside.site.demo.people import ORIGINS

PASSWORD = "a long tide comes in"  # noqa: S105  (of a fictional agency; the set-up page says so)
ROOT = UUID("6f1c9f38-0b7a-7c41-9a55-2b1d3a9e4f10")
NAMES = ("Harbour Lane Community Services", "Eastfield Family Center", "Three Rivers Area Agency on Aging")

PROGRAMS = (
    ("New Start", {"model": "strengths", "contact_every_days": 14, "supervisor_signs_plans": True}),
    ("Safe Harbor", {"model": "clinical", "contact_every_days": 7}),
    ("At Home Longer", {"model": "brokerage", "contact_every_days": 30}),
)
LEADS = (
    ("delphine", "Delphine Arceneaux", Role.SUPERVISOR, "Supervisor"),
    ("ines", "Ines Barbosa", Role.INTAKE_WORKER, "Intake"),
    ("priya", "Priya Raman", Role.PROGRAM_MANAGER, "Program manager"),
    ("otto", "Otto Lindqvist", Role.ADMINISTRATOR, "Administrator"),
    ("quinn", "Quinn Adeyemi", Role.QUALITY_REVIEWER, "Quality reviewer"),
)
WORKERS = (
    "Maren Achterberg", "Tadesse Worku", "Ifeoma Nwosu", "Jonas Lindgren", "Camille Fontaine", "Ravi Menon", "Ana Sousa",
    "Petra Novak", "Samuel Osei", "Hanna Virtanen", "Luis Cordero", "Mina Sato",
)  # fmt: skip
CRITERIA = [
    Asked("Lives in the county or is about to", "eligible", True),
    Asked("Has come to the country within five years, or has no safe home", "eligible", True),
    Asked("Wants to make a plan and work on it", "appropriate", True),
    Asked("Someone else could help better", "appropriate", False),
]


@dataclass(frozen=True)
class Setting:
    """A founded agency and the people in it, ready for clients."""

    agency: Agency
    programs: list[Program]
    staff: dict[str, Staff]
    workers: list[Staff]


def name_of(number: int) -> str:
    """The name of the invented agency of this number, from 0."""
    return NAMES[number % len(NAMES)] + (f" {number // len(NAMES) + 1}" if number >= len(NAMES) else "")


def key_of(number: int) -> UUID:
    """Its key: the same every time, so that it is never filled in twice."""
    return uuid5(ROOT, name_of(number))


def found(number: int, workers: int = len(WORKERS)) -> Setting:
    """Found the invented agency of this number, from 0, with so many case managers and a supervisor for every twelve."""
    agency = agency_found(name=name_of(number), demonstration=True, key=key_of(number))
    set_up = set_up_actor(agency.pk)
    domain = "harbourlane.example" if number == 0 else f"agency{number + 1}.example"
    staff = {
        short: staff_add(
            set_up, name=full, email=f"{short}@{domain}", password=PASSWORD, roles=[role.value], title=title
        )
        for short, full, role, title in LEADS
    }
    people = _case_managers(set_up, staff, workers, domain)
    programs = [_program(set_up, name, values, staff, people) for name, values in PROGRAMS]
    for team, part in (("North team", people[::2]), ("South team", people[1::2])):
        team_save(set_up, team=Team(), name=team, members=part)
    return Setting(agency, programs, staff, people)


def _case_managers(set_up: Actor, staff: dict[str, Staff], count: int, domain: str) -> list[Staff]:
    """The workers; the first twelve answer to Delphine, each further twelve to a supervisor of their own."""
    people: list[Staff] = []
    supervisor = staff["delphine"]
    for number in range(count):
        full = WORKERS[number] if number < len(WORKERS) else _further_name(number)
        short = full.split()[0].lower() if number < len(WORKERS) else f"worker{number + 1}"
        if number and number % len(WORKERS) == 0:
            supervisor = _add(
                set_up, _further_name(count + number), f"lead{number}@{domain}", Role.SUPERVISOR, "Supervisor"
            )
        staff[short] = _add(set_up, full, f"{short}@{domain}", Role.CASE_MANAGER, "Case manager", supervisor)
        people.append(staff[short])
    return people


def _add(set_up: Actor, full: str, email: str, role: Role, title: str, supervisor: Staff | None = None) -> Staff:
    return staff_add(
        set_up, name=full, email=email, password=PASSWORD, roles=[role.value], title=title,
        languages=["English"], supervisor=supervisor,
    )  # fmt: skip


def _further_name(number: int) -> str:
    origin = ORIGINS[number % len(ORIGINS)]
    given = origin.given[number // len(ORIGINS) % len(origin.given)][0]
    return f"{given} {origin.family[number % len(origin.family)]}"


def _program(
    set_up: Actor, name: str, values: dict[str, object], staff: dict[str, Staff], workers: list[Staff]
) -> Program:
    program = program_save(set_up, program=Program(), values={"name": name, **values})
    places = [("ines", Role.INTAKE_WORKER), ("delphine", Role.SUPERVISOR), ("priya", Role.PROGRAM_MANAGER)]
    for short, role in places:
        program_staff_add(set_up, program=program, staff=staff[short], role=role.value)
    for worker in workers:
        program_staff_add(set_up, program=program, staff=worker, role=Role.CASE_MANAGER.value)
    criteria_save(set_up, program=program, questions=CRITERIA)
    return program


def as_actor(staff: Staff) -> Actor:
    """The actor that `staff` is when signed in."""
    return Actor(
        staff.pk, staff.agency_id, staff.account_id, staff.name, frozenset(map(Role, staff.roles)), staff.title
    )
