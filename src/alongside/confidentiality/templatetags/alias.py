"""Names as they were signed and written down, read by whoever may know the client's alias only (practice C4)."""

from typing import Any

from django import template

from alongside.confidentiality.queries.alias import as_listed, done_by, name_hidden
from alongside.people.models import Person

register = template.Library()
register.filter(as_listed)
register.filter(done_by)


@register.filter
def signed_by(paper: Any, client: Person) -> str:
    """The name under a release or a plan."""
    written: str = getattr(paper, "signer", "") or getattr(paper, "name", "")
    return as_listed(written, client) if paper.capacity == "client" else written


@register.filter
def told_to(disclosure: Any, client: Person) -> str:
    """To whom something left."""
    return str(disclosure.recipient) or client.preferred_name


@register.filter
def drawn_for(lines: Any, client: Person) -> Any:
    """A name that was drawn by hand; nothing for those who may not know it."""
    return [] if lines and name_hidden(client) else lines
