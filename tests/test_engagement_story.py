"""Engagement, told with the cast: someone is referred, screened, answered, becomes a client and is enrolled."""

from datetime import date, timedelta

import pytest

from alongside.client_level.engagement.actions import (
    Asked,
    Told,
    case_enroll,
    case_open,
    criteria_save,
    referral_answer,
    referral_receive,
    referral_screen,
    wishes_record,
)  # fmt: skip
from alongside.client_level.engagement.models import Criterion, Explanation, Preference, ReferralIn, ScreeningAnswer
from alongside.client_level.engagement.queries import at_the_door, case_managers, criteria_of, doors
from alongside.foundations import clock
from alongside.foundations.action import VERBS
from alongside.foundations.actor import acting
from alongside.foundations.errors import ChangedByAnother, NotAllowed, RuleBroken
from alongside.foundations.models import Deed, StateChange
from alongside.people.models import Assignment, Case, ContactPoint, Person
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


def receive(cast: Cast, **more: object) -> ReferralIn:
    """Ines takes in a referral of Lola, with what the story changes."""
    given: dict[str, object] = {
        "program": cast.program, "person": {"preferred_name": "Lola Marchetti"}, "source": "Herself",
        "reason": "Wants to learn to read", "received_on": clock.today(),
    } | more  # fmt: skip
    return referral_receive(cast.ines, **given)  # type: ignore[arg-type]


def criteria(cast: Cast) -> dict[str, Criterion]:
    """New Start's two criteria: the required one of eligibility, the optional one of appropriateness."""
    with acting(cast.ines):
        return {one.kind: one for one in Criterion.objects.filter(program=cast.program)}


def screen(cast: Cast, referral: ReferralIn, eligible: str = "yes", evidence: str = "a letter") -> ReferralIn:
    """Ines answers the required criterion."""
    return referral_screen(cast.ines, referral=referral, answers={criteria(cast)["eligible"]: (eligible, evidence)})


@pytest.mark.demand("E5", "C4")
def test_sama_is_enrolled_and_only_those_who_work_with_her_can_see_her_case(cast: Cast) -> None:
    """Maren and her line see the case; a colleague, another agency and the administrator do not."""
    case = cast.sama
    sees = {
        "maren": True,
        "delphine": True,
        "priya": True,
        "tadesse": False,
        "otto": False,
        "noor": False,
        "quinn": False,
    }
    for who, may in sees.items():
        with acting(getattr(cast, who)):
            assert Case.objects.filter(pk=case.pk).exists() is may, who


@pytest.mark.demand("E2")
def test_a_referral_is_received_with_source_reason_urgency_and_the_day_an_answer_is_owed(cast: Cast) -> None:
    usual, soon, urgent = receive(cast), receive(cast, urgency="soon"), receive(cast, urgency="urgent")
    today = clock.today()
    assert [r.answer_by for r in (usual, soon, urgent)] == [today + timedelta(days=n) for n in (3, 2, 1)]
    assert (usual.state, usual.source, usual.reason) == ("received", "Herself", "Wants to learn to read")


@pytest.mark.demand("E2")
def test_a_program_that_answers_in_a_day_owes_a_soon_referral_no_later(cast: Cast) -> None:
    cast.program.answer_referrals_within_days = 1
    assert receive(cast, urgency="soon").answer_by == clock.today() + timedelta(days=1)


@pytest.mark.demand("E6")
def test_the_way_to_reach_someone_is_kept_with_its_rules_from_the_first_day(cast: Cast) -> None:
    contact = {"kind": "text", "value": "+1 555 014 2233", "when_safe": "before 14:00", "may_leave_message": False}
    referral = receive(cast, contact=contact, immediate_needs="A bed for tonight")
    with acting(cast.ines):
        kept = ContactPoint.objects.get(person=referral.client)
        assert (kept.kind, kept.value, kept.may_leave_message) == ("text", "+1 555 014 2233", False)
        assert ReferralIn.objects.get(pk=referral.pk).immediate_needs == "A bed for tonight"


@pytest.mark.demand("E2", "E6")
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"source": "  "}, "source"),
        ({"reason": ""}, "reason"),
        ({"received_on": date(2999, 1, 1)}, "received_on"),
        ({"person": {"preferred_name": " "}}, "preferred_name"),
        ({"person": {"preferred_name": "Lola", "birth_date": date(2999, 1, 1)}}, "birth_date"),
        ({"person": {"preferred_name": "Lola", "race": ["white", "declined"]}}, "race"),
    ],
)
def test_a_referral_that_says_too_little_is_refused_with_the_field_that_lacks(
    cast: Cast, wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        receive(cast, **wrong)
    assert refused.value.field == field
    with acting(cast.ines):
        assert not Person.objects.filter(preferred_name__startswith="Lola").exists()


@pytest.mark.demand("E2", "C4")
def test_only_those_at_a_programs_door_receive_and_see_its_referrals(cast: Cast) -> None:
    referral = receive(cast)
    for who, sees in {
        "ines": True,
        "priya": True,
        "maren": False,
        "delphine": False,
        "otto": False,
        "noor": False,
    }.items():
        with acting(getattr(cast, who)):
            assert ReferralIn.objects.filter(pk=referral.pk).exists() is sees, who
    for stranger in (cast.maren, cast.noor, cast.otto):
        with pytest.raises(NotAllowed):
            referral_receive(
                stranger, program=cast.program, person={"preferred_name": "Lola"}, source="x", reason="y",
                received_on=clock.today(),
            )  # fmt: skip


@pytest.mark.demand("E2")
def test_the_doors_one_receives_at_are_those_the_database_opens(cast: Cast) -> None:
    with acting(cast.ines):
        assert list(doors(cast.ines)) == [cast.program]
    with acting(cast.maren):
        assert not doors(cast.maren).exists()


@pytest.mark.demand("E3")
def test_each_answer_is_kept_with_its_question_and_the_evidence_seen(cast: Cast) -> None:
    referral = screen(cast, receive(cast), evidence="a lease in her name")
    with acting(cast.ines):
        answer = ScreeningAnswer.objects.get(referral=referral)
        assert (answer.question, answer.met, answer.evidence) == ("Lives in the county", "yes", "a lease in her name")
        assert [kept.met if kept else None for _one, kept in criteria_of(referral)] == ["yes", None]
    assert referral.state == "screened"


@pytest.mark.demand("E3")
def test_an_answer_without_evidence_or_a_required_one_left_out_is_refused(cast: Cast) -> None:
    referral, ask = receive(cast), criteria(cast)
    with pytest.raises(RuleBroken) as refused:
        referral_screen(cast.ines, referral=referral, answers={ask["eligible"]: ("yes", " ")})
    assert refused.value.field == f"evidence-{ask['eligible'].pk}"
    with pytest.raises(RuleBroken) as refused:
        referral_screen(cast.ines, referral=referral, answers={ask["appropriate"]: ("yes", "she says so")})
    assert refused.value.field == f"met-{ask['eligible'].pk}"
    referral_screen(cast.ines, referral=referral, answers={ask["eligible"]: ("unclear", "")})


@pytest.mark.demand("E3")
def test_criteria_belong_to_their_program(cast: Cast) -> None:
    criteria_save(cast.noor, program=cast.elsewhere_program, questions=[Asked("Has children", "eligible", True)])
    with acting(cast.noor):
        theirs = Criterion.objects.get(program=cast.elsewhere_program)
    with pytest.raises(RuleBroken, match="another program"):
        referral_screen(cast.ines, referral=receive(cast), answers={theirs: ("yes", "seen")})


@pytest.mark.demand("E3")
def test_two_who_screen_at_once_do_not_write_over_each_other(cast: Cast) -> None:
    referral, ask = receive(cast), criteria(cast)["eligible"]
    referral_screen(cast.ines, referral=referral, answers={ask: ("no", "lives in the next county")}, edition=1)
    with acting(cast.priya):
        again = ReferralIn.objects.get(pk=referral.pk)
    with pytest.raises(ChangedByAnother) as changed:
        referral_screen(cast.priya, referral=again, answers={ask: ("yes", "I know the street")}, edition=1)
    assert changed.value.theirs[f"evidence-{ask.pk}"] == "lives in the next county"
    assert changed.value.edition == 2


@pytest.mark.demand("E2")
def test_nobody_is_answered_before_screening_but_by_sending_them_to_a_named_place(cast: Cast) -> None:
    for answer in ("accepted", "screened_out", "waitlisted"):
        with pytest.raises(RuleBroken, match="Screen it first"):
            referral_answer(cast.ines, referral=receive(cast), answer=answer, words="Because")
    sent = referral_answer(
        cast.ines, referral=receive(cast), answer="directed", words="Lives there", directed_to="Eastfield"
    )
    assert (sent.state, sent.directed_to, sent.answered_on) == ("directed", "Eastfield", clock.today())


@pytest.mark.demand("E3")
def test_nobody_is_accepted_while_a_required_criterion_is_not_met(cast: Cast) -> None:
    for met in ("no", "unclear"):
        with pytest.raises(RuleBroken, match="Lives in the county"):
            referral_answer(cast.ines, referral=screen(cast, receive(cast), met), answer="accepted")


@pytest.mark.demand("E2")
@pytest.mark.parametrize("answer", ["screened_out", "waitlisted", "directed"])
def test_every_answer_but_yes_says_why(cast: Cast, answer: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        referral_answer(cast.ines, referral=screen(cast, receive(cast)), answer=answer, directed_to="Eastfield")
    assert refused.value.field == "words"


@pytest.mark.demand("E4")
def test_a_person_who_is_not_eligible_leaves_with_the_name_of_a_place(cast: Cast) -> None:
    referral = screen(cast, receive(cast), "no", "lives in the next county")
    with pytest.raises(RuleBroken) as refused:
        referral_answer(cast.ines, referral=referral, answer="screened_out", words="Too far")
    assert refused.value.field == "directed_to"
    kept = referral_answer(
        cast.ines, referral=referral, answer="screened_out", words="Too far", directed_to="Eastfield"
    )
    assert (kept.state, kept.directed_to) == ("screened_out", "Eastfield")


@pytest.mark.demand("E4")
def test_a_direction_names_its_place(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as refused:
        referral_answer(cast.ines, referral=receive(cast), answer="directed", words="Not ours")
    assert refused.value.field == "directed_to"


@pytest.mark.demand("E2")
def test_an_answer_is_given_once_and_its_life_is_kept(cast: Cast) -> None:
    referral = referral_answer(cast.ines, referral=screen(cast, receive(cast)), answer="waitlisted", words="Full")
    referral = referral_answer(cast.ines, referral=referral, answer="accepted")
    with pytest.raises(RuleBroken):
        referral_answer(cast.ines, referral=referral, answer="directed", words="x", directed_to="y")
    with acting(cast.ines):
        steps = StateChange.objects.filter(paper_id=referral.pk).order_by("at").values_list("verb", flat=True)
        assert list(steps) == ["screen", "wait-list", "accept"]


@pytest.mark.demand("E2")
def test_an_answer_that_is_none_of_the_four_is_refused(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="four answers"):
        referral_answer(cast.ines, referral=receive(cast), answer="maybe")


@pytest.mark.demand("E2")
def test_the_door_shows_the_urgent_first_then_who_has_waited_longest(cast: Cast) -> None:
    late = receive(cast, received_on=clock.today() - timedelta(days=9))
    usual, urgent = receive(cast), receive(cast, urgency="urgent")
    referral_answer(cast.ines, referral=receive(cast), answer="directed", words="x", directed_to="Eastfield")
    with acting(cast.ines):
        door = at_the_door()
    assert [one.referral.pk for one in door.waiting] == [urgent.pk, late.pk, usual.pk]
    assert [one.days_late for one in door.waiting] == [0, 6, 0]
    assert (door.late, len(door.answered)) == (1, 1)


@pytest.mark.demand("E7")
def test_a_case_has_one_primary_and_says_whether_the_client_chose_them(cast: Cast) -> None:
    referral = referral_answer(cast.ines, referral=screen(cast, receive(cast)), answer="accepted")
    case = case_open(
        cast.ines, referral=referral, primary=cast.staff["maren"], opened_on=clock.today(), chosen_by_client=True
    )
    with acting(cast.maren):
        primary = Assignment.objects.get(case=case, role="primary")
        assert primary.staff.name == "Maren Achterberg"
        assert Case.objects.get(pk=case.pk).primary_chosen_by_client
    with acting(cast.ines):
        assert list(case_managers(cast.program)) == [cast.staff["maren"]]


@pytest.mark.demand("E7")
def test_only_a_case_manager_who_works_here_becomes_primary(cast: Cast) -> None:
    referral = referral_answer(cast.ines, referral=screen(cast, receive(cast)), answer="accepted")
    gone = cast.staff["tadesse"]
    gone.left_on = clock.today()
    for someone in (cast.staff["otto"], gone):
        with pytest.raises(RuleBroken) as refused:
            case_open(cast.ines, referral=referral, primary=someone, opened_on=clock.today())
        assert refused.value.field == "primary"


@pytest.mark.demand("E5")
def test_a_case_opens_once_from_an_accepted_referral_within_its_days(cast: Cast) -> None:
    referral, maren = screen(cast, receive(cast)), cast.staff["maren"]
    with pytest.raises(RuleBroken, match="accepted"):
        case_open(cast.ines, referral=referral, primary=maren, opened_on=clock.today())
    referral = referral_answer(cast.ines, referral=referral, answer="accepted")
    for wrong in (clock.today() + timedelta(days=1), clock.today() - timedelta(days=1)):
        with pytest.raises(RuleBroken) as refused:
            case_open(cast.ines, referral=referral, primary=maren, opened_on=wrong)
        assert refused.value.field == "opened_on"
    case_open(cast.ines, referral=referral, primary=maren, opened_on=clock.today())
    with pytest.raises(RuleBroken, match="no case yet"):
        case_open(cast.ines, referral=referral, primary=maren, opened_on=clock.today())


def told(**more: object) -> Told:
    """What was explained to Sama, with what the story changes."""
    return Told(**({"on": clock.today(), "language": "Arabic", "interpreter": "Hala K."} | more))  # type: ignore[arg-type]


@pytest.mark.demand("E5", "R5")
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"subjects": frozenset({"rights", "consent"})}, "subjects"),
        ({"on": date(2999, 1, 1)}, "on"),
        ({"on": date(2001, 1, 1)}, "on"),
        ({"language": " "}, "language"),
        ({"interpreter": ""}, "interpreter"),
    ],
)
def test_no_service_begins_before_everything_was_explained_in_her_language(
    cast: Cast, wrong: dict[str, object], field: str
) -> None:
    case = cast.open_case()
    with pytest.raises(RuleBroken) as refused:
        case_enroll(cast.ines, case=case, told=told(**wrong), seen_alone="yes", present=["client"])
    assert refused.value.field == field
    with acting(cast.maren):
        assert not Explanation.objects.filter(case=case).exists()


@pytest.mark.demand("E5", "R5")
def test_who_explained_when_and_through_whom_is_on_record(cast: Cast) -> None:
    case = cast.sama
    with acting(cast.maren):
        rows = Explanation.objects.filter(case=case).order_by("subject")
        assert [row.subject for row in rows] == ["confidentiality", "consent", "rights"]
        assert {(row.by_id, row.language, row.interpreter) for row in rows} == {(cast.ines.staff, "Arabic", "Hala K.")}
    with pytest.raises(RuleBroken, match="enrolled already"):
        case_enroll(cast.maren, case=case, told=told(), seen_alone="yes", present=[])


@pytest.mark.demand("E7", "C4")
def test_the_intake_worker_leaves_the_case_the_day_after_enrollment(cast: Cast) -> None:
    case = cast.sama
    with acting(cast.maren):
        ends = Assignment.objects.get(case=case, role="intake").until
    assert ends == clock.today() + timedelta(days=1)


@pytest.mark.demand("C8")
def test_what_may_be_shared_is_written_anew_and_what_was_said_stays(cast: Cast) -> None:
    wishes_record(cast.maren, case=cast.sama, wishes="Rim may know of the class", seen_alone="yes")
    with acting(cast.maren):
        assert Preference.objects.filter(case=cast.sama).count() == 2
    with pytest.raises(RuleBroken):
        wishes_record(cast.maren, case=cast.sama, wishes=" ", seen_alone="yes")


@pytest.mark.demand("E5", "T8")
def test_nothing_is_written_in_a_closed_case(cast: Cast) -> None:
    case = cast.open_case()
    with acting(cast.maren):
        Case.objects.filter(pk=case.pk).update(closed_on=clock.today())
    with pytest.raises(RuleBroken, match="closed"):
        case_enroll(cast.ines, case=case, told=told(), seen_alone="yes", present=[])
    with pytest.raises(RuleBroken, match="closed"):
        wishes_record(cast.maren, case=case, wishes="x", seen_alone="yes")


@pytest.mark.demand("C5")
def test_every_step_at_the_door_leaves_its_deed_without_a_word_of_the_story(cast: Cast) -> None:
    case = cast.sama
    with acting(cast.maren):
        opened = Deed.objects.get(case_id=case.pk, verb="case_open")
        assert opened.sentence == f"Opened case {case.number} with Maren Achterberg as primary"
        said = " ".join(Deed.objects.values_list("sentence", flat=True))
    assert "home" not in said
    assert "Sama" not in said
    assert {"referral_receive", "referral_screen", "referral_answer", "case_open", "case_enroll"} <= VERBS.keys()
