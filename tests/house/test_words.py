"""The words of the house: one name for each of the field's terms, none that blames or hides (guide section 5)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from .pages import Words, read
from .tree import ROOT, place, python_files, syntax_of, templates, text_of, told

PAGE = ROOT / "docs" / "words.md"
ROW = re.compile(
    r"^\| (?P<term>[^|]+) \| (?P<means>[^|]+) \| `(?P<code>\w+)` \| (?P<built>yes|no) \| (?P<source>[^|]+) \|$", re.M
)

# What we do not say, with what we say instead.
BANNED = {
    r"non-?complian(t|ce)": "say what happened",
    r"refused services?": "say what the person chose",
    r"no-shows?": "say that the visit did not take place",
    r"frequent flyers?": "say the name",
    r"terminat(e[sd]?|ing)": "say ending, or closing",
    r"delet(e[sd]?|ing)": "say take back, or remove from what",
    r"invalid": "say what to do",
    r"submit(s|ted|ting)?": "say what happens",
    r"n/a": "say what empty means",
    r"users?": "say person, client or worker",
    r"no data": "say what empty means and what comes next",
}
BANNED_ANYWHERE = re.compile(
    r"(?<![\w/-])(" + "|".join(f"(?:{word})" for word in BANNED) + r")(?![\w/-])", re.IGNORECASE
)
ON_NO_BUTTON = re.compile(r"\W*(ok|okay|yes|no|submit|confirm|continue|go)\W*", re.IGNORECASE)
EXCLAIMED = re.compile(r"\w!(?!=)")

# The functions whose literal arguments a person will read.
SPEAKING = {
    *("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"),
    *("npgettext", "npgettext_lazy", "RuleBroken", "ValidationError"),
}


def wrong_words(words: Words) -> Iterator[str]:
    """What is wrong with a text that a person reads: the word, and what to say instead."""
    for found in BANNED_ANYWHERE.finditer(words.said):
        instead = next(say for word, say in BANNED.items() if re.fullmatch(word, found[0], re.IGNORECASE))
        yield f"“{found[0]}”: {instead}"
    if EXCLAIMED.search(words.said):
        yield f"“{words.said}”: no exclamation marks"
    if words.on_button and ON_NO_BUTTON.fullmatch(words.said):
        yield f"“{words.said}” on a button: say what happens"


def spoken(module: ast.Module) -> list[Words]:
    """The literal texts of a module that are handed to translation or to a refusal."""
    calls = [node for node in ast.walk(module) if isinstance(node, ast.Call)]
    speaking = [call for call in calls if ast.unparse(call.func).rpartition(".")[2] in SPEAKING]
    literals = [node for call in speaking for argument in call.args for node in ast.walk(argument)]
    return [Words(n.lineno, n.value) for n in literals if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def said_in(path: Path) -> list[Words]:
    """Every text of a file that a person reads."""
    return spoken(syntax_of(path)) if path.suffix == ".py" else read(text_of(path)).words


def names_in_code() -> set[str]:
    """Every class and function of the house."""
    kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for path in python_files() for node in ast.walk(syntax_of(path)) if isinstance(node, kinds)}


def test_no_screen_and_no_message_uses_a_word_that_blames_hides_or_commands() -> None:
    paths = [*templates(), *python_files()]
    faults = [f"{place(p, words.line)}: {wrong}" for p in paths for words in said_in(p) for wrong in wrong_words(words)]
    assert not faults, told(sorted(set(faults)))


def test_every_row_of_the_word_list_is_whole_and_no_term_stands_twice() -> None:
    rows = list(ROW.finditer(text_of(PAGE)))
    body = [line for line in text_of(PAGE).splitlines() if line.startswith("| ") and not line.startswith("| Term |")]
    faults = [f"{place(PAGE)}: {line}" for line in body if not ROW.fullmatch(line)]
    terms = [row["term"].lower() for row in rows]
    assert not faults, told(faults)
    assert len(terms) == len(set(terms)) > 50


def test_every_word_that_is_said_to_be_built_stands_in_the_code() -> None:
    text, names = text_of(PAGE), names_in_code()
    missing = [row for row in ROW.finditer(text) if row["built"] == "yes" and row["code"] not in names]
    faults = [
        f"{place(PAGE, text.count(chr(10), 0, row.start()) + 1)}: {row['term']}: nothing is called {row['code']}"
        for row in missing
    ]
    assert not faults, told(faults)


def test_the_words_we_begin_from_are_all_listed() -> None:
    listed = {row["term"] for row in ROW.finditer(text_of(PAGE))}
    assert {
        "client",
        "case",
        "case file",
        "case manager",
        "need",
        "goal",
        "objective",
        "note",
        "Thread",
        "break",
        "deed",
        "look",
    } <= listed


@pytest.mark.parametrize(
    "words",
    [
        Words(1, "The client was non-compliant."),
        Words(1, "No-show on Tuesday"),
        Words(1, "Invalid date"),
        Words(1, "N/A"),
        Words(1, "Terminate the case"),
        Words(1, "Users"),
        Words(1, "Well done!"),
        Words(1, "OK", on_button=True),
        Words(1, "Submit", on_button=True),
    ],
)
def test_a_word_we_do_not_say_would_be_caught(words: Words) -> None:
    assert list(wrong_words(words))


@pytest.mark.parametrize(
    "words",
    [
        Words(1, "Termination"),
        Words(1, "Yes"),
        Words(1, "Sign note", on_button=True),
        Words(1, "The username of the sign-in"),
        Words(1, "Give a number of minutes, for example 45."),
        Words(1, "/no-show/users/"),
    ],
)
def test_a_word_we_do_say_passes(words: Words) -> None:
    assert list(wrong_words(words)) == []


def test_messages_in_the_code_are_read_and_keys_are_not() -> None:
    module = ast.parse("raise RuleBroken(_('Invalid.'), 'T1')\nlabel = gettext_lazy('Users')\nkey = 'submit'\n")
    assert {words.said for words in spoken(module)} >= {"Invalid.", "Users"}
    assert "submit" not in {words.said for words in spoken(module)}


def test_words_in_a_template_carry_their_line_and_comments_are_not_read() -> None:
    page = read('<h1>Today</h1>\n{# invalid #}\n<p class="invalid">\n  Invalid</p>')
    assert [(words.line, list(wrong_words(words)) != []) for words in page.words] == [(1, False), (4, True)]
