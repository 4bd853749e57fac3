"""The administrator sets what a program asks before it accepts someone."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.client_level.engagement.actions import Asked, criteria_save
from alongside.client_level.engagement.models import Criterion, ScreeningAnswer
from alongside.client_level.engagement.queries import asked_of
from alongside.foundations.actor import acting
from alongside.foundations.errors import NotAllowed, RuleBroken
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


def signed_in(cast: Cast, name: str) -> Client:
    """A browser in which this member of the cast is signed in."""
    client = Client()
    client.force_login(cast.staff[name].account)
    return client


def page_of(cast: Cast) -> str:
    """The address of New Start's criteria."""
    return reverse("criteria", args=[cast.program.pk])


def filled(cast: Cast, **changes: str) -> dict[str, str]:
    """What the form holds when nothing was changed: two questions and three empty rows."""
    with acting(cast.otto):
        rows = list(asked_of(cast.program.pk))
    data: dict[str, str] = {}
    for number, one in enumerate([*rows, None, None, None]):
        data |= {f"question-{number}": one.question if one else "", f"kind-{number}": one.kind if one else "eligible"}
        data |= {f"asked-{number}": "on"} | ({f"required-{number}": "on"} if one and one.required else {})
    return data | changes


@pytest.mark.demand("E3")
def test_otto_adds_a_question_and_the_next_screening_asks_it(cast: Cast) -> None:
    """Criteria are configured, not coded."""
    otto = signed_in(cast, "otto")
    assert "Lives in the county" in otto.get(page_of(cast)).content.decode()
    sent = otto.post(page_of(cast), filled(cast) | {"question-2": "Has somewhere to sleep tonight", "required-2": "on"})
    assert sent.status_code == 302
    referral = cast.refer()
    page = signed_in(cast, "ines").get(reverse("referral_screen", args=[referral.pk])).content.decode()
    assert "Has somewhere to sleep tonight" in page


@pytest.mark.demand("E3")
def test_a_question_no_longer_asked_stays_with_the_answers_it_was_given(cast: Cast) -> None:
    """What was answered keeps the question as it was asked."""
    case = cast.sama
    data = filled(cast)
    del data["asked-0"]
    assert signed_in(cast, "otto").post(page_of(cast), data).status_code == 302
    with acting(cast.ines):
        assert [one.question for one in asked_of(cast.program.pk)] == ["Lives in the county"] or len(
            asked_of(cast.program.pk)
        ) == 1
    with acting(cast.priya):
        kept = ScreeningAnswer.objects.filter(referral__case=case).values_list("question", flat=True)
        assert sorted(kept) == ["Lives in the county", "Wants to work on a plan"]


@pytest.mark.demand("E3")
def test_a_question_put_in_other_words_is_the_same_question(cast: Cast) -> None:
    """No second row appears."""
    signed_in(cast, "otto").post(page_of(cast), filled(cast) | {"question-0": "Lives in the county or is about to"})
    with acting(cast.otto):
        assert Criterion.objects.filter(program=cast.program).count() == 2


def test_a_question_that_stands_there_twice_is_asked_once(cast: Cast) -> None:
    """The form comes back with every word."""
    again = signed_in(cast, "otto").post(page_of(cast), filled(cast) | {"question-2": "lives in the COUNTY"})
    assert again.status_code == 422
    assert "twice" in again.content.decode()
    assert "lives in the COUNTY" in again.content.decode()
    with pytest.raises(RuleBroken):
        criteria_save(
            cast.otto, program=cast.program, questions=[Asked("A", "eligible", True), Asked("a ", "eligible", False)]
        )


def test_an_empty_question_is_named_beside_its_field(cast: Cast) -> None:
    """Those that are there keep a text; empty rows below are left alone."""
    again = signed_in(cast, "otto").post(page_of(cast), filled(cast) | {"question-1": ""})
    assert again.status_code == 422
    assert 'id="id_question-1-error"' in again.content.decode()


@pytest.mark.demand("C4")
@pytest.mark.parametrize(("who", "status"), [("maren", 403), ("ines", 403), ("noor", 404)])
def test_only_the_agencys_own_administrator_sets_them(cast: Cast, who: str, status: int) -> None:
    """Others are refused, and strangers find nothing."""
    browser = signed_in(cast, who)
    assert browser.get(page_of(cast)).status_code == status
    assert browser.post(page_of(cast), {}).status_code == status


def test_the_verb_asks_for_the_right(cast: Cast) -> None:
    """Whoever takes referrals in does not set what is asked."""
    with pytest.raises(NotAllowed):
        criteria_save(cast.ines, program=cast.program, questions=[Asked("Anything", "eligible", True)])
