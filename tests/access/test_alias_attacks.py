"""The name behind an alias is looked for everywhere by those who must not learn it (practice C4)."""

import re
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.client_level.engagement.actions import name_add, person_change
from alongside.client_level.planning.actions import activity_remove
from alongside.confidentiality.actions import Leave, alias_give, release_take_back
from alongside.documentation.models import Activity, Note, PlanVersion, Signature
from alongside.foundations.actor import acting
from alongside.people.models import Case, Person, Staff
from tests.access.routes import Record, Route, browser, lend, routes, whole_record
from tests.access.worlds import filled
from tests.attacks import Tried
from tests.cast import Cast
from tests.door import lola
from tests.papers import drawn_as_words
from tests.planning import agreed
from tests.releasing import sent, signed
from tests.test_plan_amending_story import amended

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C4")]

ALIAS, FIRST, TRUE, LEGAL, MAIDEN = "Anna Berg", "Sama", "Sama Othman", "Samira Othman-Aziz", "Samira Aziz"
SECRET = re.compile(r"sama\b|samira|othman|aziz", re.I)
READERS, STRANGERS = ("priya", "quinn"), ("tadesse", "noor", "otto")
TYPED = (TRUE, LEGAL, MAIDEN, "Sama", "sama otman", "Othman", "SAMIRA", "Aziz", "Samaa Othmann")
NOBODY = (
    "Lena Vogts",
    "Marika Vogts-Holm",
    "Marika Holm",
    "Lena",
    "lena vogt",
    "Vogts_",
    "MARIKA",
    "Holm",
    "Lenaa Vogtss",
)
"""Names of the same length that nobody bears."""


@pytest.fixture
def hidden(cast: Cast) -> tuple[Case, Record]:
    """Sama's whole record, with a release in her hand; then she is listed under an alias. Quinn has been lent the file."""
    case = cast.sama
    with acting(cast.maren):
        names = {"preferred_name": TRUE, "legal_name": LEGAL}
        person_change(cast.maren, case=case, values=names, edition=Person.objects.get(pk=case.client_id).edition)
        name_add(cast.maren, case=case, name=MAIDEN, kind="birth name")
    sent(cast, signed(cast))
    sent(cast, signed(cast), leave=Leave(), recipient=TRUE)
    back = signed(cast)
    release_take_back(cast.maren, release=back, by=TRUE, how="By phone", edition=back.edition)
    _plan_signed_by_her(cast, case)
    record = whole_record(cast, case, "maren")
    with acting(cast.maren):
        step: Any = record[Activity]
        step.actor, step.who = "client", FIRST
        step.save()
        worker: Record = {Case: case, Staff: cast.staff["maren"]}
        record[Note] = filled(Note, worker, case=case, program_id=case.program_id, state="signed", present=[FIRST])
        record[Note].save(force_insert=True)
    lend(cast, case, "quinn")
    with acting(cast.maren):
        case = Case.objects.select_related("client", "program").get(pk=case.pk)
    alias_give(cast.maren, case=case, alias=ALIAS, reason="He works for the county.")
    return case, record


def _plan_signed_by_her(cast: Cast, case: Case) -> None:
    """The version that `whole_record` then takes for hers."""
    known: Record = {Case: case, Staff: cast.staff["maren"]}
    with acting(cast.maren):
        for model, said in (
            (PlanVersion, {"made_with": f"{TRUE}, alone"}),
            (Signature, {"capacity": "client", "name": TRUE}),
        ):
            known[model] = filled(model, known, case=case, program_id=case.program_id, **said)
            known[model].save(force_insert=True)


def got(client: Client, method: str, path: str, sent: dict[str, Any] | None = None) -> tuple[int, str]:
    """What an address answers: all of it, headers too, without a form's drawn token and without what was typed."""
    with transaction.atomic():
        answer: Any = client.post(path, sent or {}) if method == "POST" else client.generic(method, path)
        transaction.set_rollback(True)
    body = b"".join(answer) if answer.streaming else answer.content
    said = unescape(body.decode("utf-8", "replace")) + str(answer.headers)
    said = re.sub(r'name="(csrfmiddlewaretoken|once|seen)" value="[^"]*"', "", said)
    for typed in (sent or {}).values():
        said = said.replace(str(typed), "")
    return answer.status_code, said


def opened(client: Client, hidden: tuple[Case, Record], wanted: Any) -> list[tuple[Route, str, str, int, str]]:
    """Every address, by every method that shows a page."""
    return [
        (route, method, *((path := route.path(hidden[1])), *got(client, method, path)))
        for route in routes()
        if route.name != "account_logout" and wanted(route)
        for method in ("GET", "HEAD", "POST")
    ]


def is_paper(route: Route) -> bool:
    """Whether an address gives something to print."""
    return route.text.endswith((".pdf", "paper/", "packet/", "accounting/", "file/"))


@pytest.mark.attack("alias, pages")
@pytest.mark.parametrize("who", READERS + STRANGERS)
def test_no_page_gives_the_name_away(cast: Cast, hidden: tuple[Case, Record], tried: Tried, who: str) -> None:
    """Titles, headings, words, headers; to those who read the file and to those who do not."""
    answers = opened(browser(cast, who), hidden, lambda route: not is_paper(route))
    tried(len(answers))
    faults = [f"{method} {route.text}: {status}" for route, method, _p, status, said in answers if SECRET.search(said)]
    assert not faults, "\n".join(faults)
    shown = sum(ALIAS in said for *_all, said in answers)
    assert shown > 20 if who in READERS else not shown


@pytest.mark.attack("alias, paper")
@pytest.mark.parametrize("who", READERS + STRANGERS)
def test_no_paper_gives_the_name_away(
    cast: Cast, hidden: tuple[Case, Record], tried: Tried, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What would be printed is read before it is drawn."""
    papers = drawn_as_words(monkeypatch)
    answers = opened(browser(cast, who), hidden, is_paper)
    tried(len(answers))
    assert not [route.text for route, _m, _p, _s, said in answers if SECRET.search(said)]
    assert not [paper for paper in papers if SECRET.search(paper)]
    assert (len(papers) > 3) is (who in READERS)


def test_what_changed_between_two_plans_is_told_without_the_name(cast: Cast) -> None:
    """The first says what Sama does, and with whom it was made; the second does without either."""
    first, _goal, _objective = agreed(cast)
    second = amended(cast, first, made_with="")
    with acting(cast.maren):
        step = Activity.objects.get(version=second, actor="client")
    activity_remove(cast.maren, activity=step)
    with acting(cast.maren):
        case = Case.objects.select_related("client", "program").get(pk=cast.sama.pk)
    lend(cast, case, "quinn")
    page = reverse("plan_compare", args=[case.pk, second.number])
    assert f"{FIRST}: Sets money aside" in got(browser(cast, "quinn"), "GET", page)[1]
    alias_give(cast.maren, case=case, alias=ALIAS, reason="He works for the county.")
    _status, said = got(browser(cast, "quinn"), "GET", page)
    assert f"{ALIAS}: Sets money aside" in said and not SECRET.search(said)
    assert f"{FIRST}: Sets money aside" in got(browser(cast, "maren"), "GET", page)[1]


@pytest.mark.attack("alias, search")
@pytest.mark.parametrize("who", READERS + STRANGERS)
def test_no_search_finds_the_case_by_the_name(cast: Cast, hidden: tuple[Case, Record], tried: Tried, who: str) -> None:
    client, number = browser(cast, who), hidden[0].number
    ways = [(method, place) for place in ("/cases/", "/referrals/", "/urgent/") for method in ("GET", "POST")]
    for typed, other in zip(TYPED, NOBODY, strict=True):
        for method, place in ways:
            told = [got(client, method, f"{place}?q={one}", {"called": one, "q": one}) for one in (typed, other)]
            tried()
            assert told[0] == told[1] or number not in told[0][1], (typed, method, place)
    assert (number in got(client, "POST", "/cases/", {"q": ALIAS})[1]) is (who in READERS)


@pytest.mark.attack("alias, autocomplete")
@pytest.mark.parametrize("who", ["priya", "tadesse"])
def test_no_form_suggests_whom_the_name_belongs_to(
    cast: Cast, hidden: tuple[Case, Record], tried: Tried, who: str
) -> None:
    """A referral and a household ask whether somebody typed is known already."""
    client, own = browser(cast, who), cast.enroll("Yusuf Demir", primary="tadesse")
    for typed in TYPED:
        for place in (reverse("referral_new"), reverse("household_member_new", args=[own.pk])):
            _status, said = got(client, "POST", place, lola(cast, preferred_name=typed))
            tried()
            assert ALIAS not in said and str(hidden[0].client_id) not in said and not SECRET.search(said), typed


@pytest.mark.attack("alias, errors")
@pytest.mark.parametrize("who", READERS + STRANGERS)
def test_no_mistake_says_whether_a_name_is_right(
    cast: Cast, hidden: tuple[Case, Record], tried: Tried, who: str
) -> None:
    """A name typed wherever her names are asked for is answered as any other name is."""
    client, case = browser(cast, who), hidden[0]
    places = [reverse(name, args=[case.pk]) for name in ("alias", "name_new", "person_edit", "other_new")]
    places += [reverse("urgent"), reverse("urgent_reason")]
    for place in places:
        for typed, other in zip(TYPED, NOBODY, strict=True):
            told = []
            for one in (typed, other):
                fields = ("alias", "name", "preferred_name", "legal_name", "called")
                status, said = got(client, "POST", place, dict.fromkeys(fields, one) | {"kind": "alias", "reason": ""})
                told.append((status, re.sub(r'"[0-9a-f-]{36}"|\d+', "", said)))
                tried()
            assert told[0][0] == told[1][0], (place, typed)
            assert told[0][1] == told[1][1], (place, typed)


@pytest.mark.attack("alias, timing")
@pytest.mark.parametrize("who", READERS + STRANGERS)
def test_neither_the_work_nor_the_length_of_an_answer_tells_a_right_name(
    cast: Cast, hidden: tuple[Case, Record], tried: Tried, who: str
) -> None:
    """No clock is read, for a busy machine has moods: what is compared is what takes the time, question by question."""
    client = browser(cast, who)
    for typed, other in zip(TYPED, NOBODY, strict=True):
        for place in ("/cases/", "/urgent/"):
            told = []
            for one in (typed, other):
                with CaptureQueriesContext(connection) as asked:
                    status, said = got(client, "POST", place, {"called": one, "q": one})
                plain = [
                    re.sub(r"'[^']*'|\"s\d+_x\d+\"|[0-9a-f-]{36}", "", query["sql"]) for query in asked.captured_queries
                ]
                told.append((status, len(said), plain))
                tried()
            assert told[0] == told[1], (typed, place)


def test_the_team_reads_the_name_on_those_pages(cast: Cast, hidden: tuple[Case, Record]) -> None:
    """The counterpart, else the silence above would prove nothing."""
    case: UUID = hidden[0].pk
    assert TRUE in got(browser(cast, "maren"), "GET", f"/cases/{case}/people/")[1]
    assert hidden[0].number in got(browser(cast, "maren"), "POST", "/cases/", {"q": "Samira"})[1]
