"""The days people lived together: put right later, and told as one span for as long as they did not part (E6)."""

from datetime import date, timedelta
from typing import Any

import pytest

from alongside.client_level.engagement.actions import (
    household_enter,
    household_member_add,
    household_member_change,
    household_member_end,
)
from alongside.client_level.engagement.queries import lived_with, people_tab
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import RuleBroken
from alongside.people.models import HouseholdMember
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("E6")]

TODAY = clock.today()


def ago(days: int) -> date:
    """A day before today."""
    return TODAY - timedelta(days=days)


def add(cast: Cast, name: str, days: int, **more: Any) -> HouseholdMember:
    """Somebody who lives with Sama since so many days."""
    given: dict[str, Any] = {"role": "niece", "since": ago(days), "person": {"preferred_name": name}} | more
    return household_member_add(cast.maren, case=cast.sama, **given)


def dated(cast: Cast, member: HouseholdMember, days: int) -> HouseholdMember:
    """The same place, since another day."""
    return household_member_change(
        cast.maren, case=cast.sama, member=member, role=member.role, since=ago(days), edition=member.edition
    )


def told(cast: Cast) -> list[tuple[str, date, date]]:
    """With whom Sama lived, as the People tab tells it."""
    with acting(cast.maren):
        return [(one.name, one.since, one.until) for one in lived_with(cast.sama.client_id)]


def since(cast: Cast) -> date:
    """Since when Sama lives where she lives."""
    with acting(cast.maren):
        found: date = people_tab(cast.sama)["home"].since
    return found


def test_rim_who_is_dated_back_is_told_with_all_the_days_they_shared(cast: Cast) -> None:
    """The household began with her: nobody ever said since when Sama lives there, so it goes by the day put right."""
    rim = dated(cast, add(cast, "Rim Othman", 30), 60)
    assert since(cast) == ago(60)
    household_member_end(cast.maren, case=cast.sama, member=rim, until=ago(5))
    assert told(cast) == [("Rim Othman", ago(60), ago(5))]


def test_a_day_that_sama_named_herself_stays_whoever_lived_there_before(cast: Cast) -> None:
    household_enter(cast.maren, case=cast.sama, since=ago(30), name="Cooper Row")
    rim = dated(cast, add(cast, "Rim Othman", 30), 60)
    assert since(cast) == ago(30)
    household_member_end(cast.maren, case=cast.sama, member=rim, until=ago(5))
    assert told(cast) == [("Rim Othman", ago(30), ago(5))]


def test_only_the_one_with_whom_it_began_takes_the_household_along(cast: Cast) -> None:
    first, second = add(cast, "Rim Othman", 30), add(cast, "Fadi", 20)
    dated(cast, second, 90)
    assert since(cast) == ago(30)
    dated(cast, first, 10)
    assert since(cast) == ago(30), "a later day of hers says nothing about Sama"


def test_nobody_is_dated_back_to_before_sama_was_born(cast: Cast) -> None:
    rim = add(cast, "Rim Othman", 30)
    with pytest.raises(RuleBroken, match="Sama was not born yet") as refused:
        household_member_change(
            cast.maren, case=cast.sama, member=rim, role="aunt", since=date(1980, 1, 1), edition=rim.edition
        )
    assert refused.value.field == "since"
    assert since(cast) == ago(30)


def test_whoever_moved_along_with_her_did_not_part_from_her(cast: Cast) -> None:
    household_enter(cast.maren, case=cast.sama, since=ago(90), name="Cooper Row")
    rim, _fadi = add(cast, "Rim Othman", 30), add(cast, "Fadi", 30)
    household_enter(cast.maren, case=cast.sama, since=ago(9), name="The shelter", along=[rim])
    assert told(cast) == [("Fadi", ago(30), ago(9))]
    with acting(cast.maren):
        there = HouseholdMember.objects.get(person=rim.person_id, until=None)
    household_member_end(cast.maren, case=cast.sama, member=there, until=ago(2))
    assert told(cast) == [("Rim Othman", ago(30), ago(2)), ("Fadi", ago(30), ago(9))]


def test_who_was_gone_for_a_while_is_told_with_both_spans_and_a_parting_put_right_is_none(cast: Cast) -> None:
    household_enter(cast.maren, case=cast.sama, since=ago(90), name="Cooper Row")
    with acting(cast.maren):
        lena = cast.enroll("Lena Vogt").client
    member = add(cast, "", 60, known=lena, person=None)
    household_member_end(cast.maren, case=cast.sama, member=member, until=ago(20))
    assert told(cast) == [("Lena Vogt", ago(60), ago(20))]
    back = add(cast, "", 10, known=lena, person=None)
    assert told(cast) == [("Lena Vogt", ago(60), ago(20))]
    back = dated(cast, back, 20)
    assert told(cast) == [], "she was never gone"
    household_member_end(cast.maren, case=cast.sama, member=back, until=ago(1))
    assert told(cast) == [("Lena Vogt", ago(60), ago(1))]
