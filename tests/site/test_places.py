"""Where one is signed in: seen, ended, and a device never seen before is asked about (practice C4, C5)."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.models import Deed
from alongside.people.actions import password_set, staff_change
from alongside.site.account.device import mark_of, name_of, place_of
from alongside.site.account.models import SignIn
from tests.cast import PASSWORD, Cast
from tests.doors import OUT, is_in, knock
from tests.visits import read, signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C4", "C5")]
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/20100101 Firefox/142.0"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1"


def comes_in(who: str = "maren", agent: str = FIREFOX, **more: Any) -> Client:
    """Somebody at the door with a browser of their own."""
    browser = Client(HTTP_USER_AGENT=agent, **more)
    assert knock(browser, who).status_code == 302
    return browser


def places_of(cast: Cast, who: str = "maren") -> list[SignIn]:
    """Every sign-in that somebody may see of their own, the first one first."""
    with acting(getattr(cast, who)):
        return list(SignIn.objects.filter(staff_id=cast.staff[who].pk).order_by("since"))


def test_each_place_is_listed_in_plain_words_and_coarsely(cast: Cast) -> None:
    comes_in(agent=PHONE, REMOTE_ADDR="203.1.113.77")
    page = read(comes_in(), "account")
    assert "Safari on iPhone" in page
    assert "an address beginning 203.1" in page
    assert "Firefox on Windows" in page
    assert "this machine" in page
    assert "113.77" not in page
    assert "Your account is open in <b>2 places</b>." in page


@pytest.mark.parametrize(
    ("agent", "name"),
    [(FIREFOX, "Firefox on Windows"), (CHROME, "Chrome on Linux"), (PHONE, "Safari on iPhone"),
     ("curl/8", "a device that does not say what it is"),
     (CHROME + " Edg/141.0", "Edge on Linux"), ("<script>", "a device that does not say what it is")],
)  # fmt: skip
def test_a_browser_is_called_what_people_call_it(agent: str, name: str) -> None:
    assert name_of(agent) == name


@pytest.mark.parametrize(
    ("address", "said"),
    [("127.0.0.1", "this machine"), ("::1", "this machine"), ("10.1.2.3", "the local network"),
     ("203.1.113.9", "an address beginning 203.1"), ("2a02:908:1234::9", "an address beginning 2a02:908")],
)  # fmt: skip
def test_a_place_is_no_finer_than_that(address: str, said: str) -> None:
    assert place_of(address) == said


def test_one_place_is_signed_out_from_another(cast: Cast) -> None:
    phone, desk = comes_in(agent=PHONE), comes_in()
    row = next(row for row in places_of(cast) if "iPhone" in row.device_name)
    assert desk.post(reverse("place_end", args=[row.pk])).status_code == 302
    assert (is_in(phone), is_in(desk)) == (False, True)
    assert "Safari on iPhone" not in read(desk, "account")


def test_all_others_are_signed_out_at_one_stroke_and_it_is_a_deed(cast: Cast) -> None:
    others, desk = [comes_in(agent=PHONE), comes_in(agent=CHROME)], comes_in()
    assert "Signed out in 2 other places." in words_of(desk.post(reverse("others_end"), follow=True))
    assert [is_in(one) for one in (*others, desk)] == [False, False, True]
    with acting(cast.maren):
        assert Deed.objects.get(verb="others_sign_out").sentence == "Signed out in 2 other places"


@pytest.mark.parametrize("who", ["tadesse", "otto", "noor"])
def test_nobody_ends_or_answers_for_the_place_of_somebody_else(cast: Cast, who: str) -> None:
    """An administrator signs people out on their page, where it is a deed; not by putting a key into an address."""
    maren, other = comes_in(), signed_in(cast, who)
    for name in ("place_end", "device_answered"):
        assert other.post(reverse(name, args=[places_of(cast)[0].pk]), {"mine": "no"}).status_code == 404
    assert is_in(maren)


def test_the_database_shows_nobody_the_places_of_others_but_their_administrators(cast: Cast) -> None:
    comes_in()
    seen = {}
    for who in ("maren", "tadesse", "delphine", "otto", "noor"):
        with acting(getattr(cast, who)):
            seen[who] = SignIn.objects.count()
    assert seen == {"maren": 1, "tadesse": 0, "delphine": 0, "otto": 1, "noor": 0}
    assert SignIn.objects.count() == 0


def test_an_administrator_signs_somebody_out_everywhere(cast: Cast) -> None:
    browsers, otto = [comes_in(), comes_in(agent=PHONE)], signed_in(cast, "otto")
    key = cast.staff["maren"].pk
    assert "The account is open in <b>2 places</b> now." in read(otto, "staff_door", key)
    assert otto.post(reverse("staff_signed_out", args=[key])).status_code == 302
    assert [is_in(one) for one in browsers] == [False, False]
    with acting(cast.otto):
        assert Deed.objects.get(verb="staff_sign_out").sentence == "Signed Maren Achterberg out everywhere"


@pytest.mark.parametrize(
    "name", ["staff_door", "staff_signed_out", "staff_door_open", "staff_lost_phone", "sign_in_rules"]
)
@pytest.mark.parametrize("who", ["maren", "delphine", "noor"])
def test_pages_about_how_others_sign_in_are_for_their_administrators(cast: Cast, name: str, who: str) -> None:
    args = [] if name == "sign_in_rules" else [cast.staff["tadesse"].pk]
    answer = signed_in(cast, who).post(reverse(name, args=args), {"password": "nine herons at dusk"})
    assert answer.status_code in ({403} if who != "noor" else {404, 405, 422})


def test_a_password_that_is_changed_ends_the_other_places(cast: Cast) -> None:
    phone, desk, new = comes_in(agent=PHONE), comes_in(), "eleven gulls on a roof"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert desk.post("/account/password/", sent).status_code == 302
    assert (is_in(phone), is_in(desk)) == (False, True)
    assert [row.ended_at is None for row in places_of(cast)] == [False, True]
    assert "<b>1 place</b>" in read(desk, "account")
    with acting(cast.maren):
        assert Deed.objects.get(verb="password_own_changed").sentence == "Changed their own password"
    assert desk.post(reverse("others_end")).status_code == 302
    assert is_in(desk)


def test_a_session_that_a_new_password_of_the_administrators_closed_is_not_listed(cast: Cast) -> None:
    comes_in()
    password_set(cast.otto, staff=cast.staff["maren"], password="nine herons at dusk")
    assert "Nowhere." in read(signed_in(cast, "otto"), "staff_door", cast.staff["maren"].pk)


def test_whoever_leaves_is_out_with_the_next_request_and_the_session_is_gone(cast: Cast) -> None:
    maren, staff = comes_in(), cast.staff["maren"]
    key = maren.session.session_key
    staff_change(
        cast.otto, staff=staff, name=staff.name, title="", roles=staff.roles, languages=[], supervisor=None, trainee=False,
        left_on=clock.today(),
    )  # fmt: skip
    assert maren.get("/today/").headers["Location"].startswith("/account/sign-in/")
    assert not Session.objects.filter(session_key=key).exists()
    assert knock(Client(), "maren").status_code == 403


def test_the_first_device_is_no_news_and_a_second_one_is_asked_about_on_both(cast: Cast) -> None:
    desk = comes_in()
    assert "from a new device" not in read(desk, "today")
    phone = comes_in(agent=PHONE)
    for browser in (desk, phone):
        for page in ("today", "account"):
            assert "Someone signed in to your account from a new device: Safari on iPhone" in read(browser, page)
            assert "more sign-in" not in read(browser, page)
    comes_in(agent=PHONE)
    page = read(desk, "today")
    assert "1 more sign-in from a new device" in page and page.count("Someone signed in") == 2, (
        "the newest is in sight, the rest is folded"
    )


def test_a_device_that_was_here_before_is_known_again(cast: Cast) -> None:
    desk = comes_in()
    comes_in(agent=PHONE)
    desk.post(OUT)
    knock(desk, "maren")
    assert [row.new_device for row in places_of(cast)] == [False, True, False]
    cookie = desk.cookies["device"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_a_made_up_mark_is_a_new_device(cast: Cast) -> None:
    request = RequestFactory().get("/")
    request.COOKIES["device"] = str(places_of(cast)) + "made up"
    assert mark_of(request) != mark_of(request)


def test_it_was_me_ends_the_question(cast: Cast) -> None:
    desk, _phone = comes_in(), comes_in(agent=PHONE)
    row = places_of(cast)[1]
    assert "Noted: that was you." in words_of(
        desk.post(reverse("device_answered", args=[row.pk]), {"mine": "yes"}, follow=True)
    )
    assert "from a new device" not in read(desk, "today")


def test_it_was_not_me_signs_the_device_out_and_leads_to_a_new_password(cast: Cast) -> None:
    desk, thief = comes_in(), comes_in(agent=CHROME)
    answer = desk.post(reverse("device_answered", args=[places_of(cast)[1].pk]), {"mine": "no"})
    assert answer.headers["Location"] == "/account/password/"
    assert not is_in(thief)
    with acting(cast.otto):
        said = Deed.objects.get(verb="device_answer").sentence
    assert said == "Said that a sign-in from a new device was not theirs"


def test_last_used_is_kept_now_and_then_and_not_at_every_page(cast: Cast) -> None:
    desk = comes_in()
    desk.get("/account/")
    row = places_of(cast)[0]
    assert (timezone.now() - row.last_used).total_seconds() < 60
    session = desk.session
    session["door"] = session["door"] | {"seen": session["door"]["seen"] - 40}
    session.save()
    desk.get("/account/")
    assert places_of(cast)[0].last_used > row.last_used
