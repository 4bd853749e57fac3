"""Today of those who answer for others: worker by worker, the most urgent first; and what stands on it stands there once."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from alongside.client_level.termination.models import Closure, FollowUp
from alongside.confidentiality.actions import conflict_declare
from alongside.confidentiality.models import Policy, PolicyVersion, UrgentOpening
from alongside.documentation.models import ReferralOut
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.people.actions import program_staff_add, set_up_actor
from alongside.people.models import Case, Staff
from alongside.supervision.queries.day import Day, day_of
from tests.cast import Cast
from tests.test_today_pages import add_need, add_note, add_plan, add_referral_out, fill, seen_days_ago
from tests.visits import read, set_close, signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


def ahead(days: int) -> date:
    """A day from today on."""
    return clock.today() + timedelta(days=days)


def the_day(cast: Cast, who: str = "delphine") -> Day:
    """Somebody's day."""
    with acting(getattr(cast, who)) as actor:
        return day_of(actor)


def late_review(case: Case, days: int) -> None:
    """A plan in effect whose review is so many days late."""
    add_plan(case, state="in_effect", in_effect_on=ahead(-days - 9), review_on=ahead(-days), reassess_on=ahead(90))


@pytest.fixture
def two(cast: Cast) -> Cast:
    """Maren has one thing overdue by four days and one break, Tadesse two things, one overdue by forty."""
    sama, lena = cast.sama, cast.enroll("Lena Vogt", primary="tadesse")
    with acting(cast.maren):
        add_need(sama)
        late_review(sama, 4)
    with acting(cast.tadesse):
        late_review(lena, 40)
        add_referral_out(lena, cast.staff["tadesse"], sent=9, chase=0)
    return cast


@pytest.mark.demand("M7", "M4")
def test_what_waits_on_others_stands_worker_by_worker_the_most_urgent_first(client: Client, two: Cast) -> None:
    day = the_day(two)
    assert [share.worker for share in day.shares] == ["Tadesse Worku", "Maren Achterberg"]
    tadesse, maren = day.shares
    assert [group.counted for group in tadesse.groups] == ["1 overdue", "1 today"]
    assert [group.counted for group in maren.groups] == ["1 overdue", "1 break"]
    assert (tadesse.first.what, tadesse.first.days_late, tadesse.count) == ("Review plan version 1", 40, 2)
    assert day.own_groups == []
    page = read(signed_in(two, "delphine"), "today")
    assert page.index("Tadesse Worku") < page.index("Maren Achterberg")
    assert "2 things are overdue with those you supervise." in page
    folds = re.findall(r"<details class=\"fold\">.*?</details>", page, re.DOTALL)
    assert ["Sama Othman" in fold for fold in folds] == [False, True], "each line stands in the fold of who carries it"
    assert all("<summary>" in fold for fold in folds), "and opens without script"


@pytest.mark.demand("M7")
def test_what_only_the_supervisor_can_do_is_her_own_and_what_a_worker_does_is_the_workers(two: Cast) -> None:
    maren = two.staff["maren"]
    with acting(two.maren):
        add_note(two.sama, maren, 3, state="cosign", stands_alone=True)
        closure = Closure(case=two.sama, state="closed", reason="attained", ends_on=clock.today(), by=maren)
        closure.save()
        FollowUp(case=two.sama, closure=closure, due_on=ahead(2)).save()
    day = the_day(two)
    assert [line.what for group in day.own_groups for line in group.lines] == [
        "Read and co-sign Maren Achterberg’s note"
    ]
    of_maren = next(share for share in day.shares if share.worker == "Maren Achterberg")
    assert "Follow-up after closing" in [line.what for group in of_maren.groups for line in group.lines]
    assert the_day(two, "maren").shares == [], "who supervises nobody has no such part"


def test_what_is_about_no_case_of_the_page_stands_on_the_first_page_alone(
    two: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alongside.supervision.queries.day.CASES_A_PAGE", 1)
    with acting(two.maren):
        add_note(two.sama, two.staff["maren"], 3, state="cosign", stands_alone=True)
    with acting(two.delphine) as delphine:
        first = day_of(delphine)
        second = day_of(delphine, first.next_page)
    assert [len(day.own_groups) for day in (first, second)] == [1, 0]
    assert {share.worker for day in (first, second) for share in day.shares} == {"Maren Achterberg", "Tadesse Worku"}


@pytest.mark.demand("E2", "M7")
def test_a_referral_at_the_door_stands_once_on_today_and_in_the_words_of_the_list_of_referrals(cast: Cast) -> None:
    soon, later = cast.refer("Agnieszka Wrona"), cast.refer("Yusuf Demir")
    with acting(cast.ines):
        type(later).objects.filter(pk=later.pk).update(answer_by=ahead(20))
    browser = signed_in(cast, "ines")
    today, listed = set_close(read(browser, "today")), set_close(read(browser, "referrals_in"))
    assert today.count(">Agnieszka Wrona<") == today.count("Yusuf Demir<") == 1
    beside = today.partition("New referrals to answer")[2]
    assert "Yusuf Demir" in beside and "Agnieszka Wrona" not in beside
    for page in (today, listed):
        assert "Answer the referral from St Brigid’s ward 4" in page
        assert f'href="{reverse("referral_screen", args=[soon.pk])}">Screen<' in page
    with acting(cast.ines):
        type(later).objects.filter(pk=later.pk).update(answer_by=ahead(2))
    beside = read(browser, "today").partition("New referrals to answer")[2]
    assert "Those that are due stand among what waits on you." in beside


@pytest.mark.demand("I4", "M7")
def test_to_chase_it_leads_from_everywhere_to_the_form_that_says_so(cast: Cast) -> None:
    with acting(cast.maren):
        row = add_referral_out(cast.sama, cast.staff["maren"], sent=22, chase=-2)
    browser = signed_in(cast, "maren")
    place = reverse("referral_out", args=[cast.sama.pk, row.pk])
    said = "Riverside Adult School has not answered for 22 days"
    for name, keys in (("today", []), ("services", [cast.sama.pk])):
        page = read(browser, name, *keys)
        assert said in page and re.search(rf'href="{place}#chase">\s*Ask again\s*<', page), name
    assert f'href="{place}#chase"' in read(browser, "case", cast.sama.pk), "and in the Thread"
    page = words_of(browser.get(place))
    form = page.partition('id="chase"')[2].partition("</form>")[0]
    assert "No answer yet? Ask again" in form and "I asked again today" in form
    with acting(cast.maren):
        ReferralOut.objects.filter(pk=row.pk).update(chase_on=clock.today())
    assert re.search(rf'href="{place}#chase">\s*Ask again\s*<', read(browser, "today")), "before it is late too"


@pytest.mark.demand("M4")
def test_the_bars_of_days_unseen_are_drawn_on_one_scale_with_the_figures_beside(cast: Cast) -> None:
    for name, days in (("Amal Farah", 100), ("Bo-ra Seo", 50), ("Cho Min", 25)):
        case = cast.enroll(name)
        with acting(cast.maren):
            seen_days_ago(case, days)
    page = set_close(read(signed_in(cast, "maren"), "today")).partition("Longer unseen than agreed")[2]
    bars = re.findall(
        r'<rect class="(?:over|warn)" width="([\d.]+)%".*?<line class="mark" x1="([\d.]+)%"', page, re.DOTALL
    )
    assert [float(width) for width, _mark in bars] == [90.9, 45.5, 22.7], "half as long is half as many days"
    assert {mark for _width, mark in bars} == {"12.7"}, "what was agreed stands at one place"
    assert all(f">{days} days<" in page for days in (100, 50, 25))


def everything_seldom(cast: Cast, case: Case) -> None:
    """One of each kind that waits on few people on few days, for Delphine."""
    agency, maren, delphine = cast.agency, cast.staff["maren"], cast.staff["delphine"]
    lost = cast.enroll("Cho Min", primary="tadesse")
    program_staff_add(set_up_actor(agency.pk), program=cast.program, staff=delphine, role="supervisor")
    cast.refer("Yusuf Demir")
    with acting(cast.otto):
        policy = Policy(agency=agency, title="Confidentiality")
        policy.save(force_insert=True)
        PolicyVersion(
            agency=agency, policy=policy, number=1, state="in_force", in_force_on=clock.today(), review_on=ahead(300),
            written_by=cast.staff["otto"],
        ).save(force_insert=True)  # fmt: skip
        Staff.objects.filter(pk=cast.staff["tadesse"].pk).update(left_on=clock.today())
    with acting(cast.maren):
        add_note(case, maren, 3, state="cosign", stands_alone=True)
        closure = Closure(case=case, state="closed", reason="attained", ends_on=clock.today(), by=maren)
        closure.save()
        FollowUp(case=case, closure=closure, due_on=ahead(2)).save()
    with acting(cast.ines) as ines:
        opened: dict[str, Any] = {"began_at": clock.now(), "ends_at": clock.now() + timedelta(hours=4)}
        UrgentOpening(case=lost, program_id=lost.program_id, staff_id=ines.staff, reason="She rang.", **opened).save(
            force_insert=True
        )
    conflict_declare(cast.delphine, case=lost, staff=cast.staff["tadesse"], reason="They are cousins.")


@pytest.mark.demand("M7")
def test_a_supervisors_day_is_asked_for_in_few_questions_however_much_there_is_of_every_kind(
    client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    fill(cast, range(4))
    client.force_login(cast.staff["delphine"].account)
    with django_assert_max_num_queries(16):
        client.get("/today/")
    with acting(cast.maren):
        case = Case.objects.filter(closed_on=None).order_by("pk")[0]
    everything_seldom(cast, case)
    with django_assert_max_num_queries(18):
        page = client.get("/today/").content.decode()
    for said in (
        "Read and co-sign", "Follow-up after closing", "Read a policy of the agency", "has left", "kept apart", "opened a case urgently",
        "Answer the referral from", "Look again at need 2",
    ):  # fmt: skip
        assert said in page, said
