"""A declared conflict of interest keeps worker and case apart, whatever the role, from the next request on (R6)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Value

from alongside.confidentiality.actions import conflict_declare, conflict_end
from alongside.confidentiality.models import Conflict
from alongside.documentation.models import Need
from alongside.foundations import clock
from alongside.foundations.actor import Actor, acting
from alongside.foundations.errors import NotAllowed, RuleBroken
from alongside.foundations.models import Deed
from alongside.people.models import Case, Person
from tests.cast import Cast
from tests.visits import beside, read, send, signed_in

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("R6")]

WHY = "Her brother is my landlord."


@pytest.fixture
def case(cast: Cast) -> Case:
    """Sama’s case."""
    return cast.sama


def declare(cast: Cast, case: Case, who: str, by: str = "", **more: Any) -> Conflict:
    """Somebody says that they, or a colleague, and the case are to be kept apart."""
    actor: Actor = getattr(cast, by or who)
    return conflict_declare(actor, case=case, staff=cast.staff[who], reason=WHY, **more)


def sees(cast: Cast, who: str, case: Case) -> bool:
    """Whether a case, its client and what is written in it exist for somebody."""
    with acting(getattr(cast, who)):
        found = {
            Case.objects.filter(pk=case.pk).exists(), Person.objects.filter(pk=case.client_id).exists(),
            Deed.objects.filter(case_id=case.pk).exists(),
        }  # fmt: skip
        assert len(found) == 1, "part of it can be seen"
    return found.pop()


@pytest.mark.parametrize("who", ["maren", "delphine", "priya"])
def test_primary_supervisor_and_program_manager_alike_no_longer_see_the_case(cast: Cast, case: Case, who: str) -> None:
    assert sees(cast, who, case)
    declare(cast, case, who)
    assert not sees(cast, who, case)


def test_nobody_else_loses_anything_by_it(cast: Cast, case: Case) -> None:
    declare(cast, case, "maren")
    assert sees(cast, "delphine", case)
    assert sees(cast, "priya", case)


def test_it_is_found_neither_by_name_nor_by_number(cast: Cast, case: Case) -> None:
    declare(cast, case, "priya")
    for typed in ("Sama", case.number):
        assert "Sama" not in read(signed_in(cast, "priya"), "cases").replace(typed, "")
        found = send(signed_in(cast, "priya"), "cases", q=typed)
        assert case.pk not in {row.case.pk for row in found.context["rows"]}


def test_another_case_of_the_same_client_stays_open_to_whoever_works_on_it(cast: Cast, case: Case) -> None:
    """It is the case that is kept apart; the client stays known where the work goes on."""
    other = cast.enroll("Lena Vogt", primary="maren")
    declare(cast, case, "maren")
    assert sees(cast, "maren", other)


def test_they_are_told_on_their_own_page_and_learn_nothing_about_the_client(cast: Cast, case: Case) -> None:
    declare(cast, case, "maren", by="delphine")
    page = read(signed_in(cast, "maren"), "own_access")
    assert f"Case {case.number}" in page
    assert "declared by Delphine Arceneaux" in page
    assert "Sama" not in page
    assert WHY not in page


def test_the_supervisor_reads_the_reason_and_is_asked_for_the_next_primary(cast: Cast, case: Case) -> None:
    declare(cast, case, "maren")
    delphine = signed_in(cast, "delphine")
    assert WHY in read(delphine, "case_access", case.pk)
    assert "Maren Achterberg is kept apart from the case: name the next primary" in read(delphine, "today")


def test_from_the_next_request_on_the_address_is_not_there(cast: Cast, case: Case) -> None:
    maren = signed_in(cast, "maren")
    answer = send(maren, "conflict_new", case.pk, staff=cast.maren.staff, reason=WHY)
    assert answer.status_code == 302
    assert answer["Location"] == "/account/access/"
    assert maren.get(f"/cases/{case.pk}/").status_code == 404
    assert signed_in(cast, "delphine").get(f"/cases/{case.pk}/").status_code == 200


def test_a_worker_says_it_of_themselves_only(cast: Cast, case: Case) -> None:
    with pytest.raises(NotAllowed):
        declare(cast, case, "tadesse", by="maren")
    answer = send(signed_in(cast, "maren"), "conflict_new", case.pk, staff=cast.tadesse.staff, reason=WHY)
    assert "Choose somebody from the list." in beside(answer, "staff")


def test_a_reason_is_asked_for_and_a_day_that_lies_ahead(cast: Cast, case: Case) -> None:
    with pytest.raises(RuleBroken, match="what the conflict is"):
        conflict_declare(cast.maren, case=case, staff=cast.staff["maren"], reason="  ")
    with pytest.raises(RuleBroken, match="today or a later day"):
        declare(cast, case, "maren", until=clock.today())


def test_it_is_not_declared_twice(cast: Cast, case: Case) -> None:
    declare(cast, case, "tadesse", by="delphine")
    with pytest.raises(RuleBroken, match="already"):
        declare(cast, case, "tadesse", by="delphine")


def test_the_supervisor_ends_it_and_the_case_opens_at_once(cast: Cast, case: Case) -> None:
    conflict = declare(cast, case, "maren")
    page = read(signed_in(cast, "delphine"), "case_access", case.pk)
    assert f"/cases/{case.pk}/access/conflicts/{conflict.pk}/end/" in page
    assert send(signed_in(cast, "delphine"), "conflict_end", case.pk, conflict.pk, why="They moved.").status_code == 302
    assert sees(cast, "maren", case)
    with pytest.raises(RuleBroken, match="already"):
        conflict_end(cast.delphine, conflict=conflict, why="Again")


def test_nobody_lets_themselves_back(cast: Cast, case: Case) -> None:
    """Not a supervisor either: somebody else who answers for the case does."""
    conflict = declare(cast, case, "delphine")
    with pytest.raises(NotAllowed):
        conflict_end(cast.delphine, conflict=conflict, why="It is fine")
    assert signed_in(cast, "delphine").get(f"/cases/{case.pk}/access/conflicts/{conflict.pk}/end/").status_code == 404
    conflict_end(cast.priya, conflict=conflict, why="It is settled")
    assert sees(cast, "delphine", case)


def test_it_is_over_on_the_day_that_was_named_and_not_before(cast: Cast, case: Case) -> None:
    conflict = declare(cast, case, "maren", until=clock.today() + timedelta(days=1))
    assert not sees(cast, "maren", case)
    with acting(cast.delphine):
        Conflict.objects.filter(pk=conflict.pk).update(until=clock.today())
    assert sees(cast, "maren", case)


def test_nothing_can_be_written_in_the_case_by_a_bare_statement_either(cast: Cast, case: Case) -> None:
    declare(cast, case, "priya")
    with acting(cast.priya), pytest.raises(DatabaseError), transaction.atomic():
        Need.objects.bulk_create(
            [Need(case_id=case.pk, program_id=case.program_id, number=7, title="x", found_on=clock.today())]
        )


def test_who_declared_it_and_why_never_changes(cast: Cast, case: Case) -> None:
    conflict = declare(cast, case, "maren")
    with acting(cast.delphine), pytest.raises(DatabaseError), transaction.atomic():
        Conflict.objects.filter(pk=conflict.pk).update(reason=Value("Nothing"))
    with acting(cast.delphine), pytest.raises(DatabaseError), transaction.atomic():
        Conflict.objects.filter(pk=conflict.pk).delete()


def test_the_deed_names_the_colleague_and_not_the_reason(cast: Cast, case: Case) -> None:
    declare(cast, case, "maren")
    with acting(cast.delphine):
        deed = Deed.objects.get(verb="conflict_declare")
    assert "Maren Achterberg" in deed.sentence
    assert WHY not in deed.sentence + deed.reason + str(deed.changes)
