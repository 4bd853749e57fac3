"""What the repository never holds: places of one machine, package indexes, promises, other people's code."""

import json
import re
from pathlib import Path

import pytest

from .tree import ROOT, belonging_files, is_text, place, text_of, told

# Written in pieces, so that this file does not fall under its own rule.
PROMISE = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME")) + r")\b")
MACHINE = re.compile(
    r"(?<![\w.:/}\]*-])/(?:home|Users|root|work|workspace|builds|runner)/[A-Za-z0-9_.-]+"
    + r"|\b[A-Z]:\\\\?Users\\"
    + r"|file:///\w"
)
INDEX = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|yarnpkg\.com|jsdelivr\.net|unpkg\.com|crates\.io|proxy\.golang\.org"
    r"|(?:docker|ghcr|quay)\.io/|--(?:extra-)?index-url|--find-link[s]|registry\s*=\s*\S*//",
    re.IGNORECASE,
)
VENDORED = {
    "vendor",
    "vendored",
    "third_party",
    "third-party",
    "site-packages",
    "bower_components",
    "node_modules",
    "dist",
}
BROUGHT = re.compile(r"\.min\.(?:js|css)$|\.(?:woff2?|ttf|otf|eot|so|dll|dylib|whl|jar|egg|pyc)$")
BANNER = re.compile(r"^\s*/\*!|@license\b|@preserve\b|\bCopyright \(c\)", re.IGNORECASE | re.MULTILINE)
LONGEST_LINE = 400


def lines_with(pattern: re.Pattern[str], path: Path) -> list[str]:
    """Each place of a text file where a pattern is found, with what was found."""
    if not is_text(path):
        return []
    numbered = enumerate(text_of(path).splitlines(), start=1)
    return [f"{place(path, number)}: {found[0]}" for number, line in numbered if (found := pattern.search(line))]


def unhashed(locked: str) -> list[str]:
    """The requirements of a locked list that carry no hash, or name an address instead of a version."""
    whole = re.sub(r"\\\n", " ", locked)
    entries = [line.strip() for line in whole.splitlines() if line.strip() and not line.strip().startswith("#")]
    return [
        entry.split()[0] for entry in entries if "--hash=sha256:" not in entry or "==" not in entry or "://" in entry
    ]


def loose_packages(locked: str) -> list[str]:
    """The packages of npm's lock that carry no hash, or say from where they came."""
    packages = json.loads(locked)["packages"]
    return [
        name for name, told_of in packages.items() if name and ("integrity" not in told_of or "resolved" in told_of)
    ]


def brought(path: Path) -> str:
    """Why a file looks as if others wrote it; empty where it does not."""
    within = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    if VENDORED & set(within.parts[:-1]) or BROUGHT.search(path.name):
        return "is brought by `make`, not kept here"
    if path.suffix not in {".js", ".css"}:
        return ""
    if BANNER.search(text_of(path)):
        return "bears the banner of others"
    return "is minified" if any(len(line) > LONGEST_LINE for line in text_of(path).splitlines()) else ""


@pytest.mark.parametrize("pattern", [MACHINE, INDEX, PROMISE], ids=["machine", "index", "promise"])
def test_no_file_names_a_place_of_one_machine_a_package_index_or_a_promise(pattern: re.Pattern[str]) -> None:
    faults = [fault for path in belonging_files() for fault in lines_with(pattern, path)]
    assert not faults, told(faults)


def test_every_locked_requirement_has_its_hash_and_no_address() -> None:
    locks = sorted(ROOT.glob("requirements*.txt"))
    faults = [f"{place(path)}: {name}" for path in locks for name in unhashed(text_of(path))]
    assert locks, "requirements.txt:1: there is no lock"
    assert not faults, told(faults)


def test_every_package_of_the_look_has_its_hash_and_no_address() -> None:
    lock = ROOT / "package-lock.json"
    faults = [f"{place(lock)}: {name}" for name in loose_packages(text_of(lock))]
    assert not faults, told(faults)


def test_every_requirement_asked_for_is_locked() -> None:
    faults = []
    for asked in sorted(ROOT.glob("requirements*.in")):
        locked = asked.with_suffix(".txt")
        if not locked.is_file():
            faults.append(f"{place(asked)}: has no lock beside it")
    assert not faults, told(faults)


def test_nothing_that_others_wrote_is_kept_here() -> None:
    faults = [f"{place(p)}: {why}" for p in belonging_files() if (why := brought(p))]
    assert not faults, told(faults)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (MACHINE, "open('/home/" + "maren/notes')"),
        (MACHINE, "see /work/" + "shared"),
        (MACHINE, "C:\\" + "Users\\maren"),
        (INDEX, "https://pypi" + ".org/simple"),
        (INDEX, "--index" + "-url x"),
        (INDEX, "registry=" + "https://example.org"),
        (PROMISE, "# TO" + "DO later"),
    ],
)
def test_what_must_not_be_kept_would_be_found(pattern: re.Pattern[str], text: str, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(f"first\n{text}\n", encoding="utf-8")
    assert [fault.startswith(f"{page}:2: ") for fault in lines_with(pattern, page)] == [True]


@pytest.mark.parametrize(
    "text", ["href='/home/'", "https://example.org/work/shared", "{{ base }}/work/x", "#!/usr/bin/env bash"]
)
def test_addresses_of_our_own_pages_are_no_places_of_a_machine(text: str) -> None:
    assert not MACHINE.search(text)


def test_a_lock_without_a_hash_or_with_an_address_would_be_found() -> None:
    good = "tqdm==1.0 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n    # via -r requirements.in\n"
    assert unhashed(good) == []
    assert unhashed(good + "loose==1.0\n") == ["loose==1.0"]
    assert unhashed("far @ https://example.org/far.whl --hash=sha256:aa\n") == ["far"]
    assert loose_packages(
        '{"packages": {"": {}, "a": {"integrity": "x"}, "b": {}, "c": {"integrity": "x", "resolved": "y"}}}'
    ) == ["b", "c"]


def test_brought_files_would_be_found(tmp_path: Path) -> None:
    for name, text in {"a.js": "/*! a 1.0 */", "b.css": "x" * 401, "c.js": "export {};"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert brought(tmp_path / "a.js") == "bears the banner of others"
    assert brought(tmp_path / "b.css") == "is minified"
    assert brought(tmp_path / "c.js") == ""
    assert brought(Path("static/font.woff2")) and brought(Path("vendor/a.py"))
