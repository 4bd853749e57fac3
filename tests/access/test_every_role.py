"""Two agencies, every role, every address, every method: with the ids of a file that is not theirs (practice C4)."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.test import Client

from alongside.foundations.actor import acting
from alongside.foundations.models import Deed
from alongside.foundations.roles import Role
from alongside.people.actions import set_up_actor, staff_add
from tests.access.routes import Record, Route, keys, routes, whole_record
from tests.access.test_strangers import ask, words_of
from tests.attacks import Tried
from tests.cast import PASSWORD, Cast

pytestmark = [
    pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C4"), pytest.mark.attack("ids swapped"),
]  # fmt: skip

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
NAMES = ("Sama", "Othman")
AGENCIES = ("Harbour Lane", "Eastfield")


@pytest.fixture
def sama(cast: Cast) -> Record:
    """Sama's whole record."""
    return whole_record(cast, cast.sama, "maren")


def newcomer(cast: Cast, role: Role, agency: str) -> Client:
    """Somebody hired today with that one role, who has to do with no client yet."""
    home = cast.agency if agency == AGENCIES[0] else cast.elsewhere
    staff = staff_add(
        set_up_actor(home.pk), name="Robin Vale", email="robin@vale.example", password=PASSWORD, roles=[role.value]
    )
    browser = Client(raise_request_exception=False)
    browser.force_login(staff.account)
    return browser


def fault(route: Route, method: str, browser: Client, path: str, elsewhere: bool) -> str:
    """What somebody got out of an address who should get nothing; empty where it was nothing."""
    answer = ask(browser, method, path)
    said, status = words_of(answer), answer.status_code
    if any(name in said for name in NAMES) or status >= 500:
        return f"{method} {route.text}: {status}"
    theirs = elsewhere and "<uuid:" in route.text and "agreement" not in route.text  # which both agencies hold
    closed = route.of_a_case or theirs
    return f"{method} {route.text}: {status}, opened" if closed and status not in (403, 404, 405) else ""


@pytest.mark.parametrize("agency", AGENCIES)
@pytest.mark.parametrize("role", Role)
def test_with_her_ids_no_role_of_either_agency_opens_or_changes_anything(
    cast: Cast, sama: Record, tried: Tried, role: Role, agency: str
) -> None:
    browser = newcomer(cast, role, agency)
    every = [route for route in routes() if route.name != "account_logout"]
    with acting(cast.delphine):
        before = Deed.objects.filter(case_id=cast.sama.pk).count()
    faults = [
        fault(route, method, browser, route.path(sama), agency != AGENCIES[0]) for route in every for method in METHODS
    ]
    tried(len(faults))
    with acting(cast.delphine):
        assert Deed.objects.filter(case_id=cast.sama.pk).count() == before
    assert not any(faults), "\n".join(one for one in faults if one)


@pytest.mark.parametrize("who", ["tadesse", "noor"])
def test_her_ids_do_not_open_through_a_file_of_ones_own(cast: Cast, sama: Record, tried: Tried, who: str) -> None:
    """A worker of either agency, in the middle of their own client's file, puts hers into the address one by one."""
    there = cast if who == "tadesse" else eastfield(cast)
    own = there.enroll("Yusuf Demir", primary=who)
    browser, faults = Client(raise_request_exception=False), []
    browser.force_login(cast.staff[who].account)
    for route in routes():
        path = route.path(sama).replace(str(cast.sama.pk), str(own.pk))
        if not route.of_a_case or not any(str(key) in path for key in keys(sama)):
            continue
        for method in METHODS:
            answer = ask(browser, method, path)
            tried()
            if answer.status_code not in (403, 404, 405) or any(name in words_of(answer) for name in NAMES):
                faults.append(f"{method} {route.text}: {answer.status_code}")
    assert not faults, "\n".join(faults)


def eastfield(cast: Cast) -> Cast:
    """The other agency, in which Noor does everything."""
    all_noor = dict.fromkeys(cast.staff, cast.staff["noor"])
    return replace(cast, agency=cast.elsewhere, program=cast.elsewhere_program, staff=all_noor)


def test_the_newcomer_would_open_what_is_theirs(cast: Cast, sama: Record) -> None:
    """The counterpart: the same person, once on the case, opens it; so the refusals mean something."""
    browser = newcomer(cast, Role.CASE_MANAGER, AGENCIES[0])
    page = f"/cases/{cast.sama.pk}/"
    assert ask(browser, "GET", page).status_code == 404
    assert ask(browser, "GET", page.replace(str(cast.sama.pk), str(UUID(int=7)))).status_code == 404
    assert ask(browser, "GET", "/cases/").status_code == 200
