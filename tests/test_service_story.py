"""Services recorded, what was planned beside what was given, and loose ends, told with the cast."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.client_level.intervention.actions import Tie, loose_end_attach, service_record
from alongside.client_level.intervention.queries import deliveries_of, loose_services, services_of
from alongside.documentation.models import Activity, Service
from alongside.documentation.models.work import DIRECT, Kind
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import NotAllowed, RuleBroken
from alongside.foundations.ids import new_id
from alongside.foundations.models import Deed
from alongside.people.models import Assignment, Case
from tests.cast import Cast
from tests.signed_plan import SignedPlan, draft_plan, signed_plan

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]

SCRIPT = "<script>alert('the sea')</script>"
Enter = Callable[[str], Client]


@pytest.fixture
def plan(cast: Cast) -> SignedPlan:
    return signed_plan(cast.maren, cast.sama)


@pytest.fixture
def enter(cast: Cast) -> Enter:
    """Sign somebody in, in a browser of their own."""

    def come_in(name: str) -> Client:
        browser = Client()
        browser.force_login(cast.staff[name].account)
        return browser

    return come_in


def recorded(cast: Cast, plan: SignedPlan | None = None, **more: object) -> Service:
    told: dict[str, object] = {
        "on": clock.today(), "kind": "teaching", "what": "Reading a lease", "minutes": 40, "mode": "face", "place": "Library",
        "present": ["Sama"], "tie": Tie(plan.goal, plan.savings) if plan else None, "stands_alone": plan is None,
    }  # fmt: skip
    return service_record(cast.maren, case=cast.sama, **told | more)  # type: ignore[arg-type]


@pytest.mark.demand("I1", "D1")
def test_a_service_is_recorded_with_all_that_the_field_asks(cast: Cast, plan: SignedPlan) -> None:
    service = recorded(cast, plan)
    with acting(cast.maren):
        held = Service.objects.get(pk=service.pk)
        deed = Deed.objects.get(subject_id=service.pk)
    assert (held.on, held.minutes, held.mode, held.place, held.present) == (
        clock.today(),
        40,
        "face",
        "Library",
        ["Sama"],
    )
    assert (held.goal_id, held.objective_id, held.stands_alone) == (plan.goal.pk, plan.savings.pk, False)
    assert (held.by_id, held.is_direct) == (cast.maren.staff, True)
    assert "lease" not in deed.sentence
    assert "40 min" in deed.sentence


@pytest.mark.demand("I1")
@pytest.mark.parametrize("kind", list(Kind))
def test_direct_and_indirect_work_are_told_apart(cast: Cast, plan: SignedPlan, kind: Kind) -> None:
    assert recorded(cast, plan, kind=kind.value).is_direct == (kind in DIRECT)


@pytest.mark.demand("I1")
@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({"minutes": 0}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"minutes": -5}, "minutes"),
        ({"what": " "}, "what"),
    ],
)
def test_what_is_missing_or_impossible_is_refused(
    cast: Cast, plan: SignedPlan, fault: dict[str, object], field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        recorded(cast, plan, **fault)
    assert refused.value.field == field


def test_a_service_is_not_recorded_ahead_of_its_day(cast: Cast, plan: SignedPlan) -> None:
    with pytest.raises(RuleBroken) as refused:
        recorded(cast, plan, on=clock.today() + timedelta(days=1))
    assert refused.value.field == "on"


@pytest.mark.demand("D1")
def test_work_for_no_goal_is_said_to_stand_on_its_own(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as refused:
        recorded(cast, stands_alone=False)
    assert refused.value.field == "ties"
    assert recorded(cast).stands_alone


def test_a_service_is_not_tied_to_the_goal_of_another_case(cast: Cast, plan: SignedPlan) -> None:
    other = cast.enroll("Ruth Okafor")
    with pytest.raises(RuleBroken, match="another case"):
        service_record(
            cast.maren,
            case=other,
            on=clock.today(),
            kind="teaching",
            what="x",
            minutes=5,
            mode="face",
            tie=Tie(plan.goal),
        )


def test_nobody_else_records_a_service_here(cast: Cast) -> None:
    for who in (cast.tadesse, cast.noor, cast.otto, cast.quinn):
        with pytest.raises(NotAllowed):
            service_record(
                who,
                case=cast.sama,
                on=clock.today(),
                kind="teaching",
                what="x",
                minutes=5,
                mode="face",
                stands_alone=True,
            )


def test_a_closed_case_takes_no_service(cast: Cast, plan: SignedPlan) -> None:
    service = recorded(cast)
    with acting(cast.maren):
        Case.objects.filter(pk=cast.sama.pk).update(closed_on=clock.today())
    with pytest.raises(RuleBroken, match="closed"):
        recorded(cast, plan)
    service.case = cast.sama
    with pytest.raises(RuleBroken, match="closed"):
        loose_end_attach(cast.maren, end=service, tie=Tie(plan.goal))


def loosened(cast: Cast) -> Service:
    """A service as an import leaves it: tied to nothing, and nobody has said that this is right."""
    service = recorded(cast)
    with acting(cast.maren):
        Service.objects.filter(pk=service.pk).update(stands_alone=False)
        return Service.objects.get(pk=service.pk)


@pytest.mark.demand("D1")
def test_a_loose_service_is_tied_to_an_objective_once(cast: Cast, plan: SignedPlan) -> None:
    service = loosened(cast)
    with acting(cast.maren):
        assert loose_services(cast.sama) == [service]
    loose_end_attach(cast.maren, end=service, tie=Tie(plan.goal, plan.nights))
    with acting(cast.maren):
        assert loose_services(cast.sama) == []
        assert Service.objects.get(pk=service.pk).objective_id == plan.nights.pk
    with pytest.raises(RuleBroken, match="already"):
        loose_end_attach(cast.maren, end=service, tie=Tie(plan.goal))


def test_a_loose_service_may_be_said_to_stand_on_its_own(cast: Cast) -> None:
    service = loosened(cast)
    loose_end_attach(cast.maren, end=service, tie=None)
    with acting(cast.maren):
        assert loose_services(cast.sama) == []
        assert Service.objects.get(pk=service.pk).stands_alone


def planned(cast: Cast, starts: int, every: int | None = 7, ends: int | None = None) -> None:
    """A plan being drafted with one weekly activity that begins in `starts` days."""
    today = clock.today()
    plan = signed_plan(cast.maren, cast.sama)
    with acting(cast.maren):
        type(plan.version).objects.filter(pk=plan.version.pk).update(state="replaced")
        version = draft_plan(cast.sama, 2)
        for row in (plan.goal, plan.savings):
            row.pk, row.version_id = new_id(), version.pk
        plan.savings.goal_id = plan.goal.pk
        plan.goal.save(force_insert=True)
        plan.savings.save(force_insert=True)
        key = new_id()
        Activity(
            id=key, origin_id=key, case=cast.sama, version=version, objective=plan.savings, actor="worker", who="Maren",
            what="Lease reading", how_often="once a week", every_days=every, starts_on=today + timedelta(days=starts),
            ends_on=today + timedelta(days=ends) if ends is not None else None,
        ).save(force_insert=True)  # fmt: skip


def given(cast: Cast, days_ago: int) -> None:
    with acting(cast.maren):
        goal = cast.sama
        activity = Activity.objects.select_related("objective__origin", "objective__goal__origin").get(case=goal)
    tie = Tie(activity.objective.goal.origin, activity.objective.origin)
    recorded(cast, on=clock.today() - timedelta(days=days_ago), tie=tie)


@pytest.mark.demand("M1")
@pytest.mark.parametrize(
    ("starts", "given_days_ago", "state", "days"),
    [
        (3, None, "ahead", -3),
        (-2, None, "due", 2),
        (-7, None, "due", 7),
        (-8, None, "never", 8),
        (-20, 2, "given", 2),
        (-20, 8, "silent", 8),
        (-5, 9, "due", 5),
    ],
)
def test_what_was_planned_stands_beside_what_was_given(
    cast: Cast, starts: int, given_days_ago: int | None, state: str, days: int
) -> None:
    """Work before an activity began counts for nothing; silence for longer than agreed is seen."""
    planned(cast, starts)
    if given_days_ago is not None:
        given(cast, given_days_ago)
    with acting(cast.maren):
        (one,) = deliveries_of(cast.sama)
    assert (one.state, one.days) == (state, days)


@pytest.mark.demand("M1")
def test_an_activity_that_is_over_is_given_or_never_started(cast: Cast) -> None:
    planned(cast, -20, ends=-3)
    with acting(cast.maren):
        (one,) = deliveries_of(cast.sama)
    assert (one.state, one.times) == ("never", 0)
    given(cast, 10)
    with acting(cast.maren):
        (one,) = deliveries_of(cast.sama)
    assert (one.state, one.times, one.last) == ("given", 1, clock.today() - timedelta(days=10))


def test_without_a_rhythm_nothing_is_late_once_it_began(cast: Cast) -> None:
    planned(cast, -60, every=None)
    given(cast, 50)
    with acting(cast.maren):
        (one,) = deliveries_of(cast.sama)
    assert one.state == "given"


def typed(**more: object) -> dict[str, object]:
    told: dict[str, object] = {
        "once": str(new_id()), "on": clock.today().isoformat(), "minutes": "40", "kind": "advocating", "what": "Rang the landlord",
        "mode": "phone", "place": "Office", "present": [], "others": "Hala K., the landlord", "ties": "alone",
    }  # fmt: skip
    return told | more


@pytest.mark.demand("I1", "M1")
def test_maren_records_a_service_and_finds_it_in_the_ledger(cast: Cast, plan: SignedPlan, enter: Enter) -> None:
    browser, place = enter("maren"), reverse("service_new", args=[cast.sama.pk])
    text = browser.get(place + f"?objective={plan.savings.pk}").content.decode()
    assert "Record service" in text
    assert "Indirect, for the client" in text
    sent = typed(ties=str(plan.savings.pk))
    for _time in range(2):
        answer = browser.post(place, sent)
        assert answer.headers["Location"] == reverse("services", args=[cast.sama.pk])
    with acting(cast.maren):
        (service,) = services_of(cast.sama)
    assert service.present == ["Hala K.", "the landlord"]
    page = browser.get(answer.headers["Location"]).content.decode()
    for said in ("Rang the landlord", "Indirect", "40 min", "1.1.a", "No plan names any activity yet"):
        assert said in page


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ({"minutes": ""}, "Give a number of minutes, for example 45."),
        ({"minutes": "2000"}, "Give a number of minutes, for example 45."),
        ({"on": "2999-01-01"}, "Choose today or a day that is past"),
        ({"ties": ""}, "Choose a goal or an objective"),
        ({"others": "x" * 81}, "Shorten the names"),
    ],
)
def test_a_gap_in_the_form_keeps_what_was_typed(
    cast: Cast, plan: SignedPlan, enter: Enter, fault: dict[str, object], says: str
) -> None:
    answer = enter("maren").post(reverse("service_new", args=[cast.sama.pk]), typed(what=f"The lease {SCRIPT}") | fault)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert says in text
    assert "The lease" in text
    assert SCRIPT not in text


@pytest.mark.demand("M1")
def test_the_services_page_says_in_a_sentence_what_was_never_started(cast: Cast, enter: Enter) -> None:
    planned(cast, -20)
    page = enter("maren").get(reverse("services", args=[cast.sama.pk])).content.decode()
    assert "1 planned." in page
    assert "1 never started." in page
    assert "Planned, never started, 20 days" in page
    assert "?objective=" in page


@pytest.mark.demand("D1")
def test_loose_ends_are_shown_and_tied_from_their_page(cast: Cast, plan: SignedPlan, enter: Enter) -> None:
    service, browser = loosened(cast), enter("maren")
    place = reverse("loose_end_attach", args=[cast.sama.pk, "service", service.pk])
    assert place in browser.get(reverse("services", args=[cast.sama.pk])).content.decode()
    assert "Reading a lease" in browser.get(place).content.decode()
    assert browser.post(place, {"once": str(new_id()), "ties": ""}).status_code == 422
    assert browser.post(place, {"once": str(new_id()), "ties": str(plan.goal.pk)}).status_code == 302
    assert place not in browser.get(reverse("services", args=[cast.sama.pk])).content.decode()
    for wrong in (["note", service.pk], ["service", new_id()], ["person", service.pk]):
        assert browser.get(reverse("loose_end_attach", args=[cast.sama.pk, *wrong])).status_code == 404


def test_empty_places_say_what_comes_next(cast: Cast, enter: Enter) -> None:
    page = enter("maren").get(reverse("services", args=[cast.sama.pk])).content.decode()
    for said in ("Nothing is planned yet.", "Nobody was asked yet.", "None recorded yet."):
        assert said in page


@pytest.mark.demand("C4")
def test_strangers_see_no_services_and_readers_record_none(cast: Cast, plan: SignedPlan, enter: Enter) -> None:
    service = recorded(cast, plan)
    with acting(cast.maren):
        Assignment(
            case=cast.sama,
            staff=cast.staff["quinn"],
            role="review",
            reason="Review",
            until="2099-01-01",
            since=clock.today(),
        ).save(force_insert=True)
    for who in ("tadesse", "noor"):
        assert enter(who).get(reverse("services", args=[cast.sama.pk])).status_code == 404
        assert enter(who).post(reverse("service_new", args=[cast.sama.pk]), typed()).status_code == 404
    assert enter("otto").get(reverse("services", args=[cast.sama.pk])).status_code in (403, 404)
    reader = enter("quinn")
    page = reader.get(reverse("services", args=[cast.sama.pk])).content.decode()
    assert "Reading a lease" in page
    assert "Record a service" not in page
    assert reader.get(reverse("service_new", args=[cast.sama.pk])).status_code == 403
    assert reader.get(reverse("loose_end_attach", args=[cast.sama.pk, "service", service.pk])).status_code == 403


def test_a_closed_case_shows_its_services_and_takes_no_more(cast: Cast, enter: Enter) -> None:
    recorded(cast)
    with acting(cast.maren):
        Case.objects.filter(pk=cast.sama.pk).update(closed_on=date(2999, 1, 1))
    browser = enter("maren")
    page = browser.get(reverse("services", args=[cast.sama.pk])).content.decode()
    assert "Reading a lease" in page
    assert "Record a service" not in page
    assert browser.get(reverse("service_new", args=[cast.sama.pk])).status_code == 422
