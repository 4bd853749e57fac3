"""Marked findings of an assessment: open to who assessed, the primary, and those let in by name (C4)."""

import pytest
from django.db import DatabaseError, transaction

from alongside.client_level.assessment.actions import finding_add, finding_change
from alongside.client_level.assessment.models import Finding
from alongside.client_level.assessment.queries import closed_findings
from alongside.client_level.engagement.actions import assignment_add
from alongside.confidentiality.actions import mark_reader_name
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.people.models import Case
from tests.assessing import STRENGTH, begin
from tests.cast import Cast
from tests.visits import read, send, signed_in

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C4", "A2")]


@pytest.fixture
def case(cast: Cast) -> Case:
    """Sama’s case: Maren is primary and assesses, Tadesse is on the team."""
    assignment_add(cast.delphine, case=cast.sama, staff=cast.staff["tadesse"], role="team", since=clock.today())
    return cast.sama


def marked(cast: Cast, *marks: str) -> Finding:
    """A finding that Maren recorded and marked."""
    return finding_add(cast.maren, sitting=begin(cast), **STRENGTH, marks=list(marks))


def there(cast: Cast, who: str, finding: Finding) -> bool:
    """Whether it exists for somebody; if not, they are told that there is one more."""
    with acting(getattr(cast, who)):
        found = Finding.objects.filter(pk=finding.pk).exists()
        assert closed_findings(finding.case) == int(not found)
    page = read(signed_in(cast, who), "assessment", finding.case_id)
    assert (str(STRENGTH["objective_words"]) in page) is found
    assert ("And 1 that you may not open." in page) is not found
    return found


def test_a_finding_without_a_mark_is_open_to_the_team(cast: Cast, case: Case) -> None:
    finding = marked(cast)
    assert all(there(cast, who, finding) for who in ("maren", "tadesse", "delphine", "priya"))


def test_a_marked_one_is_open_to_the_primary_and_who_assessed(cast: Cast, case: Case) -> None:
    finding = marked(cast, "hiv")
    assert there(cast, "maren", finding)
    for who in ("tadesse", "delphine", "priya"):
        assert not there(cast, who, finding)
    with acting(cast.noor):
        assert closed_findings(case) == 0


def test_whoever_is_let_in_by_name_opens_it(cast: Cast, case: Case) -> None:
    finding = marked(cast, "hiv")
    mark_reader_name(cast.maren, case=case, staff=cast.staff["tadesse"], mark="hiv", reason="He goes with her")
    assert there(cast, "tadesse", finding)


def test_nobody_to_whom_it_is_closed_changes_it_or_its_marks(cast: Cast, case: Case) -> None:
    finding = marked(cast, "hiv")
    with acting(cast.tadesse):
        assert Finding.objects.filter(pk=finding.pk).update(marks=[]) == 0
    with acting(cast.maren):
        open_one = finding_change(cast.maren, finding=finding, edition=finding.edition, **STRENGTH, marks=[])
    assert there(cast, "delphine", open_one)
    with acting(cast.tadesse), pytest.raises(DatabaseError), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(marks=["hiv"])


def test_marks_are_chosen_on_the_form_and_shown_beside_the_finding(cast: Cast, case: Case) -> None:
    sitting, maren = begin(cast), signed_in(cast, "maren")
    assert "Is it more sensitive than the rest?" in read(maren, "finding_new", case.pk, sitting.pk)
    assert send(maren, "finding_new", case.pk, sitting.pk, **STRENGTH, marks=["immigration"]).status_code == 302
    assert "Immigration" in read(maren, "assessment", case.pk)


def test_the_printed_assessment_tells_that_there_is_one_more(cast: Cast, case: Case) -> None:
    marked(cast, "hiv")
    answer = signed_in(cast, "delphine").get(f"/cases/{case.pk}/assessment/")
    assert b"And 1 that you may not open." in answer.content
    assert b"HIV" not in answer.content
