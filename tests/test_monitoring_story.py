"""Monitoring, told with the cast: Maren and Sama look at how things stand, alone and in a review."""

from datetime import timedelta
from typing import Any

import pytest

from alongside.client_level.monitoring.actions import Stood, progress_record, review_hold
from alongside.client_level.monitoring.models import Review
from alongside.client_level.monitoring.queries import last_review, measured, plan_in_effect, seen_of, still_open
from alongside.documentation.models import Objective, Progress
from alongside.documentation.models.thread import ENDS, Standing
from alongside.foundations import clock
from alongside.foundations.actor import Actor, acting
from alongside.foundations.errors import NotAllowed, RuleBroken
from alongside.foundations.ids import new_id
from alongside.foundations.models import Deed
from alongside.people.models import Assignment, Case
from tests.cast import Cast
from tests.signed_plan import SignedPlan, draft_plan, signed_plan

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


@pytest.fixture
def plan(cast: Cast) -> SignedPlan:
    """Sama's plan in effect."""
    return signed_plan(cast.maren, cast.sama)


def ahead(days: int) -> Any:
    """A day so many days from today; a negative number goes back."""
    return clock.today() + timedelta(days=days)


def look(actor: Actor, objective: Objective, **more: Any) -> Progress:
    """Record that an objective is on course today, or what `more` says instead."""
    return progress_record(actor, objective=objective, **{"on": ahead(0), "standing": Standing.ON_COURSE} | more)


def review(actor: Actor, case: Case, plan: SignedPlan, **more: Any) -> Review:
    """Hold a review today with Sama and her interpreter, everything on course, or what `more` says instead."""
    stood = {plan.savings: Stood("on_course", "$430"), plan.nights: Stood("reached", "5 nights")}
    usual = {"on": ahead(0), "present": ["client", "interpreter"], "stood": stood, "next_on": ahead(90)}
    return review_hold(actor, case=case, **usual | more)


def close(actor: Actor, case: Case) -> None:
    """Put the closing day on the case, as the verb of termination would."""
    with acting(actor):
        case.closed_on = ahead(0)
        case.save(update_fields=["closed_on"])


@pytest.mark.demand("M5")
def test_progress_is_kept_against_the_measure_of_the_objective_over_time(cast: Cast, plan: SignedPlan) -> None:
    look(cast.maren, plan.savings, on=ahead(-5), value="$300")
    look(cast.maren, plan.savings, value="$510", words="Steady.", client_words="I put sixty aside each week.")
    with acting(cast.maren):
        seen = seen_of(plan.savings)
    assert [one.value for one in seen.past] == ["$510", "$300"]
    assert seen.share == 50.0
    assert seen.last is not None and seen.last.client_words == "I put sixty aside each week."


@pytest.mark.demand("M5")
def test_a_result_ends_an_objective_and_it_is_not_ended_twice(cast: Cast, plan: SignedPlan) -> None:
    look(cast.maren, plan.nights, standing=Standing.REACHED, value="5 nights")
    for standing in (Standing.REACHED, Standing.NOT_REACHED, Standing.GIVEN_UP, Standing.ON_COURSE):
        with pytest.raises(RuleBroken, match="has its result already: reached") as refused:
            look(cast.maren, plan.nights, standing=standing, words="again")
        assert refused.value.field == "standing"
    with acting(cast.maren):
        assert [one.objective for one in still_open(cast.sama)] == [plan.savings]


@pytest.mark.demand("M5")
@pytest.mark.parametrize("standing", sorted(ENDS))
def test_each_way_to_end_is_an_outcome(cast: Cast, plan: SignedPlan, standing: str) -> None:
    look(cast.maren, plan.savings, standing=standing, words="as agreed")
    with acting(cast.maren):
        assert seen_of(plan.savings).outcome is not None


@pytest.mark.demand("M5")
def test_progress_follows_an_objective_into_the_next_version_of_the_plan(cast: Cast, plan: SignedPlan) -> None:
    look(cast.maren, plan.savings, value="$300")
    with acting(cast.maren):
        plan.version.state = "replaced"
        plan.version.save()
        version = draft_plan(cast.sama, 2)
        goal = plan.goal
        goal.pk, goal.version, goal._state.adding = new_id(), version, True
        goal.save(force_insert=True)
        again = Objective.objects.get(pk=plan.savings.pk)
        again.pk, again.version, again.goal, again.target, again._state.adding = new_id(), version, goal, "$1,200", True
        again.save(force_insert=True)
        version.state = "in_effect"
        version.save()
    look(cast.maren, again, value="$660")
    with acting(cast.maren):
        (seen,) = measured(cast.sama)
    assert seen.objective.target == "$1,200"
    assert [one.value for one in seen.past] == ["$660", "$300"]
    assert seen.share == 50.0


@pytest.mark.parametrize(
    ("baseline", "value", "target", "share"),
    [
        ("$120", "$900", "$900", 100.0),
        ("$120", "", "$900", None),
        ("A1", "A2", "B2", None),
        ("none", "some", "all", None),
        ("10", "12", "4", 0.0),
        ("1,000", "1,500", "2,000", 50.0),
        ("1.2.3", "2", "3", None),
        ("5", "5", "5", None),
    ],
)
def test_the_way_from_baseline_to_target_is_drawn_only_where_it_is_in_figures(
    cast: Cast, plan: SignedPlan, baseline: str, value: str, target: str, share: float | None
) -> None:
    look(cast.maren, plan.savings, value=value)
    with acting(cast.maren):
        seen = seen_of(plan.savings)
    seen.objective.baseline, seen.objective.target = baseline, target
    assert seen.share == share


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"on": 1}, "on", "still ahead"),
        ({"on": -400}, "on", "before the case was opened"),
        ({"standing": "fine"}, "standing", "how it stands"),
        ({"standing": "behind"}, "trouble", "where the trouble lies"),
        ({"standing": "not_reached", "words": "  "}, "trouble", "where the trouble lies"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(
    cast: Cast, plan: SignedPlan, changed: dict[str, Any], field: str, says: str
) -> None:
    if "on" in changed:
        changed = changed | {"on": ahead(changed["on"])}
    with pytest.raises(RuleBroken, match=says) as refused:
        look(cast.maren, plan.savings, **changed)
    assert refused.value.field == field
    assert refused.value.source.startswith("practice M")
    with acting(cast.maren):
        assert not Progress.objects.filter(case=cast.sama).exists()


@pytest.mark.demand("M3")
@pytest.mark.parametrize("trouble", ["client", "coordination", "system"])
def test_trouble_is_placed_with_the_client_the_coordination_or_the_system(
    cast: Cast, plan: SignedPlan, trouble: str
) -> None:
    seen = look(cast.maren, plan.savings, standing=Standing.BEHIND, trouble=trouble)
    assert seen.trouble == trouble


@pytest.mark.demand("M3")
def test_trouble_that_fits_no_place_is_told_in_words(cast: Cast, plan: SignedPlan) -> None:
    assert look(cast.maren, plan.savings, standing=Standing.BEHIND, words="Her brother was ill.").trouble == ""


@pytest.mark.demand("M2", "M5", "R1")
def test_a_review_looks_at_every_open_objective_and_says_who_was_there(cast: Cast, plan: SignedPlan) -> None:
    held = review(cast.maren, cast.sama, plan, words="Going well.", client_words="I want the keys.")
    with acting(cast.maren):
        rows = {row.objective_id: row for row in Progress.objects.filter(review_id=held.pk)}
        assert rows[plan.savings.pk].value == "$430"
        assert rows[plan.nights.pk].standing == "reached"
        assert last_review(cast.sama) == held
        found = plan_in_effect(cast.sama)
    assert held.present == ["client", "interpreter"]
    assert held.version == found == plan.version
    assert held.client_words == "I want the keys."


@pytest.mark.demand("M2")
def test_the_next_review_leaves_out_what_has_its_result(cast: Cast, plan: SignedPlan) -> None:
    review(cast.maren, cast.sama, plan)
    with pytest.raises(RuleBroken, match="open objectives"):
        review(cast.maren, cast.sama, plan)
    again = review(cast.maren, cast.sama, plan, stood={plan.savings: Stood("on_course")})
    with acting(cast.maren):
        assert last_review(cast.sama) == again


@pytest.mark.demand("M2")
@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"on": ahead(1), "next_on": ahead(90)}, "on", "still ahead"),
        ({"on": ahead(-400)}, "on", "before the case was opened"),
        ({"next_on": ahead(0)}, "next_on", "comes after this one"),
        ({"next_on": ahead(-3)}, "next_on", "comes after this one"),
        ({"present": []}, "present", "who was there"),
        ({"present": ["family"], "words": " "}, "words", "why the client was not there"),
    ],
)
def test_a_review_that_cannot_be_is_refused(
    cast: Cast, plan: SignedPlan, changed: dict[str, Any], field: str, says: str
) -> None:
    with pytest.raises(RuleBroken, match=says) as refused:
        review(cast.maren, cast.sama, plan, **changed)
    assert refused.value.field == field
    with acting(cast.maren):
        assert not Review.objects.filter(case=cast.sama).exists()


@pytest.mark.demand("R1")
def test_a_review_without_the_client_says_why(cast: Cast, plan: SignedPlan) -> None:
    held = review(cast.maren, cast.sama, plan, present=["supervisor"], words="Sama was in hospital and agreed.")
    assert held.present == ["supervisor"]


@pytest.mark.demand("M2")
def test_a_review_that_fails_on_its_last_objective_leaves_nothing_behind(cast: Cast, plan: SignedPlan) -> None:
    before = len(_deeds(cast))
    stood = {plan.savings: Stood("on_course", "$430"), plan.nights: Stood("behind")}
    with pytest.raises(RuleBroken, match="where the trouble lies") as refused:
        review(cast.maren, cast.sama, plan, stood=stood)
    assert refused.value.field == f"trouble_{plan.nights.origin_id.hex}"
    with acting(cast.maren):
        assert not Review.objects.filter(case=cast.sama).exists()
        assert not Progress.objects.filter(case=cast.sama).exists()
    assert len(_deeds(cast)) == before


@pytest.mark.demand("M2")
def test_an_objective_left_out_of_a_review_is_named(cast: Cast, plan: SignedPlan) -> None:
    with pytest.raises(RuleBroken, match=r"1\.1\.b") as refused:
        review(cast.maren, cast.sama, plan, stood={plan.savings: Stood("on_course")})
    assert refused.value.field == f"standing_{plan.nights.origin_id.hex}"


@pytest.mark.demand("M2")
def test_without_a_plan_in_effect_there_is_nothing_to_review(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="no plan in effect"):
        review_hold(cast.maren, case=cast.sama, on=ahead(0), present=["client"], stood={}, next_on=ahead(9))


@pytest.mark.demand("T8")
def test_a_closed_case_is_not_monitored(cast: Cast, plan: SignedPlan) -> None:
    close(cast.maren, cast.sama)
    plan.savings.case.closed_on = cast.sama.closed_on
    with pytest.raises(RuleBroken, match="Reopen it first"):
        look(cast.maren, plan.savings)
    with pytest.raises(RuleBroken, match="Reopen it first"):
        review(cast.maren, cast.sama, plan)


@pytest.mark.parametrize("who", ["tadesse", "noor", "otto", "quinn"])
def test_nobody_from_outside_records_anything(cast: Cast, plan: SignedPlan, who: str) -> None:
    with pytest.raises(NotAllowed):
        look(getattr(cast, who), plan.savings)
    with pytest.raises((NotAllowed, RuleBroken)):
        review(getattr(cast, who), cast.sama, plan)
    with acting(cast.maren):
        assert not Progress.objects.filter(case=cast.sama).exists()


def test_a_reader_of_a_lent_file_records_nothing(cast: Cast, plan: SignedPlan) -> None:
    with acting(cast.maren):
        Assignment(
            case=cast.sama,
            staff=cast.staff["tadesse"],
            role="review",
            reason="Review",
            until="2099-01-01",
            since=ahead(0),
        ).save()
    with pytest.raises(NotAllowed):
        look(cast.tadesse, plan.savings)
    with pytest.raises(NotAllowed):
        review(cast.tadesse, cast.sama, plan)


def test_the_deed_says_what_was_done_and_none_of_the_words(cast: Cast, plan: SignedPlan) -> None:
    look(cast.maren, plan.savings, words="She hides money from him.", value="$430")
    review(cast.maren, cast.sama, plan, words="He must not know.")
    said = [deed.sentence for deed in _deeds(cast)]
    assert "Recorded where objective 1.1.a stands: On course" in said
    assert "Reviewed the plan: 2 objectives" in said
    assert not any("hides" in one or "must not" in one for one in said)


def _deeds(cast: Cast) -> list[Deed]:
    with acting(cast.maren):
        return list(Deed.objects.filter(case_id=cast.sama.pk))
