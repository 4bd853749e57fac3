"""What counts tries is kept as plain values, so that writing into its table runs nothing (practice C4)."""

import base64
import pickle
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache, caches
from django.db import connection

from alongside.foundations import clock

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C4")]


WENT_OFF: list[str] = []


class Bomb:
    """Runs something when it is unpickled."""

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return goes_off, ("once",)


def goes_off(how: str) -> None:
    """What must never be run."""
    WENT_OFF.append(how)


def test_what_is_kept_comes_back_until_its_time_is_over() -> None:
    cache.set("tries", [1.5, 2.5], 60)
    assert cache.get("tries") == [1.5, 2.5]
    cache.set("tries", [3.5], 60)
    assert cache.get("tries", []) == [3.5]
    with clock.held(clock.now() + timedelta(seconds=61)):
        assert cache.get("tries", []) == []
    cache.set("for-ever", "x", None)
    with clock.held(clock.now() + timedelta(days=4_000)):
        assert cache.get("for-ever") == "x"
    cache.delete("tries")
    assert cache.get("tries") is None


def test_a_lock_is_taken_by_one_and_by_the_next_when_it_ran_out() -> None:
    assert cache.add("lock", True, 10)
    assert not cache.add("lock", True, 10)
    assert cache.touch("lock", 30)
    with clock.held(clock.now() + timedelta(seconds=20)):
        assert not cache.add("lock", True, 60)
    with clock.held(clock.now() + timedelta(seconds=31)):
        assert cache.add("lock", True, 60)
    assert not cache.touch("never-there")


def test_what_ran_out_goes_with_the_next_that_is_kept_and_a_full_cache_makes_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cache.set("old", 1, 1)
    with clock.held(clock.now() + timedelta(seconds=2)):
        cache.set("new", 2, 60)
    assert rows("old") == 0
    monkeypatch.setattr(caches["default"], "_max_entries", 3)
    for number in range(12):
        cache.set(f"many-{number}", number, 60)
    assert rows("many") <= 5


def rows(of: str) -> int:
    """How many rows of such a key lie in the table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM site_cache WHERE cache_key LIKE %s", [f"%{of}%"])
        return int(cursor.fetchone()[0])


def test_what_somebody_put_into_the_table_is_never_run() -> None:
    """Whoever can write one row of the database is not in the program by that."""
    cache.set("tries", [1.5], 60)
    for bomb in (base64.b64encode(pickle.dumps(Bomb())).decode(), "{", ""):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE site_cache SET value = %s WHERE cache_key LIKE %s", [bomb, "%tries"])
        assert cache.get("tries", []) == []
    assert rows("tries") == 1
    assert WENT_OFF == []
    pickle.loads(pickle.dumps(Bomb()))  # noqa: S301  (what is tried)
    assert WENT_OFF == ["once"], "it would have gone off"
