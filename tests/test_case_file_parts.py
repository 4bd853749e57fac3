"""What each part of the printed case file holds, what it lists as missing, and what never stands in it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.template.loader import render_to_string

from alongside.client_level.engagement.actions import (
    address_add,
    contact_add,
    household_member_add,
    household_member_end,
    representative_add,
    significant_other_add,
    wishes_record,
)  # fmt: skip
from alongside.client_level.engagement.models import Explanation
from alongside.documentation.models import Activity, Need, PlanVersion
from alongside.documentation.queries.file import CASE_FILE, Content, parts_of
from alongside.foundations.actor import acting
from alongside.foundations.templatetags.house import full_day
from alongside.people.models import Assignment, Case, Person
from tests.cast import Cast
from tests.thread_parts import Record, ago
from tests.visits import NAMES, SCRIPT

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


@pytest.fixture
def record(cast: Cast) -> Iterator[Record]:
    """Sama’s record, with Maren at work on it."""
    with acting(cast.maren):
        yield Record(cast.sama, cast.staff["maren"])


def part(key: str, case: Case) -> tuple[Content, str]:
    """A part as it is read, and as it is drawn."""
    content = CASE_FILE[key].read(case)
    return content, " ".join(
        render_to_string(CASE_FILE[key].template, {"part": content.shown, "case": case, "client": case.client}).split()
    )


def fresh(case: Case) -> Case:
    """The case as it stands now."""
    return Case.objects.select_related("client", "program").get(pk=case.pk)


def missing(key: str, case: Case) -> str:
    """What a part lists as missing."""
    return " ".join(CASE_FILE[key].read(fresh(case)).missing)


@pytest.mark.demand("D3")
def test_a_client_without_birth_date_family_or_enrollment_lacks_all_three(cast: Cast) -> None:
    case = cast.open_case("Jo Lin")
    with acting(cast.maren):
        Person.objects.filter(pk=case.client_id).update(birth_date=None)
        said = missing("people", case)
    for words in (
        "birth date of the client is not known",
        "Nobody around the client",
        "consent to services is not on record",
    ):
        assert words in said, words


@pytest.mark.demand("D3", "E6")
def test_those_who_live_with_her_today_are_on_paper_and_whoever_moved_out_is_not(cast: Cast) -> None:
    since, today = ago(60), ago(0)
    rim, fadi = (
        household_member_add(cast.maren, case=cast.sama, role=role, since=since, person={"preferred_name": name})
        for name, role in (("Rim Othman", "sister"), ("Fadi Saleh", "cousin"))
    )
    household_member_end(cast.maren, case=cast.sama, member=fadi, until=today)
    with acting(cast.maren):
        _content, page = part("people", fresh(cast.sama))
    assert f"{rim.person.preferred_name}, sister: since" in page
    assert "Fadi" not in page


@pytest.mark.demand("D3", "E6", "C8")
def test_the_people_are_on_record_with_what_each_may_know_and_who_decides_for_whom(cast: Cast) -> None:
    case = cast.sama
    fadi = {
        "name": "Fadi",
        "relation": "brother-in-law",
        "lives_with": True,
        "must_not_know": True,
        "contact": "555 0199",
    }
    significant_other_add(cast.maren, case=case, values=fadi)
    significant_other_add(
        cast.maren, case=case, values={"name": "Ilse", "relation": "neighbor", "may_know": "the class"}
    )
    dora = {"name": "Dora", "capacity": "guardian", "scope": "Money", "since": ago(9), "until": ago(1)}
    representative_add(cast.maren, case=case, values=dora)
    with acting(cast.maren):
        content, page = part("people", case)
    assert content.missing == ()
    for words in (
        "Must not know of the service",
        "the class",
        "Dora, guardian: Money",
        "Arabic",
        "primary case manager",
    ):
        assert words in page, words
    assert "555 0199" not in page, "how to reach someone who must not know is on no paper"


@pytest.mark.demand("C8", "E6")
def test_a_confidential_address_and_the_ways_to_reach_her_are_on_no_paper(cast: Cast) -> None:
    case = cast.sama
    address_add(cast.maren, case=case, values={"lines": "18 Cooper Row", "city": "Eastfield", "confidential": True})
    contact_add(cast.maren, case=case, values={"kind": "text", "value": "+1 555-014-2233"})
    with acting(cast.maren):
        whole = " ".join(part(one.key, case)[1] for one in CASE_FILE)
    for words in ("18 Cooper Row", "+1 555-014-2233", "the library"):
        assert words not in whole, words


@pytest.mark.demand("D3", "E5")
@pytest.mark.parametrize(
    ("subject", "label"),
    [
        ("rights", "Rights and responsibilities"),
        ("consent", "Informed consent to services"),
        ("confidentiality", "Confidentiality and its limits"),
    ],
)
def test_what_was_explained_but_not_agreed_to_is_missing(record: Record, subject: str, label: str) -> None:
    assert missing("consent", record.case) == ""
    Explanation.objects.filter(case=record.case, subject=subject).update(agreed=False)
    assert missing("consent", record.case) == f"Not on record: {label}."


@pytest.mark.demand("D3", "E5", "C8")
def test_how_it_began_is_told_with_source_language_and_interpreter_and_without_it_that_is_said(cast: Cast) -> None:
    case, opened = cast.sama, cast.open_case("Jo Lin")
    wishes_record(cast.maren, case=case, wishes="Rim may know of the class", seen_alone="yes")
    with acting(cast.maren):
        page, bare = part("consent", case)[1], part("consent", opened)
    for words in ("St Brigid’s ward 4", "Needs a home", "Arabic, Hala K.", "Ines Barbosa", "Rim may know of the class"):
        assert words in page, words
    assert "have not been explained yet" in bare[1] and len(bare[0].missing) == 3


@pytest.mark.demand("D3", "C8")
def test_the_newest_wish_is_the_one_that_is_printed(cast: Cast) -> None:
    case = cast.sama
    for words in ("Rim may know of the class", "Nobody, from today"):
        wishes_record(cast.maren, case=case, wishes=words, seen_alone="yes")
    with acting(cast.maren):
        page = part("consent", case)[1]
    assert "Nobody, from today" in page and "Rim may know" not in page


@pytest.mark.demand("D3", "A3", "A5", "P1")
def test_each_need_is_printed_with_its_ranks_its_words_and_every_decision(record: Record) -> None:
    assert missing("needs", record.case) == "No need has been identified."
    need = record.need(client_words="A door that I can lock.", client_rank=2, worker_rank=1, extent=4)
    record.rest(need, why="First the papers", client_words="Not now.", ended_on=ago(3))
    page = part("needs", record.case)[1]
    for words in ("1. A safe place to live", "Severe", "The client’s rank: 2.", "The worker’s rank: 1.", "First the papers",
                  "“Not now.”", "“A door that I can lock.”", "Ended "):  # fmt: skip
        assert words in page, words
    assert missing("needs", record.case) == ""


@pytest.mark.demand("D3", "P8", "P10")
def test_every_plan_version_is_printed_with_its_cost_and_its_signatures_or_that_it_has_none(record: Record) -> None:
    assert missing("plans", record.case) == "No service plan has come into effect."
    goal = record.goal(record.version("in_effect"), record.need())
    objective = record.objective(goal)
    for cost in ("12.50", "300.25"):
        record.activity(objective, cost=Decimal(cost), paid_by="City fund", how_often="weekly")
    page = part("plans", record.case)[1]
    for words in ("Version 1, draft", "Cost in all: $312.75.", "$12.50, City fund", "Not signed.", "Measured by lease"):
        assert words in page, words
    assert "No service plan" in missing("plans", record.case), "a draft is no plan yet"
    record.settle()
    assert missing("plans", record.case) == ""
    assert (Activity.objects.count(), PlanVersion.objects.get().in_effect_on) == (2, ago(14))


@pytest.mark.demand("D3", "I4")
@pytest.mark.parametrize(
    ("state", "more", "lacks"),
    [
        ("sent", {}, False),
        ("accepted", {"answered_on": ago(1)}, True),
        ("accepted", {"answered_on": ago(1), "feedback": "She came every week."}, False),
        ("declined", {"answered_on": ago(1)}, True),
    ],
)
def test_an_answer_without_the_other_agencys_feedback_is_missing(
    record: Record, state: str, more: dict[str, Any], lacks: bool
) -> None:
    record.referral(state, **more)
    said = "No feedback from Northgate Housing Trust is on record."
    assert missing("referrals", record.case) == (said if lacks else "")
    assert str(more.get("feedback", "Northgate")) in part("referrals", record.case)[1]


@pytest.mark.demand("D3", "D1")
def test_every_break_of_the_thread_is_missing_in_the_file_in_words_that_stand_alone(record: Record) -> None:
    record.need("Sleep")
    goal = record.goal(record.version(), record.need())
    objective = record.objective(goal, due=4)
    record.referral("sent", 2)
    record.service(2)
    said = missing("thread", record.case)
    for words in ("Need 1: This need has no goal, and no decision to wait.", "Objective 2.1.a: Nobody is doing anything",
                  "Objective 2.1.a: Date passed, no result.", "Northgate Housing Trust has not answered for 10 days.",
                  "tied to no goal: 1.", "No outcome is recorded yet."):  # fmt: skip
        assert words in said, words
    record.progress(objective, "reached", 5)
    assert "No outcome" not in missing("thread", record.case)


@pytest.mark.demand("D2", "I3")
def test_notes_that_are_not_signed_are_counted_as_missing(record: Record) -> None:
    assert missing("record", record.case) == ""
    for _ in range(2):
        record.note(2, state="draft", signed_at=None)
    record.note(2)
    assert missing("record", record.case) == "Progress notes that are not signed: 2."


@pytest.mark.demand("D2")
def test_every_part_escapes_what_was_typed(cast: Cast, record: Record) -> None:
    Person.objects.filter(pk=record.case.client_id).update(legal_name=SCRIPT, race_more=SCRIPT, language=SCRIPT)
    case = fresh(record.case)
    need = record.need(SCRIPT, client_words=SCRIPT)
    record.rest(need, why=SCRIPT, client_words=SCRIPT)
    goal = record.goal(record.version(), record.need(), SCRIPT)
    objective = record.objective(goal, SCRIPT)
    record.activity(objective, what=SCRIPT, who=SCRIPT, how_often=SCRIPT, paid_by=SCRIPT)
    record.note(3, goal, objective, title=SCRIPT, happened=SCRIPT, client_words=SCRIPT, next_step=SCRIPT)
    record.service(2, what=SCRIPT)
    record.referral("accepted", 1, goal, objective, organization=SCRIPT, service=SCRIPT, shares=SCRIPT, feedback=SCRIPT)
    for explained in Explanation.objects.filter(case=case):
        explained.questions = explained.interpreter = SCRIPT
        explained.save()
    for values in ({"name": SCRIPT, "relation": SCRIPT, "helps": SCRIPT, "may_know": SCRIPT},):
        significant_other_add(cast.maren, case=case, values=values)
    for key in ("people", "consent", "thread", "needs", "plans", "referrals", "record"):
        page = part(key, case)[1]
        assert "<script>alert" not in page and "&lt;script&gt;alert" in page, key


@pytest.mark.demand("D2", "R5")
@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_printed_as_it_is_written(record: Record, name: str) -> None:
    Person.objects.filter(pk=record.case.client_id).update(preferred_name=name)
    page = render_to_string(
        "documentation/file.html", {"case": fresh(record.case), "client": fresh(record.case).client}
    )
    assert name.replace("&", "&amp;") in page
    assert name not in page.split("</title>")[0], "the name of a file carries no name of a client"


@pytest.mark.demand("D3")
@pytest.mark.parametrize(("estimated", "said"), [(False, "born 4 March 1992"), (True, "born about 4 March 1992")])
def test_the_cover_says_whether_the_birth_date_is_a_guess(record: Record, estimated: bool, said: str) -> None:
    Person.objects.filter(pk=record.case.client_id).update(birth_date_estimated=estimated)
    case = fresh(record.case)
    page = render_to_string("documentation/file.html", {"case": case, "client": case.client, "missing": []})
    assert said in page and "every minimum content of a case record is here" in page


@pytest.mark.demand("D2")
def test_the_parts_stand_in_their_order_and_each_has_a_title(record: Record) -> None:
    drawn = parts_of(record.case)
    positions = [one.part.position for one in drawn]
    assert positions == sorted(positions)
    keys = [one.part.key for one in drawn]
    assert keys.index("people") < keys.index("needs") < keys.index("plans") < keys.index("record")
    assert all(str(one.part.title) for one in drawn)


@pytest.mark.demand("D3", "E7")
def test_who_worked_on_the_case_and_until_when_is_on_paper(cast: Cast, record: Record) -> None:
    row = Assignment(case=record.case, staff=cast.staff["tadesse"], role="cover", since=ago(9), until=ago(2))
    row.save(force_insert=True)
    page = part("people", record.case)[1]
    assert "Tadesse Worku, covering" in page
    assert page.count(", through") == 2, "the intake worker’s part ended too"
    assert f"through {full_day(ago(3))}" in page, "the last day, and not the first without them"


@pytest.mark.demand("C4")
def test_a_stranger_reads_an_empty_file(cast: Cast, record: Record) -> None:
    record.need("Sleep")
    case = fresh(record.case)
    with acting(cast.tadesse):
        assert CASE_FILE["needs"].read(case).shown["needs"] == []
        assert not CASE_FILE["record"].read(case).shown["events"]
        assert not Need.objects.exists()
