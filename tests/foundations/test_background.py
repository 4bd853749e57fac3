"""Background work: what is due is done, what fails stops nothing else and says nothing of what it read."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError

from alongside.foundations import background, clock
from alongside.foundations.background import JOBS, Job, run_due, work_until
from alongside.foundations.catalogue.job_sessions import old_sessions_end
from alongside.foundations.shelf import Shelf

pytestmark = [pytest.mark.django_db(databases=["default", "owner"])]


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf[Job]]:
    """A shelf without the house's own jobs."""
    shelf: Shelf[Job] = Shelf("jobs")
    monkeypatch.setattr(background, "JOBS", shelf)
    yield shelf


def put(shelf: Shelf[Job], key: str, do: object, minutes: int = 5) -> None:
    """Put a job on the shelf that is due every so many minutes."""
    shelf.put(Job(key, "practice M7", timedelta(minutes=minutes), do))  # type: ignore[arg-type]


def test_the_house_has_work_to_do_and_each_job_names_its_source() -> None:
    assert "fold" in {job.key for job in JOBS}
    assert all(job.source.startswith("practice ") and job.every >= timedelta(minutes=1) for job in JOBS)


def test_a_job_is_done_when_its_time_has_come_and_not_before(jobs: Shelf[Job]) -> None:
    done: list[str] = []
    put(jobs, "sweep", lambda: done.append("swept"))
    now = clock.now()
    for minutes, times in ((0, 1), (4, 1), (5, 2), (9, 2), (11, 3)):
        with clock.held(now + timedelta(minutes=minutes)):
            run_due()
        assert len(done) == times, f"after {minutes} minutes"


def test_what_fails_stops_nothing_else_is_tried_again_and_tells_only_its_kind(
    jobs: Shelf[Job], capsys: pytest.CaptureFixture[str]
) -> None:
    done: list[str] = []

    def breaks() -> None:
        done.append("tried")
        raise ValueError("Sama Othman, born 1992")

    put(jobs, "breaks", breaks)
    put(jobs, "sweep", lambda: done.append("swept"))
    assert run_due() == ["sweep"]
    assert run_due() == []
    assert done == ["tried", "swept", "tried"]
    said = capsys.readouterr().err
    assert "background: breaks failed: builtins.ValueError" in said
    assert re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ ERROR background: ", said)
    assert "Sama" not in said


def test_work_goes_on_until_it_is_told_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[int] = []
    monkeypatch.setattr(background, "run_due", lambda: rounds.append(1))
    work_until(lambda _seconds: len(rounds) == 3)
    assert len(rounds) == 3


def test_a_database_that_is_away_for_a_while_does_not_end_the_work(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rounds: list[int] = []

    def away() -> None:
        rounds.append(1)
        raise OperationalError("no route to the server that holds Sama")

    monkeypatch.setattr(background, "run_due", away)
    work_until(lambda _seconds: len(rounds) == 2)
    said = capsys.readouterr().err
    assert len(rounds) == 2
    assert said.count("background: OperationalError") == 2
    assert "Sama" not in said


def test_never_waits_and_goes_on() -> None:
    assert background.never(0) is False


def test_sessions_that_ended_long_ago_are_let_go_and_words_can_still_come_in_with_the_others() -> None:
    now, hours = clock.now(), timedelta(hours=1)
    for key, ends in (("open", now + hours), ("just over", now - hours), ("long over", now - 11 * hours)):
        Session.objects.using("owner").create(session_key=key, session_data="", expire_date=ends)
    assert old_sessions_end() == 1
    assert set(Session.objects.using("owner").values_list("session_key", flat=True)) >= {"open", "just over"}
    assert not Session.objects.using("owner").filter(session_key="long over").exists()
