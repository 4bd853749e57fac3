"""What is signed is what the law said on the day of the signature, and no older or newer words (practice C1, decision 0024)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from alongside.client_level.intervention.actions import referral_out_make
from alongside.confidentiality.actions import release_change, release_show_anew, release_sign
from alongside.confidentiality.models import Release
from alongside.confidentiality.queries.basis import ARABIC, BASES, ENGLISH, Basis
from alongside.foundations.actor import acting
from alongside.foundations.errors import ChangedByAnother, NotAllowed, RuleBroken
from alongside.foundations.models import Deed
from tests.cast import Cast
from tests.planning import STROKES
from tests.releasing import ahead, aloud, made, now, terms, typed
from tests.test_release_pages import signing
from tests.visits import beside, read, send, signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C1")]

NEW_WORDS: dict[tuple[str, int], tuple[str, ...]] = {
    (ENGLISH, 2): ("You decide, now and later.",),
    (ARABIC, 2): ("القرار لكم الآن ولاحقًا.",),
}
OLD = BASES["local"]
Change = Callable[..., Basis]


@pytest.fixture
def law_changes(monkeypatch: pytest.MonkeyPatch) -> Change:
    """Let the house's own rule say other words from a day on: so many days from today."""

    def change(from_day: int, words: dict[tuple[str, int], tuple[str, ...]] = NEW_WORDS) -> Basis:
        since = dict(OLD.since) | {1: ahead(-400), 2: ahead(from_day)}
        newer = replace(OLD, statements=dict(OLD.statements) | words, since=since)
        monkeypatch.setitem(BASES._variants, "local", newer)
        return newer

    return change


def refused(cast: Cast, release: Release, **more: Any) -> RuleBroken:
    """What is said against a signature, after which nobody has signed."""
    with pytest.raises(RuleBroken) as said:
        release_sign(cast.maren, release=release, signing=typed(**more), edition=release.edition)
    assert now(cast, release).state == "draft"
    return said.value


def on_paper(days: int) -> dict[str, Any]:
    """A signature on paper of so many days from today."""
    return {"method": "paper", "on": ahead(days)}


def test_sama_does_not_sign_words_that_the_law_does_not_say_any_more(cast: Cast, law_changes: Change) -> None:
    draft = made(cast)
    law_changes(0)
    said = refused(cast, draft)
    assert said.field == "language" and "Use the new wording, show it, and have it signed." in said.sentence


def test_a_paper_of_an_earlier_day_is_entered_with_the_words_that_stood_then(cast: Cast, law_changes: Change) -> None:
    draft = made(cast)
    law_changes(-1)
    kept = release_sign(cast.maren, release=draft, signing=typed(**on_paper(-3)), edition=draft.edition)
    assert (kept.state, kept.signed_on, kept.statements_version) == ("signed", ahead(-3), 1)


def test_a_paper_with_the_old_words_that_was_signed_when_they_stood_no_more_is_refused(
    cast: Cast, law_changes: Change
) -> None:
    draft = made(cast)
    law_changes(-3)
    for day in (-3, -1):
        assert "the wording for this law or rule was different" in refused(cast, draft, **on_paper(day)).sentence


def test_words_of_today_are_not_signed_on_a_day_before_they_were_said(cast: Cast, law_changes: Change) -> None:
    law_changes(-1)
    draft = made(cast)
    assert draft.statements_version == 2
    assert "If the paper shows that day’s wording, use it." in refused(cast, draft, **on_paper(-2)).sentence
    older = release_show_anew(cast.maren, release=draft, edition=draft.edition, on=ahead(-2))
    assert (older.statements_version, older.statements) == (1, "\n".join(OLD.statements[ARABIC, 1]))
    kept = release_sign(cast.maren, release=older, signing=typed(**on_paper(-2)), edition=older.edition)
    assert (kept.signed_on, kept.statements_version) == (ahead(-2), 1)


def test_words_that_begin_tomorrow_are_neither_shown_nor_asked_for_today(cast: Cast, law_changes: Change) -> None:
    law_changes(1)
    draft = made(cast)
    assert draft.statements_version == 1
    assert release_sign(cast.maren, release=draft, signing=typed(), edition=draft.edition).state == "signed"


def test_a_paper_from_before_the_first_words_that_the_house_knows_is_entered_too(cast: Cast) -> None:
    draft = made(cast)
    kept = release_sign(cast.maren, release=draft, signing=typed(method="paper", on=date(2019, 5, 2)), edition=1)
    assert (kept.signed_on, kept.statements_version) == (date(2019, 5, 2), 1)


def test_the_draft_takes_todays_words_and_keeps_all_else_it_says(cast: Cast, law_changes: Change) -> None:
    draft = made(cast, purpose="To find a flat", marks=("hiv",))
    law_changes(0)
    anew = release_show_anew(cast.maren, release=draft, edition=draft.edition)
    assert (anew.statements, anew.statements_version, anew.language) == (NEW_WORDS[ARABIC, 2][0], 2, ARABIC)
    assert (anew.purpose, anew.recipients, anew.marks) == ("To find a flat", draft.recipients, ["hiv"])
    assert release_sign(cast.maren, release=anew, signing=typed(), edition=anew.edition).state == "signed"
    with acting(cast.maren):
        deed = Deed.objects.get(subject_id=draft.pk, verb="release_show_anew")
    assert deed.changes == {"statements_version": ["1", "2"]}


def test_where_the_new_words_have_no_translation_yet_they_are_taken_in_english(cast: Cast, law_changes: Change) -> None:
    draft = made(cast)
    law_changes(0, {(ENGLISH, 2): ("You decide, now and later.",)})
    anew = release_show_anew(cast.maren, release=draft, edition=draft.edition)
    assert (anew.statements, anew.language) == ("You decide, now and later.", ENGLISH)


def test_a_release_changed_before_it_is_signed_takes_todays_words_too(cast: Cast, law_changes: Change) -> None:
    draft = made(cast)
    law_changes(0)
    changed = release_change(cast.maren, release=draft, terms=terms(purpose="To find a flat"), edition=draft.edition)
    assert release_sign(cast.maren, release=changed, signing=typed(), edition=changed.edition).statements_version == 2


def test_leave_for_a_referral_that_was_given_aloud_earlier_has_the_words_of_that_day(
    cast: Cast, law_changes: Change
) -> None:
    law_changes(-1)
    for day, version in ((-2, 1), (0, 2)):
        told: dict[str, Any] = {
            "organization": "Riverside Adult School",
            "service": "English class",
            "shares": "Name and level",
        }
        referral = referral_out_make(cast.maren, case=cast.sama, tie=None, consent=aloud(on=ahead(day)), **told)
        with acting(cast.maren):
            kept = Release.objects.get(signed_on=ahead(day))
        assert (kept.pk, kept.statements_version) == (referral.release_id, version)


def test_other_words_are_taken_by_who_may_from_the_present_edition_for_no_day_ahead_and_before_it_is_signed(
    cast: Cast,
) -> None:
    draft = made(cast)
    for stranger in (cast.tadesse, cast.otto):
        with pytest.raises(NotAllowed):
            release_show_anew(stranger, release=draft, edition=1)
    with pytest.raises(ChangedByAnother):
        release_show_anew(cast.maren, release=draft, edition=7)
    with pytest.raises(RuleBroken, match="not ahead of today"):
        release_show_anew(cast.maren, release=draft, edition=1, on=ahead(1))
    signed = release_sign(cast.maren, release=draft, signing=typed(), edition=1)
    with pytest.raises(RuleBroken, match="What was signed stays"):
        release_show_anew(cast.maren, release=signed, edition=signed.edition)


def test_the_refused_form_says_what_to_do_and_one_click_keeps_all_that_was_typed(
    cast: Cast, law_changes: Change
) -> None:
    draft, browser = made(cast), signed_in(cast, "maren")
    law_changes(0)
    keys = (cast.sama.pk, draft.pk)
    typed_in = signing(draft, witness="Hala K.", strokes=STROKES)
    page = words_of(send(browser, "release_sign", *keys, **typed_in))
    assert "Use the new wording, show it, and have it signed." in page and OLD.statements[ARABIC, 1][0] in page
    assert f'formaction="/cases/{cast.sama.pk}/releases/{draft.pk}/words/"' in page
    answer = send(browser, "release_words", *keys, **typed_in)
    assert answer.headers["Location"] == f"/cases/{cast.sama.pk}/releases/{draft.pk}/sign/"
    page = read(browser, "release_sign", *keys)
    assert NEW_WORDS[ARABIC, 2][0] in page and "formaction" not in page
    for kept in (
        'value="Sama Othman"',
        'value="Arabic"',
        'value="Hala K."',
        f'name="edition" value="{draft.edition + 1}"',
    ):
        assert kept in page, kept
    assert STROKES not in page, "what was drawn was set under other words"
    assert send(browser, "release_sign", *keys, **signing(now(cast, draft))).status_code == 302
    assert now(cast, draft).statements_version == 2


def test_the_page_says_it_before_anything_is_typed_and_asks_for_no_signature_to_take_the_words(
    cast: Cast, law_changes: Change
) -> None:
    draft, browser = made(cast), signed_in(cast, "maren")
    keys = (cast.sama.pk, draft.pk)
    assert "formaction" not in read(browser, "release_sign", *keys)
    law_changes(0)
    assert "Use today’s wording" in read(browser, "release_sign", *keys)
    assert send(browser, "release_words", *keys, edition=draft.edition).status_code == 302
    assert now(cast, draft).statements_version == 2


def test_for_a_paper_the_click_takes_the_words_of_its_day(cast: Cast, law_changes: Change) -> None:
    law_changes(-1)
    draft, browser = made(cast), signed_in(cast, "maren")
    keys, paper = (cast.sama.pk, draft.pk), {"method": "paper", "signed_on": ahead(-2)}
    page = words_of(send(browser, "release_sign", *keys, **signing(draft, **paper)))
    assert "Use that day’s wording" in page
    send(browser, "release_words", *keys, **signing(draft, **paper))
    assert OLD.statements[ARABIC, 1][0] in (page := read(browser, "release_sign", *keys))
    assert f'value="{ahead(-2).isoformat()}"' in page
    assert send(browser, "release_sign", *keys, **signing(now(cast, draft), **paper)).status_code == 302
    assert now(cast, draft).signed_on == ahead(-2)


def test_what_somebody_else_changed_meanwhile_and_a_day_ahead_come_back_with_all_that_was_typed(
    cast: Cast, law_changes: Change
) -> None:
    draft, browser = made(cast), signed_in(cast, "maren")
    law_changes(0)
    keys = (cast.sama.pk, draft.pk)
    late = send(browser, "release_words", *keys, **signing(draft, edition=7, witness="Hala K."))
    assert late.status_code == 409 and 'value="Hala K."' in words_of(late)
    ahead_of_us = send(browser, "release_words", *keys, **signing(draft, signed_on=ahead(1)))
    assert "not ahead of today" in beside(ahead_of_us, "signed_on")
    assert f'action="/cases/{cast.sama.pk}/releases/{draft.pk}/sign/"' in words_of(ahead_of_us)
    assert now(cast, draft).statements_version == 1


@pytest.mark.parametrize(
    "since",
    [
        {},
        {1: ahead(-9)},
        {1: ahead(0), 2: ahead(-9)},
        {1: ahead(0), 2: ahead(0)},
        {1: ahead(-9), 2: ahead(0), 3: ahead(2)},
    ],
    ids=["none", "one missing", "out of order", "on one day", "of no version"],
)
def test_a_law_whose_versions_have_no_day_or_are_out_of_order_comes_onto_no_shelf(since: dict[int, date]) -> None:
    both = dict(OLD.statements) | NEW_WORDS
    assert replace(OLD, statements=both, since={1: ahead(-9), 2: ahead(0)}).version == 2
    with pytest.raises(ValueError, match="local: "):
        replace(OLD, statements=both, since=since)


def test_a_translation_of_words_that_have_no_english_comes_onto_no_shelf() -> None:
    with pytest.raises(ValueError, match="has its English"):
        replace(OLD, statements=dict(OLD.statements) | {(ARABIC, 2): ("القرار لكم.",)})


def test_each_law_shows_its_newest_words_from_their_day_on() -> None:
    for basis in BASES:
        for version, first in basis.since.items():
            assert basis.version_on(first) == version
        assert basis.version_on(min(basis.since.values()) - timedelta(days=1)) == min(basis.since)
