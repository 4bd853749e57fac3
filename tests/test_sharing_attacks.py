"""Attempts to share, or to read, what nobody gave leave to: each is refused by the database itself (practice C1, C4)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connections, transaction
from django.test import Client

from alongside.confidentiality.actions import agreement_accept, case_share_end
from alongside.confidentiality.models import Agreement, CaseShare, Disclosure, Release, ShareReader
from alongside.confidentiality.queries.sharing import shared_in, staff_to_share_with
from alongside.documentation.models import Note
from alongside.foundations import clock, looks
from alongside.foundations.actor import Actor, acting
from alongside.foundations.errors import NotAllowed, RuleBroken
from alongside.foundations.ids import new_id
from alongside.foundations.models import Look
from alongside.people.actions import agency_found, set_up_actor, staff_add
from alongside.people.models import Staff
from tests.access import database
from tests.cast import PASSWORD, Cast, actor_for, gather
from tests.releasing import ahead, made, sent, signed
from tests.sharing import EASTFIELD, LEAST, agreed, in_sight, released, shared
from tests.test_sharing_story import written
from tests.visits import signed_in

pytestmark = [pytest.mark.django_db(databases=["default", "looks", "owner"]), pytest.mark.demand("C1", "C4")]


def third(cast: Cast, agency: str = "Westgate House") -> Staff:
    """A case manager of an agency with which nobody has agreed on anything."""
    home = agency_found(name=agency, demonstration=True)
    email = f"theo@{agency.split()[0].lower()}.example"
    return staff_add(
        set_up_actor(home.pk), name="Theo Vance", email=email, password=PASSWORD, roles=["case_manager", "agency_administrator"]
    )  # fmt: skip


def written_by_hand(cast: Cast, release: Release, **more: Any) -> CaseShare:
    """A share written without its verb, as faulty code would."""
    told: dict[str, Any] = {
        "case": cast.sama, "agreement": more.pop("agreement", None) or agreed(cast), "release": release, "since": clock.today(),
        "until": ahead(5), "shared_by_id": cast.maren.staff,
    }  # fmt: skip
    with acting(cast.maren):
        told["disclosure"] = more.pop("disclosure", None) or _told(cast, release)
        row = CaseShare(**told | more)
        row.save(force_insert=True)
    return row


def _told(cast: Cast, release: Release, recipient: str = EASTFIELD) -> Disclosure:
    row = Disclosure(
        case=cast.sama, rests_on="release", release=release, recipient=recipient, purpose="x", relevant="x", how="shared",
        at=clock.now(), by_id=cast.maren.staff,
    )  # fmt: skip
    row.save(force_insert=True)
    return row


@contextmanager
def refused() -> Iterator[None]:
    """The database says no, whatever code asked."""
    with pytest.raises(DatabaseError), transaction.atomic():
        yield


def test_by_hand_a_share_that_stands_is_taken(cast: Cast) -> None:
    """Else the refusals below would prove nothing."""
    assert written_by_hand(cast, released(cast)).ended_at is None


FALSE: dict[str, Callable[[Cast], dict[str, Any]]] = {
    "a release that is not signed": lambda cast: {
        "release": made(cast, recipients=(EASTFIELD,), categories=(*LEAST, "notes"))
    },
    "a release for somebody else": lambda cast: {"release": signed(cast, categories=LEAST)},
    "a release without a way to reach her": lambda cast: {"release": signed(cast, recipients=(EASTFIELD,))},
    "a day after the release": lambda cast: {"release": released(cast), "until": ahead(62)},
    "an agreement that is only offered": lambda cast: {"release": released(cast), "agreement": offered_only(cast)},
    "a disclosure of something else": lambda cast: {"release": released(cast), "disclosure": sent(cast, signed(cast))},
    "another worker’s name": lambda cast: {"release": released(cast), "shared_by_id": cast.tadesse.staff},
}


def offered_only(cast: Cast) -> Agreement:
    """Otto offers, nobody accepts."""
    with acting(cast.otto):
        row = Agreement(
            agency=cast.agency, other=cast.elsewhere, purpose="x", since=clock.today(), offered_by_id=cast.otto.staff
        )
        row.save(force_insert=True)
    return row


@pytest.mark.parametrize("what", FALSE)
def test_no_share_is_written_on(cast: Cast, what: str) -> None:
    told = FALSE[what](cast)
    if what == "a release that is not signed":
        with acting(cast.maren):
            told["disclosure"] = sent(cast, signed(cast))
    with refused():
        written_by_hand(cast, **told)


@pytest.mark.parametrize("change", [{"how": "packet"}, {"recipient": "Westgate House"}])
def test_no_share_stands_in_the_accounting_as_something_else(cast: Cast, change: dict[str, str]) -> None:
    release = released(cast)
    with acting(cast.maren):
        row = _told(cast, release)
        row.pk, row._state.adding = new_id(), True
        for name, value in change.items():
            setattr(row, name, value)
        row.save(force_insert=True)
    with refused():
        written_by_hand(cast, release, disclosure=row)


@pytest.mark.attack("release of another")
def test_no_share_rests_on_the_release_of_another_client(cast: Cast) -> None:
    other = cast.enroll("Lina Marsh")
    theirs = signed(cast, other, recipients=(EASTFIELD,), categories=LEAST)
    with pytest.raises(RuleBroken, match="another case"):
        shared(cast, theirs)
    with refused():
        written_by_hand(cast, theirs, disclosure=sent(cast, signed(cast)))


def test_no_share_moves_to_another_case_release_or_day_and_an_ended_one_stays_ended(cast: Cast) -> None:
    share, other = shared(cast), cast.enroll("Lina Marsh")
    for change in (
        {"case": other, "program_id": other.program_id},
        {"until": ahead(400)},
        {"shared_by": cast.staff["tadesse"]},
    ):
        with acting(cast.maren), refused():
            CaseShare.objects.filter(pk=share.pk).update(**change)
    case_share_end(cast.maren, share=share, why="Done")
    with acting(cast.maren), refused():
        CaseShare.objects.filter(pk=share.pk).update(ended_at=None, ended_by=None)
    with pytest.raises(RuleBroken):
        case_share_end(cast.maren, share=share, why="Once more")


def test_nobody_of_a_third_agency_is_let_in_or_sees_anything(cast: Cast) -> None:
    theo = third(cast)
    agreement = agreed(cast)
    with pytest.raises(RuleBroken, match="other agency"):
        shared(cast, agreement=agreement, staff=[theo.pk])
    share = shared(cast, agreement=agreement)
    with acting(cast.maren), refused():
        ShareReader(case=cast.sama, share=share, staff=theo).save(force_insert=True)
    with acting(cast.maren), refused():
        ShareReader(case=cast.sama, share=share, staff=cast.staff["tadesse"]).save(force_insert=True)
    with acting(actor_for(theo)):
        assert shared_in() == [] and not Agreement.objects.exists()
        assert staff_to_share_with(agreement.pk) == []
    with pytest.raises(NotAllowed):
        agreement_accept(actor_for(theo), agreement=agreement)


def test_whoever_reads_lets_nobody_in_further(cast: Cast) -> None:
    theo, share = third(cast), shared(cast)
    with acting(cast.noor), refused():
        ShareReader(case_id=cast.sama.pk, program_id=cast.sama.program_id, share=share, staff=theo).save_base(
            force_insert=True
        )
    assert in_sight(cast) and not sees(actor_for(theo))


def sees(actor: Actor) -> bool:
    """Whether anything is shared with somebody."""
    with acting(actor):
        return bool(shared_in())


def test_an_agreement_is_accepted_by_the_other_side_only_whatever_code_tries(cast: Cast) -> None:
    row = offered_only(cast)
    with acting(cast.otto), refused():
        Agreement.objects.filter(pk=row.pk).update(state="in_force", accepted_by_id=cast.otto.staff)
    with acting(cast.maren):
        assert Agreement.objects.filter(pk=row.pk).update(state="in_force") == 0
    with acting(cast.otto), refused():
        Agreement(agency=cast.agency, other=cast.elsewhere, purpose="x", since=clock.today(), offered_by_id=cast.otto.staff,
                  accepted_by_id=cast.otto.staff, state="in_force").save(force_insert=True)  # fmt: skip
    with acting(cast.otto), refused():
        Agreement(agency=cast.elsewhere, other=cast.agency, purpose="x", since=clock.today(),
                  offered_by_id=cast.otto.staff).save(force_insert=True)  # fmt: skip


@pytest.mark.parametrize("table", ["release", "agreement", "caseshare"])
def test_a_paper_whose_day_came_overnight_shows_nothing_in_the_morning(django_db_setup: None, table: str) -> None:
    """No page, job or verb closes it: the days are asked with each query. They are moved by the owner, with triggers asleep."""
    days = {"release": "starts_on = current_date - 3, ends_on = current_date - 1"}
    with database.nothing_kept() as cursor:
        cast = gather()
        share = shared(cast)
        with database.looking_as(cursor, cast.staff["noor"]):
            assert [one.share for one in shared_in()] == [share.pk]
        place = f"confidentiality_{table}"
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {place} DISABLE TRIGGER USER")
        cursor.execute(f"UPDATE {place} SET {days.get(table, 'since = current_date - 3, until = current_date')}")  # noqa: S608
        with database.looking_as(cursor, cast.staff["noor"]):
            assert shared_in() == [] and not Note.objects.exists()


def test_the_address_of_a_share_that_is_over_another_s_or_nobodys_says_nothing_and_is_kept(cast: Cast) -> None:
    share = shared(cast)
    case_share_end(cast.maren, share=share, why="Done")
    nobodys = new_id()
    for who, key in (("noor", share.pk), ("tadesse", share.pk), ("noor", nobodys)):
        for path in (f"/shared/{key}/", f"/shared/{key}/notes/", f"/shared/{key}/file/{new_id()}/"):
            answer = signed_in(cast, who).get(path)
            assert answer.status_code == 404 and b"Sama" not in answer.content
    of_the_case, of_none = [cast.sama.pk] * 3, [None] * 3
    assert refusals(cast.noor, share.pk) == of_the_case, "where the agency whose case it is reads it"
    assert refusals(cast.tadesse, share.pk) == of_the_case and refusals(cast.noor, nobodys) == of_none


def refusals(actor: Actor, share: UUID) -> list[UUID | None]:
    """The case with which each refusal of a share to somebody is kept, as they themselves may read it."""
    with connections["looks"].cursor() as cursor:
        cursor.execute("SELECT set_config('alongside.staff', %s, true)", [str(actor.staff)])
    mine = Look.objects.using("looks").filter(staff_id=actor.staff, kind=looks.REFUSED)
    return list(
        mine.filter(subject_kind="confidentiality.caseshare", subject_id=share).values_list("case_id", flat=True)
    )


def test_the_case_itself_stays_closed_and_the_reader_is_told_where_to_read(cast: Cast) -> None:
    shared(cast)
    reader: Client = signed_in(cast, "noor")
    for path in ("", "timeline/", "file/", "consent/", "people/"):
        answer = reader.get(f"/cases/{cast.sama.pk}/{path}")
        assert answer.status_code in (403, 404) and b"Sama" not in answer.content, path
    answer = reader.get(f"/cases/{cast.sama.pk}/")
    assert answer.status_code == 403 and b"Shared with us" in answer.content
    assert reader.post(f"/cases/{cast.sama.pk}/notes/new/", {"happened": "Mine"}).status_code == 403


def test_without_the_verb_of_the_one_way_out_there_is_no_share(cast: Cast) -> None:
    """The row of the accounting is not optional: a share without one does not exist."""
    assert not CaseShare._meta.get_field("disclosure").null
    release = released(cast)
    with acting(cast.maren), refused():
        CaseShare(
            case=cast.sama, agreement=agreed(cast), release=release, since=clock.today(), until=ahead(3), shared_by_id=cast.maren.staff
        ).save(force_insert=True)  # fmt: skip


def writers(cast: Cast, who: str = "noor") -> list[tuple[Any, ...]]:
    """What the database tells somebody of who wrote the notes of Sama’s case, whatever page asks."""
    with acting(getattr(cast, who)), connections["default"].cursor() as cursor:
        cursor.execute("SELECT * FROM shared_writers(%s)", [cast.sama.pk])
        assert cursor.description and [column.name for column in cursor.description] == [
            "note_id",
            "name",
            "title",
            "role",
        ]
        return list(cursor.fetchall())


def test_of_the_writer_nothing_is_told_but_their_name_and_what_they_are_and_only_of_notes_that_can_be_read(
    cast: Cast,
) -> None:
    note, marked = written(cast), written(cast, "Marked", "hiv")
    share = shared(cast)
    assert writers(cast) == [(note.pk, "Maren Achterberg", "", "case_manager")]
    assert [writers(cast, who) for who in ("maren", "tadesse", "otto")] == [[], [], []]
    with acting(cast.noor):
        assert (
            not Staff.objects.filter(agency=cast.agency.pk).exists()
            and not Staff.objects.filter(name__contains="Maren").exists()
        )
    other = shared(cast, released(cast, marks=("hiv",)), agreement=share.agreement)
    assert {row[0] for row in writers(cast)} == {note.pk, marked.pk}
    for one in (share, other):
        case_share_end(cast.maren, share=one, why="Done")
    assert writers(cast) == []


def test_where_notes_are_not_shared_nobody_is_named(cast: Cast) -> None:
    written(cast)
    shared(cast, released(cast, ("needs",)))
    assert writers(cast) == []
