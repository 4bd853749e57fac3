"""The pages of ending, as Maren meets them, and as strangers do not."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from alongside.client_level.termination.actions import case_close, case_reopen, closure_keep, follow_up_record
from alongside.client_level.termination.models import Closure, FollowUp, Reason
from alongside.client_level.termination.queries import current_closure, follow_ups_of
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.ids import new_id
from alongside.people.models import Assignment, Case
from tests.cast import Cast
from tests.test_monitoring_pages import main_buttons
from tests.test_termination_story import FOUND, WHOLE, ahead, closed, open_everything, prepare, ready

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


@pytest.fixture
def maren(cast: Cast, client: Client) -> Client:
    """Maren, signed in."""
    client.force_login(cast.staff["maren"].account)
    return client


def at(name: str, cast: Cast, *more: Any) -> str:
    """The address of a page of Sama's case."""
    return reverse(name, args=[cast.sama.pk, *more])


def begun(**more: Any) -> dict[str, Any]:
    """What Maren sends to begin an ending."""
    day = clock.today()
    return {
        "once": str(new_id()), "reason": "attained", "ends_on": day.isoformat(),
        "told_on": (day - timedelta(days=1)).isoformat(), "told_how": "at her home, with Hala",
    } | more  # fmt: skip


def written(edition: int, **more: Any) -> dict[str, Any]:
    """What Maren sends with the whole closing record."""
    return begun(edition=str(edition), **WHOLE) | more


def closure_of(cast: Cast) -> Closure | None:
    """The ending of Sama's case as it stands."""
    with acting(cast.maren):
        return current_closure(cast.sama)


def is_open(cast: Cast) -> bool:
    """Whether Sama's case is open."""
    with acting(cast.maren):
        return Case.objects.get(pk=cast.sama.pk).is_open


def follow_up_of(cast: Cast) -> FollowUp:
    """The first follow-up of Sama's case."""
    with acting(cast.maren):
        return follow_ups_of(cast.sama)[0]


@pytest.mark.demand("T2", "T3")
def test_an_ending_is_begun_written_and_closed_page_by_page(cast: Cast, maren: Client) -> None:
    text = maren.get(at("ending", cast)).content.decode()
    assert "no ending is being prepared" in text and "Begin the ending" in text
    assert maren.post(at("ending", cast), begun()).headers["Location"] == at("ending", cast)
    text = maren.get(at("ending", cast)).content.decode()
    assert (
        "3 things are missing" in text
        and 'href="#id_exit_interview"' in text
        and "Write the plan for the next stage." in text
    )
    assert maren.post(at("ending", cast), written(1)).status_code == 302
    text = maren.get(at("ending", cast)).content.decode()
    assert "Nothing is missing. It can be closed." in text and at("case_close", cast) in text
    assert maren.post(at("case_close", cast), {"once": str(new_id())}).headers["Location"] == at("ending", cast)
    text = maren.get(at("ending", cast)).content.decode()
    assert "Goals attained" in text and "A follow-up is due" in text
    assert all(escape(words) in text for words in WHOLE.values())
    assert not is_open(cast)


@pytest.mark.parametrize("stage", ["begin", "prepare", "close"])
def test_each_page_has_one_main_button(cast: Cast, maren: Client, stage: str) -> None:
    if stage != "begin":
        ready(cast.maren, cast.sama)
    text = maren.get(at("case_close" if stage == "close" else "ending", cast)).content.decode()
    assert main_buttons(text) == 1


def test_a_mistake_brings_the_ending_back_with_every_word(cast: Cast, maren: Client) -> None:
    prepare(cast.maren, cast.sama)
    answer = maren.post(at("ending", cast), written(1, told_on=ahead(1).isoformat()))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "between the opening of the case and today" in text
    assert escape(WHOLE["next_stage"]) in text and escape(WHOLE["client_words"]) in text


@pytest.mark.parametrize(
    "wrong", [{"reason": "tired"}, {"ends_on": "someday"}, {"told_how": "x" * 161}, {"reason": ""}]
)
def test_what_no_form_would_send_begins_nothing(cast: Cast, maren: Client, wrong: dict[str, str]) -> None:
    assert maren.post(at("ending", cast), begun(**wrong)).status_code == 422
    assert closure_of(cast) is None


def test_an_ending_sent_twice_is_begun_once(cast: Cast, maren: Client) -> None:
    sent = begun()
    assert [maren.post(at("ending", cast), sent).status_code for _ in range(2)] == [302, 302]
    with acting(cast.maren):
        assert Closure.objects.filter(case=cast.sama).count() == 1


def test_who_saved_second_sees_both_versions_and_loses_none(cast: Cast, maren: Client) -> None:
    closure = prepare(cast.maren, cast.sama)
    closure_keep(cast.delphine, closure=closure, edition=1, values={"next_stage": "With her cousin."})
    answer = maren.post(at("ending", cast), written(1))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Delphine Arceneaux changed this while you were writing" in text
    assert "With her cousin." in text and escape(WHOLE["next_stage"]) in text
    assert 'name="edition" value="2"' in text
    assert maren.post(at("ending", cast), written(2)).status_code == 302


def test_words_that_look_like_script_are_words(cast: Cast, maren: Client) -> None:
    script = "<script>alert('1')</script>" + "ü" * 20_000
    prepare(cast.maren, cast.sama)
    assert maren.post(at("ending", cast), written(1, next_stage=script)).status_code == 302
    text = maren.get(at("ending", cast)).content.decode()
    assert escape(script) in text and "<script>alert" not in text
    case_close(cast.maren, case=cast.sama)
    assert "<script>alert" not in maren.get(at("ending", cast)).content.decode()


@pytest.mark.demand("T8")
def test_before_closing_the_page_lists_exactly_what_will_be_settled(cast: Cast, maren: Client) -> None:
    open_everything(cast)
    ready(cast.maren, cast.sama)
    text = maren.get(at("case_close", cast)).content.decode()
    for said in (
        "The referral to Northgate for Housing (sent) is closed.",
        "The referral to Clinic for Sleep group (service began) is closed.",
        "Need 1, A home of her own: nobody is asked to look again",
        "Version 2 of the plan (draft) is withdrawn.",
        "Version 3 of the plan (waiting for signatures) is withdrawn.",
        "Tadesse Worku (on the team) keeps the case until the end of today.",
        "Delphine Arceneaux (covering) does not begin on",
        "Maren Achterberg (draft) stays, marked as unsigned.",
        "The referral to School for English was never sent and is withdrawn.",
        "The referral to Food bank for Parcel was never sent and stays a draft.",
        "A follow-up is planned 90 days after the last day.",
        "Maren Achterberg can still open the case.",
    ):
        assert said in text, said
    assert "Library" not in text
    assert maren.post(at("case_close", cast), {"once": str(new_id())}).status_code == 302
    assert not is_open(cast)


@pytest.mark.parametrize("name", ["ending", "case_close", "review_new"])
def test_no_page_of_an_ending_or_a_review_asks_the_database_too_often(cast: Cast, maren: Client, name: str) -> None:
    open_everything(cast)
    ready(cast.maren, cast.sama)
    maren.get(at(name, cast))
    with CaptureQueriesContext(connection) as asked:
        assert maren.get(at(name, cast)).status_code == 200
    house = ("SAVEPOINT", "RELEASE", "set_config", "django_session", "people_account", "staff_of")
    questions = [one["sql"] for one in asked.captured_queries if not any(word in one["sql"] for word in house)]
    assert len(questions) <= 16, len(questions)


def test_where_nothing_is_open_the_page_says_so(cast: Cast, maren: Client) -> None:
    with acting(cast.maren):
        Assignment.objects.filter(case=cast.sama).exclude(role="primary").delete()
    ready(cast.maren, cast.sama)
    assert "Nothing is open on this case." in maren.get(at("case_close", cast)).content.decode()


@pytest.mark.demand("T2")
def test_closing_is_not_offered_while_something_is_missing(cast: Cast, maren: Client) -> None:
    prepare(cast.maren, cast.sama)
    text = maren.get(at("case_close", cast)).content.decode()
    assert "Not everything is written yet." in text and main_buttons(text) == 0
    answer = maren.post(at("case_close", cast), {"once": str(new_id())})
    assert answer.status_code == 422 and "Write down the exit interview" in answer.content.decode()
    assert is_open(cast)


def test_closing_waits_for_the_last_day(cast: Cast, maren: Client) -> None:
    ready(cast.maren, cast.sama, ends_on=ahead(20))
    assert "the last day is still ahead" in maren.get(at("ending", cast)).content.decode()
    text = maren.get(at("case_close", cast)).content.decode()
    assert "The last day is still ahead." in text and main_buttons(text) == 0
    assert maren.post(at("case_close", cast), {"once": str(new_id())}).status_code == 422


def test_closing_sent_twice_closes_once(cast: Cast, maren: Client) -> None:
    ready(cast.maren, cast.sama)
    sent = {"once": str(new_id())}
    assert [maren.post(at("case_close", cast), sent).status_code for _ in range(2)] == [302, 302]
    with acting(cast.maren):
        assert FollowUp.objects.filter(case=cast.sama).count() == 1


def test_pages_that_need_an_ending_are_not_there_without_one(cast: Cast, maren: Client) -> None:
    for name in ("case_close", "case_reopen"):
        assert maren.get(at(name, cast)).status_code == 404
    assert maren.get(at("follow_up", cast, new_id())).status_code == 404


@pytest.mark.demand("T7")
def test_a_closed_case_is_reopened_and_shows_the_ending_it_had(cast: Cast, maren: Client) -> None:
    closed(cast.maren, cast.sama)
    assert at("case_reopen", cast) in maren.get(at("ending", cast)).content.decode()
    assert "What closing settled stays settled" in maren.get(at("case_reopen", cast)).content.decode()
    answer = maren.post(at("case_reopen", cast), {"once": str(new_id()), "reason": "The house was sold."})
    assert answer.headers["Location"] == at("case", cast)
    assert is_open(cast)
    text = maren.get(at("ending", cast)).content.decode()
    assert "reopened" in text and "The house was sold." in text and escape(WHOLE["exit_interview"]) in text
    assert "Not needed: the case was reopened." in text and "Begin the ending" in text


@pytest.mark.demand("T6", "T7")
def test_a_follow_up_of_an_ending_that_was_undone_is_not_asked_for_when_the_case_ends_again(
    cast: Cast, maren: Client
) -> None:
    closed(cast.maren, cast.sama)
    undone = follow_up_of(cast)
    case_reopen(cast.maren, case=cast.sama, reason="She moved back.")
    closed(cast.maren, cast.sama)
    text = maren.get(at("ending", cast)).content.decode()
    assert at("follow_up", cast, undone.pk) not in text
    assert text.count("Write it down") == 1
    assert "Not needed: the case was reopened." in text


def test_reopening_without_a_reason_keeps_the_case_closed(cast: Cast, maren: Client) -> None:
    closed(cast.maren, cast.sama)
    assert maren.post(at("case_reopen", cast), {"once": str(new_id()), "reason": " "}).status_code == 422
    assert not is_open(cast)


def test_an_open_case_is_not_reopened(cast: Cast, maren: Client) -> None:
    closed(cast.maren, cast.sama)
    case_reopen(cast.maren, case=cast.sama, reason="She moved back.")
    assert "This case is open." in maren.get(at("case_reopen", cast)).content.decode()
    sent = {"once": str(new_id()), "reason": "again"}
    assert maren.post(at("case_reopen", cast), sent).status_code == 422


@pytest.mark.demand("T6")
def test_a_follow_up_is_written_on_the_closed_case_and_shown_with_its_findings(cast: Cast, maren: Client) -> None:
    closed(cast.maren, cast.sama)
    address = at("follow_up", cast, follow_up_of(cast).pk)
    assert address in maren.get(at("ending", cast)).content.decode()
    assert "Save the follow-up" in maren.get(address).content.decode()
    sent = FOUND | {"once": str(new_id()), "done_on": ahead(0).isoformat(), "again_on": ahead(30).isoformat()}
    assert [maren.post(address, sent).status_code for _ in range(2)] == [302, 302]
    text = " ".join(maren.get(at("ending", cast)).content.decode().split())
    assert "Reached: stable, partly" in text and "Same flat, two rooms" in text and "Misses class." in text
    with acting(cast.maren):
        assert len(follow_ups_of(cast.sama)) == 2
    assert "On record since" in maren.get(address).content.decode()


@pytest.mark.demand("T6")
def test_a_follow_up_with_a_finding_left_out_comes_back_with_its_words(cast: Cast, maren: Client) -> None:
    closed(cast.maren, cast.sama)
    sent = FOUND | {"once": str(new_id()), "done_on": ahead(0).isoformat(), "stable": ""}
    answer = maren.post(at("follow_up", cast, follow_up_of(cast).pk), sent)
    assert answer.status_code == 422
    assert (
        "Say whether that is stable." in answer.content.decode() and "Same flat, two rooms" in answer.content.decode()
    )


def test_a_follow_up_of_another_case_is_not_found_here(cast: Cast, maren: Client) -> None:
    closed(cast.maren, cast.sama)
    other = cast.enroll("Lola Marin")
    assert maren.get(reverse("follow_up", args=[other.pk, follow_up_of(cast).pk])).status_code == 404


@pytest.mark.demand("T6")
def test_nothing_is_planned_after_a_death_and_the_page_is_gentle_about_it(cast: Cast, maren: Client) -> None:
    ready(cast.maren, cast.sama, reason=Reason.DIED, told_on=None, told_how="Her sister was told", exit_interview="")
    assert "No follow-up is planned." in maren.get(at("case_close", cast)).content.decode()
    case_close(cast.maren, case=cast.sama)
    assert "No follow-up is waiting." in maren.get(at("ending", cast)).content.decode()


@pytest.mark.demand("C4")
@pytest.mark.parametrize("who", ["tadesse", "noor"])
def test_strangers_find_nothing(cast: Cast, client: Client, who: str) -> None:
    closed(cast.maren, cast.sama)
    client.force_login(cast.staff[who].account)
    for address in (
        *(at(name, cast) for name in ("ending", "case_close", "case_reopen")),
        at("follow_up", cast, follow_up_of(cast).pk),
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, begun()).status_code == 404


@pytest.mark.demand("C4")
def test_the_administrator_does_no_case_work(cast: Cast, client: Client) -> None:
    prepare(cast.maren, cast.sama)
    client.force_login(cast.staff["otto"].account)
    assert client.get(at("ending", cast)).status_code in (403, 404)
    assert client.post(at("ending", cast), begun()).status_code in (403, 404)


@pytest.mark.parametrize("who", ["tadesse", "quinn"])
def test_a_reader_of_a_lent_file_reads_the_ending_and_changes_nothing(cast: Cast, client: Client, who: str) -> None:
    prepare(cast.maren, cast.sama)
    with acting(cast.maren):
        Assignment(
            case=cast.sama,
            staff=cast.staff[who],
            role="review",
            reason="Review",
            until="2099-01-01",
            since=clock.today(),
        ).save()
    client.force_login(cast.staff[who].account)
    text = client.get(at("ending", cast)).content.decode()
    assert "An ending is being prepared" in text and "The closing record" in text and main_buttons(text) == 0
    assert client.post(at("ending", cast), written(1)).status_code == 403
    for name in ("case_close", "case_reopen"):
        assert client.get(at(name, cast)).status_code == 403


def test_the_supervisor_sees_a_closed_case_and_its_findings(cast: Cast, client: Client) -> None:
    closed(cast.maren, cast.sama)
    follow_up_record(cast.maren, follow_up=follow_up_of(cast), done_on=ahead(0), **FOUND)
    client.force_login(cast.staff["delphine"].account)
    assert "Same flat, two rooms" in client.get(at("ending", cast)).content.decode()
