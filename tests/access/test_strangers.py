"""Strangers try every address of a client's file, with her real ids (practice C4, C5).

The addresses come from the resolver, so a page that is added is tried without anyone naming it here.
"""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import connections, transaction
from django.http import HttpResponse
from django.test import Client

from alongside.client_level.engagement.models import Outreach
from alongside.foundations import looks
from alongside.foundations.actor import Actor, acting
from alongside.foundations.models import Deed, Look
from alongside.foundations.roles import NOTHING, READ_CASE
from tests.access.routes import Record, Route, browser, case_routes, keys, lend, routes, whole_record
from tests.attacks import Tried
from tests.cast import Cast
from tests.door import met

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C4", "C5")]

STRANGERS = ("tadesse", "noor", "otto")
METHODS = ("GET", "POST")
TOKEN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=)"\w+"')


@pytest.fixture
def sama(cast: Cast) -> Record:
    """Sama's whole record, and outreach that names her."""
    return whole_record(cast, cast.sama, "maren") | {Outreach: met(cast, who="Sama, by the ferry")}


def ask(client: Client, method: str, path: str, data: dict[str, str] | None = None) -> Any:
    """Send one request of which nothing is kept."""
    with transaction.atomic():
        answer = client.post(path, data or {}) if method == "POST" else client.generic(method, path)
        transaction.set_rollback(True)
    return answer


def words_of(answer: HttpResponse) -> str:
    """All that an answer says, headers too; not the drawn letters of a form's token, which may spell a name by chance."""
    body = b"".join(answer) if answer.streaming else answer.content
    return TOKEN.sub("", body.decode("utf-8", "replace")) + str(answer.headers)


def refusals(actor: Actor, case: UUID | None) -> int:
    """How often somebody was refused a case, or what is of no case, as they themselves may read it."""
    with connections["looks"].cursor() as cursor:
        cursor.execute("SELECT set_config('alongside.staff', %s, true)", [str(actor.staff)])
    return Look.objects.using("looks").filter(staff_id=actor.staff, case_id=case, kind=looks.REFUSED).count()


def tries(record: Record) -> Iterator[tuple[Route, str, str]]:
    """Every address of a case, by every method."""
    for route in case_routes():
        for method in METHODS:
            yield route, method, route.path(record)


def test_the_resolver_gives_addresses_of_a_case(sama: Record) -> None:
    assert len(case_routes()) > 20
    assert all(str(next(iter(sama.values())).pk) in route.path(sama) for route in case_routes())


@pytest.mark.attack("ids swapped")
@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_is_told_that_nothing_is_there_and_the_attempt_is_kept(
    cast: Cast, sama: Record, tried: Tried, who: str
) -> None:
    """And the answer is the same as for a file that does not exist, to the letter's number."""
    client, actor, case, faults = browser(cast, who), getattr(cast, who), cast.sama.pk, []
    for route, method, path in tries(sama):
        before = refusals(actor, case)
        answer = ask(client, method, path)
        tried()
        if answer.status_code == 405 and method == "GET":
            continue  # the same for everyone: this address only takes forms
        nowhere = ask(client, method, path.replace(str(case), str(UUID(int=7))))
        if answer.status_code != 404 or "Sama" in words_of(answer):
            faults.append(f"{method} {route.text}: {answer.status_code}")
        elif refusals(actor, case) != before + 1:
            faults.append(f"{method} {route.text}: {refusals(actor, case) - before} refusals kept")
        elif (nowhere.status_code, len(nowhere.content)) != (404, len(answer.content)):
            faults.append(f"{method} {route.text}: told apart from nothing")
    assert not faults, "\n".join(faults)


@pytest.mark.attack("ids swapped")
def test_whoever_is_signed_out_is_sent_to_sign_in(cast: Cast, sama: Record, tried: Tried) -> None:
    client, faults = browser(cast, None), []
    for route in routes():
        for method in METHODS:
            answer = ask(client, method, route.path(sama))
            tried()
            said, status = words_of(answer), answer.status_code
            if route.name == "account_logout":
                continue  # whoever is out already goes to the way in by the first page
            away = status == 302 and answer.headers["Location"].startswith("/account/sign-in/")
            if "Sama" in said or status >= 500:
                faults.append(f"{method} {route.text}: {status}")
            elif route.need is NOTHING:
                if route.of_a_case and status not in (401, 405):
                    faults.append(f"{method} {route.text}: {status}, needs no sign-in and yet opens a case")
            elif not away:
                faults.append(f"{method} {route.text}: {status}")
    assert not faults, "\n".join(faults)


@pytest.mark.attack("ids swapped")
@pytest.mark.parametrize("who", STRANGERS)
def test_no_other_page_tells_a_stranger_about_her(cast: Cast, sama: Record, tried: Tried, who: str) -> None:
    """Lists, searches, the door and the agency's own pages: none names her, none breaks."""
    client, faults = browser(cast, who), []
    for route in (route for route in routes() if not route.of_a_case):
        for method, more in (("GET", ""), ("GET", "?q=Othman&show=all&who=all"), ("POST", "")):
            answer = ask(client, method, route.path(sama) + more)
            tried()
            if "Sama" in words_of(answer) or answer.status_code >= 500:
                faults.append(f"{method} {route.text}{more}: {answer.status_code}")
    assert not faults, "\n".join(faults)


@pytest.mark.attack("ids swapped")
def test_her_papers_do_not_open_through_another_clients_file(cast: Cast, sama: Record, tried: Tried) -> None:
    """Tadesse puts the ids of Sama's papers into the address of his own client."""
    own = cast.enroll("Yusuf Demir", primary="tadesse")
    client, faults = browser(cast, "tadesse"), []
    for route, method, path in tries(sama):
        mixed = path.replace(str(cast.sama.pk), str(own.pk))
        hers = [key for key in keys(sama) if str(key) in mixed]
        if not hers:
            continue
        answer = ask(client, method, mixed)
        tried()
        nothing = (404, 405) if route.need.held_by(cast.tadesse.roles) else (403, 404, 405)
        if answer.status_code not in nothing or "Sama" in words_of(answer):
            faults.append(f"{method} {route.text}: {answer.status_code}")
    assert not faults, "\n".join(faults)


def test_her_ids_in_a_query_tell_another_worker_nothing(cast: Cast, sama: Record) -> None:
    own = cast.enroll("Yusuf Demir", primary="tadesse")
    client, faults = browser(cast, "tadesse"), []
    hers = "&".join(f"{model.__name__.lower()}={row.pk}" for model, row in sama.items())
    for route in (route for route in case_routes() if route.text.count("<") == 1):
        answer = ask(client, "GET", f"{route.path({type(own): own})}?{hers}")
        if answer.status_code >= 500 or "Sama" in words_of(answer):
            faults.append(f"{route.text}: {answer.status_code}")
    assert not faults, "\n".join(faults)


@pytest.mark.demand("S12")
def test_a_file_lent_for_review_is_read_and_not_written_in(cast: Cast, sama: Record) -> None:
    lend(cast, cast.sama, "quinn")
    client, faults = browser(cast, "quinn"), []
    with acting(cast.delphine):
        before = Deed.objects.filter(case_id=cast.sama.pk).count()
    for route in case_routes():
        reads = ask(client, "GET", route.path(sama)).status_code
        if reads not in ((200, 302, 404, 405) if route.need is READ_CASE else (403, 404, 405)):
            faults.append(f"GET {route.text}: {reads}")
        writes = client.post(route.path(sama)).status_code
        may = (
            (422,) if route.name == "conflict_new" else ()
        )  # whoever reads a file says of themselves that they should not
        if writes not in ((403, 405) if route.need is not READ_CASE else (200, 403, 404, 405, *may)):
            faults.append(f"POST {route.text}: {writes}")
    with acting(cast.delphine):
        assert Deed.objects.filter(case_id=cast.sama.pk).count() == before
    assert not faults, "\n".join(faults)


def test_the_file_itself_opens_for_the_reviewer_only_while_it_is_lent(cast: Cast, sama: Record) -> None:
    client, page = browser(cast, "quinn"), f"/cases/{cast.sama.pk}/"
    assert ask(client, "GET", page).status_code == 404
    lend(cast, cast.sama, "quinn")
    assert "Sama" in words_of(ask(client, "GET", page))


@pytest.mark.parametrize("who", ["maren", "delphine", "priya"])
def test_nobody_on_her_team_meets_an_error(cast: Cast, sama: Record, who: str) -> None:
    """The counterpart: the same addresses answer those who work with her, so the refusals above mean something."""
    client, opened, refused, faults = browser(cast, who), 0, 0, []
    for route in (route for route in case_routes() if "pdf" not in route.name):
        answer = ask(client, "GET", route.path(sama))
        opened += answer.status_code == 200
        refused += answer.status_code == 403 and route.need.held_by(getattr(cast, who).roles)
        if answer.status_code >= 500:
            faults.append(f"GET {route.text}: {answer.status_code}")
    assert not faults, "\n".join(faults)
    assert opened * 2 > len(case_routes())
    assert refused == 0, "only what another role does is closed to those who work with her"


def test_a_worker_who_left_is_signed_out_at_once(cast: Cast, sama: Record) -> None:
    client, staff = browser(cast, "maren"), cast.staff["maren"]
    with acting(cast.otto):
        staff.left_on = cast.sama.opened_on
        staff.save(update_fields=["left_on"])
    for route in case_routes():
        answer = ask(client, "GET", route.path(sama))
        assert answer.status_code in (302, 401, 403, 404, 405), route.text
        assert "Sama" not in words_of(answer)
