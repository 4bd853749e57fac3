"""A referral to another agency from its consent to what came of it, told with the cast."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from alongside.client_level.intervention.actions import (
    Consent,
    Tie,
    referral_out_answer,
    referral_out_chase,
    referral_out_make,
    referral_out_send,
)
from alongside.client_level.intervention.queries import is_late, referrals_of, steps_of
from alongside.client_level.intervention.states import REFERRAL_OUT
from alongside.confidentiality.models import Disclosure
from alongside.documentation.models import ReferralOut
from alongside.documentation.models.work import ReferralState
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import ChangedByAnother, NotAllowed, RuleBroken
from alongside.foundations.ids import new_id
from alongside.foundations.models import Deed, StateChange
from alongside.people.models import Assignment, Case
from tests.cast import Cast
from tests.releasing import SIGNED_HERE, aloud
from tests.signed_plan import SignedPlan, signed_plan

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


def agreed(**more: Any) -> Consent:
    return aloud(**more)


def made(cast: Cast, plan: SignedPlan | None = None, consent: Consent | None = None, **more: Any) -> ReferralOut:
    told: dict[str, Any] = {
        "organization": "Riverside Adult School",
        "service": "English class",
        "shares": "Name and level",
    } | more
    tie = Tie(plan.goal, plan.savings) if plan else None
    return referral_out_make(cast.maren, case=cast.sama, tie=tie, consent=consent, **told)


def sent(cast: Cast, plan: SignedPlan | None = None) -> ReferralOut:
    referral = made(cast, plan, agreed())
    return referral_out_send(cast.maren, referral=referral, edition=referral.edition)


def answered(cast: Cast, referral: ReferralOut, step: str, **more: str) -> ReferralOut:
    return referral_out_answer(
        cast.maren, referral=referral, step=step, on=clock.today(), edition=referral.edition, **more
    )


@pytest.mark.demand("I4", "D1")
def test_sama_is_referred_to_a_class_and_it_is_followed_to_what_came_of_it(cast: Cast, plan: SignedPlan) -> None:
    referral = sent(cast, plan)
    assert (referral.state, referral.sent_on) == ("sent", clock.today())
    assert referral.chase_on == clock.today() + timedelta(days=14)
    assert (referral.goal_id, referral.objective_id) == (plan.goal.pk, plan.savings.pk)
    referral = answered(cast, referral, "receive")
    assert referral.chase_on is not None
    referral = answered(cast, referral, "accept", feedback="A place from Monday")
    assert (referral.answered_on, referral.chase_on) == (clock.today(), None)
    referral = answered(cast, referral, "start")
    referral = answered(cast, referral, "close", outcome="She passed the first level.")
    with acting(cast.maren):
        held = ReferralOut.objects.get(pk=referral.pk)
        ends = list(StateChange.objects.filter(paper_id=held.pk).order_by("at").values_list("end", flat=True))
    assert (held.state, held.started_on, held.closed_on) == ("closed", clock.today(), clock.today())
    assert (held.feedback, held.outcome) == ("A place from Monday", "She passed the first level.")
    assert ends == ["sent", "received", "accepted", "started", "closed"]


@pytest.mark.demand("I4", "C1")
def test_nothing_is_sent_before_the_client_has_consented(cast: Cast, plan: SignedPlan) -> None:
    referral = made(cast, plan)
    with pytest.raises(RuleBroken) as refused:
        referral_out_send(cast.maren, referral=referral, edition=1)
    assert refused.value.field == "release"
    referral = referral_out_send(cast.maren, referral=referral, edition=1, consent=agreed())
    assert referral.consented_on == clock.today()
    with acting(cast.maren):
        out = Disclosure.objects.get(release=referral.release)
    assert (out.recipient, out.how, out.categories) == ("Riverside Adult School", "referral", ["identity"])


@pytest.mark.demand("I4", "C1")
@pytest.mark.parametrize("state", [state for state in ReferralState if state not in ("draft", "closed")])
def test_the_database_itself_refuses_a_referral_without_consent(cast: Cast, plan: SignedPlan, state: str) -> None:
    referral = made(cast, plan)
    with acting(cast.maren), pytest.raises(IntegrityError, match="referral_needs_consent"), transaction.atomic():
        ReferralOut.objects.filter(pk=referral.pk).update(state=state)


@pytest.mark.demand("I4")
@pytest.mark.parametrize("field", ["organization", "service", "shares"])
def test_to_whom_for_what_and_what_they_learn_is_said(cast: Cast, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        made(cast, None, None, **{field: "  "})
    assert refused.value.field == field


def test_a_consent_is_not_of_tomorrow_and_says_how_it_was_given(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as refused:
        made(cast, consent=agreed(on=clock.today() + timedelta(days=1)))
    assert refused.value.field == "signed_on"
    with pytest.raises(RuleBroken) as refused:
        made(cast, consent=agreed(witness=" "))
    assert refused.value.field == "witness"


@pytest.mark.demand("I4")
def test_a_refusal_says_why_and_a_closing_says_what_came_of_it(cast: Cast, plan: SignedPlan) -> None:
    referral = sent(cast, plan)
    with pytest.raises(RuleBroken) as refused:
        answered(cast, referral, "decline")
    assert refused.value.field == "feedback"
    with pytest.raises(RuleBroken) as refused:
        answered(cast, referral, "close")
    assert refused.value.field == "outcome"
    referral = answered(cast, referral, "decline", feedback="Full until May")
    assert (referral.state, referral.chase_on) == ("declined", None)


def test_an_answer_is_not_older_than_the_sending_nor_of_tomorrow(cast: Cast, plan: SignedPlan) -> None:
    referral = sent(cast, plan)
    for day in (clock.today() - timedelta(days=1), clock.today() + timedelta(days=1)):
        with pytest.raises(RuleBroken) as refused:
            referral_out_answer(cast.maren, referral=referral, step="accept", on=day, edition=referral.edition)
        assert refused.value.field == "on"


@pytest.mark.demand("I4")
def test_a_referral_without_an_answer_is_chased_and_each_time_is_on_record(cast: Cast, plan: SignedPlan) -> None:
    referral = sent(cast, plan)
    later = clock.now() + timedelta(days=15)
    with clock.held(later):
        assert is_late(referral)
        referral = referral_out_chase(cast.maren, referral=referral, edition=referral.edition)
        assert referral.chase_on == clock.today() + timedelta(days=14)
        assert not is_late(referral)
    with acting(cast.maren):
        deed = Deed.objects.get(subject_id=referral.pk, verb="referral_out_chase")
    assert "Riverside Adult School" in deed.sentence
    assert "chase_on" in deed.changes


def test_on_the_day_itself_it_is_not_late_yet(cast: Cast, plan: SignedPlan) -> None:
    referral = sent(cast, plan)
    with clock.held(clock.now() + timedelta(days=14)):
        assert not is_late(referral)


def test_the_day_to_ask_again_can_be_chosen_and_lies_ahead(cast: Cast, plan: SignedPlan) -> None:
    referral = made(cast, plan, agreed())
    soon = clock.today() + timedelta(days=3)
    with pytest.raises(RuleBroken) as refused:
        referral_out_send(cast.maren, referral=referral, edition=1, chase_on=clock.today())
    assert refused.value.field == "chase_on"
    referral = referral_out_send(cast.maren, referral=referral, edition=1, chase_on=soon)
    assert referral.chase_on == soon


def test_nobody_is_chased_who_owes_no_answer(cast: Cast, plan: SignedPlan) -> None:
    draft = made(cast, plan, agreed())
    with pytest.raises(RuleBroken, match="owes an answer"):
        referral_out_chase(cast.maren, referral=draft, edition=1)
    accepted = answered(cast, sent(cast, plan), "accept")
    with pytest.raises(RuleBroken, match="owes an answer"):
        referral_out_chase(cast.maren, referral=accepted, edition=accepted.edition)


@pytest.mark.demand("I4")
def test_a_place_on_a_waiting_list_is_asked_after_and_may_become_a_place(cast: Cast, plan: SignedPlan) -> None:
    referral = answered(cast, sent(cast, plan), "wait-list", feedback="Third on the list")
    assert (referral.state, referral.chase_on) == ("waitlisted", clock.today() + timedelta(days=14))
    referral = referral_out_chase(cast.maren, referral=referral, edition=referral.edition)
    assert answered(cast, referral, "accept").state == "accepted"


STEPS_OPEN = {
    "draft": {"send"},
    "sent": {"receive", "accept", "decline", "wait-list", "close"},
    "received": {"accept", "decline", "wait-list", "close"},
    "waitlisted": {"accept", "decline", "close"},
    "accepted": {"start", "close"},
    "declined": {"close"},
    "started": {"close"},
    "closed": set[str](),
}


@pytest.mark.demand("I4")
@pytest.mark.parametrize("state", list(ReferralState))
@pytest.mark.parametrize("step", ["send", "receive", "accept", "decline", "wait-list", "start", "close"])
def test_every_state_and_every_step_of_a_referral(state: ReferralState, step: str) -> None:
    assert (REFERRAL_OUT.find(state, step) is not None) == (step in STEPS_OPEN[state.value])


def test_a_step_that_is_not_open_changes_nothing(cast: Cast, plan: SignedPlan) -> None:
    referral = sent(cast, plan)
    with pytest.raises(RuleBroken, match="not open"):
        answered(cast, referral, "start", feedback="They said so")
    with acting(cast.maren):
        held = ReferralOut.objects.get(pk=referral.pk)
    assert (held.state, held.started_on, held.feedback, held.edition) == ("sent", None, "", referral.edition)


def test_two_people_at_one_referral_do_not_overwrite_each_other(cast: Cast, plan: SignedPlan) -> None:
    referral = sent(cast, plan)
    answered(cast, referral, "accept", feedback="From Monday")
    with pytest.raises(ChangedByAnother) as changed:
        answered(cast, referral, "decline", feedback="Full")
    assert changed.value.theirs["feedback"] == "From Monday"
    assert "accepted" in changed.value.sentence


def test_a_stranger_and_the_administrator_move_no_referral(cast: Cast, plan: SignedPlan) -> None:
    referral = sent(cast, plan)
    for who in (cast.tadesse, cast.noor, cast.otto):
        with pytest.raises(NotAllowed):
            referral_out_answer(who, referral=referral, step="accept", on=clock.today(), edition=referral.edition)
        with pytest.raises(NotAllowed):
            referral_out_make(who, case=cast.sama, organization="A", service="B", shares="C")


def test_a_closed_case_takes_no_referral_and_no_step(cast: Cast, plan: SignedPlan) -> None:
    referral = sent(cast, plan)
    with acting(cast.maren):
        Case.objects.filter(pk=cast.sama.pk).update(closed_on=clock.today())
    cast.sama.closed_on = clock.today()
    with pytest.raises(RuleBroken, match="closed"):
        made(cast)
    with pytest.raises(RuleBroken, match="closed"):
        answered(cast, referral, "accept")


@pytest.mark.demand("I4")
def test_the_steps_are_drawn_as_far_as_they_went(cast: Cast, plan: SignedPlan) -> None:
    def drawn(referral: ReferralOut) -> list[tuple[str, str]]:
        return [(step.label, step.place) for step in steps_of(referral)]

    referral = made(cast, plan, agreed())
    assert {place for _, place in drawn(referral)} == {""}
    referral = referral_out_send(cast.maren, referral=referral, edition=1)
    assert drawn(referral)[0] == ("sent", "here")
    referral = answered(cast, referral, "accept")
    assert drawn(referral)[:4] == [("sent", "past"), ("received", "past"), ("accepted", "here"), ("service began", "")]
    refused = answered(cast, sent(cast, plan), "decline", feedback="Full")
    assert drawn(refused) == [("sent", "past"), ("received", "past"), ("declined", "here"), ("closed", "")]
    over = answered(cast, refused, "close", outcome="Another school instead")
    assert drawn(over)[2:] == [("answered", "past"), ("service began", ""), ("closed", "here")]


def test_those_that_wait_for_an_answer_come_first_and_the_closed_last(cast: Cast, plan: SignedPlan) -> None:
    over = answered(cast, sent(cast, plan), "close", outcome="Moved away")
    waiting, draft = sent(cast, plan), made(cast, plan)
    with acting(cast.maren):
        assert [row.pk for row in referrals_of(cast.sama)] == [waiting.pk, draft.pk, over.pk]


def filled(**more: object) -> dict[str, object]:
    told: dict[str, object] = {
        "once": str(new_id()), "organization": "Night Rest", "service": "A group for sleep", "shares": "Her first name",
        "ties": "alone", "gives": ["identity"], **SIGNED_HERE,
    }  # fmt: skip
    return told | more


@pytest.mark.demand("I4")
def test_maren_makes_sends_and_follows_a_referral_on_its_pages(cast: Cast, plan: SignedPlan, enter: Enter) -> None:
    browser = enter("maren")
    text = browser.get(
        reverse("referral_out_new", args=[cast.sama.pk]) + f"?objective={plan.savings.pk}"
    ).content.decode()
    (box,) = [row for row in text.split("<label") if f'value="{plan.savings.pk}"' in row]
    assert " checked" in box
    answer = browser.post(reverse("referral_out_new", args=[cast.sama.pk]), filled(ties=str(plan.savings.pk)))
    place = answer.headers["Location"]
    page = browser.get(place).content.decode()
    assert page.count("btn-primary") == 2  # the header's way to a note, and sending
    assert "Send referral" in page
    with acting(cast.maren):
        referral = ReferralOut.objects.get(case=cast.sama)
    assert referral.objective_id == plan.savings.pk
    keys = [cast.sama.pk, referral.pk]
    told = {"once": str(new_id()), "edition": "1", "chase_on": ""}
    assert browser.post(reverse("referral_out_send", args=keys), told).status_code == 302
    told = {
        "once": str(new_id()),
        "edition": "2",
        "step": "accept",
        "on": clock.today().isoformat(),
        "feedback": "Come Monday",
    }
    assert browser.post(reverse("referral_out_answer", args=keys), told).status_code == 302
    page = browser.get(place).content.decode()
    assert "Come Monday" in page
    assert "I asked again today" not in page


@pytest.mark.demand("I4")
def test_a_late_referral_is_chased_from_its_page(cast: Cast, plan: SignedPlan, enter: Enter) -> None:
    referral = sent(cast, plan)
    with acting(cast.maren):
        ReferralOut.objects.filter(pk=referral.pk).update(chase_on=clock.today() - timedelta(days=8))
    browser, keys = enter("maren"), [cast.sama.pk, referral.pk]
    page = browser.get(reverse("services", args=[cast.sama.pk])).content.decode()
    assert "Ask again" in page
    assert "1 referral without an answer in time." in page
    told = {"once": str(new_id()), "edition": str(referral.edition), "chase_on": ""}
    for _time in range(2):
        assert browser.post(reverse("referral_out_chase", args=keys), told).status_code == 302
    with acting(cast.maren):
        assert ReferralOut.objects.get(pk=referral.pk).chase_on == clock.today() + timedelta(days=14)
        assert Deed.objects.filter(subject_id=referral.pk, verb="referral_out_chase").count() == 1
    assert "Asked Riverside Adult School again" in browser.get(reverse("referral_out", args=keys)).content.decode()


def test_a_form_with_a_gap_comes_back_with_all_that_was_typed(cast: Cast, plan: SignedPlan, enter: Enter) -> None:
    sent_form = filled(organization="", ties="", shares=SCRIPT)
    answer = enter("maren").post(reverse("referral_out_new", args=[cast.sama.pk]), sent_form)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "A group for sleep" in text
    assert "Choose a goal or an objective" in text
    assert SCRIPT not in text
    assert "&lt;script&gt;" in text


def test_before_there_is_a_plan_help_is_not_held_up(cast: Cast, enter: Enter) -> None:
    answer = enter("maren").post(reverse("referral_out_new", args=[cast.sama.pk]), filled(ties=""))
    assert answer.status_code == 302


def test_sending_without_consent_asks_for_it_on_the_page(cast: Cast, plan: SignedPlan, enter: Enter) -> None:
    referral = made(cast, plan)
    keys = [cast.sama.pk, referral.pk]
    told = {"once": str(new_id()), "edition": "1", "release": "", "chase_on": ""}
    answer = enter("maren").post(reverse("referral_out_send", args=keys), told)
    assert answer.status_code == 422
    assert "Nothing is sent before the client has consented" in answer.content.decode()


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"step": "decline"}, "the reason they gave"),
        ({"step": "close"}, "what came of this referral"),
        ({"step": ""}, "Choose what has happened."),
        ({"step": "start"}, "This does not follow now. Choose one of these."),
    ],
)
def test_an_answer_that_lacks_something_comes_back(
    cast: Cast, plan: SignedPlan, enter: Enter, told: dict[str, str], says: str
) -> None:
    referral = sent(cast, plan)
    form = {"once": str(new_id()), "edition": str(referral.edition), "on": clock.today().isoformat()} | told
    answer = enter("maren").post(reverse("referral_out_answer", args=[cast.sama.pk, referral.pk]), form)
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_an_old_page_shows_both_versions(cast: Cast, plan: SignedPlan, enter: Enter) -> None:
    referral = sent(cast, plan)
    answered(cast, referral, "receive", feedback="Arrived on Tuesday")
    form = {
        "once": str(new_id()),
        "edition": str(referral.edition),
        "step": "accept",
        "on": clock.today().isoformat(),
        "feedback": "Come Monday",
    }
    answer = enter("maren").post(reverse("referral_out_answer", args=[cast.sama.pk, referral.pk]), form)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Arrived on Tuesday" in text
    assert "Come Monday" in text


@pytest.mark.demand("C4")
def test_strangers_find_no_referral_and_readers_change_none(cast: Cast, plan: SignedPlan, enter: Enter) -> None:
    referral = sent(cast, plan)
    keys = [cast.sama.pk, referral.pk]
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
        assert enter(who).get(reverse("referral_out", args=keys)).status_code == 404
        assert enter(who).post(reverse("referral_out_chase", args=keys), {"edition": "2"}).status_code == 404
    assert enter("otto").get(reverse("referral_out", args=keys)).status_code in (403, 404)
    reader = enter("quinn")
    page = reader.get(reverse("referral_out", args=keys)).content.decode()
    assert "Riverside Adult School" in page
    assert "Write it down" not in page
    assert reader.post(reverse("referral_out_chase", args=keys), {"edition": "2"}).status_code == 403
    assert reader.get(reverse("referral_out_new", args=[cast.sama.pk])).status_code == 403
    other = cast.enroll("Ruth Okafor")
    assert enter("maren").get(reverse("referral_out", args=[other.pk, referral.pk])).status_code == 404
