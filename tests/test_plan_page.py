"""The page of the plan: what it says, how a measure is drawn, and who sees it."""

from uuid import uuid4

import pytest

from alongside.client_level.planning.actions import decision_record, goal_add, plan_amend
from alongside.client_level.planning.queries.measure import number_in, share_between
from alongside.documentation.models import Need, Progress
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.people.models import Assignment, Case
from tests.cast import Cast
from tests.plan_pages import SCRIPT, at, frame_data, page_of, text
from tests.planning import agreed, ahead, assess, drafted, frame, need_of, started

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


@pytest.mark.demand("P1")
def test_the_empty_plan_says_what_comes_first(cast: Cast) -> None:
    browser, case = page_of(cast), cast.sama
    assert "made from the assessment, which is not complete" in text(browser.get(at("plan", case)))
    assess(cast, case)
    page = text(browser.get(at("plan", case)))
    assert "Begin the plan" in page and at("plan_new", case) in page


@pytest.mark.demand("P3", "M5")
def test_an_objective_is_drawn_from_baseline_past_now_to_target(cast: Cast) -> None:
    version, _goal, objective = agreed(cast)
    with acting(cast.maren):
        Progress(
            case=version.case,
            objective=objective,
            on=ahead(0),
            value="$432",
            standing="on_course",
            by_id=cast.maren.staff,
        ).save()
    page = text(page_of(cast).get(at("plan", version.case)))
    assert 'x2="40.0%"' in page and "now $432" in page and "On course" in page


@pytest.mark.parametrize(
    ("baseline", "now", "target", "share"),
    [
        ("$120", "$432", "$900", 40.0),
        ("0 calls", "3 calls", "3 calls", 100.0),
        ("10", "5", "0", 50.0),
        ("2", "1", "5", 0.0),
        ("$1,000", "$1,500", "$2,000", 50.0),
        ("No", "Nearly", "Yes", None),
        ("5", "5", "5", None),
        ("1", "", "2", None),
    ],
)
def test_the_way_between_two_measures_is_worked_out_where_they_are_numbers(
    baseline: str, now: str, target: str, share: float | None
) -> None:
    assert share_between(baseline, now, target) == share


def test_the_first_number_of_a_measure_counts() -> None:
    assert (number_in("under $1,050.50 a month"), number_in("none"), number_in("-3 C")) == (1050.5, None, -3)


@pytest.mark.demand("C4")
@pytest.mark.parametrize("who", ["tadesse", "noor"])
def test_strangers_are_not_told_that_there_is_a_plan(cast: Cast, who: str) -> None:
    version, goal, objective = drafted(cast)
    browser, case = page_of(cast, who), version.case
    for name in (
        "plan",
        "plan_new",
        "plan_offer",
        "plan_sign",
        "plan_pdf",
        "goal_new",
        "objective_new",
        "activity_new",
    ):
        assert browser.get(at(name, case)).status_code == 404, name
    for name, row in (("goal_edit", goal), ("objective_remove", objective), ("plan_edit", version)):
        assert browser.post(at(name, case, row.pk), {}).status_code == 404, name


def test_the_administrator_sees_no_plan(cast: Cast) -> None:
    version, _goal, _objective = drafted(cast)
    assert page_of(cast, "otto").get(at("plan", version.case)).status_code in (403, 404)


@pytest.mark.demand("C4")
def test_a_reviewer_reads_the_plan_and_writes_nothing(cast: Cast) -> None:
    version, _goal, _objective = drafted(cast)
    case = version.case
    with acting(cast.maren):
        Assignment(
            case=case, staff=cast.staff["quinn"], role="review", reason="Review", until="2099-01-01", since=ahead(0)
        ).save(force_insert=True)
    browser = page_of(cast, "quinn")
    page = text(browser.get(at("plan", case)))
    assert "Hold my own tenancy" in page and "Take out" not in page and "Offer for signature" not in page
    assert browser.get(at("goal_new", case)).status_code == 403
    assert browser.post(at("plan_offer", case), {"once": uuid4()}).status_code == 403


def test_rows_of_another_case_are_not_reached_through_this_one(cast: Cast) -> None:
    _version, goal, _objective = drafted(cast)
    other = cast.enroll("Yusuf Haddad")
    browser = page_of(cast)
    assert browser.get(at("goal_edit", other, goal.pk)).status_code == 404
    assert browser.get(at("goal_remove", other, goal.pk)).status_code == 404
    assert browser.get(at("decision_new", other, goal.need_id)).status_code == 404


def test_long_words_and_script_are_shown_as_words(cast: Cast) -> None:
    need, version = started(cast)
    goal_add(cast.maren, need=need, title=SCRIPT, barriers="x" * 9000)
    second = need_of(cast, version.case, 2, SCRIPT)
    decision_record(cast.maren, need=second, kind="decline", decided_by="both", why=SCRIPT, decided_on=ahead(0))
    page = text(page_of(cast).get(at("plan", version.case)))
    assert SCRIPT not in page and "&lt;script&gt;" in page and "x" * 9000 in page


def test_a_closed_case_shows_its_plan_without_any_way_to_write(cast: Cast) -> None:
    version, _goal, _objective = agreed(cast)
    with acting(cast.maren):
        Case.objects.filter(pk=version.case_id).update(closed_on=clock.today())
    browser = page_of(cast)
    page = text(browser.get(at("plan", version.case)))
    assert "Hold my own tenancy" in page and "Amend the plan" not in page
    answer = browser.post(at("plan_amend", version.case), frame_data())
    assert answer.status_code == 422 and "Reopen it first" in text(answer)


def test_the_page_asks_few_questions_of_the_database_however_long_the_plan(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    version, goal, _objective = agreed(cast)
    plan_amend(cast.maren, case=version.case, frame=frame())
    with acting(cast.maren):
        need = Need.objects.select_related("case").get(pk=goal.need_id)
    for count in range(5):
        goal_add(cast.maren, need=need, title=f"Goal {count}")
    browser = page_of(cast)
    browser.get(at("plan", version.case))
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        browser.get(at("plan", version.case))
