"""What family may know is kept apart from releases, and shown wherever they are named or told something (practice C8)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from alongside.client_level.intervention.actions import referral_out_make, referral_out_send
from alongside.confidentiality.actions import Consulted, Leave, disclosure_make, sharing_set
from alongside.confidentiality.models import Disclosure, SharingWish
from alongside.confidentiality.queries.disclosures import people_around
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import ChangedByAnother, NotAllowed, RuleBroken
from alongside.people.models import SignificantOther
from tests.cast import Cast
from tests.releasing import aloud, signed
from tests.visits import read, send, signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


def kin(cast: Cast, name: str, **more: Any) -> SignificantOther:
    """Somebody around Sama."""
    with acting(cast.maren):
        row = SignificantOther(person=cast.sama.client, name=name, relation="Sister", **more)
        row.save(force_insert=True)
    return row


def rima(cast: Cast, *parts: str) -> SignificantOther:
    """Her sister, who may be told these parts."""
    row = kin(cast, "Rima Othman", may_know="Everything about the flat")
    sharing_set(cast.maren, case=cast.sama, other=row, may_share=parts)
    return row


def farid(cast: Cast) -> SignificantOther:
    """Her brother-in-law, who must not know."""
    return kin(cast, "Farid Saleh", must_not_know=True)


def tell(cast: Cast, other: SignificantOther, *ticked: str, **more: Any) -> Disclosure:
    """Maren tells somebody around Sama something."""
    told: dict[str, Any] = {
        "recipient": other.name,
        "leave": Leave(other=other),
        "purpose": "To help",
        "relevant": "She asked",
    }
    return disclosure_make(cast.maren, case=cast.sama, ticked=ticked, **told | more)


def refusal(do: Callable[[], object]) -> RuleBroken:
    """What the verb says against it."""
    with pytest.raises(RuleBroken) as refused:
        do()
    return refused.value


@pytest.mark.demand("C8")
def test_her_sister_is_told_what_sama_allows_and_nothing_else(cast: Cast) -> None:
    sister = rima(cast, "identity")
    out = tell(cast, sister, "identity:name")
    assert (out.rests_on, out.other_id, out.categories) == ("wish", sister.pk, ["identity"])
    refused = refusal(lambda: tell(cast, sister, "identity:name", "contact:rule"))
    assert (refused.source, refused.field) == ("practice C8", "ticked")
    assert "Rima Othman may know this" in refused.sentence


@pytest.mark.demand("C8")
def test_whom_nobody_asked_about_is_told_nothing(cast: Cast) -> None:
    ilse = kin(cast, "Ilse Brandt")
    assert refusal(lambda: tell(cast, ilse, "identity:name")).source == "practice C8"
    with acting(cast.maren):
        assert [one.may_share for one in people_around(cast.sama)] == [[]]


@pytest.mark.demand("C8")
def test_who_must_not_know_is_told_nothing_by_any_way(cast: Cast) -> None:
    brother, release = farid(cast), signed(cast)
    talk = Consulted("Delphine", clock.now(), "No")
    ways: list[dict[str, Any]] = [
        {},
        {"leave": Leave(release=release)},
        {"leave": Leave()},
        {"leave": Leave(ground="harm", urgent=True, told="later")},
        {"leave": Leave(ground="court_order", consulted=talk, told="later")},
        {"recipient": "FARID saleh", "leave": Leave(release=release)},
        {"recipient": "Mr. Farid Saleh, 18 Cooper Row", "leave": Leave(ground="harm", urgent=True, told="later")},
    ]
    for way in ways:
        refused = refusal(lambda way=way: tell(cast, brother, "identity:name", **way))  # type: ignore[misc]
        assert refused.source == "practice C8" and "must not learn" in refused.sentence
    with acting(cast.maren):
        assert not Disclosure.objects.exists()
    refused = refusal(lambda: sharing_set(cast.maren, case=cast.sama, other=brother, may_share=["identity"]))
    assert refused.field == "may_share"
    assert sharing_set(cast.maren, case=cast.sama, other=brother, may_share=[]).may_share == []


@pytest.mark.demand("C8", "I4")
def test_a_referral_does_not_go_to_who_must_not_know(cast: Cast) -> None:
    farid(cast)
    given: dict[str, Any] = {"case": cast.sama, "service": "A room", "shares": "Her name"}
    refused = refusal(
        lambda: referral_out_make(cast.maren, organization="Farid Saleh, landlord", consent=aloud(), **given)
    )
    assert refused.source == "practice C8"
    draft = referral_out_make(cast.maren, organization="Farid Saleh, landlord", **given)
    assert (
        refusal(lambda: referral_out_send(cast.maren, referral=draft, edition=1, consent=aloud())).source
        == "practice C8"
    )


@pytest.mark.demand("C8")
def test_family_is_not_told_under_a_release_for_somebody_else(cast: Cast) -> None:
    sister, release = rima(cast, "identity"), signed(cast)
    refused = refusal(lambda: tell(cast, sister, "identity:name", leave=Leave(release=release)))
    assert (refused.source, refused.field) == ("practice C8", "recipient")


@pytest.mark.demand("C8")
def test_somebody_elses_sister_is_nobody_here(cast: Cast) -> None:
    other = cast.enroll("Ruth Okafor")
    sister = rima(cast, "identity")
    refused = refusal(lambda: sharing_set(cast.maren, case=other, other=sister, may_share=[]))
    assert "another client" in refused.sentence
    leave = Leave(other=sister)
    refused = refusal(
        lambda: disclosure_make(
            cast.maren, case=other, recipient="Rima", leave=leave, ticked=("identity:name",), purpose="x", relevant="x"
        )
    )
    assert "another client" in refused.sentence


def test_two_people_do_not_overwrite_what_she_said(cast: Cast) -> None:
    sister = rima(cast, "identity")
    with pytest.raises(ChangedByAnother):
        sharing_set(cast.delphine, case=cast.sama, other=sister, may_share=["plan"], edition=0)
    sharing_set(cast.delphine, case=cast.sama, other=sister, may_share=["plan"], edition=1)
    with acting(cast.maren):
        assert SharingWish.objects.get(other=sister).may_share == ["plan"]
    assert (
        refusal(lambda: sharing_set(cast.maren, case=cast.sama, other=sister, may_share=["all"], edition=2)).field
        == "may_share"
    )


@pytest.mark.demand("C4")
def test_a_stranger_sets_nothing(cast: Cast) -> None:
    sister = rima(cast)
    for who in (cast.tadesse, cast.noor, cast.otto, cast.quinn):
        with pytest.raises(NotAllowed):
            sharing_set(who, case=cast.sama, other=sister, may_share=["plan"], edition=1)


@pytest.mark.demand("C8")
def test_the_pages_show_who_may_know_what_and_who_must_not(cast: Cast) -> None:
    sister, brother, browser = rima(cast, "plan"), farid(cast), signed_in(cast, "maren")
    page = read(browser, "consent", cast.sama.pk)
    assert page.index("Farid Saleh") < page.index("Rima Othman")
    assert "Must not know. Share nothing." in page and "May be told: Service plan" in page
    assert reverse("sharing", args=[cast.sama.pk, brother.pk]) not in page
    told = {"may_share": ["identity", "plan"], "edition": 1}
    assert send(browser, "sharing", cast.sama.pk, sister.pk, **told).status_code == 302
    assert "May be told: Name, birth date and language; Service plan" in read(browser, "consent", cast.sama.pk)
    assert "Must not learn of this: Farid Saleh" in read(browser, "referral_out_new", cast.sama.pk)
    assert "Farid Saleh, must not know" in read(browser, "note_new", cast.sama.pk)
    assert "What they may be told" in read(browser, "case_people", cast.sama.pk)


@pytest.mark.demand("C8")
def test_she_is_told_from_the_page_only_what_is_allowed(cast: Cast) -> None:
    sister, browser = rima(cast, "contact"), signed_in(cast, "maren")
    address = reverse("disclosure_new", args=[cast.sama.pk]) + f"?other={sister.pk}"
    page = words_of(browser.get(address))
    assert "Tell Rima Othman" in page and 'value="contact:rule"' in page and 'value="identity:name"' not in page
    answer = browser.post(
        address, {"purpose": "To help", "ticked": "identity:name", "relevant": "x", "how": "aloud", "look": "1"}
    )
    assert answer.status_code == 422
