"""What was planned beside what was given, as the page tells it (practice M1), and the sentence above it."""

import html
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.client_level.intervention.actions import Tie, service_record
from alongside.documentation.models import Activity, Service
from alongside.documentation.models.work import DIRECT, Kind
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.ids import new_id
from tests.cast import Cast
from tests.signed_plan import draft_plan, signed_plan
from tests.visits import set_close

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


def ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def planned(cast: Cast, *spans: tuple[int, int | None, int | None]) -> list[Tie]:
    """A draft with one objective for each span: began so many days ago, every so many days, ended so many days ago."""
    from alongside.documentation.models import Goal, Need, Objective

    ties = []
    with acting(cast.maren):
        need = Need(case=cast.sama, number=1, title="Home", domain="environmental", found_on=ago(90))
        need.save(force_insert=True)
        version = draft_plan(cast.sama, 1)
        key = new_id()
        goal = Goal(
            id=key, origin_id=key, case=cast.sama, version=version, need=need, number="1.1", title="Own tenancy"
        )
        goal.save(force_insert=True)
        for at, (began, every, ended) in enumerate(spans):
            step_key, act_key = new_id(), new_id()
            step = Objective(
                id=step_key, origin_id=step_key, case=cast.sama, version=version, goal=goal, number=f"1.1.{'abcdef'[at]}",
                title=f"Step {at}", indicator="Book", baseline="0", target="9", due_on=ago(-60),
            )  # fmt: skip
            step.save(force_insert=True)
            Activity(
                id=act_key, origin_id=act_key, case=cast.sama, version=version, objective=step, actor="worker", who="Maren",
                what=f"Work {at}", starts_on=ago(began), every_days=every, ends_on=None if ended is None else ago(ended),
            ).save(force_insert=True)  # fmt: skip
            ties.append(Tie(goal, step))
    return ties


def give(cast: Cast, tie: Tie | None, days_ago: int = 0, **more: Any) -> Service:
    told: dict[str, Any] = {"kind": "teaching", "what": "Reading a lease", "minutes": 40, "mode": "face"}
    return service_record(
        cast.maren, case=cast.sama, on=ago(days_ago), tie=tie, stands_alone=tie is None, **told | more
    )


def page(cast: Cast, who: str = "maren", name: str = "services", **query: str) -> str:
    browser = Client()
    browser.force_login(cast.staff[who].account)
    answer = browser.get(reverse(name, args=[cast.sama.pk]), query)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


@pytest.mark.demand("M1")
@pytest.mark.parametrize(
    ("span", "given_ago", "tag"),
    [
        ((-3, 7, None), None, "Not due yet"),
        ((0, 7, None), None, "To begin now"),
        ((7, 7, None), None, "To begin now"),
        ((8, 7, None), None, "Planned, never started, 8 days"),
        ((14, None, None), None, "To begin now"),
        ((15, None, None), None, "Planned, never started, 15 days"),
        ((20, 7, None), 7, "As agreed"),
        ((20, 7, None), 8, "Nothing for 8 days"),
        ((60, None, None), 50, "As agreed"),
        ((20, 7, 3), 15, "As agreed"),
        ((20, 7, 3), None, "Planned, never started"),
        ((20, 7, 0), 8, "Nothing for 8 days"),
        ((5, 7, None), 6, "To begin now"),
    ],
)
def test_each_planned_service_bears_the_word_that_is_true_of_it(
    cast: Cast, span: tuple[int, int | None, int | None], given_ago: int | None, tag: str
) -> None:
    (tie,) = planned(cast, span)
    if given_ago is not None:
        give(cast, tie, given_ago)
    assert tag in page(cast)


@pytest.mark.demand("M1")
def test_the_sentence_above_counts_what_never_started_and_what_fell_silent(cast: Cast) -> None:
    first, _second, _third, fourth = planned(cast, (20, 7, None), (20, 7, None), (30, 7, None), (20, 7, None))
    give(cast, first, 9)
    give(cast, fourth, 1)
    text = " ".join(page(cast).split())
    assert "4 planned. 2 never started. 1 without anything for longer than agreed." in text
    assert "All as agreed so far." not in text


@pytest.mark.demand("M1")
def test_where_all_is_as_agreed_the_sentence_says_so(cast: Cast) -> None:
    (tie, _later) = planned(cast, (20, 7, None), (-5, 7, None))
    give(cast, tie, 2)
    assert "2 planned. All as agreed so far." in " ".join(page(cast).split())


@pytest.mark.demand("M1")
def test_work_given_for_another_objective_does_not_count(cast: Cast) -> None:
    first, second = planned(cast, (20, 7, None), (20, 7, None))
    give(cast, first, 1)
    give(cast, Tie(second.goal), 1)
    text = " ".join(page(cast).split())
    assert "1 never started." in text


@pytest.mark.demand("I1")
def test_the_ledger_shows_each_service_with_day_length_kind_and_what_it_was_for(cast: Cast) -> None:
    plan = signed_plan(cast.maren, cast.sama)
    give(cast, Tie(plan.goal, plan.savings), 0, place="Library")
    give(cast, None, 1, what="Rang the landlord", kind="advocating", mode="phone", minutes=5)
    text = " ".join(page(cast).split())
    assert text.index("Reading a lease") < text.index("Rang the landlord")
    assert "40 min · " in text and "5 min · " in text and ", Library · Maren Achterberg · 1.1.a Put money aside" in text
    assert "Direct</span>" in set_close(text) and "Indirect</span>" in set_close(text)


@pytest.mark.demand("I1")
def test_every_kind_of_work_is_offered_under_direct_or_indirect(cast: Cast) -> None:
    text = page(cast, name="service_new")
    direct, _rest, indirect = text.partition("Indirect, for the client")
    for kind in Kind:
        assert f'value="{kind.value}"' in (direct if kind in DIRECT else indirect)


def sent(cast: Cast, **more: object) -> Any:
    browser = Client()
    browser.force_login(cast.staff["maren"].account)
    data: dict[str, object] = {
        "once": str(new_id()), "on": clock.today().isoformat(), "minutes": "40", "kind": "advocating", "what": "Rang the landlord",
        "mode": "phone", "place": "Office", "present": ["Sama"], "others": "Mr. Doyle", "ties": "alone",
    }  # fmt: skip
    return browser.post(reverse("service_new", args=[cast.sama.pk]), data | more)


@pytest.mark.demand("I1", "D1")
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("on", ago(-1).isoformat(), "A service is recorded once it was given."),
        ("on", "", "Give the day."),
        ("minutes", "1441", "Give a number of minutes, for example 45."),
        ("minutes", "", "Give a number of minutes, for example 45."),
        ("what", " ", "Fill this in."),
        ("ties", "", "Choose a goal or an objective, or say that this stands on its own."),
        ("kind", "guessing", "on the list"),
        ("mode", "pigeon", "on the list"),
        ("others", "x" * 81, "Shorten the names, or set a comma between them."),
    ],
)
def test_each_mistake_in_a_service_is_said_and_the_rest_is_kept(
    cast: Cast, field: str, value: str, sentence: str
) -> None:
    signed_plan(cast.maren, cast.sama)
    answer = sent(cast, **{field: value})
    text = html.unescape(answer.content.decode())
    assert answer.status_code == 422 and sentence in text
    assert 'value="Office"' in text and (field == "what" or 'value="Rang the landlord"' in text)
    with acting(cast.maren):
        assert not Service.objects.filter(case=cast.sama).exists()


@pytest.mark.demand("D1", "C4")
def test_a_service_is_not_tied_to_a_goal_of_another_case(cast: Cast) -> None:
    signed_plan(cast.maren, cast.sama)
    other = signed_plan(cast.maren, cast.enroll("Yusuf Haddad"))
    answer = sent(cast, ties=str(other.savings.pk))
    assert answer.status_code == 422 and "on the list" in answer.content.decode()


@pytest.mark.demand("D1")
@pytest.mark.parametrize("noun", ["letter", "notes"])
def test_only_notes_and_services_can_be_loose_ends(cast: Cast, noun: str) -> None:
    service = give(cast, None)
    browser = Client()
    browser.force_login(cast.staff["maren"].account)
    assert browser.get(reverse("loose_end_attach", args=[cast.sama.pk, noun, service.pk])).status_code == 404
