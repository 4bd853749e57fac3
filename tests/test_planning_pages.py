"""The pages of planning, as the test client of each person sees them."""

import io
import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from alongside.client_level.planning.actions import decision_record, goal_add, plan_amend, plan_sign
from alongside.client_level.planning.queries.compare import GOAL_FIELDS
from alongside.client_level.planning.queries.measure import number_in, share_between
from alongside.client_level.planning.queries.versions import fingerprint
from alongside.documentation.models import (
    Activity,
    Goal,
    Need,
    NeedDecision,
    Objective,
    PlanVersion,
    Progress,
    Signature,
)
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.models import Look
from alongside.people.models import Assignment, Case
from tests.cast import Cast
from tests.planning import STROKES, agreed, ahead, assess, drafted, frame, need_of, offered, started

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]
SCRIPT = "<script>alert(1)</script>"


def page_of(cast: Cast, who: str = "maren") -> Client:
    """A browser in which someone is signed in."""
    browser = Client()
    browser.force_login(cast.staff[who].account)
    return browser


def text(response: Any) -> str:
    page: str = response.content.decode()
    return page


def at(name: str, case: Case, *more: object) -> str:
    return reverse(name, args=[case.pk, *more])


def frame_data(**changed: object) -> dict[str, object]:
    return {
        "made_on": ahead(0), "review_on": ahead(90), "reassess_on": ahead(180), "made_with": "Sama",
        "roles": "Sama saves.", "options_told": "Class: free", "once": uuid4(),
    } | changed  # fmt: skip


def objective_data(goal: Goal, **changed: object) -> dict[str, object]:
    return {
        "goal": goal.pk, "title": "Save", "indicator": "Book", "baseline": "$0", "target": "$9", "due_on": ahead(20),
        "once": uuid4(),
    } | changed  # fmt: skip


@pytest.mark.demand("P1")
def test_the_empty_plan_says_what_comes_first(cast: Cast) -> None:
    browser, case = page_of(cast), cast.sama
    assert "made from the assessment, which is not complete" in text(browser.get(at("plan", case)))
    assess(cast, case)
    page = text(browser.get(at("plan", case)))
    assert "Begin the plan" in page and at("plan_new", case) in page


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


@pytest.mark.demand("P8")
def test_the_plan_is_offered_and_signed_on_the_pad_and_by_name(cast: Cast) -> None:
    version, _goal, _objective = drafted(cast)
    browser, case = page_of(cast), version.case
    assert "its words are fixed" in text(browser.get(at("plan_offer", case)))
    assert browser.post(at("plan_offer", case), {"once": uuid4()}).status_code == 302
    page = text(browser.get(at("plan", case)))
    assert "2 open" in page and "Sign now" in page and "Add a goal" not in page
    form = text(browser.get(at("plan_sign", case) + "?as=client"))
    assert (
        'data-sign="strokes"' in form
        and 'name="strokes"' in form
        and "data-sign-clear" in form
        and 'value="Arabic"' in form
    )
    drawn = {"capacity": "client", "name": "", "strokes": STROKES, "language": "Arabic", "once": uuid4()}
    assert browser.post(at("plan_sign", case), drawn).status_code == 302
    typed = {"capacity": "worker", "name": "Maren", "strokes": "", "language": "", "once": uuid4()}
    assert browser.post(at("plan_sign", case), typed).status_code == 302
    page = text(browser.get(at("plan", case)))
    assert "In effect since" in page and "<polyline" in page and "read in Arabic" in page and "Amend the plan" in page


@pytest.mark.demand("P8")
def test_a_signature_without_name_or_drawing_says_what_to_do(cast: Cast) -> None:
    version, _goal, _objective = offered(cast)
    browser, address = page_of(cast), at("plan_sign", version.case)
    answer = browser.post(
        address, {"capacity": "client", "name": "", "strokes": "", "language": "Arabic", "once": uuid4()}
    )
    assert answer.status_code == 422 and "Sign on the pad, or type the name." in text(answer)
    broken = browser.post(address, {"capacity": "client", "strokes": "[[1", "language": "Arabic", "once": uuid4()})
    assert broken.status_code == 422 and "did not arrive whole" in text(broken)
    with acting(cast.maren):
        assert not Signature.objects.filter(version=version).exists()


def test_an_offer_that_is_not_ready_says_what_is_missing(cast: Cast) -> None:
    _need, version = started(cast)
    answer = page_of(cast).post(at("plan_offer", version.case), {"once": uuid4()})
    assert answer.status_code == 422 and "has neither a goal nor a decision" in text(answer)


def test_a_plan_is_taken_back_from_signing_on_the_page(cast: Cast) -> None:
    version, _goal, _objective = offered(cast)
    browser, address = page_of(cast), at("plan_take_back", version.case, version.pk)
    assert "Take back from signing" in text(browser.get(address))
    assert browser.post(address, {"reason": "Wrong day", "once": uuid4()}).status_code == 302
    assert "Offer for signature" in text(browser.get(at("plan", version.case)))


def test_a_draft_is_dropped_only_with_a_reason(cast: Cast) -> None:
    version, _goal, _objective = drafted(cast)
    browser, address = page_of(cast), at("plan_withdraw", version.case, version.pk)
    assert browser.post(address, {"reason": "", "once": uuid4()}).status_code == 422
    assert browser.post(address, {"reason": "Begin anew", "once": uuid4()}).status_code == 302
    assert "Withdrawn" in text(browser.get(at("plan", version.case)))


@pytest.mark.demand("P8")
def test_an_amendment_marks_what_is_new_and_tells_what_changed(cast: Cast) -> None:
    first, goal, _objective = agreed(cast)
    browser, case = page_of(cast), first.case
    assert "is signed and stays as it is" in text(browser.get(at("plan_amend", case)))
    assert browser.post(at("plan_amend", case), frame_data(roles="Sama leads.")).status_code == 302
    with acting(cast.maren):
        copied = Goal.objects.get(version__number=2, origin_id=goal.pk)
    assert browser.post(at("objective_new", case), objective_data(copied, title="Sign a lease")).status_code == 302
    page = text(browser.get(at("plan", case)))
    assert "Service plan, version 2" in page and "Marked like this" in page
    assert '<span class="changed">Sign a lease</span>' in page
    assert '<span class="changed">Save for the deposit</span>' not in page
    told = text(browser.get(at("plan_compare", case, 2)))
    assert "From version 1 to version 2" in told and "1.1.b Sign a lease" in told and "Sama leads." in told
    old = text(browser.get(at("plan_version", case, 1)))
    assert "Service plan, version 1" in old and "Sign a lease" not in old and "Take out" not in old
    assert "nothing before it to compare" in text(browser.get(at("plan_compare", case, 1)))
    assert browser.get(at("plan_version", case, 9)).status_code == 404


def test_a_mend_from_the_thread_finds_its_place_in_the_new_version(cast: Cast) -> None:
    first, goal, objective = agreed(cast)
    browser, case = page_of(cast), first.case
    page = text(browser.get(at("activity_new", case) + f"?objective={objective.pk}"))
    assert "Saving this begins a new version" in page and f'value="{objective.pk}" selected' in page
    assert browser.post(at("objective_new", case), objective_data(goal, title="Sign a lease")).status_code == 302
    again = text(browser.get(at("objective_new", case) + f"?goal={goal.pk}"))
    with acting(cast.maren):
        copied = Goal.objects.get(version__number=2)
    assert f'value="{copied.pk}" selected' in again and "Saving this begins" not in again


@pytest.mark.parametrize("name", ["goal_new", "objective_new", "activity_new"])
def test_before_a_plan_is_begun_a_mend_leads_to_its_beginning(cast: Cast, name: str) -> None:
    assert page_of(cast).get(at(name, cast.sama))["Location"] == at("plan_new", cast.sama)


def test_with_nothing_to_sign_or_amend_or_offer_the_page_leads_back(cast: Cast) -> None:
    browser, case = page_of(cast), cast.sama
    assert browser.get(at("plan_sign", case))["Location"] == at("plan", case)
    assert browser.get(at("plan_amend", case))["Location"] == at("plan", case)
    assert browser.get(at("plan_offer", case))["Location"] == at("plan_new", case)
    assert browser.get(at("plan_pdf", case)).status_code == 404


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
        seen.write(render_to_string(template, context))
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


def test_a_person_of_the_family_signs_beside_the_others(cast: Cast) -> None:
    version, _goal, _objective = agreed(cast)
    browser = page_of(cast)
    sent = {"capacity": "family", "name": "Lina Othman", "strokes": "", "language": "Arabic", "once": uuid4()}
    assert browser.post(at("plan_sign", version.case), sent).status_code == 302
    page = text(browser.get(at("plan", version.case)))
    assert "Lina Othman" in page
    with acting(cast.maren):
        assert PlanVersion.objects.get(pk=version.pk).state == "in_effect"
    with pytest.raises(Exception, match="signed already"):
        plan_sign(cast.maren, version=version, capacity="family", name="Lina Othman", language="Arabic")
