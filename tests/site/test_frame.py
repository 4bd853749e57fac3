"""The frame of every page: headers, drafts, the theme, and what operators ask."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client

from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.ids import new_id
from alongside.foundations.models import Draft, SentForm
from alongside.people.models import Account
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


def signed_in(cast: Cast, name: str) -> Client:
    """A browser in which this member of the cast is signed in."""
    client = Client()
    client.force_login(cast.staff[name].account)
    return client


def test_every_page_carries_a_strict_content_policy_and_is_kept_nowhere(client: Client) -> None:
    """Nothing from elsewhere, nothing inline, no frames, no cache."""
    page = client.get("/account/sign-in/")
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Frame-Options"] == "DENY"
    assert page.headers["X-Content-Type-Options"] == "nosniff"


def test_whoever_is_signed_out_is_sent_to_the_door(client: Client) -> None:
    """From every first address."""
    for address in ("/", "/cases/", "/referrals/", "/agency/"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/account/sign-in/?next=")


@pytest.mark.parametrize(
    ("who", "status"), [("maren", 200), ("ines", 200), ("priya", 200), ("otto", 302), ("quinn", 302)]
)
def test_each_role_has_a_first_page(cast: Cast, who: str, status: int) -> None:
    """Today for those who work with clients; their own pages for the others."""
    answer = signed_in(cast, who).get("/")
    assert answer.status_code == status
    if status == 302:
        assert answer.headers["Location"] in ("/agency/", "/cases/")


def test_an_address_that_never_was_is_answered_in_our_own_words(cast: Cast) -> None:
    """In the frame, with the way back."""
    page = signed_in(cast, "maren").get("/cases/never-was/")
    assert page.status_code == 404


def test_the_theme_is_kept_with_the_account_and_written_by_the_server(cast: Cast) -> None:
    """Dark stays dark at the next sign-in."""
    browser = signed_in(cast, "maren")
    assert browser.post("/theme/", {"theme": "dark"}).status_code == 302
    assert Account.objects.get(pk=cast.maren.account).theme == "dark"
    assert 'data-bs-theme="dark"' in browser.get("/").content.decode()


def test_a_theme_that_does_not_exist_means_as_the_device(cast: Cast) -> None:
    """Whatever is sent."""
    browser = signed_in(cast, "maren")
    browser.post("/theme/", {"theme": "<script>"})
    assert Account.objects.get(pk=cast.maren.account).theme == "device"


@pytest.mark.parametrize("back", ["https://evil.example/x", "//evil.example", "https://evil.example//evil.example/x"])
def test_the_theme_leads_nowhere_else(cast: Cast, back: str) -> None:
    """An address from outside is not followed."""
    answer = signed_in(cast, "maren").post("/theme/", {"theme": "dark"}, headers={"Referer": back})
    assert "evil" not in answer.headers["Location"].split("?")[0] or answer.headers["Location"].startswith("/x")
    assert not answer.headers["Location"].startswith("//")
    assert answer.headers["Location"].startswith("/")


def test_what_is_typed_is_kept_for_its_writer_only(cast: Cast) -> None:
    """Maren's draft is there for Maren, and for nobody else."""
    browser = signed_in(cast, "maren")
    answer = browser.post(
        "/drafts/?place=/cases/x/", {"happened": "Two flats seen", "csrfmiddlewaretoken": "t", "once": "u"}
    )
    assert answer.status_code == 200
    assert re.match(r"Draft saved \d\d:\d\d", answer.json()["said"])
    with acting(cast.maren):
        assert json.loads(Draft.objects.get(place="/cases/x/").words) == {"happened": ["Two flats seen"]}
    with acting(cast.delphine):
        assert not Draft.objects.exists()


def test_a_draft_kept_again_is_the_same_draft(cast: Cast) -> None:
    """One a form."""
    browser = signed_in(cast, "maren")
    for words in ("one", "two"):
        browser.post("/drafts/?place=/a/", {"words": words})
    with acting(cast.maren):
        assert [json.loads(d.words)["words"] for d in Draft.objects.all()] == [["two"]]


def test_after_the_sign_in_has_ended_a_draft_is_answered_so_that_the_page_keeps_the_words(client: Client) -> None:
    """401, not a page to sign in on: the words stay where they are."""
    assert client.post("/drafts/?place=/a/", {"words": "still here"}).status_code == 401


@pytest.mark.parametrize("place", ["", "https://evil.example", "x" * 400])
def test_a_draft_belongs_to_one_of_our_forms(cast: Cast, place: str) -> None:
    """Anything else is refused."""
    assert signed_in(cast, "maren").post(f"/drafts/?place={place}", {"words": "x"}).status_code == 422


def test_a_draft_comes_back_with_the_form_and_goes_when_it_is_saved(cast: Cast) -> None:
    """A closed tab loses nothing; a saved form leaves no draft behind."""
    browser = signed_in(cast, "ines")
    browser.post("/drafts/?place=/referrals/new/", {"preferred_name": "Oksana Kovalenko", "reason": "Needs a roof"})
    page = browser.get("/referrals/new/").content.decode()
    assert "Oksana Kovalenko" in page
    assert "You left this unfinished" in page
    sent = browser.post(
        "/referrals/new/",
        {"preferred_name": "Oksana Kovalenko", "reason": "Needs a roof", "program": str(cast.program.pk), "source": "A neighbor",
         "received_on": str(clock.today()), "urgency": "usual", "interpreter": "never", "veteran": "not_asked",
         "disabling_condition": "not_asked", "kind": "phone", "once": str(new_id())},
    )  # fmt: skip
    assert sent.status_code == 302, sent.content.decode()[:2000]
    with acting(cast.ines):
        assert not Draft.objects.filter(place="/referrals/new/").exists()


def test_forms_already_sent_are_known_to_their_sender_only(cast: Cast) -> None:
    """The token of one person's form says nothing to another."""
    with acting(cast.maren):
        SentForm.objects.create(token=new_id(), staff_id=cast.maren.staff, at=clock.now(), place="/x/")
        assert SentForm.objects.count() == 1
    with acting(cast.tadesse):
        assert SentForm.objects.count() == 0


def test_operators_are_told_that_it_lives_and_that_it_is_ready(client: Client) -> None:
    """No sign-in, no client data."""
    assert client.get("/healthz").content == b"alive\n"
    assert client.get("/readyz").content == b"ready\n"


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_methods_that_no_page_uses_are_refused(cast: Cast, method: str) -> None:
    """On the frame's own addresses."""
    for address in ("/drafts/", "/theme/", "/healthz"):
        assert getattr(signed_in(cast, "maren"), method)(address).status_code == 405


def test_the_frame_says_whose_it_is_and_that_a_demonstration_is_one(cast: Cast) -> None:
    """Every page of the invented agency says that it is invented."""
    page = signed_in(cast, "maren").get("/").content.decode()
    assert "Harbour Lane Community Services" in page
    assert "all persons shown are invented" in page
    assert "MA" in page


def test_someone_who_left_yesterday_finds_nothing(cast: Cast) -> None:
    """An old session opens no door."""
    browser = signed_in(cast, "maren")
    with acting(cast.otto):
        staff = cast.staff["maren"]
        staff.left_on = clock.today() - timedelta(days=1)
        staff.save()
    assert browser.get("/").status_code in (302, 404)
    assert b"Sama" not in browser.get("/cases/").content
