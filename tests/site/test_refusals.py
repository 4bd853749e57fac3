"""Every refusal is a page in our own words, with the way back and nothing of any client."""

import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from alongside.foundations.errors import AlongsideError, ChangedByAnother, NotAllowed, NotYours, RuleBroken
from alongside.foundations.ids import new_id
from alongside.site.middleware import Refusals
from tests.assessment_pages import signed_in
from tests.cast import Cast
from tests.kept import looks_seen_by

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]
EVERYBODY = ("maren", "tadesse", "delphine", "ines", "priya", "otto", "quinn", "noor")


def plain(page: bytes) -> bytes:
    """A page without the token that each form draws anew."""
    return re.sub(rb'(csrfmiddlewaretoken" value=|X-CSRFToken|content=)"[^"]*"', b"", page)


@pytest.mark.demand("C4")
@pytest.mark.parametrize("who", ["tadesse", "noor", "quinn"])
def test_a_strangers_404_is_the_same_for_a_case_that_is_and_one_that_never_was(cast: Cast, who: str) -> None:
    """Nobody learns from the answer whether there is such a client."""
    browser = signed_in(cast, who)
    real, never = (browser.get(reverse("case", args=[key])) for key in (cast.sama.pk, new_id()))
    assert (real.status_code, never.status_code) == (404, 404)
    assert plain(real.content) == plain(never.content)
    assert b"There is nothing here" in real.content
    assert b"Sama" not in real.content


@pytest.mark.parametrize("who", EVERYBODY)
def test_whoever_goes_astray_is_shown_the_way_back(cast: Cast, who: str) -> None:
    answer = signed_in(cast, who).get("/no/such/place/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "There is nothing here" in page
    assert f'href="{reverse("home")}"' in page


@pytest.mark.demand("C4", "C5")
@pytest.mark.parametrize(
    ("who", "name"), [("maren", "agency"), ("quinn", "agency"), ("delphine", "staff_new"), ("otto", "today"), ("otto", "cases"),
                      ("quinn", "today"), ("otto", "referrals_in"), ("quinn", "referral_new")],
)  # fmt: skip
def test_a_page_that_is_not_for_ones_role_says_so_and_the_attempt_is_kept(cast: Cast, who: str, name: str) -> None:
    answer = signed_in(cast, who).get(reverse(name))
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Not yours to do" in page
    assert "Your role does not include this page." in page
    assert ("refused", name, getattr(cast, who).name) in looks_seen_by(getattr(cast, who))


@pytest.mark.demand("C5")
def test_what_is_refused_deeper_down_is_kept_too_and_once(cast: Cast) -> None:
    """A colleague in another agency, the sign-in of somebody else, a right that the verb itself asks for."""
    otto, maren = signed_in(cast, "otto"), signed_in(cast, "maren")
    assert otto.get(reverse("staff_edit", args=[cast.noor.staff])).status_code == 404
    assert maren.post(reverse("place_end", args=[cast.sama.pk])).status_code == 404
    assert maren.get(reverse("case", args=[cast.noor.staff])).status_code == 404
    for who, pages in ((cast.otto, ["staff_edit"]), (cast.maren, ["place_end", "case"])):
        assert [page for kind, page, name in looks_seen_by(who) if kind == "refused" and name == who.name] == pages


@pytest.mark.parametrize(
    ("error", "status", "head"),
    [
        (NotYours("There is nothing here."), 404, "There is nothing here"),
        (NotAllowed("Only the writer’s supervisor co-signs a note."), 403, "Not yours to do"),
        (ChangedByAnother("Delphine saved first.", {}, 2), 409, "This could not be done"),
        (RuleBroken("A note that is signed is fixed.", "practice I3"), 422, "This could not be done"),
    ],
)
def test_each_kind_of_refusal_has_its_status_and_its_sentence(error: AlongsideError, status: int, head: str) -> None:
    answer = Refusals(lambda _request: HttpResponse()).process_exception(RequestFactory().get("/"), error)
    assert isinstance(answer, HttpResponse)
    page = answer.content.decode()
    assert answer.status_code == status
    assert head in page
    assert status == 404 or error.sentence in page


@pytest.mark.parametrize("error", [RuntimeError("password=hunter2"), ValueError("x"), KeyError("y")])
def test_what_is_no_refusal_is_left_to_the_500_page(error: Exception) -> None:
    assert Refusals(lambda _request: HttpResponse()).process_exception(RequestFactory().get("/"), error) is None


def test_a_sentence_in_a_refusal_is_only_shown() -> None:
    error = RuleBroken("<script>alert(1)</script>")
    answer = Refusals(lambda _request: HttpResponse()).process_exception(RequestFactory().get("/"), error)
    assert isinstance(answer, HttpResponse)
    assert b"<script>alert" not in answer.content


def test_when_something_breaks_the_page_says_what_became_of_the_words_and_nothing_of_the_cause(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It needs neither the database nor the frame: both may be what broke."""

    def breaks(*_: object) -> None:
        raise RuntimeError("password=hunter2 Sama Othman")

    monkeypatch.setattr("alongside.supervision.views.day_of", breaks)
    browser = Client(raise_request_exception=False)
    browser.force_login(cast.staff["maren"].account)
    answer = browser.get(reverse("today"))
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Nothing was half saved." in page
    for never in ("hunter2", "Sama", "Traceback", "<script"):
        assert never not in page, never


def test_a_form_from_elsewhere_is_answered_with_what_to_do(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.staff["maren"].account)
    answer = browser.post(reverse("need_new", args=[cast.sama.pk]), {"title": "Lost?"})
    assert answer.status_code == 403
    assert "This page had been open too long" in answer.content.decode()
    assert "your words are still there" in answer.content.decode()


@pytest.mark.parametrize("path", ["/no/such/place/", "/agency/", "/healthz"])
def test_a_refusal_carries_the_same_strict_headers_as_a_page(cast: Cast, path: str) -> None:
    answer = signed_in(cast, "maren").get(path)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("who", "places"),
    [
        ("maren", {"today", "cases", "referrals_in"}), ("delphine", {"today", "cases", "referrals_in"}),
        ("quinn", {"cases"}), ("otto", {"agency"}), ("noor", {"today", "cases", "referrals_in", "agency"}),
    ],
)  # fmt: skip
def test_the_frame_offers_only_places_that_open(cast: Cast, who: str, places: set[str]) -> None:
    """Each place in the dock answers with a page, for everyone to whom it is shown."""
    browser = signed_in(cast, who)
    answer = browser.get("/no/such/place/")
    assert {place["name"] for place in answer.context["places"]} == places
    for name in places:
        assert browser.get(reverse(name)).status_code == 200, name


def test_a_page_in_arabic_runs_from_right_to_left(cast: Cast) -> None:
    account = cast.staff["maren"].account
    account.language = "ar"
    account.save()
    assert 'dir="rtl"' in signed_in(cast, "maren").get(reverse("today")).content.decode()
    assert 'dir="rtl"' not in signed_in(cast, "delphine").get(reverse("today")).content.decode()


def test_without_anyone_signed_in_there_is_no_actor_to_be_taken_for() -> None:
    from alongside.foundations.needs import actor_of

    with pytest.raises(NotYours):
        actor_of(HttpRequest())
