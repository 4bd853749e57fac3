"""A session ends with the working day, and goes on under another key when somebody says who they are (practice C4, C5)."""

import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from alongside.foundations import clock, looks
from alongside.foundations.actor import acting
from alongside.foundations.models import Draft
from alongside.site.account.models import SignIn
from tests.cast import PASSWORD, Cast
from tests.doors import OUT, is_in, knock
from tests.kept import looks_seen_by
from tests.visits import words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C4", "C5")]
WHO = "/account/who-is-there/"
LIKE_A_BROWSER = "text/html,application/xhtml+xml"


@pytest.fixture
def maren(cast: Cast, client: Client) -> Client:
    """Maren, signed in at the door."""
    knock(client, "maren")
    client.get("/today/")
    return client


def began(browser: Client, hours: float) -> None:
    """She came in so many hours ago and has been at work ever since."""
    session = browser.session
    session["door"] = session["door"] | {"began": time.time() - 3600 * hours}
    session.save()


def said_who(browser: Client, minutes: float) -> None:
    """It is so long since anybody gave a password."""
    session = browser.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 60 * minutes
    session.save()


def test_however_busy_it_is_a_session_ends_twelve_hours_after_the_sign_in(maren: Client) -> None:
    assert settings.SESSION_LASTS == 12 * 60 * 60
    began(maren, 11.9)
    assert is_in(maren)
    row = Session.objects.get(session_key=maren.session.session_key)
    assert row.expire_date <= clock.now() + timedelta(minutes=7)
    began(maren, 12.01)
    assert not is_in(maren)
    assert maren.post("/account/here/").status_code == 401


def test_use_does_not_make_it_longer(maren: Client) -> None:
    """The library would let each use move the end away."""
    began(maren, 8)
    ends = []
    for _use in range(2):
        session = maren.session
        session["door"] = session["door"] | {"seen": session["door"]["seen"] - 60}
        session.save()
        maren.get("/today/")
        ends.append(Session.objects.get(session_key=session.session_key).expire_date)
    assert ends[0] == ends[1]
    assert ends[0] - clock.now() < timedelta(hours=4)


def test_words_sent_after_its_end_are_kept_for_their_writer(cast: Cast, maren: Client) -> None:
    place = reverse("need_new", args=[cast.sama.pk])
    began(maren, 12.5)
    answer = maren.post(place, {"title": "A home", "client_words": "Not the hotel."}, HTTP_ACCEPT=LIKE_A_BROWSER)
    assert answer.headers["Location"].startswith("/account/sign-in/")
    with acting(cast.maren):
        assert "Not the hotel." in Draft.objects.get(place=place).words


def test_whoever_says_who_they_are_holds_a_new_key_and_the_old_one_opens_nothing(cast: Cast, maren: Client) -> None:
    old, thief = maren.session.session_key, Client()
    thief.cookies["sessionid"] = old or ""
    assert is_in(thief)
    maren.post("/account/lock/")
    time.sleep(0.01)
    maren.post(WHO, {"password": "a wrong tide"})
    assert maren.session.session_key == old
    assert maren.post(WHO, {"password": PASSWORD, "next": "/today/"}).headers["Location"] == "/today/"
    assert maren.session.session_key != old
    assert is_in(maren)
    assert not is_in(thief)
    assert not Session.objects.filter(session_key=old).exists()
    with acting(cast.maren):
        assert SignIn.objects.get(ended_at=None).session_key == maren.session.session_key


def test_saying_who_one_is_and_signing_out_are_kept(cast: Cast, maren: Client) -> None:
    maren.post(WHO, {"password": "a wrong tide"})
    maren.post(WHO, {"password": PASSWORD})
    maren.post(OUT)
    kept = [(kind, page) for kind, page, _name in looks_seen_by(cast.maren) if page.startswith("account")]
    assert kept == [
        (looks.SIGNED_IN, "account_login"), (looks.SIGN_IN_FAILED, "account_reauthenticate"),
        (looks.SAID_WHO, "account_reauthenticate"), (looks.SIGNED_OUT, "account_logout"),
    ]  # fmt: skip


def test_places_are_ended_by_somebody_who_said_lately_who_they_are(cast: Cast, maren: Client) -> None:
    """A page that was left open for a moment does not throw its owner out elsewhere."""
    phone = Client()
    knock(phone, "maren")
    said_who(maren, 11)
    answer = maren.post(reverse("others_end"))
    assert answer.headers["Location"] == f"{WHO}?next=%2Faccount%2Fplaces%2Fend%2F"
    assert is_in(phone)
    there = maren.post(WHO, {"password": PASSWORD, "next": "/account/places/end/"})
    assert "Signed out in 1 other place." in words_of(maren.get(there.headers["Location"]))
    assert (is_in(phone), is_in(maren)) == (False, True)


def test_one_place_too_and_the_question_whose_a_new_device_is_needs_no_password(cast: Cast, maren: Client) -> None:
    """Whoever sees a stranger's device must be able to end it at once."""
    stranger = Client(HTTP_USER_AGENT="Firefox/1 Linux")
    knock(stranger, "maren")
    with acting(cast.maren):
        row = SignIn.objects.order_by("since").last()
    assert row is not None
    said_who(maren, 11)
    assert maren.post(reverse("place_end", args=[row.pk])).headers["Location"].startswith(WHO)
    maren.post(reverse("device_answered", args=[row.pk]), {"mine": "no"})
    assert not is_in(stranger)
