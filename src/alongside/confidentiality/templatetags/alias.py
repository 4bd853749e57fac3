"""Names as they were signed and written down, read by whoever may know the client's alias only (practice C4)."""

from typing import Any

from django import template

from alongside.confidentiality.queries.alias import (
    done_by,
    made_with,
    name_hidden,
    signed_by,
    taken_back_by,
    told_to,
)
from alongside.people.models import Person

register = template.Library()
for named in (done_by, made_with, signed_by, taken_back_by, told_to):
    register.filter(named)


@register.filter
def drawn_for(lines: Any, client: Person) -> Any:
    """A name that was drawn by hand; nothing for those who may not know it."""
    return [] if lines and name_hidden(client) else lines
