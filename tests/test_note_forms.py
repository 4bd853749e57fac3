"""The note’s form, field by field: what is lacking is said where it lacks, what was typed stays, and editions are minded."""

import html
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.client_level.engagement.actions import person_change
from alongside.client_level.intervention.actions import NoteWords, Tie, note_begin, note_sign
from alongside.client_level.intervention.actions.words import LONGEST
from alongside.documentation.models import Note
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.ids import new_id
from alongside.foundations.roles import Role
from alongside.people.actions import set_up_actor, staff_add
from alongside.people.models import Assignment
from tests.cast import PASSWORD, Cast, actor_for
from tests.signed_plan import SignedPlan, signed_plan

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]
Sent = Callable[..., Any]


@pytest.fixture(autouse=True)
def afternoon() -> Iterator[None]:
    """Three in the afternoon, so that an hour ago is always today."""
    with clock.held(timezone.localtime(clock.now()).replace(hour=15, minute=2)):
        yield


@pytest.fixture
def plan(cast: Cast) -> SignedPlan:
    return signed_plan(cast.maren, cast.sama)


@pytest.fixture
def sent(cast: Cast, client: Client) -> Sent:
    """Send a whole note as Maren, with `more` in place of some of it; answers with what the house says."""
    client.force_login(cast.staff["maren"].account)

    def send(place: str = "note_new", *keys: object, **more: object) -> Any:
        hour = timezone.localtime(clock.now() - timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
        data: dict[str, object] = {
            "once": str(new_id()), "edition": "", "at": hour, "minutes": "45", "mode": "face", "place": "Her home",
            "present": ["Sama"], "others": "", "title": "Reading the lease", "ties": ["alone"], "client_did": "Rang the landlord.",
            "client_words": "I slept.", "worker_did": "Explained the deposit.", "happened": "On course.", "next_step": "", "do": "sign",
        }  # fmt: skip
        return client.post(reverse(place, args=[cast.sama.pk, *keys]), data | more)

    return send


def text_of(answer: Any, status: int = 422) -> str:
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


def the_note(cast: Cast) -> Note:
    with acting(cast.maren):
        return Note.objects.get(case=cast.sama)


def tomorrow() -> str:
    return timezone.localtime(clock.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")


LACKING = [
    ("at", "", "Say when it was."),
    ("at", "yesterday", "Give the full date and a time."),
    ("minutes", "", "Give a number of minutes, for example 45."),
    ("minutes", "0", "Give a number of minutes, for example 45."),
    ("minutes", str(LONGEST + 1), "Give a number of minutes, for example 45."),
    ("minutes", "an hour", "Give a number of minutes, for example 45."),
    ("happened", "  \n ", "Say what happened, and how things stand against the plan."),
    ("client_did", " ", "Say what the client did, however small."),
    ("worker_did", "", "Say what you did."),
    ("others", "x" * 81, "Shorten the names, or set a comma between them."),
]


@pytest.mark.demand("I2", "I3")
@pytest.mark.parametrize(("field", "value", "sentence"), LACKING)
def test_each_lacking_thing_is_said_beside_its_own_field_and_the_rest_comes_back(
    sent: Sent, cast: Cast, field: str, value: str, sentence: str
) -> None:
    text = text_of(sent(**{field: value}))
    beside = re.search(rf'id="id_{field}-error">(?:<svg.*?</svg>)?\s*(.*?)</p>', text, re.DOTALL)
    assert beside is not None and beside[1].strip() == sentence
    assert f'href="#id_{field}"' in text
    assert ("1 answer does not fit" if value.strip() else "1 answer missing") in text
    for name, words in (("client_words", "I slept."), ("title", "Reading the lease"), ("place", "Her home")):
        assert name == field or words in text
    with acting(cast.maren):
        assert not Note.objects.filter(case=cast.sama).exists()


@pytest.mark.demand("I2", "D1")
def test_a_note_tied_to_nothing_and_not_said_to_stand_alone_is_asked_about(sent: Sent, plan: SignedPlan) -> None:
    text = text_of(sent(ties=[]))
    assert "Choose a goal or an objective, or say that this stands on its own." in text
    assert 'href="#id_ties"' in text


@pytest.mark.demand("I3", "D4")
def test_a_note_of_tomorrow_is_refused_on_signing_and_may_wait_as_a_draft(sent: Sent, cast: Cast) -> None:
    text = text_of(sent(at=tomorrow()))
    assert "A note tells what has happened. Choose a time that is past." in text
    assert tomorrow() in text
    assert sent(at=tomorrow(), do="keep").status_code == 302
    note = the_note(cast)
    assert note.state == "draft" and note.at > clock.now()


@pytest.mark.demand("I1")
@pytest.mark.parametrize("minutes", [1, 59, LONGEST])
def test_a_contact_lasts_from_a_minute_to_a_whole_day(sent: Sent, cast: Cast, minutes: int) -> None:
    assert sent(minutes=str(minutes)).status_code == 302
    assert (the_note(cast).minutes, the_note(cast).state) == (minutes, "signed")


@pytest.mark.demand("D1", "C4")
@pytest.mark.parametrize("do", ["sign", "keep"])
@pytest.mark.parametrize("kind", ["goal", "savings"])
def test_a_goal_of_another_case_cannot_be_picked(sent: Sent, cast: Cast, plan: SignedPlan, do: str, kind: str) -> None:
    other = signed_plan(cast.maren, cast.enroll("Yusuf Haddad"))
    text = text_of(sent(ties=[str(getattr(other, kind).pk)], do=do))
    assert "on the list" in text
    with acting(cast.maren):
        assert not Note.objects.filter(case=cast.sama).exists()


@pytest.mark.demand("I2", "D1")
def test_a_note_may_touch_a_goal_and_two_objectives_at_once(sent: Sent, cast: Cast, plan: SignedPlan) -> None:
    answer = sent(ties=[str(row.pk) for row in (plan.goal, plan.savings, plan.nights)])
    assert answer.status_code == 302
    with acting(cast.maren):
        links = {link.objective_id for link in the_note(cast).links.all()}
    assert links == {None, plan.savings.pk, plan.nights.pk}
    assert not the_note(cast).stands_alone


@pytest.mark.demand("D1")
def test_a_note_that_is_tied_does_not_also_stand_alone(sent: Sent, cast: Cast, plan: SignedPlan) -> None:
    sent(ties=[str(plan.savings.pk), "alone"])
    assert not the_note(cast).stands_alone


@pytest.mark.demand("M4")
@pytest.mark.parametrize(
    ("present", "mode", "seen"),
    [(["Sama"], "face", True), (["Sama"], "phone", True), ([], "face", False), (["Interpreter"], "face", False)],
)
def test_only_her_being_there_counts_as_having_seen_her(
    sent: Sent, cast: Cast, present: list[str], mode: str, seen: bool
) -> None:
    sent(present=present, mode=mode)
    assert the_note(cast).client_seen == seen
    with acting(cast.maren):
        last = type(cast.sama).objects.get(pk=cast.sama.pk).last_seen_on
    assert (last == clock.today()) == seen


@pytest.mark.demand("I1")
def test_a_draft_begun_under_her_former_name_goes_on_with_her_seen_under_the_new_one(
    sent: Sent, cast: Cast, client: Client
) -> None:
    sent(present=["Sama", "Interpreter"], others="Mr. Doyle", do="")
    person = cast.sama.client
    person_change(cast.maren, case=cast.sama, values={"preferred_name": "Samira Othman"}, edition=person.edition)
    page = client.get(reverse("note", args=[cast.sama.pk, the_note(cast).pk]))
    form = page.context["form"]
    assert form.initial["present"] == ["Samira", "Interpreter"]
    assert form.initial["others"] == "Mr. Doyle"
    sent(
        "note",
        the_note(cast).pk,
        present=form.initial["present"],
        others="Mr. Doyle",
        edition=str(the_note(cast).edition),
    )
    assert the_note(cast).client_seen and the_note(cast).state == "signed"


@pytest.mark.demand("I1")
def test_everyone_named_is_kept_once_however_they_were_named(sent: Sent, cast: Cast) -> None:
    sent(present=["Sama", "Interpreter"], others="Hala K., , Sama,  Mr. Doyle ,Hala K.")
    assert the_note(cast).present == ["Sama", "Interpreter", "Hala K.", "Mr. Doyle"]


def kept(sent: Sent, key: UUID, edition: object, **more: object) -> Any:
    return sent("note_keep", key, once=str(key), edition=edition, do="", **more)


@pytest.mark.demand("I3")
def test_each_autosave_goes_one_edition_on_and_the_same_words_again_none(sent: Sent, cast: Cast) -> None:
    key = new_id()
    editions = [
        kept(sent, key, edition, happened=words).json()["edition"]
        for edition, words in (("", "We met."), (1, "We met. She"), (2, "We met. She rang."), (3, "We met. She rang."))
    ]
    assert editions == [1, 2, 3, 3]
    assert (the_note(cast).edition, the_note(cast).happened) == (3, "We met. She rang.")


@pytest.mark.demand("I3")
@pytest.mark.parametrize("edition", ["", 1, 9])
def test_an_autosave_of_an_edition_that_is_not_the_last_is_stopped_and_writes_nothing(
    sent: Sent, cast: Cast, edition: object
) -> None:
    key = new_id()
    kept(sent, key, "", happened="First.")
    kept(sent, key, 1, happened="Second.")
    answer = kept(sent, key, edition, happened="From an old window.")
    assert answer.status_code == 409 and "beside the other version" in answer.json()["said"]
    assert (the_note(cast).happened, the_note(cast).edition) == ("Second.", 2)


@pytest.mark.parametrize(
    ("field", "value", "label"), [("minutes", "an h", "How long, in minutes"), ("at", "2026-13", "When")]
)
def test_an_autosave_in_the_middle_of_a_word_keeps_all_but_that_field(
    sent: Sent, cast: Cast, field: str, value: str, label: str
) -> None:
    answer = kept(sent, new_id(), "", **{field: value})
    assert answer.status_code == 200 and answer.json()["said"].endswith(f"but not yet: {label}")
    assert the_note(cast).client_did == "Rang the landlord."


@pytest.mark.demand("I3")
def test_the_line_below_a_trainees_note_tells_who_has_still_to_co_sign_and_then_who_did(cast: Cast) -> None:
    trainee = staff_add(
        set_up_actor(cast.agency.pk), name="Robin Vale", email="robin@harbourlane.example", password=PASSWORD,
        roles=[Role.CASE_MANAGER.value], supervisor=cast.staff["delphine"], trainee=True,
    )  # fmt: skip
    plan = signed_plan(cast.maren, cast.sama)
    with acting(cast.maren):
        Assignment(case=cast.sama, staff=trainee, role="team", since=clock.today()).save()
    words = NoteWords(
        at=clock.now() - timedelta(hours=1), minutes=20, happened="Saw a flat.", client_did="Asked.", worker_did="Drove.",
        ties=frozenset({Tie(plan.goal)}),
    )  # fmt: skip
    actor = actor_for(trainee)
    note = note_sign(actor, note=note_begin(actor, case=cast.sama, key=new_id(), words=words), words=words, edition=1)
    address = reverse("note", args=[cast.sama.pk, note.pk])
    seen = {}
    for name, account in (("maren", cast.staff["maren"].account), ("delphine", cast.staff["delphine"].account)):
        browser = Client()
        browser.force_login(account)
        seen[name] = (browser, browser.get(address).content.decode())
    for _browser, text in seen.values():
        assert "Delphine Arceneaux has not co-signed yet" in text
    assert "Co-sign note" in seen["delphine"][1] and "Co-sign note" not in seen["maren"][1]
    cosign = reverse("note_cosign", args=[cast.sama.pk, note.pk])
    assert seen["maren"][0].post(cosign).status_code == 403
    assert seen["delphine"][0].get(cosign).status_code == 405
    assert seen["delphine"][0].post(cosign).status_code == 302
    text = seen["maren"][0].get(address).content.decode()
    assert "Delphine Arceneaux</b>, co-signed" in text and "has not co-signed" not in text


def fold_of(text: str) -> str:
    """The fold that holds the goals, from its opening tag to the line that folds it."""
    return text.partition('<details class="facts-line ties"')[2].partition("</summary>")[0]


@pytest.mark.demand("D1")
def test_what_is_ticked_is_told_in_the_line_that_folds_the_goals_and_what_lacks_opens_it(
    sent: Sent, client: Client, cast: Cast, plan: SignedPlan
) -> None:
    place = reverse("note_new", args=[cast.sama.pk])
    client.force_login(cast.staff["maren"].account)
    fresh = text_of(client.get(place), 200)
    assert "Nothing is ticked yet." in fold_of(fresh) and " open>" not in fold_of(fresh)
    asked = text_of(client.get(place, {"objective": str(plan.savings.pk)}), 200)
    assert "1.1.a" in fold_of(asked) and " open>" not in fold_of(asked)
    assert '<details class="under" data-picked open>' in asked, "the fold of its goal lies open"
    assert " open>" in fold_of(text_of(sent(ties=[])))
    kept = text_of(sent(ties=[str(plan.savings.pk), str(plan.goal.pk)], minutes=""))
    assert "1.1 " in fold_of(kept) and "1.1.a " in fold_of(kept)
    assert all(f'value="{key}"' in kept for key in (plan.savings.pk, plan.goal.pk, "alone")), (
        "every choice is on the page"
    )
