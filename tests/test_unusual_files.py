"""Many files in a short time: whoever judges it reads which, as far as they may know them at all (practice C5)."""

from datetime import timedelta

import pytest

from alongside.confidentiality.actions import alias_give, conflict_declare
from alongside.confidentiality.models import LookRules, UnusualLook
from alongside.foundations import looks
from alongside.foundations.actor import acting
from alongside.people.models import Case
from tests.cast import Cast
from tests.overseeing import cast
from tests.test_unusual_from_elsewhere import found
from tests.test_unusual_looks import noon, opened
from tests.visits import read, set_close, signed_in

__all__ = ["cast"]

pytestmark = [pytest.mark.django_db(databases=["default", "looks", "owner"]), pytest.mark.demand("C5")]


def many(cast: Cast, *cases: Case, who: str = "maren") -> UnusualLook:
    """Somebody opens each of these within minutes, the first of them twice."""
    with acting(cast.otto):
        LookRules(agency_id=cast.agency.pk, many_files=2, many_minutes=60).save()
    for number, case in enumerate((cases[0], *cases)):
        opened(getattr(cast, who), case, noon() + timedelta(minutes=number))
    (row,) = (row for row in found() if row.case_id is None)
    return row


def test_a_supervisor_reads_which_files_by_name_with_how_often_and_when(cast: Cast) -> None:
    cases = [cast.enroll("Yusuf Demir"), cast.enroll("Lola Park")]
    row = many(cast, *cases)
    page = read(signed_in(cast, "delphine"), "unusual_look", row.pk)
    assert page.index("Yusuf Demir") < page.index("Lola Park")
    said = " ".join(page.split())
    assert f"Case {cases[0].number} · 2 times" in said and f"Case {cases[1].number} · once" in said
    assert "not yours to know" not in page


def test_a_long_list_is_folded_after_its_beginning(cast: Cast) -> None:
    cases = [cast.enroll(f"Client {letter}") for letter in "ABCDEFGHIJ"]
    page = set_close(read(signed_in(cast, "delphine"), "unusual_look", many(cast, *cases).pk))
    assert "<summary>2 more files</summary>" in page
    assert page.index("Client H") < page.index("2 more files") < page.index("Client I")


def test_a_file_that_is_not_the_readers_is_counted_and_not_named(cast: Cast) -> None:
    """Delphine and Lola are kept apart."""
    own, strange = cast.enroll("Yusuf Demir"), cast.enroll("Lola Park")
    conflict_declare(cast.delphine, case=strange, staff=cast.staff["delphine"], reason="My niece")
    page = read(signed_in(cast, "delphine"), "unusual_look", many(cast, own, strange).pk)
    assert "Yusuf Demir" in page and "1 file among them is not yours to know." in page
    assert "Lola" not in page and strange.number not in page


def test_an_administrator_reads_the_numbers_and_no_name(cast: Cast) -> None:
    cases = [cast.enroll("Yusuf Demir"), cast.enroll("Lola Park")]
    row = many(cast, *cases)
    opened(cast.maren, cast.sama, noon() + timedelta(hours=5))
    page = read(signed_in(cast, "otto"), "unusual_look", row.pk)
    assert all(f"Case {case.number}" in page for case in cases)
    assert "Yusuf" not in page and "Lola" not in page and cast.sama.number not in page


def test_a_client_under_an_alias_is_told_by_it(cast: Cast) -> None:
    cases = [cast.enroll("Yusuf Demir"), cast.enroll("Lola Park")]
    alias_give(cast.maren, case=cases[0], alias="Anna Berg", reason="Danger")
    page = read(signed_in(cast, "delphine"), "unusual_look", many(cast, *cases).pk)
    assert "Anna Berg" in page and "Yusuf" not in page


def test_what_was_only_refused_counts_and_what_was_listed_does_not(cast: Cast) -> None:
    cases = [cast.enroll("Yusuf Demir"), cast.enroll("Lola Park")]
    opened(cast.maren, cases[0], noon() + timedelta(seconds=5), kind=looks.REFUSED)
    opened(cast.maren, cases[0], noon() + timedelta(seconds=6), kind=looks.LISTED)
    page = read(signed_in(cast, "delphine"), "unusual_look", many(cast, *cases).pk)
    assert f"Case {cases[0].number} · 3 times" in " ".join(page.split())
