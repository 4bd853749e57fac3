"""What was typed, seen or said stays: when a case closes meanwhile, when a form is sent twice, when a wish is said anew."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.client_level.engagement.actions import Told, case_enroll, wishes_record
from alongside.client_level.intervention.queries import wishes_of
from alongside.client_level.monitoring.actions import progress_record
from alongside.client_level.planning.actions import goal_remove
from alongside.documentation.catalogue.timeline_notes import _words
from alongside.documentation.models import Goal, Note, Progress
from alongside.documentation.queries.timeline import whole_record
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import RuleBroken
from alongside.foundations.ids import new_id
from alongside.foundations.models import Deed
from alongside.people.actions import set_up_actor, staff_change
from alongside.people.models import Case
from tests.cast import Cast
from tests.kept import looks_seen_by
from tests.planning import drafted

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


def enter(cast: Cast, name: str) -> Client:
    browser = Client()
    browser.force_login(cast.staff[name].account)
    return browser


def close_at_once(cast: Cast) -> None:
    """Somebody else closes Sama's case while its page is open."""
    with acting(cast.maren):
        Case.objects.filter(pk=cast.sama.pk).update(closed_on=clock.today())


@pytest.mark.demand("C8", "I6")
def test_the_last_wish_counts_where_a_note_is_written(cast: Cast) -> None:
    wishes_record(cast.maren, case=cast.sama, wishes="Her mother may know.", seen_alone="yes")
    wishes_record(cast.maren, case=cast.sama, wishes="Nobody may know.", seen_alone="yes")
    with acting(cast.maren):
        wish = wishes_of(cast.sama)
    assert wish is not None and wish.wishes == "Nobody may know."


@pytest.mark.demand("I3")
def test_a_draft_is_its_writers_alone_on_the_timeline_and_in_print(cast: Cast) -> None:
    with acting(cast.maren):
        note = Note(
            case=cast.sama, at=clock.now(), started_at=clock.now(), writer_id=cast.maren.staff, title="The lease",
            happened="Not thought through yet",
        )  # fmt: skip
        note.save()
    with acting(cast.delphine):
        shown = [one for one in whole_record(cast.sama) if one.row.kind == "note"]
        assert _words([note.pk]) == {}
    assert [(one.event.detail, list(one.words.told)) for one in shown] == [("", [])]


@pytest.mark.parametrize("name", ["note_new", "service_new", "referral_out_new"])
def test_what_was_typed_comes_back_when_the_case_was_closed_meanwhile(cast: Cast, name: str) -> None:
    browser, address = enter(cast, "maren"), reverse(name, args=[cast.sama.pk])
    close_at_once(cast)
    typed = {
        "once": str(new_id()), "at": "2026-01-05T10:00", "on": clock.today().isoformat(), "minutes": "20", "mode": "face",
        "kind": "linking", "what": "Rang the harbor office", "title": "Rang the harbor office", "ties": "alone",
        "organization": "Rang the harbor office", "service": "A berth", "shares": "Her name", "gives": ["identity"], "do": "keep",
    }  # fmt: skip
    answer = browser.post(address, typed)
    assert answer.status_code == 422
    assert "Rang the harbor office" in answer.content.decode()
    assert "This case is closed" in answer.content.decode()


@pytest.mark.demand("M5")
def test_a_goal_whose_progress_is_on_record_is_not_taken_out(cast: Cast) -> None:
    _version, goal, objective = drafted(cast)
    progress_record(cast.maren, objective=objective, on=clock.today(), standing="on_course")
    with acting(cast.maren):
        kept = Goal.objects.select_related("version__case").get(pk=goal.pk)
    with pytest.raises(RuleBroken, match="It stays"):
        goal_remove(cast.maren, goal=kept)
    with acting(cast.maren):
        assert Progress.objects.count() == 1


@pytest.mark.demand("M4")
def test_enrolling_does_not_move_back_the_day_the_client_was_last_seen(cast: Cast) -> None:
    case, today = cast.open_case(), clock.today()
    with acting(cast.maren):
        Case.objects.filter(pk=case.pk).update(last_seen_on=today)
        case.refresh_from_db()
    told = Told(on=today - timedelta(days=2), language="Arabic", interpreter="Hala K.")
    enrolled = case_enroll(cast.maren, case=case, told=told, seen_alone="yes", present=["client"])
    assert (enrolled.last_seen_on, enrolled.enrolled_on) == (today, told.on)


@pytest.mark.demand("C5")
def test_printing_the_assessment_is_kept_as_a_print(cast: Cast) -> None:
    assert enter(cast, "maren").get(reverse("assessment_pdf", args=[cast.sama.pk])).status_code == 200
    printed = [look[:2] for look in looks_seen_by(cast.maren)]
    assert ("printed", "assessment_pdf") in printed


@pytest.mark.demand("C5")
def test_a_new_supervisor_is_in_the_deed_since_it_opens_records(cast: Cast) -> None:
    tadesse = cast.staff["tadesse"]
    staff_change(
        cast.otto, staff=tadesse, name=tadesse.name, title="", roles=tadesse.roles, languages=[], supervisor=None,
        trainee=False, left_on=None,
    )  # fmt: skip
    with acting(set_up_actor(cast.agency.pk)):
        changes = Deed.objects.filter(verb="staff_change").latest("at").changes
    assert changes == {"supervisor": ["Delphine Arceneaux", "None"]}
