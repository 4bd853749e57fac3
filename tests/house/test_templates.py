"""What every template keeps: nothing inline (the content policy would stop it), guarded forms, pictures with words."""

import re
from collections.abc import Callable

import pytest
from django.template import engines
from django.template.loader import get_template

from .pages import COMMENT, Element, read
from .tree import SOURCE, drawings, place, templates, text_of, told

COLORED = {"fill", "stroke", "stop-color", "color", "bgcolor"}
A_COLOR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(rgb|hsl|oklch)a?\(")
ELSEWHERE = re.compile(r"\s*(https?:)?//")
FETCHES = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src", "use": "href"}
FORM = re.compile(
    r"<form\b(?P<head>(?:\{%.*?%\}|\{\{.*?\}\}|[^>])*)>(?P<body>.*?)(?=</form>|\Z)", re.DOTALL | re.IGNORECASE
)
POSTS = re.compile(r"\bmethod\s*=\s*[\"']?post\b|\bhx-(post|put|patch|delete)\s*=", re.IGNORECASE)


def inline(element: Element) -> str:
    """What stands inline in an element that belongs into a file of its own; empty where nothing does."""
    attributes = element.attributes
    handlers = sorted(name for name in attributes if re.fullmatch(r"(hx-)?on[a-z:-]*[a-z].*", name) and name != "on")
    if "style" in attributes or element.name == "style":
        return "style belongs into the style sheet"
    if handlers:
        return f"{handlers[0]} belongs into a module of script"
    if element.name == "script" and ("src" not in attributes or element.text.strip()):
        return "script belongs into a module of its own"
    scripted = [name for name, value in attributes.items() if value.strip().lower().startswith(("javascript:", "js:"))]
    return f"{scripted[0]} holds script" if scripted else ""


def color(element: Element) -> str:
    """The attribute of an element that names a color instead of a token of the theme; empty where none does."""
    named = [name for name in sorted(COLORED & element.attributes.keys()) if A_COLOR.search(element.attributes[name])]
    return f"{named[0]} names a color; the theme has the tokens" if named else ""


def silent_picture(element: Element) -> str:
    """Whether a picture has no words for those who do not see it (an empty `alt` says: decoration)."""
    return "img has no alt" if element.name == "img" and "alt" not in element.attributes else ""


def from_elsewhere(element: Element) -> str:
    """The attribute that would make the browser ask another host; empty where none does."""
    attribute = FETCHES.get(element.name, "")
    return f"{attribute} is fetched from elsewhere" if ELSEWHERE.match(element.attributes.get(attribute, "")) else ""


def faults_in(template: str, judge: Callable[[Element], str]) -> list[tuple[int, str]]:
    """The line of each element that is at fault, with what is wrong."""
    return [(element.line, judge(element)) for element in read(template).elements if judge(element)]


def unguarded_forms(template: str) -> list[int]:
    """The lines of the forms that post and do not carry the token against forged requests."""
    text = COMMENT.sub(lambda match: "\n" * match[0].count("\n"), template)
    posting = [form for form in FORM.finditer(text) if POSTS.search(form["head"])]
    return [
        text.count("\n", 0, form.start()) + 1
        for form in posting
        if not re.search(r"\{%\s*csrf_token\s*%\}|\{%\s*form_head\b", form["body"])
    ]


def checked_by_the_browser(template: str) -> list[int]:
    """The lines of the forms that post and let the browser check them: it would say so in its own words and language."""
    text = COMMENT.sub(lambda match: "\n" * match[0].count("\n"), template)
    posting = [form for form in FORM.finditer(text) if POSTS.search(form["head"])]
    return [
        text.count("\n", 0, form.start()) + 1
        for form in posting
        if not re.search(r"(?<![\w-])novalidate(?![\w-])", form["head"])
    ]


@pytest.mark.parametrize("judge", [inline, color, silent_picture, from_elsewhere])
def test_no_template_has_anything_inline_or_from_elsewhere_and_every_picture_has_words(
    judge: Callable[[Element], str],
) -> None:
    found = [(path, fault) for path in {*templates(), *drawings()} for fault in faults_in(text_of(path), judge)]
    faults = sorted(f"{place(path, line)}: {wrong}" for path, (line, wrong) in found)
    assert not faults, told(faults)


def test_every_form_that_posts_carries_its_token() -> None:
    faults = [
        f"{place(path, line)}: the form has no csrf_token"
        for path in templates()
        for line in unguarded_forms(text_of(path))
    ]
    assert not faults, told(faults)


def test_no_form_is_checked_by_the_browser_in_words_that_are_not_ours() -> None:
    faults = [
        f"{place(path, line)}: the form has no novalidate"
        for path in templates()
        for line in checked_by_the_browser(text_of(path))
    ]
    assert not faults, told(faults)


@pytest.mark.parametrize(
    ("template", "judge", "line"),
    [
        ('<p>\n<b style="color: {{ tone }}">x</b>', inline, 2),
        ("<style>\nb { color: red }</style>", inline, 1),
        ('{% if a %}\n<a {% if b %}onclick="go()"{% endif %}>x</a>{% endif %}', inline, 2),
        ('<a hx-on:click="go()">x</a>', inline, 1),
        ("<script>go()</script>", inline, 1),
        ('<script src="/s.js">go()</script>', inline, 1),
        ('<a href="javascript:go()">x</a>', inline, 1),
        ("<a hx-vals='js:{a: b}'>x</a>", inline, 1),
        ('<svg>\n\n<path stroke="#12606b"/></svg>', color, 3),
        ('<img src="{% static "face.png" %}">', silent_picture, 1),
        ('<link rel="stylesheet" href="https://example.org/a.css">', from_elsewhere, 1),
    ],
)
def test_what_does_not_belong_into_a_template_would_be_caught(
    template: str, judge: Callable[[Element], str], line: int
) -> None:
    assert [at for at, _ in faults_in(template, judge)] == [line]


@pytest.mark.parametrize("judge", [inline, color, silent_picture, from_elsewhere])
def test_a_good_template_passes(judge: Callable[[Element], str]) -> None:
    good = (
        '{# style="x" #}{% comment %}<b style="x">{% endcomment %}\n'
        '<script src="{% static "theme.js" %}" defer></script>\n'
        '<div {% include "part.html" with on=only only %} class="{% if on %}on{% endif %}">\n'
        '{{ value|default:"<b style=x>" }}</div>\n'
        '<img src="{{ face.url }}" alt="">\n<svg><path d="M0 0" fill="none" stroke="currentColor"/></svg>\n'
        '<a href="https://example.org">More</a>'
    )
    assert faults_in(good, judge) == []


def test_a_form_without_its_token_would_be_caught_and_a_search_needs_none() -> None:
    bare = '\n<form method="post" action="{% url "x" %}">\n<input name="a"></form>'
    good = '<form method="POST" {% if a > b %}hidden{% endif %}>{% csrf_token %}</form><form method="get"></form>'
    assert unguarded_forms(bare) == [2]
    assert unguarded_forms(bare + good) == [2]
    assert unguarded_forms("<form hx-post='/x'>{# {% csrf_token %} #}</form>") == [1]
    assert unguarded_forms(good) == []


def test_a_form_that_the_browser_would_check_would_be_caught() -> None:
    bare = '\n<form method="post" class="novalidate-not">\n{% csrf_token %}</form>'
    good = '<form method="post" {% if a %}novalidate{% endif %}></form><form method="get"></form>'
    assert checked_by_the_browser(bare) == [2]
    assert checked_by_the_browser("<form hx-post='/x'>{# novalidate #}</form>") == [1]
    assert checked_by_the_browser(good) == []


LOADS, TAG, FILTER = re.compile(r"\{%\s*load ([\w\s]+?)%\}"), re.compile(r"\{%\s*(\w+)"), re.compile(r"\|(\w+)")


def loads_in_vain(template: str) -> list[str]:
    """The libraries that a template loads, and of which it uses no tag and no filter."""
    libraries = engines["django"].engine.template_libraries  # type: ignore[attr-defined]  # Django’s own engine
    used = {*TAG.findall(template), *FILTER.findall(template)}
    loaded = [name for names in LOADS.findall(template) for name in names.split()]
    return [name for name in loaded if not used & {*libraries[name].tags, *libraries[name].filters}]


def test_no_template_loads_what_it_does_not_use() -> None:
    faults = [f"{place(path)}: {name}" for path in templates() for name in loads_in_vain(text_of(path))]
    assert not faults, told(faults)
    assert loads_in_vain('{% load i18n static %}{% translate "Today" %}') == ["static"], "it would be caught"


def test_every_template_can_be_drawn_with_what_it_loads() -> None:
    drawn = [
        get_template(str(path).partition("/templates/")[2]) for path in templates()
    ]  # a tag not loaded raises here
    assert len(drawn) == len(templates()) > 200


def test_every_template_lies_in_a_folder_named_after_its_room() -> None:
    faults = []
    for path in templates():
        below = path.relative_to(SOURCE).parts
        at = below.index("templates")
        room, folder = below[at - 1], below[at + 1]
        if room not in {folder, "site", "foundations"}:
            faults.append(f"{place(path)}: lies in {folder}, and the room is {room}")
    assert not faults, told(faults)


def test_the_words_of_a_page_are_found_wherever_they_hide() -> None:
    page = read(
        '<p title="One">Two {% translate "Three" %}</p>\n'
        '<button>{% trans "Four" %}</button><input type="submit" value="Five">'
        '{% savebar back word=_("Away") %}{% icon "check" %}{% translate "Six" %}{% endsavebar %}'
    )
    assert {words.said for words in page.words} == {"One", "Two", "Three", "Four", "Five", "Six", "Away"}
    assert {words.said for words in page.words if words.on_button} == {"Four", "Five", "Six"}
