"""What a browser should never send: words that are code, letters that are not, absurd days, forged forms and addresses.

Every form that the resolver leads to is filled and sent, so a new form is tried without anyone naming it here.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from alongside.client_level.engagement.models import Outreach
from alongside.foundations.actor import acting
from alongside.foundations.models import Deed
from alongside.foundations.roles import NOTHING
from alongside.people.models import Case
from tests.access.routes import Record, Route, browser, routes, whole_record
from tests.attacks import Tried
from tests.cast import PASSWORD, Cast
from tests.door import met
from tests.house.tree import SOURCE, python_files, text_of
from tests.kept import looks_seen_by

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C4")]

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7 }}{% now %}"
HOSTILE = {
    "code": f"'; DROP TABLE people_case; --{SCRIPT}",
    "half a megabyte": "long words " * 45_000,
    "a letter of nothing": "before\x00after\u202e",
    "an absurd day": "9999-12-31",
    "the first of all days": "0001-01-01",
    "a huge number": "9" * 30,
    "a negative number": "-1",
    "nothing": "",
}
DAYS = {"an absurd day", "the first of all days"}
NUMBERS = {"a huge number", "a negative number"}
ASKED_FOR = re.compile(r"""request\.(?:GET|POST)(?:\.get|\.getlist)?[(\[]\s*["'](\w+)["']""")
WHO = {"cases/": "maren", "referrals/": "ines", "outreach/": "ines", "agency/": "otto"}


@pytest.fixture
def sama(cast: Cast) -> Record:
    """Sama's whole record, with a referral at the door beside it, and outreach."""
    record = whole_record(cast, cast.sama, "maren")
    waiting = cast.refer("Yusuf Demir")
    return record | {type(waiting): waiting, Outreach: met(cast)}


def opener_of(route: Route) -> str:
    """Who would open an address in life."""
    return next((who for start, who in WHO.items() if route.text.startswith(start)), "maren")


def is_narrative(field: forms.Field) -> bool:
    """Whether people type freely into a field."""
    return isinstance(field, forms.CharField) and not isinstance(field.widget, forms.HiddenInput)


def meant(field: forms.Field) -> Any:
    """A value as people send it."""
    if isinstance(field, forms.ModelChoiceField):
        found = field.queryset.first() if field.queryset is not None else None
        return str(found.pk) if found else ""
    if isinstance(field, forms.ChoiceField):
        offered: Any = field.choices
        choices = [key for key, _ in offered if key != "" and not isinstance(_, (list, tuple))]
        return str(choices[0]) if choices else ""
    if isinstance(field, (forms.DateField, forms.DateTimeField)):
        return "2026-11-20"
    if isinstance(field, forms.TimeField):
        return "10:00"
    if isinstance(field, (forms.IntegerField, forms.DecimalField)):
        return "1"
    return "on" if isinstance(field, forms.BooleanField) else "words"


def hostile(field: forms.Field, kind: str) -> Any:
    """The same with what nobody means put in, cut to the length that the field takes."""
    if kind in DAYS:
        return HOSTILE[kind] if isinstance(field, (forms.DateField, forms.DateTimeField)) else meant(field)
    if kind in NUMBERS:
        return HOSTILE[kind] if isinstance(field, (forms.IntegerField, forms.DecimalField)) else meant(field)
    if not is_narrative(field):
        return "" if kind == "nothing" else meant(field)
    return HOSTILE[kind][: getattr(field, "max_length", None)]


def forms_on(client: Client, path: str) -> Iterator[forms.Form]:
    """Every form that a page draws."""
    page = client.get(path)
    if page.status_code != 200 or page.context is None:
        return
    seen: dict[int, forms.Form] = {}
    layers: Any = page.context
    for layer in layers:
        for value in layer.flatten().values() if hasattr(layer, "flatten") else layer.values():
            if isinstance(value, forms.BaseForm):
                seen[id(value)] = value  # type: ignore[assignment]
    yield from seen.values()


def send(client: Client, path: str, data: dict[str, Any]) -> tuple[int, str]:
    """Send a form, follow it to where it leads, and keep nothing. The worst status and all that was said."""
    with transaction.atomic():
        answer = client.post(path, data)
        said, status = answer.content.decode("utf-8", "replace"), answer.status_code
        if status == 302:
            there = client.get(answer.headers["Location"])
            body = there.content.decode("utf-8", "replace") if not there.streaming else ""
            said, status = said + body, max(status, there.status_code)
        transaction.set_rollback(True)
    return status, said


Drawn = list[tuple[Route, Client, str, forms.Form]]


@pytest.fixture
def drawn(cast: Cast, sama: Record) -> Drawn:
    """Every form of every page, with the browser of somebody who may open it."""
    clients = {who: browser(cast, who) for who in WHO.values()}
    with transaction.atomic():
        found = [
            (route, clients[opener_of(route)], route.path(sama), form)
            for route in routes()
            if not route.text.endswith("paper/")
            for form in forms_on(clients[opener_of(route)], route.path(sama))
        ]
        transaction.set_rollback(True)
    return found


def test_no_form_breaks_on_what_nobody_means(cast: Cast, drawn: Drawn) -> None:
    faults = []
    for route, client, path, form in drawn:
        for kind in HOSTILE:
            if kind in DAYS and not any(
                isinstance(f, (forms.DateField, forms.DateTimeField)) for f in form.fields.values()
            ):
                continue
            status, said = send(client, path, {form.add_prefix(n): hostile(f, kind) for n, f in form.fields.items()})
            if status >= 500:
                faults.append(f"{route.text} with {kind}: {status}")
            if "<script>alert(1)" in said or "<img src=x" in said:
                faults.append(f"{route.text}: what was typed became part of the page")
    with acting(cast.maren):
        assert Case.objects.filter(pk=cast.sama.pk).exists()
    assert len(drawn) > 20
    assert not faults, "\n".join(faults)


def test_choices_and_ids_that_were_never_offered_are_refused(cast: Cast, drawn: Drawn) -> None:
    faults = []
    for route, client, path, form in drawn:
        for value in (str(cast.noor.staff), "no\x00nsense"):
            data = {name: value if not is_narrative(field) else "words" for name, field in form.fields.items()}
            status, _ = send(client, path, data)
            if status >= 500:
                faults.append(f"{route.text} with {value!r}: {status}")
    assert not faults, "\n".join(faults)


@pytest.mark.demand("C5")
def test_a_choice_that_was_never_offered_is_kept_as_a_look(cast: Cast) -> None:
    """Whoever puts another's key into a form has a hand on the form itself; a field left empty is only a mistake."""
    client = browser(cast, "otto")
    place = reverse("staff_edit", args=[cast.staff["maren"].pk])
    for typed, kept in (
        ({"name": "", "roles": []}, 0),
        ({"name": "M.", "roles": ["owner"]}, 1),
        ({"supervisor": cast.noor.staff}, 2),
    ):
        assert client.post(place, typed).status_code == 422
        assert looks_seen_by(cast.otto).count(("refused", "staff_edit", "Otto Lindqvist")) == kept


def test_no_question_in_an_address_breaks_a_page(cast: Cast, sama: Record) -> None:
    """Every name that any view reads from the address or the form is given nonsense of several kinds."""
    names = sorted({name for path in python_files(SOURCE) for name in ASKED_FOR.findall(text_of(path))})
    assert names
    clients, faults = {who: browser(cast, who) for who in WHO.values()}, []
    for route in routes():
        client, path = clients[opener_of(route)], route.path(sama)
        for value in ("\x00", "9" * 30, f"not-an-id'; --{SCRIPT}"):
            for ask in (client.get, client.post):
                with transaction.atomic():
                    answer = ask(path, dict.fromkeys(names, value))
                    transaction.set_rollback(True)
                if answer.status_code >= 500 or b"<script>alert(1)" in answer.getvalue():
                    faults.append(f"{ask.__name__} {route.text} with {value[:12]!r}: {answer.status_code}")
    assert not faults, "\n".join(faults)


def test_the_draft_of_a_form_takes_any_words_and_no_address_elsewhere(cast: Cast) -> None:
    client = browser(cast, "maren")
    for words in HOSTILE.values():
        assert client.post("/drafts/?place=/cases/", {"words": words}).status_code == 200
    for place in ("", "https://elsewhere.example/", "cases", "/" + "x" * 400, "/\x00"):
        assert client.post("/drafts/", QUERY_STRING=f"place={place}").status_code == 422, repr(place)


@pytest.mark.attack("forged form")
def test_every_form_must_have_been_drawn_by_us(cast: Cast, sama: Record, tried: Tried) -> None:
    """Another site cannot send a form in the name of whoever is signed in."""
    client = browser(cast, "maren", checks_csrf=True)
    with acting(cast.maren):
        before = Deed.objects.count()
    for route in routes():
        answer = client.post(route.path(sama), HTTP_ORIGIN="https://elsewhere.example")
        tried()
        assert answer.status_code == 403, f"{route.text}: {answer.status_code}"
    with acting(cast.maren):
        assert Deed.objects.count() == before


ELSEWHERE = (
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "/\\elsewhere.example/",
    "https:///elsewhere.example/",
    "javascript:alert(1)",
    "https://testserver@elsewhere.example//elsewhere.example/x",
    "https://elsewhere.example/\\elsewhere.example/",
)


def is_ours(place: str) -> bool:
    """Whether an address leads nowhere but here, for every browser."""
    return url_has_allowed_host_and_scheme(place, allowed_hosts={"testserver"})


@pytest.mark.attack("open redirect")
@pytest.mark.parametrize("place", ELSEWHERE)
def test_nobody_is_led_elsewhere_by_the_theme_or_by_signing_in(cast: Cast, tried: Tried, place: str) -> None:
    answer = browser(cast, "maren").post("/theme/", {"theme": "dark"}, HTTP_REFERER=place)
    assert answer.status_code == 302
    assert is_ours(answer.headers["Location"]), answer.headers["Location"]
    for asks in ({"QUERY_STRING": f"next={place}"}, {}):
        client = Client()
        data = {"login": "maren@harbourlane.example", "password": PASSWORD, "next": place}
        entered = client.post("/account/sign-in/", data, **asks)  # type: ignore[arg-type]
        tried()
        assert entered.status_code == 302
        assert is_ours(entered.headers["Location"]), entered.headers["Location"]


@pytest.mark.attack("host header")
def test_a_page_asked_for_under_another_name_is_refused(cast: Cast, tried: Tried) -> None:
    for host in ("elsewhere.example", "127.0.0.1.elsewhere.example", "testserver@elsewhere.example", "testserver\\x"):
        tried()
        assert browser(cast, "maren").get("/cases/", HTTP_HOST=host).status_code == 400


def test_signing_in_withstands_what_nobody_means(cast: Cast) -> None:
    for words in HOSTILE.values():
        answer = Client(raise_request_exception=False).post("/account/sign-in/", {"login": words, "password": words})
        assert answer.status_code < 500
        assert "<script>alert(1)" not in answer.content.decode("utf-8", "replace")


def test_nothing_without_sign_in_opens_a_file(sama: Record) -> None:
    for route in (route for route in routes() if route.need is NOTHING):
        answer = Client(raise_request_exception=False).get(route.path(sama))
        to_the_door = answer.status_code == 302 and answer.headers["Location"] == "/account/sign-in/"
        assert to_the_door or answer.status_code in (200, 401, 405), route.text
