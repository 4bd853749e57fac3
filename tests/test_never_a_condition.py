"""A release is never a condition of service: the whole way in and through is walked without one (practice C1, E5)."""

import inspect
import re

import pytest

from alongside.client_level.engagement import actions as engagement
from alongside.client_level.intervention.actions import service_record
from alongside.confidentiality.models import Disclosure, Release
from alongside.documentation.models import PlanVersion
from alongside.foundations import clock
from alongside.foundations.action import VERBS
from alongside.foundations.actor import acting
from tests.cast import Cast
from tests.signed_plan import signed_plan
from tests.visits import read, signed_in

FORM = re.compile(r'<form[^>]*method="post".*?</form>', re.S)
pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C1", "E5")]


def test_sama_is_referred_screened_enrolled_planned_for_and_served_without_any_release(cast: Cast) -> None:
    case = cast.enroll()
    signed_plan(cast.maren, case)
    service_record(
        cast.maren,
        case=case,
        on=clock.today(),
        kind="guiding",
        what="Looked at flats",
        minutes=30,
        mode="face",
        stands_alone=True,
    )
    with acting(cast.maren):
        assert PlanVersion.objects.filter(case=case, state="in_effect").exists()
        assert not Release.objects.exists()
        assert not Disclosure.objects.exists()


def test_no_verb_of_intake_takes_a_release() -> None:
    verbs = [name for name, verb in VERBS.items() if verb.room.endswith("engagement")]
    assert "case_enroll" in verbs
    for name in verbs:
        asked = inspect.signature(getattr(engagement, name, lambda: None)).parameters
        assert not {one for one in asked if "release" in one}


def test_no_form_of_intake_asks_for_one(cast: Cast) -> None:
    referral = cast.refer()
    browser = signed_in(cast, "ines")
    pages = [
        read(browser, "referral_new"),
        read(browser, "referral_screen", referral.pk),
        read(browser, "referral_in", referral.pk),
    ]
    case = cast.open_case("Ruth Okafor")
    pages.append(read(signed_in(cast, "maren"), "case_enroll", case.pk))
    for page in pages:
        forms = FORM.findall(page)
        assert forms
        assert not [form for form in forms if "release" in form.lower()]
