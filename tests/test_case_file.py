"""The Thread’s page and the printed case file, as the cast sees them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client

from alongside.documentation.models import Addendum
from alongside.documentation.queries.file import CASE_FILE
from alongside.documentation.views import case as views
from alongside.foundations import clock, looks
from alongside.foundations.actor import acting
from alongside.people.models import Case, SignificantOther
from tests.cast import Cast
from tests.thread_parts import Record, ago

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]
SCRIPT = "<script>alert('x')</script>"


@pytest.fixture
def case(cast: Cast) -> Case:
    """Sama’s case with one whole chain, one need without goal, and a loose service."""
    with acting(cast.maren):
        record = Record(cast.sama, cast.staff["maren"])
        need = record.need(client_words="A door that I can lock.", client_rank=2)
        goal = record.goal(record.version("in_effect"), need)
        objective = record.objective(goal)
        record.activity(objective)
        record.note(3, goal, objective, happened="Elm Street has its own lock.")
        record.need("To have her mother near", client_rank=1)
        record.service(2)
        record.settle()
    return cast.sama


@pytest.fixture
def maren(cast: Cast, client: Client) -> Client:
    """Maren, signed in."""
    client.force_login(cast.staff["maren"].account)
    return client


@pytest.fixture
def unbound(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The file as the page it is printed from, to read its words."""

    def page(request: HttpRequest, template: str, context: dict[str, Any], name: str) -> HttpResponse:
        return HttpResponse(render_to_string(template, context, request=request), headers={"X-Name": name})

    monkeypatch.setattr(views, "paper", page)
    yield


@pytest.mark.demand("D1", "A5")
def test_the_page_shows_each_break_with_the_form_that_mends_it(case: Case, maren: Client) -> None:
    page = maren.get(f"/cases/{case.pk}/").content.decode()
    assert "A door that I can lock." in page and "Sama ranks it 2nd" in page
    assert "This need has no goal, and no decision to wait" in page
    assert f"/cases/{case.pk}/goals/new/?need=" in page or "?need=" in page
    assert "2 breaks open, 1 of them a loose end" in page
    assert 'name="ties"' in page and "Stands on its own" in page


@pytest.mark.demand("D1")
def test_only_breaks_and_the_clients_order_are_plain_links(case: Case, maren: Client) -> None:
    page = maren.get(f"/cases/{case.pk}/?only=breaks").content.decode()
    assert (
        "To have her mother near" in page
        and "A safe place to live" not in page.split("Loose ends")[0].split("th-cols")[1]
    )
    ordered = maren.get(f"/cases/{case.pk}/?order=client").content.decode()
    assert ordered.index('id="need-2"') < ordered.index('id="need-1"')


@pytest.mark.demand("D1")
def test_an_empty_thread_says_what_comes_first(cast: Cast, maren: Client) -> None:
    opened = cast.open_case("Jo Lin")
    assert f"/cases/{opened.pk}/enroll" in maren.get(f"/cases/{opened.pk}/").content.decode()
    enrolled = cast.enroll("Amal Deeb")
    assert "Begin the assessment" in maren.get(f"/cases/{enrolled.pk}/").content.decode()


@pytest.mark.demand("T8")
def test_a_closed_case_shows_no_break_and_offers_no_mend(cast: Cast, case: Case, maren: Client) -> None:
    with acting(cast.maren):
        Case.objects.filter(pk=case.pk).update(closed_on=ago(0))
    page = maren.get(f"/cases/{case.pk}/").content.decode()
    assert "btn-mend" not in page and "break-count" not in page
    assert "nothing is waited for any more" in page


@pytest.mark.demand("C4")
@pytest.mark.parametrize("who", ["tadesse", "otto", "noor"])
@pytest.mark.parametrize("page", ["", "timeline/", "file/", "seen/"])
def test_strangers_find_nothing(cast: Cast, case: Case, client: Client, who: str, page: str) -> None:
    client.force_login(cast.staff[who].account)
    assert client.get(f"/cases/{case.pk}/{page}").status_code in ({403, 404} if who == "otto" else {404})


@pytest.mark.demand("D1")
def test_a_script_in_a_title_is_only_text(cast: Cast, case: Case, maren: Client) -> None:
    with acting(cast.maren):
        Record(case, cast.staff["maren"], {"need": 5}).need(SCRIPT, client_words=SCRIPT)
    for page in ("", "timeline/"):
        shown = maren.get(f"/cases/{case.pk}/{page}").content.decode()
        assert SCRIPT not in shown and "&lt;script&gt;" in shown


def test_the_pages_of_a_case_ask_few_queries(case: Case, maren: Client, django_assert_max_num_queries: Any) -> None:
    for page in ("", "timeline/", "seen/"):
        with django_assert_max_num_queries(20):
            assert maren.get(f"/cases/{case.pk}/{page}").status_code == 200


@pytest.mark.demand("D2", "D3")
def test_the_file_holds_the_whole_record_in_order(cast: Cast, case: Case, maren: Client, unbound: None) -> None:
    with acting(cast.maren):
        note = Record(case, cast.staff["maren"]).note(4, happened="Tea with Ilse.")
        Addendum(case=case, note=note, words="It was coffee.", writer=cast.staff["maren"], signed_at=clock.now()).save()
    answer = maren.get(f"/cases/{case.pk}/file/")
    page = answer.content.decode()
    assert answer.headers["X-Name"] == f"case-file-{case.number}"
    for words in (case.number, "born 4 March 1992", "A door that I can lock.", "Version 1, in effect", "Cost in all",
                  "Elm Street has its own lock.", "It was coffee.", "Rang the landlord", "Informed consent to services",
                  "primary case manager", "by Maren Achterberg"):  # fmt: skip
        assert words in page, words
    record = page[page.index("The record, day by day") :]
    assert record.index("Tea with Ilse.") < record.index("Elm Street has its own lock."), "oldest first"


@pytest.mark.demand("D3")
def test_the_file_lists_what_is_missing_in_it(cast: Cast, case: Case, maren: Client, unbound: None) -> None:
    def missing() -> str:
        page = maren.get(f"/cases/{case.pk}/file/").content.decode()
        return page[page.index('class="missing"') : page.index("Minimum contents")]

    first = missing()
    for words in (
        "No assessment is complete",
        "Nobody around the client",
        "Need 2: This need has no goal",
        "No outcome",
        "tied to no goal: 1",
    ):
        assert words in first, words
    with acting(cast.maren):
        SignificantOther(person=case.client, name="Ilse", relation="neighbor").save()
        Case.objects.filter(pk=case.pk).update(closed_on=ago(0))
    then = missing()
    assert "Nobody around" not in then and "The reason for the ending is not on record" in then


@pytest.mark.demand("T3", "T1")
def test_the_closing_record_is_in_the_file(cast: Cast, case: Case, maren: Client, unbound: None) -> None:
    from alongside.client_level.termination.models import Closure

    with acting(cast.maren):
        Case.objects.filter(pk=case.pk).update(closed_on=ago(0))
        Closure(
            case=case, state="closed", reason="attained", ends_on=ago(0), by=cast.staff["maren"], closed_at=clock.now(),
            next_stage="Keeps the lease", still_here_for="Letters in English", exit_interview_declined=True,
        ).save()  # fmt: skip
    page = maren.get(f"/cases/{case.pk}/file/").content.decode()
    for words in ("Goals attained", "Keeps the lease", "Letters in English", "did not want an exit interview"):
        assert words in page, words
    assert "No resources or referrals are named for after the ending." in page


@pytest.mark.demand("D2")
def test_the_file_prints_as_a_pdf(case: Case, maren: Client) -> None:
    answer = maren.get(f"/cases/{case.pk}/file/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


@pytest.mark.demand("C5", "D2")
def test_printing_the_file_is_itself_on_record(
    case: Case, maren: Client, unbound: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[tuple[str, object]] = []
    monkeypatch.setattr(looks, "look", lambda kind, **told: kept.append((kind, told.get("case"))))
    maren.get(f"/cases/{case.pk}/file/")
    assert (looks.PRINTED, case.pk) in kept


def test_every_part_of_the_file_names_its_source_and_its_place(case: Case) -> None:
    places = [part.position for part in CASE_FILE]
    assert len(places) == len(set(places)) >= 8
    assert {"people", "consent", "thread", "sittings", "needs", "plans", "referrals", "record", "ending"} <= {
        p.key for p in CASE_FILE
    }
