"""The list of cases, and finding one: each sees their own, and what is typed stands in no address (C4, C5)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from alongside.documentation.models import Need, PlanVersion
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.people.models import Assignment, Case, Person
from alongside.supervision.queries import caseload
from alongside.supervision.queries.caseload import page_of_cases
from tests.cast import Cast
from tests.kept import looks_seen_by

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]
REFUSED_QUERIES = 20


def page_for(client: Client, cast: Cast, who: str, query: str = "") -> str:
    """The list that someone gets, signed in."""
    client.force_login(cast.staff[who].account)
    answer = client.get(f"/cases/{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def found_by(client: Client, cast: Cast, who: str, typed: str) -> str:
    """What someone finds who types this."""
    client.force_login(cast.staff[who].account)
    answer = client.post("/cases/", {"q": typed})
    assert answer.status_code == 200
    return str(answer.content.decode())


def names_on(cast: Cast, who: str, *, own: bool = True, closed: bool = False) -> list[str]:
    """The clients on the first page of the list of someone."""
    with acting(getattr(cast, who)) as actor:
        page = page_of_cases(actor, own=own, closed=closed, after=None)
    return [row.case.client.preferred_name for row in page.rows]


def test_maren_finds_her_clients_by_name_with_program_stage_and_day(client: Client, cast: Cast) -> None:
    case = cast.sama
    cast.enroll("Bo-ra Seo")
    assert names_on(cast, "maren") == ["Bo-ra Seo", "Sama Othman"]
    page = page_for(client, cast, "maren")
    for shown in ("New Start", "Assessment", case.number, "Maren Achterberg", reverse("case", args=[case.pk])):
        assert shown in page, shown


@pytest.mark.demand("C4")
def test_each_role_lists_only_what_is_theirs_to_open(client: Client, cast: Cast) -> None:
    assert cast.sama.is_open
    for who, sees in {
        "maren": True,
        "delphine": True,
        "priya": True,
        "tadesse": False,
        "noor": False,
        "quinn": False,
    }.items():
        assert ("Sama" in page_for(client, cast, who)) is sees, who


@pytest.mark.demand("C4")
def test_the_administrator_has_no_list_of_cases_and_cannot_search(client: Client, cast: Cast) -> None:
    assert cast.sama.is_open
    client.force_login(cast.staff["otto"].account)
    for answer in (client.get("/cases/"), client.post("/cases/", {"q": "Sama"})):
        assert answer.status_code == 403
        assert "Sama" not in answer.content.decode()
    assert looks_seen_by(cast.otto) == [("refused", "cases", "Otto Lindqvist")] * 2


def test_the_list_asks_for_a_sign_in(client: Client) -> None:
    assert client.get("/cases/").status_code == 302
    assert client.post("/cases/", {"q": "Sama"}).status_code == 302


def test_a_supervisor_can_look_at_only_their_own(client: Client, cast: Cast) -> None:
    assert cast.sama.is_open
    assert "Sama" in page_for(client, cast, "delphine")
    mine = page_for(client, cast, "delphine", "?whose=mine")
    assert "Sama" not in mine
    assert "No open case is in your hands." in mine


def test_a_case_manager_cannot_widen_the_list_by_the_address(client: Client, cast: Cast) -> None:
    assert cast.sama.is_open
    assert "Sama" not in page_for(client, cast, "tadesse", "?whose=all")


def test_a_file_lent_for_review_is_in_the_list_while_it_is_lent(cast: Cast) -> None:
    today = clock.today()
    with acting(cast.maren):
        Assignment(
            case=cast.sama,
            staff=cast.staff["quinn"],
            role="review",
            reason="Review",
            since=today,
            until=today + timedelta(days=1),
        ).save()
    assert names_on(cast, "quinn") == ["Sama Othman"]
    with clock.held(clock.now() + timedelta(days=1)):
        assert names_on(cast, "quinn") == []


def test_closed_cases_stand_apart(client: Client, cast: Cast) -> None:
    case = cast.sama
    assert "None of your cases is closed." in page_for(client, cast, "maren", "?which=closed")
    with acting(cast.maren):
        Case.objects.filter(pk=case.pk).update(closed_on=clock.today())
    assert names_on(cast, "maren") == []
    closed = page_for(client, cast, "maren", "?which=closed")
    assert "Sama" in closed
    assert "Closed " in closed


def test_the_stage_is_read_from_the_record(cast: Cast) -> None:
    today = clock.today()
    case = cast.open_case("Wendell Oakes")

    def stage() -> str:
        with acting(cast.maren) as maren:
            return page_of_cases(maren, own=True, closed=case.closed_on is not None, after=None).rows[0].stage

    assert stage() == "Engagement"
    with acting(cast.maren):
        Case.objects.filter(pk=case.pk).update(enrolled_on=today)
    assert stage() == "Assessment"
    with acting(cast.maren):
        Need(case=case, number=1, title="Rent", domain="economic", found_on=today).save()
    assert stage() == "Planning"
    with acting(cast.maren):
        ahead = today + timedelta(days=90)
        PlanVersion(
            case=case,
            number=1,
            made_on=today,
            in_effect_on=today,
            state="in_effect",
            review_on=ahead,
            reassess_on=ahead,
        ).save()
    assert stage() == "Intervention"


@pytest.mark.demand("D1")
def test_the_list_says_how_many_breaks_each_thread_has(client: Client, cast: Cast) -> None:
    with acting(cast.maren):
        for number in (1, 2):
            Need(case=cast.sama, number=number, title="Rent", domain="economic", found_on=clock.today()).save()
    cast.enroll("Bo-ra Seo")
    page = page_for(client, cast, "maren")
    assert "2 breaks" in page
    assert "not begun" in page
    assert "Whole" not in page


@pytest.mark.demand("M4")
def test_the_list_flags_who_was_not_seen_as_agreed(client: Client, cast: Cast) -> None:
    with acting(cast.maren):
        Case.objects.filter(pk=cast.sama.pk).update(
            opened_on=clock.today() - timedelta(days=60), last_seen_on=clock.today() - timedelta(days=41)
        )
    assert "41 days, agreed every 14" in page_for(client, cast, "maren")


def test_pages_follow_each_other_and_leave_nobody_out(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caseload, "PAGE", 2)
    everyone = ["Amal", "Bora", "Bora", "Cho", "Dina"]
    for name in everyone:
        cast.enroll(name)
    for who, own in (("maren", True), ("delphine", False)):
        met, after, pages = [], None, 0
        while after is not None or not pages:
            with acting(getattr(cast, who)) as actor:
                page = page_of_cases(actor, own=own, closed=False, after=after)
            met += [row.case.client.preferred_name for row in page.rows]
            after, pages = page.last, pages + 1
        assert (sorted(met), pages) == (everyone, 3), who


def test_a_page_after_someone_elses_case_tells_nothing_of_them(client: Client, cast: Cast) -> None:
    assert cast.sama.is_open
    assert "Sama" not in page_for(client, cast, "tadesse", f"?after={cast.sama.pk}")
    assert "There are no further cases." in page_for(client, cast, "tadesse", f"?after={uuid4()}")
    assert "No open case" in page_for(client, cast, "tadesse", "?after=%00")


@pytest.mark.demand("C5")
def test_a_misspelt_name_still_finds_the_client_and_the_count_is_said(client: Client, cast: Cast) -> None:
    cast.enroll("Agnieszka Wrona")
    assert cast.sama.is_open
    page = found_by(client, cast, "maren", "Agnieska Wrona")
    assert "Agnieszka Wrona" in page
    assert "1 case found." in page
    assert "Sama Othman" not in page


def test_a_case_number_finds_its_case_first(client: Client, cast: Cast) -> None:
    assert "Sama Othman" in found_by(client, cast, "maren", cast.sama.number)


def test_a_legal_name_finds_the_client_who_goes_by_another(client: Client, cast: Cast) -> None:
    with acting(cast.maren):
        Person.objects.filter(pk=cast.sama.client_id).update(legal_name="Samira al-Othmani")
    assert "Sama Othman" in found_by(client, cast, "maren", "Samira")


@pytest.mark.demand("C4")
def test_nobody_finds_a_client_who_is_not_theirs(client: Client, cast: Cast) -> None:
    number = cast.sama.number
    for who in ("tadesse", "noor", "quinn"):
        for typed in ("Sama Othman", number):
            page = found_by(client, cast, who, typed)
            assert "0 cases found." in page, who
            assert "No case of yours has a name like this." in page, who
            assert str(cast.sama.pk) not in page


@pytest.mark.demand("C5")
def test_a_search_is_kept_without_what_was_typed(client: Client, cast: Cast) -> None:
    found_by(client, cast, "maren", "Sama")
    assert looks_seen_by(cast.maren) == [("searched", "cases", "Maren Achterberg")]


def test_what_was_typed_stands_in_no_address_of_the_answer(client: Client, cast: Cast) -> None:
    assert cast.sama.is_open
    page = found_by(client, cast, "maren", "Sama")
    assert 'value="Sama"' in page
    assert not [part for part in page.split('href="')[1:] if "Sama" in part.split('"')[0]]
    assert 'method="get"' not in page


def test_words_put_into_the_address_search_for_nothing(client: Client, cast: Cast) -> None:
    cast.enroll("Bo-ra Seo")
    assert cast.sama.is_open
    page = page_for(client, cast, "maren", "?q=Sama")
    assert "Bo-ra Seo" in page
    assert 'value="Sama"' not in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type a name"),
        ("   ", "Type a name"),
        ("a" * 81, "at most 80"),
        ("Sa\x00ma", "One character in this cannot be saved"),
    ],
)
def test_an_empty_or_endless_search_is_answered_beside_the_field(
    client: Client, cast: Cast, typed: str, said: str
) -> None:
    client.force_login(cast.staff["maren"].account)
    answer = client.post("/cases/", {"q": typed})
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.parametrize("typed", ["%", "_", "'; DROP TABLE people_case; --", "\\", "سما", "x" * 80])
def test_odd_letters_find_nothing_and_break_nothing(client: Client, cast: Cast, typed: str) -> None:
    assert cast.sama.is_open
    assert "0 cases found." in found_by(client, cast, "maren", typed)
    assert names_on(cast, "maren") == ["Sama Othman"]


def test_script_that_is_typed_is_only_shown(client: Client, cast: Cast) -> None:
    page = found_by(client, cast, "maren", '"><script>alert(1)</script>')
    assert "<script>alert" not in page


def test_the_list_asks_the_database_seldom_however_many_cases(
    client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(cast.staff["maren"].account)
    cast.enroll("Amal")
    with django_assert_max_num_queries(REFUSED_QUERIES) as few:
        client.get("/cases/")
    for index in range(26):
        cast.enroll(f"Client {index}")
    with django_assert_max_num_queries(REFUSED_QUERIES) as many:
        page = client.get("/cases/").content.decode()
    assert len(many) == len(few)
    assert "Next 25 cases" in page
    with django_assert_max_num_queries(REFUSED_QUERIES):
        client.post("/cases/", {"q": "Client 7"})
