"""A plan out for signing is not stuck when the program stops asking for a signature while it is out (practice P8)."""

import pytest
from django.urls import reverse

from alongside.client_level.planning.actions import plan_amend, plan_offer, plan_settle, plan_sign
from alongside.documentation.models import PlanVersion
from alongside.foundations.actor import acting
from alongside.foundations.errors import NotAllowed, NotYours, RuleBroken
from alongside.foundations.models import Deed, StateChange
from alongside.people.models import Program
from tests.cast import Cast
from tests.planning import STROKES, frame, offered
from tests.visits import read, signed_in

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


def supervisor_signs(cast: Cast, asks: bool) -> None:
    with acting(cast.otto):
        Program.objects.filter(pk=cast.program.pk).update(supervisor_signs_plans=asks)


def stuck(cast: Cast) -> PlanVersion:
    """Client and worker have signed; the supervisor was to, and is not asked any more."""
    supervisor_signs(cast, asks=True)
    version, _goal, _objective = offered(cast)
    plan_sign(cast.maren, version=version, capacity="client", strokes=STROKES, language="Arabic")
    plan_sign(cast.maren, version=version, capacity="worker")
    supervisor_signs(cast, asks=False)
    return version


def now(cast: Cast, version: PlanVersion) -> PlanVersion:
    with acting(cast.maren):
        return PlanVersion.objects.get(pk=version.pk)


@pytest.mark.demand("P8")
def test_a_plan_that_waits_for_nobody_any_more_is_put_into_effect(cast: Cast) -> None:
    version = stuck(cast)
    assert now(cast, version).state == "signing"
    plan_settle(cast.maren, version=version)
    held = now(cast, version)
    assert held.state == "in_effect" and held.in_effect_on is not None
    with acting(cast.maren):
        assert Deed.objects.filter(verb="plan_settle", subject_id=version.pk).count() == 1
        assert StateChange.objects.filter(paper_id=version.pk, end="in_effect").count() == 1
    with pytest.raises(RuleBroken, match="not waiting"):
        plan_settle(cast.maren, version=version)


@pytest.mark.demand("P8")
def test_while_somebody_must_sign_it_is_not_put_into_effect(cast: Cast) -> None:
    version = stuck(cast)
    supervisor_signs(cast, asks=True)
    with pytest.raises(RuleBroken, match="must still sign"):
        plan_settle(cast.maren, version=version)
    plan_sign(cast.delphine, version=version, capacity="supervisor")
    assert now(cast, version).state == "in_effect"


@pytest.mark.demand("P8")
def test_a_plan_that_the_client_has_not_signed_waits_for_the_client(cast: Cast) -> None:
    version, _goal, _objective = offered(cast)
    plan_sign(cast.maren, version=version, capacity="worker")
    with pytest.raises(RuleBroken, match="must still sign"):
        plan_settle(cast.maren, version=version)


def test_the_page_offers_it_and_asks_once_more(cast: Cast) -> None:
    version, browser = stuck(cast), signed_in(cast, "maren")
    place = reverse("plan_settle", args=[cast.sama.pk, version.pk])
    assert place in read(browser, "plan", cast.sama.pk)
    assert "Put version 1 into effect" in browser.get(place).content.decode()
    assert now(cast, version).state == "signing"
    assert browser.post(place).status_code == 302
    assert now(cast, version).state == "in_effect"
    assert place not in read(browser, "plan", cast.sama.pk)


def test_the_page_does_not_offer_it_while_a_signature_is_lacking(cast: Cast) -> None:
    version = stuck(cast)
    supervisor_signs(cast, asks=True)
    assert reverse("plan_settle", args=[cast.sama.pk, version.pk]) not in read(
        signed_in(cast, "maren"), "plan", cast.sama.pk
    )


def test_it_replaces_the_plan_before(cast: Cast) -> None:
    first = stuck(cast)
    plan_settle(cast.maren, version=first)
    supervisor_signs(cast, asks=True)
    second = plan_offer(cast.maren, version=plan_amend(cast.maren, case=cast.sama, frame=frame()))
    plan_sign(cast.maren, version=second, capacity="client", strokes=STROKES, language="Arabic")
    plan_sign(cast.maren, version=second, capacity="worker")
    assert [now(cast, version).state for version in (first, second)] == ["in_effect", "signing"]
    supervisor_signs(cast, asks=False)
    plan_settle(cast.maren, version=second)
    assert [now(cast, version).state for version in (first, second)] == ["replaced", "in_effect"]


@pytest.mark.demand("C4")
@pytest.mark.parametrize("who", ["tadesse", "noor", "otto"])
def test_others_put_nothing_into_effect(cast: Cast, who: str) -> None:
    version = stuck(cast)
    with pytest.raises((NotAllowed, NotYours)):
        plan_settle(getattr(cast, who), version=version)
    assert signed_in(cast, who).post(reverse("plan_settle", args=[cast.sama.pk, version.pk])).status_code in (403, 404)
    assert now(cast, version).state == "signing"
