"""Signing the plan on its page: drawn or typed, in any order, by those who may, and never half a signature."""

import json
import re
from itertools import permutations
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from alongside.client_level.planning.actions import plan_sign
from alongside.client_level.planning.queries.versions import Place
from alongside.documentation.models import PlanVersion, Signature
from alongside.foundations.actor import acting
from alongside.foundations.errors import RuleBroken
from alongside.foundations.models import Deed
from alongside.foundations.strokes import MOST_POINTS, read_strokes
from alongside.people.models import Assignment, Program, Representative
from tests.cast import Cast
from tests.planning import STROKES, agreed, ahead, drafted, fresh, offered

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]
SCRIPT = "<script>alert('the sea')</script>"


def browser_of(cast: Cast, who: str = "maren") -> Client:
    """A browser in which someone is signed in."""
    browser = Client()
    browser.force_login(cast.staff[who].account)
    return browser


def sent(cast: Cast, version: PlanVersion, capacity: str, who: str = "maren", **more: object) -> Any:
    """What the house answers to a signature sent from the page."""
    data = {"capacity": capacity, "name": "", "strokes": "", "language": "Arabic", "once": uuid4()} | more
    return browser_of(cast, who).post(reverse("plan_sign", args=[version.case_id]), data)


def signed(cast: Cast, version: PlanVersion) -> list[tuple[str, str, str]]:
    """Who has signed: capacity, name and how, in the order of the signing."""
    with acting(cast.maren):
        rows = Signature.objects.filter(version=version).order_by("signed_at", "id")
        return [(one.capacity, one.name, one.method) for one in rows]


def page(cast: Cast, version: PlanVersion, name: str = "plan", query: str = "", who: str = "maren") -> str:
    answer = browser_of(cast, who).get(reverse(name, args=[version.case_id]) + query)
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def program_asks(cast: Cast, asks: bool = True) -> None:
    """Whether New Start wants the supervisor under its plans."""
    with acting(cast.otto):
        Program.objects.filter(pk=cast.program.pk).update(supervisor_signs_plans=asks)


@pytest.mark.demand("P8")
@pytest.mark.parametrize(
    "strokes",
    ["[[1,2", "{}", "null", "7", '"drawn"', "[[]]", "[[1]]", "[[1,2,3]]", "[[1,1001]]", "[[-1,2]]", "[[1.5,2]]", "[[NaN,1]]",
     '[["a","b"]]', "[[true,1]]", "[[null,1]]", "[[[1,2]]]", SCRIPT, json.dumps([[1, 2] * (MOST_POINTS // 2 + 1)])],
)  # fmt: skip
def test_a_drawing_that_did_not_arrive_whole_is_asked_for_again_and_signs_nothing(cast: Cast, strokes: str) -> None:
    version, _goal, _objective = offered(cast)
    answer = sent(cast, version, "client", strokes=strokes, name="Sama Othman")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "did not arrive whole" in text and 'value="Sama Othman"' in text
    assert SCRIPT not in text
    assert signed(cast, version) == []


@pytest.mark.parametrize("strokes", ["", "  ", "\n", "[]"])
def test_no_drawing_is_none_and_the_typed_name_signs(cast: Cast, strokes: str) -> None:
    version, _goal, _objective = offered(cast)
    assert sent(cast, version, "client", strokes=strokes, name=" Sama Othman ").status_code == 302
    assert signed(cast, version) == [("client", "Sama Othman", "typed")]


@pytest.mark.parametrize("strokes", ["", "[]"])
def test_neither_drawing_nor_name_is_no_signature(cast: Cast, strokes: str) -> None:
    version, _goal, _objective = offered(cast)
    answer = sent(cast, version, "client", strokes=strokes)
    assert answer.status_code == 422 and "Sign on the pad, or type the name." in answer.content.decode()
    assert signed(cast, version) == []


STROKE = st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), min_size=1, max_size=12)


@given(drawn=st.lists(STROKE, min_size=1, max_size=6))
def test_whatever_a_pad_draws_is_kept_point_by_point_and_drawn_again(drawn: list[list[tuple[int, int]]]) -> None:
    flat = [[number for point in stroke for number in point] for stroke in drawn]
    assert read_strokes(json.dumps(flat)) == flat
    place = Place("client", "client", "Sama", Signature(strokes=json.dumps(flat)))
    assert [len(line.split()) for line in place.lines] == [len(stroke) for stroke in drawn]
    for line, stroke in zip(place.lines, drawn, strict=True):
        assert [int(point.split(",")[0]) for point in line.split()] == [x for x, _y in stroke]
        assert all(0 <= int(point.split(",")[1]) <= 333 for point in line.split())


@given(
    st.text(max_size=40)
    | st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=3), st.lists).map(json.dumps)
)
def test_anything_else_is_either_no_drawing_or_refused_and_never_an_error(text: str) -> None:
    try:
        strokes = read_strokes(text)
    except RuleBroken as refused:
        assert refused.field == "strokes"
    else:
        assert strokes == []


def test_the_longest_drawing_that_fits_is_taken_and_one_point_more_is_not() -> None:
    whole = [[500, 500] * (MOST_POINTS // 2)]
    assert read_strokes(json.dumps(whole)) == whole
    with pytest.raises(RuleBroken, match="did not arrive whole"):
        read_strokes(json.dumps([*whole, [1, 1]]))


@pytest.mark.demand("P8")
@pytest.mark.parametrize("order", list(permutations(["client", "worker", "supervisor"])))
def test_in_whatever_order_they_sign_the_plan_takes_effect_with_the_last_and_not_before(
    cast: Cast, order: tuple[str, ...]
) -> None:
    version, _goal, _objective = offered(cast)
    program_asks(cast)
    how = {
        "client": {"strokes": STROKES},
        "worker": {},
        "supervisor": {"who": "delphine"},
    }
    for turn, capacity in enumerate(order, start=1):
        assert fresh(cast, version).state == "signing"
        assert sent(cast, version, capacity, **how[capacity]).status_code == 302
        assert len(signed(cast, version)) == turn
    assert fresh(cast, version).state == "in_effect"
    assert fresh(cast, version).in_effect_on == ahead(0)


@pytest.mark.demand("P8")
@pytest.mark.parametrize("asks", [True, False])
def test_the_supervisor_is_asked_only_where_the_program_wants_it(cast: Cast, asks: bool) -> None:
    version, _goal, _objective = offered(cast)
    program_asks(cast, asks)
    text = page(cast, version)
    assert ("?as=supervisor" in text) == asks
    assert f"{3 if asks else 2} not signed" in text
    sent(cast, version, "client", name="Sama Othman")
    sent(cast, version, "worker")
    assert fresh(cast, version).state == ("signing" if asks else "in_effect")
    assert ("1 not signed" in page(cast, version)) == asks


@pytest.mark.demand("P8")
def test_a_supervisor_who_signs_unasked_is_named_under_the_plan_like_everyone_else(cast: Cast) -> None:
    version, _goal, _objective = offered(cast)
    assert sent(cast, version, "supervisor", who="delphine").status_code == 302
    text = page(cast, version)
    assert "Delphine Arceneaux" in text and "2 not signed" in text
    sent(cast, version, "client", name="Sama Othman")
    sent(cast, version, "worker")
    assert fresh(cast, version).state == "in_effect"


@pytest.mark.demand("P8")
def test_a_case_manager_does_not_sign_as_supervisor(cast: Cast) -> None:
    version, _goal, _objective = offered(cast)
    answer = sent(cast, version, "supervisor", name="Delphine Arceneaux")
    assert answer.status_code == 422 and "Only a supervisor signs here." in answer.content.decode()
    assert signed(cast, version) == []


@pytest.mark.demand("P8")
def test_staff_sign_with_the_name_they_are_signed_in_by_whatever_was_typed(cast: Cast) -> None:
    version, _goal, _objective = offered(cast)
    assert sent(cast, version, "worker", name="Delphine Arceneaux", language="").status_code == 302
    assert signed(cast, version) == [("worker", "Maren Achterberg", "typed")]


@pytest.mark.demand("P8")
def test_a_colleague_of_the_team_signs_under_their_own_name(cast: Cast) -> None:
    version, _goal, _objective = offered(cast)
    with acting(cast.maren):
        Assignment(case=version.case, staff=cast.staff["tadesse"], role="team", since=ahead(-1)).save()
    assert sent(cast, version, "worker", who="tadesse", strokes=STROKES).status_code == 302
    assert signed(cast, version) == [("worker", "Tadesse Worku", "drawn")]


@pytest.mark.demand("P8")
@pytest.mark.parametrize(
    ("first", "second"), [("client", "client"), ("worker", "worker"), ("client", "representative")]
)
def test_a_place_is_signed_once(cast: Cast, first: str, second: str) -> None:
    version, _goal, _objective = offered(cast)
    sent(cast, version, first, name="Sama Othman")
    answer = sent(cast, version, second, name="Someone Else")
    assert answer.status_code == 422 and "signed already" in answer.content.decode()
    assert len(signed(cast, version)) == 1


@pytest.mark.demand("P8", "C7")
@pytest.mark.parametrize(
    ("since", "until", "may"), [(-30, None, True), (0, None, True), (1, None, False), (-30, 0, True), (-30, -1, False)]
)
def test_a_representative_signs_only_while_their_right_lasts(
    cast: Cast, since: int, until: int | None, may: bool
) -> None:
    version, _goal, _objective = offered(cast)
    with acting(cast.maren):
        Representative(
            person=version.case.client, name="Rana Othman", capacity="Guardian", scope="All", since=ahead(since),
            until=None if until is None else ahead(until),
        ).save()  # fmt: skip
    answer = sent(cast, version, "representative", name="RANA OTHMAN")
    assert answer.status_code == (302 if may else 422)
    assert signed(cast, version) == ([("representative", "Rana Othman", "typed")] if may else [])
    assert may or "Add them under People first" in answer.content.decode()


@pytest.mark.demand("P9")
@pytest.mark.parametrize(("capacity", "asked"), [("client", True), ("family", True), ("worker", False)])
def test_the_language_it_was_read_in_is_asked_of_those_who_do_not_work_here(
    cast: Cast, capacity: str, asked: bool
) -> None:
    version, _goal, _objective = offered(cast)
    answer = sent(cast, version, capacity, name="Sama Othman", language="  ")
    assert answer.status_code == (422 if asked else 302)
    assert not asked or "Say in which language the plan was read." in answer.content.decode()


def test_a_signature_sent_twice_is_given_once(cast: Cast) -> None:
    version, _goal, _objective = offered(cast)
    once = uuid4()
    answers = [sent(cast, version, "client", strokes=STROKES, once=once).status_code for _turn in range(2)]
    assert answers == [302, 302]
    assert signed(cast, version) == [("client", "Sama Othman", "drawn")]


@pytest.mark.demand("P9")
def test_the_page_says_what_is_signed_and_begins_with_the_language_she_reads(cast: Cast) -> None:
    version, _goal, _objective = offered(cast)
    text = page(cast, version, "plan_sign", "?as=worker")
    assert "1.1 Hold my own tenancy" in text and "From $120 to $900" in text
    assert 'value="Arabic"' in text
    (chosen,) = re.findall(r"<input[^>]*checked[^>]*>", text)
    assert 'value="worker"' in chosen


def test_a_draft_is_not_signed_and_the_page_leads_back_to_it(cast: Cast) -> None:
    version, _goal, _objective = drafted(cast)
    answer = sent(cast, version, "client", name="Sama Othman")
    assert answer.status_code == 302 and answer["Location"] == reverse("plan", args=[version.case_id])
    assert signed(cast, version) == []


@pytest.mark.demand("P8")
@pytest.mark.parametrize(("capacity", "taken"), [("client", False), ("worker", False), ("family", True)])
def test_under_a_plan_in_effect_only_the_family_may_still_sign(cast: Cast, capacity: str, taken: bool) -> None:
    version, _goal, _objective = agreed(cast)
    answer = sent(cast, version, capacity, name="Lina Othman")
    assert answer.status_code == (302 if taken else 422)
    assert taken or "not waiting for that signature" in answer.content.decode()


@pytest.mark.demand("P8")
def test_two_of_the_family_sign_beside_each_other_and_neither_twice(cast: Cast) -> None:
    version, _goal, _objective = offered(cast)
    answers = [sent(cast, version, "family", name=name).status_code for name in ("Lina", "Yusuf", "Lina")]
    assert answers == [302, 302, 422]
    assert [name for _capacity, name, _method in signed(cast, version)] == ["Lina", "Yusuf"]
    assert fresh(cast, version).state == "signing"


def test_a_name_like_script_is_shown_as_a_name(cast: Cast) -> None:
    version, _goal, _objective = offered(cast)
    assert sent(cast, version, "family", name=SCRIPT).status_code == 302
    text = page(cast, version)
    assert SCRIPT not in text and "&lt;script&gt;" in text


@pytest.mark.parametrize("capacity", ["mayor", ""])
def test_a_place_that_does_not_exist_is_refused_with_every_word_kept(cast: Cast, capacity: str) -> None:
    version, _goal, _objective = offered(cast)
    answer = sent(cast, version, capacity, name="Sama Othman")
    assert answer.status_code == 422 and 'value="Sama Othman"' in answer.content.decode()
    assert signed(cast, version) == []


@pytest.mark.demand("P8", "C5")
def test_each_signature_is_told_in_a_sentence_that_names_nobody(cast: Cast) -> None:
    version, _goal, _objective = agreed(cast)
    plan_sign(cast.maren, version=version, capacity="family", name="Rima Othman", language="Arabic")
    with acting(cast.maren):
        told = list(Deed.objects.filter(verb="plan_sign").order_by("at").values_list("sentence", flat=True))
    assert told == [
        "The client signed plan version 1",
        "Signed plan version 1 as the case manager",
        "Somebody of the family signed plan version 1",
    ]
    with pytest.raises(RuleBroken, match="Choose who signs"):
        plan_sign(cast.maren, version=version, capacity="landlord", name="Mr. Oakes", language="English")
