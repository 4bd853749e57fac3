"""The timeline: everything that happened, newest first, filtered by kind and day, forty to a page."""

import re

import pytest
from django.test import Client

from alongside.documentation.models import Addendum
from alongside.documentation.queries.events import TIMELINE
from alongside.documentation.queries.timeline import Wanted, timeline, whole_record
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.people.models import Case
from tests.cast import Cast
from tests.thread_parts import Record, ago, at_ten

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


@pytest.fixture
def case(cast: Cast) -> Case:
    """Sama’s case with a goal and a few things done for it."""
    with acting(cast.maren):
        record = Record(cast.sama, cast.staff["maren"])
        need = record.need()
        goal = record.goal(record.version(), need)
        objective = record.objective(goal)
        late = at_ten(ago(1))
        note = record.note(5, goal, objective, signed_at=late, happened="Winter coat.", client_words="It was cold.")
        Addendum(
            case=cast.sama, note=note, words="Collected.", writer=cast.staff["maren"], signed_at=clock.now()
        ).save()
        record.service(4, goal, objective)
        record.referral("accepted", 1, goal, objective, answered_on=ago(10))
        record.progress(objective, "behind", 2, words="One visit only.")
        record.rest(record.need("Driving"), why="First the flat.")
    return cast.sama


@pytest.fixture
def maren(cast: Cast, client: Client) -> Client:
    """Maren, signed in."""
    client.force_login(cast.staff["maren"].account)
    return client


@pytest.mark.demand("D2")
def test_everything_stands_in_order_newest_first(cast: Cast, case: Case) -> None:
    with acting(cast.maren):
        shown = timeline(case, Wanted()).events
        moments = [one.row.at for one in shown]
        assert moments == sorted(moments, reverse=True)
        assert {
            "note",
            "service",
            "referral",
            "progress",
            "decision",
            "version",
            "need",
            "explanation",
            "referral_in",
        } <= {one.kind.key for one in shown}
        assert [one.row for one in whole_record(case)] == [one.row for one in reversed(shown)]


@pytest.mark.demand("D4", "I3")
def test_it_says_how_long_after_the_event_a_note_was_signed(case: Case, maren: Client) -> None:
    page = maren.get(f"/cases/{case.pk}/timeline/").content.decode()
    assert "Written 4 days after" in page
    assert "Winter coat." in page and "It was cold." in page and "Collected." in page and "Addendum" in page
    assert "One visit only." in page and "First the flat." in page


@pytest.mark.demand("D2")
def test_it_is_filtered_by_kind_and_by_days(case: Case, maren: Client) -> None:
    notes = maren.get(f"/cases/{case.pk}/timeline/?kind=notes").content.decode()
    assert "Winter coat." in notes and "Rang the landlord" not in notes
    days = maren.get(f"/cases/{case.pk}/timeline/?since={ago(4)}&until={ago(4)}").content.decode()
    assert "Rang the landlord" in days and "Winter coat." not in days
    none = maren.get(f"/cases/{case.pk}/timeline/?kind=ending").content.decode()
    assert "Nothing of these kinds happened in these days." in none


@pytest.mark.demand("D2")
def test_a_filter_that_cannot_be_read_is_said_and_does_no_harm(case: Case, maren: Client) -> None:
    answer = maren.get(f"/cases/{case.pk}/timeline/?since=yesterday&kind=gossip&before=nonsense")
    assert answer.status_code == 200
    assert "Give the days as dates" in answer.content.decode()


@pytest.mark.demand("D2")
def test_older_events_follow_page_by_page_and_none_is_lost_or_shown_twice(cast: Cast, case: Case) -> None:
    with acting(cast.maren):
        record = Record(case, cast.staff["maren"])
        for _ in range(30):
            record.service(6)
            record.note(6, stands_alone=True)
        whole = [(one.row.id, one.row.step) for one in timeline(case, Wanted(), size=500).events]
        walked, before = [], ""
        for _ in range(20):
            page = timeline(case, Wanted(), before, size=7)
            walked += [(one.row.id, one.row.step) for one in page.events]
            before = page.older
            if not before:
                break
    assert walked == whole and len(whole) == len(set(whole)) > 70


@pytest.mark.demand("D2")
def test_the_page_links_to_older_events_and_keeps_the_filter(cast: Cast, case: Case, maren: Client) -> None:
    with acting(cast.maren):
        for _ in range(45):
            Record(case, cast.staff["maren"]).service(6)
    page = maren.get(f"/cases/{case.pk}/timeline/?kind=services").content.decode()
    older = re.search(r'rel="next" href="\?([^"]+)"', page)
    assert older and older[1].startswith("kind=services&amp;before=")
    assert page.count("Rang the landlord") == 40
    rest = maren.get(f"/cases/{case.pk}/timeline/?{older[1].replace('&amp;', '&')}").content.decode()
    assert rest.count("Rang the landlord") == 6 and 'rel="next"' not in rest


def test_nothing_a_person_wrote_stands_in_an_address(case: Case, maren: Client) -> None:
    page = maren.get(f"/cases/{case.pk}/timeline/?kind=notes&q=Winter+coat").content.decode()
    assert all("inter" not in address for address in re.findall(r'href="([^"]*before=[^"]*)"', page))
    assert "q=Winter" not in page


@pytest.mark.demand("A1", "T1", "M2")
def test_every_room_puts_its_own_kinds_on_the_timeline() -> None:
    assert {"sitting", "review", "closure", "follow_up", "explanation", "referral_in"} <= {
        kind.key for kind in TIMELINE
    }
    assert all(kind.source for kind in TIMELINE)
