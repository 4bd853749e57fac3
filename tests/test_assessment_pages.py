"""The pages of assessment, as Maren meets them, and who does not get in."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.client_level.assessment.actions import (
    Account,
    finding_add,
    needs_rank,
    sitting_complete,
    sitting_keep,
)  # fmt: skip
from alongside.client_level.assessment.models import Sitting
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.models import Draft
from alongside.people.models import Assignment
from tests.assessment_pages import HOME, SCRIPT, STRENGTH, begin, need, need_sent, page, sent, signed_in, to, written
from tests.cast import Cast
from tests.visits import set_close

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


@pytest.fixture
def maren(cast: Cast, client: Client) -> Iterator[Client]:
    """A browser in which Maren is signed in."""
    client.force_login(cast.staff["maren"].account)
    yield client


# the tab


def test_the_tab_before_anything_is_assessed_says_what_comes_next(cast: Cast, maren: Client) -> None:
    text = page(maren, to("assessment", cast))
    for words in (
        "Nothing is assessed yet",
        "Add the first need",
        "Begin the assessment",
        "Ask what goes well first",
        "Not spoken of yet",
    ):
        assert words in text
    assert to("sitting_new", cast) in text


@pytest.mark.demand("A1", "A2", "A3", "A4", "A5", "A6")
def test_the_tab_shows_needs_capacities_evidence_both_orders_and_both_voices(cast: Cast, maren: Client) -> None:
    home, english = need(cast), need(cast, title="English", domain="social")
    needs_rank(cast.maren, case=cast.sama, client={home.pk: 1, english.pk: 2}, worker={home.pk: 2, english.pk: 1})
    sitting = begin(cast)
    finding_add(cast.maren, sitting=sitting, **STRENGTH)
    sitting_complete(cast.maren, sitting=sitting, edition=1, accounts={"environmental": HOME})
    text = page(maren, to("assessment", cast))
    assert "1. A safe place to live that lasts" in text
    assert "A door of my own." in text
    assert 'aria-label="4 of 4: Severe"' in text
    assert "Interview, Documents" in text
    assert set_close(text).count("differ</span>") == 2
    assert "1st" in text
    assert "2nd" in text
    for words in (
        STRENGTH["objective_words"],
        STRENGTH["client_words"],
        HOME.client,
        HOME.worker,
        "Full reassessment due",
    ):
        assert words in text
    assert "Reassess all or a part" in text


def test_the_tab_and_the_pages_under_it_need_few_queries(
    cast: Cast, maren: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        need(cast, title=f"Need {number}")
    sitting = begin(cast)
    finding_add(cast.maren, sitting=sitting, **STRENGTH)
    sitting_keep(cast.maren, sitting=sitting, edition=1, accounts={"environmental": HOME, "legal": HOME})
    for address in (to("assessment", cast), to("sitting_write", cast, sitting.pk), to("needs_order", cast)):
        with django_assert_max_num_queries(20):
            page(maren, address)


# the sitting


@pytest.mark.demand("A1", "A10")
def test_maren_begins_writes_a_little_leaves_and_finds_it_again(cast: Cast, maren: Client) -> None:
    place = sent(
        maren, to("sitting_new", cast), {"on": clock.today().isoformat(), "mode": "face", "present": ["client"]}
    )
    with acting(cast.maren):
        sitting = Sitting.objects.get(case=cast.sama)
    assert place == to("sitting_write", cast, sitting.pk)
    said = written(
        sitting, client_legal="I wait for the letter.", worker_legal="Hearing on 4 May.", sources_legal=["documents"]
    )
    assert sent(maren, place, said) == to("assessment", cast)
    assert "Go on with the assessment" in page(maren, to("assessment", cast))
    again = page(maren, place)
    assert "I wait for the letter." in again
    assert "Hearing on 4 May." in again
    assert page(maren, to("sitting_new", cast), 302) == ""


@pytest.mark.demand("A10", "A3")
def test_completing_without_a_need_gives_the_words_back_and_with_one_it_is_done(cast: Cast, maren: Client) -> None:
    sitting = begin(cast)
    place = to("sitting_write", cast, sitting.pk)
    said = written(sitting, client_legal="I wait.", sources_legal=["interview"], then="complete")
    again = sent(maren, place, said, 422)
    assert "Name at least one need first" in again
    assert "I wait." in again
    need(cast)
    assert sent(maren, place, said) == to("assessment", cast)
    assert page(maren, place, 302) == ""
    text = page(maren, to("sitting", cast, sitting.pk))
    assert "complete, " in text
    assert "I wait." in text
    assert "Go on writing" not in text


@pytest.mark.demand("A6")
def test_evidence_that_is_not_named_is_asked_for_beside_its_side_of_life(cast: Cast, maren: Client) -> None:
    need(cast)
    sitting = begin(cast)
    said = written(sitting, client_safety="He waits outside.", then="complete")
    again = sent(maren, to("sitting_write", cast, sitting.pk), said, 422)
    assert 'href="#id_sources_safety"' in again
    assert "Say what this is known from." in again
    assert "He waits outside." in again


def test_a_day_that_is_none_gives_everything_back(cast: Cast, maren: Client) -> None:
    sitting = begin(cast)
    said = written(sitting, on="yesterday", worker_social="Sister in town." * 400)
    assert "Sister in town." * 400 in sent(maren, to("sitting_write", cast, sitting.pk), said, 422)


@pytest.mark.demand("A10")
def test_two_at_one_sitting_are_shown_both_versions_and_the_second_saving_keeps_the_choice(
    cast: Cast, maren: Client
) -> None:
    sitting = begin(cast)
    sitting_keep(cast.delphine, sitting=sitting, accounts={"legal": Account("Hers", "", ["documents"])}, edition=1)
    place = to("sitting_write", cast, sitting.pk)
    both = sent(maren, place, written(sitting, worker_legal="Mine", sources_legal=["interview"]), 409)
    for words in (
        "Delphine Arceneaux changed this while you were writing",
        "Legal status: What is known",
        "Hers",
        "Mine",
        "Legal status: Known from",
    ):
        assert words in both
    assert 'name="edition" value="2"' in both
    assert sent(maren, place, written(sitting, worker_legal="Both of us", edition=2)) == to("assessment", cast)


def test_a_draft_that_was_left_is_there_again(cast: Cast, maren: Client) -> None:
    sitting = begin(cast)
    place = to("sitting_write", cast, sitting.pk)
    kept = maren.post(f"{reverse('draft')}?place={place}", written(sitting, client_emotional="The nights are long."))
    assert kept.status_code == 200
    text = page(maren, place)
    assert "The nights are long." in text
    assert "Your words are here again." in text
    assert "The nights are long." not in page(signed_in(cast, "delphine"), place)
    sent(maren, place, written(sitting, client_emotional="The nights are long."))
    with acting(cast.maren):
        assert not Draft.objects.filter(place=place).exists()


@pytest.mark.demand("A9")
def test_a_reassessment_has_the_earlier_words_to_hand_and_names_what_changed(cast: Cast, maren: Client) -> None:
    need(cast)
    sitting_complete(cast.maren, sitting=begin(cast, 5), edition=1, accounts={"environmental": HOME, "legal": HOME})
    again = begin(cast, 1)
    form = page(maren, to("sitting_write", cast, again.pk))
    assert "Reassessment" in form
    assert "What was written on" in form
    assert HOME.client in form
    better = Account("Own room now.", "I have a key.", ["observation"])
    sitting_keep(cast.maren, sitting=again, accounts={"environmental": better}, edition=1)
    text = page(maren, to("sitting", cast, again.pk))
    for words in ("changed since the last time", "I have a key.", HOME.client, "Not taken up this time."):
        assert words in text


# safety of the pages


@pytest.mark.demand("C4", "C5")
@pytest.mark.parametrize("who", ["tadesse", "noor", "otto"])
def test_strangers_are_told_of_nothing(cast: Cast, who: str) -> None:
    sitting, named = begin(cast), need(cast)
    finding = finding_add(cast.maren, sitting=sitting, **STRENGTH)
    browser = signed_in(cast, who)
    pages = [to(name, cast) for name in ("assessment", "assessment_pdf", "sitting_new", "need_new", "needs_order")]
    pages += [to("sitting", cast, sitting.pk), to("sitting_write", cast, sitting.pk), to("need_edit", cast, named.pk)]
    pages += [to("finding_new", cast, sitting.pk), to("finding_edit", cast, sitting.pk, finding.pk)]
    for address in pages:
        answer = browser.get(address)
        assert answer.status_code in ({404, 403} if who == "otto" else {404}), address
        assert "safe place" not in answer.content.decode()
    assert browser.post(to("need_new", cast), need_sent()).status_code in (403, 404)


@pytest.mark.demand("C4")
def test_quinn_reads_a_file_that_was_lent_and_writes_nothing_in_it(cast: Cast) -> None:
    sitting, named = begin(cast), need(cast)
    with acting(cast.priya):
        lent = Assignment(
            case=cast.sama,
            staff=cast.staff["quinn"],
            role="review",
            reason="Review",
            until="2099-01-01",
            since=clock.today(),
        )
        lent.save(force_insert=True)
    quinn = signed_in(cast, "quinn")
    text = page(quinn, to("assessment", cast))
    assert "A safe place to live that lasts" in text
    assert to("need_new", cast) not in text
    assert to("need_edit", cast, named.pk) not in text
    page(quinn, to("sitting", cast, sitting.pk))
    for address in (to("need_new", cast), to("sitting_write", cast, sitting.pk), to("needs_order", cast)):
        page(quinn, address, 403)
        assert quinn.post(address, need_sent()).status_code == 403


def test_what_belongs_to_another_case_is_not_found_under_this_one(cast: Cast, maren: Client) -> None:
    other = cast.enroll("Dina Farouk")
    named = need(cast)
    sitting = begin(cast)
    for name, key in (
        ("need_edit", named.pk),
        ("sitting", sitting.pk),
        ("sitting_write", sitting.pk),
        ("finding_new", sitting.pk),
    ):
        page(maren, reverse(name, args=[other.pk, key]), 404)


def test_script_that_was_typed_is_shown_and_never_run(cast: Cast, maren: Client) -> None:
    need(cast, title=SCRIPT, client_words=SCRIPT)
    sitting = begin(cast)
    finding_add(cast.maren, sitting=sitting, **STRENGTH | {"objective_words": SCRIPT, "client_words": SCRIPT})
    sitting_keep(cast.maren, sitting=sitting, accounts={"legal": Account(SCRIPT, SCRIPT, ["interview"])}, edition=1)
    for address in (
        to("assessment", cast),
        to("sitting", cast, sitting.pk),
        to("sitting_write", cast, sitting.pk),
        to("needs_order", cast),
    ):
        text = page(maren, address)
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text


def test_no_page_carries_more_of_a_person_in_its_title_than_the_name_they_go_by(cast: Cast, maren: Client) -> None:
    sitting, named = begin(cast), need(cast)
    for address in (
        to("assessment", cast), to("sitting_new", cast), to("sitting_write", cast, sitting.pk), to("need_new", cast),
        to("need_edit", cast, named.pk), to("needs_order", cast), to("finding_new", cast, sitting.pk),
    ):  # fmt: skip
        text = maren.get(address, follow=True).content.decode()
        title = re.search(r"<title>(.*?)</title>", text, re.DOTALL)
        assert title is not None
        assert "Sama Othman" in title[1]
        assert "safe place" not in title[1]
        assert " style=" not in text


@pytest.mark.demand("A10")
def test_the_whole_is_printed_as_one_document(cast: Cast, maren: Client) -> None:
    need(cast)
    sitting_complete(cast.maren, sitting=begin(cast), edition=1, accounts={"environmental": HOME})
    answer = maren.get(to("assessment_pdf", cast))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert "Sama" not in answer["Content-Disposition"]
