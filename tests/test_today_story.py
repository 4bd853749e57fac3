"""Today, told with the verbs themselves: each kind of work comes up on its day, and is gone once it is done (M7)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.client_level.assessment.actions import Occasion, sitting_begin
from alongside.client_level.engagement.actions import (
    Told,
    assignment_add,
    assignment_end,
    case_enroll,
    primary_change,
    referral_answer,
    referral_screen,
)  # fmt: skip
from alongside.client_level.engagement.models import Criterion, ReferralIn
from alongside.client_level.intervention.actions import note_begin, note_cosign, note_sign
from alongside.client_level.intervention.actions.referrals import (
    referral_out_answer,
    referral_out_chase,
    referral_out_make,
    referral_out_send,
)  # fmt: skip
from alongside.client_level.intervention.actions.words import NoteWords
from alongside.client_level.monitoring.actions import Stood, progress_record, review_hold
from alongside.client_level.planning.actions import plan_sign
from alongside.client_level.planning.actions.decisions import decision_end, decision_record
from alongside.client_level.termination.actions import (
    case_close,
    case_reopen,
    closure_keep,
    closure_prepare,
    follow_up_record,
)
from alongside.client_level.termination.models import FollowUp
from alongside.documentation.models import Need, NeedDecision, Note, Objective, PlanVersion, ReferralOut
from alongside.foundations import clock
from alongside.foundations.actor import Actor, acting
from alongside.foundations.ids import new_id
from alongside.foundations.roles import Role
from alongside.people.actions import staff_change
from alongside.people.models import Assignment, Case
from alongside.supervision.queries.carried import Carried, line_of
from alongside.supervision.queries.day import Day, day_of
from alongside.supervision.queries.waiting import Line
from tests.cast import Cast
from tests.planning import STROKES, agreed, ahead, need_of, offered
from tests.releasing import aloud

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


def day_on(actor: Actor, days: int = 0) -> Day:
    """Someone's Today, so many days from now."""
    with clock.held(clock.now() + timedelta(days=days)), acting(actor):
        return day_of(actor)


def waiting(actor: Actor, days: int = 0) -> dict[str, str]:
    """What waits, and under which heading."""
    return {line.what: group.name for group in day_on(actor, days).groups for line in group.lines}


def words(**more: object) -> NoteWords:
    """A note on a contact three days ago, whole enough to be signed."""
    return NoteWords(
        at=clock.now() - timedelta(days=3), minutes=45, happened="We read the lease.", client_did="Rang the landlord.",
        worker_did="Explained the deposit.", stands_alone=True, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def screen_and_accept(cast: Cast) -> None:
    with acting(cast.ines):
        referral = ReferralIn.objects.get()
        answers = {one: ("yes", "seen") for one in Criterion.objects.filter(program=cast.program)}
    referral = referral_screen(cast.ines, referral=referral, answers=answers)
    referral_answer(cast.ines, referral=referral, answer="accepted")


def enroll(cast: Cast) -> None:
    told = Told(on=clock.today(), language="Arabic", interpreter="Hala K.")
    case_enroll(cast.ines, case=case_of(cast), told=told, seen_alone="yes", present=["client", "interpreter"])


def case_of(cast: Cast) -> Case:
    """The only case there is."""
    with acting(cast.maren):
        return Case.objects.select_related("client", "program").get()


def begin_note(cast: Cast) -> None:
    note_begin(cast.maren, case=cast.sama, key=new_id(), words=words())


def sign_note(cast: Cast) -> None:
    with acting(cast.maren):
        note = Note.objects.get()
        note_sign(cast.maren, note=note, words=NoteWords.of(note), edition=note.edition)


def trainee_signs(cast: Cast) -> None:
    maren = cast.staff["maren"]
    staff_change(
        cast.otto, staff=maren, name=maren.name, title="", roles=maren.roles, languages=[], trainee=True, left_on=None,
        supervisor=cast.staff["delphine"],
    )  # fmt: skip
    begin_note(cast)
    sign_note(cast)


def cosign(cast: Cast) -> None:
    with acting(cast.delphine):
        note_cosign(cast.delphine, note=Note.objects.select_related("writer", "case").get())


def sign_plan(cast: Cast) -> None:
    with acting(cast.maren):
        version = PlanVersion.objects.select_related("case__program", "case__client").get()
    plan_sign(cast.maren, version=version, capacity="client", strokes=STROKES, language="Arabic")
    plan_sign(cast.maren, version=version, capacity="worker")


def let_rest(cast: Cast, need: Need | None = None) -> None:
    decision_record(
        cast.maren, need=need or need_of(cast, cast.sama), kind="defer", decided_by="client", why="Her sister visits first",
        decided_on=clock.today(), look_again_on=ahead(20),
    )  # fmt: skip


def decide_to_wait(cast: Cast) -> None:
    with acting(cast.maren):
        let_rest(cast, Need.objects.select_related("case").get())


def take_up(cast: Cast) -> None:
    with acting(cast.maren):
        decision_end(cast.maren, decision=NeedDecision.objects.select_related("need", "case").get())


def refer_out(cast: Cast) -> None:
    referral = referral_out_make(
        cast.maren, case=cast.sama, organization="Riverside Adult School", service="English class", shares="Name",
        consent=aloud(),
    )  # fmt: skip
    referral_out_send(cast.maren, referral=referral, edition=referral.edition)


def referral_of(cast: Cast) -> ReferralOut:
    with acting(cast.maren):
        return ReferralOut.objects.select_related("case").get()


def hear_back(cast: Cast) -> None:
    sent = referral_of(cast)
    referral_out_answer(cast.maren, referral=sent, step="accept", on=clock.today(), edition=sent.edition)


def ask_again(cast: Cast) -> None:
    sent = referral_of(cast)
    referral_out_chase(cast.maren, referral=sent, edition=sent.edition)


def objective_of(cast: Cast) -> Objective:
    """The only objective there is."""
    with acting(cast.maren):
        return Objective.objects.select_related("case", "goal").get()


def review(cast: Cast) -> None:
    with acting(cast.maren):
        review_hold(
            cast.maren, case=cast.sama, on=clock.today(), present=["client"], next_on=ahead(90),
            stood={objective_of(cast): Stood("on_course", "$300")},
        )  # fmt: skip


def reach(cast: Cast) -> None:
    with acting(cast.maren):
        progress_record(cast.maren, objective=objective_of(cast), on=clock.today(), standing="reached", value="$900")


def assess_again(cast: Cast) -> None:
    sitting_begin(cast.maren, case=cast.sama, occasion=Occasion(clock.today(), place="Her home"))


def close(cast: Cast) -> None:
    closure = closure_prepare(
        cast.maren, case=cast.sama, reason="attained", ends_on=clock.today(), told_on=clock.today(), told_how="At home"
    )
    said = {
        "exit_interview": "It helped.",
        "next_stage": "Keeps the class.",
        "still_here_for": "Letters.",
        "resources": "The clinic.",
    }
    closure_keep(cast.maren, closure=closure, edition=closure.edition, values=said)
    case_close(cast.maren, case=case_of(cast))


def follow_up(cast: Cast) -> None:
    with acting(cast.maren):
        due = FollowUp.objects.select_related("case", "closure").get()
    follow_up_record(
        cast.maren, follow_up=due, done_on=clock.today(), reached="yes", living="own_home", stable="yes", adequate="yes"
    )


def cover(cast: Cast, since: date, until: date) -> None:
    """Tadesse covers for Maren, who is on leave."""
    assignment_add(
        cast.delphine, case=cast.sama, staff=cast.staff["tadesse"], role="cover", since=since, until=until, reason="Leave"
    )  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """One kind of thing to do: how it comes about, on which day it comes up for whom, and how it is done."""

    begin: Callable[[Cast], object]
    what: str
    under: str
    done: Callable[[Cast], object]
    day: int = 0
    quiet_until: int | None = None
    who: str = "maren"


KINDS = {
    "an unanswered referral in": Kind(
        Cast.refer, "Answer the referral from St Brigid’s ward 4", "Overdue", screen_and_accept, who="ines"),
    "a client to enroll": Kind(Cast.open_case, "Enroll the client", "Overdue", enroll),
    "a note to sign": Kind(begin_note, "Sign the note", "Overdue", sign_note),
    "a trainee's note": Kind(
        trainee_signs, "Read and co-sign Maren Achterberg’s note", "Overdue", cosign, who="delphine"),
    "a plan to sign": Kind(offered, "Plan version 1 waits for signatures", "Today", sign_plan),
    "a need that rests": Kind(
        let_rest, "Look again at need 1: A safe place to live", "Today", take_up, day=20, quiet_until=12),
    "a need without a goal": Kind(
        lambda cast: need_of(cast, cast.sama), "This need has no goal, and no decision to wait", "Breaks in the Thread", decide_to_wait),
    "a referral to ask after": Kind(
        refer_out, "Ask Riverside Adult School for an answer: English class", "Today", hear_back, day=14, quiet_until=6),
    "a referral asked after again": Kind(
        refer_out, "Riverside Adult School has not answered for 15 days", "Overdue", ask_again, day=15, quiet_until=14),
    "a plan to review": Kind(agreed, "Review plan version 1", "Today", review, day=90, quiet_until=82),
    "an objective past its date": Kind(agreed, "Date passed, no result", "Overdue", reach, day=61, quiet_until=60),
    "a reassessment": Kind(agreed, "Reassess", "Today", assess_again, day=180, quiet_until=172),
    "a follow-up": Kind(close, "Follow-up after closing", "Today", follow_up, day=90, quiet_until=82),
}  # fmt: skip


@pytest.mark.demand("M7")
@pytest.mark.parametrize("name", KINDS)
def test_each_kind_of_work_comes_up_on_its_day_and_is_gone_when_it_is_done(cast: Cast, name: str) -> None:
    kind = KINDS[name]
    kind.begin(cast)
    actor = getattr(cast, kind.who)
    assert waiting(actor, kind.day).get(kind.what) == kind.under
    if kind.quiet_until is not None:
        assert kind.what not in waiting(actor, kind.quiet_until), "too early"
    with clock.held(clock.now() + timedelta(days=kind.day)):
        kind.done(cast)
    assert kind.what not in waiting(actor, kind.day)


@pytest.mark.demand("C4")
@pytest.mark.parametrize("name", KINDS)
def test_no_kind_of_work_reaches_those_it_is_not_for(cast: Cast, name: str) -> None:
    """Neither a colleague, nor the reviewer, nor another agency."""
    KINDS[name].begin(cast)
    for who in ("tadesse", "noor", "quinn"):
        assert waiting(getattr(cast, who), KINDS[name].day) == {}, who


@pytest.mark.demand("M7")
@pytest.mark.parametrize("name", KINDS)
def test_each_line_leads_to_a_page_that_opens(client: Client, cast: Cast, name: str) -> None:
    kind = KINDS[name]
    kind.begin(cast)
    client.force_login(cast.staff[kind.who].account)
    with clock.held(clock.now() + timedelta(days=kind.day)):
        (line,) = [
            one for group in day_on(getattr(cast, kind.who)).groups for one in group.lines if one.what == kind.what
        ]
        answer = client.get(line.href, follow=True)
    assert answer.status_code == 200, line.href
    assert line.action


def test_what_comes_within_a_week_stands_there_and_what_comes_later_does_not(cast: Cast) -> None:
    let_rest(cast)
    rest = "Look again at need 1: A safe place to live"
    assert [waiting(cast.maren, day).get(rest) for day in (12, 13, 19, 20, 21)] == [
        None, "This week", "This week", "Today", "Overdue",
    ]  # fmt: skip


@pytest.mark.demand("T8")
def test_everything_that_waits_goes_silent_with_the_closing_but_for_the_follow_up(cast: Cast) -> None:
    """A resting need, a referral sent, a draft of a plan: none goes on being due for a closed case."""
    refer_out(cast)
    let_rest(cast)
    assert len(waiting(cast.maren, 20)) >= 2
    close(cast)
    assert waiting(cast.maren, 20) == {}
    assert waiting(cast.maren, 90) == {"Follow-up after closing": "Today"}
    assert day_on(cast.maren, 40).unseen == []


@pytest.mark.demand("T7")
def test_a_case_that_is_opened_again_counts_again(cast: Cast) -> None:
    close(cast)
    assert day_on(cast.maren).own == 0
    case_reopen(cast.maren, case=case_of(cast), reason="The lease was ended by the landlord.")
    assert day_on(cast.maren).own == 1
    assert "Follow-up after closing" not in waiting(cast.maren, 90)


@pytest.mark.demand("E7")
def test_cover_carries_the_whole_day_of_the_one_who_is_away_and_only_for_the_time(cast: Cast) -> None:
    let_rest(cast)
    rest = "Look again at need 1: A safe place to live"
    cover(cast, clock.today(), ahead(25))
    assert [rest in waiting(cast.tadesse, day) for day in (20, 24, 25, 26)] == [True, True, False, False]
    assert rest in waiting(cast.maren, 20), "and Maren still finds it when she looks"


@pytest.mark.demand("E7", "C4")
def test_cover_that_begins_next_week_shows_nothing_today(cast: Cast) -> None:
    need_of(cast, cast.sama)
    cover(cast, ahead(7), ahead(14))
    assert waiting(cast.tadesse) == {}


@pytest.mark.demand("E7")
def test_the_day_moves_to_the_next_primary_with_the_case(cast: Cast) -> None:
    need_of(cast, cast.sama)
    primary_change(cast.delphine, case=cast.sama, staff=cast.staff["tadesse"], reason="Maren moves to another team")
    lost = "This need has no goal, and no decision to wait"
    assert (lost in waiting(cast.maren), lost in waiting(cast.tadesse)) == (True, False)
    assert (lost in waiting(cast.maren, 1), lost in waiting(cast.tadesse, 1)) == (False, True)


def test_being_on_the_team_is_not_carrying_the_case(cast: Cast) -> None:
    """Someone who helps may open the file; its work waits on the primary."""
    need_of(cast, cast.sama)
    assignment_add(cast.delphine, case=cast.sama, staff=cast.staff["tadesse"], role="team", since=clock.today())
    assert waiting(cast.tadesse) == {}
    with acting(cast.maren):
        row = Assignment.objects.select_related("staff").get(case=cast.sama, role="team")
    assignment_end(cast.maren, case=cast.sama, assignment=row)
    assert waiting(cast.tadesse, 1) == {}


def test_a_program_manager_who_supervises_nobody_has_only_the_door(cast: Cast) -> None:
    need_of(cast, cast.sama)
    cast.refer("Agnieszka Wrona")
    assert waiting(cast.priya) == {"Answer the referral from St Brigid’s ward 4": "Overdue"}


def test_an_urgent_referral_stands_before_one_that_came_earlier(cast: Cast) -> None:
    cast.refer("Agnieszka Wrona")
    cast.refer("Oksana Kovalenko")
    with acting(cast.ines):
        ReferralIn.objects.filter(client__preferred_name="Oksana Kovalenko").update(answer_by=ahead(-9))
    assert [one.client.preferred_name for one in day_on(cast.ines).referrals_in] == [
        "Oksana Kovalenko",
        "Agnieszka Wrona",
    ]


@pytest.mark.demand("C4")
def test_a_supervisors_line_reaches_down_as_far_as_it_goes_and_ends_with_it(cast: Cast) -> None:
    """Priya is made the supervisor of Delphine: what Maren carries now stands in her line too."""
    delphine, priya = cast.staff["delphine"], cast.staff["priya"]
    roles = [Role.PROGRAM_MANAGER.value, Role.SUPERVISOR.value]

    def change(staff_name: str, supervisor: str | None, held: list[str]) -> None:
        staff = cast.staff[staff_name]
        cast.staff[staff_name] = staff_change(
            cast.otto, staff=staff, name=staff.name, title="", roles=held, languages=[], trainee=False, left_on=None,
            supervisor=cast.staff[supervisor] if supervisor else None,
        )  # fmt: skip

    need_of(cast, cast.sama)
    change("priya", None, roles)
    change("delphine", "priya", delphine.roles)
    with acting(cast.priya) as actor:
        assert set(line_of(actor)) == {priya.pk, delphine.pk, cast.maren.staff, cast.tadesse.staff}
    assert "This need has no goal, and no decision to wait" in waiting(cast.priya)
    change("delphine", None, delphine.roles)
    with acting(cast.priya) as actor:
        assert line_of(actor) == [priya.pk]
    assert waiting(cast.priya) == {}


def test_without_the_role_of_a_supervisor_nobodys_line_is_asked_for(cast: Cast) -> None:
    with acting(cast.maren) as maren:
        assert line_of(maren) == [cast.maren.staff]


def test_a_supervisors_own_cases_come_before_those_of_the_line(cast: Cast) -> None:
    cast.enroll("Amal Farah")
    cast.enroll("Bo-ra Seo")
    with acting(cast.delphine):
        bora = Case.objects.get(client__preferred_name="Bo-ra Seo")
    assignment_add(
        cast.delphine,
        case=bora,
        staff=cast.staff["delphine"],
        role="cover",
        since=clock.today(),
        until=ahead(9),
        reason="Leave",
    )
    day = day_on(cast.delphine)
    assert [(one.case.client.preferred_name, one.worker) for one in day.carried] == [
        ("Bo-ra Seo", ""), ("Amal Farah", "Maren Achterberg"),
    ]  # fmt: skip
    assert (day.own, day.of_line) == (1, 1)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7])
def test_a_supervisor_meets_every_client_once_however_long_the_pages(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr("alongside.supervision.queries.day.CASES_A_PAGE", size)
    names = ["Amal", "Bora", "Cho", "Dina", "Edo"]
    for name in names:
        need_of(cast, cast.enroll(name))
    met: list[str] = []
    after: str | None = ""
    pages = 0
    client.force_login(cast.staff["delphine"].account)
    while after is not None:
        answer = client.get("/today/", {"after": after})
        day = answer.context["day"]
        met += [line.client for group in day.groups for line in group.lines]
        assert day.paged is (pages > 0)
        after, pages = (str(day.next_page) if day.next_page else None), pages + 1
    assert sorted(met) == names
    assert pages == -(-len(names) // size)


@pytest.mark.demand("C4")
def test_a_page_that_follows_someone_elses_case_begins_at_the_front(client: Client, cast: Cast) -> None:
    """The number of a case that is not hers tells her nothing, not even that it is there."""
    with acting(cast.maren):
        need_of(cast, cast.sama)
    client.force_login(cast.staff["tadesse"].account)
    plain, asked = client.get("/today/"), client.get("/today/", {"after": str(cast.sama.pk)})
    assert [group.name for group in asked.context["day"].groups] == [
        group.name for group in plain.context["day"].groups
    ]
    assert "Sama" not in asked.content.decode()


def test_under_one_heading_no_more_than_forty_lines_stand_and_the_rest_is_counted(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alongside.supervision.queries.day.MOST_LINES", 2)
    for name in ("Amal", "Bora", "Cho"):
        need_of(cast, cast.enroll(name))
    day = day_on(cast.maren)
    (group,) = day.groups
    assert (len(group.lines), group.more, day.things) == (2, 1, 3)


def test_the_last_day_overdue_and_the_first_in_time_are_told_apart() -> None:
    """A line that is due today is not late; one of yesterday is late by a day; one without a day never is."""
    for due, late in ((ahead(-1), 1), (ahead(0), 0), (ahead(1), 0), (None, 0)):
        assert Line(due, "Sign the note", "Sama", "Open note", "/").days_late == late


@dataclass
class Seen:
    """A case as the bar of days reads it."""

    last_seen_on: date | None = None
    enrolled_on: date | None = None
    opened_on: date = field(default_factory=lambda: ahead(-50))
    contact_every_days: int = 14


@pytest.mark.demand("M4")
@pytest.mark.parametrize(
    ("case", "days", "over", "tone"),
    [
        (Seen(ahead(-3), ahead(-40)), 3, False, "warn"),
        (Seen(ahead(-15), ahead(-40)), 15, True, "warn"),
        (Seen(ahead(-28), ahead(-40)), 28, True, "over"),
        (Seen(None, ahead(-15)), 15, True, "warn"),
        (Seen(None, None), 50, False, "over"),
    ],
)
def test_the_bar_of_days_counts_from_the_last_contact_or_else_from_the_enrollment(
    case: Seen, days: int, over: bool, tone: str
) -> None:
    one = Carried(case, "")  # type: ignore[arg-type]
    assert (one.days_unseen, one.is_over, one.tone) == (days, over, tone)
    assert str(days) in one.said


def test_the_page_names_no_address_with_a_name_in_it(client: Client, cast: Cast) -> None:
    need_of(cast, cast.sama)
    client.force_login(cast.staff["maren"].account)
    page = client.get(reverse("today")).content.decode()
    assert "Sama Othman" in page
    assert not [part for part in page.split('href="')[1:] if "Sama" in part.split('"')[0]]
