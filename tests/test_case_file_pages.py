"""The printed case file as it lies on its pages: with much and with long in it, no two words stand over one another."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from weasyprint import HTML
from weasyprint.formatting_structure.boxes import TextBox

from alongside.foundations.actor import acting
from alongside.foundations.paper import _from_house
from tests.cast import Cast
from tests.thread_parts import Record

pytestmark = [pytest.mark.demand("D2", "D3")]

LONG = "Wolfeschlegelsteinhausenbergerdorff" + "Hauptstrasseninstandhaltungsverein" * 2
PROSE = "\n".join("We read the lease line by line, and wrote to the landlord about the deposit." for _line in range(14))
OVER = 0.6
"""Of the height of a word, how much another may not share with it."""
PAGE = (
    '<html dir="{dir}"><link rel="stylesheet" href="house:///static/alongside/paper.css">'
    '<link rel="stylesheet" href="house:///static/alongside/casefile.css"><body class="paper casefile">{record}</body></html>'
)


def words_on(page: Any) -> list[Any]:
    """Every run of words on a page, with where it stands."""
    boxes = page._page_box.descendants(placeholders=True)
    return [box for box in boxes if isinstance(box, TextBox) and box.text.strip()]


def words_over_one_another(document: Any) -> list[str]:
    """Pairs of words of one page of which one stands on the other."""
    found = []
    for number, page in enumerate(document.pages, start=1):
        for one, other in combinations(words_on(page), 2):
            high = min(one.position_y + one.height, other.position_y + other.height) - max(
                one.position_y, other.position_y
            )
            wide = min(one.position_x + one.width, other.position_x + other.width) - max(
                one.position_x, other.position_x
            )
            if high > OVER * min(one.height, other.height) and wide > 1:
                found.append(f"page {number}: “{one.text}” over “{other.text}”")
    return found


def over_the_edge(document: Any) -> list[str]:
    """Words that reach over the edge of the paper."""
    return [
        f"page {number}: “{box.text}”"
        for number, page in enumerate(document.pages, start=1)
        for box in words_on(page)
        if not 0 <= box.position_x <= box.position_x + box.width <= page._page_box.margin_width()
    ]


def laid_out(record: str, direction: str = "ltr") -> Any:
    """Some HTML in the dress of the case file."""
    return HTML(string=PAGE.format(dir=direction, record=record), url_fetcher=_from_house).render()


def happened(day: int, lines: int) -> SimpleNamespace:
    """Something that happened so many days on, told in so many lines; the hour stands below its day."""
    event = SimpleNamespace(
        title="Plan version 1 was signed", detail="", by="Maren Achterberg", link="", tags=(), late_days=None
    )
    told = [("What happened", PROSE[: 90 * lines])] if lines else []
    words = SimpleNamespace(told=told, client="", added=())
    return SimpleNamespace(day=date(2026, 9, 1) + timedelta(days=day), hour="10:40", event=event, words=words)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_no_day_stands_over_another_wherever_the_page_ends(direction: str) -> None:
    """The record begins lower by a few points each time, so that a page ends at each part of an entry in turn."""
    events = [happened(day, lines=3 if day < 2 else 0) for day in range(30)]
    record = render_to_string("documentation/file_record.html", {"part": {"events": events, "closed": []}})
    faults = []
    for points in range(0, 30, 5):
        document = laid_out(f'<p style="margin: {points}pt">Before it</p>{record}', direction)
        found = words_over_one_another(document) + over_the_edge(document)
        faults += [f"{points} points lower, {fault}" for fault in found]
        assert len(document.pages) > 1
    assert faults == []


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """The documents that were laid out, in the place of the files made of them."""
    kept: list[Any] = []

    def lay_out(page: HTML, *_: object, **__: object) -> bytes:
        kept.append(page.render())
        return b"%PDF-"

    monkeypatch.setattr(HTML, "write_pdf", lay_out)
    yield kept


@pytest.mark.django_db(databases=["default", "looks"])
def test_the_whole_file_lies_on_its_pages_with_long_names_and_long_notes_in_it(
    cast: Cast, client: Client, drawn: list[Any]
) -> None:
    with acting(cast.maren):
        record = Record(cast.sama, cast.staff["maren"])
        goal = record.goal(record.version("in_effect"), record.need(LONG))
        objective = record.objective(goal)
        for day in range(1, 31):
            said = PROSE * (3 if day % 7 == 0 else 1) if day % 3 == 0 else "We met."
            record.note(day, goal, objective, happened=said, title=LONG if day % 5 == 0 else "A visit")
        record.settle()
    client.force_login(cast.staff["maren"].account)
    assert client.get(f"/cases/{cast.sama.pk}/file/").status_code == 200
    (document,) = drawn
    assert len(document.pages) > 5
    assert words_over_one_another(document) == []
    assert over_the_edge(document) == []


def test_a_day_set_over_another_would_be_caught() -> None:
    over = (
        '<p style="position:absolute;top:0;left:0">25 September</p><p style="position:absolute;top:2px;left:4px">23</p>'
    )
    assert len(words_over_one_another(laid_out(over))) == 1
    assert over_the_edge(laid_out('<p style="position:absolute;left:-12em">25 September</p>'))
