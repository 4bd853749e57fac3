"""Signing in by the agency’s own sign-in: for accounts that an administrator made, with the second step, and seen (practice C4, C5)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from alongside.foundations import clock, looks
from alongside.foundations.actor import acting
from alongside.foundations.models import Deed
from alongside.people.actions import password_set
from alongside.people.models import Account
from alongside.site.account.models import IssuerLink, SignIn
from alongside.site.account.oidc import issuer as issuer_module
from alongside.site.account.oidc.issuer import from_environment
from tests.cast import Cast
from tests.doors import CODE, DOOR, OUT, code_of, is_in, knock, with_app
from tests.issuing import BACK, BEGIN, CLIENT, OTHER, IssuerHouse, begin, comes_by, issuer_house, shown, signed
from tests.kept import looks_seen_by
from tests.visits import beside, read, signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C4", "C5")]
REAL = pytest.mark.parametrize("cast", [False], indirect=True)
MAREN = "maren@harbourlane.example"
NOTHING_HERE = "Harbour Lane ID knows you, but no account here is linked to you."


@pytest.fixture
def house(settings: Settings) -> Iterator[IssuerHouse]:
    """Harbour Lane has a sign-in of its own."""
    with issuer_house() as made:
        settings.OIDC = made.issuer()
        yield made


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What follows a commit follows at once, for in a test nothing is committed."""
    monkeypatch.setattr(transaction, "on_commit", lambda call, **_more: call())


def test_the_door_offers_it_only_where_there_is_one(client: Client, settings: Settings, house: IssuerHouse) -> None:
    assert "Sign in with Harbour Lane ID" in words_of(client.get(DOOR))
    settings.OIDC = None
    assert BEGIN not in words_of(client.get(DOOR))
    assert [client.get(place).headers["Location"] for place in (BEGIN, BACK)] == [DOOR, DOOR]


def test_maren_comes_in_with_what_protects_the_way_and_is_taken_where_she_wanted(
    cast: Cast, house: IssuerHouse
) -> None:
    browser = Client()
    assert f"{BEGIN}?next=/cases/" in words_of(browser.get(f"{DOOR}?next=/cases/"))
    asked = begin(browser, next="/cases/")
    assert (asked["response_type"], asked["client_id"], asked["scope"]) == ("code", CLIENT, "openid email")
    assert asked["redirect_uri"] == f"http://testserver{BACK}"
    assert asked["code_challenge_method"] == "S256"
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 43
    assert len({asked[name] for name in ("state", "nonce", "code_challenge")} | set(begin(Client()).values())) > 6
    code = house.grant(asked, signed(house.claims(asked, MAREN)))
    answer = browser.get(BACK, {"code": code, "state": asked["state"]})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/cases/")
    assert is_in(browser, "/today/")
    assert "linked since" in read(browser, "account")
    assert (looks.SIGNED_IN, "issuer_back", "Maren Achterberg") in looks_seen_by(cast.maren)
    with acting(cast.maren):
        assert SignIn.objects.get(staff_id=cast.staff["maren"].pk).how == "issuer"
        assert Deed.objects.get(verb="issuer_link_own").sentence == "Signed in by Harbour Lane ID for the first time"


def test_from_then_on_it_is_the_key_that_counts_and_not_the_e_mail(cast: Cast, house: IssuerHouse) -> None:
    comes_by(house, Client(), MAREN, sub="4711")
    renamed = comes_by(house, Client(), "m.achterberg@harbourlane.example", sub="4711", email_verified=False)
    assert renamed.status_code == 302
    successor = Client()
    answer = comes_by(house, successor, MAREN, sub="4712")
    assert (answer.status_code, NOTHING_HERE in words_of(answer)) == (403, True)
    assert not is_in(successor)


def test_an_e_mail_that_is_shown_only_where_the_issuer_tells_what_it_knows_is_asked_for(
    cast: Cast, house: IssuerHouse
) -> None:
    house.known = {"sub": "4711", "email": MAREN, "email_verified": True}
    assert comes_by(house, Client(), MAREN, sub="4711", email=None, email_verified=None).status_code == 302


def test_a_client_that_has_to_name_itself_in_the_form_does_so(cast: Cast, house: IssuerHouse) -> None:
    house.places["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
    assert comes_by(house, Client(), MAREN).status_code == 302


def test_an_issuer_that_changed_its_keys_is_asked_for_them_once_and_not_at_every_try(
    cast: Cast, house: IssuerHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    comes_by(house, Client(), MAREN)
    house.keys = [shown(OTHER, "two")]
    asked = house.asked.count("/keys")
    for number in range(3):
        browser = Client()
        told = begin(browser)
        code = house.grant(told, signed(house.claims(told, MAREN), OTHER, kid="two"))
        answer = browser.get(BACK, {"code": code, "state": told["state"]})
        if number == 0:
            assert (answer.status_code, house.asked.count("/keys")) == (403, asked), "asked a moment ago"
            monkeypatch.setattr(issuer_module, "NOT_SOONER", 0)
        else:
            assert answer.status_code == 302
    assert house.asked.count("/keys") == asked + 1


@REAL
def test_the_second_step_is_asked_for_all_the_same(cast: Cast, house: IssuerHouse) -> None:
    _first, secret, _sheet = with_app("maren")
    browser = Client()
    assert comes_by(house, browser, MAREN, amr=["pwd", "mfa"]).headers["Location"] == CODE
    assert not is_in(browser)
    with acting(cast.maren):
        assert not IssuerLink.objects.exists(), "she is not in yet"
    assert browser.post(CODE, {"code": code_of(secret, 1)}).status_code == 302
    assert is_in(browser)
    with acting(cast.maren):
        assert IssuerLink.objects.count() == 1


@REAL
def test_whoever_has_no_second_step_sets_one_up_and_says_first_who_they_are(cast: Cast, house: IssuerHouse) -> None:
    browser = Client()
    assert comes_by(house, browser, MAREN).status_code == 302
    assert browser.get("/today/").headers["Location"] == "/account/second-step/"
    assert browser.get("/account/app/").headers["Location"].startswith("/account/who-is-there/")


@REAL
@pytest.mark.parametrize(
    ("claims", "enough"),
    [({"amr": ["pwd", "mfa"]}, True), ({"acr": "two-steps"}, True), ({"amr": ["pwd", "otp"]}, False), ({"acr": "one-step"}, False),
     ({"amr": "mfa"}, False), ({"amr": None}, False), ({"acr": ["two-steps"]}, False)],
)  # fmt: skip
def test_its_second_step_is_enough_when_it_says_so_and_the_agency_trusts_it(
    cast: Cast, house: IssuerHouse, settings: Settings, claims: dict[str, Any], enough: bool
) -> None:
    settings.OIDC = house.issuer(acr=("two-steps",))
    otto, *_ = with_app("otto")
    assert "do a second step here too" in read(otto, "sign_in_rules")
    assert "Its second step is enough." in words_of(otto.post(reverse("issuer_trust"), {"trusted": "yes"}, follow=True))
    assert begin(Client())["acr_values"] == "two-steps"
    browser = Client()
    comes_by(house, browser, MAREN, **claims)
    assert is_in(browser) is enough
    assert "A second step is asked here too." in words_of(otto.post(reverse("issuer_trust"), follow=True))
    again = Client()
    comes_by(house, again, MAREN, **claims)
    assert not is_in(again)
    with acting(cast.otto):
        assert Deed.objects.filter(verb="issuer_steps_trust").count() == 2


@REAL
def test_a_password_of_ones_own_comes_first_as_ever(cast: Cast, house: IssuerHouse) -> None:
    password_set(cast.otto, staff=cast.staff["maren"], password="nine herons at dusk")
    browser = Client()
    comes_by(house, browser, MAREN)
    assert browser.get("/today/").headers["Location"] == "/account/password/"


def test_where_no_e_mail_is_vouched_for_the_administrator_links_the_key_that_stood_on_the_page(
    cast: Cast, house: IssuerHouse
) -> None:
    browser, otto, maren = Client(), signed_in(cast, "otto"), cast.staff["maren"].pk
    told = words_of(comes_by(house, browser, MAREN, sub="AAAA-4711", email_verified=False))
    assert "AAAA-4711" in told and NOTHING_HERE in told
    assert "Not linked yet." in read(otto, "staff_door", maren)
    assert "Let them read it to you" in read(otto, "staff_issuer", maren)
    answer = otto.post(reverse("staff_issuer", args=[maren]), {"subject": "AAAA-4711"}, follow=True)
    assert "Maren Achterberg signs in by Harbour Lane ID from now on." in words_of(answer)
    assert "Linked since" in words_of(answer)
    assert comes_by(house, browser, MAREN, sub="AAAA-4711", email_verified=False).status_code == 302
    for who in ("maren", "tadesse"):
        taken = otto.post(reverse("staff_issuer", args=[cast.staff[who].pk]), {"subject": "AAAA-4711"})
        assert "Undo that link first" in beside(taken, "subject"), who
    otto.post(reverse("staff_issuer_end", args=[maren]))
    browser.post(OUT)
    assert comes_by(house, browser, MAREN, sub="AAAA-4711", email_verified=False).status_code == 403
    with acting(cast.otto):
        said = list(Deed.objects.filter(verb__startswith="issuer").order_by("at").values_list("sentence", flat=True))
    assert said == [
        "Linked Maren Achterberg to the sign-in by Harbour Lane ID",
        "Undid the link of Maren Achterberg to the sign-in by Harbour Lane ID",
    ]


@pytest.mark.parametrize(
    ("key", "said"), [("", "Fill this in."), ("ключ", "plain letters"), ("x" * 256, "at most 255")]
)
def test_a_key_that_cannot_be_one_is_refused(cast: Cast, house: IssuerHouse, key: str, said: str) -> None:
    answer = signed_in(cast, "otto").post(reverse("staff_issuer", args=[cast.staff["maren"].pk]), {"subject": key})
    assert said in beside(answer, "subject")


@pytest.mark.parametrize("who", ["maren", "delphine", "noor"])
def test_nobody_else_links_undoes_or_trusts(cast: Cast, house: IssuerHouse, who: str) -> None:
    browser, maren = signed_in(cast, who), cast.staff["maren"].pk
    status = 404 if who == "noor" else 403
    for name, args in (("staff_issuer", [maren]), ("staff_issuer_end", [maren]), ("issuer_trust", [])):
        assert browser.post(reverse(name, args=args), {"subject": "x", "trusted": "yes"}).status_code == status, name


def test_the_administrator_of_another_agency_is_shown_nothing_of_it(cast: Cast, house: IssuerHouse) -> None:
    noor = signed_in(cast, "noor")
    assert "Harbour Lane ID" not in read(noor, "sign_in_rules")
    assert "Harbour Lane ID" not in read(noor, "staff_door", cast.staff["noor"].pk)


def test_whoever_left_and_whose_account_is_closed_does_not_come_in(cast: Cast, house: IssuerHouse) -> None:
    comes_by(house, Client(), MAREN)
    with acting(cast.otto):
        Account.objects.filter(pk=cast.staff["tadesse"].account_id).update(is_active=False)
        cast.staff["maren"].left_on = clock.today() - timedelta(days=1)
        cast.staff["maren"].save()
    for who in ("maren", "tadesse"):
        browser = Client()
        answer = comes_by(house, browser, f"{who}@harbourlane.example")
        assert (answer.status_code, NOTHING_HERE in words_of(answer)) == (403, True), who
        assert not is_in(browser)


def test_whoever_says_no_over_there_is_at_the_door_again(cast: Cast, house: IssuerHouse) -> None:
    browser = Client()
    asked = begin(browser)
    answer = browser.get(BACK, {"error": "access_denied", "state": asked["state"]}, follow=True)
    assert answer.redirect_chain[-1][0] == f"{DOOR}?next=/"


def test_only_a_page_of_ours_leads_there(cast: Cast, house: IssuerHouse) -> None:
    """Else a page of anybody's could sign its reader in."""
    for site, there in (
        ("cross-site", "/"),
        ("same-site", "/"),
        ("same-origin", f"{house.url}/ask"),
        ("none", f"{house.url}/ask"),
    ):
        answer = Client().get(BEGIN, headers={"Sec-Fetch-Site": site})
        assert answer.headers["Location"].split("?")[0] == there, site


def test_the_session_is_a_new_one_and_a_device_is_asked_about_as_ever(cast: Cast, house: IssuerHouse) -> None:
    knock(Client(), "maren")
    browser = Client()
    begin(browser)
    before = browser.session.session_key
    comes_by(house, browser, MAREN)
    assert browser.session.session_key != before
    assert "Someone signed in to your account from a new device" in read(browser, "account")


def test_the_settings_stop_the_program_with_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    assert from_environment() is None
    secret = tmp_path / "secret"
    secret.write_text("hush\n", encoding="utf-8")
    monkeypatch.setenv("ALONGSIDE_OIDC_ISSUER", "https://id.example.org")
    with pytest.raises(
        ValueError, match="ALONGSIDE_OIDC_CLIENT_ID, ALONGSIDE_OIDC_CLIENT_SECRET, ALONGSIDE_OIDC_AGENCY"
    ):
        from_environment()
    for name, value in (
        ("CLIENT_ID", "us"),
        ("CLIENT_SECRET_FILE", str(secret)),
        ("AGENCY", "Harbour Lane"),
        ("ACR", "a b"),
    ):
        monkeypatch.setenv(f"ALONGSIDE_OIDC_{name}", value)
    made = from_environment()
    assert made is not None
    assert (made.secret, made.name, made.acr) == ("hush", "Harbour Lane", ("a", "b"))
    for open_to_listeners in ("http://id.example.org", "id.example.org", "ftp://127.0.0.1", "https://", "http://[x"):
        monkeypatch.setenv("ALONGSIDE_OIDC_ISSUER", open_to_listeners)
        with pytest.raises(ValueError, match="should begin with https"):
            from_environment()
