"""A note from its first word to its signature and after, told with the cast."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Value
from django.utils import timezone

from alongside.client_level.intervention.actions import (
    NoteWords,
    Tie,
    addendum_add,
    lacking,
    loose_end_attach,
    note_begin,
    note_cosign,
    note_keep,
    note_sign,
)
from alongside.client_level.intervention.queries import last_signed, loose_notes, own_drafts, picks_of
from alongside.client_level.intervention.states import NOTE
from alongside.documentation.models import Note, NoteLink
from alongside.documentation.models.note import NoteState
from alongside.foundations import clock
from alongside.foundations.actor import Actor, acting
from alongside.foundations.errors import ChangedByAnother, NotAllowed, NotYours, RuleBroken
from alongside.foundations.ids import new_id
from alongside.foundations.models import Deed, StateChange
from alongside.foundations.roles import Role
from alongside.foundations.state import move
from alongside.people.actions import set_up_actor, staff_add
from alongside.people.models import Case
from tests.cast import PASSWORD, Cast, actor_for
from tests.signed_plan import SignedPlan, draft_plan, signed_plan

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]

LONG = "She talked and talked, and we listened. " * 400
SCRIPT = "<script>alert('the sea')</script>"


@pytest.fixture(autouse=True)
def afternoon() -> Iterator[None]:
    """Three in the afternoon, so that two hours ago is always today."""
    with clock.held(timezone.localtime(clock.now()).replace(hour=15, minute=2)):
        yield


def visit(plan: SignedPlan | None = None, **more: object) -> NoteWords:
    """What Maren writes after a visit this morning: whole enough to be signed where there is a plan."""
    words = NoteWords(
        at=clock.now() - timedelta(hours=2), minutes=45, place="Her home", present=("Sama", "Interpreter"),
        title="Reading the lease", happened="We read the lease. On course for the tenancy.",
        client_words="I slept four nights.", client_did="Rang the landlord herself.",
        worker_did="Explained what the deposit covers.", next_step="Sama sends the offer by Friday.",
        ties=frozenset({Tie(plan.goal, plan.savings)}) if plan else frozenset(),
    )  # fmt: skip
    return replace(words, **more)  # type: ignore[arg-type]


def draft(worker: Actor, case: Case, words: NoteWords) -> Note:
    return note_begin(worker, case=case, key=new_id(), words=words)


def signed(worker: Actor, case: Case, words: NoteWords) -> Note:
    return note_sign(worker, note=draft(worker, case, words), words=words, edition=1)


@pytest.fixture
def plan(cast: Cast) -> SignedPlan:
    return signed_plan(cast.maren, cast.sama)


@pytest.mark.demand("I2", "D1", "D4")
def test_maren_writes_a_note_and_signs_it_and_it_is_tied_into_the_thread(cast: Cast, plan: SignedPlan) -> None:
    note = draft(cast.maren, cast.sama, visit(plan, happened="We read"))
    assert (note.state, note.edition) == (NoteState.DRAFT, 1)
    note = note_keep(cast.maren, note=note, words=visit(plan), edition=1)
    assert (note.state, note.edition) == (NoteState.DRAFT, 2)
    note = note_sign(cast.maren, note=note, words=visit(plan), edition=2)
    with acting(cast.maren):
        held = Note.objects.get(pk=note.pk)
        link = NoteLink.objects.get(note=note)
        assert NoteWords.of(held) == visit(plan, at=held.at)
    assert held.state == NoteState.SIGNED
    assert held.written_after_days == 0
    assert (link.goal_id, link.objective_id) == (plan.goal.pk, plan.savings.pk)


@pytest.mark.demand("I3")
def test_every_step_of_a_note_leaves_a_deed_without_a_word_of_what_it_says(cast: Cast, plan: SignedPlan) -> None:
    note = signed(cast.maren, cast.sama, visit(plan))
    addendum_add(cast.maren, note=note, words="It was the second lease.")
    with acting(cast.maren):
        deeds = list(Deed.objects.filter(case_id=cast.sama.pk).order_by("at").values_list("verb", "sentence"))
        changes = list(StateChange.objects.filter(paper_id=note.pk).values_list("start", "end"))
    assert {"note_begin", "note_sign", "addendum_add"} <= {verb for verb, _ in deeds}
    assert not any("lease" in sentence for _, sentence in deeds)
    assert changes == [("draft", "signed")]


@pytest.mark.demand("I2")
@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({"happened": "  "}, "happened"),
        ({"client_did": ""}, "client_did"),
        ({"worker_did": ""}, "worker_did"),
        ({"minutes": None}, "minutes"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"ties": frozenset()}, "ties"),
    ],
)
def test_a_note_that_lacks_something_is_not_signed_and_says_what(
    cast: Cast, plan: SignedPlan, fault: dict[str, object], field: str
) -> None:
    words = visit(plan, **fault)
    assert list(lacking(words)) == [field]
    note = draft(cast.maren, cast.sama, words)
    with pytest.raises(RuleBroken) as refused:
        note_sign(cast.maren, note=note, words=words, edition=1)
    assert refused.value.field == field
    with acting(cast.maren):
        assert Note.objects.get(pk=note.pk).state == NoteState.DRAFT


def test_a_visit_that_is_still_ahead_cannot_be_signed(cast: Cast, plan: SignedPlan) -> None:
    words = visit(plan, at=clock.now() + timedelta(minutes=1))
    with pytest.raises(RuleBroken) as refused:
        signed(cast.maren, cast.sama, words)
    assert refused.value.field == "at"


def test_all_that_is_lacking_is_named_at_once_in_the_order_of_the_page() -> None:
    bare = NoteWords(at=clock.now() + timedelta(days=1))
    assert list(lacking(bare)) == ["at", "minutes", "ties", "happened", "client_did", "worker_did"]
    assert all(sentence.endswith(".") for sentence in lacking(bare).values())


@pytest.mark.demand("D1")
def test_before_there_is_a_plan_a_note_stands_on_its_own_and_is_tied_later(cast: Cast) -> None:
    note = signed(cast.maren, cast.sama, visit(stands_alone=True))
    plan = signed_plan(cast.maren, cast.sama)
    loose_end_attach(cast.maren, end=note, tie=Tie(plan.goal))
    with acting(cast.maren):
        held = Note.objects.get(pk=note.pk)
        assert held.state == NoteState.SIGNED
        assert not held.stands_alone
        assert [link.goal_id for link in held.links.all()] == [plan.goal.pk]


def test_tying_twice_to_the_same_goal_ties_once_and_a_tied_note_does_not_stand_alone(
    cast: Cast, plan: SignedPlan
) -> None:
    note = signed(cast.maren, cast.sama, visit(plan))
    for _time in range(2):
        loose_end_attach(cast.maren, end=note, tie=Tie(plan.goal, plan.nights))
    with acting(cast.maren):
        assert note.links.count() == 2
    with pytest.raises(RuleBroken, match="tied to a goal already"):
        loose_end_attach(cast.maren, end=note, tie=None)


def test_a_draft_is_tied_on_its_own_page_and_not_as_a_loose_end(cast: Cast, plan: SignedPlan) -> None:
    note = draft(cast.maren, cast.sama, visit())
    with pytest.raises(RuleBroken, match="draft itself"):
        loose_end_attach(cast.maren, end=note, tie=Tie(plan.goal))
    with acting(cast.maren):
        assert loose_notes(cast.sama) == []


def test_a_goal_of_another_case_is_refused(cast: Cast, plan: SignedPlan) -> None:
    other = cast.enroll("Ruth Okafor")
    with pytest.raises(RuleBroken, match="another case"):
        draft(cast.maren, other, visit(plan))
    note = signed(cast.maren, other, visit(stands_alone=True))
    with pytest.raises(RuleBroken, match="another case"):
        loose_end_attach(cast.maren, end=note, tie=Tie(plan.goal))


@pytest.mark.demand("I3")
@pytest.mark.parametrize(
    "field", ["happened", "client_did", "worker_did", "client_words", "next_step", "minutes", "at", "place"]
)
def test_the_database_itself_keeps_a_signed_note_fixed(cast: Cast, plan: SignedPlan, field: str) -> None:
    note = signed(cast.maren, cast.sama, visit(plan))
    other: dict[str, object] = {"minutes": 5, "at": clock.now()}
    with acting(cast.maren), pytest.raises(IntegrityError, match="signed and fixed"), transaction.atomic():
        Note.objects.filter(pk=note.pk).update(**{field: other.get(field, Value("another story"))})


@pytest.mark.demand("I3")
def test_a_signed_note_can_be_neither_kept_nor_signed_again_nor_removed(cast: Cast, plan: SignedPlan) -> None:
    note = signed(cast.maren, cast.sama, visit(plan))
    for verb in (note_keep, note_sign):
        with pytest.raises(RuleBroken, match="signed, and fixed"):
            verb(cast.maren, note=note, words=visit(plan, happened="Otherwise"), edition=1)
    with acting(cast.maren), pytest.raises(IntegrityError, match="signed and fixed"), transaction.atomic():
        Note.objects.filter(pk=note.pk)._raw_delete("default")


@pytest.mark.demand("I3", "D5")
def test_a_correction_is_an_addendum_under_the_name_of_who_wrote_it(cast: Cast, plan: SignedPlan) -> None:
    note = signed(cast.maren, cast.sama, visit(plan))
    addendum_add(cast.delphine, note=note, words="  The deposit is two rents. ")
    with acting(cast.maren):
        (one,) = note.addenda.select_related("writer")
        assert (one.words, one.writer.name) == ("The deposit is two rents.", "Delphine Arceneaux")
        with pytest.raises(IntegrityError, match="only grows"), transaction.atomic():
            note.addenda.update(words=Value("Another"))


def test_an_addendum_needs_words_and_a_signed_note(cast: Cast, plan: SignedPlan) -> None:
    note = draft(cast.maren, cast.sama, visit(plan))
    with pytest.raises(RuleBroken, match="not signed yet"):
        addendum_add(cast.maren, note=note, words="More")
    note = note_sign(cast.maren, note=note, words=visit(plan), edition=1)
    with pytest.raises(RuleBroken, match="Write what"):
        addendum_add(cast.maren, note=note, words="   ")


@pytest.mark.demand("I3")
def test_a_note_that_waits_for_its_co_signature_says_so_to_whoever_would_add_to_it(cast: Cast, trainee: Actor) -> None:
    note = signed(trainee, cast.enroll("Ruth Okafor", primary="bilal"), visit(stands_alone=True))
    with pytest.raises(RuleBroken, match=r"waits for co-signature\. Once it is co-signed"):
        addendum_add(trainee, note=note, words="More")
    note = note_cosign(cast.delphine, note=note)
    assert addendum_add(trainee, note=note, words="More").words == "More"


@pytest.mark.demand("D4")
def test_how_long_after_the_event_a_note_was_signed_is_known(cast: Cast, plan: SignedPlan) -> None:
    note = signed(cast.maren, cast.sama, visit(plan, at=clock.now() - timedelta(days=5)))
    assert note.written_after_days == 5
    with acting(cast.maren):
        assert draft(cast.maren, cast.sama, visit(plan)).written_after_days is None


@pytest.mark.demand("M4")
@pytest.mark.parametrize(
    ("mode", "there", "counts"),
    [
        ("face", True, True),
        ("phone", True, True),
        ("video", True, True),
        ("text", True, False),
        ("without", True, False),
        ("face", False, False),
    ],
)
def test_only_a_contact_with_the_client_moves_the_day_she_was_last_seen(
    cast: Cast, plan: SignedPlan, mode: str, there: bool, counts: bool
) -> None:
    before = cast.sama.last_seen_on
    note = signed(cast.maren, cast.sama, visit(plan, mode=mode, client_seen=there))
    with acting(cast.maren):
        after = Case.objects.get(pk=cast.sama.pk).last_seen_on
    assert after == (note.at.date() if counts else before)


@pytest.mark.demand("M4")
def test_a_note_written_late_does_not_move_that_day_back(cast: Cast, plan: SignedPlan) -> None:
    signed(cast.maren, cast.sama, visit(plan, at=clock.now() - timedelta(days=1)))
    signed(cast.maren, cast.sama, visit(plan, at=clock.now() - timedelta(days=4)))
    with acting(cast.maren):
        assert Case.objects.get(pk=cast.sama.pk).last_seen_on == clock.today() - timedelta(days=1)


@pytest.fixture
def trainee(cast: Cast) -> Actor:
    """Bilal learns the work under Delphine, and covers nothing but Sama’s case."""
    staff = staff_add(
        set_up_actor(cast.agency.pk), name="Bilal Sayeed", email="bilal@harbourlane.example", password=PASSWORD,
        roles=[Role.CASE_MANAGER.value], supervisor=cast.staff["delphine"], trainee=True,
    )  # fmt: skip
    cast.staff["bilal"] = staff
    return actor_for(staff)


@pytest.mark.demand("I3")
def test_a_trainees_note_waits_for_the_supervisor_who_signs_beside(cast: Cast, trainee: Actor) -> None:
    case = cast.enroll("Ruth Okafor", primary="bilal")
    words = visit(stands_alone=True)
    note = signed(trainee, case, words)
    assert note.state == NoteState.COSIGN
    with pytest.raises(NotAllowed):
        note_cosign(trainee, note=note)
    with pytest.raises(RuleBroken, match="signed, and fixed"):
        note_keep(trainee, note=note, words=replace(words, happened="Otherwise"), edition=1)
    note = note_cosign(cast.delphine, note=note)
    assert (note.state, note.cosigner_id) == (NoteState.SIGNED, cast.delphine.staff)
    with pytest.raises(RuleBroken, match="not open"):
        note_cosign(cast.delphine, note=note)


def test_a_trainee_without_a_supervisor_cannot_sign_yet(cast: Cast) -> None:
    cast.staff["bilal"] = staff_add(
        set_up_actor(cast.agency.pk), name="Bilal Sayeed", email="bilal@harbourlane.example", password=PASSWORD,
        roles=[Role.CASE_MANAGER.value], trainee=True,
    )  # fmt: skip
    case = cast.enroll("Ruth Okafor", primary="bilal")
    with pytest.raises(RuleBroken, match="no supervisor"):
        signed(cast.bilal, case, visit(stands_alone=True))


def test_beginning_twice_with_one_key_begins_one_note(cast: Cast) -> None:
    key = new_id()
    first = note_begin(cast.maren, case=cast.sama, key=key, words=visit())
    again = note_begin(cast.maren, case=cast.sama, key=key, words=visit(title="Another"))
    assert first.pk == again.pk == key
    assert again.title == "Reading the lease"
    with acting(cast.maren):
        assert Note.objects.filter(case=cast.sama).count() == 1


def test_the_key_of_another_persons_note_opens_nothing(cast: Cast) -> None:
    note = draft(cast.maren, cast.sama, visit())
    other = cast.enroll("Ruth Okafor", primary="tadesse")
    with pytest.raises(NotYours):
        note_begin(cast.tadesse, case=other, key=note.pk, words=visit())
    with pytest.raises(NotYours):
        note_begin(cast.delphine, case=cast.sama, key=note.pk, words=visit())


def test_only_the_writer_writes_in_a_draft(cast: Cast) -> None:
    note = draft(cast.maren, cast.sama, visit())
    for stranger in (cast.delphine, cast.tadesse, cast.noor):
        for verb in (note_keep, note_sign):
            with pytest.raises(NotAllowed):
                verb(stranger, note=note, words=visit(happened="Mine"), edition=1)
    with pytest.raises(NotAllowed):
        note_keep(cast.otto, note=note, words=visit(), edition=1)


def test_a_draft_that_went_on_elsewhere_is_not_overwritten_and_both_versions_are_at_hand(cast: Cast) -> None:
    note = draft(cast.maren, cast.sama, visit())
    note_keep(cast.maren, note=note, words=visit(happened="From the phone"), edition=1)
    for verb in (note_keep, note_sign):
        with pytest.raises(ChangedByAnother) as changed:
            verb(cast.maren, note=note, words=visit(happened="From the desk"), edition=1)
        assert changed.value.theirs["happened"] == "From the phone"
        assert changed.value.edition == 2
    with acting(cast.maren):
        assert Note.objects.get(pk=note.pk).happened == "From the phone"


def test_the_same_words_sent_again_after_a_lost_answer_are_no_conflict(cast: Cast) -> None:
    note = draft(cast.maren, cast.sama, visit())
    words = visit(at=note.at, happened="Sent twice")
    kept = note_keep(cast.maren, note=note, words=words, edition=1)
    again = note_keep(cast.maren, note=note, words=words, edition=1)
    assert (kept.edition, again.edition) == (2, 2)


def test_what_is_unticked_in_a_draft_is_untied(cast: Cast, plan: SignedPlan) -> None:
    note = draft(cast.maren, cast.sama, visit(plan))
    note_keep(cast.maren, note=note, words=visit(ties=frozenset({Tie(plan.goal)})), edition=1)
    with acting(cast.maren):
        assert [link.objective_id for link in note.links.all()] == [None]


def test_long_words_and_words_like_script_are_kept_as_they_are(cast: Cast, plan: SignedPlan) -> None:
    note = signed(cast.maren, cast.sama, visit(plan, happened=LONG, client_words=SCRIPT))
    with acting(cast.maren):
        held = Note.objects.get(pk=note.pk)
        assert (held.happened, held.client_words) == (LONG, SCRIPT)


def test_a_closed_case_takes_no_note(cast: Cast, plan: SignedPlan) -> None:
    note = draft(cast.maren, cast.sama, visit(plan))
    done = signed(cast.maren, cast.sama, visit(plan))
    with acting(cast.maren):
        Case.objects.filter(pk=cast.sama.pk).update(closed_on=clock.today())
        closed = Case.objects.get(pk=cast.sama.pk)
        done = Note.objects.select_related("case").get(pk=done.pk)
    with pytest.raises(RuleBroken, match="closed"):
        note_begin(cast.maren, case=closed, key=new_id(), words=visit())
    with pytest.raises(RuleBroken, match="closed"):
        note_sign(cast.maren, note=note, words=visit(plan), edition=1)
    with pytest.raises(RuleBroken, match="closed"):
        addendum_add(cast.maren, note=done, words="Too late")


def test_goals_to_pick_come_from_the_plan_in_effect_with_the_day_of_their_last_note(
    cast: Cast, plan: SignedPlan
) -> None:
    note = signed(cast.maren, cast.sama, visit(plan))
    draft(cast.maren, cast.sama, visit(plan, ties=frozenset({Tie(plan.goal, plan.nights)})))
    with acting(cast.maren):
        draft_plan(cast.sama, 2)
        picks = {pick.number: pick for pick in picks_of(cast.sama)}
    assert list(picks) == ["1.1", "1.1.a", "1.1.b"]
    assert picks["1.1"].last_note == picks["1.1.a"].last_note == note.at
    assert picks["1.1.b"].last_note is None
    assert picks["1.1.a"].value == str(plan.savings.pk)
    assert picks["1.1.a"].more == "$120 → $900"


def test_without_a_plan_there_is_nothing_to_pick(cast: Cast) -> None:
    with acting(cast.maren):
        assert picks_of(cast.sama) == []


def test_own_drafts_and_the_last_signed_note_are_at_hand(cast: Cast, plan: SignedPlan) -> None:
    with acting(cast.maren):
        assert last_signed(cast.sama) is None
    note = signed(cast.maren, cast.sama, visit(plan))
    mine = draft(cast.maren, cast.sama, visit(plan))
    draft(cast.delphine, cast.sama, visit(plan))
    with acting(cast.maren):
        assert last_signed(cast.sama) == note
        assert own_drafts(cast.sama, cast.maren.staff) == [mine]


@pytest.mark.demand("I3")
@pytest.mark.parametrize("state", list(NoteState))
@pytest.mark.parametrize("step", ["sign", "ask to co-sign", "co-sign"])
def test_every_state_and_every_step_of_a_note(cast: Cast, state: NoteState, step: str) -> None:
    """Draft is signed or waits; what waits is co-signed; nothing else is open."""
    allowed = {("draft", "sign"): "signed", ("draft", "ask to co-sign"): "cosign", ("cosign", "co-sign"): "signed"}
    note = draft(cast.maren, cast.sama, visit())
    with acting(cast.maren):
        Note.objects.filter(pk=note.pk).update(state=state, signed_at=clock.now())
        note.refresh_from_db()
        if state == NoteState.COSIGN:
            note.cosigner_id, note.cosigned_at = cast.maren.staff, clock.now()
            note.save()
        if end := allowed.get((state.value, step)):
            move(cast.maren, note, NOTE, step)
            assert note.state == end
        else:
            with pytest.raises(RuleBroken):
                move(cast.maren, note, NOTE, step)
