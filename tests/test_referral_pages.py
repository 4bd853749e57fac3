"""The pages of the door: each mistake beside its field, every word kept, and each answer shown as what it is."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from alongside.client_level.engagement.actions import contact_stop, referral_answer, referral_receive, referral_screen
from alongside.client_level.engagement.forms.persons import phone_number
from alongside.client_level.engagement.forms.referrals import OPEN_TO
from alongside.client_level.engagement.models import ReferralIn, ScreeningAnswer
from alongside.client_level.engagement.queries import URGENCY, Door, Waiting
from alongside.client_level.engagement.states import REFERRAL_IN, ReferralInState
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import RuleBroken
from alongside.people.actions import program_save, program_staff_add, set_up_actor
from alongside.people.models import Case, ContactPoint, Person, Program
from tests.cast import Cast
from tests.door import brought_to, criteria, lola, screened
from tests.visits import LONG, NAMES, SCRIPT, beside, changed, is_only_text, read, send, signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


@pytest.mark.demand("E2", "E6")
@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"program": None}, "program", "Choose one."),
        ({"program": str(uuid4())}, "program", "on the list"),
        ({"received_on": "soon"}, "received_on", "Give the full date"),
        ({"received_on": None}, "received_on", "Give the day."),
        ({"source": "  "}, "source", "Fill this in."),
        ({"source": "s" * 201}, "source", "at most 200"),
        ({"reason": ""}, "reason", "Fill this in."),
        ({"urgency": "whenever"}, "urgency", "on the list"),
        ({"preferred_name": " "}, "preferred_name", "Fill this in."),
        ({"preferred_name": "n" * 201}, "preferred_name", "at most 200"),
        ({"pronouns": "p" * 41}, "pronouns", "at most 40"),
        ({"birth_date": "31.2.1990"}, "birth_date", "Give the full date"),
        ({"birth_date": "2999-01-01"}, "birth_date", "ahead of today"),
        ({"interpreter": "shouting"}, "interpreter", "on the list"),
        ({"race": ["martian"]}, "race", "on the list"),
        ({"veteran": "maybe"}, "veteran", "on the list"),
        ({"kind": "pigeon"}, "kind", "on the list"),
        ({"value": "call me"}, "value", "cannot be called as it stands"),
        ({"value": "123"}, "value", "cannot be called as it stands"),
    ],
)
def test_each_mistake_in_a_referral_is_said_beside_its_field_and_no_word_is_lost(
    cast: Cast, wrong: dict[str, object], field: str, sentence: str
) -> None:
    sent = lola(cast, immediate_needs="Insulin by tonight", safe_contact="Only by the library") | wrong
    answer = send(signed_in(cast, "ines"), "referral_new", **changed(sent))
    assert sentence in beside(answer, field)
    page = words_of(answer)
    assert "Insulin by tonight" in page and "Only by the library" in page and "Everything you typed" in page
    assert f'id="id_{field}-error"' in page
    with acting(cast.ines):
        assert not ReferralIn.objects.exists() and not Person.objects.filter(preferred_name="Lola Marchetti").exists()


@pytest.mark.demand("E2")
def test_a_day_that_lies_ahead_is_refused_at_the_day(cast: Cast) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    answer = send(signed_in(cast, "ines"), "referral_new", **lola(cast, received_on=tomorrow))
    assert "still ahead" in beside(answer, "received_on")


@pytest.mark.demand("E6", "R5")
@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_kept_as_it_is_written_in_any_script(cast: Cast, name: str) -> None:
    ines = signed_in(cast, "ines")
    sent = send(ines, "referral_new", **lola(cast, preferred_name=name))
    key = sent.headers["Location"].rstrip("/").rsplit("/", 1)[1]
    assert name in read(ines, "referral_in", key) and name in read(ines, "referrals_in")
    with acting(cast.ines):
        assert ReferralIn.objects.select_related("client").get(pk=key).client.preferred_name == name


def test_half_a_megabyte_comes_back_whole_to_be_shortened_and_twenty_thousand_letters_are_kept(cast: Cast) -> None:
    ines = signed_in(cast, "ines")
    again = send(ines, "referral_new", **lola(cast, preferred_name=LONG, reason=LONG, immediate_needs="Insulin"))
    assert "at most 200" in beside(again, "preferred_name") and "at most 20000" in beside(again, "reason")
    assert words_of(again).count(LONG.strip()) == 2 and "Insulin" in words_of(again)
    whole = LONG.strip()[:20_000].strip()
    kept = send(ines, "referral_new", **lola(cast, reason=whole))
    assert whole in words_of(ines.get(kept.headers["Location"]))


@pytest.mark.demand("E6")
@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("(555) 014-2233", "+1 555-014-2233"),
        ("555 014 2233", "+1 555-014-2233"),
        ("+49 30 901820", "+49 30 901820"),
        ("+44 20 7946 0958", "+44 20 7946 0958"),
    ],
)
def test_a_number_is_written_so_that_it_can_be_called_from_anywhere(typed: str, shown: str) -> None:
    assert phone_number(typed) == shown
    assert phone_number(shown) == shown


@pytest.mark.demand("E6")
def test_an_address_that_is_no_number_is_kept_as_it_was_said(cast: Cast) -> None:
    send(signed_in(cast, "ines"), "referral_new", **lola(cast, kind="other", value="ask at the library desk"))
    with acting(cast.ines):
        assert ContactPoint.objects.get().value == "ask at the library desk"


@pytest.mark.demand("E6")
def test_without_a_way_to_reach_them_no_empty_way_is_put_on_record(cast: Cast) -> None:
    assert send(signed_in(cast, "ines"), "referral_new", **lola(cast, when_safe="mornings")).status_code == 302
    with acting(cast.ines):
        assert not ContactPoint.objects.exists()


@pytest.mark.demand("E2")
@pytest.mark.parametrize(
    ("urgency", "days_ago", "tag"),
    [
        ("urgent", 0, "By "), ("urgent", 1, "Answer today"), ("urgent", 2, "1 day late"), ("soon", 2, "Answer today"),
        ("usual", 3, "Answer today"), ("usual", 5, "2 days late"),
    ],
)  # fmt: skip
def test_the_door_says_how_long_an_answer_is_still_owed(cast: Cast, urgency: str, days_ago: int, tag: str) -> None:
    referral_receive(
        cast.ines, program=cast.program, person={"preferred_name": "Lola Marchetti"}, source="Herself", reason="Reads",
        received_on=clock.today() - timedelta(days=days_ago), urgency=urgency,
    )  # fmt: skip
    page = read(signed_in(cast, "ines"), "referrals_in")
    assert tag in page.split("Lola Marchetti")[0]
    assert ("is late." in page) is ("late" in tag)
    assert ("Urgent" in page.split("Lola Marchetti")[1]) is (urgency == "urgent")


@pytest.mark.demand("E2")
def test_days_late_are_never_negative_and_only_the_late_are_counted() -> None:
    rows = [Waiting(ReferralIn(), days) for days in (-3, -1, 0, 4)]
    assert [one.days_late for one in rows] == [3, 1, 0, 0]
    assert Door(rows, [], [], []).late == 2
    assert set(URGENCY) == {"urgent", "soon", "usual"} and URGENCY["urgent"] < URGENCY["soon"] < URGENCY["usual"]


@pytest.mark.demand("E2")
def test_what_cannot_wait_is_marked_in_the_list_and_told_only_on_the_page(cast: Cast) -> None:
    ines = signed_in(cast, "ines")
    sent = send(ines, "referral_new", **lola(cast, immediate_needs="Insulin by tonight"))
    listed = read(ines, "referrals_in")
    assert "Something cannot wait" in listed and "Insulin" not in listed
    assert "Insulin by tonight" in words_of(ines.get(sent.headers["Location"]))


@pytest.mark.demand("E2")
@pytest.mark.parametrize(
    ("state", "next_step"),
    [
        ("received", "Ask the program’s criteria"), ("screened", "Everyone who is referred gets an answer"),
        ("accepted", "Name the primary case manager"), ("waitlisted", "On the waiting list since"),
        ("screened_out", "take in a new referral"), ("directed", "take in a new referral"),
    ],
)  # fmt: skip
def test_each_referral_says_where_it_stands_and_what_comes_next(cast: Cast, state: str, next_step: str) -> None:
    referral = brought_to(cast, state)
    page = read(signed_in(cast, "ines"), "referral_in", referral.pk)
    assert next_step in page
    assert str(ReferralInState(state).label) in page
    assert ("As we spoke of it" in page) is (state in ("accepted", "waitlisted", "screened_out", "directed"))


@pytest.mark.demand("E2")
@pytest.mark.parametrize("state", [s.value for s in ReferralInState])
def test_the_answers_one_may_choose_are_those_its_state_allows(cast: Cast, state: str) -> None:
    moves = {move.verb for move in REFERRAL_IN.moves if move.start == state}
    words = {
        "accepted": "accept",
        "waitlisted": "wait-list",
        "screened_out": "screen out",
        "directed": "direct elsewhere",
    }
    open_to = OPEN_TO.get(ReferralInState(state), ())
    assert {words[one] for one in open_to} == moves - {"screen"}
    answer = signed_in(cast, "ines").get(reverse("referral_answer", args=[brought_to(cast, state).pk]))
    assert answer.status_code == (200 if open_to else 422)
    assert answer.content.decode().count('name="answer"') == len(open_to)


@pytest.mark.demand("E2", "E4")
@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        ({}, "answer", "Choose one."),
        ({"answer": "maybe"}, "answer", "on the list"),
        ({"answer": "waitlisted"}, "words", "Say why"),
        ({"answer": "screened_out"}, "words", "Say why"),
        ({"answer": "directed", "words": "Not ours"}, "directed_to", "Name the place"),
        ({"answer": "screened_out", "words": "Too far"}, "directed_to", "not eligible here"),
        ({"answer": "accepted"}, "answer", "has to be answered with yes first"),
        ({"answer": "directed", "words": "w", "directed_to": "d" * 201}, "directed_to", "at most 200"),
    ],
)
def test_an_answer_that_lacks_something_says_what(cast: Cast, sent: dict[str, str], field: str, sentence: str) -> None:
    answer = send(signed_in(cast, "ines"), "referral_answer", screened(cast, "no").pk, **sent)
    assert sentence in beside(answer, field)
    assert sent.get("words", "") in words_of(answer)


@pytest.mark.demand("E3")
def test_the_screening_is_shown_answer_by_answer_with_what_shows_it(cast: Cast) -> None:
    referral, ines = cast.refer("Lola Marchetti"), signed_in(cast, "ines")
    assert read(ines, "referral_in", referral.pk).count("Not asked yet") == 2
    ask = criteria(cast)
    answers = {ask["eligible"]: ("no", "a lease across the river"), ask["appropriate"]: ("unclear", "")}
    referral_screen(cast.ines, referral=referral, answers=answers)
    page = read(ines, "referral_answer", referral.pk)
    for words in ("Lives in the county", "a lease across the river", "Not clear yet", "has to be met", "Change"):
        assert words in page, words
    assert "a lease across the river" in read(ines, "referral_screen", referral.pk)


@pytest.mark.demand("E3")
def test_a_screening_is_fixed_by_its_answer(cast: Cast) -> None:
    referral, ask = brought_to(cast, "directed"), criteria(cast)["eligible"]
    sent = {f"met-{ask.pk}": "no", f"evidence-{ask.pk}": "on second thought"}
    again = signed_in(cast, "ines").post(reverse("referral_screen", args=[referral.pk]), sent)
    assert again.status_code == 422
    assert "on second thought" in words_of(again)
    with acting(cast.ines):
        assert ScreeningAnswer.objects.get(referral=referral).met == "yes"


@pytest.mark.demand("E3")
def test_a_program_without_criteria_says_so_and_can_still_screen_and_accept(cast: Cast) -> None:
    set_up = set_up_actor(cast.agency.pk)
    program = program_save(set_up, program=Program(), values={"name": "Open Table"})
    program_staff_add(set_up, program=program, staff=cast.staff["ines"], role="intake_worker")
    ines = signed_in(cast, "ines")
    sent = send(ines, "referral_new", **lola(cast, program=program.pk))
    key = sent.headers["Location"].rstrip("/").rsplit("/", 1)[1]
    assert "This program asks no criteria." in read(ines, "referral_in", key)
    assert "keep that you screened" in read(ines, "referral_screen", key)
    assert send(ines, "referral_screen", key).status_code == 302
    opened = send(ines, "referral_answer", key, answer="accepted")
    assert opened.headers["Location"] == reverse("case_open", args=[key])
    assert "No case manager works in this program yet." in read(ines, "case_open", key)


@pytest.mark.demand("E7", "E5")
@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"primary": None}, "primary", "Choose one."),
        ({"primary": "tadesse"}, "primary", "on the list"),
        ({"chosen": None}, "chosen", "Choose one."),
        ({"opened_on": "2999-01-01"}, "opened_on", "between the day the referral came and today"),
        ({"opened_on": "2001-01-01"}, "opened_on", "between the day the referral came and today"),
        ({"opened_on": "x"}, "opened_on", "Give the full date"),
    ],
)
def test_a_case_is_not_opened_without_its_primary_and_a_day_in_its_life(
    cast: Cast, wrong: dict[str, Any], field: str, sentence: str
) -> None:
    referral = brought_to(cast, "accepted")
    given = {"primary": cast.staff["maren"].pk, "chosen": "no", "opened_on": clock.today()}
    if wrong.get("primary") == "tadesse":
        wrong = {"primary": cast.staff["tadesse"].pk}
    answer = send(signed_in(cast, "ines"), "case_open", referral.pk, **changed(given, **wrong))
    assert sentence in beside(answer, field)
    with acting(cast.priya):
        assert not Case.objects.exists()


@pytest.mark.demand("E5")
def test_a_case_opened_twice_is_one_case(cast: Cast) -> None:
    referral, ines = brought_to(cast, "accepted"), signed_in(cast, "ines")
    sent = {"primary": cast.staff["maren"].pk, "chosen": "yes", "opened_on": clock.today(), "once": uuid4()}
    first, second = (send(ines, "case_open", referral.pk, **sent) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    third = send(ines, "case_open", referral.pk, **sent | {"once": uuid4()})
    assert third.status_code == 422 and "no case yet" in words_of(third)
    with acting(cast.priya):
        assert Case.objects.count() == 1
    assert "It has become a case." in read(ines, "referral_in", referral.pk)


def test_what_someone_types_at_the_door_is_never_run_on_any_of_its_pages(cast: Cast) -> None:
    ines = signed_in(cast, "ines")
    fields = ("preferred_name", "reason", "source", "source_contact", "immediate_needs", "safe_contact", "language")
    sent = send(ines, "referral_new", **lola(cast, **{name: SCRIPT for name in fields}, kind="other", value=SCRIPT))
    key = sent.headers["Location"].rstrip("/").rsplit("/", 1)[1]
    for name in ("referral_in", "referral_screen", "referral_answer"):
        is_only_text(ines.get(reverse(name, args=[key])))
    is_only_text(ines.get(reverse("referrals_in")))
    is_only_text(send(ines, "referral_new", **lola(cast, source="", reason=SCRIPT)))


@pytest.mark.demand("E6")
def test_a_way_that_is_not_safe_is_marked_on_the_referral_too(cast: Cast) -> None:
    case = cast.sama
    with acting(cast.maren):
        contact = ContactPoint(person=case.client, kind="phone", value="+1 555-014-2233", may_leave_message=True)
        contact.save(force_insert=True)
        key = ReferralIn.objects.get(case=case).pk
    contact_stop(cast.maren, case=case, contact=contact)
    page = read(signed_in(cast, "priya"), "referral_in", key)
    assert "Not safe. Do not use it." in page.split("+1 555-014-2233")[1]


@pytest.mark.demand("E2")
def test_nobody_answers_a_referral_that_is_no_longer_open(cast: Cast) -> None:
    for state in ("screened_out", "directed", "accepted"):
        referral = brought_to(cast, state)
        with pytest.raises(RuleBroken, match="answered already"):
            referral_answer(cast.ines, referral=referral, answer="waitlisted", words="Full")


@pytest.mark.demand("E2")
def test_two_who_answer_at_once_do_not_both_answer(cast: Cast) -> None:
    first = screened(cast)
    with acting(cast.priya):
        second = ReferralIn.objects.select_related("program").get(pk=first.pk)
    referral_answer(cast.ines, referral=first, answer="directed", words="Lives there", directed_to="Eastfield")
    assert second.state == "screened", "Priya still looks at the page of before"
    with pytest.raises(RuleBroken, match="answered already"):
        referral_answer(cast.priya, referral=second, answer="accepted")
    with acting(cast.ines):
        assert (ReferralIn.objects.get(pk=first.pk).state, Case.objects.count()) == ("directed", 0)
