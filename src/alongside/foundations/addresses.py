"""Addresses of pages that are named by keys, for the very many links of a page.

Django works an address out anew each time, by matching it against a pattern: 30 microseconds, for some 250 links of one page
of Today. The keys change nothing about the rest of an address, so that is worked out once for each page.
"""

from functools import cache
from uuid import UUID

from django.urls import reverse


def address(page: str, *keys: UUID | str) -> str:
    """The address of the page of that name for these keys, as `reverse` gives it. Raises `NoReverseMatch` as it does."""
    if all(isinstance(key, UUID) for key in keys):
        return _around(page, len(keys)) % keys
    return reverse(page, args=keys)


@cache
def _around(page: str, count: int) -> str:
    """What stands around the keys."""
    marks = [UUID(int=number) for number in range(count)]
    found = reverse(page, args=marks).replace("%", "%%")
    for mark in marks:
        found = found.replace(str(mark), "%s", 1)
    return found
