"""Rules about who may still write: a case that stays open while it is written in, and one row of it, held."""

from datetime import date
from typing import TypeVar

from django.db import connection
from django.utils.translation import gettext as _

from alongside.foundations import clock
from alongside.foundations.errors import NotAllowed, RuleBroken
from alongside.foundations.held import held
from alongside.people.models import Case, CaseRecord

Row = TypeVar("Row", bound=CaseRecord)


def must_be_open(case: Case) -> None:
    """Keep `case` from being closed until the verb is done, and refuse the verb when it is closed (practice T7, T8).

    The case is read again under PostgreSQL's weakest row lock, FOR KEY SHARE. Only FOR UPDATE is against it, and only
    `hold_to_close` takes that: closing waits for whoever is writing, and whoever comes later waits for the closing and
    then reads that the case is closed. Writers do not wait for one another, and a verb that goes on to change the case
    (the day last seen, the next number of a need) asks for FOR NO KEY UPDATE, which goes with the FOR KEY SHARE of all
    the others, so nobody waits in a circle. For the same reason a verb comes here *before* it holds any other row.

    Raises `RuleBroken` for a closed case, and `NotAllowed` for someone who may read it but not work on it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT closed_on FROM people_case WHERE id = %s FOR KEY SHARE", [case.pk])
        found = cursor.fetchone()
    if found is None:
        raise NotAllowed(_("You may read this case, but not change it."))
    case.closed_on = found[0]
    must_look_open(case)


def must_look_open(case: Case) -> None:
    """Raises `RuleBroken` when `case`, as it was read, is closed: for a page that only draws a form (practice T8)."""
    if not case.is_open:
        raise RuleBroken(_("This case is closed. Reopen it first."), "practice T8")


def must_be_in_its_life(case: Case, day: date, source: str, field: str) -> None:
    """Raises `RuleBroken` for a day before the case was opened or still ahead."""
    if not case.opened_on <= day <= clock.today():
        raise RuleBroken(_("Choose a day between the opening of the case and today."), source, field)


def hold_to_close(case: Case) -> None:
    """Let one at a time close or reopen `case`, when nobody writes in it, and read again whether it is open.

    FOR UPDATE on purpose, though no key changes: see `must_be_open`. Raises `NotAllowed` as it does.
    """
    stored = Case.objects.select_for_update(of=("self",)).filter(pk=case.pk).values_list("closed_on").first()
    if stored is None:
        raise NotAllowed(_("You may read this case, but not change it."))
    case.closed_on = stored[0]


def held_in_open_case(row: Row, *beside: str) -> Row:
    """A row of a case that is open, as it stands now and held until the verb is done; the case is held before it.

    Raises as `must_be_open` and `foundations.held.held` do.
    """
    must_be_open(row.case)
    return held(row, "case", *beside)
