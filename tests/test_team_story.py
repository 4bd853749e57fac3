"""Who works on a case, told with the cast: one primary at any moment, a team, and cover that ends (practice E7)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.client_level.engagement.actions import assignment_add, assignment_end, primary_change
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import NotAllowed, RuleBroken
from alongside.people.models import Account, Assignment, Case, ProgramStaff, Staff
from tests.cast import Cast, actor_for

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
    row = assignment_end(cast.tadesse, case=cast.sama, assignment=row)
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
    assert "From tomorrow they answer" in delphine.get(follow).content.decode()
    with acting(cast.maren):
        row = Assignment.objects.get(case=case, role="team")
    assert maren.post(reverse("team_leave", args=[case.pk, row.pk]), {}).status_code == 302
    tadesse = Client()
    tadesse.force_login(cast.staff["tadesse"].account)
    assert {tadesse.get(address).status_code for address in (join, follow)} == {404}


def primaries(cast: Cast, case: Case) -> list[tuple[str, object, object]]:
    """Every span as primary that holds a day, in order: first name, first day, and the first day no longer theirs."""
    short = {staff.pk: name for name, staff in cast.staff.items()}
    with acting(cast.priya):
        rows = Assignment.objects.filter(case=case, role="primary").order_by("since", "until")
        return [(short[row.staff_id], row.since, row.until) for row in rows if row.until != row.since]


def test_cover_ends_early_when_maren_is_back_before_the_day(cast: Cast) -> None:
    case, maren = cast.sama, Client()
    row = assignment_add(cast.maren, case=case, staff=cast.staff["tadesse"], role="cover", reason="leave", **soon())  # type: ignore[arg-type]
    maren.force_login(cast.staff["maren"].account)
    end = reverse("team_leave", args=[case.pk, row.pk])
    people = reverse("case_people", args=[case.pk])
    assert f'href="{end}"' in maren.get(people).content.decode()
    assert maren.post(end, {}).status_code == 302
    with acting(cast.maren):
        row.refresh_from_db()
    assert row.until == clock.today() + timedelta(days=1)
    assert f'href="{end}"' not in maren.get(people).content.decode()
    again = maren.post(end, {})
    assert (again.status_code, "ended already" in again.content.decode()) == (422, True)


def test_cover_that_has_not_begun_is_taken_back(cast: Cast) -> None:
    later = {"since": clock.today() + timedelta(days=5), "until": clock.today() + timedelta(days=9)}
    given = {"case": cast.sama, "staff": cast.staff["tadesse"], "role": "cover", "reason": "leave"} | later
    row = assignment_end(cast.maren, case=cast.sama, assignment=assignment_add(cast.maren, **given))  # type: ignore[arg-type]
    assert (row.since, row.may_end) == (row.until, False)
    assignment_add(cast.maren, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(("since", "until"), [(5, 9), (0, 6), (6, 20), (0, 20)])
def test_nobody_is_on_a_case_twice_on_one_day(cast: Cast, since: int, until: int) -> None:
    def cover(first: int, back: int) -> Assignment:
        days = {"since": clock.today() + timedelta(days=first), "until": clock.today() + timedelta(days=back)}
        return assignment_add(
            cast.maren, case=cast.sama, staff=cast.staff["tadesse"], role="cover", reason="leave", **days
        )

    cover(5, 10)
    with pytest.raises(RuleBroken, match="already"):
        cover(since, until)
    assert cover(1, 5).since < cover(10, 12).since, "the days before and after are free"


def test_a_worker_puts_nobody_on_the_case_for_days_that_have_passed(cast: Cast) -> None:
    yesterday = clock.today() - timedelta(days=1)
    for who in (cast.maren, cast.ines):
        with pytest.raises(RuleBroken, match="Only a supervisor") as refused:
            assignment_add(who, case=cast.sama, staff=cast.staff["tadesse"], role="team", since=yesterday, reason="x")
        assert refused.value.field == "since"


def test_a_supervisor_sets_right_what_was_not_written_down_with_a_reason_and_after_the_opening(cast: Cast) -> None:
    case = cast.sama
    given = {"case": case, "staff": cast.staff["tadesse"], "role": "team"}
    with pytest.raises(RuleBroken, match="not open yet"):
        assignment_add(cast.delphine, since=case.opened_on - timedelta(days=1), reason="He was at the visit", **given)  # type: ignore[arg-type]
    with pytest.raises(RuleBroken, match="dated back") as refused:
        assignment_add(cast.delphine, since=case.opened_on, **given)  # type: ignore[arg-type]
    assert refused.value.field == "reason"
    row = assignment_add(cast.delphine, since=case.opened_on, reason="He was at the visit", **given)  # type: ignore[arg-type]
    assert row.since == case.opened_on
    with pytest.raises(RuleBroken, match="already"):
        assignment_add(cast.delphine, since=case.opened_on + timedelta(days=1), reason="twice", **given)  # type: ignore[arg-type]


def test_the_primary_is_handed_over_today_without_a_gap_or_two(cast: Cast) -> None:
    case, today = cast.sama, clock.today()
    primary_change(cast.delphine, case=case, staff=cast.staff["tadesse"], reason="Maren is ill", today=True)
    assert primaries(cast, case) == [("maren", case.opened_on, today), ("tadesse", today, None)]
    with acting(cast.maren):
        part = Assignment.objects.get(case=case, staff=cast.staff["maren"], role="team")
    assert (part.since, part.until) == (today, today + timedelta(days=1)), "she hands it over until tonight"


def test_a_supervisor_of_the_last_primary_only_can_hand_over_today(cast: Cast) -> None:
    """The ground on which she works on the case is the one that ends: the change still goes through as a whole."""
    loner = Staff(
        agency=cast.agency, account=Account(email="ada@harbourlane.example"), name="Ada", roles=["case_manager"]
    )
    with acting(cast.otto):
        loner.account.save()
        loner.save(force_insert=True)
    primary_change(cast.delphine, case=cast.sama, staff=loner, reason="Sama asked", today=True)
    with acting(actor_for(loner)):
        assert Assignment.objects.get(case=cast.sama, role="primary", until=None).staff_id == loner.pk


@pytest.mark.parametrize("turns", ["td", "dt", "tt", "dd"])
def test_named_twice_in_one_day_there_is_one_primary_on_every_day(cast: Cast, turns: str) -> None:
    """Whatever is changed today (t) or for tomorrow (d), the spans follow one another to the day."""
    case = cast.sama
    for turn, who in zip(turns, ("tadesse", "maren"), strict=True):
        primary_change(cast.delphine, case=case, staff=cast.staff[who], reason="x", today=turn == "t")
    spans = primaries(cast, case)
    assert spans[0][1] == case.opened_on
    assert [until for _who, _since, until in spans[:-1]] == [since for _who, since, _until in spans[1:]]
    assert (spans[-1][0], spans[-1][2]) == ("maren", None)


def test_the_page_hands_over_today(cast: Cast) -> None:
    case, delphine = cast.sama, Client()
    delphine.force_login(cast.staff["delphine"].account)
    with acting(cast.otto):
        ProgramStaff(
            agency=cast.agency, program=cast.program, staff=cast.staff["tadesse"], role="case_manager"
        ).save(force_insert=True)  # fmt: skip
    sent = {"staff": cast.staff["tadesse"].pk, "chosen": "no", "begins": "today", "reason": "Maren is ill"}
    assert delphine.post(reverse("primary_next", args=[case.pk]), sent).status_code == 302
    assert primaries(cast, case)[-1][:2] == ("tadesse", clock.today())
