"""The same person is not registered twice: a referral asks whether it is somebody known, and tells nobody's secret (E8)."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from alongside.client_level.engagement.models import ReferralIn
from alongside.foundations.actor import acting
from alongside.people.models import Assignment, ContactPoint, Person
from tests.cast import Cast
from tests.door import brought_to, lola
from tests.visits import SCRIPT, beside, read, send, signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


def again(cast: Cast, **more: object) -> Any:
    """Ines types in Lola, who was referred before, with a slip of the pen."""
    return send(signed_in(cast, "ines"), "referral_new", **lola(cast, preferred_name="Lola Marcheti", **more))


@pytest.mark.demand("E8")
def test_somebody_known_is_offered_without_script_and_nothing_typed_is_lost(cast: Cast) -> None:
    cast.refer("Lola Marchetti")
    asked = again(cast)
    assert "name like this is known here" in beside(asked, "who")
    page = words_of(asked)
    assert "Lola Marchetti, born 4 Mar 1992" in page
    assert 'value="Lola Marcheti"' in page and "Wants to learn to read" in page


@pytest.mark.demand("E8")
def test_the_same_person_gets_a_second_referral_and_no_second_record(cast: Cast) -> None:
    first = cast.refer("Lola Marchetti")
    assert again(cast, who=first.client_id, kind="other", value="ask at the library desk").status_code == 302
    with acting(cast.ines):
        assert ReferralIn.objects.filter(client=first.client_id).count() == 2
        assert Person.objects.count() == 1
        assert ContactPoint.objects.get(person=first.client_id).value == "ask at the library desk"
        assert Person.objects.get().preferred_name == "Lola Marchetti", "what is known stays as it is"


@pytest.mark.demand("E8")
def test_somebody_else_of_that_name_is_put_down_as_somebody_else(cast: Cast) -> None:
    first = cast.refer("Lola Marchetti")
    assert again(cast, who="new").status_code == 302
    with acting(cast.ines):
        assert ReferralIn.objects.exclude(client=first.client_id).count() == 1


@pytest.mark.demand("E8", "C4")
@pytest.mark.parametrize("who", ["new", "hidden", "nobody", ""])
def test_nobody_learns_that_somebody_is_known_whom_they_may_not_see(cast: Cast, who: str) -> None:
    """Lola is a client already, and Noor's agency has a Lola too: the door sees neither, and no key names them."""
    case = cast.enroll("Lola Marchetti", primary="tadesse")
    with acting(cast.noor):
        far = Person(agency=cast.elsewhere, preferred_name="Lola Marchetti")
        far.save(force_insert=True)
    with acting(cast.ines):
        Assignment.objects.filter(case=case, role="intake").delete()
    key = {"hidden": str(case.client_id), "nobody": str(uuid4())}.get(who, who)
    answer = again(cast, who=key)
    assert answer.status_code == 302, "as if nobody of that name were known"
    with acting(cast.ines):
        assert ReferralIn.objects.get(pk=answer.headers["Location"].split("/")[-2]).client_id not in (
            case.client_id,
            far.pk,
        )


@pytest.mark.demand("E8")
def test_sent_twice_is_one_referral(cast: Cast) -> None:
    once = str(uuid4())
    first, second = again(cast, once=once), again(cast, once=once)
    assert first.headers["Location"] == second.headers["Location"], "the second is not asked about the first"
    with acting(cast.ines):
        assert ReferralIn.objects.count() == 1


def test_a_script_for_a_name_is_offered_as_words(cast: Cast) -> None:
    cast.refer(SCRIPT)
    asked = send(signed_in(cast, "ines"), "referral_new", **lola(cast, preferred_name=SCRIPT))
    assert "<script>alert" not in asked.content.decode()


@pytest.mark.demand("E5")
@pytest.mark.parametrize(
    ("state", "said", "next_page"),
    [
        ("received", "has not been screened", "referral_screen"),
        ("screened", "has no answer yet", "referral_answer"),
        ("waitlisted", "on the waiting list", "referral_answer"),
        ("screened_out", "answered otherwise: screened out", "referral_new"),
        ("directed", "answered otherwise: directed elsewhere", "referral_new"),
    ],
)
def test_a_referral_that_cannot_become_a_case_says_why_and_leads_on(
    cast: Cast, state: str, said: str, next_page: str
) -> None:
    referral, ines = brought_to(cast, state), signed_in(cast, "ines")
    answer = ines.get(reverse("case_open", args=[referral.pk]))
    page = words_of(answer)
    assert answer.status_code == 422
    assert said in page
    assert 'name="primary"' not in page
    place = reverse(next_page, args=[] if next_page == "referral_new" else [referral.pk])
    assert f'href="{place}"' in page


@pytest.mark.demand("E5")
def test_one_that_has_become_a_case_leads_to_it_and_an_accepted_one_is_opened(cast: Cast) -> None:
    case = cast.open_case()
    with acting(cast.maren):
        referral = ReferralIn.objects.get(case=case)
    page = words_of(signed_in(cast, "maren").get(reverse("case_open", args=[referral.pk])))
    assert "has become one already" in page
    assert f'href="{reverse("case", args=[case.pk])}"' in page
    accepted = brought_to(cast, "accepted")
    assert 'name="primary"' in read(signed_in(cast, "ines"), "case_open", accepted.pk)
