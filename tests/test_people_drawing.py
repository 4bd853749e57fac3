"""The drawing of the people around a client, and who may act for them on which day."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.client_level.engagement.queries import acts_on
from alongside.client_level.engagement.templatetags.ecomap import (
    LEAST_HEIGHT,
    LONGEST,
    LONGEST_SELF,
    NO_RING,
    WIDTH,
    ecomap,
)
from alongside.foundations import clock
from alongside.people.models import Person, Representative, SignificantOther


@pytest.mark.demand("C7")
@pytest.mark.parametrize(
    ("since", "until", "acts"),
    [(0, None, True), (-9, 0, True), (-9, -1, False), (1, None, False), (-9, 9, True), (0, 0, True)],
)
def test_a_representative_acts_from_the_first_day_to_the_last(since: int, until: int | None, acts: bool) -> None:
    today = clock.today()
    last = None if until is None else today + timedelta(days=until)
    assert acts_on(Representative(since=today + timedelta(days=since), until=last), today) is acts


WORDS = st.text(alphabet="abcé ñسß-", min_size=1, max_size=40)
OTHERS = st.lists(st.tuples(WORDS, WORDS, st.sampled_from(["strong", "mid", "weak", "stress", "cut"])), max_size=14)


@pytest.mark.demand("E6")
@settings(max_examples=40, deadline=None)
@given(home=OTHERS, around=OTHERS)
def test_however_many_people_there_are_each_is_drawn_once_and_inside_the_drawing(
    home: list[tuple[str, str, str]], around: list[tuple[str, str, str]]
) -> None:
    people = [[SignificantOther(name=n, relation=r, tie=t) for n, r, t in group] for group in (home, around)]
    drawn = ecomap(Person(preferred_name="Sama Othman"), *people)
    assert (len(drawn["home"]), len(drawn["sides"])) == (len(home), len(around))
    assert drawn["height"] >= (LEAST_HEIGHT if home else NO_RING)
    for node, (name, _relation, tie) in zip(drawn["sides"], around, strict=True):
        assert 0 < node.x < WIDTH and 0 < node.y < drawn["height"]
        assert node.tie == tie and node.name.rstrip("…") == name[: len(node.name.rstrip("…"))]
        assert ("L" in node.path) is (tie == "stress")
    assert len({(node.x, node.y) for node in drawn["sides"]}) == len(around)
    assert len({(node.x, node.y) for node in drawn["home"]}) == len(home)


@pytest.mark.demand("E6")
def test_a_name_of_one_long_word_stays_inside_its_node() -> None:
    """The list beside the drawing has it whole."""
    long = "Wolfeschlegelsteinhausenbergerdorff"
    drawn = ecomap(Person(preferred_name=long), [], [SignificantOther(name=long, relation=long, tie="mid")])
    assert (drawn["called"], len(drawn["called"])) == ("Wolfeschl…", LONGEST_SELF)
    (node,) = drawn["sides"]
    assert [len(words) for words in (node.name, node.relation)] == [LONGEST, LONGEST]
    assert ecomap(Person(preferred_name="Sama Othman"), [], [])["called"] == "Sama"
