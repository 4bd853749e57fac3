"""Enrollment and the team at the screen: what lacks is said, cover ends by itself, and one primary follows the other."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from alongside.client_level.engagement.actions import (
    Told,
    assignment_add,
    assignment_end,
    case_enroll,
    case_open,
    primary_change,
    referral_answer,
    referral_screen,
)  # fmt: skip
from alongside.client_level.engagement.models import Criterion, Explanation, Preference, ReferralIn
from alongside.client_level.engagement.queries import case_managers, colleagues
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import RuleBroken
from alongside.people.models import Assignment, Case, Staff
from tests.cast import Cast
from tests.visits import LONG, SCRIPT, beside, changed, is_only_text, read, send, signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]

TODAY = clock.today()
EVERYTHING = ["rights", "consent", "confidentiality"]


def day(days: int) -> date:
    """A day so many days from today."""
    return TODAY + timedelta(days=days)


def told(**more: object) -> dict[str, Any]:
    """What Ines writes down after explaining everything to Sama."""
    given: dict[str, object] = {
        "subjects": EVERYTHING, "on": TODAY, "language": "Arabic", "interpreter": "Hala K.", "seen_alone": "yes",
        "present": ["client", "interpreter"], "questions": "Who reads it?", "wishes": "Nobody at the bakery",
    }  # fmt: skip
    return changed(given, **more)


def joined(cast: Cast, who: str, role: str, since: int, until: int | None) -> Assignment:
    """Someone's part in Sama's case, from a day to a day; a span that lies behind cannot be made by a verb."""
    with acting(cast.maren):
        row = Assignment(
            case=cast.sama,
            staff=cast.staff[who],
            role=role,
            reason="as arranged",
            since=day(since),
            until=None if until is None else day(until),
        )
        row.save(force_insert=True)
    return row


@pytest.mark.demand("E5", "R5", "I6")
@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"subjects": []}, "subjects", "All three are explained"),
        ({"subjects": ["rights", "consent"]}, "subjects", "All three are explained"),
        ({"subjects": [*EVERYTHING, "fees"]}, "subjects", "on the list"),
        ({"on": "2999-01-01"}, "on", "between the opening of the case and today"),
        ({"on": "2001-01-01"}, "on", "between the opening of the case and today"),
        ({"on": None}, "on", "Give the day."),
        ({"language": ""}, "language", "Fill this in."),
        ({"language": "l" * 61}, "language", "at most 60"),
        ({"interpreter": ""}, "interpreter", "Name who interpreted"),
        ({"interpreter": "i" * 121}, "interpreter", "at most 120"),
        ({"seen_alone": None}, "seen_alone", "Choose one."),
        ({"seen_alone": "sometimes"}, "seen_alone", "on the list"),
        ({"present": []}, "present", "Choose at least one."),
        ({"present": ["the landlord"]}, "present", "on the list"),
        ({"wishes": LONG}, "wishes", "at most 20000"),
    ],
)
def test_nobody_is_enrolled_with_something_left_out_and_her_questions_stay_in_the_form(
    cast: Cast, wrong: dict[str, object], field: str, sentence: str
) -> None:
    case = cast.open_case()
    answer = send(signed_in(cast, "ines"), "case_enroll", case.pk, **told(**wrong))
    assert sentence in beside(answer, field)
    assert "Who reads it?" in words_of(answer)
    with acting(cast.maren):
        assert Case.objects.get(pk=case.pk).enrolled_on is None
        assert not Explanation.objects.exists() and not Preference.objects.exists()


@pytest.mark.demand("E5", "C8", "I6")
def test_enrolling_keeps_who_was_there_what_was_asked_and_what_may_be_shared(cast: Cast) -> None:
    case = cast.open_case()
    assert send(signed_in(cast, "ines"), "case_enroll", case.pk, **told(on=day(-2))).status_code == 302
    with acting(cast.maren):
        rows = list(Explanation.objects.filter(case=case))
        wish = Preference.objects.get(case=case)
        now = Case.objects.get(pk=case.pk)
    assert {(r.on, r.language, r.interpreter, r.questions) for r in rows} == {
        (day(-2), "Arabic", "Hala K.", "Who reads it?")
    }
    assert (wish.seen_alone, wish.present, wish.wishes) == ("yes", ["client", "interpreter"], "Nobody at the bakery")
    assert (now.enrolled_on, now.last_seen_on) == (day(-2), day(-2))


@pytest.mark.demand("R5")
@pytest.mark.parametrize(("need", "refused"), [("always", True), ("sometimes", False), ("never", False)])
def test_only_who_always_talks_with_an_interpreter_must_have_one_named(cast: Cast, need: str, refused: bool) -> None:
    case = cast.open_case()
    case.client.interpreter = need
    without = Told(on=TODAY, language="Arabic")
    if refused:
        with pytest.raises(RuleBroken, match="Name who interpreted"):
            case_enroll(cast.ines, case=case, told=without, seen_alone="yes", present=["client"])
    else:
        assert (
            case_enroll(cast.ines, case=case, told=without, seen_alone="yes", present=["client"]).enrolled_on == TODAY
        )


@pytest.mark.demand("E5")
def test_an_enrollment_sent_twice_is_one_and_a_second_by_someone_else_keeps_their_words(cast: Cast) -> None:
    case, ines = cast.open_case(), signed_in(cast, "ines")
    sent = told(once=uuid4())
    first, second = (send(ines, "case_enroll", case.pk, **sent) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    late = send(
        signed_in(cast, "maren"), "case_enroll", case.pk, **told(questions="Does my brother-in-law hear of it?")
    )
    assert late.status_code == 422
    assert "enrolled already" in words_of(late)
    assert "Does my brother-in-law hear of it?" in words_of(late)
    with acting(cast.maren):
        assert Explanation.objects.filter(case=case).count() == 3
    assert "Enrolled " in read(signed_in(cast, "maren"), "case_enroll", case.pk)


@pytest.mark.demand("E5")
def test_two_who_enroll_at_once_explain_only_once(cast: Cast) -> None:
    case = cast.open_case()
    with acting(cast.maren):
        again = Case.objects.select_related("client").get(pk=case.pk)
    first = Told(on=TODAY, language="Arabic", interpreter="Hala K.")
    case_enroll(cast.ines, case=case, told=first, seen_alone="yes", present=["client"])
    with pytest.raises(RuleBroken, match="enrolled already"):
        case_enroll(cast.maren, case=again, told=first, seen_alone="yes", present=["client"])


@pytest.mark.demand("E5")
def test_two_who_open_from_one_referral_at_once_open_one_case(cast: Cast) -> None:
    referral = cast.refer("Lola Marchetti")
    with acting(cast.ines):
        ask = {one: ("yes", "seen") for one in Criterion.objects.filter(program=cast.program)}
    referral = referral_screen(cast.ines, referral=referral, answers=ask)
    referral = referral_answer(cast.ines, referral=referral, answer="accepted")
    with acting(cast.priya):
        again = ReferralIn.objects.select_related("program", "client").get(pk=referral.pk)
    case_open(cast.ines, referral=referral, primary=cast.staff["maren"], opened_on=TODAY)
    with pytest.raises(RuleBroken, match="no case yet"):
        case_open(cast.priya, referral=again, primary=cast.staff["maren"], opened_on=TODAY)


def test_what_is_typed_at_enrollment_is_never_run(cast: Cast) -> None:
    case, ines = cast.open_case(), signed_in(cast, "ines")
    typed = {"questions": SCRIPT, "wishes": SCRIPT, "language": SCRIPT, "interpreter": SCRIPT}
    is_only_text(send(ines, "case_enroll", case.pk, **told(**typed, subjects=[])))
    assert send(ines, "case_enroll", case.pk, **told(**typed)).status_code == 302
    maren = signed_in(cast, "maren")
    for name in ("case_people", "wishes_edit", "timeline"):
        is_only_text(maren.get(reverse(name, args=[case.pk])))


@pytest.mark.demand("C8")
def test_the_newest_wish_stands_on_the_tab_and_is_where_the_next_begins(cast: Cast) -> None:
    case, maren = cast.sama, signed_in(cast, "maren")
    assert "Nothing was said about sharing yet." in read(maren, "case_people", case.pk)
    for words in ("Rim may know of the class", "Nobody, from today"):
        assert send(maren, "wishes_edit", case.pk, wishes=words, seen_alone="no").status_code == 302
    page = read(maren, "case_people", case.pk)
    assert "Nobody, from today" in page and "Rim may know of the class" not in page
    form = read(maren, "wishes_edit", case.pk)
    assert "Nobody, from today" in form


@pytest.mark.demand("E7", "S12", "C4")
@pytest.mark.parametrize(
    ("role", "since", "until", "status", "writes"),
    [
        ("cover", -5, 1, 200, True),
        ("cover", -5, 0, 404, False),
        ("cover", 1, 5, 404, False),
        ("team", -5, None, 200, True),
        ("team", -5, 0, 404, False),
        ("review", -5, 1, 200, False),
        ("review", -5, 0, 404, False),
    ],
)
def test_a_part_in_the_case_opens_the_file_from_its_first_day_until_the_day_it_ends(
    cast: Cast, role: str, since: int, until: int | None, status: int, writes: bool
) -> None:
    joined(cast, "tadesse", role, since, until)
    tadesse = signed_in(cast, "tadesse")
    for name in ("case", "timeline", "case_people"):
        assert tadesse.get(reverse(name, args=[cast.sama.pk])).status_code == status, name
    wanted = 200 if writes else 403 if status == 200 else 404
    assert tadesse.get(reverse("other_new", args=[cast.sama.pk])).status_code == wanted
    with acting(cast.tadesse):
        assert Case.objects.filter(pk=cast.sama.pk).exists() is (status == 200)


@pytest.mark.demand("E7", "C4")
@pytest.mark.parametrize("until", [-3, 0, 1])
def test_ending_a_part_that_is_over_does_not_open_the_file_again(cast: Cast, until: int) -> None:
    row = joined(cast, "tadesse", "cover", -9, until)
    with pytest.raises(RuleBroken, match="ended already"):
        assignment_end(cast.maren, case=cast.sama, assignment=row)
    answer = send(signed_in(cast, "maren"), "team_leave", cast.sama.pk, row.pk)
    assert answer.status_code == 422 and "ended already" in words_of(answer)
    with acting(cast.maren):
        assert Assignment.objects.get(pk=row.pk).until == day(until)


@pytest.mark.demand("E7")
def test_cover_can_be_ended_before_its_day(cast: Cast) -> None:
    row = joined(cast, "tadesse", "cover", -2, 20)
    assert assignment_end(cast.maren, case=cast.sama, assignment=row).until == day(1)


@pytest.mark.demand("E7", "S12")
@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"staff": None}, "staff", "Choose one."),
        ({"staff": "otto"}, "staff", "on the list"),
        ({"staff": "noor"}, "staff", "on the list"),
        ({"staff": "maren"}, "staff", "on this case already"),
        ({"role": "primary"}, "role", "on the list"),
        ({"role": None}, "role", "Choose one."),
        ({"since": "x"}, "since", "Give the full date"),
        ({"until": None}, "until", "Cover has to end"),
        ({"until": day(-1)}, "until", "today or later"),
        ({"reason": ""}, "reason", "Say what is covered"),
        ({"reason": "r" * 201}, "reason", "at most 200"),
    ],
)
def test_cover_that_lacks_something_says_what_beside_the_field(
    cast: Cast, wrong: dict[str, Any], field: str, sentence: str
) -> None:
    if wrong.get("staff"):
        wrong = {"staff": cast.staff[wrong["staff"]].pk}
    given = {
        "staff": cast.staff["tadesse"].pk,
        "role": "cover",
        "since": TODAY,
        "until": day(9),
        "reason": "leave in May",
    }
    answer = send(signed_in(cast, "maren"), "team_join", cast.sama.pk, **changed(given, **wrong))
    assert sentence in beside(answer, field)
    if "reason" not in wrong:
        assert "leave in May" in words_of(answer)


@pytest.mark.demand("E7")
def test_whoever_left_is_no_longer_among_those_to_choose(cast: Cast) -> None:
    with acting(cast.ines):
        assert {s.name for s in colleagues()} == {
            "Delphine Arceneaux", "Maren Achterberg", "Tadesse Worku", "Priya Raman",
        }  # fmt: skip
    for left, there in ((day(0), False), (day(1), True)):
        with acting(cast.otto):
            Staff.objects.filter(pk=cast.staff["maren"].pk).update(left_on=left)
        with acting(cast.ines):
            assert case_managers(cast.program).exists() is there
            assert (cast.staff["maren"] in colleagues()) is there


@pytest.mark.demand("E7")
def test_the_hand_over_is_shown_with_both_dates_and_the_reason_told_to_her(cast: Cast) -> None:
    primary_change(cast.delphine, case=cast.sama, staff=cast.staff["tadesse"], reason="Maren moves to intake")
    team = read(signed_in(cast, "maren"), "case_people", cast.sama.pk).split("Who works on this case")[1]
    assert "Maren moves to intake" in team
    with acting(cast.priya):
        rows = {
            (one.staff.name, one.since, one.until)
            for one in Assignment.objects.filter(case=cast.sama, role="primary").select_related("staff")
        }
    assert rows == {("Maren Achterberg", cast.sama.opened_on, day(1)), ("Tadesse Worku", day(1), None)}
    assert "Maren Achterberg" in read(signed_in(cast, "tadesse"), "case", cast.sama.pk)


@pytest.mark.demand("E7")
def test_a_second_thought_on_the_same_day_leaves_one_primary_for_tomorrow(cast: Cast) -> None:
    primary_change(cast.delphine, case=cast.sama, staff=cast.staff["tadesse"], reason="leave")
    primary_change(cast.delphine, case=cast.sama, staff=cast.staff["maren"], reason="Sama asked to keep her")
    with acting(cast.priya):
        rows = Assignment.objects.filter(case=cast.sama, role="primary")
        days = [
            [r.staff.name for r in rows if r.since <= on and (r.until is None or r.until > on)]
            for on in (day(0), day(1), day(9))
        ]
    assert days == [["Maren Achterberg"]] * 3


@pytest.mark.demand("E7")
@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"staff": None}, "staff", "Choose one."),
        ({"staff": "priya"}, "staff", "on the list"),
        ({"staff": "maren"}, "staff", "primary already"),
        ({"chosen": None}, "chosen", "Choose one."),
        ({"reason": " "}, "reason", "Fill this in."),
    ],
)
def test_the_next_primary_is_named_whole_or_not_at_all(
    cast: Cast, wrong: dict[str, Any], field: str, sentence: str
) -> None:
    if wrong.get("staff"):
        wrong = {"staff": cast.staff[wrong["staff"]].pk}
    given = {"staff": cast.staff["maren"].pk, "chosen": "no", "reason": "Maren moves to intake"}
    answer = send(signed_in(cast, "delphine"), "primary_next", cast.sama.pk, **changed(given, **wrong))
    assert sentence in beside(answer, field)
    with acting(cast.priya):
        assert Assignment.objects.filter(case=cast.sama, role="primary").count() == 1


@pytest.mark.demand("E7")
def test_the_tab_offers_to_end_what_lasts_and_never_the_primary(cast: Cast) -> None:
    team = assignment_add(cast.maren, case=cast.sama, staff=cast.staff["delphine"], role="team", since=TODAY)
    maren = signed_in(cast, "maren")
    page = read(maren, "case_people", cast.sama.pk)
    with acting(cast.maren):
        primary = Assignment.objects.get(case=cast.sama, role="primary")
    assert reverse("team_leave", args=[cast.sama.pk, team.pk]) in page
    assert reverse("team_leave", args=[cast.sama.pk, primary.pk]) not in page
    refused = send(maren, "team_leave", cast.sama.pk, primary.pk)
    assert refused.status_code == 422 and "always has a primary" in words_of(refused)
    assert "Next primary" not in page and "Next primary" in read(
        signed_in(cast, "delphine"), "case_people", cast.sama.pk
    )
