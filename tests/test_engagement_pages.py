"""The pages of the door and of the People tab, as those at the screen meet them."""

from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from alongside.client_level.engagement.actions import significant_other_add
from alongside.client_level.engagement.models import Criterion, ReferralIn
from alongside.foundations import clock, looks
from alongside.foundations.actor import acting
from alongside.people.models import Assignment, Case, ContactPoint, Person, SignificantOther
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]

SCRIPT = "<script>alert(1)</script>"


def signed_in(cast: Cast, who: str) -> Client:
    """A browser in which someone of the cast is signed in."""
    browser = Client()
    browser.force_login(cast.staff[who].account)
    return browser


def new_referral(cast: Cast, **more: object) -> dict[str, object]:
    """What Ines types into the form for Lola."""
    return {
        "program": cast.program.pk, "received_on": clock.today(), "source": "Herself", "reason": "Wants to learn to read",
        "urgency": "usual", "preferred_name": "Lola Marchetti", "interpreter": "never", "kind": "text",
        "veteran": "not_asked", "disabling_condition": "not_asked", "race": ["white", "hispanic"],
    } | more  # fmt: skip


def screening(cast: Cast, met: str = "yes", evidence: str = "a lease") -> dict[str, str]:
    """The answers to New Start's criteria, as the form sends them."""
    with acting(cast.ines):
        keys = Criterion.objects.filter(program=cast.program).values_list("pk", flat=True)
        return {f"met-{key}": met for key in keys} | {f"evidence-{key}": evidence for key in keys}


@pytest.mark.demand("E2", "E3", "E5", "E6", "E7")
def test_ines_takes_lola_from_the_first_word_to_an_enrolled_case(cast: Cast) -> None:
    ines = signed_in(cast, "ines")
    sent = ines.post(reverse("referral_new"), new_referral(cast, value="(555) 014-2233", when_safe="before 14:00"))
    page = ines.get(sent.headers["Location"])
    assert "+1 555-014-2233" in page.content.decode()
    assert "Leave no message." in page.content.decode()
    key = sent.headers["Location"].rstrip("/").rsplit("/", 1)[1]
    assert "Lola Marchetti" in ines.get(reverse("referrals_in")).content.decode()
    answered = ines.post(reverse("referral_screen", args=[key]), screening(cast) | {"edition": "1"})
    assert answered.headers["Location"] == reverse("referral_answer", args=[key])
    opened = ines.post(answered.headers["Location"], {"answer": "accepted"})
    assert opened.headers["Location"] == reverse("case_open", args=[key])
    assert "Maren Achterberg" in ines.get(opened.headers["Location"]).content.decode()
    begun = ines.post(
        opened.headers["Location"], {"primary": cast.staff["maren"].pk, "chosen": "yes", "opened_on": clock.today()}
    )
    told = {
        "subjects": ["rights", "consent", "confidentiality"], "on": clock.today(), "language": "English",
        "seen_alone": "yes", "present": ["client"], "wishes": "Tell nobody at the bakery",
    }  # fmt: skip
    assert "confidentiality" in ines.get(begun.headers["Location"]).content.decode().lower()
    done = ines.post(begun.headers["Location"], told)
    with acting(cast.maren):
        case = Case.objects.get(client__preferred_name="Lola Marchetti")
        assert (case.enrolled_on, case.primary_chosen_by_client) == (clock.today(), True)
        assert Person.objects.get(pk=case.client_id).race == ["white", "hispanic"]
        assert Assignment.objects.filter(case=case, role="primary").count() == 1
    assert done.headers["Location"] == reverse("case", args=[case.pk])
    people = signed_in(cast, "maren").get(reverse("case_people", args=[case.pk])).content.decode()
    assert "Tell nobody at the bakery" in people


@pytest.mark.demand("E2")
def test_an_empty_door_says_what_empty_means(cast: Cast) -> None:
    page = signed_in(cast, "ines").get(reverse("referrals_in")).content.decode()
    assert "Everyone has an answer." in page
    assert reverse("referral_new") in page
    elsewhere = signed_in(cast, "maren")
    assert "Ask an administrator to add you" in elsewhere.get(reverse("referrals_in")).content.decode()
    assert "for no program yet" in elsewhere.get(reverse("referral_new")).content.decode()


@pytest.mark.demand("E2")
def test_the_door_shows_who_is_late_who_is_accepted_who_waits_and_who_was_answered(cast: Cast) -> None:
    cast.refer("Late Lena")
    ines = signed_in(cast, "ines")
    for name, answer in (("Acca Oduya", "accepted"), ("Wim Sørensen", "waitlisted"), ("Dia Rahman", "directed")):
        key = cast.refer(name).pk
        ines.post(reverse("referral_screen", args=[key]), screening(cast))
        ines.post(
            reverse("referral_answer", args=[key]), {"answer": answer, "words": "Because", "directed_to": "Eastfield"}
        )
    page = ines.get(reverse("referrals_in")).content.decode()
    assert "7 days late" in page
    assert "1 is late." in page
    assert "Accepted, no case yet" in page
    assert "Waiting list" in page
    assert "named Eastfield" in page


@pytest.mark.demand("E2", "E6")
def test_a_mistake_gives_the_form_again_with_every_word(cast: Cast) -> None:
    ines = signed_in(cast, "ines")
    long = "She walked here from the ferry. " * 200
    again = ines.post(reverse("referral_new"), new_referral(cast, preferred_name="", reason=long, value="12"))
    page = again.content.decode()
    assert again.status_code == 422
    assert long.strip() in page
    assert "cannot be called as it stands" in page
    with acting(cast.ines):
        assert not ReferralIn.objects.exists()


@pytest.mark.demand("E6")
def test_an_answer_on_race_that_contradicts_itself_is_asked_again(cast: Cast) -> None:
    again = signed_in(cast, "ines").post(reverse("referral_new"), new_referral(cast, race=["white", "declined"]))
    assert again.status_code == 422
    assert "not both" in again.content.decode()


def test_a_form_sent_twice_takes_in_one_referral(cast: Cast) -> None:
    ines, token = signed_in(cast, "ines"), uuid4()
    first = ines.post(reverse("referral_new"), new_referral(cast, once=token))
    second = ines.post(reverse("referral_new"), new_referral(cast, once=token))
    assert first.headers["Location"] == second.headers["Location"]
    with acting(cast.ines):
        assert ReferralIn.objects.count() == 1


def test_what_someone_types_is_never_run(cast: Cast) -> None:
    ines = signed_in(cast, "ines")
    sent = ines.post(reverse("referral_new"), new_referral(cast, preferred_name=SCRIPT, reason=SCRIPT, source=SCRIPT))
    for page in (ines.get(sent.headers["Location"]), ines.get(reverse("referrals_in"))):
        assert SCRIPT not in page.content.decode()
        assert "&lt;script&gt;" in page.content.decode()


@pytest.mark.demand("E3")
def test_a_screening_that_someone_else_changed_shows_both_versions(cast: Cast) -> None:
    key = cast.refer("Lola Marchetti").pk
    address = reverse("referral_screen", args=[key])
    signed_in(cast, "priya").post(address, screening(cast, "no", "lives across the river") | {"edition": "1"})
    again = signed_in(cast, "ines").post(address, screening(cast, "yes", "a lease") | {"edition": "1"})
    page = again.content.decode()
    assert again.status_code == 409
    assert "lives across the river" in page
    assert "a lease" in page
    assert 'value="2"' in page


@pytest.mark.demand("E3")
def test_a_yes_without_evidence_is_asked_for_at_its_row(cast: Cast) -> None:
    key = cast.refer("Lola Marchetti").pk
    again = signed_in(cast, "ines").post(reverse("referral_screen", args=[key]), screening(cast, "yes", ""))
    assert again.status_code == 422
    assert "Say what you saw or heard" in again.content.decode()


@pytest.mark.demand("E4")
def test_sending_someone_elsewhere_asks_for_the_place_and_keeps_the_words(cast: Cast) -> None:
    key = cast.refer("Lola Marchetti").pk
    address = reverse("referral_answer", args=[key])
    ines = signed_in(cast, "ines")
    assert ines.get(address).content.decode().count('name="answer"') == 1
    again = ines.post(address, {"answer": "directed", "words": "We have no night beds"})
    assert again.status_code == 422
    assert "We have no night beds" in again.content.decode()
    assert "Name the place" in again.content.decode()


@pytest.mark.demand("E2")
def test_an_answered_referral_takes_no_second_answer(cast: Cast) -> None:
    case = cast.sama
    with acting(cast.priya):
        key = ReferralIn.objects.get(case=case).pk
    assert signed_in(cast, "priya").get(reverse("referral_answer", args=[key])).status_code == 422


@pytest.mark.demand("C4", "C5")
@pytest.mark.parametrize("who", ["maren", "tadesse", "noor"])
def test_a_stranger_at_the_door_is_told_nothing_and_the_try_is_kept(
    cast: Cast, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, kept = cast.refer("Lola Marchetti").pk, []

    def keep(kind: str, **more: str) -> None:
        kept.append((kind, more["page"]))
        looks.refusal_kept.set(kind == looks.REFUSED)

    monkeypatch.setattr(looks, "look", keep)
    browser = signed_in(cast, who)
    for name in ("referral_in", "referral_screen", "referral_answer", "case_open"):
        assert browser.get(reverse(name, args=[key])).status_code == 404, name
    assert "Lola" not in browser.get(reverse("referrals_in")).content.decode()
    tried = [("refused", name) for name in ("referral_in", "referral_screen", "referral_answer", "case_open")]
    assert kept == [*tried, ("listed", "referrals_in")]


@pytest.mark.demand("C4")
def test_the_administrator_and_the_reviewer_have_no_door(cast: Cast) -> None:
    for who in ("otto", "quinn"):
        assert signed_in(cast, who).get(reverse("referrals_in")).status_code == 403


def people_pages(case: Case) -> list[str]:
    """Every address of the People tab."""
    small = ("contact_new", "address_new", "name_new", "other_new", "representative_new", "wishes_edit")
    return [reverse(name, args=[case.pk]) for name in ("case_people", "person_edit", *small)]


@pytest.mark.demand("C4")
def test_the_people_of_a_case_are_no_strangers_business(cast: Cast) -> None:
    for who, status in (("maren", 200), ("delphine", 200), ("tadesse", 404), ("noor", 404), ("otto", 404)):
        browser = signed_in(cast, who)
        assert {browser.get(address).status_code for address in people_pages(cast.sama)} == {status}, who


@pytest.mark.demand("C4")
def test_a_reader_sees_the_people_and_changes_nobody(cast: Cast) -> None:
    with acting(cast.maren):
        Assignment(
            case=cast.sama,
            program_id=cast.sama.program_id,
            staff_id=cast.tadesse.staff,
            role="review",
            reason="Review",
            until="2099-01-01",
            since=clock.today(),
        ).save(force_insert=True)
    tadesse = signed_in(cast, "tadesse")
    first, *others = people_pages(cast.sama)
    page = tadesse.get(first)
    assert page.status_code == 200
    assert reverse("other_new", args=[cast.sama.pk]) not in page.content.decode()
    assert {tadesse.get(address).status_code for address in others} == {403}


@pytest.mark.demand("E6", "C8", "C7")
def test_the_tab_says_who_may_know_what_and_how_to_reach_her_safely(cast: Cast) -> None:
    case, maren = cast.sama, signed_in(cast, "maren")
    sent = [
        ("contact_new", {"kind": "text", "value": "555 014 2233", "who_answers": "Rim", "may_leave_message": ""}),
        ("address_new", {"lines": "18 Cooper Row", "confidential": "on"}),
        ("name_new", {"name": "Samira Uthman", "kind": "birth name"}),
        ("other_new", {"name": "Fadi", "relation": "brother-in-law", "tie": "stress", "lives_with": "on", "must_not_know": "on"}),
        ("other_new", {"name": "Ilse", "relation": "neighbor", "tie": "strong", "may_know": "the class"}),
        ("representative_new", {"name": "Dora", "capacity": "guardian", "scope": "Money", "since": clock.today()}),
    ]  # fmt: skip
    for name, words in sent:
        answer = maren.post(reverse(name, args=[case.pk]), words)
        assert answer.status_code == 302, (name, answer.content.decode())
    page = maren.get(reverse("case_people", args=[case.pk])).content.decode()
    for said in ("Must not know. Share nothing.", "May know: the class", "Leave no message.", "Within: Money",
                 "Confidential: tell it to nobody", "Samira Uthman", "One tie is under strain.", "Arabic"):  # fmt: skip
        assert said in page, said


@pytest.mark.demand("E6")
def test_an_empty_tab_says_what_to_ask(cast: Cast) -> None:
    page = signed_in(cast, "maren").get(reverse("case_people", args=[cast.sama.pk])).content.decode()
    assert "No way to make contact is on record." in page
    assert "Ask who they turn to first." in page
    assert "Sama decides" in page


@pytest.mark.demand("E6")
def test_ways_addresses_and_authorities_end_from_the_tab(cast: Cast) -> None:
    case, maren = cast.sama, signed_in(cast, "maren")
    maren.post(reverse("contact_new", args=[case.pk]), {"kind": "other", "value": "through the library"})
    maren.post(reverse("address_new", args=[case.pk]), {"lines": "18 Cooper Row"})
    maren.post(
        reverse("representative_new", args=[case.pk]),
        {"name": "Dora", "capacity": "guardian", "scope": "Money", "since": clock.today()},
    )
    with acting(cast.maren):
        contact = ContactPoint.objects.get(person=case.client_id).pk
    stop = reverse("contact_stop", args=[case.pk, contact])
    assert "through the library" in maren.get(stop).content.decode()
    assert maren.post(stop, {}).status_code == 302
    page = maren.get(reverse("case_people", args=[case.pk]))
    representatives = [one for one, _acts in page.context["representatives"]]
    for name, rows in (("address_end", page.context["addresses"]), ("representative_end", representatives)):
        with acting(cast.maren):
            key = next(iter(rows)).pk
        assert maren.post(reverse(name, args=[case.pk, key]), {"until": clock.today()}).status_code == 302
    assert "Not safe. Do not use it." in maren.get(reverse("case_people", args=[case.pk])).content.decode()


@pytest.mark.demand("C4")
def test_a_row_of_one_client_is_not_reached_through_the_case_of_another(cast: Cast) -> None:
    other = significant_other_add(cast.maren, case=cast.sama, values={"name": "Fadi", "relation": "brother-in-law"})
    lola = cast.enroll("Lola Marchetti")
    assert signed_in(cast, "maren").get(reverse("other_edit", args=[lola.pk, other.pk])).status_code == 404


@pytest.mark.demand("C8")
def test_what_someone_may_know_is_changed_at_their_name(cast: Cast) -> None:
    values = {"name": "Fadi", "relation": "brother-in-law", "tie": "cut"}
    other = significant_other_add(cast.maren, case=cast.sama, values=values)
    maren, address = signed_in(cast, "maren"), reverse("other_edit", args=[cast.sama.pk, other.pk])
    wrong = maren.post(address, values | {"must_not_know": "on", "may_know": "the class"})
    assert wrong.status_code == 422
    assert "the class" in wrong.content.decode()
    assert maren.post(address, values | {"must_not_know": "on", "edition": 1}).status_code == 302
    with acting(cast.maren):
        assert SignificantOther.objects.get(pk=other.pk).must_not_know


def person_form(edition: int, **more: str) -> dict[str, object]:
    """What stands in the form about Sama."""
    return {
        "preferred_name": "Sama Othman", "pronouns": "she/her", "birth_date": "1992-03-04", "language": "Arabic",
        "reads_language": "Arabic", "interpreter": "always", "veteran": "no", "disabling_condition": "no",
        "safe_contact": "Text only", "edition": edition,
    } | more  # fmt: skip


@pytest.mark.demand("D5", "E6")
def test_whoever_saves_second_sees_both_versions_and_can_save_again(cast: Cast) -> None:
    address = reverse("person_edit", args=[cast.sama.pk])
    assert signed_in(cast, "delphine").post(address, person_form(1, language="Levantine")).status_code == 302
    maren = signed_in(cast, "maren")
    held = maren.post(address, person_form(1, pronouns="they/them"))
    page = held.content.decode()
    assert held.status_code == 409
    assert "Levantine" in page
    assert "they/them" in page
    assert maren.post(address, person_form(2, pronouns="they/them")).status_code == 302
    with acting(cast.maren):
        assert Person.objects.get(pk=cast.sama.client_id).pronouns == "they/them"


@pytest.mark.demand("R5")
def test_the_enrollment_page_begins_with_her_language_and_asks_for_the_interpreter(cast: Cast) -> None:
    case = cast.open_case()
    address, ines = reverse("case_enroll", args=[case.pk]), signed_in(cast, "ines")
    assert 'value="Arabic"' in ines.get(address).content.decode()
    sent = {
        "on": clock.today(),
        "language": "Arabic",
        "seen_alone": "yes",
        "present": ["client"],
        "questions": "Who reads it?",
    }
    again = ines.post(address, sent | {"subjects": ["rights", "consent", "confidentiality"]})
    assert again.status_code == 422
    assert "Name who interpreted" in again.content.decode()
    assert "Who reads it?" in again.content.decode()
    assert "All three" in ines.post(address, sent | {"interpreter": "Hala K."}).content.decode()


def test_no_address_carries_more_than_ids(cast: Cast) -> None:
    key = cast.refer("Lola Marchetti").pk
    assert isinstance(key, UUID)
    for name in ("referral_in", "referral_screen", "referral_answer", "case_open"):
        assert "lola" not in reverse(name, args=[key]).lower()
