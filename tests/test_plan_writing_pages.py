"""A plan is written on its pages: begun, goal by goal, changed, taken apart, and a need let to rest."""

import re
from typing import Any
from uuid import uuid4

import pytest

from alongside.client_level.planning.queries.compare import GOAL_FIELDS
from alongside.client_level.planning.queries.versions import fingerprint
from alongside.documentation.models import Activity, Goal, NeedDecision, Objective
from alongside.foundations.actor import acting
from tests.cast import Cast
from tests.plan_pages import at, frame_data, objective_data, page_of, text
from tests.planning import ahead, assess, drafted, need_of, started

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


@pytest.mark.demand("P5", "P6", "P7")
def test_a_plan_is_begun_on_the_page_with_roles_options_and_schedule(cast: Cast) -> None:
    browser, case = page_of(cast), cast.sama
    assess(cast, case)
    need_of(cast, case)
    form = text(browser.get(at("plan_new", case)))
    assert ahead(90).isoformat() in form and ahead(180).isoformat() in form
    answer = browser.post(at("plan_new", case), frame_data())
    assert (answer.status_code, answer["Location"]) == (302, at("plan", case))
    page = text(browser.get(at("plan", case)))
    assert "Service plan, version 1" in page and "Class: free" in page and "Sama saves." in page
    assert "has neither a goal nor a decision to wait" in page and at("goal_new", case) in page


def test_a_wrong_day_gives_the_form_again_with_every_word(cast: Cast) -> None:
    browser, case = page_of(cast), cast.sama
    assess(cast, case)
    answer = browser.post(at("plan_new", case), frame_data(review_on=ahead(-1), roles="Every word stays"))
    page = text(answer)
    assert answer.status_code == 422
    assert "The review comes after the day the plan is made." in page and "Every word stays" in page


def test_without_an_assessment_the_form_says_so_and_saves_nothing(cast: Cast) -> None:
    browser, case = page_of(cast), cast.sama
    assert "none is complete yet" in text(browser.get(at("plan_new", case)))
    answer = browser.post(at("plan_new", case), frame_data())
    assert answer.status_code == 422 and "Complete the assessment first" in text(answer)


@pytest.mark.demand("P2", "P3", "P4")
def test_goal_objective_and_activity_are_written_one_after_the_other(cast: Cast) -> None:
    browser = page_of(cast)
    need, version = started(cast)
    case = version.case
    goal_form = text(browser.get(at("goal_new", case) + f"?need={need.pk}"))
    assert f'value="{need.pk}" selected' in goal_form
    sent = {
        "need": need.pk, "title": "My own tenancy", "term": "long", "kind": "personal", "builds_on": "Keeps appointments",
        "barriers": "No history", "once": uuid4(),
    }  # fmt: skip
    assert browser.post(at("goal_new", case), sent)["Location"].endswith("#goal-1-1")
    with acting(cast.maren):
        goal = Goal.objects.get(case=case)
    assert f'value="{goal.pk}" selected' in text(browser.get(at("objective_new", case) + f"?goal={goal.pk}"))
    assert browser.post(at("objective_new", case), objective_data(goal)).status_code == 302
    with acting(cast.maren):
        objective = Objective.objects.get(case=case)
    assert f'value="{objective.pk}" selected' in text(
        browser.get(at("activity_new", case) + f"?objective={objective.pk}")
    )
    act = {
        "objective": objective.pk, "actor": "worker", "who": "Maren", "what": "Reads each lease with her",
        "starts_on": ahead(0), "ends_on": ahead(9), "cost": "135", "paid_by": "State grant", "how_often": "3 times",
        "every_days": "7", "expected": "", "instead": "Tenancy clinic", "once": uuid4(),
    }  # fmt: skip
    assert browser.post(at("activity_new", case), act).status_code == 302
    page = text(browser.get(at("plan", case)))
    for words in (
        "My own tenancy", "Reads each lease with her", "$135", "State grant", "Tenancy clinic", "Measured by:",
        "Offer for signature", 'id="goal-1-1"',
    ):  # fmt: skip
        assert words in page, words


@pytest.mark.demand("P3")
def test_an_objective_without_measure_comes_again_with_what_was_typed(cast: Cast) -> None:
    _version, goal, _objective = drafted(cast)
    answer = page_of(cast).post(
        at("objective_new", goal.case), objective_data(goal, indicator="", title="Speak with the clinic")
    )
    assert answer.status_code == 422
    assert "Say how you and the client will know." in text(answer) and "Speak with the clinic" in text(answer)
    late = page_of(cast).post(at("objective_new", goal.case), objective_data(goal, due_on=ahead(-2)))
    assert late.status_code == 422 and "Choose a day that lies ahead." in text(late)


def test_a_form_sent_twice_saves_once(cast: Cast) -> None:
    _version, goal, _objective = drafted(cast)
    browser, sent = page_of(cast), objective_data(goal)
    first, second = (browser.post(at("objective_new", goal.case), sent) for _ in range(2))
    assert first["Location"] == second["Location"]
    with acting(cast.maren):
        assert [one.title for one in Objective.objects.filter(case=goal.case)].count("Save") == 1


def test_a_goal_changed_by_another_meanwhile_shows_both(cast: Cast) -> None:
    _version, goal, _objective = drafted(cast)
    values = {name: getattr(goal, name) for name in GOAL_FIELDS} | {"need": goal.need_id}
    read = fingerprint(goal, GOAL_FIELDS)
    address = at("goal_edit", goal.case, goal.pk)
    assert str(read) in text(page_of(cast).get(address))
    hers = values | {"title": "What Delphine wrote", "edition": read, "once": uuid4()}
    assert page_of(cast, "delphine").post(address, hers).status_code == 302
    answer = page_of(cast).post(address, values | {"title": "What Maren wrote", "edition": read, "once": uuid4()})
    page = text(answer)
    assert answer.status_code == 409 and "What Delphine wrote" in page and "What Maren wrote" in page
    newer = re.search(r'name="edition" value="(\d+)"', page)
    assert newer
    again = values | {"title": "What both want", "edition": newer[1], "once": uuid4()}
    assert page_of(cast).post(address, again).status_code == 302


def test_the_frame_of_a_draft_changed_by_another_shows_both(cast: Cast) -> None:
    version, _goal, _objective = drafted(cast)
    address = at("plan_edit", version.case, version.pk)
    form = text(page_of(cast).get(address))
    edition = re.search(r'name="edition" value="(\d+)"', form)
    assert edition
    assert page_of(cast, "delphine").post(address, frame_data(roles="Hers", edition=edition[1])).status_code == 302
    answer = page_of(cast).post(address, frame_data(roles="Mine", edition=edition[1]))
    assert answer.status_code == 409 and "Hers" in text(answer) and "Mine" in text(answer)


def test_an_objective_is_changed_on_its_page(cast: Cast) -> None:
    _version, goal, objective = drafted(cast)
    address = at("objective_edit", goal.case, objective.pk)
    edition = re.search(r'name="edition" value="(\d+)"', text(page_of(cast).get(address)))
    assert edition
    assert page_of(cast).post(address, objective_data(goal, target="$777", edition=edition[1])).status_code == 302
    assert "$777" in text(page_of(cast).get(at("plan", goal.case)))


@pytest.mark.parametrize("part", ["goal", "objective", "activity"])
def test_parts_are_taken_out_of_a_draft_after_one_question(cast: Cast, part: str) -> None:
    version, goal, objective = drafted(cast)
    with acting(cast.maren):
        activity = Activity.objects.filter(version=version).first()
    assert activity
    row: Any = {"goal": goal, "objective": objective, "activity": activity}[part]
    address = at(f"{part}_remove", version.case, row.pk)
    assert "Take it out of the draft" in text(page_of(cast).get(address))
    assert page_of(cast).post(address, {"once": uuid4()}).status_code == 302
    with acting(cast.maren):
        assert not type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.demand("P1")
def test_a_need_is_let_to_rest_and_taken_up_again_on_the_page(cast: Cast) -> None:
    version, _goal, _objective = drafted(cast)
    case = version.case
    need = need_of(cast, case, 2, "English lessons")
    browser, address = page_of(cast), at("decision_new", case, need.pk)
    sent: dict[str, object] = {
        "kind": "defer", "decided_by": "client", "why": "", "client_words": "Later, please.", "decided_on": ahead(0),
        "look_again_on": ahead(30), "once": uuid4(),
    }  # fmt: skip
    refused = browser.post(address, sent)
    assert refused.status_code == 422 and "Later, please." in text(refused)
    assert browser.post(address, sent | {"why": "One thing at a time", "once": uuid4()})["Location"] == at("case", case)
    page = text(browser.get(at("plan", case)))
    assert "Resting, by decision" in page and "One thing at a time" in page and "Later, please." in page
    with acting(cast.maren):
        decision = NeedDecision.objects.get(need=need)
    assert browser.post(at("decision_end", case, decision.pk), {"once": uuid4()}).status_code == 302
    assert "has neither a goal nor a decision" in text(browser.get(at("plan", case)))
