"""The page of who may do what is what the program does (design section 9)."""

import pytest

from alongside.foundations.checks import addresses
from alongside.foundations.roles import ALL_RIGHTS, Role
from tools.docs import ACCESS, access_page, every_verb, table

from .tree import text_of

pytestmark = pytest.mark.demand("C4", "C6")


def test_the_page_is_up_to_date() -> None:
    assert text_of(ACCESS) == access_page(), "run make docs"


def test_the_page_names_every_right_every_role_every_verb_and_every_address() -> None:
    page = access_page()
    assert all(f"| {right.name} |" in page for right in ALL_RIGHTS)
    assert all(role.value.replace("_", " ") in page for role in Role)
    assert all(f"`{name}`" in page for name in every_verb())
    assert all(f"`/{route}`" in page for route, _ in addresses())


def test_verbs_are_found_in_modules_and_in_folders_of_them() -> None:
    rooms = {verb.room for verb in every_verb().values()}
    assert {"people", "client_level.termination"} <= rooms
    assert any("engagement" in room for room in rooms)


def test_a_table_has_a_line_for_each_row() -> None:
    assert table(["a", "b"], [["1", "2"]]) == "| a | b |\n| --- | --- |\n| 1 | 2 |\n"
