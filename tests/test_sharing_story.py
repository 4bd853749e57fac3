"""A case is shared with another agency: under an agreement and a release, by name, and no further (practice C1, C4)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from alongside.client_level.assessment.models import Finding, Sitting
from alongside.client_level.intervention.actions import NoteWords
from alongside.client_level.intervention.actions.notes import note_begin, note_sign
from alongside.confidentiality.actions import (
    agreement_accept,
    agreement_end,
    alias_give,
    case_share_end,
    release_end,
    release_take_back,
)
from alongside.confidentiality.models import CaseShare, Disclosure, ShareReader
from alongside.confidentiality.queries.disclosures import disclosures_of
from alongside.confidentiality.queries.sharing import shared_for
from alongside.confidentiality.queries.why import grounds, why_i_see, why_seen
from alongside.documentation.models import Addendum, Note, PlanVersion, Service
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import NotAllowed, RuleBroken
from alongside.foundations.ids import new_id
from alongside.foundations.models import Deed, StateChange
from alongside.people.models import Case, ContactPoint, Person, SignificantOther, Staff
from tests.access.worlds import filled
from tests.cast import Cast
from tests.releasing import ahead, now
from tests.sharing import LEAST, WHY, agreed, in_sight, offered, read, released, rows, shared

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C1", "C4")]


def written(cast: Cast, title: str = "A visit", *marks: str, ago: int = 0) -> Note:
    """A note that Maren signed so many days ago."""
    words = NoteWords(
        at=clock.now() - timedelta(days=ago, minutes=5), minutes=30, title=title, happened="We spoke at the library.", client_did="Came.",
        worker_did="Listened.", stands_alone=True, marks=marks,
    )  # fmt: skip
    note = note_begin(cast.maren, case=cast.sama, key=new_id(), words=words)
    return note_sign(cast.maren, note=note, words=words, edition=None)


def test_what_is_shared_is_read_by_whom_it_is_shared_with_and_by_nobody_beside_them(cast: Cast) -> None:
    written(cast)
    share = shared(cast)
    (seen,) = in_sight(cast)
    assert (seen.share, seen.agency, seen.name) == (share.pk, "Harbour Lane Community Services", "Sama Othman")
    assert seen.until == ahead(30)
    assert "Goes by" in read(cast, "identity") and "The rule for safe contact" in read(cast, "contact")
    assert read(cast, "notes") == ["A visit"]
    assert [in_sight(cast, who) for who in ("tadesse", "otto", "maren")] == [[], [], []]


def test_sealed_words_open_for_whom_they_are_shared_with(cast: Cast) -> None:
    note = written(cast)
    shared(cast)
    with acting(cast.noor):
        assert Note.objects.get(pk=note.pk).happened == "We spoke at the library."
    with acting(cast.tadesse):
        assert not Note.objects.filter(pk=note.pk).exists()


def test_a_part_that_the_release_does_not_cover_is_not_there(cast: Cast) -> None:
    written(cast)
    shared(cast, released(cast, ("needs",)))
    assert read(cast, "notes") == [] and rows(cast, Note, cast.sama) == 0
    with acting(cast.noor):
        assert not SignificantOther.objects.filter(person=cast.sama.client_id).exists()
        assert not Person.objects.filter(pk=cast.sama.client_id).exists()
        assert not Case.objects.filter(pk=cast.sama.pk).exists()
        assert not Deed.objects.filter(case_id=cast.sama.pk).exists()
        assert not CaseShare.objects.exists() and not ShareReader.objects.exists() and not Disclosure.objects.exists()
        assert not Staff.objects.filter(agency=cast.agency.pk).exists()


def test_only_ways_of_contact_that_are_safe_are_shared(cast: Cast) -> None:
    with acting(cast.maren):
        for safe in (True, False):
            ContactPoint(person_id=cast.sama.client_id, kind="phone", value=f"555 {safe}", safe=safe).save()
    shared(cast)
    with acting(cast.noor):
        assert [way.value for way in ContactPoint.objects.filter(person=cast.sama.client_id)] == ["555 True"]


def test_a_draft_is_not_yet_the_agencys_word(cast: Cast) -> None:
    note_begin(
        cast.maren,
        case=cast.sama,
        key=new_id(),
        words=NoteWords(at=clock.now(), minutes=5, title="Half", stands_alone=True),
    )
    with acting(cast.maren):
        Sitting(case=cast.sama, on=clock.today(), kind="first", by_id=cast.maren.staff).save()
    shared(cast, released(cast, ("notes", "assessment")))
    assert rows(cast, Note, cast.sama) == 0 and rows(cast, Sitting, cast.sama) == 0


def test_what_bears_a_mark_is_shared_only_where_the_release_names_the_mark(cast: Cast) -> None:
    written(cast, "Open")
    written(cast, "Marked", "hiv")
    agreement = agreed(cast)
    shared(cast, agreement=agreement)
    assert read(cast, "notes") == ["Open"] and rows(cast, Note, cast.sama) == 1
    shared(cast, released(cast, ("notes",), marks=("hiv",)), agreement=agreement)
    assert rows(cast, Note, cast.sama) == 2


def test_only_the_days_of_the_record_that_the_release_names_are_shared(cast: Cast) -> None:
    written(cast, "Before", ago=5)
    written(cast, "Within", ago=3)
    written(cast, "After")
    shared(cast, released(cast, record_from=ahead(-4), record_until=ahead(-2)))
    assert read(cast, "notes") == ["Within"] and rows(cast, Note, cast.sama) == 1


def test_two_releases_do_not_add_up_to_what_neither_of_them_covers(cast: Cast) -> None:
    """One covers marked notes of other days, the other these days without the mark."""
    written(cast, "Marked", "hiv")
    agreement = agreed(cast)
    shared(cast, released(cast, ("notes",), marks=("hiv",), record_until=ahead(-2)), agreement=agreement)
    shared(cast, released(cast, ("notes",)), agreement=agreement)
    assert rows(cast, Note, cast.sama) == 0


ENDS: dict[str, Any] = {
    "the release is taken back": lambda cast, share: release_take_back(
        cast.maren, release=now(cast, share.release), by="Sama", how="Aloud", edition=now(cast, share.release).edition
    ),
    "what ends the release has come": lambda cast, share: release_end(
        cast.maren, release=now(cast, share.release), on=clock.today(), edition=now(cast, share.release).edition
    ),
    "the share is ended": lambda cast, share: case_share_end(cast.maren, share=share, why="The home is found"),
    "we end the agreement": lambda cast, share: agreement_end(cast.otto, agreement=share.agreement, why="No longer"),
    "they end the agreement": lambda cast, share: agreement_end(cast.noor, agreement=share.agreement, why="No longer"),
}


@pytest.mark.parametrize("what", ENDS)
def test_it_closes_with_the_next_question_when(cast: Cast, what: str) -> None:
    note = written(cast)
    end_event = {"end_event": "She has a home"} if "come" in what else {}
    share = shared(cast, released(cast, **end_event))
    assert read(cast, "notes") == ["A visit"]
    ENDS[what](cast, share)
    assert in_sight(cast) == [] and read(cast, "notes") == []
    with acting(cast.noor):
        assert not Note.objects.filter(pk=note.pk).exists()
        assert not ContactPoint.objects.filter(person=cast.sama.client_id).exists()


def test_who_leaves_the_other_agency_reads_no_more(cast: Cast) -> None:
    written(cast)
    shared(cast)
    assert in_sight(cast)
    with acting(cast.noor):
        Staff.objects.filter(pk=cast.noor.staff).update(left_on=clock.today())
    assert in_sight(cast) == [] and read(cast, "notes") == []


def test_nothing_is_written_by_a_share_and_nothing_hangs_on_to_it(cast: Cast) -> None:
    note = written(cast)
    shared(cast)
    with acting(cast.noor):
        assert Note.objects.filter(pk=note.pk).update(minutes=7) == 0
    with acting(cast.noor), pytest.raises(Exception, match="row-level security"):
        Addendum(case=cast.sama, note=note, words="Mine", writer_id=cast.noor.staff, signed_at=clock.now()).save()
    with pytest.raises(NotAllowed):
        note_begin(cast.noor, case=cast.sama, key=new_id(), words=NoteWords(at=clock.now(), minutes=5))


def test_an_alias_is_what_another_agency_reads(cast: Cast) -> None:
    alias_give(cast.maren, case=cast.sama, alias="Blue Finch", reason="He looks for her")
    shared(cast)
    assert in_sight(cast)[0].name == "Blue Finch"
    with acting(cast.noor):
        with connection.cursor() as cursor:
            cursor.execute("SELECT shown, who FROM shared_with_me() shown, shared_client(shown.share_id) who")
            assert "Sama" not in str(cursor.fetchall())


def test_whoever_reads_a_shared_case_is_told_what_it_is_shared_for_and_nobody_else_is(cast: Cast) -> None:
    share = shared(cast)
    for who, told in ((cast.noor, WHY), (cast.maren, ""), (cast.otto, "")):
        with acting(who):
            assert shared_for(share.pk) == told, who.name
    with acting(cast.maren):
        case_share_end(cast.maren, share=share, why="The home is found")
    with acting(cast.noor):
        assert shared_for(share.pk) == ""


def test_each_share_stands_in_the_clients_accounting(cast: Cast) -> None:
    written(cast)
    share = shared(cast)
    with acting(cast.maren):
        (out,) = disclosures_of(cast.sama)
    assert (out.row.pk, out.row.recipient, out.row.how) == (share.disclosure_id, "Eastfield Family Center", "shared")
    assert set(out.row.categories) == {*LEAST, "notes"}
    assert {one["key"].split(":")[0] for one in out.row.left} == {"identity", "contact", "notes"}


def test_why_can_i_see_this_names_the_agency_that_shares(cast: Cast) -> None:
    shared(cast)
    with acting(cast.noor):
        (ground,) = grounds(cast.noor.staff, cast.sama.pk)
        assert (ground.kind, ground.through) == ("share", "Harbour Lane Community Services")
        assert "Harbour Lane Community Services shares it with you by name" in why_i_see(cast.noor, cast.sama)
        assert "shares it with them" in why_seen(cast.staff["noor"], cast.sama.pk)


def test_an_agreement_is_in_force_when_both_have_agreed_and_each_step_is_kept(cast: Cast) -> None:
    agreement = offered(cast)
    with pytest.raises(RuleBroken, match="not in force"):
        shared(cast, agreement=agreement)
    with pytest.raises(RuleBroken, match="other agency accepts"):
        agreement_accept(cast.otto, agreement=agreement)
    agreement = agreement_accept(cast.noor, agreement=agreement)
    assert shared(cast, agreement=agreement).ended_at is None
    agreement_end(cast.otto, agreement=agreement, why="The county pays no more")
    with acting(cast.noor):
        steps = StateChange.objects.filter(paper_id=agreement.pk).order_by("at").values_list("start", "end")
        assert list(steps) == [("offered", "in_force")]  # each agency keeps its own steps
    with pytest.raises(RuleBroken):
        agreement_accept(cast.noor, agreement=agreement)


def test_a_service_and_a_finding_are_asked_by_their_own_part(cast: Cast) -> None:
    with acting(cast.maren):
        Service(case=cast.sama, on=clock.today(), what="A ride", kind="transport", minutes=20, by_id=cast.maren.staff,
                mode="place", recorded_at=clock.now()).save()  # fmt: skip
    shared(cast, released(cast, ("services",)))
    assert read(cast, "services") == ["A ride"] and rows(cast, Finding, cast.sama) == 0


def test_a_finding_needs_one_release_for_its_mark_and_for_the_day_of_its_sitting(cast: Cast) -> None:
    with acting(cast.maren):
        sitting = Sitting(case=cast.sama, on=ahead(-3), by_id=cast.maren.staff)
        sitting.save()
        known: dict[Any, Any] = {Case: cast.sama, Sitting: sitting, Staff: cast.staff["maren"]}
        filled(Finding, known, case=cast.sama, program_id=cast.sama.program_id, marks=["hiv"]).save(force_insert=True)
        Sitting.objects.filter(pk=sitting.pk).update(state="complete", completed_at=clock.now())
    agreement, part = agreed(cast), ("assessment",)
    shared(cast, released(cast, part, marks=("hiv",), record_from=ahead(-1)), agreement=agreement)
    assert rows(cast, Sitting, cast.sama) == 0
    shared(cast, released(cast, part), agreement=agreement)
    assert rows(cast, Sitting, cast.sama) == 1 and rows(cast, Finding, cast.sama) == 0
    shared(cast, released(cast, part, marks=("hiv",), record_from=ahead(-4)), agreement=agreement)
    assert rows(cast, Finding, cast.sama) == 1


def test_a_plan_is_shared_once_it_is_given_to_sign(cast: Cast) -> None:
    with acting(cast.maren):
        plan = filled(
            PlanVersion, {Case: cast.sama, Staff: cast.staff["maren"]}, case=cast.sama, program_id=cast.sama.program_id
        )
        plan.save(force_insert=True)
    shared(cast, released(cast, ("plan",)))
    assert rows(cast, PlanVersion, cast.sama) == 0
    with acting(cast.maren):
        PlanVersion.objects.filter(pk=plan.pk).update(state="signing")
    assert rows(cast, PlanVersion, cast.sama) == 1
