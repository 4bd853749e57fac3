"""The documents of a case, as a part of the page about consent."""

from typing import Any

from django import template

from alongside.documentation.queries.documents import documents_of, size_words

register = template.Library()


@register.inclusion_tag("documentation/documents.html", takes_context=True)
def documents(context: dict[str, Any]) -> dict[str, Any]:
    """Every document of the case, newest first, and the way to add one; those put aside lie in a fold."""
    case, found = context["case"], documents_of(context["case"])
    kept = [one for one in found if one.row.aside_at is None]
    aside = [one for one in found if one.row.aside_at is not None]
    return {
        "case": case,
        "client": case.client,
        "kept": kept,
        "aside": aside,
        "may_write": context.get("may_write", False),
    }


register.filter("bytes", size_words)
