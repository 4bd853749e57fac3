"""A plan is offered, signed, taken back, dropped and amended on its pages."""

from uuid import uuid4

import pytest

from alongside.client_level.planning.actions import plan_sign
from alongside.documentation.models import Goal, PlanVersion, Signature
from alongside.foundations.actor import acting
from tests.cast import Cast
from tests.plan_pages import at, frame_data, objective_data, page_of, text
from tests.planning import STROKES, agreed, drafted, offered, started

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


@pytest.mark.demand("P8")
def test_the_plan_is_offered_and_signed_on_the_pad_and_by_name(cast: Cast) -> None:
    version, _goal, _objective = drafted(cast)
    browser, case = page_of(cast), version.case
    assert "its words are fixed" in text(browser.get(at("plan_offer", case)))
    assert browser.post(at("plan_offer", case), {"once": uuid4()}).status_code == 302
    page = text(browser.get(at("plan", case)))
    assert "2 not signed" in page and "Sign now" in page and "Add a goal" not in page
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
