"""A breach: whose records an account touched, the two clocks, what was done; all of it without a client's name."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from alongside.confidentiality.actions.breaches import (
    breach_change,
    breach_move,
    breach_record,
    breach_step_add,
    look_rules_save,
)
from alongside.confidentiality.models import Breach, BreachCase, BreachStep, LookRules
from alongside.confidentiality.queries.breaches import clocks_of
from alongside.confidentiality.queries.touched import touched_by
from alongside.confidentiality.views import breaches
from alongside.foundations import clock, looks
from alongside.foundations.actor import acting
from alongside.foundations.cells import cell, row_of
from alongside.foundations.errors import ChangedByAnother, NotAllowed, RuleBroken
from alongside.foundations.models import Look
from alongside.people.queries import waiting_for
from tests.access.database import nothing_kept
from tests.cast import Cast, gather

pytestmark = [pytest.mark.django_db(databases=["default", "looks", "owner"]), pytest.mark.demand("C5")]

NOW = clock.now()


@pytest.fixture
def cast() -> Iterator[Cast]:
    """The cast, whose looks can be read where they act; all of it is undone."""
    before = connections["looks"]
    with nothing_kept():
        connections["looks"] = connections["owner"]
        try:
            yield gather()
        finally:
            connections["looks"] = before


@pytest.fixture
def otto(cast: Cast) -> Client:
    """Otto, signed in."""
    client = Client()
    client.force_login(cast.staff["otto"].account)
    return client


def typed(moment: datetime) -> str:
    """A moment as a browser sends it."""
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


def values(cast: Cast, **more: Any) -> dict[str, Any]:
    """What is known of a breach: Maren’s laptop was in other hands for two hours."""
    return {
        "happened": "A laptop was taken from a car, with the session open.", "found_at": clock.now(), "found_by": "Otto Lindqvist",
        "account": cast.staff["maren"], "since": clock.now() - timedelta(hours=2), "until": clock.now() + timedelta(minutes=1),
        "notice_hours": 24, "people_days": 60,
    } | more  # fmt: skip


def used(cast: Cast) -> None:
    """Maren’s account opens and prints Sama’s file, and looks for somebody."""
    for kind in (looks.OPENED, looks.OPENED, looks.PRINTED):
        looks.look(kind, actor=cast.maren, case=cast.sama.pk, page="case")
    looks.look(looks.SEARCHED, actor=cast.maren, page="cases")


def test_the_answer_names_cases_by_number_with_what_was_done_and_how_often(cast: Cast) -> None:
    used(cast)
    with acting(cast.otto):
        rows = {
            one.number: one
            for one in touched_by(cast.maren.staff, NOW - timedelta(days=1), clock.now() + timedelta(minutes=1))
        }
    of_sama = rows[cast.sama.number]
    assert dict(of_sama.kinds) == {"opened": 2, "printed": 1}
    assert (of_sama.times, of_sama.said) == (3, "opened 2, printed 1")
    assert dict(rows[""].kinds) == {"searched": 1}


def test_what_was_changed_is_in_the_answer_too(cast: Cast) -> None:
    assert cast.sama.number
    with acting(cast.otto):
        rows = {
            one.number: dict(one.kinds)
            for one in touched_by(cast.ines.staff, NOW - timedelta(days=1), clock.now() + timedelta(minutes=1))
        }
    assert rows[cast.sama.number]["changed"] >= 2


@pytest.mark.parametrize("who", ["maren", "delphine", "priya", "quinn", "noor"])
def test_the_database_answers_nobody_but_an_administrator_of_that_agency(cast: Cast, who: str) -> None:
    used(cast)
    with acting(getattr(cast, who)):
        assert touched_by(cast.maren.staff, NOW - timedelta(days=1), clock.now() + timedelta(minutes=1)) == []


def test_what_lies_outside_the_time_is_not_in_it(cast: Cast) -> None:
    with clock.held(NOW - timedelta(days=3)):
        looks.look(looks.OPENED, actor=cast.maren, case=cast.sama.pk, page="case")
    with acting(cast.otto):
        rows = touched_by(cast.maren.staff, NOW - timedelta(days=4), NOW - timedelta(days=2))
        assert [one.number for one in rows] == [cast.sama.number]
        assert touched_by(cast.maren.staff, NOW - timedelta(days=2), NOW - timedelta(days=1)) == []


@pytest.mark.parametrize(("kind", "starts"), [("page", b"\n<!doctype html>"), ("csv", b"Case,What"), ("pdf", b"%PDF")])
def test_the_answer_is_shown_taken_as_a_table_or_printed_and_that_is_kept(
    otto: Client, cast: Cast, kind: str, starts: bytes
) -> None:
    used(cast)
    span = {"since": typed(NOW - timedelta(hours=1)), "until": typed(clock.now() + timedelta(minutes=2))}
    answer = otto.post("/agency/looks/account/", {"account": cast.maren.staff, "as": kind, **span})
    assert answer.status_code == 200
    assert answer.content.lstrip()[: len(starts.strip())] == starts.strip()
    if kind != "pdf":
        assert cast.sama.number in answer.content.decode() and "Sama" not in answer.content.decode()
    kept = Look.objects.filter(page="touched").latest("at")
    assert kept.kind == {"page": "listed", "csv": "exported", "pdf": "printed"}[kind]
    assert kept.subject_id == cast.maren.staff


def test_a_span_that_ends_before_it_begins_comes_back_beside_its_field(otto: Client, cast: Cast) -> None:
    wrong = {"account": cast.maren.staff, "since": typed(NOW), "until": typed(NOW - timedelta(days=1))}
    answer = otto.post("/agency/looks/account/", wrong)
    assert answer.status_code == 422
    assert "The end has to lie after the beginning." in answer.content.decode()


@pytest.mark.attack("formulas")
@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\ufeff=1", "＝1"]
)
def test_no_cell_of_a_table_is_run_as_a_formula(text: str) -> None:
    out = StringIO()
    csv.writer(out).writerow(row_of(text, 3))
    (row,) = csv.reader(StringIO(out.getvalue(), newline=""))
    assert row == [f"'{text}", "3"]


@pytest.mark.attack("formulas")
@pytest.mark.parametrize("number", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "=HYPERLINK(A1)"])
def test_the_table_that_is_taken_away_holds_no_formula(
    otto: Client, cast: Cast, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody can type or change the number of a case; if one day they could, it would leave as words."""
    used(cast)
    monkeypatch.setattr(
        breaches, "touched_by", lambda *a, **k: [replace(row, number=number) for row in touched_by(*a, **k)]
    )
    span = {"since": typed(NOW - timedelta(hours=1)), "until": typed(clock.now() + timedelta(minutes=2))}
    answer = otto.post("/agency/looks/account/", {"account": cast.maren.staff, "as": "csv", **span})
    cells = [cell for row in csv.reader(StringIO(answer.content.decode(), newline="")) for cell in row]
    assert f"'{number}" in cells
    assert not [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell]


@pytest.mark.parametrize("value", ["2026-0147", "opened 2, printed 1", "", 3, -2, None])
def test_other_cells_stay_as_they_are(value: object) -> None:
    assert cell(value) == value


def test_a_breach_is_filled_in_with_the_cases_its_account_touched(cast: Cast) -> None:
    used(cast)
    breach = breach_record(cast.otto, values=values(cast))
    with acting(cast.otto):
        (row,) = BreachCase.objects.filter(breach=breach)
    assert (row.number, row.times, row.kinds) == (cast.sama.number, 3, "opened 2, printed 1")


def test_changing_its_time_fills_it_in_anew(cast: Cast) -> None:
    used(cast)
    breach = breach_record(cast.otto, values=values(cast))
    earlier = values(cast, since=NOW - timedelta(days=9), until=NOW - timedelta(days=8))
    breach_change(cast.otto, breach=breach, values=earlier, edition=1)
    with acting(cast.otto):
        assert not BreachCase.objects.filter(breach=breach).exists()
    with pytest.raises(ChangedByAnother):
        breach_change(cast.otto, breach=breach, values=values(cast), edition=1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"happened": " "}, "happened"), ({"found_at": NOW + timedelta(days=1)}, "found_at"),
        ({"since": NOW, "until": NOW - timedelta(hours=1)}, "until"), ({"since": None}, "since"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_beside_its_field(cast: Cast, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        breach_record(cast.otto, values=values(cast, **wrong))
    assert broken.value.field == field


def test_both_clocks_run_from_when_it_was_found_and_stand_in_what_waits(cast: Cast) -> None:
    breach = breach_record(cast.otto, values=values(cast, found_at=NOW - timedelta(hours=30)))
    with acting(cast.otto):
        notice, people = clocks_of(breach)
        assert (notice.by, notice.late, notice.runs) == (NOW - timedelta(hours=6), True, True) or notice.late
        assert people.by - breach.found_at == timedelta(days=60)
        assert not people.late
        lines = list(waiting_for(cast.otto))
    assert [line.what for line in lines] == [
        "Contain the breach",
        "Notice to the funder",
        "Telling the people concerned",
    ]


def test_a_notice_stops_its_clock_and_a_late_one_stays_late(cast: Cast) -> None:
    breach = breach_record(cast.otto, values=values(cast, found_at=NOW - timedelta(hours=30)))
    breach_step_add(
        cast.otto,
        breach=breach,
        kind="notice",
        done_at=clock.now(),
        told="The state office, Ms. Reyes",
        words="By phone",
    )
    with acting(cast.otto):
        notice, people = clocks_of(Breach.objects.prefetch_related("steps").get(pk=breach.pk))
    assert (notice.runs, notice.late, people.runs) == (False, True, True)


def test_a_step_says_who_was_told_and_is_not_ahead(cast: Cast) -> None:
    breach = breach_record(cast.otto, values=values(cast))
    told: dict[str, Any] = {"kind": "people", "done_at": clock.now(), "told": "41 people, by letter",
                            "words": "Letters that name no service"}  # fmt: skip
    for field, wrong in (("told", ""), ("words", ""), ("done_at", NOW + timedelta(days=1))):
        with pytest.raises(RuleBroken) as broken:
            breach_step_add(cast.otto, breach=breach, **told | {field: wrong})
        assert broken.value.field == field
    with acting(cast.otto):
        assert not BreachStep.objects.exists()


def test_it_closes_when_both_clocks_are_answered_and_then_stays_as_it_is(cast: Cast) -> None:
    breach = breach_record(cast.otto, values=values(cast))
    with pytest.raises(RuleBroken):
        breach_move(cast.otto, breach=breach, step="close")
    breach = breach_move(cast.otto, breach=breach, step="contain", words="The account is locked.")
    with pytest.raises(RuleBroken, match="deadline of this breach is still open"):
        breach_move(cast.otto, breach=breach, step="close")
    for kind in ("notice", "no_people"):
        breach_step_add(
            cast.otto, breach=breach, kind=kind, done_at=clock.now(), told="The state office", words="As agreed"
        )
    breach = breach_move(cast.otto, breach=breach, step="close")
    assert breach.state == "closed"
    with pytest.raises(RuleBroken, match="closed, and stays"):
        breach_change(cast.otto, breach=breach, values=values(cast), edition=1)
    with pytest.raises(RuleBroken, match="closed, and stays"):
        breach_step_add(cast.otto, breach=breach, kind="other", done_at=clock.now(), told="", words="More")


def test_a_contained_breach_can_be_opened_again(cast: Cast) -> None:
    breach = breach_record(cast.otto, values=values(cast))
    for step, words in (("contain", "The account is locked."), ("open again", "It was used once more.")):
        with pytest.raises(RuleBroken) as broken:
            breach_move(cast.otto, breach=breach, step=step, words="  ")
        assert broken.value.field == "words"
        breach = breach_move(cast.otto, breach=breach, step=step, words=words)
    assert breach.state == "open"
    with acting(cast.otto):
        kept = [(one.kind, one.words) for one in BreachStep.objects.order_by("pk")]
    assert kept == [("other", "Contained: The account is locked."), ("other", "Open again: It was used once more.")]


@pytest.mark.parametrize("who", ["maren", "delphine", "priya"])
def test_only_administrators_write_one_down(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        breach_record(getattr(cast, who), values=values(cast))


def test_the_agency_sets_its_own_clocks_and_two_at_it_are_told(cast: Cast) -> None:
    rules = {
        "night_from": 21,
        "night_until": 7,
        "many_files": 9,
        "many_minutes": 30,
        "notice_hours": 12,
        "people_days": 30,
    }
    look_rules_save(cast.otto, values=rules, edition=None)
    with pytest.raises(ChangedByAnother):
        look_rules_save(cast.otto, values=rules | {"many_files": 8}, edition=7)
    with acting(cast.otto):
        assert LookRules.objects.get(agency_id=cast.agency.pk).notice_hours == 12


def test_a_breach_is_written_down_acted_on_and_closed_from_the_pages(otto: Client, cast: Cast) -> None:
    used(cast)
    drawn = otto.get("/agency/breaches/new/").content.decode()
    assert 'value="24"' in drawn and 'value="60"' in drawn
    sent = {"happened": "A laptop was taken.", "found_at": typed(NOW), "found_by": "Otto", "account": cast.maren.staff,
            "since": typed(NOW - timedelta(hours=1)), "until": typed(clock.now() + timedelta(minutes=2)), "notice_hours": 24,
            "people_days": 60}  # fmt: skip
    place = otto.post("/agency/breaches/new/", sent).headers["Location"]
    page = otto.get(place).content.decode()
    assert cast.sama.number in page and "Sama" not in page and "Notice to the funder" in page
    for kind in ("notice", "people"):
        step = {
            "kind": kind,
            "done_at": typed(clock.now() - timedelta(minutes=1)),
            "told": "The office",
            "words": "By phone",
        }
        assert otto.post(f"{place}steps/new/", step).status_code == 302
    asked = otto.get(f"{place}contain/")
    assert asked.status_code == 200 and "Is it contained?" in asked.content.decode()
    assert f'href="{place}contain/"' in page and "<form" not in page.split("<main")[1].split("</main")[0]
    assert otto.post(f"{place}contain/").status_code == 422, "one press alone does not do it"
    ahead = {"words": "The account is locked.", "done_at": typed(clock.now() + timedelta(hours=1))}
    assert otto.post(f"{place}contain/", ahead).status_code == 422
    assert otto.post(f"{place}contain/", ahead | {"done_at": typed(NOW)}).status_code == 302
    assert "Contained: The account is locked." in otto.get(place).content.decode()
    assert "Close the breach?" in otto.get(f"{place}close/").content.decode()
    assert "open" not in otto.get(place).content.decode().split('class="lede"')[1][:60], (
        "looking at a page does nothing"
    )
    assert otto.post(f"{place}close/").status_code == 302
    assert "closed" in otto.get(place).content.decode()
    assert otto.post(f"{place}forget/").status_code == 404
    assert "Nothing waits on you" in otto.get("/agency/").content.decode()


def test_what_waits_stands_on_the_page_of_the_agency(otto: Client, cast: Cast) -> None:
    breach_record(cast.otto, values=values(cast, found_at=NOW - timedelta(hours=30)))
    page = otto.get("/agency/").content.decode()
    assert "Contain the breach" in page and "Notice to the funder" in page
    assert otto.get("/agency/looks/rules/").status_code == 200
    empty = breach_record(
        cast.otto, values=values(cast, since=NOW - timedelta(days=400), until=NOW - timedelta(days=399))
    )
    page = otto.get(f"/agency/breaches/{empty.pk}/").content.decode()
    assert "opened no case in that time" in page and "Give the account" not in page
    assert otto.get("/looks/").status_code == 200
