"""The client's copy of the plan on paper: her words, her costs, her signature, in the first person."""

import html
import io
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.translation import get_language, override
from hypothesis import given
from hypothesis import strategies as st

from alongside.client_level.planning.actions import (
    activity_add,
    decision_record,
    goal_add,
    objective_add,
    plan_amend,
    plan_sign,
    plan_withdraw,
)
from alongside.client_level.planning.queries.versions import cost_by_payer
from alongside.documentation.models import Activity, PlanVersion
from alongside.foundations.actor import acting
from alongside.foundations.models import Look
from alongside.people.models import Person, Program
from alongside.site.paper_words import papers_say
from tests.cast import Cast
from tests.house.test_paper_languages import texts
from tests.plan_pages import at, page_of
from tests.planning import STROKES, agreed, ahead, doing, drafted, frame, need_of, offered, started, step
from tests.visits import set_close

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]
SCRIPT = "<script>alert('the sea')</script>"
Print = Callable[..., str]


@pytest.fixture
def printed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Print:
    """The words that would be laid on paper, as HTML, without the work of drawing a PDF."""
    from django.template.loader import render_to_string

    from alongside.client_level.planning.views import pages

    def keep(
        request: HttpRequest, template: str, context: dict[str, object], name: str, language: str = ""
    ) -> HttpResponse:
        with override(language or get_language()):
            words = io.StringIO(render_to_string(template, context, request=request))
        return HttpResponse(words.getvalue(), headers={"X-Name": name})

    monkeypatch.setattr(pages, "paper", keep)

    def of(version: PlanVersion, number: int = 0, who: str = "maren", own: str = "") -> str:
        browser = Client()
        browser.force_login(cast.staff[who].account)
        named = ("plan_version_pdf", [version.case_id, number]) if number else ("plan_pdf", [version.case_id])
        answer = browser.get(reverse(named[0], args=named[1]) + own)
        assert answer.status_code == 200
        assert re.fullmatch(rf"plan-{version.case.number}-\d+", answer["X-Name"])
        return set_close(html.unescape(answer.content.decode()))

    return of


@pytest.mark.demand("P9")
def test_the_copy_speaks_as_the_client_does(cast: Cast, printed: Print) -> None:
    version, _goal, _objective = agreed(cast)
    words = printed(version)
    for said in (
        "My plan", "My worker: Maren Achterberg.", "What helps me:", "What I was told", "I read Arabic",
        "I can change my mind about any part, and ask for another worker.", '<p class="voice">A door that I can lock.</p>',
    ):  # fmt: skip
        assert said in words, said
    assert "Sama: Sets money aside" not in words


@pytest.mark.demand("P4", "P9")
@pytest.mark.parametrize(
    ("actor", "who", "shown"),
    [
        ("client", "Sama", "<td>I</td>"),
        ("worker", "Maren Achterberg", "<td>Maren Achterberg</td>"),
        ("family", "Lina Othman", "<td>Lina Othman</td>"),
        ("provider", "Northgate Housing", "<td>Northgate Housing</td>"),
    ],
)
def test_only_what_the_client_does_herself_is_said_with_i(
    cast: Cast, printed: Print, actor: str, who: str, shown: str
) -> None:
    need, version = started(cast)
    objective = objective_add(cast.maren, goal=goal_add(cast.maren, need=need, title="Home"), step=step())
    activity_add(cast.maren, objective=objective, doing=doing(actor=actor, who=who))
    words = printed(version)
    assert shown in words
    assert words.count("<td>I</td>") == (1 if actor == "client" else 0)


@pytest.mark.demand("P4", "P9")
def test_each_activity_says_how_often_until_when_what_it_costs_and_what_else_there_is(
    cast: Cast, printed: Print
) -> None:
    version, _goal, _objective = drafted(cast)
    words = printed(version)
    until = f"until {ahead(60).day} {ahead(60):%B %Y}"
    assert f"Sets money aside, $60 a week, {until}" in words
    assert "Nothing. If that fails: Deposit loan" in words
    assert "$450, City deposit fund. If that fails: Deposit loan" in words


@pytest.mark.demand("P3", "P9")
def test_the_measure_stands_beside_its_baseline_target_and_day(cast: Cast, printed: Print) -> None:
    version, _goal, _objective = drafted(cast)
    cells = re.findall(r"<td[^>]*>(.*?)</td>", printed(version))
    assert cells[:4] == [
        'Save for the deposit<br><span class="small">Savings book, weekly</span>', "$120", "$900",
        f"{ahead(60).day} {ahead(60):%B %Y}",
    ]  # fmt: skip


@pytest.mark.demand("P5", "P6", "P7", "P9")
def test_what_was_told_who_does_what_and_the_days_ahead_are_in_her_hand(cast: Cast, printed: Print) -> None:
    version, _goal, _objective = drafted(cast)
    words = printed(version)
    assert "<li>Deposit match: up to $450</li><li>No counselling in Arabic here</li>" in words
    assert "<p>Sama saves. Maren reads leases.</p>" in words
    assert f"Next review: {ahead(90).day} {ahead(90):%B %Y}." in words
    assert f"Next reassessment: {ahead(180).day} {ahead(180):%B %Y}." in words
    assert "with Sama, Hala K." in words


@pytest.mark.demand("P10")
def test_the_costs_are_summed_by_who_pays_the_dearest_first(cast: Cast, printed: Print) -> None:
    version, _goal, objective = drafted(cast)
    for cost, payer in (("1200.50", "Program budget"), ("50", "City deposit fund"), ("0", "")):
        activity_add(cast.maren, objective=objective, doing=doing(cost=Decimal(cost), paid_by=payer))
    words = printed(version)
    assert "All of this plan costs $1,700.50. Program budget: $1,200.50. City deposit fund: $500." in words


@pytest.mark.demand("P10")
def test_a_plan_that_costs_nothing_says_so(cast: Cast, printed: Print) -> None:
    _need, version = started(cast)
    assert "All of this plan costs $0." in printed(version)


@pytest.mark.demand("P10")
@given(
    costs=st.lists(
        st.tuples(st.integers(0, 99_999_999), st.sampled_from(["City", " City ", "Sama", "", "Program budget"])),
        max_size=9,
    )
)
def test_no_cent_is_lost_when_costs_are_summed_by_payer(costs: list[tuple[int, str]]) -> None:
    rows = [Activity(cost=Decimal(cents) / 100, paid_by=payer) for cents, payer in costs]
    summed = cost_by_payer(rows)
    assert sum((cost for _payer, cost in summed), Decimal(0)) == Decimal(sum(cents for cents, _payer in costs)) / 100
    assert [cost for _payer, cost in summed] == sorted((cost for _payer, cost in summed), reverse=True)
    names = [payer for payer, _cost in summed]
    assert len(names) == len(set(names)) and all(name and name == name.strip() for name in names)
    assert all(cost > 0 for _payer, cost in summed)


@pytest.mark.demand("P1", "P9")
def test_what_rests_is_on_the_copy_with_its_reason_and_the_day_it_is_looked_at_again(
    cast: Cast, printed: Print
) -> None:
    version, _goal, _objective = drafted(cast)
    need = need_of(cast, version.case, 2, "To sleep through the night")
    decision_record(
        cast.maren, need=need, kind="defer", decided_by="client", why="First a home.", decided_on=ahead(0),
        look_again_on=ahead(45), client_words="One thing, then the other.",
    )  # fmt: skip
    words = printed(version)
    assert "What we let rest" in words and "To sleep through the night" in words
    assert f"First a home. We look at it again on {ahead(45).day} {ahead(45):%B %Y}." in words
    assert '<p class="voice">One thing, then the other.</p>' in words


@pytest.mark.demand("P8", "P9")
@pytest.mark.parametrize(
    ("stage", "banner"),
    [
        ("draft", "not in effect yet"),
        ("signing", "not in effect yet"),
        ("in effect", ""),
        ("withdrawn", "no longer in effect"),
    ],
)
def test_nobody_takes_a_copy_for_more_than_it_is(cast: Cast, printed: Print, stage: str, banner: str) -> None:
    make = {"draft": drafted, "signing": offered, "in effect": agreed, "withdrawn": drafted}[stage]
    version, _goal, _objective = make(cast)
    if stage == "withdrawn":
        plan_withdraw(cast.maren, version=version, reason="Begun too early")
    words = printed(version)
    assert ('class="banner"' in words) == bool(banner)
    assert banner in words


@pytest.mark.demand("P8", "P9")
def test_an_earlier_version_is_printed_as_it_was(cast: Cast, printed: Print) -> None:
    first, goal, _objective = agreed(cast)
    plan_amend(cast.maren, case=first.case, frame=frame(roles="Sama leads."))
    goal_add(cast.maren, need=goal.need, title="Learn to cook")
    old, new = printed(first, 1), printed(first, 2)
    assert "Sama saves." in old and "Learn to cook" not in old and "version 1" in old
    assert "Sama leads." in new and "Learn to cook" in new and "version 2" in new


@pytest.mark.demand("P8")
def test_each_place_on_the_copy_bears_its_signature_or_waits_for_a_pen(cast: Cast, printed: Print) -> None:
    version, _goal, _objective = offered(cast)
    empty = printed(version)
    assert "<polyline" not in empty and "Sama Othman, client, date" in empty
    assert "Maren Achterberg, case manager, date" in empty and "supervisor" not in empty
    plan_sign(cast.maren, version=version, capacity="client", strokes=STROKES, language="Arabic")
    plan_sign(cast.maren, version=version, capacity="worker")
    signed = printed(version)
    assert '<polyline points="100,67 300,133 500,67"' in signed and '<polyline points="600,200"' in signed
    assert '<p class="typed">Maren Achterberg</p>' in signed
    assert signed.count(", signed ") == 2


@pytest.mark.demand("P8")
def test_a_line_for_the_supervisor_is_printed_only_where_the_program_asks(cast: Cast, printed: Print) -> None:
    version, _goal, _objective = offered(cast)
    with acting(cast.otto):
        Program.objects.filter(pk=cast.program.pk).update(supervisor_signs_plans=True)
    assert "supervisor, date" in printed(version)


@pytest.mark.demand("P9")
@pytest.mark.parametrize(("language", "asked"), [("Arabic", True), ("", False)])
def test_a_line_for_who_read_it_aloud_is_there_where_a_language_is_known(
    cast: Cast, printed: Print, language: str, asked: bool
) -> None:
    version, _goal, _objective = drafted(cast)
    with acting(cast.maren):
        Person.objects.filter(pk=version.case.client.pk).update(reads_language=language)
    assert ("it was read to me by:" in printed(version)) == asked


@pytest.mark.demand("P9", "R5")
@pytest.mark.parametrize(
    ("language", "head", "said"),
    [("Arabic", '<html lang="ar" dir="rtl">', ("خطتي", "من يفعل ماذا", "أنا", "مسؤول الحالة", "العربيّة")),
     ("español", '<html lang="es" dir="ltr">', ("Mi plan", "Quién hace qué", "Yo", "responsable del caso", "Español")),
     ("Kurdish", '<html lang="en" dir="ltr">', ("My plan", "I read Kurdish"))],
)  # fmt: skip
def test_she_gets_a_copy_in_the_language_that_she_reads_where_there_is_one(
    cast: Cast, printed: Print, language: str, head: str, said: tuple[str, ...]
) -> None:
    version, _goal, _objective = drafted(cast)
    with acting(cast.maren):
        Person.objects.filter(pk=version.case.client.pk).update(reads_language=language)
    words = printed(version, own="?own=1")
    assert head in words
    for sentence in said:
        assert sentence in words, sentence
    assert "A door that I can lock." in words  # what people wrote stays as they wrote it
    assert "My plan" in printed(version), "the copy for the file is in the language of the staff"
    if language != "Kurdish":
        assert not texts(words) & {text for _context, text in papers_say()}


@pytest.mark.demand("P9", "R5")
def test_who_is_shown_the_plan_to_sign_reads_it_in_their_language(cast: Cast) -> None:
    version, _goal, _objective = offered(cast)
    browser = Client()
    browser.force_login(cast.staff["maren"].account)
    address = reverse("plan_version_pdf", args=[version.case_id, version.number])
    assert f'href="{address}?own=1"' in browser.get(reverse("plan_sign", args=[version.case_id])).content.decode()


@pytest.mark.demand("C5")
def test_the_foot_says_who_printed_it_and_when(cast: Cast, printed: Print) -> None:
    version, _goal, _objective = drafted(cast)
    words = printed(version, who="delphine")
    assert f"Printed {ahead(0).day} {ahead(0):%B %Y} by Delphine Arceneaux" in words
    assert f"Case {version.case.number}, plan version 1." in words


def test_words_like_script_are_printed_as_words(cast: Cast, printed: Print, monkeypatch: pytest.MonkeyPatch) -> None:
    need, version = started(cast)
    goal_add(cast.maren, need=need, title=SCRIPT, barriers=SCRIPT)
    monkeypatch.setattr(html, "unescape", lambda text: text)
    words = printed(version)
    assert SCRIPT not in words and words.count("&lt;script&gt;") == 2


@pytest.mark.demand("P8", "P9")
def test_the_clients_copy_is_a_numbered_paper_in_the_first_person_and_printing_it_is_a_look(cast: Cast) -> None:
    version, _goal, _objective = agreed(cast)
    answer = page_of(cast).get(at("plan_pdf", version.case))
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF") and answer["Cache-Control"] == "no-store"
    with connections["looks"].cursor() as cursor:
        settings = [str(cast.maren.staff), str(cast.maren.agency)]
        cursor.execute(
            "SELECT set_config('alongside.staff', %s, true), set_config('alongside.agency', %s, true)", settings
        )
    assert Look.objects.using("looks").filter(case_id=version.case_id, kind="printed").count() == 1
    assert "Sama" not in answer["Content-Disposition"]


def test_the_words_on_paper_are_the_plans_own(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.template.loader import render_to_string

    from alongside.client_level.planning.views import pages

    seen = io.StringIO()

    def keep(request: object, template: str, context: dict[str, object], name: str, language: str) -> HttpResponse:
        seen.write(set_close(render_to_string(template, context)))
        return HttpResponse(name)

    monkeypatch.setattr(pages, "paper", keep)
    version, _goal, _objective = drafted(cast)
    page_of(cast).get(at("plan_pdf", version.case))
    words = seen.getvalue()
    for part in (
        "My plan", "Where we want to get to:", "<td>I</td>", "$450, City deposit fund", "No counselling in Arabic here",
        version.case.number, "has not been signed by all", "A door that I can lock.", "I read Arabic",
    ):  # fmt: skip
        assert part in words, part
