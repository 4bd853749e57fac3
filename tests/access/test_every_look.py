"""Looks are complete: whatever shows a client leaves one, tried at every address that the resolver knows (practice C5)."""

import pytest
from django.db import connections

from alongside.client_level.engagement.models import Outreach
from alongside.foundations import looks
from alongside.foundations.actor import Actor
from alongside.foundations.models import Look
from alongside.foundations.roles import NOTHING
from tests.access.routes import Record, browser, case_routes, routes, whole_record
from tests.access.test_strangers import ask, words_of
from tests.cast import Cast
from tests.door import met

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C5")]
SHOWN = {looks.OPENED, looks.PRINTED, looks.EXPORTED, looks.LISTED, looks.SEARCHED}


@pytest.fixture
def sama(cast: Cast) -> Record:
    """Sama's whole record, a referral of hers at the door, and outreach that names her."""
    cast.refer("Sama Othman")
    return whole_record(cast, cast.sama, "maren") | {Outreach: met(cast, who="Sama, by the ferry")}


def shown_to(actor: Actor) -> int:
    """How many looks of this person tell that something was shown, as they themselves may read them."""
    with connections["looks"].cursor() as cursor:
        cursor.execute("SELECT set_config('alongside.staff', %s, true)", [str(actor.staff)])
    return Look.objects.using("looks").filter(staff_id=actor.staff, kind__in=SHOWN).count()


@pytest.mark.parametrize("who", ["maren", "delphine", "priya"])
def test_each_page_of_a_case_that_is_shown_leaves_a_look(cast: Cast, sama: Record, who: str) -> None:
    client, actor, faults, tried = browser(cast, who), getattr(cast, who), [], 0
    for route in case_routes():
        before = shown_to(actor)
        answer = ask(client, "GET", route.path(sama))
        if answer.status_code == 200:
            tried += 1
            if shown_to(actor) == before:
                faults.append(route.text)
    assert not faults, "\n".join(faults)
    assert tried > 20


@pytest.mark.parametrize("who", ["maren", "delphine", "priya", "ines", "quinn", "otto"])
def test_each_page_that_names_a_client_leaves_a_look(cast: Cast, sama: Record, who: str) -> None:
    """Lists, searches and answers to what was sent too: wherever her name stands in what comes back."""
    client, actor, faults = browser(cast, who), getattr(cast, who), []
    named = 0
    for route in routes():
        if route.need is NOTHING or route.name == "account_logout":
            continue
        for method, sent in (("GET", None), ("POST", {"q": "Othman", "preferred_name": "Sama Othman", "source": "x"})):
            before = shown_to(actor)
            said = words_of(ask(client, method, route.path(sama), sent))
            if "Sama" not in said.replace('value="Sama Othman"', ""):
                continue
            named += 1
            if shown_to(actor) == before:
                faults.append(f"{method} {route.text}")
    assert not faults, "\n".join(faults)
    assert (named > 2) is (who not in ("otto", "quinn")), f"{who} was shown her name {named} times"
    assert named == 0 or who != "otto"
