"""Nothing is in the way of another language: sentences are handed to translation, styles know no left and right."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

from .tree import SOURCE, place, python_files, syntax_of, text_of, told

SAID_TO_PEOPLE = {"RuleBroken", "NotAllowed", "ChangedByAnother", "ValidationError"}
SHOWN = {"label", "help_text", "verbose_name", "empty_label"}
PHYSICAL = re.compile(
    r"(?:margin|padding|border)-(?:left|right)\b|(?<![-\w])(?:left|right)\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)
ENTRY = re.compile(r'^msgid "(?P<id>.*)"$(?P<rest>(?:\n(?!\n).*)*)', re.MULTILINE)


def untranslated(module: ast.Module) -> list[tuple[int, str]]:
    """Literal sentences that a person would read and that are not handed to translation, with their lines."""
    found = []
    for call in (node for node in ast.walk(module) if isinstance(node, ast.Call)):
        said = call.args[:1] if ast.unparse(call.func).rpartition(".")[2] in SAID_TO_PEOPLE else []
        said += [word.value for word in call.keywords if word.arg in SHOWN]
        found += [(one.lineno, ast.unparse(one)) for one in said if isinstance(one, ast.JoinedStr) or _is_text(one)]
    return found


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(node.value.strip())


def missing(catalog: str) -> list[str]:
    """The texts of a catalog that are not translated, or only guessed."""
    guessed = catalog.count("#, fuzzy")
    empty = [
        m["id"] for m in ENTRY.finditer(catalog) if m["id"] and re.search(r'msgstr(?:\[\d\])? ""(?!\n")', m["rest"])
    ]
    return empty + ["guessed"] * guessed


def test_every_sentence_that_a_person_reads_is_handed_to_translation() -> None:
    paths = [path for path in python_files() if "migrations" not in path.parts and path.is_relative_to(SOURCE)]
    faults = [f"{place(p, line)}: {said}" for p in paths for line, said in untranslated(syntax_of(p))]
    assert not faults, told(faults)


def test_only_languages_with_a_whole_catalog_can_be_chosen() -> None:
    for code, _name in settings.LANGUAGES:
        catalog = Path(settings.LOCALE_PATHS[0]) / code / "LC_MESSAGES" / "django.po"
        assert code == "en" or (catalog.exists() and not missing(catalog.read_text())), code


def test_our_styles_know_no_left_and_right() -> None:
    styles = sorted((SOURCE / "site" / "static" / "alongside").glob("*.css"))
    assert styles
    faults = [
        f"{place(path, number)}: {found[0]}"
        for path in styles
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if (found := PHYSICAL.search(line))
    ]
    assert not faults, told(faults)


@pytest.mark.parametrize(
    "code",
    ["RuleBroken('No.', 'P1')", "RuleBroken(f'No {a}.')", "CharField(label='Name')", "errors.NotAllowed('No.')"],
)
def test_a_sentence_that_is_not_translated_would_be_caught(code: str) -> None:
    assert untranslated(ast.parse(code))


@pytest.mark.parametrize(
    "code", ["RuleBroken(_('No.'), 'P1')", "CharField(label=_('Name'))", "RuleBroken(weak.sentence)"]
)
def test_a_translated_sentence_passes(code: str) -> None:
    assert untranslated(ast.parse(code)) == []


@pytest.mark.parametrize(
    "rule", ["a { margin-left: 1px }", "a { left: 0 }", "a { text-align: right; }", "a{float:left}"]
)
def test_a_style_that_knows_left_and_right_would_be_caught(rule: str) -> None:
    assert PHYSICAL.search(rule)
    assert not PHYSICAL.search("a { margin-inline-start: 1px; text-align: start; --to-end: to left; inset-inline: 0 }")


def test_a_catalog_with_a_hole_would_be_caught() -> None:
    whole = 'msgid ""\nmsgstr "Language: xx"\n\nmsgid "Plan"\nmsgstr "Nalp"\n'
    assert missing(whole) == []
    assert missing(whole + '\nmsgid "Goal"\nmsgstr ""\n') == ["Goal"]
    assert missing(whole + '\n#, fuzzy\nmsgid "Goal"\nmsgstr "Laog"\n') == ["guessed"]
