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

from alongside.client_level.assessment.models import Finding, Sitting
from alongside.client_level.engagement.models import Criterion, Outreach, ReferralIn, ScreeningAnswer
from alongside.confidentiality.models import (
    Acknowledgment,
    Agreement,
    Breach,
    BreachCase,
    BreachStep,
    CaseShare,
    Category,
    Certificate,
    Conflict,
    Disclosure,
    Disposal,
    LookRules,
    MarkReader,
    Policy,
    PolicyVersion,
    Release,
    RetentionRule,
    ShareReader,
    TrueName,
    UnusualLook,
    UrgentOpening,
)
from alongside.documentation.models import Document, Note, PlanVersion, ReferralOut
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
SPANS: tuple[tuple[int | None, int | None], ...] = ((None, None), (None, -1), (1, None), (None, 0), (0, 1), (2, 3))
"""Days of the record that a release bounds, counted from today: most rows of these worlds are of today."""
DRAWN: tuple[type[models.Model], ...] = (Assignment, Conflict, MarkReader, UrgentOpening, CaseShare, ShareReader)
"""Tables of a case that decide who sees it: their rows are drawn, not just filled in."""

SETTLED: dict[type[models.Model], str] = {Sitting: "complete", PlanVersion: "in_effect"}
"""What is the agency's word only once it is complete or signed, and takes no more from then on."""


class World:
    """Rows by table, in the order in which they can be written."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self.settled: set[UUID] = set()

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
        for model, state in SETTLED.items():  # once settled it takes no more, so it is settled when all of it is there
            mine = [row.pk for row in self.of(model) if row.pk in self.settled]
            model._default_manager.filter(pk__in=mine).update(state=state)


def model_of(table: str) -> type[models.Model]:
    """The model whose rows lie in `table`. Raises LookupError when there is none."""
    every = apps.get_models(include_auto_created=True)
    return next(model for model in every if model._meta.db_table == table)


SAID = frozenset({"title", "who", "what", "indicator", "baseline", "target"})
"""Sealed words, so they are empty if nobody says them; a step of the Thread without them the database refuses."""


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
        elif not column.null and (not column.has_default() or column.name in SAID):
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
    if isinstance(column, models.BinaryField):
        return b"x"
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
    _shares(draw, world)
    return world


@st.composite
def settled_worlds(draw: st.DrawFn) -> World:
    """The same, with some assessments complete and some plans in effect."""
    world: World = draw(worlds())
    for model in SETTLED:
        world.settled |= {row.pk for row in world.of(model) if draw(st.booleans())}
    return world


def _lies(draw: st.DrawFn, world: World) -> None:
    """Places that say their staff work in a program of the other agency: they must open nothing there."""
    roles = st.sampled_from([Role.PROGRAM_MANAGER.value, Role.SUPERVISOR.value])
    pairs = [(s, p) for s in world.of(Staff) for p in world.of(Program) if s.agency_id != p.agency_id]
    for (worker, program), role in draw(st.lists(st.tuples(st.sampled_from(pairs), roles), max_size=2, unique=True)):
        world.add(ProgramStaff(agency_id=worker.agency_id, staff=worker, program=program, role=role))


def _shares(draw: st.DrawFn, world: World) -> None:
    """Cases shared across, under papers that stand and some that do not; to staff of either agency, named and unnamed."""
    agencies = world.of(Agency)
    agreements = [
        _agreement(draw, world, *draw(st.permutations(agencies)), sound=sound) for sound in (True, True, False)
    ]
    for case in draw(st.lists(st.sampled_from(world.of(Case)), min_size=1, max_size=4)):
        ours = next(one for one in world.of(Staff) if one.agency_id == case.agency_id)
        release = _released(draw, world, case, ours, sound=_mostly(draw))
        known: dict[type[models.Model], Row] = {Staff: ours, Case: case, Release: release}
        known[Agreement] = draw(st.sampled_from(agreements))
        known[Disclosure] = world.add(filled(Disclosure, known, case=case, program_id=case.program_id))
        since, lasts, over = 0, 9, False
        if not _mostly(draw):
            since, lasts = draw(st.tuples(st.sampled_from([-2, 0, 1]), st.sampled_from([1, 2, 3])))
            over = draw(st.booleans())
        begins = TODAY + timedelta(days=since)
        known[CaseShare] = world.add(
            filled(
                CaseShare, known, case=case, program_id=case.program_id, since=begins, until=begins + timedelta(days=lasts),
                ended_at=clock.now() if over else None, ended_by=ours if over else None, shared_by=ours,
            )
        )  # fmt: skip
        for reader in draw(
            st.lists(st.sampled_from(world.of(Staff)), min_size=1, max_size=4, unique_by=lambda s: s.pk)
        ):
            world.add(filled(ShareReader, known, case=case, program_id=case.program_id, staff=reader, name=reader.name))
            if draw(st.integers(0, 5)) == 0 and reader.agency_id != case.agency_id:
                _apart(world, case, reader, ours)


def _mostly(draw: st.DrawFn) -> bool:
    return draw(st.integers(0, 3)) > 0


def _apart(world: World, case: Case, reader: Staff, by: Staff) -> None:
    """A conflict of interest that keeps a reader from a shared case; one at a time."""
    if not any(k.case_id == case.pk and k.staff_id == reader.pk for k in world.of(Conflict)):
        world.add(Conflict(case=case, program_id=case.program_id, staff=reader, since=TODAY, declared_by=by))


def _agreement(draw: st.DrawFn, world: World, agency: Agency, other: Agency, *, sound: bool) -> Agreement:
    """One that stands; else one that is only offered, over, not yet begun, or of days that are past."""
    state, since, lasts = "in_force", 0, None
    if not sound:
        state = draw(st.sampled_from(["in_force", "offered", "ended", "turned_down"]))
        since, lasts = draw(st.sampled_from([-3, 0, 1])), draw(st.sampled_from([None, 2, 3, 8]))
    begins = TODAY + timedelta(days=since)
    hand = next(one for one in world.of(Staff) if one.agency_id == agency.pk)
    ends = None if lasts is None else begins + timedelta(days=lasts)
    made: Agreement = world.add(
        Agreement(
            agency=agency, other=other, state=state, purpose="x", since=begins, until=ends, offered_by=hand, accepted_by=hand
        )
    )  # fmt: skip
    return made


def _released(draw: st.DrawFn, world: World, case: Case, ours: Staff, *, sound: bool) -> Release:
    """One in force, of some parts, marks and days; else one that is not, or too narrow to share anything under it."""
    parts, least = draw(st.sets(st.sampled_from(Category.values), min_size=1)), {"identity", "contact"}
    state, starts, lasts, event = "signed", 0, 9, None
    if not sound:
        state = draw(st.sampled_from(["signed", "draft", "replaced", "taken_back"]))
        starts, lasts = draw(st.sampled_from([-3, 0, 1])), draw(st.sampled_from([0, 3, 9]))
        event, least = draw(st.sampled_from([None, 0, 1])), draw(st.sampled_from([least, {"contact"}]))
    begins, span = TODAY + timedelta(days=starts), draw(st.sampled_from(SPANS))
    bounds = [None if day is None else TODAY + timedelta(days=day) for day in span]
    made: Release = world.add(
        filled(
            Release, {Staff: ours, Case: case}, case=case, program_id=case.program_id, recipients=["x"], signed_at=clock.now(),
            state=state, categories=sorted(parts | least), marks=draw(st.lists(st.sampled_from(MARKS), max_size=2, unique=True)),
            record_from=bounds[0], record_until=bounds[1], starts_on=begins, ends_on=begins + timedelta(days=lasts),
            event_on=None if event is None else TODAY + timedelta(days=event), signer="x", capacity="client", method="typed",
            discloser="x", language="x", signed_on=TODAY, taken_by=ours, taken_back_at=clock.now(),
        )
    )  # fmt: skip
    return made


def _agency(draw: st.DrawFn, world: World, name: str) -> None:
    agency = world.add(Agency(name=name))
    programs = [world.add(Program(agency=agency, name=f"program {number}")) for number in range(2)]
    staff = _staff(draw, world, agency, programs)
    people = [world.add(Person(agency=agency, preferred_name=f"person {number}")) for number in range(4)]
    papers = _papers(world, agency, programs, staff)
    cases = [_case(draw, world, agency, draw(st.sampled_from(people[:3])), programs, number) for number in range(2)]
    _assignments(draw, world, cases, staff)
    _exceptions(draw, world, cases, staff)
    _outreach(draw, world, agency, programs, staff)
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


def _outreach(draw: st.DrawFn, world: World, agency: Agency, programs: list[Program], staff: list[Staff]) -> None:
    """By whoever, for either program, also by somebody who has no place at its door."""
    for program, by in draw(st.lists(st.tuples(st.sampled_from(programs), st.sampled_from(staff)), max_size=2)):
        world.add(Outreach(agency=agency, program=program, by=by, on=TODAY, place="x", how="street", met=1, who="x"))


def _referrals(
    draw: st.DrawFn, world: World, agency: Agency, programs: list[Program], people: list[Person], cases: list[Case]
) -> None:
    for person in draw(st.lists(st.sampled_from(people[:3]), max_size=2)):
        case = draw(st.sampled_from([None, *cases]))
        program = draw(st.sampled_from(programs))
        from_it = draw(st.sampled_from([None, *(one for one in world.of(Outreach) if one.agency_id == agency.pk)]))
        referral = world.add(
            ReferralIn(
                agency=agency, program=program, client=person, case=case, received_on=TODAY, answer_by=TODAY, source="x",
                outreach=from_it,
            )
        )  # fmt: skip
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
                more = _marked(draw, staff, model)
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


def _marked(draw: st.DrawFn, staff: list[Staff], model: type[models.Model]) -> dict[str, Any]:
    """What decides who opens a note, a document or a finding within its case, and what of it is the agency's word."""
    if model is Sitting:
        return {"completed_at": clock.now()}
    if model is ReferralOut:
        return {"gives": draw(st.lists(st.sampled_from(["identity", "notes"]), max_size=2, unique=True))}
    if model not in (Note, Document, Finding):
        return {}
    marks = {"marks": draw(st.lists(st.sampled_from(MARKS), max_size=2, unique=True))}
    if model is Finding:
        return marks
    hand = draw(st.sampled_from(staff))
    if model is Document:
        return marks | {"by": hand, "aside_at": None, "aside_by": None}
    state = draw(st.sampled_from(["draft", "cosign", "signed"]))
    return marks | {"state": state, "signed_at": None if state == "draft" else clock.now(), "writer": hand}


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
