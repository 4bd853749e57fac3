"""Looks that stand out: found from the looks themselves, with why; judged by whoever answers for them (practice C5)."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from alongside.confidentiality.actions.unusual import unusual_find, unusual_judge
from alongside.confidentiality.models import LookRules, Unusual, UnusualLook
from alongside.confidentiality.queries.unusual import judged, to_judge
from alongside.foundations import clock, looks
from alongside.foundations.actor import Actor, acting
from alongside.foundations.errors import NotAllowed, RuleBroken
from alongside.foundations.models import Look
from alongside.people.models import Address, Case, Person, SignificantOther, Staff
from alongside.people.queries import waiting_for
from tests.access.database import nothing_kept
from tests.cast import Cast, gather

pytestmark = [pytest.mark.django_db(databases=["default", "looks", "owner"]), pytest.mark.demand("C5")]


@pytest.fixture
def cast() -> Iterator[Cast]:
    """The cast, where the work of the background can see what they did; all of it is undone."""
    before = connections["looks"]
    with nothing_kept():
        connections["looks"] = connections["owner"]
        try:
            yield gather()
        finally:
            connections["looks"] = before


def noon(days: int = 0) -> datetime:
    """The middle of a day, when nothing stands out by the hour; yesterday for 0."""
    return timezone.make_aware(datetime.combine(clock.today() - timedelta(days=days + 1), time(12)))


def opened(who: Actor, case: Case | Any, at: datetime | None = None, kind: str = looks.OPENED) -> None:
    """Someone opens a record at a time."""
    with clock.held(at or noon()):
        looks.look(kind, actor=who, case=case if not isinstance(case, Case) else case.pk, page="case")


def named(staff: Staff, name: str) -> None:
    """They bear another name."""
    Staff.objects.filter(pk=staff.pk).update(name=name)


def reasons() -> list[list[str]]:
    """Why each look that was found stands out."""
    unusual_find()
    return [sorted(row.reasons) for row in UnusualLook.objects.order_by("on")]


def test_the_primary_who_opens_a_record_by_day_does_not_stand_out(cast: Cast) -> None:
    for who in (cast.maren, cast.delphine, cast.priya, cast.ines):
        opened(who, cast.sama)
    assert reasons() == []


@pytest.mark.parametrize(("hour", "stands"), [(21, False), (22, True), (23, True), (0, True), (5, True), (6, False)])
def test_at_night_stands_out_and_the_night_runs_past_midnight(cast: Cast, hour: int, stands: bool) -> None:
    opened(cast.maren, cast.sama, noon().replace(hour=hour))
    assert reasons() == ([["night"]] if stands else [])


def test_an_agency_sets_its_own_night(cast: Cast) -> None:
    LookRules(agency_id=cast.agency.pk, night_from=1, night_until=4).save()
    opened(cast.maren, cast.sama, noon().replace(hour=23))
    assert reasons() == []
    opened(cast.maren, cast.sama, noon().replace(hour=3))
    assert reasons() == [["night"]]


def test_a_shared_surname_stands_out_with_the_client_and_with_the_household(cast: Cast) -> None:
    named(cast.staff["maren"], "Maren OTHMAN")
    opened(cast.maren, cast.sama)
    assert reasons() == [["surname"]]


def test_a_name_from_the_clients_life_stands_out_and_a_neighbor_by_that_word(cast: Cast) -> None:
    other = SignificantOther(person_id=cast.sama.client_id, name="maren achterberg", relation="cousin")
    other.save()
    opened(cast.maren, cast.sama)
    assert reasons() == [["known"]]
    SignificantOther.objects.filter(pk=other.pk).update(relation="Neighbor downstairs")
    opened(cast.maren, cast.sama, noon() + timedelta(hours=1))
    assert reasons() == [["known", "neighbor"]]


def test_a_worker_who_is_on_record_as_living_near_stands_out(cast: Cast) -> None:
    """No home of staff is kept; this one was a client once, and that is on record."""
    once = Person(agency_id=cast.agency.pk, preferred_name="Maren Achterberg")
    once.save()
    for person in (once.pk, cast.sama.client_id):
        Address(person_id=person, lines="x", city="Harbor", postal_code="04101").save()
    opened(cast.maren, cast.sama)
    assert reasons() == [["neighbor"]]


def test_someone_without_a_place_stands_out_and_a_refusal_is_told_as_such(cast: Cast) -> None:
    opened(cast.tadesse, cast.sama, kind=looks.REFUSED)
    assert reasons() == [["outside", "refused"]]


def test_many_files_in_a_short_time_stand_out_and_over_a_long_time_do_not(cast: Cast) -> None:
    LookRules(agency_id=cast.agency.pk, many_files=3, many_minutes=10).save()
    cases = [cast.enroll(f"Client {number}") for number in range(3)]
    for number, case in enumerate(cases):
        opened(cast.maren, case, noon() + timedelta(minutes=6 * number))
    assert reasons() == []
    for number, case in enumerate(cases):
        opened(cast.maren, case, noon() + timedelta(hours=2, minutes=3 * number))
    assert reasons() == [["many"]]
    (row,) = UnusualLook.objects.all()
    assert (row.case_id, row.files) == (None, 3)


def test_going_through_the_looks_again_finds_nothing_twice(cast: Cast) -> None:
    opened(cast.maren, cast.sama, noon().replace(hour=23))
    assert unusual_find() == 1
    assert unusual_find() == 0
    assert UnusualLook.objects.count() == 1


def found(cast: Cast) -> UnusualLook:
    """Maren opened Sama’s record at night, and bears her surname."""
    named(cast.staff["maren"], "Maren Othman")
    opened(cast.maren, cast.sama, noon().replace(hour=23))
    unusual_find()
    (row,) = UnusualLook.objects.all()
    return row


def test_it_waits_in_today_until_it_is_judged_and_then_stands_with_the_words(cast: Cast) -> None:
    row = found(cast)
    with acting(cast.delphine):
        (line,) = list(waiting_for(cast.delphine))
        assert line.what == "Judge one instance of unusual access"
        unusual_judge(cast.delphine, look=row, fitting=True, words="A crisis call; she is on the list for it.")
        assert list(waiting_for(cast.delphine)) == []
        assert list(to_judge(cast.delphine)) == []
        (done,) = judged(cast.delphine)
        assert (done.fitting, done.words, done.judged_by_id) == (
            True,
            "A crisis call; she is on the list for it.",
            cast.delphine.staff,
        )


def test_what_was_judged_fitting_and_does_not_change_is_not_raised_again(cast: Cast) -> None:
    row = found(cast)
    unusual_judge(cast.delphine, look=row, fitting=True, words="No kin; a common name.")
    opened(cast.maren, cast.sama, timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0))
    unusual_find()
    with acting(cast.delphine):
        assert [one.reasons for one in to_judge(cast.delphine)] == [["night"]]


def test_nobody_judges_themselves_and_nothing_is_judged_twice_or_without_words(cast: Cast) -> None:
    row = found(cast)
    with pytest.raises(NotAllowed):
        unusual_judge(cast.maren, look=row, fitting=True, words="Mine")
    with pytest.raises(RuleBroken, match="Write why"):
        unusual_judge(cast.delphine, look=row, fitting=True, words="  ")
    unusual_judge(cast.delphine, look=row, fitting=False, words="She had no reason to.")
    with pytest.raises(RuleBroken, match="judged already"):
        unusual_judge(cast.delphine, look=row, fitting=True, words="After all")
    opened(cast.delphine, cast.sama, noon().replace(hour=23))
    unusual_find()
    own = UnusualLook.objects.get(staff=cast.staff["delphine"])
    with pytest.raises(RuleBroken, match="your own access"):
        unusual_judge(cast.delphine, look=own, fitting=True, words="Mine")


def test_each_reason_has_words_of_its_own(cast: Cast) -> None:
    row = found(cast)
    assert len(row.why) == 2
    assert len({str(reason.label) for reason in Unusual}) == len(Unusual)
    assert isinstance(row, Look) is False
