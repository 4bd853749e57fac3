"""What sealing costs, and what the policies cost: each as a ratio within one run. Called by tools/bench.py.

Sealing: the whole record of a case with 200 more notes, as its print reads it through the models, with the words opened,
against the same with the noise taken as it lies. The notes are written as a worker writes them and are gone afterwards.
Policy: the two long queries of a case's pages and of the lists, as the application role with the policies and the actor,
against the owner, to whom no policy applies. The same text, on connections of one kind, planned once.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

NOTES = 200
AGAIN, WARM = 25, 3
WORDS = "Went to see two flats together; she asked about the stairs and the school. " * 4
"""Some 300 letters for each of four sealed columns of a note."""


def by_turns(*works: Callable[[], object]) -> list[float]:
    """The median of each in milliseconds: done by turns, so that what the machine does meanwhile touches all of them."""
    taken: list[list[float]] = [[] for _work in works]
    for again in range(AGAIN):
        for work, kept in zip(works, taken, strict=True):
            began = time.perf_counter()
            work()
            if again >= WARM:
                kept.append((time.perf_counter() - began) * 1000)
    return [statistics.median(kept) for kept in taken]


def actor_called(who: str) -> Any:
    """A member of the fictional staff, as the program sees them."""
    from alongside.foundations.actor import Actor
    from alongside.foundations.roles import Role
    from alongside.people.models import Staff

    staff = Staff.objects.using("owner").get(account__email=f"{who}@harbourlane.example")
    return Actor(staff.pk, staff.agency_id, staff.account_id, staff.name, frozenset(map(Role, staff.roles)))


@contextmanager
def case_with_notes(actor: Any) -> Iterator[Any]:
    """An open case of this actor with so many notes more; nothing of it stays."""
    from django.db import transaction

    from alongside.documentation.models import Note
    from alongside.foundations import clock
    from alongside.foundations.actor import acting
    from alongside.people.models import Case

    with acting(actor):
        case = Case.objects.select_related("client", "program").filter(closed_on=None).order_by("-pk")[0]
        now = clock.now()
        Note.objects.bulk_create(
            Note(case=case, program_id=case.program_id, state="signed", at=now - timedelta(days=number), title="A visit", happened=WORDS,
                 client_words=WORDS, worker_did=WORDS, next_step=WORDS, stands_alone=True, writer_id=actor.staff, started_at=now,
                 signed_at=now)
            for number in range(NOTES)
        )  # fmt: skip
        yield case
        transaction.set_rollback(True)


def sealing() -> dict[str, float]:
    """The whole record with its words opened, and with the noise as it lies, in milliseconds."""
    from alongside.documentation.queries.timeline import whole_record
    from alongside.foundations import keys

    opens = keys.open_sealed

    def record(words: Callable[..., str]) -> None:
        keys.open_sealed = words
        try:
            whole_record(case)
        finally:
            keys.open_sealed = opens

    with case_with_notes(actor_called("maren")) as case:
        opened, lies = by_turns(lambda: record(opens), lambda: record(lambda sealed, **_where: sealed))
    return {"opened": opened, "as it lies": lies}


@contextmanager
def asking_as(role: str, actor: Any) -> Iterator[Any]:
    """A cursor in a transaction of this role, in which this actor acts; what it asks is planned once."""
    import psycopg

    with psycopg.connect(os.environ["ALONGSIDE_DATABASE_URL"]) as connection, connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        who = [str(actor.staff), str(actor.agency)]
        cursor.execute("SELECT set_config('alongside.staff', %s, true), set_config('alongside.agency', %s, true)", who)
        yield cursor


def policy() -> dict[str, dict[str, float]]:
    """By query and person: milliseconds under the policies, and as the owner."""
    from alongside.documentation.thread import rows
    from alongside.foundations.actor import acting
    from alongside.foundations.rls import APP_ROLE
    from alongside.people.models import Case

    found = {}
    for who, most in (("maren", 1), ("maren", 25), ("delphine", 25), ("priya", 25)):
        actor = actor_called(who)
        with acting(actor):
            cases = list(Case.objects.filter(closed_on=None).order_by("-pk").values_list("pk", flat=True)[:most])
        text, names = (rows.OF_ONE if most == 1 else rows.OF_MANY).written
        values = [{"case": cases[0], "cases": cases, "closed": []}[name] for name in names]
        with asking_as(APP_ROLE, actor) as under, asking_as("postgres", actor) as bare:
            both = [partial(one.execute, text, values, prepare=True) for one in (under, bare)]
            found[f"Thread of {most}, {who}"] = dict(zip(("policies", "owner"), by_turns(*both), strict=True))
    return found


def main() -> None:
    """Connect as the program does, and print the figures as JSON."""
    from alongside.site.cli import connect_database

    connect_database()
    sys.stdout.write(json.dumps({"sealing": sealing(), "policy": policy()}))


if __name__ == "__main__":
    main()
