"""A signature drawn by hand, as the pad sends it: checked when it comes, drawn again on paper."""

import json
from typing import Any

from django.utils.translation import gettext as _

from alongside.foundations.errors import RuleBroken

MOST_POINTS = 8_000  # numbers: the pad stops at half as many points


def read_strokes(text: str) -> list[list[int]]:
    """The strokes of a drawn signature, checked: lists of x and y in thousandths. Empty text is none.

    Raises `RuleBroken` for anything that no pad would send.
    """
    if not text.strip():
        return []
    try:
        strokes: Any = json.loads(text)
    except ValueError:
        strokes = None
    if (
        not isinstance(strokes, list)
        or not all(_is_stroke(one) for one in strokes)
        or sum(map(len, strokes)) > MOST_POINTS
    ):
        raise RuleBroken(
            _("The signature did not arrive whole. Sign once more, or type the name."), "practice P8", "strokes"
        )
    return strokes


def _is_stroke(one: object) -> bool:
    return (
        isinstance(one, list) and len(one) >= 2 and len(one) % 2 == 0
        and all(type(number) is int and 0 <= number <= 1000 for number in one)
    )  # fmt: skip


def stroke_lines(kept: str) -> list[str]:
    """The strokes that were kept, as points of lines in a box of 1000 by 333. Empty text is none."""
    strokes = json.loads(kept) if kept else []
    return [" ".join(f"{x},{y / 3:.0f}" for x, y in zip(s[::2], s[1::2], strict=True)) for s in strokes]
