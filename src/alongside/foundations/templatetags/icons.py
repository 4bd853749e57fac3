"""Icons drawn into the page itself: no icon font, no request, and the color of the text beside them."""

import json
from functools import cache
from pathlib import Path

from django import template
from django.utils.safestring import SafeString

register = template.Library()

# Color and stroke stand here and not in a stylesheet, so that a PDF draws them too.
FRAME = (
    '<svg class="i{flip}" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"'
    ' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{drawing}</svg>'
)
DRAWINGS = Path(__file__).resolve().parent.parent / "built/icons.json"


@cache
def drawings() -> dict[str, str]:
    """Read what each icon is drawn with, by its name among the outline icons of Tabler.

    Raises FileNotFoundError, saying what to do, where the styles were never made.
    """
    try:
        text = DRAWINGS.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise FileNotFoundError("The icons are not made yet: run `make styles`.") from error
    loaded: dict[str, str] = json.loads(text)
    return loaded


@register.simple_tag
@cache
def icon(name: str, flip: bool = False) -> SafeString:
    """Draw one icon; readers are told nothing of it, since a word always stands beside it.

    ``flip`` mirrors it where writing runs from right to left: for arrows, doors and the like, and no others.
    Raises template.TemplateSyntaxError for a name that no icon bears.
    """
    drawing = drawings().get(name)
    if drawing is None:
        raise template.TemplateSyntaxError(f"No icon is named {name!r}.")
    # Safe: the drawing comes from a package locked by its hash, and nothing else is put in.
    return SafeString(FRAME.format(flip=" flip" if flip else "", drawing=drawing))
