"""An urgent opening from outside the team: a reason, some hours, the supervisor told at once, every one judged (C5)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from alongside.confidentiality.actions import conflict_declare, urgent_hours_set, urgent_judge, urgent_open
from alongside.confidentiality.models import UrgentOpening
from alongside.confidentiality.queries.urgent import Called, cases_called, left_unjudged
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import NotAllowed, RuleBroken
from alongside.people.models import Assignment, Case
from tests.cast import Cast
from tests.visits import beside, read, send, signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C5")]

WHY = "She called from the station and says she will not go home tonight."


@pytest.fixture
def case(cast: Cast) -> Case:
    """Sama’s case, which Tadesse is not on."""
    return cast.sama


def opened(cast: Cast, case: Case, who: str = "tadesse") -> UrgentOpening:
    """Somebody outside the team opens the case."""
    return urgent_open(getattr(cast, who), called=Called(case.pk, case.program_id, case.number), reason=WHY)


def called(cast: Cast, who: str, typed: str) -> list[str]:
    """The numbers that somebody is answered with."""
    with acting(getattr(cast, who)):
        return [one.number for one in cases_called(typed)]


def test_a_case_is_found_by_its_number_and_by_the_exact_name_only(cast: Cast, case: Case) -> None:
    for typed in (case.number, "Sama Othman", "sama othman", " Sama Othman "):
        assert called(cast, "tadesse", typed) == [case.number], typed
    for typed in ("Sama", "Othman", "Sama Otman", case.number[:-1], "%", "", "\x00"):
        assert called(cast, "tadesse", typed) == [], typed


def test_neither_another_agency_nor_an_administrator_finds_anything(cast: Cast, case: Case) -> None:
    assert called(cast, "noor", "Sama Othman") == []
    assert called(cast, "otto", "Sama Othman") == []


def test_whoever_is_kept_apart_by_a_conflict_finds_nothing_and_opens_nothing(cast: Cast, case: Case) -> None:
    conflict_declare(cast.delphine, case=case, staff=cast.staff["tadesse"], reason="A neighbor")
    assert called(cast, "tadesse", case.number) == []
    with pytest.raises(NotAllowed):
        opened(cast, case)


def test_the_search_answers_that_there_is_a_case_and_nothing_more(cast: Cast, case: Case) -> None:
    page = words_of(send(signed_in(cast, "tadesse"), "urgent", called="Sama Othman"))
    assert f"There is such a case, number {case.number}." in page
    for secret in ("Maren", "New Start", "library", "1992", str(case.pk)):
        assert secret not in page.replace("Sama Othman", ""), secret
    assert "No case that you could open" in words_of(send(signed_in(cast, "tadesse"), "urgent", called="Sama"))


def test_two_of_one_name_are_told_apart_by_their_numbers(cast: Cast, case: Case) -> None:
    other = cast.enroll("Sama Othman", primary="maren")
    page = words_of(send(signed_in(cast, "tadesse"), "urgent", called="Sama Othman"))
    assert "There are several" in page
    assert case.number in page
    assert other.number in page


def test_with_a_reason_it_opens_for_reading(cast: Cast, case: Case) -> None:
    tadesse = signed_in(cast, "tadesse")
    assert tadesse.get(f"/cases/{case.pk}/").status_code == 404
    answer = send(tadesse, "urgent_reason", called=case.number, reason=WHY)
    assert answer["Location"] == f"/cases/{case.pk}/"
    assert "Sama Othman" in read(tadesse, "case", case.pk)
    assert "you opened it urgently; it closes" in read(tadesse, "case_access", case.pk)
    assert tadesse.get(f"/cases/{case.pk}/notes/new/").status_code == 403
    assert f"Case {case.number}" in read(tadesse, "own_access")


def test_without_a_reason_it_does_not(cast: Cast, case: Case) -> None:
    tadesse = signed_in(cast, "tadesse")
    assert "Say why it cannot wait." in beside(send(tadesse, "urgent_reason", called=case.number, reason=" "), "reason")
    assert "no one case of that number" in beside(send(tadesse, "urgent_reason", called="x", reason=WHY), "called")
    assert tadesse.get(f"/cases/{case.pk}/").status_code == 404


def test_what_is_open_already_is_not_opened_urgently(cast: Cast, case: Case) -> None:
    with pytest.raises(RuleBroken, match="open to you already"):
        opened(cast, case, "maren")


def test_it_closes_when_its_hours_are_over(cast: Cast, case: Case) -> None:
    opening = opened(cast, case)
    assert opening.ends_at - opening.began_at == timedelta(hours=4)
    with acting(cast.delphine):
        UrgentOpening.objects.filter(pk=opening.pk).update(ends_at=clock.now() - timedelta(seconds=1))
    assert signed_in(cast, "tadesse").get(f"/cases/{case.pk}/").status_code == 404


@pytest.mark.parametrize("hours", [25, 4.1])
def test_nobody_makes_it_last_longer_than_the_agency_allows(cast: Cast, case: Case, hours: float) -> None:
    row = UrgentOpening(case=Case(pk=case.pk, program_id=case.program_id), staff_id=cast.tadesse.staff, reason=WHY,
                        began_at=clock.now(), ends_at=clock.now() + timedelta(hours=hours))  # fmt: skip
    with acting(cast.tadesse), pytest.raises(DatabaseError), transaction.atomic():
        row.save(force_insert=True)
    opening = opened(cast, case)
    with acting(cast.delphine), pytest.raises(DatabaseError), transaction.atomic():
        UrgentOpening.objects.filter(pk=opening.pk).update(ends_at=clock.now() + timedelta(hours=hours))


def test_nobody_opens_it_for_another_or_judges_it_beforehand(cast: Cast, case: Case) -> None:
    for given in (
        {"staff_id": cast.quinn.staff},
        {"fitting": True, "judged_at": clock.now(), "judged_by_id": cast.tadesse.staff},
    ):
        told = {"staff_id": cast.tadesse.staff} | given
        row = UrgentOpening(case=Case(pk=case.pk, program_id=case.program_id), reason=WHY, began_at=clock.now(),
                            ends_at=clock.now() + timedelta(hours=1), **told)  # fmt: skip
        with acting(cast.tadesse), pytest.raises(DatabaseError), transaction.atomic():
            row.save(force_insert=True)


def test_the_agency_sets_the_hours_from_one_to_a_day(cast: Cast, case: Case) -> None:
    otto = signed_in(cast, "otto")
    assert send(otto, "agency_urgent", hours=2).status_code == 302
    opening = opened(cast, case)
    assert opening.ends_at - opening.began_at == timedelta(hours=2)
    for hours in (0, 25):
        assert send(otto, "agency_urgent", hours=hours).status_code == 422
        with pytest.raises(RuleBroken):
            urgent_hours_set(cast.otto, hours=hours)
    assert signed_in(cast, "maren").get("/agency/access/urgent/").status_code == 403


def test_the_supervisor_of_the_primary_sees_it_in_today_at_once(cast: Cast, case: Case) -> None:
    opened(cast, case)
    delphine = signed_in(cast, "delphine")
    assert "Tadesse Worku opened a case urgently: judge it" in read(delphine, "today")
    page = read(delphine, "urgent_openings")
    assert WHY in page
    assert "Open now" in page
    assert "opened a case urgently" not in read(signed_in(cast, "maren"), "today")


def test_it_is_judged_once_with_words_and_then_leaves_the_queue(cast: Cast, case: Case) -> None:
    opening, delphine = opened(cast, case), signed_in(cast, "delphine")
    assert WHY in read(delphine, "urgent_judgment", opening.pk)
    sent = {"fitting": "yes", "words": "He did right, and called me."}
    assert send(delphine, "urgent_judgment", opening.pk, **sent).status_code == 302
    page = read(delphine, "urgent_openings")
    assert "Nothing waits." in page
    assert "He did right, and called me." in page
    assert "opened a case urgently" not in read(delphine, "today")
    with pytest.raises(RuleBroken, match="judged already"):
        urgent_judge(cast.priya, opening=opening, fitting=False, words="No")


def test_one_that_was_not_fitting_ends_at_once(cast: Cast, case: Case) -> None:
    opening = opened(cast, case)
    answer = send(signed_in(cast, "delphine"), "urgent_judgment", opening.pk, fitting="no", words="")
    assert "Say why it was not justified" in beside(answer, "words")
    urgent_judge(cast.delphine, opening=opening, fitting=False, words="It could wait until I was back.")
    assert signed_in(cast, "tadesse").get(f"/cases/{case.pk}/").status_code == 404


def test_nobody_judges_their_own(cast: Cast, case: Case) -> None:
    """Priya opens a case of another program, of which she manages none."""
    with acting(cast.priya):
        opening = UrgentOpening(case=case, staff_id=cast.priya.staff, reason=WHY, began_at=clock.now(),
                                ends_at=clock.now() + timedelta(hours=1))  # fmt: skip
        opening.save(force_insert=True)
    with pytest.raises(NotAllowed):
        urgent_judge(cast.priya, opening=opening, fitting=True, words="")
    assert signed_in(cast, "priya").get(f"/urgent/openings/{opening.pk}/").status_code == 404


def test_the_one_who_opened_it_neither_judges_it_nor_reads_it_when_it_is_over(cast: Cast, case: Case) -> None:
    opening = opened(cast, case)
    with pytest.raises(NotAllowed):
        urgent_judge(cast.tadesse, opening=opening, fitting=True, words="")
    assert signed_in(cast, "tadesse").get(f"/urgent/openings/{opening.pk}/").status_code == 403


def test_an_administrator_is_told_how_many_wait_and_nothing_else(cast: Cast, case: Case) -> None:
    """So that none is left unjudged unnoticed where a case has nobody who answers for it."""
    opened(cast, case)
    page = read(signed_in(cast, "otto"), "agency_access")
    assert "1 is not judged yet" in page
    assert "Sama" not in page
    with acting(cast.noor):
        assert left_unjudged() == (0, None)
    with acting(cast.maren):
        assert left_unjudged() == (0, None)


def test_the_page_that_is_not_there_tells_how_to_open_urgently(cast: Cast, case: Case) -> None:
    """The same for a case that is not yours and for one that does not exist."""
    tadesse = signed_in(cast, "tadesse")
    there = words_of(tadesse.get(f"/cases/{case.pk}/"))
    assert "/urgent/" in there
    nowhere = words_of(tadesse.get(f"/cases/{cast.agency.pk}/"))
    assert [line for line in there.splitlines() if "csrf" not in line] == [
        line for line in nowhere.splitlines() if "csrf" not in line
    ]


@pytest.mark.demand("S12")
def test_who_is_already_told_stays_told_when_a_cover_ends_meanwhile(cast: Cast, case: Case) -> None:
    """An opening waits with the case, not with a person: whoever answers for it next finds it."""
    opened(cast, case)
    with acting(cast.delphine):
        assert Assignment.objects.filter(case=case, role="primary").count() == 1
    assert "opened a case urgently" in read(signed_in(cast, "priya"), "today")
