"""What the database refuses whoever asks: the rules that hold even where a verb forgets them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.documentation.models import (
    Activity,
    Addendum,
    Goal,
    Need,
    Note,
    Objective,
    PlanVersion,
    ReferralOut,
    Signature,
)
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.people.models import Assignment, Case, Person, Staff
from tests.access.worlds import TODAY, filled
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


def refused(attempt: Callable[[], Any]) -> None:
    """The database itself says no, at once or when the change would be kept."""
    with pytest.raises(DatabaseError), transaction.atomic():
        attempt()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def run(order: str, *values: Any) -> int:
    """One raw statement as the application role; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(order, values)
        return int(cursor.rowcount)


def put(case: Case, model: type[Any], by: UUID, **given: Any) -> Any:
    """A row of the case, filled as little as the database takes."""
    known = given.pop("known", {})
    row: Any = filled(
        model, {Case: case, Staff: Staff.objects.get(pk=by), **known}, case=case, program_id=case.program_id, **given
    )
    row.save(force_insert=True)
    return row


def plan(case: Case, by: UUID, number: int = 1) -> tuple[PlanVersion, Goal, Objective, Activity]:
    """A draft plan with one goal, one objective and one activity."""
    need = Need.objects.filter(case=case).first() or put(case, Need, by, number=1)
    version = put(case, PlanVersion, by, number=number, state="draft")
    known: dict[type[Any], Any] = {Need: need, PlanVersion: version}
    goal = known[Goal] = put(case, Goal, by, known=known)
    objective = known[Objective] = put(case, Objective, by, known=known)
    return version, goal, objective, put(case, Activity, by, known=known)


@pytest.mark.demand("E7")
def test_one_primary_case_manager_at_any_moment(cast: Cast) -> None:
    case = cast.sama
    other = cast.staff["tadesse"]
    with acting(cast.delphine):
        for since in (TODAY, TODAY + timedelta(days=400), case.opened_on - timedelta(days=5)):
            refused(lambda: put(case, Assignment, other.pk, staff=other, role="primary", since=since))  # noqa: B023
        tomorrow = TODAY + timedelta(days=1)
        run("UPDATE people_assignment SET until = %s WHERE case_id = %s AND role = 'primary'", tomorrow, case.pk)
        put(case, Assignment, other.pk, staff=other, role="primary", since=tomorrow)


@pytest.mark.demand("A3")
def test_the_number_of_a_need_is_given_once(cast: Cast) -> None:
    case = cast.sama
    with acting(cast.maren):
        need = put(case, Need, cast.maren.staff, number=1)
        refused(lambda: put(case, Need, cast.maren.staff, number=1))
        refused(lambda: run("UPDATE documentation_need SET number = 2 WHERE id = %s", need.pk))
        refused(lambda: run("DELETE FROM documentation_need WHERE id = %s", need.pk))


def test_a_case_does_not_close_before_it_opened(cast: Cast) -> None:
    case = cast.sama
    with acting(cast.maren):
        refused(lambda: run("UPDATE people_case SET closed_on = opened_on - 1 WHERE id = %s", case.pk))


def test_a_case_stays_with_its_client_its_agency_and_its_number(cast: Cast) -> None:
    """Else naming a stranger as the client of one's own case would open the stranger's record."""
    case, stranger = cast.sama, cast.enroll("Yusuf Demir", primary="tadesse")
    with acting(cast.maren):
        for change in (f"client_id = '{stranger.client_id}'", f"agency_id = '{cast.elsewhere.pk}'", "number = 'other'"):
            refused(lambda: run(f"UPDATE people_case SET {change} WHERE id = %s", case.pk))  # noqa: B023, S608
        refused(lambda: run("UPDATE people_person SET agency_id = %s WHERE id = %s", cast.elsewhere.pk, case.client_id))
        assert not Person.objects.filter(pk=stranger.client_id).exists()


@pytest.mark.demand("C4")
def test_nobody_lets_a_stranger_onto_a_case_or_themselves_onto_a_strangers(cast: Cast) -> None:
    case = cast.sama
    with acting(cast.maren):
        noor = cast.staff["noor"]
        refused(lambda: put_assignment(case, noor.pk))
    with acting(
        cast.ines
    ):  # who opened the case, and left it when the client was enrolled: until tomorrow she is on it
        run("UPDATE people_assignment SET until = %s WHERE case_id = %s AND role = 'intake'", TODAY, case.pk)
        assert not Case.objects.filter(pk=case.pk).exists()
        refused(lambda: put_assignment(case, cast.ines.staff))
    with acting(cast.maren):
        changes = "roles = ARRAY['supervisor', 'agency_administrator']", "supervisor_id = NULL"
        for change in changes:
            assert run(f"UPDATE people_staff SET {change}") == 0  # noqa: S608


def put_assignment(case: Case, staff: UUID) -> None:
    """Put somebody on a case by a bare row."""
    Assignment(case=case, program_id=case.program_id, staff_id=staff, role="team", since=TODAY).save(force_insert=True)


@pytest.mark.demand("I3")
@pytest.mark.parametrize("state", ["signed", "cosign"])
def test_a_signed_note_is_fixed(cast: Cast, state: str) -> None:
    case = cast.sama
    with acting(cast.maren):
        note = put(case, Note, cast.maren.staff, state="draft", happened="They met.")
        run("UPDATE documentation_note SET happened = 'They met again.' WHERE id = %s", note.pk)
        run("UPDATE documentation_note SET state = %s WHERE id = %s", state, note.pk)
        for change in ("happened = 'Nothing.'", "at = now()", "state = 'draft'", "minutes = 5"):
            refused(lambda: run(f"UPDATE documentation_note SET {change} WHERE id = %s", note.pk))  # noqa: B023, S608
        refused(lambda: run("DELETE FROM documentation_note WHERE id = %s", note.pk))
        added = put(case, Addendum, cast.maren.staff, note=note)
        refused(lambda: run("DELETE FROM documentation_addendum WHERE id = %s", added.pk))


@pytest.mark.demand("P8")
@pytest.mark.parametrize("state", ["signing", "in_effect", "replaced"])
def test_a_plan_that_was_offered_is_fixed_with_all_that_is_in_it(cast: Cast, state: str) -> None:
    case = cast.sama
    with acting(cast.maren):
        version, goal, objective, activity = plan(case, cast.maren.staff)
        run("UPDATE documentation_goal SET title = 'A home' WHERE id = %s", goal.pk)
        run("UPDATE documentation_planversion SET state = %s WHERE id = %s", state, version.pk)
        refused(lambda: run("UPDATE documentation_planversion SET review_on = review_on + 1 WHERE id = %s", version.pk))
        for table, row in (("goal", goal), ("objective", objective), ("activity", activity), ("planversion", version)):
            refused(lambda: run(f"DELETE FROM documentation_{table} WHERE id = %s", row.pk))  # noqa: B023, S608
        refused(lambda: run("UPDATE documentation_goal SET title = 'x y' WHERE id = %s", goal.pk))
        refused(lambda: run("UPDATE documentation_objective SET target = '9' WHERE id = %s", objective.pk))
        refused(lambda: run("UPDATE documentation_activity SET cost = 9 WHERE id = %s", activity.pk))
        known = {Need: goal.need, PlanVersion: version}
        refused(lambda: put(case, Goal, cast.maren.staff, known=known, number="9.9"))


@pytest.mark.demand("P8")
def test_nothing_slips_from_a_draft_into_a_plan_that_was_offered(cast: Cast) -> None:
    case = cast.sama
    with acting(cast.maren):
        offered, *_ = plan(case, cast.maren.staff)
        run("UPDATE documentation_planversion SET state = 'signing' WHERE id = %s", offered.pk)
        _, goal, *_ = plan(case, cast.maren.staff, number=2)
        refused(lambda: run("UPDATE documentation_goal SET version_id = %s, number = '7' WHERE id = %s", offered.pk, goal.pk))  # fmt: skip


@pytest.mark.demand("P8")
def test_a_plan_under_which_a_name_stands_never_becomes_a_draft_again(cast: Cast) -> None:
    case = cast.sama
    with acting(cast.maren):
        version, *_ = plan(case, cast.maren.staff)
        back = "UPDATE documentation_planversion SET state = %s WHERE id = %s"
        run(back, "signing", version.pk)
        run(back, "draft", version.pk)  # nobody has signed: it may be taken back
        run(back, "signing", version.pk)
        name = put(case, Signature, cast.maren.staff, version=version)
        refused(lambda: run(back, "draft", version.pk))
        refused(lambda: run("UPDATE documentation_signature SET name = 'Another' WHERE id = %s", name.pk))
        refused(lambda: run("DELETE FROM documentation_signature WHERE id = %s", name.pk))


@pytest.mark.demand("P8")
def test_one_plan_is_in_effect(cast: Cast) -> None:
    case = cast.sama
    with acting(cast.maren):
        put(case, PlanVersion, cast.maren.staff, number=1, state="in_effect")
        refused(lambda: put(case, PlanVersion, cast.maren.staff, number=2, state="in_effect"))
        refused(lambda: put(case, PlanVersion, cast.maren.staff, number=1, state="draft"))


@pytest.mark.demand("P3")
@pytest.mark.parametrize("missing", ["indicator", "baseline", "target", "due_on"])
def test_an_objective_without_measure_or_date_is_refused(cast: Cast, missing: str) -> None:
    case = cast.sama
    with acting(cast.maren):
        objective = plan(case, cast.maren.staff)[2]
        empty = "NULL" if missing == "due_on" else "''"
        refused(lambda: run(f"UPDATE documentation_objective SET {missing} = {empty} WHERE id = %s", objective.pk))  # noqa: S608


@pytest.mark.demand("I4")
@pytest.mark.parametrize("state", ["sent", "accepted", "closed"])
def test_a_referral_is_not_sent_without_the_clients_consent(cast: Cast, state: str) -> None:
    case = cast.sama
    with acting(cast.maren):
        referral = put(case, ReferralOut, cast.maren.staff, state="draft")
        refused(lambda: run("UPDATE documentation_referralout SET state = %s WHERE id = %s", state, referral.pk))
        run(
            "UPDATE documentation_referralout SET state = %s, consented_on = %s WHERE id = %s",
            state,
            TODAY,
            referral.pk,
        )


@pytest.mark.demand("C4")
def test_a_record_whose_program_lies_is_refused(cast: Cast) -> None:
    """The program of a row decides who sees it, so it must be the program of its case."""
    case = cast.sama
    with acting(cast.maren):
        need: Any = filled(Need, {Case: case}, case=case, program_id=cast.elsewhere_program.pk)
        refused(lambda: Need.objects.bulk_create([need]))
        kept = put(case, Need, cast.maren.staff, number=4)
        refused(lambda: run("UPDATE documentation_need SET program_id = %s WHERE id = %s", cast.elsewhere_program.pk, kept.pk))  # fmt: skip
    with acting(cast.noor):
        forged: Any = filled(Need, {Case: case}, case=case, program_id=cast.elsewhere_program.pk)
        refused(lambda: Need.objects.bulk_create([forged]))


def test_the_clock_of_the_database_is_the_agencys() -> None:
    """A cover that ends today ends for the policies on the day that the pages call today."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_date")
        assert cursor.fetchone()[0] == clock.today()
