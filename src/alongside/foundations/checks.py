"""System checks: every address states its need."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import Error, register
from django.urls import URLPattern, URLResolver, get_resolver


def addresses(patterns: list[Any] | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every route of the program with its pattern, depth first."""
    for item in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(item.pattern)
        if isinstance(item, URLResolver):
            yield from addresses(item.url_patterns, route)
        else:
            yield route, item


@register()
def every_address_states_its_need(**_: object) -> list[Error]:
    """Fail closed: a view that does not say who may see it is not served."""
    return [
        Error(
            f"the address {route} does not state what it needs", hint="decorate its view with @needs", id="alongside.E1"
        )
        for route, pattern in addresses()
        if getattr(pattern.callback, "stated_need", None) is None
    ]
