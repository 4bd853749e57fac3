"""Whoever is shown a case leaves a look, by whichever method of the web they asked for it (practice C5)."""

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.kept import looks_seen_by
from tests.visits import signed_in

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C5")]

SHOWN_BY = ("get", "head", "post")
"""Any other method is answered with nothing."""


def opened(cast: Cast) -> int:
    """How often a file was opened, as Maren may read."""
    return sum(1 for kind, _page, _name in looks_seen_by(cast.maren) if kind == "opened")


@pytest.mark.parametrize("method", ["get", "head", "options", "post", "put", "patch", "delete"])
def test_no_method_shows_a_case_without_a_look(cast: Cast, method: str) -> None:
    browser = signed_in(cast, "maren")
    for name in ("case", "case_people", "timeline", "need_new"):
        before = opened(cast)
        answer = getattr(browser, method)(reverse(name, args=[cast.sama.pk]))
        if method in SHOWN_BY:
            assert opened(cast) == before + 1, (method, name)
        else:
            assert (answer.status_code, answer.content, opened(cast)) == (405, b"", before), (method, name)


def test_a_form_that_was_taken_is_told_by_its_deed_alone(cast: Cast) -> None:
    browser, before = signed_in(cast, "maren"), opened(cast)
    answer = browser.post(reverse("name_new", args=[cast.sama.pk]), {"name": "S.", "kind": "birth name"})
    assert (answer.status_code, opened(cast)) == (302, before)


@pytest.mark.parametrize("method", ["options", "post", "put"])
def test_no_method_shows_a_referral_without_a_look(cast: Cast, method: str) -> None:
    referral, browser = cast.refer(), signed_in(cast, "ines")
    for name in ("referral_in", "referral_screen"):
        answer = getattr(browser, method)(reverse(name, args=[referral.pk]))
        assert method in SHOWN_BY or (answer.status_code, answer.content) == (405, b"")
    pages = [page for kind, page, _name in looks_seen_by(cast.ines) if kind == "opened"]
    assert pages == (["referral_in", "referral_screen"] if method in SHOWN_BY else [])
