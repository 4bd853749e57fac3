"""Demonstration data: believable, the same for the same seed, under the same rules as real data."""

from collections.abc import Iterator

import pytest
from django.db import connections, transaction

from alongside.client_level.engagement.models import ReferralIn
from alongside.client_level.engagement.queries import outreach_page
from alongside.confidentiality.queries.sharing import drawn_for, parts_shown, shared_in
from alongside.documentation.models import Note, ReferralOut
from alongside.documentation.thread import breaks_in, thread_of
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.people.actions import set_up_actor
from alongside.people.models import Case, Staff
from alongside.people.queries import waiting_for
from alongside.site.demo import agency as invented
from alongside.site.demo import neighbors
from alongside.site.demo.histories import COLUMNS, Pen
from alongside.site.demo.lives import ENDS, one
from alongside.site.demo.people import ORIGINS
from alongside.site.demo.rounds import rounds
from alongside.site.demo.sama import sama
from alongside.site.demo.stories import STORIES

pytestmark = [pytest.mark.django_db(databases=["default", "looks", "owner"])]


@pytest.fixture
def setting() -> Iterator[invented.Setting]:
    """The invented agency, founded in the test's own transaction."""
    with transaction.atomic():
        yield invented.found(0)


@pytest.mark.demand("D1")
def test_samas_case_shows_every_kind_of_link_and_its_breaks(setting: invented.Setting) -> None:
    """One reached, one resting, one waiting too long, one without a goal."""
    sama(setting)
    with acting(invented.as_actor(setting.staff["maren"])):
        case = Case.objects.select_related("client", "program").get()
        assert case.client.preferred_name == "Sama Othman"
        found = breaks_in(thread_of(case))
    assert len(found) >= 4
    assert len({one.kind for one in found}) >= 3


@pytest.mark.demand("C1", "C4")
def test_a_worker_of_a_second_agency_reads_the_part_of_samas_case_that_is_shared(setting: invented.Setting) -> None:
    """By the same verbs: an agreement, her release, a share; and a further offer waits for the administrator."""
    sama(setting)
    with acting(set_up_actor(neighbors.KEY)):
        noor = invented.as_actor(Staff.objects.get(agency=neighbors.KEY, name="Noor Haddad"))
    with acting(noor):
        (shown,) = shared_in()
        assert (shown.name, shown.agency) == ("Sama Othman", "Harbour Lane Community Services")
        parts = {part.key: drawn_for(shown, part).items for part in parts_shown(shown)}
        assert {"identity", "contact", "needs", "notes"} <= {key for key, items in parts.items() if items}
        assert any("Maren Achterberg, Case manager" in str(item.lines) for item in parts["notes"])
        assert not Case.objects.exists()
    otto = invented.as_actor(setting.staff["otto"])
    with acting(otto):
        assert [one.what for one in waiting_for(otto)] == ["Northgate Housing Trust offers an agreement to share"]


def test_only_the_first_of_several_invented_agencies_has_a_neighbor() -> None:
    with transaction.atomic():
        sama(invented.found(1))
        with connections["default"].cursor() as cursor, acting(set_up_actor(neighbors.KEY)):
            cursor.execute("SELECT count(*) FROM people_agency WHERE id = %s", [neighbors.KEY])
            assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("ending", [kind for kind, _weight in ENDS])
def test_a_client_can_be_met_at_every_point_of_the_way(setting: invented.Setting, ending: str) -> None:
    """Each ending is reached through the verbs, without an exception made for it."""
    import random

    one(setting, random.Random(3), 1, ending)
    with acting(invented.as_actor(setting.staff["priya"])):
        cases = list(Case.objects.all())
    if ending in ("waiting", "screened", "directed"):
        assert cases == []
        return
    (case,) = cases
    assert (case.closed_on is not None) is (ending == "closed")
    assert (case.enrolled_on is not None) is (ending != "opened")


@pytest.mark.demand("E1")
def test_there_was_outreach_before_anyone_came_and_one_comes_from_it(setting: invented.Setting) -> None:
    import random

    one(setting, random.Random(3), 1, "waiting", rounds(setting))
    with acting(invented.as_actor(setting.staff["ines"])):
        rows = outreach_page(None).rows
        referral = ReferralIn.objects.get()
    assert [row.led_to for row in rows] == [1, 0, 0, 0]
    assert (referral.outreach_id, referral.source) == (rows[0].outreach.pk, f"Outreach, {rows[0].outreach.place}")
    assert rows[0].outreach.on <= referral.received_on


def test_nothing_in_an_invented_life_lies_ahead(setting: invented.Setting) -> None:
    """Notes are of the past, and are signed after they happened."""
    sama(setting)
    with acting(invented.as_actor(setting.staff["maren"])):
        for note in Note.objects.all():
            assert note.at <= clock.now()
            assert note.signed_at is None or note.signed_at >= note.at
        assert all(r.sent_on is None or r.sent_on <= clock.today() for r in ReferralOut.objects.all())


def test_the_invented_agency_has_one_key_however_often_it_is_made() -> None:
    """So that it is never filled in twice."""
    assert invented.key_of(0) == invented.key_of(0) != invented.key_of(1)
    assert len({invented.name_of(n) for n in range(7)}) == 7


def test_copied_rows_name_columns_that_there_are() -> None:
    """A column that moves is noticed here, before a long load."""
    with connections["owner"].cursor() as cursor:
        for table, columns in COLUMNS.items():
            cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table])
            assert set(columns.split()) <= {row[0] for row in cursor.fetchall()}, table


def test_the_pen_writes_null_and_words_as_copy_reads_them() -> None:
    """None is NULL; a table without a row is not written to."""
    pen = Pen()
    pen.row("people_assignment", 1, None, "x")
    assert dict(pen.texts()) == {"people_assignment": "1\t\\N\tx\n"}
    assert pen.rows == 1


def test_names_come_in_many_languages_and_one_is_long() -> None:
    """Pages are tried with what people are really called."""
    assert len({origin.language for origin in ORIGINS}) >= 8
    assert max(len(family) for origin in ORIGINS for family in origin.family) > 30


def test_each_story_has_a_measure_and_two_notes() -> None:
    """Otherwise its objective could not be agreed."""
    for story in STORIES:
        assert all(story.measure)
        assert len(story.notes) >= 2
        assert "\t" not in repr(story)
