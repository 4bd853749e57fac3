"""The cast as the stories of those who oversee need it: what they did is seen by the work of the background."""

from collections.abc import Iterator

import pytest
from django.db import connections

from tests.access.database import nothing_kept
from tests.cast import Cast, gather

__all__ = ["cast"]


@pytest.fixture
def cast() -> Iterator[Cast]:
    """The cast under the role of the application, on one transaction with looks and background; all of it is undone."""
    before = connections["looks"]
    with nothing_kept() as cursor:
        connections["looks"] = connections["owner"]
        cursor.execute("SET LOCAL ROLE alongside_app")
        try:
            yield gather()
        finally:
            connections["looks"] = before
