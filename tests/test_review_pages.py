"""The review on one form: every open objective is asked about, a mistake costs no word, and nothing is half kept."""

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from alongside.client_level.monitoring.actions import progress_record
from alongside.client_level.monitoring.models import Review
from alongside.client_level.monitoring.queries import Measured
from alongside.documentation.models import Objective, Progress
from alongside.documentation.models.thread import ENDS, Standing
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.ids import new_id
from tests.cast import Cast
from tests.signed_plan import SignedPlan, signed_plan

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]
SCRIPT = "<script>alert('the sea')</script>"


@pytest.fixture
def plan(cast: Cast) -> SignedPlan:
    return signed_plan(cast.maren, cast.sama)


@pytest.fixture
def maren(cast: Cast, client: Client) -> Client:
    client.force_login(cast.staff["maren"].account)
    return client


def ahead(days: int) -> date:
    return clock.today() + timedelta(days=days)


def whole(*objectives: Objective, **more: Any) -> dict[str, Any]:
    """A review with words for each objective that no other field holds, and `more` in place of some of it."""
    data: dict[str, Any] = {
        "once": str(new_id()), "on": ahead(0).isoformat(), "present": ["client"], "also": "", "words": "Good talk.",
        "client_words": "I want the keys.", "next_on": ahead(60).isoformat(),
    }  # fmt: skip
    for one in objectives:
        key = one.origin_id.hex
        data |= {
            f"standing_{key}": "on_course", f"value_{key}": f"now {one.number}", f"words_{key}": f"seen {one.number}",
            f"client_words_{key}": f"said {one.number}",
        }  # fmt: skip
    return data | more


def answered(maren: Client, cast: Cast, data: dict[str, Any]) -> tuple[int, str]:
    answer = maren.post(reverse("review_new", args=[cast.sama.pk]), data)
    return answer.status_code, html.unescape(answer.content.decode())


def kept(cast: Cast) -> tuple[int, int]:
    """How many reviews and how many looks at objectives are on record."""
    with acting(cast.maren):
        return Review.objects.filter(case=cast.sama).count(), Progress.objects.filter(case=cast.sama).count()


@pytest.mark.demand("M2", "M5")
def test_each_objective_keeps_its_own_answer(cast: Cast, plan: SignedPlan, maren: Client) -> None:
    assert answered(maren, cast, whole(plan.savings, plan.nights))[0] == 302
    with acting(cast.maren):
        rows = {row.objective_id: row for row in Progress.objects.filter(case=cast.sama)}
    for one in (plan.savings, plan.nights):
        row = rows[one.origin_id]
        assert (row.value, row.words, row.client_words) == (
            f"now {one.number}",
            f"seen {one.number}",
            f"said {one.number}",
        )


@pytest.mark.demand("M2", "M3", "R1")
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"on": ahead(1).isoformat()}, "That day is still ahead."),
        ({"on": ahead(-400).isoformat()}, "That is before the case was opened."),
        ({"on": "last week"}, "Give the full date: month, day and year."),
        ({"next_on": ahead(0).isoformat()}, "The next review comes after this one."),
        ({"next_on": ""}, "Give the day."),
        ({"present": []}, "Say who was there."),
        (
            {"present": ["interpreter"], "words": " "},
            "Under “What was found, over all”, say why the client was not there.",
        ),
        ({"present": ["the mayor"]}, "on the list"),
        ({"also": "x" * 81}, "at most 80 letters"),
    ],
)
def test_a_mistake_anywhere_gives_every_word_back_and_keeps_nothing(
    cast: Cast, plan: SignedPlan, maren: Client, wrong: dict[str, Any], sentence: str
) -> None:
    status, text = answered(maren, cast, whole(plan.savings, plan.nights, **wrong))
    assert status == 422 and sentence in text
    for one in (plan.savings, plan.nights):
        for word in ("now", "seen", "said"):
            assert f"{word} {one.number}" in text
    assert kept(cast) == (0, 0)


@pytest.mark.demand("M3")
@pytest.mark.parametrize("standing", ["behind", "not_reached"])
@pytest.mark.parametrize("which", ["savings", "nights"])
def test_trouble_not_placed_is_asked_about_at_its_own_objective(
    cast: Cast, plan: SignedPlan, maren: Client, standing: str, which: str
) -> None:
    key = getattr(plan, which).origin_id.hex
    data = whole(plan.savings, plan.nights) | {f"standing_{key}": standing, f"words_{key}": ""}
    status, text = answered(maren, cast, data)
    assert status == 422 and "Say where the trouble lies, or what stands in the way." in text
    assert f'id="id_trouble_{key}-error"' in text
    assert kept(cast) == (0, 0)


@pytest.mark.demand("M2")
def test_an_objective_without_an_answer_is_named_by_its_number(cast: Cast, plan: SignedPlan, maren: Client) -> None:
    status, text = answered(maren, cast, whole(plan.savings))
    key = plan.nights.origin_id.hex
    assert status == 422 and "How 1.1.b stands" in text and f'href="#id_standing_{key}"' in text
    assert "now 1.1.a" in text
    assert kept(cast) == (0, 0)


@pytest.mark.demand("M5")
@pytest.mark.parametrize("standing", sorted(Standing.values))
def test_what_has_its_result_is_not_asked_about_again(
    cast: Cast, plan: SignedPlan, maren: Client, standing: str
) -> None:
    progress_record(cast.maren, objective=plan.nights, on=ahead(0), standing=standing, words="So it is.")
    text = maren.get(reverse("review_new", args=[cast.sama.pk])).content.decode()
    ended = standing in ENDS
    assert (f"standing_{plan.nights.origin_id.hex}" in text) != ended
    assert ("<b>One objective</b>" in text) == ended
    asked = (plan.savings,) if ended else (plan.savings, plan.nights)
    assert answered(maren, cast, whole(*asked))[0] == 302


@pytest.mark.demand("M2")
def test_the_next_review_begins_with_what_was_found_in_this_one(cast: Cast, plan: SignedPlan, maren: Client) -> None:
    answered(maren, cast, whole(plan.savings, plan.nights))
    text = html.unescape(maren.get(reverse("review_new", args=[cast.sama.pk])).content.decode())
    assert "The last review was" in text and "with Maren Achterberg" in text
    assert 'At <b class="now">now 1.1.a</b>' in text and "It is the first review" not in text


@pytest.mark.demand("P7")
def test_the_next_day_is_proposed_from_the_span_of_the_program(cast: Cast, plan: SignedPlan, maren: Client) -> None:
    text = maren.get(reverse("review_new", args=[cast.sama.pk])).content.decode()
    (field,) = re.findall(r'<input[^>]*name="next_on"[^>]*>', text)
    assert f'value="{ahead(cast.program.review_every_days).isoformat()}"' in field


def test_words_like_script_come_back_as_words(cast: Cast, plan: SignedPlan, maren: Client) -> None:
    data = whole(plan.savings, plan.nights, words=SCRIPT, present=[])
    text = maren.post(reverse("review_new", args=[cast.sama.pk]), data).content.decode()
    assert SCRIPT not in text and "&lt;script&gt;" in text


@pytest.mark.demand("M5")
@given(
    start=st.integers(-999, 999),
    here=st.integers(-2000, 2000),
    end=st.integers(-999, 999),
    sign=st.sampled_from(["", "$"]),
)
def test_the_way_gone_lies_between_nothing_and_all_of_it_and_ends_at_the_target(
    start: int, here: int, end: int, sign: str
) -> None:
    def share(now: int) -> float | None:
        one = Objective(baseline=f"{sign}{start} a week", target=f"{end}")
        return Measured(one, (Progress(value=f"{now} nights"),)).share

    if start == end:
        assert share(here) is None
        return
    gone = share(here)
    assert gone is not None and 0 <= gone <= 100
    if not sign or start >= 0:
        assert (share(start), share(end)) == (0, 100)
