"""The pages of sharing: agreements, a case shared and ended, and the case as the other agency reads it (practice C1, C4, C5)."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from alongside.confidentiality.models import Agreement, CaseShare
from alongside.confidentiality.queries import who_has_seen
from alongside.confidentiality.queries.packet import Item, OwnWords, parts_of_packet
from alongside.documentation.actions import document_add
from alongside.documentation.models import DocumentFile
from alongside.foundations import clock, looks
from alongside.foundations.actor import Actor, acting
from alongside.foundations.models import Look
from alongside.foundations.templatetags.house import day
from alongside.people.models import Staff
from tests.cast import Cast
from tests.papers import LEASE, about, drawn_as_words
from tests.planning import need_of
from tests.releasing import ahead, sent, signed
from tests.sharing import LEAST, WHY, agreed, in_sight, offered, released, shared
from tests.test_sharing_story import written
from tests.visits import SCRIPT, beside, is_only_text, read, send, set_close, signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]
HOME = "Harbour Lane Community Services"


@pytest.fixture
def looks_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep looks on the test’s own connection: what another writes and never commits cannot be read here."""

    def keep(kind: str, *, actor: Actor, case: Any = None, page: str = "", subject: object = None) -> None:
        Look(at=clock.now(), agency_id=actor.agency, staff_id=actor.staff, actor_name=actor.name, case_id=case, kind=kind,
             page=page).save()  # fmt: skip

    monkeypatch.setattr(looks, "look", keep)


@pytest.mark.demand("C1")
def test_one_administrator_offers_the_other_accepts_and_either_ends_it(cast: Cast) -> None:
    otto, noor = signed_in(cast, "otto"), signed_in(cast, "noor")
    given = {"other": str(cast.elsewhere.pk), "purpose": SCRIPT, "since": ahead(0).isoformat()}
    assert beside(send(otto, "agreement_new", **{**given, "purpose": " "}), "purpose")
    assert send(otto, "agreement_new", **given).status_code == 302
    assert "Waits for them" in read(otto, "agreements")
    page = noor.get(reverse("agreements"))
    assert "Waits for you" in words_of(page) and HOME in words_of(page)
    is_only_text(page)
    with acting(cast.otto):
        key = Agreement.objects.get().pk
    asked = read(noor, "agreement_accept", key)
    assert f"Accept the agreement with {HOME}?" in asked and "No end is set" in asked
    assert f"Turn down the offer of {HOME}?" in read(noor, "agreement_end", key)
    assert send(noor, "agreement_accept", key).status_code == 302
    assert "In force" in read(otto, "agreements")
    assert "closes at once, on both sides" in read(noor, "agreement_end", key)
    assert beside(send(otto, "agreement_end", key), "why")
    assert send(otto, "agreement_end", key, why="The county pays no more").status_code == 302
    assert "The county pays no more" in read(noor, "agreements")
    assert signed_in(cast, "maren").get(reverse("agreements")).status_code == 403


@pytest.mark.demand("C1", "M7")
def test_an_offer_waits_on_the_other_administrator_until_it_is_answered(cast: Cast) -> None:
    """It stands on Today and on the page of the agency, and leads to where it is accepted or turned down."""
    otto, noor, said = signed_in(cast, "otto"), signed_in(cast, "noor"), f"{HOME} offers an agreement to share"
    assert said not in read(noor, "today")
    agreement = offered(cast, purpose=SCRIPT)
    for page in (noor.get(reverse("today")), noor.get(reverse("agency"))):
        assert said in words_of(page) and f'href="{reverse("agreements")}"' in page.content.decode()
        is_only_text(page)
        assert f'class="name">{escape(SCRIPT)}' not in page.content.decode(), (
            "what it is for is not set as a client’s name"
        )
    assert reverse("agreement_accept", args=[agreement.pk]) in noor.get(reverse("agreements")).content.decode()
    assert "offers an agreement" not in read(otto, "agency"), "who offered it waits for the other side"
    assert "offers an agreement" not in read(signed_in(cast, "maren"), "today")
    assert "Why it is turned down" in read(noor, "agreement_end", agreement.pk)
    assert send(noor, "agreement_accept", agreement.pk).status_code == 302
    assert said not in read(noor, "today") + read(noor, "agency")
    second = offered(cast)
    assert said in read(noor, "agency")
    assert send(noor, "agreement_end", second.pk, why="Not now").status_code == 302
    third = offered(cast, since=ahead(7))
    assert send(noor, "agreement_accept", third.pk).status_code == 302
    assert "Begins later" in read(otto, "agreements"), "it is agreed on, and its first day is still to come"
    assert said not in read(noor, "today") + read(noor, "agency")


@pytest.mark.demand("C1", "C4")
def test_a_worker_shares_a_case_and_ends_it_from_documents_and_consent(cast: Cast) -> None:
    agreement, release, maren = agreed(cast), released(cast), signed_in(cast, "maren")
    signed(cast, recipients=("Eastfield Family Center",))  # it names them, and is not enough to share a case under
    assert "Eastfield Family Center" in read(maren, "share_choose", cast.sama.pk)
    form = read(maren, "share_new", cast.sama.pk, agreement.pk)
    assert "Noor Haddad" in form and "Ines" not in form and "Share with Eastfield Family Center" in form
    page = maren.get(reverse("share_new", args=[cast.sama.pk, agreement.pk])).content.decode()
    assert f'value="{release.pk}" selected' in page, "the one release that names them is chosen already"
    given = {
        "release": str(release.pk),
        "staff": [str(cast.noor.staff)],
        "until": ahead(20).isoformat(),
        "relevant": "For the home",
    }
    for missing in given.keys() - {"until"}:
        assert beside(
            send(maren, "share_new", cast.sama.pk, agreement.pk, **{k: v for k, v in given.items() if k != missing}),
            missing,
        )
    assert beside(
        send(maren, "share_new", cast.sama.pk, agreement.pk, **{**given, "until": ahead(90).isoformat()}), "until"
    )
    late = {**given, "until": ahead(-1).isoformat()}
    assert "today or a later day" in beside(send(maren, "share_new", cast.sama.pk, agreement.pk, **late), "until")
    assert send(maren, "share_new", cast.sama.pk, agreement.pk, **given).status_code == 302
    page = read(maren, "consent", cast.sama.pk)
    assert "Open to them" in page and "Noor Haddad" in page and in_sight(cast)
    assert f"through {day(ahead(20))}" in page, "the day that was typed is the last on which they read it"
    with acting(cast.maren):
        key = CaseShare.objects.get().pk
    assert send(maren, "share_end", cast.sama.pk, key, why="Found").status_code == 302
    assert "Found" in read(maren, "consent", cast.sama.pk) and not in_sight(cast)


@pytest.mark.demand("A5", "C4")
def test_what_the_client_said_stands_in_her_own_voice_and_what_the_agency_says_does_not(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the page of the other agency, on what is looked at before it leaves, and on the packet."""
    need_of(cast, cast.sama)
    voice = '<blockquote class="voice m-0">A door that I can lock.</blockquote>'
    share = shared(cast)
    page = set_close(read(signed_in(cast, "noor"), "shared_part", share.pk, "needs"))
    assert voice in page and page.count('class="voice') == 1 and "<dt>Side of life</dt><dd>" in page
    out = sent(cast, signed(cast, categories=("needs",)), ticked=[items_in(cast, "needs")[0].key])
    papers = drawn_as_words(monkeypatch)
    signed_in(cast, "maren").get(reverse("packet", args=[cast.sama.pk, out.pk]))
    assert voice in set_close(papers[-1])


@pytest.mark.demand("A5")
def test_to_set_words_in_a_voice_changes_nothing_of_what_left(cast: Cast) -> None:
    """A packet is compared with the record by its digest: words are the same words, however they are set."""
    need_of(cast, cast.sama)
    (item,) = items_in(cast, "needs")
    plain = replace(item, lines=tuple((label, str(words)) for label, words in item.lines))
    assert any(isinstance(words, OwnWords) for _label, words in item.lines)
    assert not any(isinstance(words, OwnWords) for _label, words in plain.lines)
    assert item.digest == plain.digest


@pytest.mark.demand("C4")
def test_a_label_is_not_said_twice(cast: Cast) -> None:
    share = shared(cast)
    page = read(signed_in(cast, "noor"), "shared_part", share.pk, "identity")
    assert page.count("Goes by") == 1 and page.count("Language and interpreter") == 1


def items_in(cast: Cast, part: str) -> list[Item]:
    """What of one part of Sama’s record can leave."""
    with acting(cast.maren):
        return [item for one in parts_of_packet(cast.sama) if one.part.key == part for item in one.items]


@pytest.mark.demand("C1")
@pytest.mark.parametrize(("agreed_until", "last"), [(None, 60), (31, 30), (61, 60)])
def test_the_last_day_is_filled_in_from_the_release_and_the_agreement(
    cast: Cast, agreed_until: int | None, last: int
) -> None:
    """Sama’s release lasts through the sixtieth day. Left empty, it lasts as long as both do; typed, that day counts too."""
    agreement = agreed(cast, until=ahead(agreed_until) if agreed_until else None)
    release, maren = released(cast), signed_in(cast, "maren")
    form = read(maren, "share_new", cast.sama.pk, agreement.pk)
    assert "Last day on which they can read it" in form and f'value="{ahead(last).isoformat()}"' in form
    assert f"last day {day(release.ends_on)}" in form
    given = {"release": str(release.pk), "staff": [str(cast.noor.staff)], "relevant": "For the home"}
    for typed in ("", ahead(last).isoformat()):
        assert send(maren, "share_new", cast.sama.pk, agreement.pk, **given, until=typed).status_code == 302
        with acting(cast.maren):
            assert CaseShare.objects.latest("pk").until == ahead(last + 1)
    beyond = send(maren, "share_new", cast.sama.pk, agreement.pk, **given, until=ahead(last + 1).isoformat())
    assert "Choose an earlier day" in beside(beyond, "until")


@pytest.mark.demand("C1")
def test_no_last_day_is_proposed_where_several_releases_end_on_different_days(cast: Cast) -> None:
    agreement = agreed(cast)
    released(cast), released(cast, ends_on=ahead(20))
    form = read(signed_in(cast, "maren"), "share_new", cast.sama.pk, agreement.pk)
    assert ahead(60).isoformat() not in form and ahead(20).isoformat() not in form


@pytest.mark.demand("C4")
def test_an_agreement_holds_on_its_last_day(cast: Cast) -> None:
    given = {"other": str(cast.elsewhere.pk), "purpose": WHY, "since": ahead(0), "until": ahead(0)}
    assert send(signed_in(cast, "otto"), "agreement_new", **given).status_code == 302
    with acting(cast.otto):
        found = Agreement.objects.get()
    assert found.until == ahead(1)
    assert f"From {day(ahead(0))} through {day(ahead(0))}" in read(signed_in(cast, "otto"), "agreements")
    never = send(signed_in(cast, "otto"), "agreement_new", **given | {"until": "9999-12-31"})
    assert "Choose an earlier day." in beside(never, "until")


@pytest.mark.demand("C4")
def test_the_other_agency_reads_under_a_banner_what_is_shared_and_has_no_way_to_write(cast: Cast) -> None:
    written(cast, SCRIPT)
    share, noor = shared(cast), signed_in(cast, "noor")
    assert "1 case of another agency is open to you" in read(noor, "today")
    assert "Shared with us" in read(noor, "cases") and "Sama Othman" in read(noor, "cases")
    for part in (*LEAST, "needs", "notes"):
        answer = noor.get(reverse("shared_part", args=[share.pk, part]))
        page = words_of(answer)
        assert f"Shared by {HOME} through" in page and "only this: Name, birth date and language" in page, part
        assert f"What for: {WHY}" in page, "the notice speaks of a purpose: it is named"
        assert "Contact safely." in page and "weekdays before 14:00, and say “the library”." in page, "on every part"
        assert f"{HOME} shares it with you by name" in page and "pass it to nobody else" in page.replace("\n", " ")
        assert "<form" not in page.partition("<main")[2].partition("</main")[0] and ("Maren" in page) is (
            part == "notes"
        )
        assert "no-store" in answer.headers["Cache-Control"]
    is_only_text(noor.get(reverse("shared_part", args=[share.pk, "notes"])))
    assert "We spoke at the library." in read(noor, "shared_part", share.pk, "notes")
    for part in ("plan", "services", "nothing"):
        assert noor.get(reverse("shared_part", args=[share.pk, part])).status_code == 404
    assert noor.post(reverse("shared_case", args=[share.pk])).status_code == 405
    assert "Shared with us" not in read(signed_in(cast, "maren"), "cases")


@pytest.mark.demand("C4")
def test_who_wrote_a_shared_note_is_named_with_what_they_are_and_nobody_else_of_the_agency_is(cast: Cast) -> None:
    written(cast)
    share, noor = shared(cast), signed_in(cast, "noor")
    assert "Maren Achterberg, Case manager" in read(noor, "shared_part", share.pk, "notes")
    with acting(cast.otto):
        Staff.objects.filter(pk=cast.staff["maren"].pk).update(title="Housing worker", languages=["Klingon"])
    page = read(noor, "shared_part", share.pk, "notes")
    assert "Maren Achterberg, Housing worker" in page
    for other in ("maren@", "Klingon", "Delphine", "Tadesse", "Otto"):
        assert other not in page


@pytest.mark.demand("C4")
def test_a_document_opens_where_documents_are_shared(cast: Cast) -> None:
    document_add(cast.maren, case=cast.sama, paper=about(), files=[LEASE])
    with acting(cast.maren):
        key = DocumentFile.objects.get().pk
    agreement, noor = agreed(cast), signed_in(cast, "noor")
    without = shared(cast, agreement=agreement)
    assert noor.get(reverse("shared_file", args=[without.pk, key])).status_code == 404
    share = shared(cast, released(cast, ("documents",)), agreement=agreement)
    assert str(key) in read(noor, "shared_part", share.pk, "documents")
    answer = noor.get(reverse("shared_file", args=[share.pk, key]))
    assert answer.status_code == 200 and answer.content[:4] == b"%PDF"


@pytest.mark.demand("C5")
def test_the_home_agency_sees_each_reading_and_who_it_was(cast: Cast, looks_here: None) -> None:
    share = shared(cast)
    noor = signed_in(cast, "noor")
    read(noor, "shared_case", share.pk)
    read(noor, "shared_part", share.pk, "contact")
    with acting(cast.maren):
        seen = {one.who: one for one in who_has_seen(cast.sama).groups}
    assert seen["Noor Haddad"].openings == 2
    assert seen["Noor Haddad"].why == "Of Eastfield Family Center, with which it is shared"
    assert seen["Noor Haddad"].opened == ("Shared: How to reach them safely", "Shared: Name, birth date and language")
    assert "Noor Haddad" in read(signed_in(cast, "maren"), "seen", cast.sama.pk)


@pytest.mark.demand("C4")
def test_no_page_of_a_shared_case_asks_too_much(cast: Cast) -> None:
    for number in range(5):
        written(cast, f"Note {number}")
        document_add(cast.maren, case=cast.sama, paper=about(), files=[LEASE])
    every = ("people", "assessment", "needs", "plan", "notes", "services", "referrals", "documents")
    share, noor, maren = shared(cast, released(cast, every)), signed_in(cast, "noor"), signed_in(cast, "maren")
    visits: list[tuple[Any, ...]] = [(noor, "shared_part", share.pk, part) for part in (*LEAST, *every)]
    visits += [(noor, "cases"), (maren, "consent", cast.sama.pk), (maren, "seen", cast.sama.pk)]
    for browser, name, *args in visits:
        read(browser, name, *args)
        with CaptureQueriesContext(connection) as asked:
            read(browser, name, *args)
        assert len(asked) <= 20, (name, args, len(asked))
