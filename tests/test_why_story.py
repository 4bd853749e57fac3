"""“Why can I see this?”: one sentence that names the ground, for oneself on each case, for an administrator about anybody."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from alongside.client_level.engagement.actions import assignment_add, primary_change
from alongside.confidentiality.actions import conflict_declare, urgent_open
from alongside.confidentiality.queries.urgent import Called
from alongside.confidentiality.queries.why import case_of_number, grounds, why_seen
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.templatetags.house import day
from alongside.people.actions import staff_change
from alongside.people.models import Assignment, Case, Staff
from tests.access.routes import lend
from tests.cast import Cast
from tests.visits import beside, read, send, signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C4")]


@pytest.fixture
def case(cast: Cast) -> Case:
    """Sama’s case."""
    return cast.sama


def asked(cast: Cast, who: str, case: Case) -> str:
    """What Otto is answered about somebody."""
    answer = send(signed_in(cast, "otto"), "agency_access", staff=cast.staff[who].pk, number=case.number)
    assert answer.status_code == 200
    return str(answer.context["answer"])


def mine(cast: Cast, who: str, case: Case) -> str:
    """What somebody reads on the case itself."""
    page = read(signed_in(cast, who), "case_access", case.pk)
    return page[page.index("You can see this case") : page.index("</p>", page.index("You can see this case"))]


def test_each_ground_is_named_in_one_sentence(cast: Cast, case: Case) -> None:
    assert "because you are its primary case manager, since" in mine(cast, "maren", case)
    assert "because you answer for Maren Achterberg, who works on it." in mine(cast, "delphine", case)
    assert "because you manage the program New Start." in mine(cast, "priya", case)
    lend(cast, case, "quinn")
    assert "its file is lent to you for review" in mine(cast, "quinn", case)


def test_each_case_leads_to_the_sentence(cast: Cast, case: Case) -> None:
    page = read(signed_in(cast, "maren"), "case", case.pk)
    assert f'href="/cases/{case.pk}/access/"' in page
    assert "Why can I see this?" in page


def test_an_administrator_is_answered_about_anybody_and_reads_nothing_of_the_client(cast: Cast, case: Case) -> None:
    assert "Maren Achterberg can see this case as its primary case manager" in asked(cast, "maren", case)
    assert asked(cast, "delphine", case) == (
        "Delphine Arceneaux can see this case because they answer for Maren Achterberg, who works on it."
    )
    assert asked(cast, "priya", case) == "Priya Raman can see this case because they manage the program New Start."
    for who in ("tadesse", "otto", "quinn"):
        assert "cannot see this case" in asked(cast, who, case)
    page = words_of(send(signed_in(cast, "otto"), "agency_access", staff=cast.maren.staff, number=case.number))
    assert "Sama" not in page
    assert str(case.pk) not in page


def test_a_conflict_and_an_urgent_opening_are_told_as_what_they_are(cast: Cast, case: Case) -> None:
    urgent_open(cast.tadesse, called=Called(case.pk, case.program_id, case.number), reason="She is on the bridge")
    assert "because they opened it urgently" in asked(cast, "tadesse", case)
    conflict_declare(cast.maren, case=case, staff=cast.staff["maren"], reason="My landlord’s sister")
    said = asked(cast, "maren", case)
    assert "cannot see this case: a conflict of interest was declared by Maren Achterberg" in said
    assert "landlord" not in said


def test_a_number_that_no_case_has_is_said_beside_the_field(cast: Cast, case: Case) -> None:
    otto = signed_in(cast, "otto")
    assert "No case of the agency" in beside(send(otto, "agency_access", staff=cast.maren.staff, number="x"), "number")
    assert "Choose somebody" in beside(send(otto, "agency_access", staff=uuid4(), number=case.number), "staff")


def test_nobody_else_may_ask_about_a_colleague(cast: Cast, case: Case) -> None:
    for who in ("maren", "delphine", "priya", "noor"):
        with acting(getattr(cast, who)):
            assert grounds(cast.tadesse.staff, case.pk) == []
            assert (case_of_number(case.number) is None) or who == "noor"
    with acting(cast.noor):  # who administers, elsewhere
        assert grounds(cast.maren.staff, case.pk) == []
        assert case_of_number(case.number) is None
    assert signed_in(cast, "maren").get("/agency/access/").status_code == 403


@pytest.mark.demand("S12")
def test_cover_begins_and_ends_to_the_day_and_takes_effect_on_the_next_request(cast: Cast, case: Case) -> None:
    today, tadesse = clock.today(), signed_in(cast, "tadesse")
    row = assignment_add(
        cast.delphine, case=case, staff=cast.staff["tadesse"], role="cover", since=today + timedelta(days=1),
        until=today + timedelta(days=3), reason="Leave",
    )  # fmt: skip

    def covers(since: int, until: int) -> int:
        with acting(cast.delphine):
            span = {"since": today + timedelta(days=since), "until": today + timedelta(days=until)}
            Assignment.objects.filter(pk=row.pk).update(**span)
        return tadesse.get(f"/cases/{case.pk}/").status_code

    assert tadesse.get(f"/cases/{case.pk}/").status_code == 404
    assert covers(0, 1) == 200
    assert "you cover for an absence, from" in mine(cast, "tadesse", case)
    assert covers(-2, 0) == 404
    assert covers(1, 2) == 404
    assert covers(-1, 1) == 200


@pytest.mark.demand("S12")
def test_a_file_lent_for_review_is_for_reading_states_its_review_and_ends_with_it(cast: Cast, case: Case) -> None:
    lend(cast, case, "quinn")
    quinn = signed_in(cast, "quinn")
    assert quinn.get(f"/cases/{case.pk}/").status_code == 200
    assert quinn.get(f"/cases/{case.pk}/people/team/new/").status_code == 403
    with acting(cast.delphine):
        assert Assignment.objects.filter(role="review", reason="").count() == 0
        Assignment.objects.filter(role="review").update(since=clock.today() - timedelta(days=2), until=clock.today())
    assert quinn.get(f"/cases/{case.pk}/").status_code == 404


@pytest.mark.demand("S7", "S12")
def test_a_supervisor_lends_a_file_for_one_review_until_a_day_and_takes_it_back(cast: Cast, case: Case) -> None:
    delphine, quinn, back = signed_in(cast, "delphine"), signed_in(cast, "quinn"), clock.today() + timedelta(days=7)
    sent = {"staff": cast.quinn.staff, "reason": "Yearly file review", "until": back}
    for field, wrong in (("reason", ""), ("until", ""), ("until", clock.today() - timedelta(days=1))):
        assert beside(send(delphine, "file_lend", case.pk, **(sent | {field: wrong})), field)
    assert send(delphine, "file_lend", case.pk, **sent).status_code == 302
    assert f"through {day(back)}" in read(delphine, "case_access", case.pk), (
        "they read it on the day that was typed too"
    )
    assert "already" in beside(send(delphine, "file_lend", case.pk, **(sent | {"reason": "Another"})), "staff")
    assert quinn.get(f"/cases/{case.pk}/").status_code == 200
    assert "Yearly file review" in read(quinn, "case_access", case.pk)
    with acting(cast.delphine):
        row = Assignment.objects.get(case=case, role="review")
    assert (row.reason, row.until) == ("Yearly file review", back + timedelta(days=1))
    assert send(delphine, "file_take_back", case.pk, row.pk).status_code == 302
    assert quinn.get(f"/cases/{case.pk}/").status_code == 404
    assert send(delphine, "file_take_back", case.pk, row.pk, once=uuid4()).status_code == 422


@pytest.mark.demand("S12")
@pytest.mark.parametrize("missing", [{"until": None}, {"reason": ""}])
def test_no_file_is_lent_without_its_review_and_its_day(cast: Cast, case: Case, missing: dict[str, object]) -> None:
    told = {"until": clock.today() + timedelta(days=3), "reason": "Review"} | missing
    row = Assignment(
        case=case,
        program_id=case.program_id,
        staff=cast.staff["quinn"],
        role="review",
        since=clock.today(),
        **told,
    )
    with acting(cast.delphine), pytest.raises(DatabaseError), transaction.atomic():
        row.save(force_insert=True)


def test_a_new_line_of_supervision_takes_effect_on_the_next_request(cast: Cast, case: Case) -> None:
    delphine = signed_in(cast, "delphine")
    assert delphine.get(f"/cases/{case.pk}/").status_code == 200
    with acting(cast.otto):
        maren = Staff.objects.get(pk=cast.maren.staff)
        staff_change(
            cast.otto, staff=maren, name=maren.name, title="", roles=maren.roles, languages=[], supervisor=None,
            trainee=False, left_on=None,
        )  # fmt: skip
    assert delphine.get(f"/cases/{case.pk}/").status_code == 404
    with acting(cast.otto):
        assert "cannot see" in why_seen(cast.staff["delphine"], case.pk)


def test_a_new_primary_is_named_the_ground_of_the_next_day(cast: Cast, case: Case) -> None:
    primary_change(cast.delphine, case=case, staff=cast.staff["tadesse"], reason="She asked for him", today=True)
    assert "because you are its primary case manager" in mine(cast, "tadesse", case)
    assert "because you are on its team" in mine(cast, "maren", case)
