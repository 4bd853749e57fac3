"""The addresses of very many links are those that Django gives, for every page that is named by keys."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from django.urls.converters import UUIDConverter

from alongside.foundations.addresses import address


def pages_by_key(resolver: URLResolver, before: tuple[object, ...] = ()) -> Iterator[tuple[str, int]]:
    """Every page whose address has nothing but keys in it, with how many."""
    for pattern in resolver.url_patterns:
        kinds = (*before, *pattern.pattern.converters.values())
        if isinstance(pattern, URLResolver):
            yield from pages_by_key(pattern, kinds)
        elif pattern.name and all(isinstance(kind, UUIDConverter) for kind in kinds):
            yield pattern.name, len(kinds)


def test_every_page_has_the_address_that_django_gives_it() -> None:
    pages = list(pages_by_key(get_resolver()))
    assert {count for _page, count in pages} >= {0, 1, 2}
    for page, count in pages:
        for _again in range(2):
            keys = [uuid4() for _key in range(count)]
            assert address(page, *keys) == reverse(page, args=keys)


def test_a_page_that_does_not_exist_has_no_address() -> None:
    with pytest.raises(NoReverseMatch):
        address("nowhere", uuid4())
    with pytest.raises(NoReverseMatch):
        address("case")


def test_what_is_no_key_is_checked_each_time() -> None:
    assert address("print_for", key := uuid4(), "file") == reverse("print_for", args=[key, "file"])
    with pytest.raises(NoReverseMatch):
        address("case", "../elsewhere")
