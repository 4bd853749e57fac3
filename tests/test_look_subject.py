"""A look at a referral says which referral, also before there is a case (practice C5)."""

import pytest
from django.db import connections
from django.urls import reverse

from alongside.client_level.engagement.models import ReferralIn
from alongside.foundations.actor import Actor, acting
from alongside.foundations.ids import new_id
from alongside.foundations.models import Look
from tests.cast import Cast
from tests.visits import read, signed_in

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


def looks_at(actor: Actor, kind: str) -> list[Look]:
    """The looks of that kind which `actor` may read, the oldest first."""
    with connections["looks"].cursor() as cursor:
        named = [str(actor.staff), str(actor.agency)]
        cursor.execute(
            "SELECT set_config('alongside.staff', %s, true), set_config('alongside.agency', %s, true)", named
        )
    return list(Look.objects.using("looks").filter(kind=kind).order_by("at"))


@pytest.mark.demand("C5")
def test_a_look_at_a_referral_without_a_case_says_which_referral(cast: Cast) -> None:
    first, second = cast.refer("Sama Othman"), cast.refer("Ruth Okafor")
    for referral in (first, second, first):
        read(signed_in(cast, "ines"), "referral_in", referral.pk)
    seen = looks_at(cast.ines, "opened")
    assert [look.subject_id for look in seen] == [first.pk, second.pk, first.pk]
    assert {(look.case_id, look.subject_kind) for look in seen} == {(None, ReferralIn._meta.label_lower)}


@pytest.mark.demand("C4", "C5")
def test_a_refused_look_says_what_was_asked_for_whether_it_exists_or_not(cast: Cast) -> None:
    referral, nothing = cast.refer(), new_id()
    for key in (referral.pk, nothing):
        assert signed_in(cast, "noor").get(reverse("referral_in", args=[key])).status_code == 404
    assert [look.subject_id for look in looks_at(cast.noor, "refused")] == [referral.pk, nothing]


@pytest.mark.demand("C5")
def test_a_look_at_a_referral_with_a_case_names_both(cast: Cast) -> None:
    case = cast.open_case()
    with acting(cast.ines):
        key = ReferralIn.objects.get(case=case).pk
    read(signed_in(cast, "ines"), "referral_in", key)
    (look,) = looks_at(cast.ines, "opened")
    assert (look.case_id, look.subject_kind, look.subject_id) == (case.pk, ReferralIn._meta.label_lower, key)
