"""Releases are used when they no longer, not wholly, or not here hold: from outside, by the forms (practice C1, C2)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from alongside.confidentiality.actions import release_end, release_make, release_sign, release_take_back
from alongside.confidentiality.models import Disclosure, Release
from alongside.confidentiality.queries.basis import BASES
from alongside.foundations import clock
from alongside.foundations.actor import acting
from tests.attacks import Tried
from tests.cast import Cast
from tests.releasing import SCHOOL, WHY, ahead, made, now, sent, signed, terms, typed
from tests.test_disclosure_pages import looked, seal, under
from tests.test_disclosure_pages import typed as ticked
from tests.visits import changed, send, signed_in

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C1")]

Overtakes = Callable[[Cast, Release], int]
"""What happens to a release between the look at what leaves and its sending; how many days later it is sent."""


def taken_back(cast: Cast, release: Release) -> int:
    """Sama rings Delphine."""
    release_take_back(cast.delphine, release=release, by="Sama", how="By phone", edition=release.edition)
    return 0


def came_to_its_event(cast: Cast, release: Release) -> int:
    """She has a place."""
    release_end(cast.delphine, release=release, on=ahead(0), edition=release.edition)
    return 0


def replaced(cast: Cast, release: Release) -> int:
    """She signs a narrower one."""
    other = release_make(cast.maren, case=cast.sama, terms=terms(categories=("contact",)), previous=release)
    release_sign(cast.maren, release=other, signing=typed(), edition=other.edition)
    return 0


def ran_out(cast: Cast, release: Release) -> int:
    """Its last day has passed."""
    return 61


def left(cast: Cast) -> int:
    """How much has left the house."""
    with acting(cast.maren):
        return Disclosure.objects.count()


@pytest.mark.attack("release ended")
@pytest.mark.parametrize("ends", [taken_back, came_to_its_event, replaced, ran_out])
def test_a_release_that_ends_before_the_sending_lets_nothing_out_by_any_way(
    cast: Cast, tried: Tried, ends: Overtakes
) -> None:
    """The packet that was looked at; the same packet again, drawn anew; what was sent earlier, printed once more."""
    release, browser = signed(cast, end_event="She has a place"), signed_in(cast, "maren")
    out, page = sent(cast, release), looked(browser, under(cast, release))
    days = ends(cast, release)
    with clock.held(clock.now() + timedelta(days=days)):
        answers = [
            browser.post(under(cast, release), ticked(seen=seal(page))),
            browser.post(under(cast, release), ticked(look="1")),
            browser.get(reverse("packet", args=[cast.sama.pk, out.pk])),
            send(browser, "print_for", cast.sama.pk, "file", whom=f"release:{release.pk}"),
        ]
    tried(len(answers))
    assert left(cast) == 1
    assert not [one for one in answers if one.content.startswith(b"%PDF")]
    assert [answer.status_code for answer in answers[:1]] == [422]
    assert answers[2].status_code == 422


WANTED = ("recipients", "categories", "purpose", "discloser", "starts_on", "ends_on")
SIGNED = ("name", "read_in", "capacity", "method")


def written(key: str) -> dict[str, Any]:
    """All that is typed for a whole release under a basis."""
    basis = BASES[key]
    return {
        "recipients": SCHOOL, "categories": ["identity", "plan"], "purpose": WHY, "starts_on": clock.today(),
        "ends_on": ahead(basis.default_days), "discloser": "Harbour Lane", "end_event": str(basis.event) or "She has a place",
        "marks": [mark.value for mark in basis.must_mark],
    }  # fmt: skip


def write(cast: Cast, key: str, **more: object) -> int:
    """The form of a new release under that basis, sent; how it was answered."""
    address = f"{reverse('release_new', args=[cast.sama.pk])}?basis={key}"
    answer = signed_in(cast, "maren").post(address, changed(written(key), basis=key, **more))
    return int(answer.status_code)


@pytest.mark.attack("release lacking")
@pytest.mark.parametrize("key", [basis.key for basis in BASES])
def test_under_each_law_no_form_writes_a_release_without_one_of_its_elements(
    cast: Cast, tried: Tried, key: str
) -> None:
    wanted = [*WANTED, *(["marks"] if BASES[key].must_mark else []), *(["end_event"] if key == "vawa" else [])]
    for field in wanted:
        for empty in (None, "", " "):
            assert write(cast, key, **{field: empty}) == 422, (field, empty)
            tried()
    with acting(cast.maren):
        assert not Release.objects.exists()
    assert write(cast, key) == 302, "a whole one is taken, so the refusals mean something"


@pytest.mark.attack("release lacking")
@pytest.mark.parametrize("key", [basis.key for basis in BASES])
def test_under_each_law_no_form_signs_without_one_of_the_parts_of_a_signature(
    cast: Cast, tried: Tried, key: str
) -> None:
    assert write(cast, key) == 302
    with acting(cast.maren):
        release = Release.objects.get()
    whole: dict[str, object] = {
        "capacity": "client", "method": "typed", "name": "Sama Othman", "read_in": "Arabic", "interpreter": "Hala K.",
        "edition": release.edition,
    }  # fmt: skip
    browser = signed_in(cast, "maren")
    for field in SIGNED:
        for empty in (None, "", " "):
            answer = send(browser, "release_sign", cast.sama.pk, release.pk, **changed(whole, **{field: empty}))
            assert answer.status_code == 422, (field, empty)
            tried()
    assert now(cast, release).state == "draft"
    page = looked(browser, under(cast, release))
    assert browser.post(under(cast, release), ticked(seen=seal(page))).status_code == 422
    assert left(cast) == 0, "and nothing leaves under it"
    assert send(browser, "release_sign", cast.sama.pk, release.pk, **whole).status_code == 302


@pytest.mark.attack("release of another")
def test_a_release_for_one_client_opens_no_way_out_for_another(cast: Cast, tried: Tried) -> None:
    """Put into every address and every form of the other's file that asks for one; both are Maren's clients."""
    hers, other, browser = signed(cast), cast.enroll("Ruth Okafor"), signed_in(cast, "maren")
    theirs = signed(cast, other)
    address, out = reverse("disclosure_new", args=[other.pk]), sent(cast, hers)
    page = looked(browser, f"{address}?release={theirs.pk}", ticked=["identity:language"])
    answers = [
        browser.get(f"{address}?release={hers.pk}"),
        browser.post(f"{address}?release={hers.pk}", ticked(look="1")),
        browser.post(f"{address}?release={hers.pk}", ticked(seen=seal(page))),
        browser.post(address, ticked(release=hers.pk, seen=seal(page))),
        send(browser, "print_for", other.pk, "file", whom=f"release:{hers.pk}"),
        browser.get(reverse("packet", args=[other.pk, out.pk])),
        *(browser.get(reverse(name, args=[other.pk, hers.pk])) for name in ("release", "release_pdf", "release_sign")),
        browser.get(f"{reverse('release_new', args=[other.pk])}?renews={hers.pk}"),
    ]
    tried(len(answers))
    assert left(cast) == 1
    assert not [one.status_code for one in answers if one.status_code == 302 or b"Sama" in one.content]


@pytest.mark.attack("release of another")
@pytest.mark.parametrize(
    "recipient", ["The landlord", "Riverside Adult Schoo", "", "Riverside Adult School, The landlord"]
)
def test_a_release_for_one_recipient_is_not_used_for_another(cast: Cast, tried: Tried, recipient: str) -> None:
    release, browser = signed(cast), signed_in(cast, "maren")
    page = looked(browser, under(cast, release))
    for more in ({"look": "1"}, {"seen": seal(page)}):
        assert browser.post(under(cast, release), ticked(recipient=recipient, **more)).status_code == 422
        tried()
    assert left(cast) == 0
    assert made(cast).state == "draft"
