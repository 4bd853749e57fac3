"""The ecomap: the people around a client, drawn; the list beside it says the same (guide section 4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin
from typing import Any, Protocol

from django import template

from alongside.people.models import Person

register = template.Library()

WIDTH, LEAST_HEIGHT, ROW = 940, 470, 96  # units of the drawing
NO_RING = 260  # the least height where nobody shares the home
SELF_RADIUS, LEAST_RING = 62, 132
LONGEST = 18  # letters that fit into a node
LONGEST_SELF = 10  # and, being larger, into the client's own


class Drawn(Protocol):
    """Someone who can be drawn: one of the household, or someone else around the client."""

    @property
    def name(self) -> str:
        """The name they go by."""

    @property
    def relation(self) -> str:
        """Who they are to the client."""

    @property
    def tie(self) -> str:
        """How the tie is: strong, mid, weak, stress or cut."""


@dataclass(frozen=True)
class Node:
    """One person in the drawing: the middle of the node, and the path of the tie to the client."""

    name: str
    relation: str
    x: int
    y: int
    tie: str
    path: str


@register.inclusion_tag("engagement/ecomap.html")
def ecomap(client: Person, at_home: Sequence[Drawn], around: Sequence[Drawn]) -> dict[str, Any]:
    """Draw the client in the middle, the household on a ring below, everyone else to both sides."""
    rows = (len(around) + 1) // 2
    height = max(LEAST_HEIGHT if at_home else NO_RING, rows * ROW + 60)
    x, y = WIDTH // 2, height // 2
    ring = max(LEAST_RING, 17 * len(at_home))
    home = [_node(one, *_on_ring(place, len(at_home), ring, x, y), x, y) for place, one in enumerate(at_home)]
    sides = [_node(one, *_beside(place, len(around), height), x, y) for place, one in enumerate(around)]
    return {
        "client": client, "called": _short(client.short_name, LONGEST_SELF), "home": home, "sides": sides, "x": x, "y": y,
        "width": WIDTH, "height": height, "self_radius": SELF_RADIUS, "home_radius": ring + 58,
    }  # fmt: skip


def _on_ring(place: int, count: int, ring: int, x: int, y: int) -> tuple[int, int]:
    """Where the household stands: evenly on a ring around the client, the first of them below."""
    angle = pi / 2 + 2 * pi * place / count
    return round(x + ring * cos(angle)), round(y + ring * sin(angle))


def _beside(place: int, count: int, height: int) -> tuple[int, int]:
    """Where everyone else stands: left and right in turn, each side evenly spread from top to bottom."""
    left = place % 2 == 0
    on_this_side = (count + 1) // 2 if left else count // 2
    return 110 if left else WIDTH - 110, round(height * (place // 2 + 1) / (on_this_side + 1))


def _node(other: Drawn, x: int, y: int, from_x: int, from_y: int) -> Node:
    path = _zigzag(from_x, from_y, x, y) if other.tie == "stress" else f"M{from_x} {from_y} {x} {y}"
    return Node(_short(other.name), _short(other.relation), x, y, other.tie, path)


def _short(words: str, most: int = LONGEST) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def _zigzag(from_x: int, from_y: int, to_x: int, to_y: int) -> str:
    """A path that shakes six units to each side: a tie under strain."""
    length = hypot(to_x - from_x, to_y - from_y) or 1
    steps = max(2, round(length / 13))
    across = (-(to_y - from_y) / length, (to_x - from_x) / length)
    points = []
    for step in range(steps + 1):
        share, side = step / steps, 0 if step in (0, steps) else 6 if step % 2 else -6
        x = from_x + (to_x - from_x) * share + across[0] * side
        y = from_y + (to_y - from_y) * share + across[1] * side
        points.append(f"{x:.0f} {y:.0f}")
    return "M" + "L".join(points)
