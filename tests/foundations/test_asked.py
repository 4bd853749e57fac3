"""A question is written out once, and asked with other values each time, under the policies of whoever asks."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, UUIDField, Value

from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.asked import Among, Given, Question, given_keys
from alongside.people.models import Assignment, Case
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


def numbers(**given: object) -> list[str]:
    return [number for (number,) in OF_KEYS.ask(**given)]


OF_KEYS = Question(
    lambda: Case.objects.filter(Among("pk", given_keys("cases"))).order_by("number").values_list("number")
)


def test_the_same_question_answers_for_other_values(cast: Cast) -> None:
    case = cast.enroll()
    with acting(cast.maren):
        assert numbers(cases=[case.pk]) == [case.number]
        assert numbers(cases=[]) == []
        assert numbers(cases=[uuid4(), case.pk]) == [case.number]


@pytest.mark.demand("C4")
def test_a_question_written_out_for_one_person_shows_another_only_what_is_theirs(cast: Cast) -> None:
    """The SQL is kept between requests; what it shows is decided anew each time."""
    case = cast.enroll()
    with acting(cast.maren):
        assert numbers(cases=[case.pk]) == [case.number]
    with acting(cast.tadesse):
        assert numbers(cases=[case.pk]) == []
    with acting(cast.maren):
        assert numbers(cases=[case.pk]) == [case.number]


def test_a_value_that_was_not_given_is_an_error_and_not_an_empty_page(cast: Cast) -> None:
    with acting(cast.maren), pytest.raises(KeyError):
        numbers()


def test_it_is_written_out_once(cast: Cast) -> None:
    case = cast.enroll()
    built = []

    def build():  # type: ignore[no-untyped-def]
        built.append(1)
        return Case.objects.filter(pk=Given("case", UUIDField())).values_list("number")

    question = Question(build)
    with acting(cast.maren):
        assert question.ask(case=case.pk) == question.ask(case=case.pk) == [(case.number,)]
    assert built == [1]


def test_what_is_always_the_same_stands_in_the_text_as_it_is(cast: Cast) -> None:
    """Quotes, percent signs and backslashes of our own code mean nothing to PostgreSQL."""
    case, words = cast.enroll(), "half (50%) of Sama's %s \\ day"
    said = Value(words, output_field=CharField())
    question = Question(lambda: Case.objects.filter(pk=Given("case", UUIDField())).values_list("number", said))
    with acting(cast.maren):
        assert question.ask(case=case.pk) == [(case.number, words)]


def test_keys_can_be_those_that_a_subquery_finds(cast: Cast) -> None:
    case = cast.enroll()
    with acting(cast.maren):
        mine = ArraySubquery(Assignment.objects.filter(staff_id=cast.maren.staff).values("case_id"))
        assert list(Case.objects.filter(Among("pk", mine))) == [case]
        nobodys = ArraySubquery(Assignment.objects.filter(staff_id=uuid4()).values("case_id"))
        assert not Case.objects.filter(Among("pk", nobodys)).exists()


def test_a_page_that_is_made_at_midnight_does_not_contradict_itself() -> None:
    """The day stays the one on which the page was begun; a clock that is held still goes before it."""
    with clock.held(datetime(2026, 3, 1, 23, 59, tzinfo=UTC)):
        with clock.one_day(), clock.held(datetime(2026, 3, 2, 0, 1, tzinfo=UTC)):
            assert clock.today() == date(2026, 3, 2)
        with clock.one_day():
            before = clock.today()
        assert before == clock.today() == date(2026, 3, 1)


def test_the_day_stays_while_the_clock_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter([datetime(2026, 3, 1, 23, 59, tzinfo=UTC), datetime(2026, 3, 2, 0, 1, tzinfo=UTC)])
    monkeypatch.setattr(clock, "now", lambda: next(moments))
    with clock.one_day():
        assert clock.today() == clock.today() == date(2026, 3, 1)
    assert clock.today() == date(2026, 3, 2)
