"""Reads Django templates as a browser would: the elements with their attributes, and the words a person sees."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

# What never reaches the browser. A block tag leaves a space, a variable a letter, so that lines and attributes stay.
COMMENT = re.compile(r"\{#.*?#\}|\{%-?\s*comment\b.*?endcomment\s*-?%\}", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
VARIABLE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
IN_TAGS = re.compile(r"\{%\s*(?:trans|translate|blocktrans|blocktranslate)\b(.*?)%\}|\{\{\s*_\((.*?)\)", re.DOTALL)
IN_CALLS = re.compile(r"(?<!\w)_\((?:\"([^\"]*)\"|'([^']*)')\)")  # handed to a tag or a filter
ON_BUTTON = re.compile(r"(?:<button\b[^>]*>|\{%\s*savebar\b[^%]*%\})[^<]*\Z")  # the bar of a form holds its one button
LITERAL = re.compile(r"\"([^\"]*)\"|'([^']*)'")

# Attributes whose value is shown or read aloud.
SPOKEN = {"alt", "title", "placeholder", "aria-label", "aria-description", "label", "data-l", "content"}
MUTE = {"script", "style"}
BUTTONS = {"button", "submit", "reset"}


def _blank(match: re.Match[str], leave: str = " ") -> str:
    return leave + "\n" * match[0].count("\n")


def bare(template: str) -> str:
    """A template without its template language, each line where it was."""
    text = TAG.sub(_blank, COMMENT.sub(_blank, template))
    return VARIABLE.sub(lambda match: _blank(match, "x"), text)


@dataclass
class Element:
    """One opening tag: its name, its attributes in small letters, its line, and the text within where it is closed."""

    name: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    source: str = ""


@dataclass
class Words:
    """Words that a person sees or hears, with the line they stand on and whether they are the label of a button."""

    line: int
    said: str
    on_button: bool = False


@dataclass
class Page:
    """What was found in one template."""

    elements: list[Element] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.getpos()[0])
        self.page.elements.append(element)
        self.open.append(element)
        for name in SPOKEN & element.attributes.keys():
            self.page.words.append(Words(element.line, element.attributes[name]))
        if tag == "input" and element.attributes.get("type") in BUTTONS:
            self.page.words.append(Words(element.line, element.attributes.get("value", ""), on_button=True))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        # A void element or one whose end may be left out is dropped together with what encloses it.
        for depth in range(len(self.open) - 1, -1, -1):
            if self.open[depth].name == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        if self.open:
            self.open[-1].text += data
        if data.strip() and not (self.open and self.open[-1].name in MUTE):
            pressed = any(element.name == "button" for element in self.open)
            line = self.getpos()[0] + data[: len(data) - len(data.lstrip())].count("\n")
            self.page.words.append(Words(line, " ".join(data.split()), on_button=pressed))


def read(template: str) -> Page:
    """The elements of a template and every word a person would see, those inside its translation tags too."""
    reader = _Reader()
    reader.feed(bare(template))
    reader.close()
    kept = COMMENT.sub(_blank, template)
    for match in IN_TAGS.finditer(kept):
        line = kept.count("\n", 0, match.start()) + 1
        pressed = bool(ON_BUTTON.search(kept[: match.start()]))
        literals = [first or second for first, second in LITERAL.findall(match[1] or match[2])]
        reader.page.words += [Words(line, said, on_button=pressed) for said in literals]
    for match in IN_CALLS.finditer(kept):
        reader.page.words.append(Words(kept.count("\n", 0, match.start()) + 1, match[1] or match[2]))
    return reader.page
