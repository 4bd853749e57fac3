"""Looks at a shared case by staff of the other agency: they count, and who has no share, or none any more, stands out (practice C5)."""

import pytest
from django.db import connections
from django.urls import reverse

from alongside.confidentiality.actions import case_share_end
from alongside.confidentiality.actions.unusual import unusual_find, unusual_judge
from alongside.confidentiality.models import LookRules, UnusualLook
from alongside.confidentiality.queries import who_has_seen
from alongside.confidentiality.queries.unusual import to_judge
from alongside.foundations import clock, looks
from alongside.foundations.actor import acting
from alongside.people.models import Case
from tests.cast import Cast, actor_for
from tests.overseeing import cast
from tests.sharing import agreed, shared
from tests.test_sharing_attacks import third
from tests.test_unusual_looks import noon, opened
from tests.visits import read, signed_in, words_of

__all__ = ["cast"]

pytestmark = [pytest.mark.django_db(databases=["default", "looks", "owner"]), pytest.mark.demand("C5")]
THEIRS = "Noor Haddad, Eastfield Family Center"


def found() -> list[UnusualLook]:
    """What the work of the background writes down, as the owner that it is."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("RESET ROLE")
        unusual_find()
        rows = list(UnusualLook.objects.order_by("on"))
        cursor.execute("SET LOCAL ROLE alongside_app")
    return rows


def to_review(cast: Cast, who: str = "delphine") -> list[tuple[str, list[str]]]:
    """Who stands out and why, as somebody reviews it."""
    with acting(getattr(cast, who)):
        return [(row.who, sorted(row.reasons)) for row in to_judge(getattr(cast, who))]


def test_whoever_reads_what_is_shared_with_them_by_day_does_not_stand_out(cast: Cast) -> None:
    shared(cast)
    opened(cast.noor, cast.sama, clock.now().replace(hour=12))
    assert found() == []


def test_at_night_they_stand_out_by_the_hours_of_the_agency_whose_case_it_is(cast: Cast) -> None:
    shared(cast)
    with acting(cast.otto):
        LookRules(agency_id=cast.agency.pk, night_from=11, night_until=13).save()
    opened(cast.noor, cast.sama, clock.now().replace(hour=12))
    (row,) = found()
    assert (row.agency_id, row.reasons) == (cast.agency.pk, ["night"])
    assert to_review(cast) == [(THEIRS, ["night"])]
    page = words_of(signed_in(cast, "delphine").get(reverse("unusual")))
    assert THEIRS in page and THEIRS in read(signed_in(cast, "delphine"), "unusual_look", row.pk)
    judge = unusual_judge(cast.delphine, look=row, fitting=True, words="She called; Sama was with her.")
    assert judge.fitting and to_review(cast) == []


def test_a_look_after_the_end_stands_out_as_refused_and_is_seen_with_the_case(cast: Cast) -> None:
    """That the page keeps such a look with the case is told in tests/test_sharing_attacks.py."""
    share = shared(cast)
    case_share_end(cast.maren, share=share, why="Found")
    opened(cast.noor, cast.sama, clock.now().replace(hour=12), kind=looks.REFUSED)
    found()
    assert to_review(cast) == [(THEIRS, ["refused"])]
    with acting(cast.maren):
        assert any(one.refused and one.who == "Noor Haddad" for one in who_has_seen(cast.sama).groups)


def test_a_look_without_any_share_stands_out_as_from_outside(cast: Cast) -> None:
    shared(cast)
    opened(actor_for(third(cast)), cast.sama, noon(), kind=looks.REFUSED)
    opened(cast.noor, cast.sama, noon(), kind=looks.REFUSED)  # on the day before it was shared
    found()
    assert sorted(to_review(cast)) == [
        (THEIRS, ["outside", "refused"]),
        ("Theo Vance, Westgate House", ["outside", "refused"]),
    ]


def test_what_the_other_agency_does_with_its_own_cases_is_no_part_of_the_review(cast: Cast) -> None:
    """Nor does the other agency review what is seen of ours."""
    shared(cast, agreement=agreed(cast))
    own = Case(agency_id=cast.elsewhere.pk, program=cast.elsewhere_program, number="E-1", opened_on=clock.today())
    with acting(cast.noor):
        own.client = cast.sama.client.__class__(agency_id=cast.elsewhere.pk, preferred_name="Vera Lindt")
        own.client.save(force_insert=True)
        own.save(force_insert=True)
    opened(cast.noor, own, noon().replace(hour=23))
    opened(cast.noor, cast.sama, noon().replace(hour=23))
    rows = found()
    assert sorted((row.agency_id, row.case_id) for row in rows) == sorted(
        [(cast.elsewhere.pk, own.pk), (cast.agency.pk, cast.sama.pk)]
    )
    (ours,) = to_review(cast)
    assert ours[0] == THEIRS and "Vera" not in words_of(signed_in(cast, "delphine").get(reverse("unusual")))
    assert to_review(cast, "noor") == []
