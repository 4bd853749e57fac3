"""Reads of the door and of the people in a case."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.client_level.engagement.models import Criterion, Outreach, Preference, ReferralIn, ScreeningAnswer
from alongside.client_level.engagement.states import OPEN, ReferralInState
from alongside.foundations import clock
from alongside.foundations.actor import Actor
from alongside.foundations.roles import Role
from alongside.people.models import (
    Address,
    Assignment,
    Case,
    ContactPoint,
    HouseholdMember,
    PersonIdentifier,
    PersonName,
    Program,
    ProgramStaff,
    Representative,
    SignificantOther,
    Staff,
)  # fmt: skip
from alongside.people.models.person import Race
from alongside.people.queries import working_here

Named = TypeVar("Named")
DOOR_ROLES = (Role.INTAKE_WORKER, Role.SUPERVISOR, Role.PROGRAM_MANAGER)
URGENCY = {"urgent": 0, "soon": 1, "usual": 2}
ANSWERED_SHOWN = 40
OUTREACH_SHOWN = 30


def door_programs(actor: Actor) -> QuerySet[ProgramStaff, UUID]:
    """The programs, closed ones too, whose referrals the actor receives; the database holds the same rule (`my_doors`)."""
    roles = [role.value for role in DOOR_ROLES if role in actor.roles]
    return ProgramStaff.objects.filter(staff_id=actor.staff, role__in=roles).values_list("program_id", flat=True)


def doors(actor: Actor) -> QuerySet[Program]:
    """The open programs whose referrals the actor receives."""
    return Program.objects.filter(pk__in=door_programs(actor), open=True).order_by("name")


@dataclass(frozen=True)
class Step:
    """What a referral asks of those at its door: the sentence, the word for what comes next, and where that is done."""

    said: str
    action: str
    href: str


def next_step(referral: ReferralIn) -> Step:
    """The one wording for every list that a referral waits in: it is owed an answer, and screened before that (E2, E3)."""
    said = _("Answer the referral from %(source)s") % {"source": referral.source}
    if referral.state == ReferralInState.RECEIVED:
        return Step(said, _("Screen"), reverse("referral_screen", args=[referral.pk]))
    return Step(said, _("Answer"), reverse("referral_answer", args=[referral.pk]))


@dataclass(frozen=True)
class Waiting:
    """A referral that waits, with the days left until its answer is owed (negative: late by so many)."""

    referral: ReferralIn
    days_left: int

    @property
    def days_late(self) -> int:
        """Whole days past the day the answer was owed; 0 when it is not late."""
        return max(0, -self.days_left)

    @property
    def step(self) -> Step:
        """What comes next."""
        return next_step(self.referral)


@dataclass(frozen=True)
class Door:
    """All referrals an actor sees: those to answer, those accepted and without a case, the waiting list, the answered."""

    waiting: list[Waiting]
    to_open: list[ReferralIn]
    waitlisted: list[ReferralIn]
    answered: list[ReferralIn]

    @property
    def late(self) -> int:
        """How many answers are owed since before today."""
        return sum(1 for one in self.waiting if one.days_late)


def at_the_door() -> Door:
    """The referrals the actor may see, urgent first and then by the day an answer is owed (practice E2)."""
    rows = ReferralIn.objects.select_related("client", "program", "case")
    begun = rows.filter(
        Q(state__in=OPEN) | Q(state=ReferralInState.WAITLISTED) | Q(state=ReferralInState.ACCEPTED, case=None)
    )
    waiting: list[Waiting] = []
    to_open: list[ReferralIn] = []
    waitlisted: list[ReferralIn] = []
    for row in sorted(begun, key=lambda r: (URGENCY[r.urgency], r.answer_by, r.received_on)):
        if row.state in OPEN:
            waiting.append(Waiting(row, (row.answer_by - clock.today()).days))
        else:
            (to_open if row.state == ReferralInState.ACCEPTED else waitlisted).append(row)
    done = Q(state=ReferralInState.ACCEPTED, case__isnull=False) | Q(
        state__in=[ReferralInState.SCREENED_OUT, ReferralInState.DIRECTED]
    )
    return Door(
        waiting, to_open, waitlisted, list(rows.filter(done).order_by("-answered_on", "-received_on")[:ANSWERED_SHOWN])
    )


@dataclass(frozen=True)
class Met:
    """One outreach record, with how many referrals came from it: those too that the actor may not open by now."""

    outreach: Outreach
    led_to: int


@dataclass(frozen=True)
class OutreachPage:
    """A page of outreach, the newest first; `last` names its last record when more follow."""

    rows: list[Met]
    last: UUID | None


def outreach_page(after: UUID | None) -> OutreachPage:
    """What was done at the actor's doors, from the record `after` on (practice E1)."""
    rows = Outreach.objects.select_related("program", "by").order_by("-on", "-id")
    day = rows.filter(pk=after).values_list("on", flat=True).first() if after else None
    if after and day:
        rows = rows.filter(Q(on__lt=day) | Q(on=day, pk__lt=after))
    found = list(rows[: OUTREACH_SHOWN + 1])
    shown = found[:OUTREACH_SHOWN]
    counts = led_to([one.pk for one in shown])
    return OutreachPage(
        [Met(one, counts.get(one.pk, 0)) for one in shown], shown[-1].pk if len(found) > OUTREACH_SHOWN else None
    )


def outreach_of(referral: ReferralIn) -> Outreach | None:
    """Where the person was met, if the referral came from outreach that the actor may see."""
    return Outreach.objects.filter(pk=referral.outreach_id).first() if referral.outreach_id else None


def led_to(outreach: list[UUID]) -> dict[UUID, int]:
    """How many referrals came from each; the database counts those too that became cases closed to the actor (E1)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT outreach, referrals FROM outreach_led_to(%s)", [outreach])
        return {UUID(str(key)): int(number) for key, number in cursor.fetchall()}


def asked_of(program: UUID) -> QuerySet[Criterion]:
    """The criteria that a program asks today."""
    return Criterion.objects.filter(program_id=program, asked=True)


def criteria_of(referral: ReferralIn) -> list[tuple[Criterion, ScreeningAnswer | None]]:
    """Each criterion of the referral's program, eligibility first, with the answer kept so far (practice E3)."""
    kept = {answer.criterion_id: answer for answer in referral.answers.all()}
    asked = asked_of(referral.program_id).order_by("-kind", "position")
    return [(one, kept.get(one.pk)) for one in asked]


def case_managers(program: Program) -> QuerySet[Staff]:
    """Who can be primary in a program: its case managers who still work here (practice E7)."""
    place = ProgramStaff.objects.filter(program=program, role=Role.CASE_MANAGER.value)
    return Staff.objects.filter(
        working_here(),
        pk__in=place.values("staff_id"), roles__contains=[Role.CASE_MANAGER.value],
    ).order_by("name")  # fmt: skip


def colleagues() -> QuerySet[Staff]:
    """Everyone of the agency who can be on a case's team or cover for its primary (practice E7)."""
    roles = [Role.CASE_MANAGER.value, Role.SUPERVISOR.value, Role.PROGRAM_MANAGER.value]
    return Staff.objects.filter(working_here(), roles__overlap=roles).order_by("name")


def contacts_of(person: UUID) -> QuerySet[ContactPoint]:
    """The ways to reach a person, safe ones first."""
    return ContactPoint.objects.filter(person=person).order_by("-safe", "kind")


@dataclass(frozen=True)
class Mate:
    """Someone who lives with the client; `other` is what the client wants them to know, where they were named so."""

    member: HouseholdMember
    other: SignificantOther | None

    @property
    def name(self) -> str:
        """The name they go by."""
        return self.member.person.preferred_name

    @property
    def relation(self) -> str:
        """Who they are in the household."""
        return self.member.role

    @property
    def tie(self) -> str:
        """The tie to the client, for the drawing."""
        return self.other.tie if self.other else "mid"


def household_of(case: Case, others: list[SignificantOther]) -> tuple[HouseholdMember | None, list[Mate]]:
    """The client's place in the household they live in today, and everyone else in it (practice E6).

    Someone of exactly the same name among the `others` is taken to be the same: what they may know stands beside them
    (practice C8). Whoever is only nearly so named is not, and nothing may be shared with them until it is asked; nor is
    one of several of a name, save that where one of those must not know, none of them may.
    """
    mine = HouseholdMember.objects.filter(person=case.client_id, until=None).values("household_id")
    living = HouseholdMember.objects.filter(household__in=mine, until=None).select_related("person", "household")
    rows = list(living.order_by("since", "id"))
    home = next((row for row in rows if row.person_id == case.client_id), None)
    living_here = [row for row in rows if row.person_id != case.client_id]
    told, mates = _by_name(others, lambda one: one.name), _by_name(living_here, lambda row: row.person.preferred_name)
    return home, [
        Mate(row, _same(told.get(name, []), alone=len(named) == 1)) for name, named in mates.items() for row in named
    ]


def _by_name(rows: list[Named], name: Callable[[Named], str]) -> dict[str, list[Named]]:
    found: dict[str, list[Named]] = {}
    for row in rows:
        found.setdefault(name(row).strip().casefold(), []).append(row)
    return found


def _same(others: list[SignificantOther], *, alone: bool) -> SignificantOther | None:
    """Which of the `others` of a name somebody is; of several, the one who must not know."""
    if len(others) == 1 and alone:
        return others[0]
    return next((one for one in others if one.must_not_know), None)


@dataclass(frozen=True)
class Lived:
    """Someone the client lived with and no longer does: the name and place of then, the days they shared."""

    name: str
    role: str
    since: date
    until: date


def lived_with(person: UUID) -> list[Lived]:
    """With whom somebody lived until they parted, latest first; empty for a person the actor does not work with."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT known_as, role, since, until FROM household_history(%s)", [person])
        return [Lived(*row) for row in cursor.fetchall()]


def people_tab(case: Case) -> dict[str, Any]:
    """Everything the People tab shows of the client and the people around (practice E6, E7, C7, C8)."""
    person, today = case.client_id, clock.today()
    others = list(SignificantOther.objects.filter(person=person).order_by("name"))
    home, mates = household_of(case, others)
    named = {mate.other.pk for mate in mates if mate.other}
    at_home = [one for one in others if one.lives_with and one.pk not in named]
    return {
        "contacts": contacts_of(person),
        "races": [Race(value).label for value in case.client.race],
        "addresses": Address.objects.filter(person=person).order_by("-until", "-since"),
        "numbers": PersonIdentifier.objects.filter(person=person).order_by("kind", "pk"),
        "names": PersonName.objects.filter(person=person).order_by("name"),
        "home": home,
        "mates": mates,
        "lived_with": lived_with(person),
        "at_home": at_home,
        "under_one_roof": [*mates, *at_home],
        "around": [one for one in others if not one.lives_with and one.pk not in named],
        "strained": sum(1 for one in others if one.tie == "stress"),
        "representatives": [(one, acts_on(one, today)) for one in Representative.objects.filter(person=person).order_by("-since")],
        "wishes": list(Preference.objects.filter(case=case).order_by("-id")),
        "workers": Assignment.objects.filter(case=case).select_related("staff").order_by("-since"),
    }  # fmt: skip


def acts_on(representative: Representative, day: date) -> bool:
    """True when the representative's authority covers `day` (practice C7)."""
    return representative.since <= day and (representative.until is None or representative.until >= day)
