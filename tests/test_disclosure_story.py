"""Nothing leaves but by one way, which looks at the release at that very moment (practice C1, C2, C3)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from alongside.confidentiality.actions import (
    Consulted,
    Leave,
    disclosure_consult,
    disclosure_make,
    disclosure_tell,
    release_end,
    release_take_back,
)
from alongside.confidentiality.models import Disclosure, Ground, Release
from alongside.confidentiality.queries.disclosures import Out, left_of, no_paper_because, owed_consultations
from alongside.confidentiality.queries.packet import items_of, seal_of
from alongside.documentation.models import Note
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import ChangedByAnother, NotAllowed, RuleBroken
from alongside.foundations.ids import new_id
from alongside.foundations.models import Deed
from alongside.people.models import Case
from tests.cast import Cast
from tests.releasing import SCHOOL, WHY, ahead, made, now, sent, signed
from tests.signed_plan import signed_plan

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


def refusal(do: Callable[[], object]) -> RuleBroken:
    """What the verb says against it."""
    with pytest.raises(RuleBroken) as refused:
        do()
    return refused.value


def nothing_left(cast: Cast) -> bool:
    """Whether no disclosure is on record."""
    with acting(cast.maren):
        return not Disclosure.objects.exists()


@pytest.mark.demand("C1", "C2")
def test_what_leaves_under_a_release_is_logged_by_key_and_not_by_word(cast: Cast) -> None:
    release = signed(cast)
    out = now(cast, sent(cast, release, ("identity:name", "identity:language")))
    assert (out.rests_on, out.release_id, out.recipient, out.basis) == ("release", release.pk, SCHOOL, "local")
    assert [one["key"] for one in out.left] == ["identity:name", "identity:language"]
    assert out.categories == ["identity"] and out.marks == []
    assert "Sama" not in str(out.left) and "Arabic" not in str(out.left)
    assert out.relevant == "The school needs a name for its list."
    with acting(cast.maren):
        deed = Deed.objects.get(verb="disclosure_make")
    assert SCHOOL in deed.sentence and "list" not in deed.sentence


@pytest.mark.demand("C1")
def test_a_release_that_is_not_in_force_at_this_moment_lets_nothing_out(cast: Cast) -> None:
    back = signed(cast)
    stale = now(cast, back)  # as a page that was opened before knew it
    release_take_back(cast.maren, release=back, by="Sama", how="Aloud", edition=2)
    assert "taken back" in refusal(lambda: sent(cast, stale)).sentence
    ended = signed(cast, end_event="She has a place")
    stale = now(cast, ended)
    release_end(cast.maren, release=ended, on=ahead(0), edition=2)
    assert "has ended" in refusal(lambda: sent(cast, stale)).sentence
    assert "not signed" in refusal(lambda: sent(cast, made(cast))).sentence
    assert "not begun" in refusal(lambda: sent(cast, signed(cast, starts_on=ahead(2)))).sentence
    assert nothing_left(cast)


@pytest.mark.demand("C1")
def test_on_its_last_day_it_holds_and_on_the_next_it_does_not(cast: Cast) -> None:
    release = signed(cast, ends_on=ahead(5))
    with clock.held(clock.now() + timedelta(days=5)):
        sent(cast, release)
    with clock.held(clock.now() + timedelta(days=6)):
        assert "has ended" in refusal(lambda: sent(cast, release)).sentence


@pytest.mark.demand("C1", "C2")
def test_a_release_for_one_is_not_used_for_another(cast: Cast) -> None:
    release, other = signed(cast), cast.enroll("Ruth Okafor")
    assert "another recipient" in refusal(lambda: sent(cast, release, recipient="Lantern Clinic")).sentence
    assert "another case" in refusal(lambda: sent(cast, release, case=other)).sentence
    assert nothing_left(cast)


def test_a_name_is_the_same_in_other_letters_and_spaces(cast: Cast) -> None:
    assert sent(cast, signed(cast), recipient=" riverside  ADULT school ").recipient == "riverside  ADULT school"


@pytest.mark.demand("C2")
def test_only_what_is_covered_and_ticked_leaves(cast: Cast) -> None:
    signed_plan(cast.maren, cast.sama)
    release = signed(cast)
    with acting(cast.maren):
        plan = next(item.key for item in items_of(cast.sama, plan_keys(cast)))
    assert "The release does not cover" in refusal(lambda: sent(cast, release, ("identity:name", plan))).sentence
    for ticked in ((), ("nothing:there",), ("identity:name", "identity:unknown")):
        assert refusal(lambda ticked=ticked: sent(cast, release, ticked)).field == "ticked"  # type: ignore[misc]
    assert nothing_left(cast)
    wide = signed(cast, categories=("identity", "plan"))
    assert sent(cast, wide, (plan,)).categories == ["plan"]


def plan_keys(cast: Cast) -> list[str]:
    """The keys of the plan's items."""
    from alongside.confidentiality.queries.packet import PACKET

    return [item.key for item in PACKET["plan"].read(cast.sama)]


@pytest.mark.demand("C2")
@pytest.mark.parametrize(
    ("more", "field"),
    [({"recipient": " "}, "recipient"), ({"purpose": " "}, "purpose"), ({"relevant": " "}, "relevant")],
)
def test_to_whom_why_and_why_it_was_needed_are_said(cast: Cast, more: dict[str, Any], field: str) -> None:
    release = signed(cast)
    assert refusal(lambda: sent(cast, release, **more)).field == field


@pytest.mark.demand("C2")
def test_what_was_changed_since_it_was_looked_at_does_not_leave_unseen(cast: Cast) -> None:
    release = signed(cast)
    with acting(cast.maren):
        seen = seal_of(items_of(cast.sama, ["identity:name"]))
        client = cast.sama.client
        type(client).objects.filter(pk=client.pk).update(preferred_name="Samira Othman")
    fresh = Case.objects.select_related("client", "program")
    with acting(cast.maren):
        case = fresh.get(pk=cast.sama.pk)
    assert "changed since you looked" in refusal(lambda: sent(cast, release, case=case, previewed=seen)).sentence
    with acting(cast.maren):
        seen = seal_of(items_of(case, ["identity:name"]))
    sent(cast, release, case=case, previewed=seen)


def test_a_draft_note_never_leaves(cast: Cast) -> None:
    with acting(cast.maren):
        row = Note(
            case=cast.sama,
            id=new_id(),
            at=clock.now(),
            writer=cast.staff["maren"],
            started_at=clock.now(),
            happened="Half a thought",
        )
        row.save(force_insert=True)
    release = signed(cast, categories=("identity", "notes"))
    assert refusal(lambda: sent(cast, release, (f"notes:{row.pk}",))).field == "ticked"


@pytest.mark.demand("C2")
def test_the_packet_is_drawn_within_a_day_and_only_while_the_release_holds(cast: Cast) -> None:
    release = signed(cast)
    out = Out(now(cast, sent(cast, release)))
    with acting(cast.maren):
        assert no_paper_because(out) == ""
        assert [item.key for item in left_of(out)[0]] == ["identity:name"]
    with clock.held(clock.now() + timedelta(hours=25)), acting(cast.maren):
        assert "a day has passed since it was sent" in no_paper_because(out)
    release_take_back(cast.maren, release=release, by="Sama", how="Aloud", edition=2)
    with acting(cast.maren):
        assert "taken back" in no_paper_because(Out(Disclosure.objects.get(pk=out.row.pk)))


@pytest.mark.demand("C2")
def test_the_database_writes_down_no_disclosure_under_no_leave(cast: Cast) -> None:
    release, draft, other = signed(cast), made(cast), cast.enroll("Ruth Okafor")

    def put(**more: Any) -> None:
        told: dict[str, Any] = {
            "case": cast.sama, "program_id": cast.sama.program_id, "rests_on": "release", "release": release, "recipient": "x",
            "at": clock.now(), "by": cast.staff["maren"], "categories": ["identity"],
        }  # fmt: skip
        with acting(cast.maren), transaction.atomic():
            Disclosure(**told | more).save(force_insert=True)

    put()
    tries: list[dict[str, Any]] = [
        {"release": None}, {"release": draft}, {"case": other}, {"at": clock.now() + timedelta(days=400)}, {"categories": ["notes"]},
        {"marks": ["hiv"]}, {"rests_on": "client"}, {"rests_on": "ground", "release": None}, {"rests_on": "wish", "release": None},
        {"rests_on": "ground", "release": None, "ground": "audit"},
    ]  # fmt: skip
    for more in tries:
        with pytest.raises(DatabaseError):
            put(**more)


@pytest.mark.demand("C2")
def test_what_was_written_down_of_a_disclosure_stays(cast: Cast) -> None:
    out = sent(cast, signed(cast))
    tries: list[dict[str, Any]] = [
        {"recipient": "Nobody"}, {"left": []}, {"categories": []}, {"at": clock.now()}, {"relevant": ""},
    ]  # fmt: skip
    for change in tries:
        with acting(cast.maren), pytest.raises(DatabaseError), transaction.atomic():
            Disclosure.objects.filter(pk=out.pk).update(**change)
    with acting(cast.maren), pytest.raises(DatabaseError), transaction.atomic():
        Disclosure.objects.filter(pk=out.pk).delete()


def on_ground(cast: Cast, **more: Any) -> Disclosure:
    """Something leaves without consent."""
    leave: dict[str, Any] = {"ground": "harm", "urgent": True, "told": "later"} | more
    return disclosure_make(
        cast.maren, case=cast.sama, recipient="County police", leave=Leave(**leave), ticked=("identity:name",),
        purpose="To warn", relevant="They must know whom to look for.",
    )  # fmt: skip


def talk(**more: Any) -> Consulted:
    """Maren speaks with Delphine."""
    told: dict[str, Any] = {"whom": "Delphine Arceneaux", "at": clock.now(), "advice": "Tell no more than the name."}
    return Consulted(**told | more)


@pytest.mark.demand("C3")
@pytest.mark.parametrize("ground", list(Ground))
def test_every_ground_needs_its_consultation_and_only_danger_can_put_it_off(cast: Cast, ground: str) -> None:
    first = refusal(lambda: on_ground(cast, ground=ground, urgent=False))
    assert first.field == "consulted_with"
    if ground in ("court_order", "audit"):
        assert refusal(lambda: on_ground(cast, ground=ground)).field == "urgent"
    else:
        assert on_ground(cast, ground=ground).consulted_at is None
    spoken = on_ground(cast, ground=ground, urgent=False, consulted=talk())
    assert (spoken.ground, spoken.consulted_with) == (ground, "Delphine Arceneaux")


@pytest.mark.demand("C3")
@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"ground": "curiosity"}, "ground"),
        ({"told": ""}, "told"),
        ({"told": "no"}, "not_told_because"),
        ({"consulted": talk(whom=" ")}, "consulted_with"),
        ({"consulted": talk(advice=" ")}, "advice"),
        ({"consulted": talk(at=clock.now() + timedelta(days=9999))}, "consulted_at"),
    ],
)
def test_without_consent_each_part_is_said(cast: Cast, more: dict[str, Any], field: str) -> None:
    assert refusal(lambda: on_ground(cast, **more)).field == field
    assert nothing_left(cast)


@pytest.mark.demand("C3")
def test_an_emergency_is_chased_until_its_consultation_is_written_down(cast: Cast) -> None:
    out = on_ground(cast)
    with acting(cast.maren):
        (owed,) = owed_consultations([cast.sama.pk])
    assert owed.consult_by == out.at + timedelta(hours=24) and not owed.is_late
    with clock.held(clock.now() + timedelta(hours=30)):
        assert Out(out).is_late
    early = talk(at=out.at - timedelta(hours=1))
    assert (
        refusal(lambda: disclosure_consult(cast.maren, disclosure=out, consulted=early, edition=1)).field
        == "consulted_at"
    )
    done = disclosure_consult(cast.maren, disclosure=out, consulted=talk(), edition=1)
    assert done.consultation_by_id == cast.staff["maren"].pk
    with acting(cast.maren):
        assert owed_consultations([cast.sama.pk]) == []
        assert "later" not in Deed.objects.get(verb="disclosure_consult").sentence
    assert (
        "No consultation is owed"
        in refusal(lambda: disclosure_consult(cast.maren, disclosure=done, consulted=talk(), edition=2)).sentence
    )
    with acting(cast.maren), pytest.raises(DatabaseError), transaction.atomic():
        Disclosure.objects.filter(pk=out.pk).update(consulted_at=clock.now())


@pytest.mark.demand("C3")
def test_a_consultation_that_came_too_late_says_so_in_its_deed(cast: Cast) -> None:
    out = on_ground(cast)
    with clock.held(clock.now() + timedelta(hours=25)):
        disclosure_consult(cast.maren, disclosure=out, consulted=talk(at=clock.now()), edition=1)
    with acting(cast.maren):
        assert "later than 24 hours" in Deed.objects.get(verb="disclosure_consult").sentence


@pytest.mark.demand("C2", "C3")
def test_whether_the_client_was_told_is_written_down_or_why_not(cast: Cast) -> None:
    out = on_ground(cast)
    assert Out(out).to_tell
    assert (
        refusal(lambda: disclosure_tell(cast.maren, disclosure=out, told="no", edition=1)).field == "not_told_because"
    )
    assert (
        refusal(lambda: disclosure_tell(cast.maren, disclosure=out, told="yes", on=ahead(1), edition=1)).field == "on"
    )
    told = disclosure_tell(cast.maren, disclosure=out, told="yes", edition=1)
    assert (told.told, told.told_on) == ("yes", clock.today())
    with pytest.raises(ChangedByAnother):
        disclosure_tell(cast.maren, disclosure=out, told="later", edition=1)
    under = sent(cast, signed(cast))
    assert refusal(lambda: disclosure_tell(cast.maren, disclosure=under, told="yes", edition=1)).field == "told"


@pytest.mark.demand("C2")
def test_the_client_gets_their_own_record_without_a_reason_for_each_part(cast: Cast) -> None:
    out = disclosure_make(
        cast.maren,
        case=cast.sama,
        recipient="",
        leave=Leave(),
        ticked=("identity:name", "contact:rule"),
        purpose="Her own copy",
    )
    assert (out.rests_on, out.recipient, out.categories) == ("client", "", ["identity", "contact"])
    refused = refusal(
        lambda: disclosure_make(
            cast.maren, case=cast.sama, recipient="The landlord", leave=Leave(), ticked=("identity:name",), purpose="x"
        )
    )
    assert (refused.field, "Only Sama Othman gets this" in refused.sentence) == ("recipient", True)


def test_a_disclosure_rests_on_one_thing(cast: Cast) -> None:
    with pytest.raises(ValueError, match="one thing"):
        Leave(release=signed(cast), ground="audit")


@pytest.mark.demand("C4")
def test_a_stranger_and_who_only_reads_let_nothing_out(cast: Cast) -> None:
    release: Release = signed(cast)
    for who in (cast.tadesse, cast.noor, cast.otto, cast.quinn):
        with pytest.raises(NotAllowed):
            disclosure_make(
                who,
                case=cast.sama,
                recipient=SCHOOL,
                leave=Leave(release=release),
                ticked=("identity:name",),
                purpose=WHY,
                relevant="x",
            )
    assert nothing_left(cast)


def test_a_former_clients_record_can_still_be_sent_for_them(cast: Cast) -> None:
    release = signed(cast)
    with acting(cast.maren):
        Case.objects.filter(pk=cast.sama.pk).update(closed_on=clock.today())
    assert sent(cast, release).recipient == SCHOOL
