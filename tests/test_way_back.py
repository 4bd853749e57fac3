"""After a small step one is back where one was, and never led elsewhere."""

from threading import Event

import pytest
from django.test import Client
from django.urls import reverse

from alongside.client_level.intervention.actions import NoteWords, note_begin, note_sign
from alongside.documentation.models import Note
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.ids import new_id
from alongside.site import views
from tests.cast import Cast
from tests.signed_plan import SignedPlan, signed_plan
from tests.visits import read, set_close, signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]
ELSEWHERE = (
    "https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)", "cases/", "/\tx",
    "/" + "x" * 300, "///elsewhere.example", "http:///elsewhere.example",
)  # fmt: skip


@pytest.fixture
def plan(cast: Cast) -> SignedPlan:
    return signed_plan(cast.maren, cast.sama)


def loose(cast: Cast) -> Note:
    words = NoteWords(
        at=clock.now(), minutes=20, happened="Met.", client_did="Came.", worker_did="Listened.", stands_alone=True
    )
    note = note_begin(cast.maren, case=cast.sama, key=new_id(), words=words)
    note = note_sign(cast.maren, note=note, words=words, edition=1)
    with acting(cast.maren):
        Note.objects.filter(pk=note.pk).update(stands_alone=False)
    return note


@pytest.mark.demand("D1")
def test_a_loose_end_tied_on_the_thread_leads_back_to_the_thread(cast: Cast, plan: SignedPlan) -> None:
    note, browser = loose(cast), signed_in(cast, "maren")
    thread = reverse("case", args=[cast.sama.pk])
    assert f'name="back" value="{thread}"' in read(browser, "case", cast.sama.pk)
    place = reverse("loose_end_attach", args=[cast.sama.pk, "note", note.pk])
    answer = browser.post(place, {"ties": str(plan.goal.pk), "back": thread})
    assert answer.headers["Location"] == thread


def test_the_way_back_outlives_a_mistake(cast: Cast, plan: SignedPlan) -> None:
    note, browser = loose(cast), signed_in(cast, "maren")
    place, own = (
        reverse("loose_end_attach", args=[cast.sama.pk, "note", note.pk]),
        reverse("note", args=[cast.sama.pk, note.pk]),
    )
    assert f"?back={own}" in read(browser, "note", cast.sama.pk, note.pk)
    again = browser.post(place, {"ties": "", "back": own})
    assert again.status_code == 422
    assert words_of(again).count(own) >= 2


@pytest.mark.parametrize("back", ELSEWHERE)
def test_no_way_back_leads_elsewhere(cast: Cast, plan: SignedPlan, back: str) -> None:
    note, browser = loose(cast), signed_in(cast, "maren")
    place = reverse("loose_end_attach", args=[cast.sama.pk, "note", note.pk])
    answer = browser.post(place, {"ties": str(plan.goal.pk), "back": back})
    assert answer.headers["Location"] == reverse("services", args=[cast.sama.pk])


@pytest.mark.parametrize(
    ("came_from", "led_to"),
    [
        ("http://testserver/cases/?which=closed", "/cases/?which=closed"), ("https://testserver/today/", "/today/"),
        ("http://elsewhere.example/cases/", "/"), ("http://testserver.elsewhere.example/cases/", "/"), ("", "/"),
        ("http://testserver//elsewhere.example/", "/"), ("http://testserver@elsewhere.example/x", "/"), ("http://testserver", "/"),
        ("http://testserver:8080/cases/", "/"),
    ],
)  # fmt: skip
def test_the_theme_leads_back_to_our_own_page_only(cast: Cast, came_from: str, led_to: str) -> None:
    answer = signed_in(cast, "maren").post("/theme/", {"theme": "dark"}, headers={"Referer": came_from})
    assert answer.headers["Location"] == led_to


@pytest.mark.parametrize(
    ("who", "page", "leads"),
    [("otto", "unusual", "breaches"), ("delphine", "unusual", "cases"), ("otto", "certificates", "retention_rules"),
     ("delphine", "certificates", "due")],
)  # fmt: skip
def test_a_page_of_those_who_oversee_leads_back_to_where_each_came_from(
    cast: Cast, who: str, page: str, leads: str
) -> None:
    browser = signed_in(cast, who)
    words = set_close(read(browser, page))
    assert f'<p class="eyebrow"><a href="{reverse(leads)}">' in words
    assert reverse(page) in read(browser, leads)


def test_readiness_reads_the_migrations_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    read_so_far = []

    def behind() -> bool:
        read_so_far.append(1)
        return len(read_so_far) < 3

    monkeypatch.setattr(views, "_behind", behind)
    monkeypatch.setattr(views, "READY", Event())
    assert [client.get("/readyz").status_code for _time in range(5)] == [503, 503, 200, 200, 200]
    assert len(read_so_far) == 3
