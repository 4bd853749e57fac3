"""Today: what is due, overdue, unsigned, unanswered and unseen, each with the place where it is done (M7, M4)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from alongside.client_level.termination.models import Closure, FollowUp
from alongside.documentation.models import Goal, Need, NeedDecision, Note, Objective, PlanVersion, ReferralOut
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.people.models import Assignment, Case, Staff
from alongside.supervision.queries.carried import carried_by, line_of, longer_unseen
from alongside.supervision.queries.day import Day, day_of
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]
REFUSED_QUERIES = 20


def ago(days: int) -> datetime:
    """The moment so many days before now."""
    return clock.now() - timedelta(days=days)


def opened_by(client: Client, cast: Cast, who: str, address: str = "/today/") -> str:
    """The page that someone gets, signed in."""
    client.force_login(cast.staff[who].account)
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def lines_of(day: Day) -> dict[str, list[str]]:
    """What stands under each heading."""
    return {group.name: [line.what for line in group.lines] for group in day.groups}


def the_day(cast: Cast, who: str) -> Day:
    """The day of someone."""
    with acting(getattr(cast, who)) as actor:
        return day_of(actor)


def add_need(case: Case, number: int = 1, title: str = "A home of her own") -> Need:
    """A need found four days ago."""
    need = Need(
        case=case, number=number, title=title, domain="environmental", found_on=clock.today() - timedelta(days=4)
    )
    need.save()
    return need


def add_plan(case: Case, **fields: object) -> PlanVersion:
    """A plan version; a draft unless said otherwise, with its days far ahead."""
    today = clock.today()
    known = {"number": 1, "made_on": today, "review_on": today + timedelta(days=90)} | fields
    version = PlanVersion(case=case, **({"reassess_on": today + timedelta(days=180)} | known))
    version.save()
    return version


def add_note(case: Case, writer: Staff, days: int, **fields: object) -> Note:
    """A note on a contact so many days ago."""
    at = ago(days)
    note = Note(case=case, writer=writer, at=at, started_at=at, happened="We met.", **fields)
    note.save()
    return note


def add_referral_out(case: Case, by: Staff, *, sent: int, chase: int) -> ReferralOut:
    """A referral sent so many days ago, to be chased in so many days."""
    today = clock.today()
    referral = ReferralOut(
        case=case, organization="Riverside Adult School", service="English class", state="sent", by=by,
        consented_on=today - timedelta(days=sent), sent_on=today - timedelta(days=sent),
        chase_on=today + timedelta(days=chase),
    )  # fmt: skip
    referral.save()
    return referral


def seen_days_ago(case: Case, days: int) -> None:
    """Set the day on which the client was last seen."""
    Case.objects.filter(pk=case.pk).update(
        last_seen_on=clock.today() - timedelta(days=days), opened_on=clock.today() - timedelta(days=days + 1)
    )


@pytest.mark.demand("M7")
def test_maren_is_greeted_by_the_hour_and_told_that_nothing_is_overdue(client: Client, cast: Cast) -> None:
    assert cast.sama.is_open
    for hour, word in ((8, "morning"), (13, "afternoon"), (20, "evening")):
        noon = clock.now().replace(hour=hour, minute=5)
        with clock.held(noon):
            assert the_day(cast, "maren").greeting == f"Good {word}, Maren"
    page = opened_by(client, cast, "maren")
    assert "Nothing is overdue." in page
    assert "Everyone was seen as often as agreed." in page
    assert "Nothing waits on you." in page


def test_the_first_page_of_the_morning_is_today(client: Client, cast: Cast) -> None:
    assert "Waiting on you" in opened_by(client, cast, "maren", "/")
    assert "Waiting on you" in opened_by(client, cast, "ines", "/")


def test_the_administrator_has_no_today_and_is_taken_to_the_agency(client: Client, cast: Cast) -> None:
    client.force_login(cast.staff["otto"].account)
    assert client.get("/").headers["Location"] == "/agency/"
    assert client.get("/today/").status_code == 403


def test_nobody_sees_today_without_signing_in(client: Client) -> None:
    answer = client.get("/today/")
    assert answer.status_code == 302
    assert "/account/sign-in/" in answer.headers["Location"]


def test_a_worker_without_cases_is_told_where_cases_come_from(client: Client, cast: Cast) -> None:
    page = opened_by(client, cast, "tadesse")
    assert "No open case is in your hands yet." in page
    assert "When a case is put in your hands" in page


@pytest.mark.demand("M4")
def test_a_client_not_seen_for_longer_than_agreed_is_flagged_with_the_days(client: Client, cast: Cast) -> None:
    case = cast.sama
    with acting(cast.maren):
        seen_days_ago(case, 41)
    page = opened_by(client, cast, "maren")
    assert "Sama Othman has not been seen for 41 days." in page
    assert "41 days since last seen; agreed every 14" in page
    assert reverse("note_new", args=[case.pk]) in page


@pytest.mark.demand("M4")
def test_on_the_last_agreed_day_nobody_is_flagged_and_on_the_next_they_are(cast: Cast) -> None:
    case = cast.sama
    for days, flagged in ((13, 0), (14, 0), (15, 1), (28, 1)):
        with acting(cast.maren) as maren:
            seen_days_ago(case, days)
            over = longer_unseen(carried_by(maren, line_of(maren)))
            assert len(over) == flagged, days
            assert [one.is_far_over for one in over] == [days >= 28] * flagged


@pytest.mark.demand("M4")
def test_the_span_agreed_for_the_case_counts_and_not_the_programs(cast: Cast) -> None:
    case = cast.sama
    with acting(cast.maren) as maren:
        Case.objects.filter(pk=case.pk).update(contact_every_days=3)
        assert [one.days_unseen for one in longer_unseen(carried_by(maren, [maren.staff]))] == [8]
        Case.objects.filter(pk=case.pk).update(contact_every_days=30)
        assert longer_unseen(carried_by(maren, [maren.staff])) == []


def test_a_client_who_is_not_enrolled_yet_is_not_called_unseen_but_waits_to_be_enrolled(cast: Cast) -> None:
    case = cast.open_case("Wendell Oakes")
    day = the_day(cast, "maren")
    assert day.unseen == []
    assert lines_of(day) == {"Overdue": ["Enroll the client"]}
    assert day.groups[0].lines[0].href == reverse("case_enroll", args=[case.pk])


def test_the_intake_worker_keeps_the_line_until_the_client_is_enrolled(cast: Cast) -> None:
    cast.open_case("Wendell Oakes")
    assert lines_of(the_day(cast, "ines")) == {"Overdue": ["Enroll the client"]}


@pytest.mark.demand("D1", "M7")
def test_a_break_of_the_thread_stands_in_today_with_its_mend(client: Client, cast: Cast) -> None:
    case = cast.sama
    with acting(cast.maren):
        need = add_need(case)
    assert lines_of(the_day(cast, "maren"))["Breaks in the Thread"] == [
        "This need has no goal, and no decision to wait"
    ]
    page = opened_by(client, cast, "maren")
    assert f"{reverse('goal_new', args=[case.pk])}?need={need.pk}" in page
    assert "A home of her own" in page


@pytest.mark.demand("D1")
def test_today_lists_what_the_thread_of_each_case_lists(cast: Cast) -> None:
    from alongside.documentation.thread import breaks_in, thread_of

    case = cast.sama
    with acting(cast.maren) as maren:
        for number in (1, 2):
            add_need(case, number)
        said = [one.sentence for one in breaks_in(thread_of(case))]
        day = day_of(maren)
    assert sorted(said) == sorted(line.what for group in day.groups for line in group.lines if line.broken)


def test_a_case_with_many_breaks_takes_three_lines_and_leads_to_its_thread(client: Client, cast: Cast) -> None:
    case = cast.sama
    with acting(cast.maren):
        for number in range(1, 6):
            add_need(case, number)
    lines = the_day(cast, "maren").groups[0].lines
    assert len(lines) == 3
    assert lines[-1].what == "And 3 more breaks"
    assert lines[-1].href == reverse("case", args=[case.pk])


@pytest.mark.demand("I4", "M7")
def test_a_referral_without_an_answer_is_chased_once_its_day_has_passed(client: Client, cast: Cast) -> None:
    case = cast.sama
    with acting(cast.maren):
        referral = add_referral_out(case, cast.staff["maren"], sent=22, chase=-2)
    day = the_day(cast, "maren")
    assert lines_of(day) == {"Overdue": ["Riverside Adult School has not answered for 22 days"]}
    assert day.groups[0].lines[0].days_late == 2
    assert day.overdue_said == "One thing is overdue."
    page = opened_by(client, cast, "maren")
    assert reverse("referral_out", args=[case.pk, referral.pk]) in page
    assert "22 days" in page


@pytest.mark.demand("I4")
def test_a_referral_still_in_time_stands_beside_the_day_and_comes_up_in_its_week(cast: Cast) -> None:
    case = cast.sama
    with acting(cast.maren):
        add_referral_out(case, cast.staff["maren"], sent=2, chase=20)
    day = the_day(cast, "maren")
    assert day.groups == []
    assert [row["organization"] for row in day.referrals_out] == ["Riverside Adult School"]
    with acting(cast.maren):
        ReferralOut.objects.filter(case=case).update(chase_on=clock.today())
    assert lines_of(the_day(cast, "maren")) == {"Today": ["Ask Riverside Adult School for an answer: English class"]}
    with acting(cast.maren):
        ReferralOut.objects.filter(case=case).update(state="accepted")
    assert the_day(cast, "maren").referrals_out == []


@pytest.mark.demand("E2", "M7")
def test_a_referral_in_that_nobody_answered_is_overdue_for_those_at_the_door(client: Client, cast: Cast) -> None:
    referral = cast.refer("Agnieszka Wrona")
    day = the_day(cast, "ines")
    assert lines_of(day) == {"Overdue": ["Answer the referral from St Brigid’s ward 4"]}
    assert day.groups[0].lines[0].days_late == 7
    page = opened_by(client, cast, "ines")
    assert reverse("referral_in", args=[referral.pk]) in page
    assert "Agnieszka Wrona" in page
    for who in ("maren", "tadesse", "noor"):
        assert "Agnieszka Wrona" not in opened_by(client, cast, who), who


@pytest.mark.demand("E2")
def test_an_answered_referral_waits_on_nobody(cast: Cast) -> None:
    assert cast.sama.is_open
    assert the_day(cast, "ines").referrals_in == []


def test_an_unsigned_note_is_overdue_from_the_second_day_after_the_contact(cast: Cast) -> None:
    case, maren = cast.sama, cast.staff["maren"]
    with acting(cast.maren):
        note = add_note(case, maren, 5)
    day = the_day(cast, "maren")
    assert lines_of(day) == {"Overdue": ["Sign the note"]}
    assert day.groups[0].lines[0].href == reverse("note", args=[case.pk, note.pk])
    assert day.groups[0].lines[0].days_late == 4
    assert [row["client"] for row in day.notes] == ["Sama Othman"]


def test_a_note_begun_today_only_stands_beside_the_day(cast: Cast) -> None:
    with acting(cast.maren):
        add_note(cast.sama, cast.staff["maren"], 0)
    day = the_day(cast, "maren")
    assert day.groups == []
    assert len(day.notes) == 1


@pytest.mark.demand("I3", "M7")
def test_a_trainees_note_waits_on_the_supervisor_and_not_on_the_trainee(cast: Cast) -> None:
    with acting(cast.maren):
        add_note(cast.sama, cast.staff["maren"], 3, state="cosign", stands_alone=True)
    assert lines_of(the_day(cast, "delphine"))["Overdue"] == ["Read and co-sign Maren Achterberg’s note"]
    assert the_day(cast, "maren").groups == []
    assert the_day(cast, "delphine").notes == []


def test_the_draft_of_a_worker_never_stands_in_the_supervisors_day(cast: Cast) -> None:
    with acting(cast.maren):
        add_note(cast.sama, cast.staff["maren"], 9)
    assert the_day(cast, "delphine").groups == []


@pytest.mark.demand("M7")
def test_a_plan_that_waits_for_signatures_stands_under_today(cast: Cast) -> None:
    with acting(cast.maren):
        add_plan(cast.sama, state="signing")
    day = the_day(cast, "maren")
    assert lines_of(day) == {"Today": ["Plan version 1 waits for signatures"]}
    assert day.groups[0].lines[0].href == reverse("plan", args=[cast.sama.pk])


@pytest.mark.demand("M7")
def test_a_review_and_a_reassessment_come_up_in_the_week_before_their_day(cast: Cast) -> None:
    case, today = cast.sama, clock.today()
    with acting(cast.maren):
        add_plan(
            case, state="in_effect", in_effect_on=today - timedelta(days=9), review_on=today + timedelta(days=7),
            reassess_on=today - timedelta(days=1),
        )  # fmt: skip
    day = the_day(cast, "maren")
    assert lines_of(day) == {"Overdue": ["Reassess"], "This week": ["Review plan version 1"]}
    with clock.held(clock.now() - timedelta(days=9)):
        assert the_day(cast, "maren").groups == []


@pytest.mark.demand("P1", "M7")
def test_a_need_that_rests_comes_back_on_its_day(cast: Cast) -> None:
    case, today = cast.sama, clock.today()
    with acting(cast.maren):
        need = add_need(case)
        decision = NeedDecision(
            case=case, need=need, kind="defer", decided_by="client", decided_on=today, look_again_on=today, why="Later"
        )
        decision.save()
    day = the_day(cast, "maren")
    assert lines_of(day) == {"Today": ["Look again at need 1: A home of her own"]}
    assert day.groups[0].lines[0].href == reverse("decision_end", args=[case.pk, decision.pk])


@pytest.mark.demand("T6", "T8")
def test_a_closed_case_leaves_only_its_follow_up(cast: Cast) -> None:
    case, today, maren = cast.sama, clock.today(), cast.staff["maren"]
    with acting(cast.maren):
        add_need(case)
        add_referral_out(case, maren, sent=22, chase=-2)
        closure = Closure(case=case, state="closed", reason="attained", ends_on=today, by=maren)
        closure.save()
        due = FollowUp(case=case, closure=closure, due_on=today + timedelta(days=2))
        due.save()
        Case.objects.filter(pk=case.pk).update(closed_on=today)
    day = the_day(cast, "maren")
    assert day.carried == []
    assert lines_of(day) == {"This week": ["Follow-up after closing"]}
    assert day.groups[0].lines[0].href == reverse("follow_up", args=[case.pk, due.pk])


@pytest.mark.demand("C4")
def test_a_supervisor_sees_the_lines_of_those_she_answers_for_with_their_names(client: Client, cast: Cast) -> None:
    with acting(cast.maren):
        add_need(cast.sama)
    day = the_day(cast, "delphine")
    assert [line.worker for group in day.groups for line in group.lines] == ["Maren Achterberg"]
    assert (day.own, day.of_line) == (0, 1)
    page = opened_by(client, cast, "delphine")
    assert "Maren Achterberg" in page
    assert "<b>1</b> more is in the hands of those you supervise." in page


@pytest.mark.demand("C4")
def test_a_colleague_and_another_agency_see_nothing_of_samas_day(client: Client, cast: Cast) -> None:
    with acting(cast.maren):
        add_need(cast.sama)
        seen_days_ago(cast.sama, 41)
    for who in ("tadesse", "noor", "ines"):
        page = opened_by(client, cast, who)
        assert "Sama" not in page, who
        assert "A home of her own" not in page, who


def test_a_case_that_is_covered_for_someone_counts_until_the_cover_ends(cast: Cast) -> None:
    case, today = cast.sama, clock.today()
    with acting(cast.maren):
        cover = Assignment(case=case, staff=cast.staff["tadesse"], role="cover", since=today)
        cover.until = today + timedelta(days=3)
        cover.save()
    assert the_day(cast, "tadesse").own == 1
    with clock.held(clock.now() + timedelta(days=3)):
        assert the_day(cast, "tadesse").own == 0


def test_a_file_lent_for_review_is_not_a_caseload(cast: Cast) -> None:
    with acting(cast.maren):
        Assignment(
            case=cast.sama,
            staff=cast.staff["tadesse"],
            role="review",
            reason="Review",
            until="2099-01-01",
            since=clock.today(),
        ).save()
    assert the_day(cast, "tadesse").carried == []


def test_names_that_look_like_script_are_only_shown(client: Client, cast: Cast) -> None:
    case = cast.enroll("<script>alert(1)</script> Ortiz")
    with acting(cast.maren):
        add_need(case, title="<b>Rent</b>")
        seen_days_ago(case, 30)
    page = opened_by(client, cast, "maren")
    assert "<script>alert" not in page
    assert "<b>Rent</b>" not in page
    assert "&lt;b&gt;Rent&lt;/b&gt;" in page


def fill(cast: Cast, indexes: range) -> None:
    """Give Maren cases with something of every kind that can wait."""
    today, maren = clock.today(), cast.staff["maren"]
    cast.refer("Agnieszka Wrona")
    for index in indexes:
        case = cast.enroll(f"Client {index}")
        with acting(cast.maren):
            need, resting = add_need(case), add_need(case, 2, "Work")
            NeedDecision(
                case=case, need=resting, kind="defer", decided_by="both", decided_on=today, look_again_on=today
            ).save()
            plan = add_plan(case)
            goal = Goal(case=case, version=plan, need=need, number="1.1", title="A lease")
            goal.origin = goal
            goal.save()
            objective = Objective(
                case=case, version=plan, goal=goal, number="1.1.a", title="Three viewings", indicator="viewings",
                baseline="0", target="3", due_on=today - timedelta(days=1),
            )  # fmt: skip
            objective.origin = objective
            objective.save()
            in_effect = today - timedelta(days=8)
            PlanVersion.objects.filter(pk=plan.pk).update(state="in_effect", in_effect_on=in_effect)
            add_note(case, maren, 3)
            add_referral_out(case, maren, sent=9, chase=2)
            seen_days_ago(case, 20 + index)


@pytest.mark.demand("M7")
def test_today_asks_the_database_as_seldom_for_many_cases_as_for_none(
    client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(cast.staff["maren"].account)
    with django_assert_max_num_queries(REFUSED_QUERIES):
        client.get("/today/")
    fill(cast, range(1))
    with django_assert_max_num_queries(REFUSED_QUERIES) as one:
        client.get("/today/")
    fill(cast, range(1, 9))
    with django_assert_max_num_queries(REFUSED_QUERIES) as many:
        page = client.get("/today/").content.decode()
    assert "Client 8" in page
    assert len(many) == len(one)
    client.force_login(cast.staff["delphine"].account)
    with django_assert_max_num_queries(REFUSED_QUERIES):
        client.get("/today/")
    with django_assert_max_num_queries(REFUSED_QUERIES + 4):
        client.get("/")


def test_a_long_line_of_cases_comes_in_pages_that_together_leave_nobody_out(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alongside.supervision.queries.day.CASES_A_PAGE", 2)
    for name in ("Amal", "Bora", "Cho", "Dina", "Edo"):
        with acting(cast.maren):
            add_need(cast.enroll(name))
    with acting(cast.delphine) as delphine:
        met, after = [], None
        for _page in range(3):
            day = day_of(delphine, after)
            met += [line.client for group in day.groups for line in group.lines]
            after = day.next_page
    assert sorted(met) == ["Amal", "Bora", "Cho", "Dina", "Edo"]
    assert after is None
    page = opened_by(client, cast, "delphine")
    assert "What waits for the next clients" in page


def test_an_address_that_names_no_case_shows_the_first_page(client: Client, cast: Cast) -> None:
    assert "Waiting on you" in opened_by(client, cast, "maren", "/today/?after=rubbish")


def test_today_names_its_moment(cast: Cast) -> None:
    with clock.held(datetime(2026, 11, 24, 9, 12, tzinfo=UTC)):
        assert the_day(cast, "maren").now.hour == 9
