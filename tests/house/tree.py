"""What every house proof reads: the source of the project, walked afresh each time, with no list kept by hand."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "alongside"
TESTS = ROOT / "tests"

Function = ast.FunctionDef | ast.AsyncFunctionDef

# Made by installing or running, never written by us.
MADE = {".venv", "node_modules", "__pycache__", "var", ".git", "built"}

# Folders that are packages and yet no rooms.
PARTS_OF_A_ROOM = {"migrations", "templatetags", "catalogue", "management"}


def written(base: Path, pattern: str) -> list[Path]:
    """The files below a folder that fit a pattern and were written, not made; the folder's own path does not count."""
    return [
        path for path in sorted(base.rglob(pattern)) if path.is_file() and not MADE & set(path.relative_to(base).parts)
    ]


def python_files(base: Path = SOURCE) -> list[Path]:
    """The Python files below a folder that people read and change: all but migrations, which never change again."""
    return [path for path in written(base, "*.py") if "migrations" not in path.relative_to(base).parts]


def templates(base: Path = SOURCE) -> list[Path]:
    """Every template and every drawing that lies in a `templates` folder."""
    return [path for path in written(base, "templates/**/*") if path.suffix in {".html", ".svg", ".txt"}]


def drawings(base: Path = SOURCE) -> list[Path]:
    """Every drawing of our own, in a `templates` folder or served as it is."""
    return written(base, "*.svg")


@cache
def text_of(path: Path) -> str:
    """The text of one file, read once for all proofs."""
    return path.read_text(encoding="utf-8")


@cache
def syntax_of(path: Path) -> ast.Module:
    """The syntax tree of one Python file, parsed once for all proofs."""
    return ast.parse(text_of(path), filename=str(path))


def lines_in(path: Path) -> int:
    """How many lines a file has, empty ones and comments counted."""
    return len(text_of(path).splitlines())


def functions_in(module: ast.AST) -> Iterator[Function]:
    """Every function and method below a node, those inside others too."""
    return (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def place(path: Path, line: int = 1) -> str:
    """`path:line`, as editors and people follow it; the path as seen from the root of the project."""
    return f"{path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}:{line}"


def is_room(folder: Path) -> bool:
    """Whether a folder is a room and not a level of rooms (as `client_level` is): a level has no module of its own."""
    modules = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
    inside = [child for child in folder.glob("*/") if any(child.glob("*.py")) and child.name not in PARTS_OF_A_ROOM]
    return bool(modules) or not inside


def is_begun(folder: Path) -> bool:
    """Whether anything stands in a folder yet beyond the empty mark of a package."""
    return folder.name not in MADE and any(path.stat().st_size for path in folder.rglob("*.py"))


def rooms(base: Path = SOURCE) -> list[Path]:
    """Every room of the house that has been begun, those on the levels included, as folders."""
    found: list[Path] = []
    for folder in (each for each in sorted(base.glob("*/")) if is_begun(each)):
        found += [folder] if is_room(folder) else rooms(folder)
    return found


def belonging_files() -> list[Path]:
    """Every file that belongs to the project: tracked by git, or new and not ignored."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True)
    names = sorted({name for name in told.stdout.decode().split("\0") if name})
    paths = [ROOT / name for name in names if not MADE & set(Path(name).parts)]
    return [path for path in paths if path.is_file() and not path.is_symlink()]


def is_text(path: Path) -> bool:
    """Whether a file is text: no zero byte in its beginning."""
    with path.open("rb") as stream:
        return b"\0" not in stream.read(8192)


def told(faults: list[str]) -> str:
    """The message of a failed proof: one fault on a line, each with its place."""
    return "\n" + "\n".join(faults)
