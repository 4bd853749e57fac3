"""What the database refuses whoever asks: the rules that hold even where a verb forgets them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.client_level.engagement.models import Criterion, ReferralIn
from alongside.documentation.models import (
    Activity,
    Addendum,
    Goal,
    Need,
    Note,
    NoteLink,
    Objective,
    PlanVersion,
    ReferralOut,
    Service,
    Signature,
)
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.people.models import (
    Account,
    Assignment,
    Case,
    Household,
    HouseholdMember,
    Person,
    Program,
    ProgramStaff,
    Staff,
)  # fmt: skip
from tests.access.worlds import TODAY, filled
from tests.cast import Cast
from tests.releasing import made, signed

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


@pytest.mark.demand("P2")
def test_no_step_of_the_thread_is_without_words(cast: Cast) -> None:
    with acting(cast.maren):
        rows: dict[type[Any], Any] = {type(row): row for row in plan(cast.sama, cast.maren.staff)}
        rows[Need] = rows[Goal].need
        steps = (
            (Goal, "title"),
            (Objective, "title"),
            (Activity, "who"),
            (Activity, "what"),
            (Need, "title"),
            (Service, "what"),
        )
        for model, said in steps:
            emptied: dict[str, Any] = {said: "", "known": rows}
            refused(lambda: put(cast.sama, model, cast.maren.staff, **emptied))  # noqa: B023
        put(cast.sama, Service, cast.maren.staff)


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


@pytest.mark.demand("C4")
def test_a_case_stays_in_its_program(cast: Cast) -> None:
    """Else one bare statement would open a case to another program's manager and close it to its own."""
    case = cast.sama
    with acting(cast.otto):
        other = Program(agency=cast.agency, name="Open Table")
        other.save(force_insert=True)
    for who in (cast.maren, cast.priya):
        with acting(who):
            refused(lambda: run("UPDATE people_case SET program_id = %s WHERE id = %s", other.pk, case.pk))


@pytest.mark.demand("C4")
def test_a_place_in_a_program_of_another_agency_opens_nothing(cast: Cast) -> None:
    """An administrator who writes such a row by hand sees no client, and nobody gains anyone's."""
    case, lena = cast.sama, cast.refer("Lena Vogt")
    with acting(cast.noor):
        for role in ("program_manager", "intake_worker", "supervisor"):
            ProgramStaff(
                agency=cast.elsewhere, program=cast.program, staff=cast.staff["noor"], role=role
            ).save(force_insert=True)  # fmt: skip
        assert not Case.objects.filter(pk=case.pk).exists()
        assert not ReferralIn.objects.filter(pk=lena.pk).exists()
        assert not Person.objects.filter(pk__in=[case.client_id, lena.client_id]).exists()


@pytest.mark.demand("C4", "E8")
def test_the_search_for_a_known_person_answers_only_those_who_may_write_about_them(cast: Cast) -> None:
    lena = cast.enroll("Lena Vogt", primary="tadesse")
    found = {}
    for short in ("tadesse", "delphine", "priya", "maren", "noor", "otto", "quinn"):
        with acting(cast.__getattr__(short)), connection.cursor() as cursor:
            cursor.execute("SELECT person_id FROM find_people('lena vogt', 5)")
            found[short] = [key for (key,) in cursor.fetchall()]
    hers, nobody = [lena.client_id], list[object]()
    assert found == {
        "tadesse": hers, "delphine": hers, "priya": hers, "maren": nobody, "noor": nobody, "otto": nobody, "quinn": nobody,
    }  # fmt: skip


@pytest.mark.demand("C4")
def test_a_sign_in_is_seen_by_its_owner_and_by_those_who_gave_it(cast: Cast) -> None:
    keys = {short: staff.account_id for short, staff in cast.staff.items()}
    with acting(cast.maren):
        assert list(Account.objects.values_list("pk", flat=True)) == [keys["maren"]]
        assert run("UPDATE people_account SET password = 'x' WHERE id = %s", keys["otto"]) == 0
        refused(lambda: Account(email="new@harbourlane.example").save(force_insert=True))
    with acting(cast.otto):
        assert set(Account.objects.values_list("pk", flat=True)) == set(keys.values()) - {keys["noor"]}
        assert run("UPDATE people_account SET password = 'x' WHERE id = %s", keys["noor"]) == 0


@pytest.mark.demand("E3")
def test_what_a_program_asks_is_set_by_administrators_only(cast: Cast) -> None:
    for who in (cast.maren, cast.ines, cast.priya, cast.delphine):
        with acting(who):
            assert run("UPDATE engagement_criterion SET required = false") == 0
            assert run("DELETE FROM engagement_criterion") == 0
            new = Criterion(agency=cast.agency, program=cast.program, question="Is kind", kind="eligible")
            refused(lambda: new.save(force_insert=True))  # noqa: B023
    with acting(cast.otto):
        assert run("UPDATE engagement_criterion SET required = false") == 2


@pytest.mark.demand("E6")
def test_nobody_lives_twice_in_one_household_or_leaves_before_they_came(cast: Cast) -> None:
    case = cast.sama
    with acting(cast.maren):
        home = Household(agency=cast.agency, name="Cooper Row")
        home.save(force_insert=True)
        place = {"household": home, "person_id": case.client_id, "role": "herself"}
        HouseholdMember(**place, since=TODAY - timedelta(days=9)).save(force_insert=True)
        refused(lambda: HouseholdMember(**place, since=TODAY).save(force_insert=True))
        refused(lambda: run("UPDATE people_householdmember SET until = since - 1"))


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
        refused(lambda: run("UPDATE documentation_note SET state = %s WHERE id = %s", state, note.pk))  # on no day
        run("UPDATE documentation_note SET state = %s, signed_at = now() WHERE id = %s", state, note.pk)
        for change in (
            "happened = 'Nothing.'",
            "at = now()",
            "state = 'draft'",
            "minutes = 5",
            "signed_at = '2020-01-01'",
            "page_since = 9",
        ):
            refused(lambda: run(f"UPDATE documentation_note SET {change} WHERE id = %s", note.pk))  # noqa: B023, S608
        refused(lambda: run("DELETE FROM documentation_note WHERE id = %s", note.pk))
        added = put(case, Addendum, cast.maren.staff, note=note)
        refused(lambda: run("DELETE FROM documentation_addendum WHERE id = %s", added.pk))


@pytest.mark.demand("I3")
def test_what_a_signed_note_concerns_may_be_added_to_and_never_taken_away(cast: Cast) -> None:
    case = cast.sama
    with acting(cast.maren):
        _version, goal, objective, _activity = plan(case, cast.maren.staff)
        notes = [put(case, Note, cast.maren.staff, state="draft") for _note in range(2)]
        links = [put(case, NoteLink, cast.maren.staff, note=note, goal=goal, objective=None) for note in notes]
        run("UPDATE documentation_note SET state = 'signed', signed_at = now() WHERE id = %s", notes[0].pk)
        put(case, NoteLink, cast.maren.staff, note=notes[0], goal=goal, objective=objective)
        refused(lambda: run("DELETE FROM documentation_notelink WHERE id = %s", links[0].pk))
        refused(lambda: run("UPDATE documentation_notelink SET note_id = %s WHERE id = %s", notes[1].pk, links[0].pk))
        refused(
            lambda: run("UPDATE documentation_notelink SET objective_id = %s WHERE id = %s", objective.pk, links[0].pk)
        )
        assert run("DELETE FROM documentation_notelink WHERE id = %s", links[1].pk) == 1


@pytest.mark.demand("I3")
def test_a_note_gets_its_co_signature_once_and_from_the_one_who_signs(cast: Cast) -> None:
    case, change = cast.sama, "UPDATE documentation_note SET cosigner_id = %s, cosigned_at = now() WHERE id = %s"
    with acting(cast.maren):
        note = put(case, Note, cast.maren.staff, state="draft")
        refused(lambda: run(change, cast.maren.staff, note.pk))  # nobody co-signs a draft
        run("UPDATE documentation_note SET state = 'cosign', signed_at = now() WHERE id = %s", note.pk)
        refused(lambda: run("UPDATE documentation_note SET state = 'signed' WHERE id = %s", note.pk))
        refused(lambda: run(change, cast.delphine.staff, note.pk))  # nobody signs for another
    with acting(cast.delphine):
        assert run(change, cast.delphine.staff, note.pk) == 1
        refused(lambda: run("UPDATE documentation_note SET cosigned_at = '2020-01-01' WHERE id = %s", note.pk))
        run("UPDATE documentation_note SET state = 'signed' WHERE id = %s", note.pk)
        for again in ("cosigner_id = NULL", "cosigned_at = now() + interval '1 day'", "state = 'cosign'"):
            refused(lambda: run(f"UPDATE documentation_note SET {again} WHERE id = %s", note.pk))  # noqa: B023, S608


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
@pytest.mark.parametrize("state", ["sent", "accepted", "closed, sent_on = now()"])
def test_a_referral_is_not_sent_without_the_clients_consent(cast: Cast, state: str) -> None:
    case = cast.sama
    with acting(cast.maren):
        referral = put(case, ReferralOut, cast.maren.staff, state="draft")
        name, _comma, more = state.partition(", ")
        change = f"UPDATE documentation_referralout SET {more or 'warm = false'}, state = %s"  # noqa: S608
        refused(lambda: run(f"{change} WHERE id = %s", name, referral.pk))
        refused(lambda: run(f"{change}, consented_on = %s WHERE id = %s", name, TODAY, referral.pk))
        draft = made(cast)
        refused(
            lambda: run(
                f"{change}, consented_on = %s, release_id = %s WHERE id = %s", name, TODAY, draft.pk, referral.pk
            )
        )
        given = signed(cast)
        assert (
            run(f"{change}, consented_on = %s, release_id = %s WHERE id = %s", name, TODAY, given.pk, referral.pk) == 1
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
