"""The pages of notes: written on one screen, kept while typed, signed once, read by those who may."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.client_level.intervention.actions import NoteWords, Tie, addendum_add, note_begin, note_sign
from alongside.documentation.models import Note
from alongside.documentation.models.note import NoteState
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.ids import new_id
from alongside.foundations.models import Deed
from alongside.foundations.roles import Role
from alongside.people.actions import set_up_actor, staff_add
from alongside.people.models import Assignment, Case
from tests.cast import PASSWORD, Cast, actor_for
from tests.kept import looks_seen_by
from tests.signed_plan import SignedPlan, signed_plan

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]

SCRIPT = "<script>alert('the sea')</script>"
Enter = Callable[[str], Client]


@pytest.fixture(autouse=True)
def afternoon() -> Iterator[None]:
    """Three in the afternoon, so that two hours ago is always today."""
    with clock.held(timezone.localtime(clock.now()).replace(hour=15, minute=2)):
        yield


@pytest.fixture
def enter(cast: Cast) -> Enter:
    """Sign somebody in, in a browser of their own."""

    def come_in(name: str) -> Client:
        browser = Client()
        browser.force_login(cast.staff[name].account)
        return browser

    return come_in


@pytest.fixture
def plan(cast: Cast) -> SignedPlan:
    return signed_plan(cast.maren, cast.sama)


def typed(key: UUID | None = None, **more: object) -> dict[str, object]:
    """What the browser sends of a whole note. `key` is the token that was drawn into the form."""
    hour = timezone.localtime(clock.now() - timedelta(hours=3))
    sent: dict[str, object] = {
        "once": str(key or new_id()), "edition": "", "at": hour.strftime("%Y-%m-%dT%H:%M"), "minutes": "45", "mode": "face",
        "place": "Her home", "present": ["Sama", "Interpreter"], "others": "Hala K.", "title": "Reading the lease",
        "client_did": "Rang the landlord herself.", "client_words": "I slept four nights.",
        "worker_did": "Explained the deposit.", "happened": "On course for the lease.", "next_step": "", "do": "sign",
    }  # fmt: skip
    return sent | more


def page(browser: Client, name: str, *keys: object, query: str = "") -> str:
    answer = browser.get(reverse(name, args=keys) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def notes_of(cast: Cast) -> list[Note]:
    with acting(cast.maren):
        return list(Note.objects.filter(case=cast.sama).order_by("started_at"))


def signed_note(cast: Cast, plan: SignedPlan | None = None, **more: object) -> Note:
    ties = frozenset({Tie(plan.goal, plan.savings)}) if plan else frozenset()
    told: dict[str, object] = {
        "at": clock.now() - timedelta(days=3), "minutes": 30, "happened": "Saw two flats.", "client_did": "Asked about the lock.",
        "worker_did": "Drove.", "ties": ties, "stands_alone": plan is None,
    }  # fmt: skip
    words = NoteWords(**told | more)  # type: ignore[arg-type]
    note = note_begin(cast.maren, case=cast.sama, key=new_id(), words=words)
    return note_sign(cast.maren, note=note, words=words, edition=1)


@pytest.mark.demand("I1", "I2")
def test_a_new_note_is_one_screen_filled_in_as_far_as_the_house_knows(
    cast: Cast, plan: SignedPlan, enter: Enter
) -> None:
    text = page(enter("maren"), "note_new", cast.sama.pk)
    assert "New Start" in text
    assert "Face to face" in text
    assert "1.1.a Put money aside" in text
    assert "No note yet" in text
    assert text.count("btn-primary") == 1
    assert "Sign note" in text
    assert f'value="{cast.program.name}"' in text
    assert "the library" in text


def test_opening_a_new_note_stores_nothing(cast: Cast, enter: Enter) -> None:
    page(enter("maren"), "note_new", cast.sama.pk)
    assert notes_of(cast) == []


@pytest.mark.demand("D1")
@pytest.mark.parametrize("by", ["goal", "objective"])
def test_a_mend_opens_the_note_already_tied_to_the_link(cast: Cast, plan: SignedPlan, enter: Enter, by: str) -> None:
    asked = plan.goal if by == "goal" else plan.nights
    text = page(enter("maren"), "note_new", cast.sama.pk, query=f"?{by}={asked.pk}")
    (box,) = [line for line in text.split("<label") if f'value="{asked.pk}"' in line]
    assert "checked" in box.split(">")[1] + box.split(">")[2]
    assert text.count("checked") == 3  # the goal, face to face, and Sama


@pytest.mark.demand("I3")
def test_a_draft_left_and_taken_up_again_by_the_back_button_goes_on_as_the_same_note(cast: Cast, enter: Enter) -> None:
    browser, key, place = enter("maren"), new_id(), reverse("note_new", args=[cast.sama.pk])
    left = browser.post(place, typed(key, do="draft", happened="Two flats", ties=[]))
    again = browser.post(place, typed(key, do="draft", happened="Two flats seen, and a third.", ties=[]))
    assert (left.status_code, again.status_code) == (302, 302)
    (note,) = notes_of(cast)
    assert note.happened == "Two flats seen, and a third."
    once_more = browser.post(
        place, typed(key, do="draft", happened="Two flats seen, and a third.", ties=[], edition="2")
    )
    assert once_more.status_code == 302, "an edition that the page learned meanwhile makes no other words of them"
    assert len(notes_of(cast)) == 1


@pytest.mark.demand("I2", "I3", "M4")
def test_maren_signs_from_the_page_and_is_shown_the_signed_note(cast: Cast, plan: SignedPlan, enter: Enter) -> None:
    browser, key = enter("maren"), new_id()
    answer = browser.post(reverse("note_new", args=[cast.sama.pk]), typed(key, ties=[str(plan.savings.pk)]))
    assert answer.headers["Location"] == reverse("note", args=[cast.sama.pk, key])
    (note,) = notes_of(cast)
    assert (note.state, note.present) == (NoteState.SIGNED, ["Sama", "Interpreter", "Hala K."])
    text = page(browser, "note", cast.sama.pk, key)
    for said in (
        "Signed and fixed",
        "Maren Achterberg",
        "on the same day",
        "1.1.a",
        "I slept four nights.",
        "Reading the lease",
    ):
        assert said in text
    assert "<textarea" not in text
    with acting(cast.maren):
        assert Case.objects.get(pk=cast.sama.pk).last_seen_on == note.at.date()


def test_sending_twice_signs_once(cast: Cast, plan: SignedPlan, enter: Enter) -> None:
    browser, sent = enter("maren"), typed(ties=[str(plan.savings.pk)])
    first, second = (browser.post(reverse("note_new", args=[cast.sama.pk]), sent) for _time in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert len(notes_of(cast)) == 1
    with acting(cast.maren):
        assert Deed.objects.filter(case_id=cast.sama.pk, verb="note_sign").count() == 1


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(
    cast: Cast, plan: SignedPlan, enter: Enter
) -> None:
    sent = typed(minutes="", client_did="", happened="We read the lease together.")
    answer = enter("maren").post(reverse("note_new", args=[cast.sama.pk]), sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Give a number of minutes, for example 45." in text
    assert "Say what the client did" in text
    assert "Choose a goal or an objective" in text
    assert "We read the lease together." in text
    assert "3 answers missing" in text
    assert 'href="#id_ties"' in text
    assert 'id="id_ties"' in text
    assert str(sent["once"]) in text


@pytest.mark.parametrize("minutes", ["soon", "-3", "2000"])
def test_minutes_that_are_none_are_refused_and_shown_again(
    cast: Cast, plan: SignedPlan, enter: Enter, minutes: str
) -> None:
    sent = typed(minutes=minutes, ties=[str(plan.savings.pk)])
    answer = enter("maren").post(reverse("note_new", args=[cast.sama.pk]), sent)
    assert answer.status_code == 422
    assert f'value="{minutes}"' in answer.content.decode()


def test_before_there_is_a_plan_the_page_says_so_and_the_note_stands_alone(cast: Cast, enter: Enter) -> None:
    browser = enter("maren")
    assert "There is no plan yet" in page(browser, "note_new", cast.sama.pk)
    browser.post(reverse("note_new", args=[cast.sama.pk]), typed(ties=["alone"]))
    (note,) = notes_of(cast)
    assert note.stands_alone
    assert "It stands on its own." in page(browser, "note", cast.sama.pk, note.pk)


def keep(browser: Client, cast: Cast, key: UUID, **more: object) -> tuple[int, dict[str, object], str]:
    answer = browser.post(reverse("note_keep", args=[cast.sama.pk, key]), typed(key, do="", **more))
    told = answer.json() if answer.headers["Content-Type"] == "application/json" else {}
    return answer.status_code, told, answer.content.decode()


@pytest.mark.demand("I2")
def test_the_first_autosave_begins_the_draft_and_the_next_ones_go_on_with_it(
    cast: Cast, plan: SignedPlan, enter: Enter
) -> None:
    browser, key = enter("maren"), new_id()
    status, told, _text = keep(browser, cast, key, happened="We")
    assert (status, told["edition"]) == (200, 1)
    assert str(told["said"]).startswith("Saved ")
    status, told, _text = keep(browser, cast, key, happened="We read", edition="1")
    assert (status, told["edition"]) == (200, 2)
    (note,) = notes_of(cast)
    assert (note.pk, note.state, note.happened) == (key, NoteState.DRAFT, "We read")
    answer = browser.post(
        reverse("note_new", args=[cast.sama.pk]),
        typed(key, edition="2", happened="We read it all.", ties=[str(plan.goal.pk)]),
    )
    assert answer.status_code == 302
    (note,) = notes_of(cast)
    assert (note.state, note.happened) == (NoteState.SIGNED, "We read it all.")


def test_a_first_autosave_whose_answer_was_lost_is_taken_again(cast: Cast, enter: Enter) -> None:
    browser, key = enter("maren"), new_id()
    keep(browser, cast, key, happened="We")
    status, told, _text = keep(browser, cast, key, happened="We read")
    assert (status, told["edition"]) == (200, 2)
    assert len(notes_of(cast)) == 1


def test_autosave_keeps_the_rest_when_one_field_cannot_be_read_yet_and_says_which(cast: Cast, enter: Enter) -> None:
    status, told, _text = keep(enter("maren"), cast, new_id(), minutes="fort", happened="We read")
    (note,) = notes_of(cast)
    assert status == 200
    assert "How long, in minutes" in str(told["said"])
    assert (note.minutes, note.happened) == (None, "We read")


def test_autosave_from_two_windows_says_so_and_overwrites_nothing(cast: Cast, enter: Enter) -> None:
    browser, key = enter("maren"), new_id()
    keep(browser, cast, key, happened="We")
    keep(browser, cast, key, happened="From the phone", edition="1")
    status, told, text = keep(browser, cast, key, happened="From the desk", edition="1")
    assert (status, told["edition"]) == (409, 2)
    assert "another window" in text
    assert notes_of(cast)[0].happened == "From the phone"


@pytest.mark.parametrize("do", ["sign", "keep"])
def test_the_page_then_shows_both_versions_and_saving_once_more_takes_the_chosen_one(
    cast: Cast, plan: SignedPlan, enter: Enter, do: str
) -> None:
    browser, key = enter("maren"), new_id()
    keep(browser, cast, key, happened="We")
    keep(browser, cast, key, happened="From the phone", edition="1")
    sent = typed(key, edition="1", happened="From the desk", do=do, ties=[str(plan.goal.pk)])
    answer = browser.post(reverse("note", args=[cast.sama.pk, key]), sent)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "From the phone" in text
    assert "From the desk" in text
    assert 'name="edition" value="2"' in text
    assert browser.post(reverse("note", args=[cast.sama.pk, key]), sent | {"edition": "2"}).status_code == 302
    assert notes_of(cast)[0].happened == "From the desk"


def test_autosave_when_signed_out_says_401_and_keeps_nothing(cast: Cast) -> None:
    status, told, _text = keep(Client(), cast, new_id(), happened="We")
    assert (status, told["said"]) == (401, "signed out")
    assert notes_of(cast) == []


def test_autosave_is_by_post_only_and_guarded_against_forged_requests(cast: Cast) -> None:
    guarded = Client(enforce_csrf_checks=True)
    guarded.force_login(cast.staff["maren"].account)
    place = reverse("note_keep", args=[cast.sama.pk, new_id()])
    assert guarded.get(place).status_code == 405
    assert guarded.post(place, typed()).status_code == 403


def test_autosave_of_a_signed_note_stops_with_the_reason(cast: Cast, plan: SignedPlan, enter: Enter) -> None:
    note = signed_note(cast, plan)
    status, _told, text = keep(enter("maren"), cast, note.pk, happened="Otherwise")
    assert status == 409
    assert "signed, and fixed" in text


def test_leaving_as_draft_keeps_every_word_and_the_next_visit_offers_it(
    cast: Cast, plan: SignedPlan, enter: Enter
) -> None:
    browser, key = enter("maren"), new_id()
    sent = typed(key, do="keep", minutes="", client_did="", happened="Half a thou", ties=[str(plan.nights.pk)])
    answer = browser.post(reverse("note_new", args=[cast.sama.pk]), sent)
    assert answer.headers["Location"] == reverse("case", args=[cast.sama.pk])
    text = page(browser, "note_new", cast.sama.pk)
    assert "You left a draft" in text
    assert reverse("note", args=[cast.sama.pk, key]) in text
    assert "Reading the lease" in text, "of several drafts, each says how it begins"
    again = page(browser, "note", cast.sama.pk, key)
    assert "Half a thou" in again
    assert "Hala K." in again
    assert 'name="edition" value="1"' in again
    (box,) = [line for line in again.split("<label") if f'value="{plan.nights.pk}"' in line]
    assert "checked" in box


@pytest.mark.demand("C4")
@pytest.mark.parametrize("who", ["tadesse", "noor"])
def test_strangers_are_told_that_there_is_nothing(cast: Cast, plan: SignedPlan, enter: Enter, who: str) -> None:
    note, browser = signed_note(cast, plan), enter(who)
    places = [
        reverse("note_new", args=[cast.sama.pk]), reverse("note", args=[cast.sama.pk, note.pk]),
        reverse("addendum_new", args=[cast.sama.pk, note.pk]),
    ]  # fmt: skip
    assert [browser.get(place).status_code for place in places] == [404, 404, 404]
    assert browser.post(places[0], typed(ties=["alone"])).status_code == 404
    assert browser.post(reverse("note_keep", args=[cast.sama.pk, new_id()]), typed()).status_code == 404
    assert browser.post(reverse("note_cosign", args=[cast.sama.pk, note.pk])).status_code == 404
    assert len(notes_of(cast)) == 1


@pytest.mark.demand("C4")
def test_the_administrator_has_no_way_to_a_note(cast: Cast, plan: SignedPlan, enter: Enter) -> None:
    note, browser = signed_note(cast, plan), enter("otto")
    assert browser.get(reverse("note", args=[cast.sama.pk, note.pk])).status_code in (403, 404)
    assert browser.get(reverse("note_new", args=[cast.sama.pk])).status_code in (403, 404)


@pytest.mark.demand("C4", "S7")
def test_who_was_lent_the_file_reads_the_signed_note_and_writes_nothing(
    cast: Cast, plan: SignedPlan, enter: Enter
) -> None:
    note = signed_note(cast, plan)
    with acting(cast.maren):
        lent = Assignment(
            case=cast.sama,
            staff=cast.staff["quinn"],
            role="review",
            reason="Review",
            until="2099-01-01",
            since=clock.today(),
        )
        lent.save(force_insert=True)
    browser = enter("quinn")
    text = page(browser, "note", cast.sama.pk, note.pk)
    assert "Saw two flats." in text
    assert "Add to this note" not in text
    assert browser.get(reverse("note_new", args=[cast.sama.pk])).status_code == 403
    assert browser.post(reverse("note", args=[cast.sama.pk, note.pk]), typed()).status_code == 403
    assert browser.post(reverse("note_keep", args=[cast.sama.pk, note.pk]), typed()).status_code == 403


def test_a_note_is_not_found_under_another_case(cast: Cast, plan: SignedPlan, enter: Enter) -> None:
    note, other = signed_note(cast, plan), cast.enroll("Ruth Okafor")
    browser = enter("maren")
    for name in ("note", "addendum_new"):
        assert browser.get(reverse(name, args=[other.pk, note.pk])).status_code == 404
    assert browser.get(reverse("note", args=[cast.sama.pk, new_id()])).status_code == 404


def test_a_draft_is_its_writers_and_its_words_are_not_shown_to_others(cast: Cast, enter: Enter) -> None:
    browser, key = enter("maren"), new_id()
    keep(browser, cast, key, happened="Not thought through yet")
    text = page(enter("delphine"), "note", cast.sama.pk, key)
    assert "is still writing this note" in text
    assert "Not thought through yet" not in text
    assert "Reading the lease" not in text
    sent = typed(key, edition="1", happened="Delphine’s")
    assert enter("delphine").post(reverse("note", args=[cast.sama.pk, key]), sent).status_code == 403


@pytest.mark.demand("I3", "D5")
def test_an_addendum_stands_below_the_note_with_its_writer_and_the_note_stays(
    cast: Cast, plan: SignedPlan, enter: Enter
) -> None:
    note, browser = signed_note(cast, plan), enter("maren")
    place = reverse("addendum_new", args=[cast.sama.pk, note.pk])
    empty = browser.post(place, {"once": str(new_id()), "words": " "})
    assert empty.status_code == 422
    assert "Write what is to be added." in empty.content.decode()
    sent = {"once": str(new_id()), "words": f"It was three flats. {SCRIPT}"}
    for _time in range(2):
        assert browser.post(place, sent).status_code == 302
    text = page(browser, "note", cast.sama.pk, note.pk)
    assert text.count("It was three flats.") == 1
    assert "Added later" in text
    assert "Saw two flats." in text
    assert SCRIPT not in text


def test_words_like_script_are_shown_as_words_everywhere(cast: Cast, plan: SignedPlan, enter: Enter) -> None:
    note = signed_note(
        cast, plan, happened=SCRIPT, client_words=SCRIPT, title="<b>bold</b>", next_step=SCRIPT, present=(SCRIPT[:80],)
    )
    addendum_add(cast.maren, note=note, words=SCRIPT)
    browser = enter("maren")
    for text in (page(browser, "note", cast.sama.pk, note.pk), page(browser, "note_new", cast.sama.pk)):
        assert SCRIPT not in text
        assert "<b>bold</b>" not in text
        assert "&lt;script&gt;" in text


@pytest.mark.demand("D4")
def test_the_signed_page_says_how_long_after_the_event_it_was_signed(
    cast: Cast, plan: SignedPlan, enter: Enter
) -> None:
    note = signed_note(cast, plan)
    assert "3 days after the event" in page(enter("maren"), "note", cast.sama.pk, note.pk)


@pytest.mark.demand("I3")
def test_the_supervisor_co_signs_a_trainees_note_from_its_page(cast: Cast, enter: Enter) -> None:
    bilal = staff_add(
        set_up_actor(cast.agency.pk), name="Bilal Sayeed", email="bilal@harbourlane.example", password=PASSWORD,
        roles=[Role.CASE_MANAGER.value], supervisor=cast.staff["delphine"], trainee=True,
    )  # fmt: skip
    cast.staff["bilal"] = bilal
    case = cast.enroll("Ruth Okafor", primary="bilal")
    key = new_id()
    enter("bilal").post(reverse("note_new", args=[case.pk]), typed(key, ties=["alone"], present=["Ruth"]))
    own = page(enter("bilal"), "note", case.pk, key)
    assert "Delphine Arceneaux has not co-signed yet" in own
    assert "Co-sign note" not in own
    assert enter("bilal").post(reverse("note_cosign", args=[case.pk, key])).status_code == 403
    assert "Co-sign note" in page(enter("delphine"), "note", case.pk, key)
    assert enter("delphine").post(reverse("note_cosign", args=[case.pk, key])).status_code == 302
    assert "co-signed" in page(enter("bilal"), "note", case.pk, key)
    with acting(actor_for(bilal)):
        assert Note.objects.get(pk=key).state == NoteState.SIGNED


@pytest.mark.demand("I6")
def test_what_the_client_chose_and_the_last_note_are_at_hand_while_writing(
    cast: Cast, plan: SignedPlan, enter: Enter
) -> None:
    signed_note(cast, plan, client_words="I want to ask them the questions.")
    text = page(enter("maren"), "note_new", cast.sama.pk)
    assert "Offered to be seen alone:" in text
    assert "I want to ask them the questions." in text
    assert "Last note 3 days ago" in text


def test_a_closed_case_offers_no_note_and_takes_none(cast: Cast, plan: SignedPlan, enter: Enter) -> None:
    note, browser = signed_note(cast, plan), enter("maren")
    with acting(cast.maren):
        Case.objects.filter(pk=cast.sama.pk).update(closed_on=clock.today())
    assert browser.get(reverse("note_new", args=[cast.sama.pk])).status_code == 422
    text = page(browser, "note", cast.sama.pk, note.pk)
    assert "Add to this note" not in text
    status, _told, said = keep(browser, cast, new_id())
    assert status == 409
    assert "closed" in said


@pytest.mark.demand("C5")
def test_opening_a_note_is_kept_as_a_look(cast: Cast, plan: SignedPlan, enter: Enter) -> None:
    note = signed_note(cast, plan)
    page(enter("delphine"), "note", cast.sama.pk, note.pk)
    assert ("opened", "note", "Delphine Arceneaux") in looks_seen_by(cast.delphine)


def test_the_title_of_the_page_carries_no_more_than_the_name(cast: Cast, plan: SignedPlan, enter: Enter) -> None:
    note = signed_note(cast, plan, title="Night fears")
    title = page(enter("maren"), "note", cast.sama.pk, note.pk).split("<title>")[1].split("</title>")[0]
    assert "Sama Othman" in title
    assert "Night fears" not in title
