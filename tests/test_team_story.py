"""Who works on a case, told with the cast: one primary at any moment, a team, and cover that ends (practice E7)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.client_level.engagement.actions import assignment_add, assignment_end, primary_change
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import NotAllowed, RuleBroken
from alongside.people.models import Assignment, Case
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("E7")]


def soon(days: int = 10) -> dict[str, object]:
    """A span from today."""
    return {"since": clock.today(), "until": clock.today() + timedelta(days=days)}


def test_tadesse_covers_while_maren_is_on_leave_and_sees_the_file_for_that_time(cast: Cast) -> None:
    case = cast.sama
    assignment_add(cast.maren, case=case, staff=cast.staff["tadesse"], role="cover", reason="leave", **soon())  # type: ignore[arg-type]
    with acting(cast.tadesse):
        assert Case.objects.filter(pk=case.pk).exists()
    with pytest.raises(RuleBroken, match="already"):
        assignment_add(cast.maren, case=case, staff=cast.staff["tadesse"], role="team", since=clock.today())


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"until": None}, "until"),
        ({"reason": " "}, "reason"),
        ({"until": clock.today()}, "until"),
        ({"role": "primary"}, "role"),
    ],
)
def test_cover_has_an_end_and_a_reason(cast: Cast, wrong: dict[str, object], field: str) -> None:
    given = {"staff": cast.staff["tadesse"], "role": "cover", "reason": "leave"} | soon() | wrong
    with pytest.raises(RuleBroken) as refused:
        assignment_add(cast.maren, case=cast.sama, **given)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_nobody_without_a_role_that_carries_cases_joins(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as refused:
        assignment_add(cast.maren, case=cast.sama, staff=cast.staff["otto"], role="team", since=clock.today())
    assert refused.value.field == "staff"


def test_a_part_in_the_case_ends_but_never_the_primarys(cast: Cast) -> None:
    row = assignment_add(cast.maren, case=cast.sama, staff=cast.staff["tadesse"], role="team", since=clock.today())
    assignment_end(cast.tadesse, case=cast.sama, assignment=row)
    assert row.until == clock.today() + timedelta(days=1)
    with acting(cast.maren):
        primary = Assignment.objects.get(case=cast.sama, role="primary")
    with pytest.raises(RuleBroken, match="always has a primary"):
        assignment_end(cast.maren, case=cast.sama, assignment=primary)


def test_one_primary_follows_the_other_without_a_day_of_two_or_none(cast: Cast) -> None:
    primary_change(
        cast.delphine, case=cast.sama, staff=cast.staff["tadesse"], reason="Sama asked", chosen_by_client=True
    )
    with acting(cast.priya):
        old, new = Assignment.objects.filter(case=cast.sama, role="primary").order_by("since")
        assert (old.until, new.staff_id, new.until) == (new.since, cast.tadesse.staff, None)
        assert Case.objects.get(pk=cast.sama.pk).primary_chosen_by_client
    with acting(cast.tadesse):
        assert Case.objects.filter(pk=cast.sama.pk).exists()


def test_the_next_primary_is_named_by_a_supervisor_with_a_reason_and_is_someone_new(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        primary_change(cast.maren, case=cast.sama, staff=cast.staff["tadesse"], reason="x")
    with pytest.raises(RuleBroken, match="Say why"):
        primary_change(cast.delphine, case=cast.sama, staff=cast.staff["tadesse"], reason=" ")
    with pytest.raises(RuleBroken, match="already"):
        primary_change(cast.delphine, case=cast.sama, staff=cast.staff["maren"], reason="x")


def test_the_pages_do_the_same_and_refuse_the_same(cast: Cast) -> None:
    case, maren, delphine = cast.sama, Client(), Client()
    maren.force_login(cast.staff["maren"].account)
    delphine.force_login(cast.staff["delphine"].account)
    join, follow = reverse("team_join", args=[case.pk]), reverse("primary_next", args=[case.pk])
    wrong = maren.post(
        join, {"staff": cast.staff["tadesse"].pk, "role": "cover", "since": clock.today(), "reason": "leave in May"}
    )
    assert wrong.status_code == 422
    assert "leave in May" in wrong.content.decode()
    assert (
        maren.post(join, {"staff": cast.staff["delphine"].pk, "role": "team", "since": clock.today()}).status_code
        == 302
    )
    assert maren.get(follow).status_code == 403
    assert "From tomorrow." in delphine.get(follow).content.decode()
    with acting(cast.maren):
        row = Assignment.objects.get(case=case, role="team")
    assert maren.post(reverse("team_leave", args=[case.pk, row.pk]), {}).status_code == 302
    tadesse = Client()
    tadesse.force_login(cast.staff["tadesse"].account)
    assert {tadesse.get(address).status_code for address in (join, follow)} == {404}
