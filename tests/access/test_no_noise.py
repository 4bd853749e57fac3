"""What lies sealed is read as words or not at all: no page of a whole record shows the noise it is in the database (C1)."""

import pytest

from tests.access.routes import browser, case_routes, whole_record
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C1")]


def test_no_page_of_a_whole_record_shows_noise_in_the_place_of_words(cast: Cast) -> None:
    record = whole_record(cast, cast.sama, "maren")
    maren, shown = browser(cast, "maren"), 0
    for route in case_routes():
        answer = maren.get(route.path(record))
        page = b"".join(answer) if answer.streaming else answer.content
        assert b"sealed1:" not in page, route.name
        assert b"words that cannot be opened" not in page, route.name
        shown += answer.status_code == 200
    assert shown > 50
