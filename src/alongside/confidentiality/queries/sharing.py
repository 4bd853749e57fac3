"""Reads of agreements with other agencies, of what is shared with them, and of what they share (practice C1, C4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.confidentiality.models import Agreement, AgreementState, CaseShare, Category, Mark, Release, ShareReader
from alongside.confidentiality.queries.coverage import covers
from alongside.confidentiality.queries.packet import PACKET, Drawn, PacketPart
from alongside.foundations import clock
from alongside.foundations.actor import Actor
from alongside.foundations.roles import Role
from alongside.foundations.waiting import Waits
from alongside.people.forms import ROLE_WORDS
from alongside.people.models import Case, Person, Program

LEAST = frozenset({Category.IDENTITY.value, Category.CONTACT.value})
"""What a release must cover at least, to share a case under it: nobody can help somebody they cannot name or reach."""
SHOWN_PAGE = "shared_part:"
"""How the page of a look begins that opened a part of a shared case; the category of the part follows."""


@dataclass(frozen=True)
class Theirs:
    """One of the other agency's staff to whom a case can be shown."""

    staff: UUID
    name: str
    title: str


def closed_on(release: Release, agreement: Agreement) -> date:
    """The first day on which a share under these is closed, whatever else is agreed on."""
    after = release.ends_on + timedelta(days=1)
    return min(after, agreement.until) if agreement.until else after


@dataclass(frozen=True)
class Agreed:
    """An agreement as one side sees it: with whom, who offered it, and whether it stands today."""

    row: Agreement
    name: str
    ours: bool

    @property
    def stands(self) -> bool:
        """True when a case can be shared under it today."""
        row, today = self.row, clock.today()
        return row.state == AgreementState.IN_FORCE and row.since <= today and (row.until is None or row.until > today)

    @property
    def begins_later(self) -> bool:
        """True when it is agreed on and its first day is still to come."""
        return self.row.state == AgreementState.IN_FORCE and self.row.since > clock.today()

    @property
    def to_accept(self) -> bool:
        """True for an offer that waits for this side."""
        return self.row.state == AgreementState.OFFERED and not self.ours

    @property
    def can_end(self) -> bool:
        """True while there is something to end."""
        return self.row.state in (AgreementState.OFFERED, AgreementState.IN_FORCE)


@dataclass(frozen=True)
class SharedOut:
    """A case of ours that another agency may read: with whom, and whether it is open to them today."""

    row: CaseShare
    agency: str

    @property
    def stands(self) -> bool:
        """True while the share, its release and its agreement let them read."""
        row, today = self.row, clock.today()
        until = row.agreement.until
        agreed = row.agreement.state == AgreementState.IN_FORCE and (until is None or until > today)
        return row.ended_at is None and row.until > today and agreed and row.release.is_in_force(today)

    @property
    def readers(self) -> list[str]:
        """Who of theirs may read it."""
        return [one.name for one in self.row.readers.all()]


@dataclass(frozen=True)
class SharedIn:
    """A case that another agency shows to the actor, and what of it. `until` is the first day on which it is closed."""

    share: UUID
    case: UUID
    client: UUID
    number: str
    opened_on: date
    program: str
    agency: str
    name: str
    until: date
    categories: list[str]
    marks: list[str]
    record_from: date | None
    record_until: date | None
    basis: str

    @property
    def category_names(self) -> list[str]:
        """What is shown, in words."""
        return [str(one.label) for one in Category if one.value in self.categories]

    @property
    def mark_names(self) -> list[str]:
        """The more sensitive parts that are shown too, in words."""
        return [str(one.label) for one in Mark if one.value in self.marks]


def _asked(sql: str, told: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, told)
        return list(cursor.fetchall())


def agencies_known() -> dict[UUID, str]:
    """The other agencies by key: all of this installation for an administrator, for others those agreed with."""
    return dict(_asked("SELECT agency_id, name FROM agencies_known()"))


def staff_to_share_with(agreement: UUID) -> list[Theirs]:
    """Who of the other agency can be let in under an agreement that stands, by name."""
    return [Theirs(*row) for row in _asked("SELECT staff_id, name, title FROM staff_to_share_with(%s)", [agreement])]


def agreements_of(agency: UUID) -> list[Agreed]:
    """Every agreement of the actor's agency, the newest first."""
    known = agencies_known()
    rows = Agreement.objects.order_by("-pk")
    return [
        Agreed(row, known.get(row.other_id if row.agency_id == agency else row.agency_id, ""), row.agency_id == agency)
        for row in rows
    ]


def offers_to(actor: Actor) -> QuerySet[Agreement]:
    """What other agencies offer and nobody has answered, the first to begin first."""
    return Agreement.objects.filter(other_id=actor.agency, state=AgreementState.OFFERED).order_by("since", "pk")


def offer_lines(_actor: Actor, offers: Sequence[Mapping[str, Any]]) -> Iterable[Waits]:
    """A line for each offer, due on the day from which it would be in force."""
    known = agencies_known()
    for row in offers:
        said = _("%(name)s offers an agreement to share") % {"name": known.get(UUID(row["agency"]), "")}
        yield Waits(date.fromisoformat(row["since"]), said, row["purpose"], _("Answer it"), reverse("agreements"))


def shared_out(case: Case) -> list[SharedOut]:
    """With whom a case of ours is or was shared, the newest first."""
    readers = Prefetch("readers", ShareReader.objects.order_by("name"))
    rows = CaseShare.objects.filter(case=case).select_related("agreement", "release", "disclosure", "shared_by")
    return [SharedOut(row, row.disclosure.recipient) for row in rows.prefetch_related(readers).order_by("-pk")]


def shared_in() -> list[SharedIn]:
    """The cases that other agencies show to the actor today."""
    return [
        SharedIn(*row)
        for row in _asked(
            "SELECT share_id, case_id, client_id, number, opened_on, program, agency, name, until, categories, marks,"
            " record_from, record_until, basis FROM shared_with_me()"
        )
    ]


def shared_at(share: UUID) -> SharedIn | None:
    """One of those, or None."""
    return next((one for one in shared_in() if one.share == share), None)


def shared_for(share: UUID) -> str:
    """What a case that is shared with the actor is shared for. Empty for any other."""
    return str(_asked("SELECT coalesce(shared_for(%s), '')", [share])[0][0])


def shared_writers(case: UUID) -> dict[UUID, str]:
    """Who wrote each note of a shared case that the actor may read: name, and what they are. Empty for a case of one's own."""
    rows = _asked("SELECT note_id, name, title, role FROM shared_writers(%s)", [case])
    return {note: f"{name}, {title or ROLE_WORDS[Role(role)]}" for note, name, title, role in rows}


def case_of_share(share: UUID) -> UUID | None:
    """The key of the case of a share that is not open to the actor: only to keep with the case that they were refused."""
    return UUID(str(found[0][0])) if (found := _asked("SELECT case_of_share(%s)", [share])) and found[0][0] else None


def parts_shown(shown: SharedIn) -> list[PacketPart]:
    """The parts of the record that are shown, in order."""
    parts = sorted(PACKET, key=lambda part: part.position)
    return [part for part in parts if part.category in shown.categories]


def drawn_for(shown: SharedIn, part: PacketPart) -> Drawn:
    """One part of a shared case as a packet would hold it. The database has left out what is not shared; so does this."""
    leave = Release(
        categories=shown.categories, marks=shown.marks, record_from=shown.record_from, record_until=shown.record_until
    )
    return Drawn(part, tuple(item for item in part.read(_case(shown)) if covers(leave, item)))


def client_shown(shown: SharedIn) -> Person:
    """The client as far as they are shared. Their row is not the actor's to read, nor is a name behind an alias."""
    asked = (
        "SELECT id, preferred_name, legal_name, pronouns, birth_date, language, reads_language, interpreter, safe_contact"
        " FROM shared_client(%s)"
    )
    client = next(iter(Person.objects.raw(asked, [shown.share])), None) or Person(pk=shown.client)
    vars(client)["name_hidden"] = True
    return client


def _case(shown: SharedIn) -> Case:
    """The case as far as it is shared. Its row is not the actor's to read."""
    return Case(
        pk=shown.case, number=shown.number, opened_on=shown.opened_on, client=client_shown(shown),
        program=Program(name=shown.program),
    )  # fmt: skip
