"""What the client sees otherwise, beside the record it is about; and a policy's words as a page has them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import template

from alongside.confidentiality.queries.statements import Beside, beside_records

register = template.Library()


@register.inclusion_tag("confidentiality/differing.html", takes_context=True)
def differing(context: dict[str, Any], kind: str, record: UUID, about: str = "") -> dict[str, Any]:
    """The statements beside one record, and the way to note one; `about` names it. All of a page's are read at once."""
    case, request = context["case"], context.get("request")
    kept: dict[UUID, Beside] = request.__dict__.setdefault("statements_beside", {}) if request is not None else {}
    if case.pk not in kept:
        kept[case.pk] = beside_records(case)
    return {
        "statements": kept[case.pk].get((kind, record), []), "kind": kind, "record": record, "about": about, "case": case,
        "client": case.client, "may_write": context.get("may_write", False),
    }  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A heading of a policy, empty at its beginning, and the paragraphs under it."""

    heading: str
    paragraphs: tuple[str, ...]


@register.filter
def parts(words: str) -> list[Part]:
    """A policy's words by their headings, which are the lines that begin with #."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in (line.strip() for line in words.splitlines()):
        if line.startswith("#"):
            found.append((line.lstrip("# "), []))
        elif line:
            found[-1][1].append(line)
    return [Part(heading, tuple(lines)) for heading, lines in found if heading or lines]
