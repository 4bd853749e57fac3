"""The command `alongside`: staff are added and listed from the machine itself, and errors are one sentence."""

import argparse
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.db import connections

from alongside.foundations.actor import acting
from alongside.people.actions import set_up_actor
from alongside.people.models import Account, Agency, Staff
from alongside.site import cli, commands
from alongside.site.failed import Failed
from tests.cast import Cast

SOURCE = Path(cli.__file__).resolve().parents[2]
HALA = ["user", "add", "--email", "Hala@harbourlane.example", "--name", "Hala Karimi", "--role", "case_manager"]
LONG = "nine herons at dusk"


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is up already."""
    monkeypatch.setattr(cli, "connect_database", lambda: None)


def typed(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    """What comes in by standard input."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(line + "\n"))


@pytest.mark.parametrize(
    "call",
    [[], ["fly"], ["user"], ["user", "sing"], ["user", "add"], [*HALA], ["user", "password"], ["serve", "--port", "high"],
     ["demo", "--clients", "many"]],
)  # fmt: skip
def test_a_wrong_call_ends_with_two_and_says_how_it_is_called(
    house: None, capsys: pytest.CaptureFixture[str], call: list[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(call)
    assert ended.value.code == 2
    said = capsys.readouterr()
    assert said.err.startswith("usage: alongside")
    assert said.out == ""


def test_help_names_every_command(house: None, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    for command in ("serve", "migrate", "demo", "user"):
        assert re.search(rf"^\s+{command}\s", said, re.M), command


def test_a_failed_job_ends_with_one_and_one_sentence(
    house: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(asked: argparse.Namespace) -> int:
        raise Failed("the barn is locked; ask for the key")

    monkeypatch.setattr(commands, "_user_list", fails)
    assert cli.main(["user", "list"]) == 1
    assert capsys.readouterr().err == "alongside: the barn is locked; ask for the key\n"


def test_a_job_that_is_stopped_says_so(
    house: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stops(asked: argparse.Namespace) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "_migrate", stops)
    assert cli.main(["migrate"]) == 1
    assert capsys.readouterr().err == "alongside: stopped\n"


@pytest.fixture
def one_connection(monkeypatch: pytest.MonkeyPatch, cast: Cast) -> Cast:
    """The commands read as the owner; in a test, whose rows are not committed, they read as Harbour Lane's set-up."""
    from django.db.models.query import QuerySet

    actor = set_up_actor(cast.agency.pk)
    monkeypatch.setattr(QuerySet, "using", lambda query, alias: query if alias == "owner" else query._chain())
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT set_config('alongside.staff', %s, false), set_config('alongside.agency', %s, false)",
            [str(actor.staff), str(actor.agency)],
        )
    return cast


HARBOUR = ["--agency", "Harbour Lane Community Services"]
in_database = pytest.mark.django_db(databases=["default", "looks"])


@in_database
def test_someone_added_can_sign_in_with_the_password_that_was_typed(
    house: None, one_connection: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, LONG)
    assert cli.main([*HALA, "--role", "supervisor", *HARBOUR]) == 0
    said = capsys.readouterr()
    assert said.out == "Hala Karimi can sign in as Hala@harbourlane.example\n"
    assert LONG not in said.out + said.err
    account = Account.objects.get(email="hala@harbourlane.example")
    assert account.check_password(LONG)
    with acting(one_connection.otto):
        assert Staff.objects.get(account=account).roles == ["case_manager", "supervisor"]


@in_database
def test_without_a_password_one_is_made_and_shown_once(
    house: None, one_connection: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, "")
    assert cli.main([*HALA, *HARBOUR]) == 0
    made = re.search(r"^Password: (\S{24})$", capsys.readouterr().out, re.M)
    assert made is not None
    assert Account.objects.get(email="hala@harbourlane.example").check_password(made[1])


@in_database
@pytest.mark.demand("C5")
@pytest.mark.parametrize("cast", [False], indirect=True)
@pytest.mark.parametrize(("typed_in", "own"), [("", True), (LONG, False)])
def test_a_password_that_the_machine_made_opens_only_the_choice_of_ones_own(
    house: None, one_connection: Cast, monkeypatch: pytest.MonkeyPatch, typed_in: str, own: bool
) -> None:
    typed(monkeypatch, typed_in)
    assert cli.main([*HALA, *HARBOUR]) == 0
    assert Account.objects.get(email="hala@harbourlane.example").must_change_password is own


@in_database
@pytest.mark.parametrize(
    ("password", "more", "said"),
    [
        ("short", [], "too short"),
        (LONG, ["--role", "captain"], "Choose at least one role from the list."),
        (LONG, ["--email", "maren@harbourlane.example"], "Somebody already signs in with this e-mail."),
    ],
)
def test_what_cannot_be_added_is_refused_in_one_line(
    house: None, one_connection: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    password: str, more: list[str], said: str,
) -> None:  # fmt: skip
    typed(monkeypatch, password)
    assert cli.main([*HALA, *HARBOUR, *more]) == 1
    wrong = capsys.readouterr().err
    assert wrong.startswith("alongside: ")
    assert said in wrong
    assert wrong.count("\n") == 1
    assert not Account.objects.filter(email="hala@harbourlane.example").exists()


@in_database
def test_the_list_says_who_can_sign_in_and_as_what(
    house: None, one_connection: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["user", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    harbour = "Harbour Lane Community Services"
    assert f"maren@harbourlane.example\tMaren Achterberg\t{harbour}\tcase_manager" in lines


@in_database
def test_a_new_password_is_set_from_the_machine(
    house: None, one_connection: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, LONG)
    assert cli.main(["user", "password", "Maren@harbourlane.example"]) == 0
    assert LONG not in capsys.readouterr().out
    assert Account.objects.get(email="maren@harbourlane.example").check_password(LONG)


@in_database
@pytest.mark.demand("C5")
@pytest.mark.parametrize("cast", [True, False], indirect=True)
def test_whoever_gets_a_password_from_the_machine_chooses_their_own_save_in_a_demonstration(
    house: None, one_connection: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, LONG)
    assert cli.main(["user", "password", "maren@harbourlane.example"]) == 0
    own = not one_connection.agency.demonstration
    assert Account.objects.get(email="maren@harbourlane.example").must_change_password is own


@in_database
@pytest.mark.demand("C4")
@pytest.mark.parametrize(("cast", "kind"), [(True, "fictional"), (False, "real")], indirect=["cast"])
def test_beside_an_invented_agency_no_real_one_is_founded_nor_the_other_way_round(
    house: None, one_connection: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    """Whoever knows the demonstration's password would stand in the same house as real records."""
    typed(monkeypatch, LONG)
    monkeypatch.setattr("django.core.management.call_command", lambda *_, **__: None)
    call = [*HALA, "--agency", "St Brigid’s"] if kind == "fictional" else ["demo", "--clients", "1"]
    assert cli.main(call) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"alongside: A {kind} agency lives in this data folder")
    assert "Choose an empty folder" in said
    assert Agency.objects.count() == 1


@in_database
@pytest.mark.demand("C4")
def test_the_only_administrator_who_lost_the_phone_gets_a_new_start_from_the_machine(
    house: None, one_connection: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    account = one_connection.staff["otto"].account
    Authenticator.objects.create(user=account, type="totp", data={"secret": "sealed"})
    typed(monkeypatch, LONG)
    assert cli.main(["user", "second-step", account.email]) == 0
    assert "Otto Lindqvist signs in with the new password" in capsys.readouterr().out
    assert not Authenticator.objects.filter(user=account).exists()
    account.refresh_from_db()
    assert account.check_password(LONG)
    assert account.must_change_password
    assert cli.main(["user", "second-step", "nobody@harbourlane.example"]) == 1


@in_database
def test_a_password_for_nobody_and_a_weak_one_are_refused(
    house: None, one_connection: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, LONG)
    assert cli.main(["user", "password", "nobody@harbourlane.example"]) == 1
    said = capsys.readouterr().err
    assert said == "alongside: nobody signs in as nobody@harbourlane.example; see alongside user list\n"
    typed(monkeypatch, "short")
    assert cli.main(["user", "password", "maren@harbourlane.example"]) == 1
    assert "too short" in capsys.readouterr().err


def ran(folder: Path, *call: str, typed_in: str = "") -> subprocess.CompletedProcess[str]:
    """The true command in its own process with its own data."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("ALONGSIDE_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "alongside.site.cli", *call], input=typed_in, capture_output=True, text=True, timeout=180,
        cwd=folder, check=False, env=kept | {"ALONGSIDE_DATA_DIR": str(folder / "var"), "PYTHONPATH": str(SOURCE)},
    )  # fmt: skip


def test_in_an_empty_folder_the_database_is_made_and_the_first_administrator_added(tmp_path: Path) -> None:
    made = ran(tmp_path, "migrate")
    assert made.returncode == 0, made.stderr
    first = ["--name", "Otto Lindqvist", "--agency", "Harbour Lane", "--role", "agency_administrator"]
    added = ran(tmp_path, "user", "add", "--email", "otto@harbourlane.example", *first, typed_in=LONG + "\n")
    assert (added.returncode, added.stdout) == (0, "Otto Lindqvist can sign in as otto@harbourlane.example\n"), (
        added.stderr
    )
    listed = ran(tmp_path, "user", "list")
    assert listed.stdout == "otto@harbourlane.example\tOtto Lindqvist\tHarbour Lane\tagency_administrator\n"
    again = ran(tmp_path, "user", "add", "--email", "otto@harbourlane.example", *first, typed_in=LONG + "\n")
    assert (again.returncode, again.stderr.count("\n")) == (1, 1), again.stderr
    invented = ran(tmp_path, "demo", "--clients", "1")
    assert (invented.returncode, "A real agency lives in this data folder" in invented.stderr) == (1, True), (
        invented.stderr
    )
    assert ran(tmp_path, "user", "dance").returncode == 2
