"""Two who test at once on one machine take nothing from each other: neither a database nor the way to its folder."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.embedded import folder_for

WRITES = "def test_writes(tmp_path):\n    (tmp_path / 'word').write_text('kept')\n"


class Begins:
    """A session of one test that writes a file, and whose data lie in the folder it is begun with."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "test_one.py").write_text(WRITES)

    def __call__(self, root: Path) -> Path:
        """Where it wrote."""
        environment = os.environ | {"PYTEST_DEBUG_TEMPROOT": str(root), "PYTEST_ADDOPTS": ""}
        words = [
            "-m",
            "pytest",
            "-q",
            "-c",
            os.devnull,
            "--rootdir",
            str(self.folder),
            "-p",
            "no:cacheprovider",
            "test_one.py",
        ]
        done = subprocess.run(
            [sys.executable, *words], cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout
        return next(root.glob("pytest-of-*"))


@pytest.fixture
def begins(tmp_path: Path) -> Begins:
    """Begins another session of tests on this machine."""
    return Begins(tmp_path)


def reached_by_others(folder: Path) -> bool:
    """True where the user as whom PostgreSQL runs can go on beneath a folder."""
    return bool(folder.stat().st_mode & stat.S_IXOTH)


def opened(folder: Path) -> Path:
    """Let PostgreSQL reach its data in there, as its library does when it starts as root."""
    folder.chmod(folder.stat().st_mode | stat.S_IXOTH)
    return folder


def test_a_second_session_does_not_shut_the_folder_in_which_the_first_has_its_postgresql(
    begins: Begins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    ours = opened(begins(folder_for(tmp_path / "ours")))
    theirs = begins(folder_for(tmp_path / "theirs"))
    assert theirs != ours and reached_by_others(ours)
    assert reached_by_others(ours.parent)


def test_a_folder_for_all_would_be_shut(begins: Begins, tmp_path: Path) -> None:
    ours = opened(begins(tmp_path))
    assert begins(tmp_path) == ours
    assert not reached_by_others(ours)


def test_this_very_session_writes_where_no_other_does() -> None:
    assert Path(os.environ["PYTEST_DEBUG_TEMPROOT"]).name.startswith("alongside-")
