"""The rule of coverage, release by item: what leaves is what was named, and nothing else (practice C1, C2)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.confidentiality.models import Category, Mark, Release
from alongside.confidentiality.queries.coverage import covers, names, not_in_force, objections, plain
from alongside.confidentiality.queries.packet import Item, seal_of
from alongside.confidentiality.states import ReleaseState

pytestmark = [pytest.mark.demand("C1", "C2")]

START = date(2026, 3, 1)
DAYS = st.integers(-40, 40).map(lambda n: START + timedelta(days=n))
MAYBE = st.none() | DAYS
CATEGORIES, MARKS = st.sampled_from(list(Category)), st.sampled_from(list(Mark))

releases = st.builds(
    Release, state=st.sampled_from(list(ReleaseState)), recipients=st.lists(st.sampled_from(["The School", "A Clinic"]), min_size=1),
    general=st.booleans(), categories=st.lists(CATEGORIES.map(str), unique=True), marks=st.lists(MARKS.map(str), unique=True),
    record_from=MAYBE, record_until=MAYBE, starts_on=DAYS, ends_on=DAYS, event_on=MAYBE,
)  # fmt: skip
items = st.builds(
    Item, key=st.uuids().map(str), category=CATEGORIES, title=st.text(max_size=9), lines=st.just(()), on=MAYBE,
    marks=st.frozensets(MARKS, max_size=3),
)  # fmt: skip
recipients = st.sampled_from(["The School", "the  school", "A Clinic", "Somebody else"])


def may_leave(release: Release, item: Item, recipient: str, day: date) -> bool:
    """The same rule, told once more from the words of the demand: what, to whom, of which time, until when."""
    if release.state != "signed":
        return False
    if day < release.starts_on or day > release.ends_on:
        return False
    if release.event_on and day >= release.event_on:
        return False
    known = [one.lower() for one in release.recipients]
    if not release.general and " ".join(recipient.lower().split()) not in known:
        return False
    if str(item.category) not in release.categories:
        return False
    if any(str(mark) not in release.marks for mark in item.marks):
        return False
    if item.on is not None and release.record_from is not None and item.on < release.record_from:
        return False
    return not (item.on is not None and release.record_until is not None and item.on > release.record_until)


@given(releases, items, recipients, DAYS)
def test_an_item_leaves_exactly_when_the_release_says_so(
    release: Release, item: Item, recipient: str, day: date
) -> None:
    assert (objections(release, [item], recipient, day) == []) is may_leave(release, item, recipient, day)


@given(releases, st.lists(items, max_size=5), recipients, DAYS)
def test_many_leave_together_exactly_when_each_may_leave_alone(
    release: Release, several: list[Item], recipient: str, day: date
) -> None:
    each = all(may_leave(release, item, recipient, day) for item in several)
    against = objections(release, several, recipient, day)
    assert (against == []) is (each if several else not against)
    assert sum("does not cover" in one for one in against) == sum(not covers(release, item) for item in several)


@given(releases, items, MARKS)
def test_one_more_mark_on_it_never_lets_more_out(release: Release, item: Item, mark: Mark) -> None:
    marked = Item(item.key, item.category, item.title, item.lines, item.on, item.marks | {mark})
    assert covers(release, item) or not covers(release, marked)
    assert not covers(release, marked) or mark in release.marks


@given(releases, DAYS)
def test_what_is_not_in_force_says_why(release: Release, day: date) -> None:
    assert (not_in_force(release, day) == "") is release.is_in_force(day)


@given(st.text(max_size=30))
def test_a_name_compares_with_itself_however_it_is_spaced(name: str) -> None:
    assert plain(f"  {name} ") == plain(name)
    assert names(Release(recipients=[name], general=False), name)


@given(st.lists(items, max_size=4, unique_by=lambda item: item.key))
def test_the_seal_of_a_packet_changes_with_anything_in_it(several: list[Item]) -> None:
    seal = seal_of(several)
    assert seal == seal_of(list(several))
    for at, item in enumerate(several):
        other = Item(item.key, item.category, item.title + "x", item.lines, item.on, item.marks)
        assert seal_of([*several[:at], other, *several[at + 1 :]]) != seal
        assert seal_of(several[:at] + several[at + 1 :]) != seal
