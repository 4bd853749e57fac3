"""The costliest thing a page can ask for is a paper: one person has two made at one moment and no more (practice C4)."""

import pytest
from django.db import connections
from django.urls import reverse

from tests.cast import Cast
from tests.visits import signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C4")]


@pytest.mark.parametrize(("under_way", "status"), [(1, 200), (2, 429)])
def test_a_third_paper_at_one_moment_is_refused_and_others_get_theirs(cast: Cast, under_way: int, status: int) -> None:
    """Those under way hold their places on another connection, as requests do that have not been answered yet."""
    place = reverse("assessment_pdf", args=[cast.sama.pk])
    with connections["looks"].cursor() as other:
        for number in range(under_way):
            named = [f"paper {number} {cast.maren.staff}"]
            other.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", named)
    answer = signed_in(cast, "maren").get(place)
    assert answer.status_code == status
    if status == 429:
        assert "Two papers are being made for you" in words_of(answer)
    assert signed_in(cast, "delphine").get(place).headers["Content-Type"] == "application/pdf"
