"""A release says what, to whom, why and until when; each element that its law forces is forced (practice C1, C7)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Value

from alongside.confidentiality.actions import (
    Signing,
    Terms,
    release_change,
    release_end,
    release_make,
    release_sign,
    release_take_back,
)
from alongside.confidentiality.models import Category, Mark, Release
from alongside.confidentiality.queries.basis import BASES, ENGLISH, Basis
from alongside.confidentiality.queries.releases import in_force, releases_of
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import ChangedByAnother, NotAllowed, RuleBroken
from alongside.foundations.models import Deed, StateChange
from alongside.people.models import Case, Representative, SignificantOther
from tests.cast import Cast
from tests.planning import STROKES
from tests.releasing import SCHOOL, WHY, ahead, made, now, signed, terms, typed

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]
EVERY = [basis.key for basis in BASES]


def whole(basis: Basis, **more: Any) -> Terms:
    """Terms that a basis takes."""
    told: dict[str, Any] = {
        "basis": basis.key, "ends_on": ahead(basis.default_days), "end_event": str(basis.event) or "She has a place",
        "marks": tuple(mark.value for mark in basis.must_mark),
    }  # fmt: skip
    return terms(**told | more)


def refusal(do: Callable[[], object]) -> RuleBroken:
    """What the verb says against it."""
    with pytest.raises(RuleBroken) as refused:
        do()
    return refused.value


@pytest.mark.demand("C1")
@pytest.mark.parametrize("key", EVERY)
def test_under_each_law_a_whole_release_is_signed_and_keeps_what_was_shown(cast: Cast, key: str) -> None:
    basis = BASES[key]
    release = release_make(cast.maren, case=cast.sama, terms=whole(basis))
    release = release_sign(cast.maren, release=release, signing=typed(), edition=release.edition)
    held = now(cast, release)
    assert held.is_in_force(clock.today())
    assert (held.signer, held.capacity, held.method, held.signed_on) == ("Sama Othman", "client", "typed", ahead(0))
    assert (held.language, held.statements_version) == ("Arabic", 1)
    assert held.statements.splitlines() == list(basis.statements["Arabic", 1])
    with acting(cast.maren):
        assert in_force(cast.sama) == [held]
        assert StateChange.objects.filter(paper_id=held.pk, start="draft", end="signed").exists()


MISSING: dict[str, dict[str, Any]] = {
    "recipients": {"recipients": (" ",)},
    "categories": {"categories": ()},
    "purpose": {"purpose": "  "},
    "discloser": {"discloser": ""},
}


@pytest.mark.attack("release lacking")
@pytest.mark.demand("C1")
@pytest.mark.parametrize("key", EVERY)
@pytest.mark.parametrize("field", sorted(MISSING))
def test_under_each_law_a_release_that_lacks_an_element_is_refused(cast: Cast, key: str, field: str) -> None:
    said = refusal(lambda: release_make(cast.maren, case=cast.sama, terms=whole(BASES[key], **MISSING[field])))
    assert said.field == field
    assert said.source.startswith("practice C1") and BASES[key].source in said.source


@pytest.mark.demand("C1")
@pytest.mark.parametrize("key", EVERY)
def test_under_each_law_it_ends_and_not_later_than_the_law_or_the_house_lets_it(cast: Cast, key: str) -> None:
    basis = BASES[key]
    longest = whole(basis, ends_on=ahead(basis.longest_days))
    assert release_make(cast.maren, case=cast.sama, terms=longest).ends_on == ahead(basis.longest_days)
    for days in (basis.longest_days + 1, -1):
        late = replace(longest, ends_on=ahead(days))
        assert refusal(lambda late=late: release_make(cast.maren, case=cast.sama, terms=late)).field == "ends_on"  # type: ignore[misc]


@pytest.mark.demand("C1")
@pytest.mark.parametrize("key", EVERY)
def test_under_each_law_what_it_exists_for_is_named_and_what_it_bars_is_not(cast: Cast, key: str) -> None:
    basis = BASES[key]
    for mark in basis.never_marks:
        barred = whole(basis, marks=tuple({m.value for m in basis.must_mark} | {mark.value}))
        assert refusal(lambda barred=barred: release_make(cast.maren, case=cast.sama, terms=barred)).field == "marks"  # type: ignore[misc]
    if basis.must_mark:
        none = whole(basis, marks=())
        assert refusal(lambda: release_make(cast.maren, case=cast.sama, terms=none)).field == "marks"


@pytest.mark.demand("C1")
@pytest.mark.parametrize("key", EVERY)
def test_a_kind_of_recipient_is_named_only_where_the_law_lets_it(cast: Cast, key: str) -> None:
    basis = BASES[key]
    kind = whole(basis, general=True, recipients=("Those who treat me",), purpose=str(basis.general_for) or WHY)
    if not basis.general:
        assert refusal(lambda: release_make(cast.maren, case=cast.sama, terms=kind)).field == "general"
        return
    assert release_make(cast.maren, case=cast.sama, terms=kind).general
    if basis.general_for:
        other = replace(kind, purpose="For a job")
        assert refusal(lambda: release_make(cast.maren, case=cast.sama, terms=other)).field == "purpose"


@pytest.mark.demand("C1")
@pytest.mark.parametrize("key", EVERY)
def test_leave_said_aloud_counts_only_where_the_law_asks_for_no_writing(cast: Cast, key: str) -> None:
    basis = BASES[key]
    release = release_make(cast.maren, case=cast.sama, terms=whole(basis))
    said = Signing(method="aloud", read_in="Arabic", witness="Hala K.")
    if basis.written:
        refused = refusal(lambda: release_sign(cast.maren, release=release, signing=said, edition=1))
        assert (refused.field, refused.source) == ("method", basis.source)
    else:
        assert release_sign(cast.maren, release=release, signing=said, edition=1).witness == "Hala K."


def test_a_survivors_release_names_what_ends_it_earlier(cast: Cast) -> None:
    without = whole(BASES["vawa"], end_event=" ")
    assert refusal(lambda: release_make(cast.maren, case=cast.sama, terms=without)).field == "end_event"


def test_a_basis_that_nobody_knows_is_refused(cast: Cast) -> None:
    assert refusal(lambda: made(cast, basis="hearsay")).field == "basis"


def test_the_days_of_the_record_are_in_order(cast: Cast) -> None:
    assert refusal(lambda: made(cast, record_from=ahead(0), record_until=ahead(-1))).field == "record_until"


@pytest.mark.attack("release lacking")
@pytest.mark.demand("C1", "C7")
@pytest.mark.parametrize(
    ("signing", "field"),
    [
        (typed(name=" "), "name"),
        (typed(method="drawn"), "name"),
        (typed(method="shouted"), "method"),
        (typed(read_in=""), "read_in"),
        (typed(capacity="friend"), "capacity"),
        (typed(capacity="guardian", name="Rima Othman"), "name"),
        (typed(on=date(2999, 1, 1)), "signed_on"),
        (typed(on=date(2020, 1, 1)), "signed_on"),
        (Signing(method="aloud", read_in="Arabic"), "witness"),
    ],
)
def test_a_signature_without_each_of_its_parts_is_none(cast: Cast, signing: Signing, field: str) -> None:
    release = made(cast)
    assert refusal(lambda: release_sign(cast.maren, release=release, signing=signing, edition=1)).field == field
    assert now(cast, release).state == "draft"


def test_a_drawn_signature_is_kept_and_one_on_paper_has_its_own_day(cast: Cast) -> None:
    drawn = signed(cast, signing=typed(name="", strokes=STROKES))
    assert (drawn.method, drawn.signer) == ("drawn", "Sama Othman") and drawn.strokes
    paper = signed(cast, signing=typed(method="paper", on=ahead(-3)))
    assert (paper.method, paper.signed_on, paper.strokes) == ("paper", ahead(-3), "")


@pytest.mark.demand("C7")
def test_a_guardian_signs_within_the_authority_that_is_written_down(cast: Cast) -> None:
    with acting(cast.maren):
        for name, scope, until in (
            ("Rima Othman", "All decisions", None),
            ("Old Guardian", "All", ahead(-1)),
            ("No Scope", " ", None),
        ):
            Representative(
                person=cast.sama.client, name=name, capacity="guardian", scope=scope, since=ahead(-30), until=until
            ).save(force_insert=True)
    release = signed(cast, signing=typed(capacity="guardian", name="rima  othman"))
    assert (release.signer, release.capacity, release.authority) == ("Rima Othman", "guardian", "All decisions")
    for name in ("Old Guardian", "No Scope", "Sama Othman"):
        draft, given = made(cast), typed(capacity="guardian", name=name)
        refused = refusal(partial(release_sign, cast.maren, release=draft, signing=given, edition=1))
        assert (refused.field, refused.source) == ("name", "practice C7")


@pytest.mark.demand("C1")
def test_taken_back_it_is_out_of_force_at_once_and_for_good(cast: Cast) -> None:
    release = signed(cast)
    for by, how, field in ((" ", "Aloud", "by"), ("Sama", " ", "how")):
        given = {"by": by, "how": how}
        refused = refusal(lambda given=given: release_take_back(cast.maren, release=release, edition=2, **given))  # type: ignore[misc]
        assert refused.field == field
    back = release_take_back(cast.maren, release=release, by="Sama", how="By phone", edition=2)
    assert (back.state, back.taken_back_by, back.taken_back_how) == ("taken_back", "Sama", "By phone")
    assert not now(cast, release).is_in_force(clock.today())
    with pytest.raises(RuleBroken, match="out of force already"):
        release_take_back(cast.maren, release=back, by="Sama", how="Again", edition=3)
    refused = refusal(lambda: release_sign(cast.maren, release=back, signing=typed(), edition=3))
    assert "not waiting" in refused.sentence
    with acting(cast.maren):
        assert in_force(cast.sama) == []
        assert [row.tag[2] for row in releases_of(cast.sama)] == ["hand-stop"]


@pytest.mark.demand("C1")
def test_a_client_takes_a_release_back_after_the_case_has_ended_too(cast: Cast) -> None:
    release = signed(cast)
    with acting(cast.maren):
        Case.objects.filter(pk=cast.sama.pk).update(closed_on=clock.today())
    release_take_back(cast.maren, release=release, by="Sama", how="A letter", edition=2)
    assert now(cast, release).state == "taken_back"


@pytest.mark.demand("C1")
def test_a_draft_that_is_not_wanted_is_let_go(cast: Cast) -> None:
    draft = made(cast)
    assert release_take_back(cast.maren, release=draft, by="Sama", how="She thought again", edition=1).signed_at is None


@pytest.mark.demand("C1")
def test_to_take_back_a_part_a_narrower_one_takes_its_place(cast: Cast) -> None:
    wide = signed(cast, categories=("identity", "plan", "notes"))
    narrow = release_make(cast.maren, case=cast.sama, terms=terms(categories=("identity",)), previous=wide)
    assert now(cast, wide).is_in_force(clock.today())
    narrow = release_sign(cast.maren, release=narrow, signing=typed(), edition=1)
    assert (now(cast, wide).state, narrow.previous_id) == ("replaced", wide.pk)
    with acting(cast.maren):
        assert in_force(cast.sama) == [narrow]


def test_a_release_is_not_renewed_into_another_case(cast: Cast) -> None:
    release, other = signed(cast), cast.enroll("Ruth Okafor")
    refused = refusal(lambda: release_make(cast.maren, case=other, terms=terms(), previous=release))
    assert "another case" in refused.sentence


@pytest.mark.demand("C1")
def test_it_ends_with_its_day_and_earlier_with_what_it_waited_for(cast: Cast) -> None:
    release = signed(cast, end_event="She has a place")
    assert release.is_in_force(release.ends_on) and not release.is_in_force(release.ends_on + timedelta(days=1))
    assert not release.is_in_force(release.starts_on - timedelta(days=1))
    assert refusal(lambda: release_end(cast.maren, release=release, on=ahead(1), edition=2)).field == "on"
    ended = release_end(cast.maren, release=release, on=ahead(0), edition=2)
    assert not ended.is_in_force(clock.today())
    assert refusal(lambda: release_end(cast.maren, release=ended, on=ahead(0), edition=3)).field == "on"
    plain = signed(cast)
    assert refusal(lambda: release_end(cast.maren, release=plain, on=ahead(0), edition=2)).field == "on"


@pytest.mark.demand("C1")
def test_the_database_lets_nobody_change_what_was_signed(cast: Cast) -> None:
    release = signed(cast)
    tries: list[dict[str, Any]] = [
        {"recipients": ["Somebody else"]}, {"ends_on": ahead(900)}, {"categories": ["notes"]}, {"marks": ["hiv"]},
        {"purpose": Value("Other")}, {"state": "draft"}, {"signer": ""}, {"statements": Value("x")}, {"signed_on": ahead(-9)},
    ]  # fmt: skip
    for change in tries:
        with acting(cast.maren), pytest.raises(DatabaseError), transaction.atomic():
            Release.objects.filter(pk=release.pk).update(**change)
    back = release_take_back(cast.maren, release=release, by="Sama", how="Aloud", edition=2)
    for change in (
        {"state": "signed"},
        {"taken_back_by": Value("Somebody")},
        {"taken_back_at": None},
        {"event_on": None, "edition": 9},
    ):
        with acting(cast.maren), pytest.raises(DatabaseError), transaction.atomic():
            Release.objects.filter(pk=back.pk).update(**change)
    with acting(cast.maren), pytest.raises(DatabaseError), transaction.atomic():
        Release.objects.filter(pk=back.pk).delete()


@pytest.mark.attack("release lacking")
@pytest.mark.demand("C1")
@pytest.mark.parametrize("field", ["signer", "capacity", "method", "discloser", "recipients", "categories", "language"])
def test_the_database_itself_signs_nothing_that_lacks_an_element(cast: Cast, field: str) -> None:
    draft = made(cast)
    given: dict[str, Any] = {
        "state": "signed", "signer": Value("Sama"), "capacity": "client", "method": "typed", "signed_on": ahead(0),
        "signed_at": clock.now(), "taken_by": cast.staff["maren"],
    }  # fmt: skip
    given[field] = [] if field in ("recipients", "categories") else ""
    with acting(cast.maren), pytest.raises(DatabaseError, match="signed_release_is_whole"), transaction.atomic():
        Release.objects.filter(pk=draft.pk).update(**given)


@pytest.mark.demand("C8")
def test_family_is_no_recipient_of_a_release(cast: Cast) -> None:
    with acting(cast.maren):
        SignificantOther(person=cast.sama.client, name="Farid Saleh", relation="Brother-in-law").save(force_insert=True)
    for name in ("Farid Saleh", "farid  SALEH", "Mr Farid Saleh, Cooper Row"):
        refused = refusal(lambda name=name: made(cast, recipients=(SCHOOL, name)))  # type: ignore[misc]
        assert (refused.field, refused.source) == ("recipients", "practice C8")


def test_two_people_at_one_release_do_not_overwrite_each_other(cast: Cast) -> None:
    draft = made(cast)
    release_change(cast.maren, release=draft, terms=terms(purpose="To find a flat"), edition=1)
    with pytest.raises(ChangedByAnother):
        release_change(cast.delphine, release=draft, terms=terms(), edition=1)
    with pytest.raises(ChangedByAnother):
        release_sign(cast.maren, release=draft, signing=typed(), edition=1)


@pytest.mark.demand("C4")
def test_a_stranger_and_the_administrator_write_sign_and_take_back_nothing(cast: Cast) -> None:
    release, draft = signed(cast), made(cast)
    for who in (cast.tadesse, cast.noor, cast.otto, cast.quinn):
        with pytest.raises(NotAllowed):
            release_make(who, case=cast.sama, terms=terms())
        with pytest.raises(NotAllowed):
            release_sign(who, release=draft, signing=typed(), edition=1)
        with pytest.raises(NotAllowed):
            release_take_back(who, release=release, by="x", how="x", edition=2)


@pytest.mark.demand("C5")
def test_each_step_is_a_deed_that_tells_no_narrative(cast: Cast) -> None:
    release = signed(cast, purpose="Because of the nights")
    release_take_back(cast.maren, release=release, by="Sama", how="She wept", edition=2)
    with acting(cast.maren):
        deeds = list(Deed.objects.filter(subject_id=release.pk).order_by("at"))
    assert [deed.verb for deed in deeds] == ["release_make", "release_sign", "release_take_back"]
    told = " ".join(f"{deed.sentence} {deed.reason} {deed.changes}" for deed in deeds)
    assert "nights" not in told and "wept" not in told


def test_every_basis_has_its_words_its_notice_and_its_spans() -> None:
    for basis in BASES:
        assert 0 < basis.default_days <= basis.longest_days
        assert len(basis.shown_in("Arabic").sentences) >= 4
        assert basis.shown_in("Klingon").language == ENGLISH
        assert basis.notice_in("Klingon") == basis.notice[ENGLISH]
        assert not basis.must_mark & basis.never_marks
    assert {"local", "vawa", "hipaa", "part2", "hmis"} <= set(EVERY)
    assert set(Category.values) and set(Mark.values)


def test_statements_in_the_clients_language_are_taken_while_they_are_of_the_newest_version() -> None:
    first = {(ENGLISH, 1): ("a",), ("Arabic", 1): ("b",), (ENGLISH, 2): ("c",), ("Arabic", 2): ("d",)}
    days = {1: ahead(-2), 2: ahead(-1)}
    basis = replace(BASES["local"], statements=first, since=days)
    assert basis.languages == [ENGLISH, "Arabic"]
    for written in ("arabic", " Arabic ", "العربيّة", "Arabic (Levantine)", "Arabic, some English"):
        assert (basis.shown_in(written).text, basis.shown_in(written).version) == ("d", 2), written
    for unknown in ("", "Farsi", "none", "Spanish", "Arabic Sign Language"):
        assert (basis.shown_in(unknown).text, basis.shown_in(unknown).language) == ("c", ENGLISH), unknown
    changed = replace(basis, statements=first | {(ENGLISH, 3): ("e",)}, since=days | {3: ahead(0)})
    assert (changed.shown_in("Arabic").text, changed.languages) == ("e", [ENGLISH])
