"""The small parts every room stands on."""

import socket
import threading
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.forms import CharField
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundations import clock, env, postgres
from alongside.foundations.checks import addresses, every_address_states_its_need
from alongside.foundations.errors import AlongsideError
from alongside.foundations.ids import new_id, unguessable
from alongside.foundations.pages import HouseForm
from alongside.foundations.paper import _from_house
from alongside.foundations.sealed import SealedText
from alongside.foundations.shelf import Shelf
from alongside.foundations.templatetags import house
from alongside.people.models.person import years_between


@dataclass(frozen=True)
class Variant:
    """Something to put on a shelf."""

    key: str
    source: str = "practice D2"


def test_a_shelf_keeps_variants_in_order_and_refuses_two_of_one_name() -> None:
    """Adding a variant is one file; a clash is found at start."""
    shelf: Shelf[Variant] = Shelf("things")
    first, second = shelf.put(Variant("a")), shelf.put(Variant("b"))
    assert list(shelf) == [first, second]
    assert (shelf["b"], len(shelf)) == (second, 2)
    with pytest.raises(ValueError, match="two variants are called a"):
        shelf.put(Variant("a"))


def test_a_shelf_refuses_a_variant_without_a_source() -> None:
    """A rule nobody can trace is no rule."""
    with pytest.raises(ValueError, match="source"):
        Shelf[Variant]("things").put(Variant("a", source=""))


def test_keys_sort_by_the_time_they_were_made() -> None:
    """UUID version 7, so that indexes stay close together."""
    keys = [new_id() for _ in range(200)]
    assert len(set(keys)) == 200
    assert [key.version for key in keys] == [7] * 200
    assert keys[0].int >> 80 <= keys[-1].int >> 80


def test_what_must_not_be_guessed_has_128_random_bits() -> None:
    """No bit of it is always the same, as some are of a UUID."""
    made = [unguessable().int for _ in range(200)]
    always = [bit for bit in range(128) if len({number >> bit & 1 for number in made}) == 1]
    assert always == []


def test_the_clock_can_be_held_and_goes_on_after() -> None:
    """Tests and demonstration data choose their day; nothing else asks what time it is."""
    moment = datetime(2026, 2, 28, 23, 30, tzinfo=UTC)
    with clock.held(moment):
        assert clock.now() == moment
        assert clock.today() == date(2026, 2, 28)
    assert clock.now() > moment


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 120))
def test_a_birthday_adds_a_year_and_the_day_before_does_not(born: date, age: int) -> None:
    """Ages are whole years."""
    if (born.month, born.day) == (2, 29) or born.year + age > 9990:
        return
    birthday = born.replace(year=born.year + age)
    assert years_between(born, birthday) == age
    assert years_between(born, birthday - timedelta(days=1)) == age - 1


@pytest.mark.parametrize("lookup", ["icontains", "startswith", "regex", "gt", "in"])
def test_sealed_text_cannot_be_searched_in_the_database(lookup: str) -> None:
    """No query may come to rely on narrative being plain."""
    with pytest.raises(ValueError, match="sealed"):
        SealedText().get_lookup(lookup)


def test_sealed_text_can_be_asked_whether_it_is_empty() -> None:
    """Emptiness says nothing of the words."""
    assert SealedText().get_lookup("exact") is not None


@pytest.mark.parametrize(
    ("value", "meant"), [("1", True), ("yes", True), ("TRUE", True), ("0", False), ("no", False), ("", True)]
)
def test_a_flag_reads_the_usual_words(monkeypatch: pytest.MonkeyPatch, value: str, meant: bool) -> None:
    """The last row is the default."""
    monkeypatch.setenv("ALONGSIDE_TRY", value)
    assert env.flag("ALONGSIDE_TRY", default=True) is meant


def test_a_flag_that_cannot_be_understood_stops_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Better not to start than to guess."""
    monkeypatch.setenv("ALONGSIDE_TRY", "perhaps")
    with pytest.raises(ValueError, match="should be 1 or 0"):
        env.flag("ALONGSIDE_TRY")


def test_a_secret_can_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """So that it is not in the environment of every process."""
    secret = tmp_path / "secret"
    secret.write_text(" from the file \n")
    monkeypatch.setenv("ALONGSIDE_TRY_FILE", str(secret))
    assert env.text("ALONGSIDE_TRY") == "from the file"


def test_the_kept_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    """Mode 0600, the same every time."""
    made = env.kept_secret(tmp_path / "data")
    assert env.kept_secret(tmp_path / "data") == made
    assert len(made) >= 64
    assert (tmp_path / "data" / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    """Everything signed hangs on it."""
    env.kept_secret(tmp_path)
    (tmp_path / "secret-key").chmod(0o640)
    with pytest.raises(AlongsideError, match="chmod 600"):
        env.kept_secret(tmp_path)


def test_a_list_of_words_is_read_with_commas_between(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spaces and empty words do not count."""
    monkeypatch.setenv("ALONGSIDE_TRY", "a.example, b.example,,")
    assert env.words("ALONGSIDE_TRY", "") == ["a.example", "b.example"]


def test_a_database_address_is_read_with_its_parts() -> None:
    """Passwords may hold any sign, written as in a web address."""
    server = postgres.from_url("postgresql://owner:p%40ss@db.example:5433/alongside")
    assert (server.host, server.port, server.name, server.user, server.password) == (
        "db.example",
        5433,
        "alongside",
        "owner",
        "p@ss",
    )


def test_a_socket_folder_can_stand_for_the_host() -> None:
    """The embedded server is reached that way."""
    assert postgres.from_url("postgresql://postgres@/alongside?host=/run/pg").host == "/run/pg"


@pytest.mark.parametrize(
    ("address", "tls"),
    [
        ("postgresql://o:p@db.example/alongside", {"sslmode": "verify-full", "sslrootcert": "system"}),
        ("postgresql://o:p@10.0.0.7/alongside?sslrootcert=/etc/own.crt", {"sslmode": "verify-full", "sslrootcert": "/etc/own.crt"}),
        ("postgresql://o:p@db.example/alongside?sslmode=disable", {"sslmode": "disable"}),
        ("postgresql://o:p@127.0.0.1/alongside", {}),
        ("postgresql://o@/alongside?host=/run/pg", {}),
    ],
)  # fmt: skip
def test_a_database_on_another_machine_must_show_who_it_is(address: str, tls: dict[str, str]) -> None:
    """Unless the address says otherwise in so many words."""
    assert postgres.from_url(address).tls == tls


def test_a_server_that_speaks_no_tls_is_told_nothing() -> None:
    """It is asked first whether it does; the password stays here."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as door:
        server = postgres.Server(
            "127.0.0.1", door.getsockname()[1], "alongside", "owner", "a secret", {"sslmode": "verify-full"}
        )
        answering = threading.Thread(target=says_no, args=(door, heard))
        answering.start()
        with pytest.raises(psycopg.OperationalError, match="SSL"):
            server.connect()
        answering.join(10)
    assert heard == [b"\x00\x00\x00\x08\x04\xd2\x16\x2f", b""]


def says_no(door: socket.socket, heard: list[bytes]) -> None:
    """Answers PostgreSQL's question after TLS with no, and keeps what comes then."""
    line, _ = door.accept()
    with line:
        heard.append(line.recv(8))
        line.sendall(b"N")
        heard.append(line.recv(4096))


@pytest.mark.parametrize("address", ["mysql://a/b", "postgresql://host", "nonsense"])
def test_an_address_that_cannot_be_read_is_refused_with_an_example(address: str) -> None:
    """The sentence shows how it should look."""
    with pytest.raises(ValueError, match="postgresql://user:password"):
        postgres.from_url(address)


def test_the_application_password_follows_from_the_secret_and_is_not_it() -> None:
    """Several processes agree on it without storing it."""
    assert postgres.app_password("a") == postgres.app_password("a") != postgres.app_password("b")
    assert "secret" not in postgres.app_password("secret")


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/x.css", "ftp://elsewhere.example/x", "house:///static/../settings.py"]
)
def test_a_printed_page_fetches_nothing_from_outside(address: str) -> None:
    """Only what the house holds."""
    with pytest.raises(ValueError, match="only what the house holds"):
        _from_house(address)


def test_every_address_says_what_it_needs() -> None:
    """And there are addresses to check."""
    assert every_address_states_its_need() == []
    assert sum(1 for _ in addresses()) > 10


@pytest.mark.parametrize(
    ("value", "said"),
    [(date(2026, 11, 19), "Thu 19 Nov"), (date(2025, 11, 19), "Wed 19 Nov 2025"), (None, "")],
)
def test_days_are_said_as_people_say_them(value: date | None, said: str) -> None:
    """With the year only when it is not this one."""
    with clock.held(datetime(2026, 11, 24, 9, tzinfo=UTC)):
        assert house.day(value) == said


@pytest.mark.parametrize(("back", "said"), [(0, "today"), (1, "1 day ago"), (22, "22 days ago")])
def test_what_lies_back_is_counted_in_days(back: int, said: str) -> None:
    """Days, not weeks: they are what waiting feels like."""
    assert house.days_since(clock.today() - timedelta(days=back)) == said


@pytest.mark.parametrize(("number", "said"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (None, "")])
def test_ranks_are_said_in_words(number: int | None, said: str) -> None:
    """First to last."""
    assert house.ordinal(number) == said


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_a_bar_never_runs_over_its_track(value: float, of: float) -> None:
    """Whatever the figures."""
    assert 0 <= house.meter(value, of, "x")["width"] <= 100


class Letter(HouseForm):
    """A form with one field."""

    words = CharField(label="Words")


def test_each_field_ties_its_error_to_its_control_in_words() -> None:
    """Someone who listens hears the error with the field."""
    form = Letter({"words": ""})
    form.is_valid()
    page = Template("{% field form.words %}").render(Context({"form": form}))
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_words-error"' in page
    assert "Fill this in." in page


def test_what_was_typed_is_drawn_escaped() -> None:
    """Script in a field stays text."""
    form = Letter({"words": "<script>alert(1)</script>"})
    page = Template("{% field form.words %}").render(Context({"form": form}))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_each_drawing_of_a_form_has_its_own_token() -> None:
    """So that sending twice can be told from writing twice."""
    first, second = Letter(), Letter()
    assert first["once"].value() != second["once"].value()
