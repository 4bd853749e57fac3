"""Random agencies with everything in them that decides who sees whom, and a row in every confidential table."""

import typing
from collections import defaultdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from hypothesis import strategies as st

from alongside.client_level.assessment.models import Finding
from alongside.client_level.engagement.models import Criterion, ReferralIn, ScreeningAnswer
from alongside.confidentiality.models import (
    Acknowledgment,
    Breach,
    BreachCase,
    BreachStep,
    Certificate,
    Conflict,
    Disposal,
    LookRules,
    MarkReader,
    Policy,
    PolicyVersion,
    RetentionRule,
    TrueName,
    UnusualLook,
    UrgentOpening,
)
from alongside.documentation.models import Note
from alongside.foundations import clock
from alongside.foundations.ids import new_id
from alongside.foundations.models import Deed, Draft, Look, SentForm, StateChange
from alongside.foundations.rls import CONFIDENTIAL
from alongside.foundations.roles import Role
from alongside.people.models import (
    Account,
    Agency,
    Assignment,
    Case,
    Household,
    HouseholdMember,
    Person,
    PersonName,
    Program,
    ProgramStaff,
    Staff,
    Team,
)
from alongside.people.models.case import AssignmentRole
from alongside.site.models import IssuerLink, SignIn

Row = models.Model
TODAY = clock.today()
MARKS = ("hiv", "psychotherapy")
DRAWN: tuple[type[models.Model], ...] = (Assignment, Conflict, MarkReader, UrgentOpening)
"""Tables of a case that decide who sees it: their rows are drawn, not just filled in."""


class World:
    """Rows by table, in the order in which they can be written."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = defaultdict(list)

    def __repr__(self) -> str:
        staff = ", ".join(f"{'/'.join(one.roles)}" for one in self.of(Staff))
        places = [(a.role, str(a.since), str(a.until)) for a in self.of(Assignment)]
        return f"a world of {staff} with {places}"

    def of(self, model: type[models.Model]) -> list[Any]:
        """The rows of one table."""
        return self.rows.get(model._meta.db_table, [])

    def add(self, row: Row) -> Any:
        """Put a row into its table and give it back."""
        self.rows[row._meta.db_table].append(row)
        return row

    def write(self) -> None:
        """Write everything, table by table; the caller's role must be the owner."""
        for rows in self.rows.values():
            type(rows[0])._default_manager.bulk_create(rows)


def model_of(table: str) -> type[models.Model]:
    """The model whose rows lie in `table`. Raises LookupError when there is none."""
    every = apps.get_models(include_auto_created=True)
    return next(model for model in every if model._meta.db_table == table)


def filled(model: type[models.Model], known: dict[type[models.Model], Row], **given: Any) -> Row:
    """The smallest row that `model` takes: what is given, what `known` can point to, and plain values for the rest."""
    row = model(**given)
    day = TODAY
    for column in model._meta.concrete_fields:
        if column.name in given or column.attname in given or column.primary_key:
            continue
        if isinstance(column, models.ForeignKey):
            target = row if column.related_model is model else known.get(typing.cast(Any, column.related_model))
            if target is None and not column.null:
                raise LookupError(f"nothing for {model._meta.db_table}.{column.attname} to point to")
            setattr(row, column.attname, target.pk if target is not None and not column.null else None)
        elif not column.null and not column.has_default():
            setattr(row, column.attname, _plain(column, day))
            day += timedelta(days=isinstance(column, models.DateField))
    return row


def _plain(column: Any, day: Any) -> object:
    if column.choices:
        return column.choices[0][0]
    if isinstance(column, ArrayField):
        return []
    if isinstance(column, models.DateTimeField):
        return clock.now()
    if isinstance(column, models.DateField):
        return day
    if isinstance(column, models.UUIDField):
        return new_id()
    return 1 if isinstance(column, models.IntegerField) else "x"


def in_order(kind: str) -> list[type[models.Model]]:
    """The models of the tables of one kind of policy, those pointed to before those that point."""
    waiting = [model_of(table) for table, of_kind in sorted(CONFIDENTIAL.items()) if of_kind == kind]
    ordered: list[type[models.Model]] = []
    while waiting:
        free = [model for model in waiting if not _needs(model) & set(waiting) - {model}]
        ordered += free
        waiting = [model for model in waiting if model not in free]
    return ordered


def _needs(model: type[models.Model]) -> set[Any]:
    return {column.related_model for column in model._meta.concrete_fields if isinstance(column, models.ForeignKey)}


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Two agencies, so that each may try to see into the other."""
    world = World()
    for name in ("here", "there"):
        _agency(draw, world, name)
    _lies(draw, world)
    return world


def _lies(draw: st.DrawFn, world: World) -> None:
    """Places that say their staff work in a program of the other agency: they must open nothing there."""
    roles = st.sampled_from([Role.PROGRAM_MANAGER.value, Role.SUPERVISOR.value])
    pairs = [(s, p) for s in world.of(Staff) for p in world.of(Program) if s.agency_id != p.agency_id]
    for (worker, program), role in draw(st.lists(st.tuples(st.sampled_from(pairs), roles), max_size=2, unique=True)):
        world.add(ProgramStaff(agency_id=worker.agency_id, staff=worker, program=program, role=role))


def _agency(draw: st.DrawFn, world: World, name: str) -> None:
    agency = world.add(Agency(name=name))
    programs = [world.add(Program(agency=agency, name=f"program {number}")) for number in range(2)]
    staff = _staff(draw, world, agency, programs)
    people = [world.add(Person(agency=agency, preferred_name=f"person {number}")) for number in range(4)]
    papers = _papers(world, agency, programs, staff)
    cases = [_case(draw, world, agency, draw(st.sampled_from(people[:3])), programs, number) for number in range(2)]
    _assignments(draw, world, cases, staff)
    _exceptions(draw, world, cases, staff)
    _referrals(draw, world, agency, programs, people, cases)
    _households(draw, world, agency, people)
    _records(draw, world, cases, staff, people, papers)
    _proposals(world, agency, cases, staff[-1], papers[RetentionRule])


def _papers(world: World, agency: Agency, programs: list[Program], staff: list[Staff]) -> dict[type[models.Model], Any]:
    """The agency's policies and rules, what was acknowledged, and what is left of a record that was disposed of."""
    known: dict[type[models.Model], Any] = {Agency: agency, Program: programs[0], Staff: staff[0]}
    for model in (Policy, PolicyVersion, Acknowledgment, RetentionRule, Certificate):
        given = {"years": 7} if model is RetentionRule else {}
        known[model] = world.add(filled(model, known, agency=agency, **given))
    return known


def _proposals(world: World, agency: Agency, cases: list[Case], by: Staff, rule: RetentionRule) -> None:
    """A proposal to dispose of each case, and of a referral that became none."""
    for case, program in [(case, case.program) for case in cases] + [(None, cases[0].program)]:
        known: dict[type[models.Model], Row] = {Agency: agency, Program: program, Staff: by, RetentionRule: rule}
        subject = case.pk if case else new_id()
        world.add(filled(Disposal, known, case=case, subject_id=subject))


def _staff(draw: st.DrawFn, world: World, agency: Agency, programs: list[Program]) -> list[Staff]:
    staff: list[Staff] = []
    for number in range(draw(st.integers(2, 3))):
        account = world.add(Account(email=f"{agency.name}{number}@example.org"))
        roles = draw(st.lists(st.sampled_from([role.value for role in Role]), min_size=1, max_size=3, unique=True))
        above = draw(st.sampled_from([None, *staff]))
        staff.append(world.add(Staff(agency=agency, account=account, name="x", roles=roles, supervisor=above)))
    places = st.tuples(st.sampled_from(staff), st.sampled_from(programs), st.sampled_from([r.value for r in Role]))
    for worker, program, role in draw(st.lists(places, max_size=4, unique=True)):
        world.add(ProgramStaff(agency=agency, staff=worker, program=program, role=role))
    team = world.add(Team(agency=agency, name="x"))
    world.add(Team.members.through(team_id=team.pk, staff_id=staff[0].pk))
    world.add(Criterion(agency=agency, program=programs[0], question="x", kind="eligible"))
    return staff


def _case(draw: st.DrawFn, world: World, agency: Agency, client: Person, programs: list[Program], number: int) -> Case:
    case: Case = world.add(
        Case(agency=agency, program=draw(st.sampled_from(programs)), client=client, number=str(number), opened_on=TODAY)
    )
    return case


def _assignments(draw: st.DrawFn, world: World, cases: list[Case], staff: list[Staff]) -> None:
    """Past, present and future ones; at most one primary a case, so that the database takes them."""
    days = st.tuples(st.integers(-3, 1), st.sampled_from([None, 0, 1, 2]))
    kinds = st.sampled_from(AssignmentRole.values)
    for case in cases:
        seen_primary = False
        for worker, role, (since, lasts) in draw(st.lists(st.tuples(st.sampled_from(staff), kinds, days), max_size=3)):
            if role == AssignmentRole.PRIMARY and seen_primary:
                continue
            seen_primary = seen_primary or role == AssignmentRole.PRIMARY
            begins = TODAY + timedelta(days=since)
            lasts = 5 if lasts is None and role == AssignmentRole.REVIEW else lasts
            ends = None if lasts is None else begins + timedelta(days=lasts)
            of_case: dict[str, Any] = {"case": case, "program_id": case.program_id, "staff": worker, "role": role}
            world.add(Assignment(**of_case, since=begins, until=ends, reason="x"))


def _exceptions(draw: st.DrawFn, world: World, cases: list[Case], staff: list[Staff]) -> None:
    """Conflicts, urgent openings and readers of marks, over and still to come too; at most one conflict a worker and case."""
    days = st.tuples(st.integers(-2, 1), st.sampled_from([None, 0, 1, 3]))
    pairs = st.tuples(st.sampled_from(cases), st.sampled_from(staff))
    for (case, worker), (since, lasts) in draw(
        st.lists(st.tuples(pairs, days), max_size=2, unique_by=lambda drawn: (drawn[0][0].pk, drawn[0][1].pk))
    ):
        begins = TODAY + timedelta(days=since)
        ends = None if lasts is None else begins + timedelta(days=lasts)
        of_case: dict[str, Any] = {"case": case, "program_id": case.program_id, "staff": worker}
        world.add(Conflict(**of_case, since=begins, until=ends, declared_by=draw(st.sampled_from(staff))))
    for case, worker in draw(st.lists(pairs, max_size=2)):
        begins_at, hours = clock.now() - timedelta(hours=5), draw(st.sampled_from([1, 6, 8, 40]))
        ends_at = begins_at + timedelta(hours=hours)
        of_case = {"case": case, "program_id": case.program_id, "staff": worker}
        world.add(UrgentOpening(**of_case, began_at=begins_at, ends_at=ends_at))
    for (case, worker), (since, lasts) in draw(st.lists(st.tuples(pairs, days), max_size=3)):
        begins = TODAY + timedelta(days=since)
        ends = None if lasts is None else begins + timedelta(days=lasts)
        of_case = {"case": case, "program_id": case.program_id, "staff": worker, "since": begins, "until": ends}
        world.add(MarkReader(**of_case, mark=draw(st.sampled_from(MARKS)), named_by=draw(st.sampled_from(staff))))


def _referrals(
    draw: st.DrawFn, world: World, agency: Agency, programs: list[Program], people: list[Person], cases: list[Case]
) -> None:
    for person in draw(st.lists(st.sampled_from(people[:3]), max_size=2)):
        case = draw(st.sampled_from([None, *cases]))
        program = draw(st.sampled_from(programs))
        referral = world.add(
            ReferralIn(
                agency=agency, program=program, client=person, case=case, received_on=TODAY, answer_by=TODAY, source="x"
            )
        )
        world.add(
            ScreeningAnswer(
                agency=agency, program=program, referral=referral, criterion=world.of(Criterion)[-1], met="yes"
            )
        )


def _households(draw: st.DrawFn, world: World, agency: Agency, people: list[Person]) -> None:
    """Nobody lives in two at once: into the second comes, today, whoever has left the first."""
    lived: dict[UUID, int | None] = {}
    for number in range(2):
        household = world.add(Household(agency=agency, name=str(number)))
        members = st.tuples(st.sampled_from(people[:3]), st.sampled_from([None, -1, 0, 1]))
        for person, ends in draw(st.lists(members, max_size=3, unique_by=lambda member: member[0].pk)):
            left = lived.get(person.pk, -9)
            if left is None or left > 0 or (person.pk in lived and ends is not None and ends < 1):
                continue
            since = TODAY + timedelta(days=0 if person.pk in lived else -9)
            until = None if ends is None else TODAY + timedelta(days=ends)
            lived[person.pk] = ends
            world.add(HouseholdMember(household=household, person=person, role="x", since=since, until=until))


def _records(
    draw: st.DrawFn,
    world: World,
    cases: list[Case],
    staff: list[Staff],
    people: list[Person],
    papers: dict[type[models.Model], Any],
) -> None:
    """A row in every table of a case and of a person; deeds, looks and drafts of a member of staff."""
    writer = draw(st.sampled_from(staff))
    for case in cases:
        known: dict[type[models.Model], Row] = {**papers, Staff: writer, Case: case}
        for model in in_order("case"):
            if model not in DRAWN:
                more = _marked(draw, staff) if model is Note else {}
                if model is Finding:
                    more = {"marks": draw(st.lists(st.sampled_from(MARKS), max_size=2, unique=True))}
                known[model] = world.add(filled(model, known, case=case, program_id=case.program_id, **more))
    for person in people:
        about: dict[type[models.Model], Row] = {Person: person}
        for model in in_order("person"):
            if model not in about and (model is not PersonName or person is not people[0]):
                about[model] = world.add(filled(model, about))
    world.add(filled(TrueName, {Person: people[0], Staff: writer}))  # listed under an alias, which stands alone
    for case_id in (*(case.pk for case in cases), None):
        _trail(world, writer, case_id)
    _oversight(world, cases[0].agency, writer, cases)
    for model in (Draft, SentForm):
        world.add(filled(model, {}, staff_id=writer.pk, **({"token": new_id()} if model is SentForm else {})))
    world.add(filled(SignIn, {}, staff_id=writer.pk, agency_id=writer.agency_id))
    world.add(filled(IssuerLink, {}, staff_id=writer.pk, agency_id=writer.agency_id, subject=str(writer.pk)))


def _marked(draw: st.DrawFn, staff: list[Staff]) -> dict[str, Any]:
    """What decides who opens a note within its case."""
    marks = draw(st.lists(st.sampled_from(MARKS), max_size=2, unique=True))
    state = draw(st.sampled_from(["draft", "cosign", "signed"]))
    signed_at = None if state == "draft" else clock.now()
    return {"marks": marks, "state": state, "signed_at": signed_at, "writer": draw(st.sampled_from(staff))}


def _oversight(world: World, agency: Agency, writer: Staff, cases: list[Case]) -> None:
    """Looks that stand out, of a case and of none; the agency's rules for them; a breach with all that belongs to it."""
    for case in (*cases, None):
        program = case.program_id if case else None
        world.add(UnusualLook(agency=agency, case=case, program_id=program, staff=writer, on=TODAY, first_at=clock.now(),
                              last_at=clock.now(), reasons=["night"]))  # fmt: skip
    world.add(LookRules(agency=agency))
    known: dict[type[models.Model], Row] = {Agency: agency, Staff: writer}
    for model in (Breach, BreachCase, BreachStep):
        known[model] = world.add(filled(model, known))


def _trail(world: World, writer: Staff, case_id: UUID | None) -> None:
    for model in (Deed, Look, StateChange):
        world.add(filled(model, {}, agency_id=writer.agency_id, staff_id=writer.pk, case_id=case_id))
