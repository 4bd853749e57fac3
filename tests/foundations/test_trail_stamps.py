"""Stamps: only the program can make one, it covers every column, and it outlives a new secret key."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from alongside.foundations import clock, looks
from alongside.foundations.actor import acting
from alongside.foundations.ids import new_id
from alongside.foundations.models import Deed, Look
from alongside.foundations.trail.folding import key_at, text_of
from alongside.foundations.trail.stamps import FORMS, SOURCES, TELLS, as_bytes, form_of, is_ours, stamp_of, told_of
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C5", "D5")]


def columns(table: str) -> set[str]:
    """The columns of a table as its model has them."""
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    return {str(column.column) for column in model._meta.concrete_fields}


def stored(table: str) -> list[tuple[bytes, tuple[Any, ...]]]:
    """Stamp and columns of every row that can be seen, as the database hands them over."""
    names = ", ".join(f'"{name}"' for name in FORMS[table][-1])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT stamp, {names} FROM {table}")  # noqa: S608
        return [(bytes(row[0]), tuple(row[1:])) for row in cursor.fetchall()]


@pytest.mark.parametrize("table", SOURCES)
def test_the_newest_form_covers_every_column_but_the_stamp_itself(table: str) -> None:
    covered = {*FORMS[table][-1], *(("struck_by", *TELLS) if "told" in FORMS[table][-1] else ())}
    assert covered == columns(table) - {"stamp"}, "add a form to stamps.FORMS; change none that is there"


def test_what_a_deed_tells_is_covered_by_its_digest(cast: Cast) -> None:
    assert cast.sama.number
    with acting(cast.maren):
        for deed in Deed.objects.all():
            assert deed.told == told_of(deed.salt, deed.sentence, deed.reason, deed.changes)
            assert deed.told != told_of(deed.salt, f"{deed.sentence}.", deed.reason, deed.changes)
            assert deed.told != told_of(new_id(), deed.sentence, deed.reason, deed.changes), "nobody finds it by trying"


def test_deeds_and_steps_that_verbs_write_bear_the_programs_stamp(cast: Cast) -> None:
    assert cast.sama.number
    for who, table in ((cast.maren, "foundations_deed"), (cast.otto, "foundations_statechange")):
        with acting(who):
            rows = stored(table)
            assert rows, table
            for stamp, values in rows:
                assert form_of(table, stamp) == len(FORMS[table])
                assert is_ours(stamp, text_of(table, stamp, FORMS[table][-1], values)), values


def test_rows_written_in_bulk_are_stamped_too(cast: Cast) -> None:
    look = Look(at=datetime(2026, 11, 3, 9, 0, tzinfo=UTC), agency_id=cast.agency.pk, staff_id=cast.maren.staff,
                kind=looks.OPENED, page="case")  # fmt: skip
    Look.objects.bulk_create([look])
    assert len(look.stamp) == 17


def test_a_stamp_is_kept_when_a_row_is_saved_again(cast: Cast) -> None:
    """Nobody may change such a row; if a program tried, it would not be stamped anew."""
    look = Look(at=datetime(2026, 11, 3, 9, 0, tzinfo=UTC), kind=looks.OPENED)
    field = Look._meta.get_field("stamp")
    first = field.pre_save(look, add=True)
    look.kind = looks.PRINTED
    assert field.pre_save(look, add=False) == first


@pytest.mark.parametrize("place", range(len(FORMS["foundations_look"][-1])))
def test_another_value_in_any_column_breaks_the_stamp(place: int) -> None:
    table = "foundations_look"
    values: list[object] = [
        new_id(),
        datetime(2026, 11, 3, tzinfo=UTC),
        new_id(),
        new_id(),
        "Maren",
        None,
        "opened",
        "case",
        "",
        None,
    ]
    stamp = stamp_of(table, values)
    assert is_ours(stamp, text_of(table, stamp, FORMS[table][-1], tuple(values)))
    values[place] = new_id() if values[place] is None else None
    assert not is_ours(stamp, text_of(table, stamp, FORMS[table][-1], tuple(values)))


def test_a_stamp_made_under_another_key_is_not_ours_unless_that_key_is_still_named(settings: Settings) -> None:
    table, now = "foundations_look", datetime(2026, 11, 3, tzinfo=UTC)
    values = (new_id(), now, None, None, "", None, "opened", "case", "", None)
    settings.SECRET_KEY = "the key of last year"
    stamp = stamp_of(table, values)
    text = text_of(table, stamp, FORMS[table][-1], values)
    settings.SECRET_KEY = "the key of this year"
    assert not is_ours(stamp, text)
    settings.SECRET_KEY_FALLBACKS = ["the key of last year"]
    assert is_ours(stamp, text)


@pytest.mark.parametrize("stamp", [b"", b"\x00" * 17, b"\x63" * 17, b"short"])
def test_a_stamp_that_names_no_form_we_know_names_none(stamp: bytes) -> None:
    assert form_of("foundations_deed", stamp) == 0


VALUES = st.one_of(st.none(), st.text(max_size=6), st.uuids(), st.datetimes(timezones=st.just(UTC)))


@hypothesis_settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(VALUES, max_size=4), st.lists(VALUES, max_size=4))
def test_two_rows_that_differ_never_read_alike(one: list[object], other: list[object]) -> None:
    alike = b"".join(map(as_bytes, one)) == b"".join(map(as_bytes, other))
    assert alike == (one == other)


def test_a_moment_reads_the_same_in_every_time_zone_and_json_in_every_order() -> None:
    there = datetime(2026, 11, 3, 4, 0, tzinfo=timezone(timedelta(hours=-5)))
    assert as_bytes(there) == as_bytes(datetime(2026, 11, 3, 9, 0, tzinfo=UTC))
    assert as_bytes({"a": ["1", "2"], "b": []}) == as_bytes({"b": [], "a": ["1", "2"]})


def test_the_lowest_key_of_a_moment_lies_below_every_key_made_then() -> None:
    now, second = clock.now(), timedelta(seconds=1)
    assert key_at(now - second) < new_id() < key_at(now + second)


def test_a_deed_holds_what_changed_as_it_was_stamped(cast: Cast) -> None:
    """Old and new values go through JSON; what comes back is what was covered."""
    from alongside.people.actions import program_save

    program_save(cast.otto, program=cast.program, values={"name": "New Start “Æ”", "contact_every_days": 21})
    with acting(cast.otto):
        deed = Deed.objects.filter(verb="program_save").latest("at")
        assert deed.changes["contact_every_days"] == ["14", "21"]
        assert all(
            is_ours(s, text_of("foundations_deed", s, FORMS["foundations_deed"][-1], v))
            for s, v in stored("foundations_deed")
        )
