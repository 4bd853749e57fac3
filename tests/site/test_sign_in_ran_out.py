"""A sign-in runs out while somebody writes, in a browser without script: not a word is lost, and nobody else sees one."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.models import Draft
from tests.cast import PASSWORD, Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]
WORDS = "She said: “not the hotel again”, and was quiet for long."
FORM = {"title": "A home of her own", "client_words": WORDS}
LIKE_A_BROWSER = "text/html,application/xhtml+xml"


def sign_in(client: Client, who: str, to: str = "/") -> str:
    """Through the door; where it leads."""
    answer = client.post("/account/sign-in/", {"login": f"{who}@harbourlane.example", "password": PASSWORD, "next": to})
    return answer.headers.get("Location", "")


def send(client: Client, place: str) -> str:
    """Press the button; where that leads."""
    answer = client.post(place, FORM, HTTP_ACCEPT=LIKE_A_BROWSER)
    assert answer.status_code == 302
    return answer.headers["Location"]


def run_out(client: Client, *, days_ago: int = 0) -> None:
    """Ten hours go by."""
    ended = clock.now() - timedelta(days=days_ago)
    Session.objects.filter(session_key=client.session.session_key).update(expire_date=ended)


def test_what_was_sent_too_late_stands_in_the_form_after_signing_in_again(client: Client, cast: Cast) -> None:
    place = reverse("need_new", args=[cast.sama.pk])
    sign_in(client, "maren")
    run_out(client)
    door = send(client, place)
    assert door.startswith("/account/sign-in/?next=")
    assert WORDS not in client.get(door).content.decode()
    assert sign_in(client, "maren", place) == place
    assert WORDS in client.get(place).content.decode()


def test_whoever_signs_in_next_at_that_computer_finds_nothing_of_it(client: Client, cast: Cast) -> None:
    place = reverse("need_new", args=[cast.sama.pk])
    sign_in(client, "maren")
    run_out(client)
    send(client, place)
    for who in ("delphine", "tadesse"):
        sign_in(client, who, place)
        assert WORDS not in client.get(place).content.decode(), who
        client.post("/account/sign-out/")


def test_a_session_that_was_signed_out_of_or_made_up_keeps_nothing(client: Client, cast: Cast) -> None:
    """There is no telling whose words they are."""
    place = reverse("need_new", args=[cast.sama.pk])
    sign_in(client, "maren")
    key = client.session.session_key
    client.post("/account/sign-out/")
    for made_up in (str(key), "x" * 32, ""):
        client.cookies["sessionid"] = made_up
        send(client, place)
    with acting(cast.maren):
        assert not Draft.objects.exists()


def test_a_session_that_ended_days_ago_puts_no_words_into_anybodys_draft(client: Client, cast: Cast) -> None:
    """Nobody goes on with a page after that; somebody with a stolen key might."""
    sign_in(client, "maren")
    run_out(client, days_ago=2)
    send(client, reverse("need_new", args=[cast.sama.pk]))
    with acting(cast.maren):
        assert not Draft.objects.exists()


def test_a_session_from_before_a_new_password_keeps_nothing(client: Client, cast: Cast) -> None:
    place = reverse("need_new", args=[cast.sama.pk])
    sign_in(client, "maren")
    run_out(client)
    account = cast.staff["maren"].account
    account.set_password("another tide goes out")
    account.save()
    send(client, place)
    with acting(cast.maren):
        assert not Draft.objects.exists()


def test_no_password_is_kept_nor_anything_that_was_sent_to_the_door(client: Client, cast: Cast) -> None:
    """A page with passwords that stood open too long is sent like any other."""
    sign_in(client, "maren")
    run_out(client)
    late, new = client.cookies["sessionid"].value, "another tide goes out"
    theirs = reverse("staff_password", args=[cast.staff["delphine"].pk])
    door = {"login": "maren@harbourlane.example", "password": "not this one"}
    own = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    for place, typed in (("/account/sign-in/", door), ("/account/password/", own), (theirs, {"password": new})):
        client.cookies["sessionid"] = late
        client.post(place, typed, HTTP_ACCEPT=LIKE_A_BROWSER)
    with acting(cast.maren):
        kept = {draft.place: draft.words for draft in Draft.objects.all()}
    assert "/account/sign-in/" not in kept
    assert set(kept.values()) <= {"{}"}


def test_an_address_too_long_to_keep_words_by_still_leads_to_the_door(client: Client, cast: Cast) -> None:
    sign_in(client, "maren")
    run_out(client)
    assert send(client, "/cases/?order=" + "x" * 300).startswith("/account/sign-in/")
