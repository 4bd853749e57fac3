"""The pages of monitoring, as Maren meets them, and as strangers do not."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from alongside.client_level.monitoring.actions import progress_record
from alongside.client_level.monitoring.models import Review
from alongside.documentation.models import Progress
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.ids import new_id
from alongside.people.models import Assignment
from tests.cast import Cast
from tests.signed_plan import SignedPlan, signed_plan

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


@pytest.fixture
def plan(cast: Cast) -> SignedPlan:
    """Sama's plan in effect."""
    return signed_plan(cast.maren, cast.sama)


@pytest.fixture
def maren(cast: Cast, client: Client) -> Client:
    """Maren, signed in."""
    client.force_login(cast.staff["maren"].account)
    return client


def main_buttons(text: str) -> int:
    """How many main buttons stand below the head of a page."""
    return text.split('<div class="page">')[1].count("btn-primary")


def at_review(cast: Cast) -> str:
    """The address of a new review of Sama's plan."""
    return reverse("review_new", args=[cast.sama.pk])


def at_progress(cast: Cast, plan: SignedPlan) -> str:
    """The address at which progress toward Sama's savings is written."""
    return reverse("progress_new", args=[cast.sama.pk, plan.savings.pk])


def reviewed(plan: SignedPlan, **more: Any) -> dict[str, Any]:
    """What Maren sends after a review, with `more` in place of some of it."""
    saved, slept = plan.savings.origin_id.hex, plan.nights.origin_id.hex
    today = clock.today()
    return {
        "once": str(new_id()), "on": today.isoformat(), "present": ["client", "interpreter"], "also": "Her cousin",
        f"standing_{saved}": "on_course", f"value_{saved}": "$430", f"client_words_{saved}": "Sixty each week.",
        f"standing_{slept}": "behind", f"trouble_{slept}": "system", f"words_{slept}": "No group has room.",
        "words": "Good talk.", "client_words": "I want the keys.", "next_on": (today + timedelta(days=60)).isoformat(),
    } | more  # fmt: skip


def seen(**more: Any) -> dict[str, Any]:
    """What Maren sends of one objective, with `more` in place of some of it."""
    return {"once": str(new_id()), "on": clock.today().isoformat(), "standing": "on_course", "value": "$430"} | more


@pytest.mark.demand("M2", "M5")
def test_the_review_shows_each_open_objective_with_its_measure(cast: Cast, plan: SignedPlan, maren: Client) -> None:
    progress_record(cast.maren, objective=plan.savings, on=clock.today(), standing="on_course", value="$510")
    page = maren.get(at_review(cast))
    text = page.content.decode()
    assert page.status_code == 200
    for said in ("1.1.a", "Put money aside", "$120", "$900", "$510", "1.1.b", "Sleep through", "Hold my own tenancy"):
        assert said in text
    assert 'x2="50.0%"' in text
    assert "It is the first review" in text
    assert main_buttons(text) == 1


@pytest.mark.demand("M2", "M3", "R1")
def test_a_review_that_was_sent_is_kept_whole_and_leads_back_to_the_case(
    cast: Cast, plan: SignedPlan, maren: Client
) -> None:
    answer = maren.post(at_review(cast), reviewed(plan))
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("case", args=[cast.sama.pk]))
    with acting(cast.maren):
        held = Review.objects.get(case=cast.sama)
        rows = {row.objective_id: row for row in Progress.objects.filter(review_id=held.pk)}
    assert held.present == ["client", "interpreter", "Her cousin"]
    assert rows[plan.savings.pk].client_words == "Sixty each week."
    assert (rows[plan.nights.pk].standing, rows[plan.nights.pk].trouble) == ("behind", "system")


def test_a_review_sent_twice_is_kept_once(cast: Cast, plan: SignedPlan, maren: Client) -> None:
    sent = reviewed(plan)
    first, second = maren.post(at_review(cast), sent), maren.post(at_review(cast), sent)
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    with acting(cast.maren):
        assert Review.objects.filter(case=cast.sama).count() == 1


def test_a_review_with_a_mistake_comes_back_with_every_word(cast: Cast, plan: SignedPlan, maren: Client) -> None:
    slept = plan.nights.origin_id.hex
    wrong = reviewed(plan, **{f"trouble_{slept}": "", f"words_{slept}": "", "words": "A long account of it all"})
    answer = maren.post(at_review(cast), wrong)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Say where the trouble lies" in text
    assert "A long account of it all" in text and "Sixty each week." in text
    assert "Everything you typed is still here" in text
    with acting(cast.maren):
        assert not Progress.objects.filter(case=cast.sama).exists()


def test_a_review_without_a_standing_names_the_objective(cast: Cast, plan: SignedPlan, maren: Client) -> None:
    answer = maren.post(at_review(cast), reviewed(plan, **{f"standing_{plan.nights.origin_id.hex}": ""}))
    assert answer.status_code == 422
    assert "How 1.1.b stands" in answer.content.decode()


def test_before_there_is_a_plan_the_page_says_what_comes_next(cast: Cast, maren: Client) -> None:
    case = cast.sama
    page = maren.get(reverse("review_new", args=[case.pk]))
    assert page.status_code == 200
    assert "There is no plan in effect to review." in page.content.decode()
    assert reverse("plan", args=[case.pk]) in page.content.decode()


def test_when_every_objective_has_its_result_the_review_still_looks_ahead(
    cast: Cast, plan: SignedPlan, maren: Client
) -> None:
    for objective in (plan.savings, plan.nights):
        progress_record(cast.maren, objective=objective, on=clock.today(), standing="reached")
    text = maren.get(at_review(cast)).content.decode()
    assert "Every objective has its result." in text
    assert maren.post(at_review(cast), reviewed(plan)).status_code == 302


@pytest.mark.demand("M5")
def test_one_objective_is_written_down_from_the_thread(cast: Cast, plan: SignedPlan, maren: Client) -> None:
    page = maren.get(at_progress(cast, plan))
    assert page.status_code == 200
    assert "Put money aside" in page.content.decode()
    answer = maren.post(at_progress(cast, plan), seen(client_words="Sixty each week."))
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("case", args=[cast.sama.pk]))
    with acting(cast.maren):
        one = Progress.objects.get(case=cast.sama)
    assert (one.value, one.client_words, one.review_id) == ("$430", "Sixty each week.", None)


def test_progress_sent_twice_is_kept_once(cast: Cast, plan: SignedPlan, maren: Client) -> None:
    sent = seen()
    assert [maren.post(at_progress(cast, plan), sent).status_code for _ in range(2)] == [302, 302]
    with acting(cast.maren):
        assert Progress.objects.filter(case=cast.sama).count() == 1


def test_progress_of_a_day_ahead_comes_back_with_its_words(cast: Cast, plan: SignedPlan, maren: Client) -> None:
    ahead = (clock.today() + timedelta(days=1)).isoformat()
    answer = maren.post(at_progress(cast, plan), seen(on=ahead, words="She rang them herself"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "That day is still ahead" in text and "She rang them herself" in text


@pytest.mark.parametrize("wrong", [{"standing": "splendid"}, {"on": "soon"}, {"value": "x" * 61}, {"standing": ""}])
def test_what_no_form_would_send_is_answered_and_not_kept(
    cast: Cast, plan: SignedPlan, maren: Client, wrong: dict[str, str]
) -> None:
    assert maren.post(at_progress(cast, plan), seen(**wrong)).status_code == 422
    with acting(cast.maren):
        assert not Progress.objects.filter(case=cast.sama).exists()


def test_words_that_look_like_script_are_words(cast: Cast, plan: SignedPlan, maren: Client) -> None:
    script = "<script>alert('1')</script>" + "ü" * 20_000
    answer = maren.post(at_progress(cast, plan), seen(words=script, standing=""))
    assert escape(script) in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()
    assert maren.post(at_progress(cast, plan), seen(words=script)).status_code == 302
    with acting(cast.maren):
        assert Progress.objects.get(case=cast.sama).words == script


def test_an_objective_with_its_result_asks_for_no_more(cast: Cast, plan: SignedPlan, maren: Client) -> None:
    progress_record(cast.maren, objective=plan.savings, on=clock.today(), standing="reached", value="$900")
    text = maren.get(at_progress(cast, plan)).content.decode()
    assert "This objective has its result: Reached" in text
    assert main_buttons(text) == 0
    assert maren.post(at_progress(cast, plan), seen()).status_code == 422


def test_an_objective_of_another_case_is_not_found_here(cast: Cast, plan: SignedPlan, maren: Client) -> None:
    other = cast.enroll("Lola Marin")
    assert maren.get(reverse("progress_new", args=[other.pk, plan.savings.pk])).status_code == 404
    assert maren.get(reverse("progress_new", args=[cast.sama.pk, new_id()])).status_code == 404


@pytest.mark.demand("C4")
@pytest.mark.parametrize("who", ["tadesse", "noor"])
def test_strangers_find_nothing(cast: Cast, plan: SignedPlan, client: Client, who: str) -> None:
    client.force_login(cast.staff[who].account)
    for address in (at_review(cast), at_progress(cast, plan)):
        assert client.get(address).status_code == 404
        assert client.post(address, seen()).status_code == 404


@pytest.mark.demand("C4")
@pytest.mark.parametrize("who", ["otto", "quinn"])
def test_roles_that_do_no_case_work_are_refused(cast: Cast, plan: SignedPlan, client: Client, who: str) -> None:
    client.force_login(cast.staff[who].account)
    assert client.get(at_review(cast)).status_code in (403, 404)
    assert client.post(at_review(cast), reviewed(plan)).status_code in (403, 404)


def test_a_reader_of_a_lent_file_is_told_that_it_is_for_reading(cast: Cast, plan: SignedPlan, client: Client) -> None:
    with acting(cast.maren):
        Assignment(
            case=cast.sama,
            staff=cast.staff["tadesse"],
            role="review",
            reason="Review",
            until="2099-01-01",
            since=clock.today(),
        ).save()
    client.force_login(cast.staff["tadesse"].account)
    assert client.get(at_review(cast)).status_code == 403
    assert client.post(at_progress(cast, plan), seen()).status_code == 403


def test_who_is_not_signed_in_is_led_to_the_door(cast: Cast, plan: SignedPlan, client: Client) -> None:
    for address in (at_review(cast), at_progress(cast, plan)):
        assert client.get(address).status_code == 302
        assert "sign-in" in client.get(address).headers["Location"]
