"""What our source never does: run text, read pickles, loosen markup, roll plain dice, keep anything in the browser.

The linter's own rules (`S` in pyproject.toml) hold much of this; here stand the few places that may, and the script.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from .tree import SOURCE, place, python_files, syntax_of, templates, text_of, told, written

IMPORTS = frozenset(
    {"pickle", "marshal", "shelve", "dill", "yaml", "xml", "lxml", "ldap", "ldap3", "jinja2", "telnetlib", "ftplib"}
)
CALLS = frozenset(
    {"eval", "exec", "compile", "os.system", "os.popen", "hashlib.md5", "hashlib.sha1", "mark_safe", "format_html"}
)
MAY = {
    "random": ("site/demo",),  # an invented life, the same for the same seed
    "subprocess": ("site/serving.py",),  # starts the web server, by a list of words
    "SafeString": ("foundations/templatetags/icons.py",),  # drawings that lie in the house
}
"""What only these places may use."""

LOOSE_MARKUP = re.compile(r"\|\s*(?:safe|safeseq)\b|\{%\s*autoescape\s+off")
IN_SCRIPT = {
    r"\.(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|createContextualFragment": "words become markup",
    r"\beval\s*\(|new\s+Function\b|set(?:Timeout|Interval)\(\s*[\"'`]": "text is run",
    r"\blocalStorage\b|\bindexedDB\b|\bsessionStorage\.(?!removeItem)|\bcaches\.|serviceWorker": "something is kept in the browser",
    r"document\.cookie\s*=(?!=)": "a cookie is written",
    r"(?<!tabs\.)\bpostMessage\b|addEventListener\(\s*[\"']message[\"'](?!, function \(event\))": "another window is spoken to",
    r"__proto__|\.prototype\b": "what all objects share is touched",
    r"https?://": "something is fetched from elsewhere",
}


def names_in(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Each name that a module imports or calls, with its line."""
    for found in ast.walk(node):
        if isinstance(found, ast.Import):
            yield from ((found.lineno, alias.name.split(".")[0]) for alias in found.names)
        elif isinstance(found, ast.ImportFrom):
            yield found.lineno, (found.module or "").split(".")[0]
            yield from ((found.lineno, alias.name) for alias in found.names)
        elif isinstance(found, ast.Call):
            yield found.lineno, ast.unparse(found.func)


def dangers_in(path: Path, module: ast.AST, within: str) -> list[str]:
    """What a module uses that it should not."""
    shell = [
        (call.lineno, "shell=True")
        for call in ast.walk(module)
        if isinstance(call, ast.Call) and any(word.arg == "shell" for word in call.keywords)
    ]
    used = [
        (line, name)
        for line, name in names_in(module)
        if name in IMPORTS | CALLS or (name in MAY and not within.startswith(MAY[name]))
    ]
    return [f"{place(path, line)}: {name}" for line, name in (*used, *shell)]


def script_faults(text: str) -> list[str]:
    """What a module of script does that it should not. Comments are not read."""
    code = re.sub(r"(?m)^\s*//.*$|\s//\s.*$", "", text)
    return [why for pattern, why in IN_SCRIPT.items() if re.search(pattern, code)]


def scripts() -> list[Path]:
    """Our own modules of script; `built` holds what others wrote."""
    return [path for path in written(SOURCE, "static/**/*.js")]


def test_no_module_runs_text_reads_pickles_or_speaks_what_we_do_not_speak() -> None:
    faults = [
        fault
        for path in python_files()
        for fault in dangers_in(path, syntax_of(path), path.relative_to(SOURCE).as_posix())
    ]
    assert not faults, told(faults)


def test_no_template_loosens_markup() -> None:
    faults = [place(path) for path in templates() if LOOSE_MARKUP.search(text_of(path))]
    assert not faults, told(faults)


def test_our_script_makes_no_markup_of_words_runs_nothing_and_keeps_nothing_in_the_browser() -> None:
    faults = [f"{place(path)}: {why}" for path in scripts() for why in script_faults(text_of(path))]
    assert len(scripts()) > 4
    assert not faults, told(faults)


@pytest.mark.parametrize(
    "source",
    ["import pickle", "from xml.etree import ElementTree", "eval(words)", "import os\nos.system(words)", "import random",
     "import subprocess", "subprocess.run(words, shell=True)", "from django.utils.safestring import mark_safe",
     "import hashlib\nhashlib.md5(words)", "from yaml import load"],
)  # fmt: skip
def test_a_danger_would_be_found(source: str) -> None:
    assert dangers_in(SOURCE / "people" / "views.py", ast.parse(source), "people/views.py")


def test_what_is_plain_passes() -> None:
    plain = "import json\nfrom secrets import token_bytes\nre.compile('x')\nevaluate(words)\n"
    assert dangers_in(SOURCE / "people" / "views.py", ast.parse(plain), "people/views.py") == []


@pytest.mark.parametrize(
    "script",
    ["a.innerHTML = words", "eval(words)", "localStorage.setItem('a', 1)", "sessionStorage.draft = 1", "document.cookie = 'a=b'",
     "window.postMessage(words, '*')", "setTimeout('go()', 1)", "fetch('https://elsewhere.example/')", "a.__proto__.b = 1",
     "addEventListener('message', take)"],
)  # fmt: skip
def test_a_danger_in_script_would_be_found(script: str) -> None:
    assert script_faults(script)


def test_good_script_passes() -> None:
    good = (
        "// innerHTML is never used\na.textContent = words; sessionStorage.removeItem('x'); tabs.postMessage('here');"
    )
    assert script_faults(good) == []
