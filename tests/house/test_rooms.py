"""Every room looks alike inside (design section 2): who knows one, knows them all; and imports run downward."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from .tree import ROOT, SOURCE, place, python_files, rooms, told

SETTINGS = ROOT / "pyproject.toml"

# From the top to the bottom: each may import those to its right. The same order holds inside every room.
ORDER = ("urls", "views", "forms", "actions", "queries", "access", "models", "states")
MODULES = {*ORDER, "apps", "templatetags", "catalogue", "migrations"}
# The Thread is worked out in one place of its own (design section 1, decision 0003).
THREAD = {"thread"}
FOLDERS = {"templates", "static", "locale"}
FREE_ROOMS = {"foundations", "site"}
SAY_NOTHING = {"manager", "managers", "helper", "helpers", "util", "utils", "service", "services", "misc", "common"}

NO_ROOMS_YET = pytest.mark.skipif(not rooms(), reason="no room has been built yet")


def strangers(room: Path) -> list[str]:
    """The modules and folders of a room that have a name no other room would use."""
    allowed = MODULES | THREAD | FOLDERS | {"__init__", "__pycache__"}
    named = [path for path in sorted(room.iterdir()) if path.is_dir() or path.suffix == ".py"]
    return [place(path) for path in named if path.stem not in allowed]


def package_of(room: Path) -> str:
    """The dotted name of a room: `alongside.client_level.planning`."""
    return ".".join(room.relative_to(SOURCE.parent).parts)


def dressed_alike() -> list[Path]:
    """The rooms that look like all others inside: every one but the floor and the roof of the house."""
    return [room for room in rooms() if room.name not in FREE_ROOMS]


@NO_ROOMS_YET
def test_every_room_is_a_django_app() -> None:
    without = [room for room in dressed_alike() if not (room / "apps.py").is_file()]
    faults = [f"{place(room)}: has no apps.py" for room in without]
    assert not faults, told(faults)


@NO_ROOMS_YET
def test_every_room_uses_the_same_file_names() -> None:
    faults = [
        f"{fault}: not a name that rooms use"
        for room in rooms()
        if room.name not in FREE_ROOMS
        for fault in strangers(room)
    ]
    assert not faults, told(faults)


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    faults = [place(p) for p in python_files() if SAY_NOTHING & {p.stem, *p.relative_to(SOURCE).parts[:-1]}]
    assert not faults, told(faults)


def layer_contracts() -> list[dict[str, Any]]:
    """The contracts of import-linter that put modules in layers, as the project's settings have them."""
    settings = tomllib.loads(SETTINGS.read_text(encoding="utf-8"))["tool"]["importlinter"]
    return [contract for contract in settings["contracts"] if contract["type"] == "layers"]


def test_no_room_can_be_left_out_of_the_layers_of_the_house() -> None:
    whole = [contract for contract in layer_contracts() if contract["containers"] == ["alongside"]]
    assert whole, f"{place(SETTINGS)}: no contract of layers holds the whole house"
    assert whole[0].get("exhaustive"), f"{place(SETTINGS)}: the contract of the whole house is not exhaustive"


def test_inside_every_room_the_same_order_is_held() -> None:
    bare = [[layer.strip("()") for layer in contract["layers"]] for contract in layer_contracts()]
    inner = [contract for contract, layers in zip(layer_contracts(), bare, strict=True) if layers == list(ORDER)]
    held = {container for contract in inner for container in contract["containers"]}
    ordered = [room for room in dressed_alike() if {p.stem for p in room.iterdir()} & set(ORDER)]
    faults = [
        f"{place(room)}: no contract holds its inner order; add {package_of(room)} to {SETTINGS.name}"
        for room in ordered
        if package_of(room) not in held
    ]
    assert not faults, told(faults)


def test_no_room_imports_from_above_or_from_beside() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    seen = {**os.environ, "PYTHONPATH": str(SOURCE.parent), "COLUMNS": "160"}
    ran = subprocess.run(
        [command, "--no-cache", "--no-logo"], cwd=ROOT, env=seen, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_stranger_in_a_room_would_be_caught(tmp_path: Path) -> None:
    for name in ("helpers.py", "models.py", "policy.sql", "__init__.py"):
        (tmp_path / name).touch()
    (tmp_path / "templates").mkdir()
    (tmp_path / "lib").mkdir()
    assert strangers(tmp_path) == [f"{tmp_path}/helpers.py:1", f"{tmp_path}/lib:1"]


def test_a_level_is_opened_to_find_its_rooms(tmp_path: Path) -> None:
    for name in ("people", "client_level/planning", "client_level/assessment"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "models.py").write_text("import this\n", encoding="utf-8")
    (tmp_path / "client_level" / "__init__.py").touch()
    (tmp_path / "reports" / "catalogue").mkdir(parents=True)
    (tmp_path / "reports" / "catalogue" / "costs.py").write_text("import this\n", encoding="utf-8")
    (tmp_path / "not_begun").mkdir()
    (tmp_path / "not_begun" / "__init__.py").touch()
    assert [room.name for room in rooms(tmp_path)] == ["assessment", "planning", "people", "reports"]
