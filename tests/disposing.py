"""How the stories of disposal go on: a case closed long ago, a rule that makes it due, two people who let it go."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from alongside.confidentiality.actions.disposal import disposal_approve, disposal_carry_out, disposal_propose
from alongside.confidentiality.actions.rules import rule_add
from alongside.confidentiality.models import Certificate, Disposal, RetentionRule
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.people.models import Case
from tests.access.database import nothing_kept
from tests.cast import Cast, gather

LAW = "Contract 2024-7 with the county"


def years_ago(years: int) -> date:
    """A day so many years ago, and a month more."""
    return clock.today() - timedelta(days=365 * years + 31)


def end_long_ago(cast: Cast, case: Case, years: int = 8) -> Case:
    """Let a case have been opened and closed years ago, as a bare change of its days."""
    with acting(cast.delphine):
        day = years_ago(years)
        Case.objects.filter(pk=case.pk).update(opened_on=day - timedelta(days=200), closed_on=day, last_seen_on=day)
    case.closed_on = day
    return case


def keep_for(cast: Cast, years: int = 7, **more: Any) -> RetentionRule:
    """The rule for case files of the whole agency."""
    given = {"kind": "case", "program": None, "event": "closing", "years": years, "source": LAW} | more
    return rule_add(cast.otto, **given)


def approved(cast: Cast, subject: UUID, proposer: str = "maren", approver: str = "delphine") -> Disposal:
    """A proposal that another has approved."""
    proposal = disposal_propose(getattr(cast, proposer), subject=subject)
    return disposal_approve(getattr(cast, approver), proposal=proposal)


def let_go(cast: Cast, subject: UUID, proposer: str = "maren", approver: str = "delphine") -> Certificate:
    """Propose, approve and carry out, as two people do."""
    return disposal_carry_out(getattr(cast, approver), proposal=approved(cast, subject, proposer, approver))


class Reader:
    """Reads past every policy, as the owner does, on the transaction in which the story is told."""

    def __init__(self, cursor: Any) -> None:
        self.cursor = cursor

    def rows(self, question: str, *values: Any) -> list[Any]:
        """What the database answers to its owner."""
        self.cursor.execute("RESET ROLE")
        self.cursor.execute(question, values)
        found: list[Any] = self.cursor.fetchall()
        self.cursor.execute("SET LOCAL ROLE alongside_app")
        return found

    def tables(self) -> list[str]:
        """Every table there is."""
        every = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        return sorted(name for (name,) in self.rows(every))

    def where_is(self, *phrases: str) -> dict[str, list[str]]:
        """The tables in which any of the phrases stands, with those phrases."""
        found = {}
        for table in self.tables():
            ((text,),) = self.rows(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")  # noqa: S608
            said = [phrase for phrase in phrases if phrase.lower() in text.lower()]
            if said:
                found[table] = said
        return found


@contextmanager
def told_to_the_owner() -> Iterator[tuple[Cast, Reader]]:
    """The cast in a transaction of the owner's in which the program acts as the application role; nothing is kept."""
    with nothing_kept() as cursor:
        cursor.execute("SET LOCAL ROLE alongside_app")
        yield gather(), Reader(cursor)
        cursor.execute("RESET ROLE")
