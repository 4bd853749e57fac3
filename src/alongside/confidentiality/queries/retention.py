"""Reads of retention: what is due and why, what is on hold, what was disposed of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.confidentiality.models import Certificate, Disposal, Hold, RetentionRule
from alongside.confidentiality.models.retention import DisposalState, Event, RecordKind
from alongside.foundations import clock
from alongside.people.models import Case, Person, Program

MOST = 100
LIVE = (DisposalState.PROPOSED, DisposalState.APPROVED)
WORDS: dict[str, Any] = {kind.value: kind.label for kind in RecordKind}


@dataclass(frozen=True)
class Due:
    """One record that a rule makes due: from which day counted, since when, and what stands against it."""

    kind: str
    subject: UUID
    case: UUID | None
    client: str
    number: str
    program: Program
    rule: RetentionRule
    counted: date
    due: date
    held: bool
    proposal: Disposal | None = None

    @property
    def kind_words(self) -> str:
        """What kind of record it is."""
        return str(WORDS[self.kind])

    @property
    def why(self) -> str:
        """The reason, in a sentence."""
        return kept_for(self.rule.years, self.rule.event)


def kept_for(years: int, event: str) -> str:
    """How long something is kept, and from what, in words."""
    said = ngettext("Kept 1 year after %(event)s.", "Kept %(n)d years after %(event)s.", years)
    return said % {"n": years, "event": str(Event(event).label)}


def _rows(where: str, *values: Any) -> list[tuple[Any, ...]]:
    sql = (
        "SELECT kind, subject, case_id, person, program, rule, counted, due, on_hold(case_id, person) "  # noqa: S608
        f"FROM due_for_disposal(%s) {where} ORDER BY due, subject LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, MOST])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def due_until(day: date | None = None) -> list[Due]:
    """What falls due until `day`, by default within 90 days, of what the actor may see; the longest due first."""
    return _dressed(_rows("", day or clock.today() + timedelta(days=90)))


def due_of(subject: UUID) -> Due | None:
    """When one record falls due, now or ever; None where no rule counts, or the day it counts from is not known."""
    return next(iter(_dressed(_rows("WHERE subject = %s", date(9999, 12, 31), subject))), None)


def _dressed(rows: list[tuple[Any, ...]]) -> list[Due]:
    cases = Case.objects.in_bulk([row[2] for row in rows if row[2]])
    people = Person.objects.in_bulk([row[3] for row in rows if row[3]])
    programs = Program.objects.in_bulk([row[4] for row in rows])
    rules = RetentionRule.objects.in_bulk([row[5] for row in rows])
    asked = Disposal.objects.filter(subject_id__in=[row[1] for row in rows], state__in=LIVE)
    proposals = {one.subject_id: one for one in asked}
    return [
        Due(
            kind, subject, case, people[person].preferred_name if person in people else "",
            cases[case].number if case in cases else "", programs[program], rules[rule], counted, due, held,
            proposals.get(subject),
        )
        for kind, subject, case, person, program, rule, counted, due, held in rows
    ]  # fmt: skip


def holds_on(case: Case) -> list[Hold]:
    """The holds of a case and those that cover its client, newest first; standing ones before lifted ones."""
    own = Hold.objects.filter(case=case) | Hold.objects.filter(covers="person", case__client=case.client_id)
    rows = own.select_related("by", "lifted_by", "case").order_by("-since", "-pk")
    return sorted(rows, key=lambda hold: hold.lifted_on is not None)


def is_held(case: Case) -> bool:
    """True while a hold stands on the case or on its client, also one that the actor may not see."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT on_hold(%s, %s)", [case.pk, case.client_id])
        return bool(cursor.fetchone()[0])


def proposals() -> list[Disposal]:
    """Proposals that wait for approval or to be carried out, of what the actor may see; the oldest first."""
    rows = Disposal.objects.filter(state__in=LIVE).select_related("proposed_by", "approved_by", "program", "rule")
    return list(rows.order_by("proposed_at"))


@dataclass(frozen=True)
class Counted:
    """How many records of one kind are due in a program, and how many of them are on hold."""

    program: str
    kind: str
    due: int
    held: int


def counted(day: date | None = None) -> list[Counted]:
    """What is due in the whole agency, in numbers only. Answers administrators; to others it is empty."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT program, kind, due, held FROM count_due(%s)", [day or clock.today()])
        rows = cursor.fetchall()
    names = Program.objects.in_bulk([row[0] for row in rows])
    found = [Counted(names[program].name, str(WORDS[kind]), due, held) for program, kind, due, held in rows]
    return sorted(found, key=lambda one: (one.program, one.kind))


def rules_of(agency: UUID) -> list[RetentionRule]:
    """The agency's rules: those for every program first, then each program's own."""
    rows = RetentionRule.objects.filter(agency_id=agency).select_related("program")
    return sorted(rows, key=lambda rule: (rule.program.name if rule.program else "", rule.kind))


def certificates(agency: UUID) -> list[Certificate]:
    """Certificates of disposal, newest first."""
    rows = Certificate.objects.filter(agency_id=agency).select_related(
        "program", "proposed_by", "approved_by", "done_by"
    )
    return list(rows.order_by("-done_at")[:MOST])


def what_went(certificate: Certificate) -> list[tuple[str, int]]:
    """How many rows of what went, in words, the most first."""
    names = {model._meta.db_table: str(model._meta.verbose_name_plural) for model in apps.get_models()}
    rows: Iterable[tuple[str, int]] = certificate.counts.items()
    return sorted(((names.get(table, _("other rows")), n) for table, n in rows), key=lambda row: (-row[1], row[0]))
