"""What leaves, on its pages: ticked, seen word for word, sent; printed for whom; accounted for (practice C1, C2, C3)."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.confidentiality.actions import Leave, release_take_back
from alongside.confidentiality.models import Disclosure, Ground, Release, Told
from alongside.foundations import clock, looks
from alongside.foundations.actor import acting
from alongside.people.models import Assignment, Person
from tests.cast import Cast
from tests.kept import looks_seen_by
from tests.releasing import SCHOOL, WHY, ahead, sent, signed
from tests.signed_plan import signed_plan
from tests.test_release_pages import printed
from tests.visits import changed, is_only_text, read, send, signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


def under(cast: Cast, release: Release) -> str:
    """The page on which something is shared under a release."""
    return reverse("disclosure_new", args=[cast.sama.pk]) + f"?release={release.pk}"


def typed(**more: object) -> dict[str, Any]:
    """What Maren ticks and types."""
    given: dict[str, object] = {
        "recipient": SCHOOL, "purpose": WHY, "ticked": ["identity:name"], "relevant": "For the class list", "how": "packet",
    }  # fmt: skip
    return changed(given, **more)


def seal(page: str) -> str:
    """The digest of what was shown, as the page carries it along."""
    return str(re.findall(r'name="seen" value="([0-9a-f]{64})"', page)[0])


def looked(browser: Client, address: str, **more: object) -> str:
    """The page that shows exactly what would leave."""
    answer = browser.post(address, typed(look="1", **more))
    assert answer.status_code == 200, answer.status_code
    return words_of(answer)


@pytest.mark.demand("C1", "C2")
def test_maren_ticks_sees_it_word_for_word_and_sends_it(cast: Cast) -> None:
    release, browser = signed(cast), signed_in(cast, "maren")
    address = under(cast, release)
    page = words_of(browser.get(address))
    assert "Only what the release covers is listed." in page
    assert 'value="identity:name"' in page and 'value="contact:rule"' not in page
    page = looked(browser, address)
    assert "Exactly what leaves, to Riverside Adult School" in page
    assert "One thing, word for word" in page and "Sama Othman" in page and "she/her" in page
    assert "Text only, weekdays" not in page.partition("Exactly what leaves")[2]
    again = words_of(browser.post(address, typed(again="1", relevant="Typed before")))
    assert "Typed before" in again and "error-text" not in again and "does not fit yet" not in again
    answer = browser.post(address, typed(seen=seal(page)))
    assert answer.status_code == 302
    page = words_of(browser.get(answer.headers["Location"]))
    assert "What was shared with Riverside Adult School" in page and "For the class list" in page
    assert SCHOOL in read(browser, "consent", cast.sama.pk)


@pytest.mark.demand("C2")
def test_nothing_is_sent_that_was_not_looked_at(cast: Cast) -> None:
    release, browser = signed(cast), signed_in(cast, "maren")
    answer = browser.post(under(cast, release), typed())
    assert answer.status_code == 422 and "Look at what leaves before it is sent." in words_of(answer)
    answer = browser.post(under(cast, release), typed(seen="0" * 64))
    assert answer.status_code == 422 and "changed since you looked" in words_of(answer)
    page = looked(browser, under(cast, release))
    other = browser.post(under(cast, release), typed(seen=seal(page), ticked=["identity:name", "identity:language"]))
    assert other.status_code == 422
    with acting(cast.maren):
        assert not Disclosure.objects.exists()


@pytest.mark.attack("release ended")
@pytest.mark.demand("C1")
def test_a_release_taken_back_between_looking_and_sending_lets_nothing_out(cast: Cast) -> None:
    release, browser = signed(cast), signed_in(cast, "maren")
    page = looked(browser, under(cast, release))
    release_take_back(cast.delphine, release=release, by="Sama", how="By phone", edition=2)
    answer = browser.post(under(cast, release), typed(seen=seal(page)))
    assert answer.status_code == 422 and "Nothing leaves under it any more." in words_of(answer)
    assert "Nothing leaves under it any more." in words_of(browser.get(under(cast, release)))


@pytest.mark.attack("release ended")
@pytest.mark.demand("C1")
def test_a_release_that_ended_between_looking_and_sending_lets_nothing_out(cast: Cast) -> None:
    release, browser = signed(cast, ends_on=ahead(0)), signed_in(cast, "maren")
    page = looked(browser, under(cast, release))
    with clock.held(clock.now() + timedelta(days=1)):
        answer = browser.post(under(cast, release), typed(seen=seal(page)))
    assert answer.status_code == 422 and "This release has ended." in words_of(answer)


@pytest.mark.demand("C1", "C4")
def test_a_release_of_another_client_opens_no_page_here(cast: Cast) -> None:
    release, other, browser = signed(cast), cast.enroll("Ruth Okafor"), signed_in(cast, "maren")
    address = reverse("disclosure_new", args=[other.pk])
    assert browser.get(f"{address}?release={release.pk}").status_code == 404
    assert browser.post(f"{address}?release={release.pk}", typed(seen="0" * 64)).status_code == 404
    assert browser.get(f"{address}?release=nothing").status_code == 404
    assert browser.get(f"{address}?other={release.pk}").status_code == 404


def test_another_recipient_cannot_be_put_in_by_hand(cast: Cast) -> None:
    release, browser = signed(cast), signed_in(cast, "maren")
    answer = browser.post(under(cast, release), typed(look="1", recipient="The landlord"))
    assert answer.status_code == 422


@pytest.mark.demand("C2")
def test_the_packet_holds_what_was_ticked_the_notice_and_nothing_else(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers, browser = printed(monkeypatch), signed_in(cast, "maren")
    out = sent(cast, signed(cast))
    assert browser.get(reverse("packet", args=[cast.sama.pk, out.pk])).status_code == 200
    (paper,) = papers
    for words in (SCHOOL, "Sama Othman", WHY, "pass it to nobody else"):
        assert words in paper.replace("\n", " ")
    for secret in ("Arabic", "library", "1992", "class list", cast.sama.number):
        assert secret not in paper
    assert (looks.PRINTED, "packet", "Maren Achterberg") in looks_seen_by(cast.maren)


@pytest.mark.demand("C1")
def test_the_packet_is_not_drawn_once_the_release_is_taken_back(cast: Cast) -> None:
    release, browser = signed(cast), signed_in(cast, "maren")
    out = sent(cast, release)
    release_take_back(cast.maren, release=release, by="Sama", how="Aloud", edition=2)
    answer = browser.get(reverse("packet", args=[cast.sama.pk, out.pk]))
    assert answer.status_code == 422 and not answer.content.startswith(b"%PDF")
    assert "The packet on paper" not in read(browser, "disclosure", cast.sama.pk, out.pk)


@pytest.mark.demand("C3")
def test_without_consent_the_ground_and_the_consultation_come_first(cast: Cast) -> None:
    browser, address = signed_in(cast, "maren"), reverse("disclosure_new", args=[cast.sama.pk]) + "?on=ground"
    given = {"recipient": "County police", "ground": "harm", "told": "later"}
    page = looked(browser, address, **given)
    refused = browser.post(address, typed(seen=seal(page), **given))
    assert refused.status_code == 422 and "Consult first, and write down with whom." in words_of(refused)
    answer = browser.post(address, typed(seen=seal(page), urgent="on", **given))
    assert answer.status_code == 302
    place = answer.headers["Location"]
    assert "The consultation that is owed" in words_of(browser.get(place))
    assert "still needs its consultation" in read(browser, "consent", cast.sama.pk)
    assert "Consult on what was told to County police" in read(browser, "home")
    with acting(cast.maren):
        out = Disclosure.objects.get()
    keys = (cast.sama.pk, out.pk)
    lacking = send(browser, "disclosure_consult", *keys, consulted_with="", advice="", edition=1)
    assert lacking.status_code == 422
    told = {"consulted_with": "Delphine", "advice": "The name only", "edition": 1}
    assert send(browser, "disclosure_consult", *keys, **told).status_code == 302
    assert "Consult on what was told" not in read(browser, "home")
    assert send(browser, "disclosure_tell", *keys, told="no", because="", edition=2).status_code == 422
    assert send(browser, "disclosure_tell", *keys, told="no", because="He reads her mail", edition=2).status_code == 302
    assert "He reads her mail" in read(browser, "disclosure", *keys)


@pytest.mark.demand("C2")
def test_before_the_file_is_printed_it_is_asked_for_whom(cast: Cast) -> None:
    signed_plan(cast.maren, cast.sama)
    release, browser = signed(cast), signed_in(cast, "maren")
    assert reverse("print_for", args=[cast.sama.pk, "file"]) in read(browser, "timeline", cast.sama.pk)
    page = read(browser, "print_for", cast.sama.pk, "file")
    for words in ("For the file, inside the agency", "For Sama", SCHOOL):
        assert words in page
    ways = {
        "file": reverse("case_file", args=[cast.sama.pk]),
        f"release:{release.pk}": under(cast, release),
    }
    for whom, place in ways.items():
        assert send(browser, "print_for", cast.sama.pk, "file", whom=whom).headers["Location"] == place
    assert send(browser, "print_for", cast.sama.pk, "file", whom="").status_code == 422
    assert send(browser, "print_for", cast.sama.pk, "file", whom="release:0").status_code == 422
    with acting(cast.maren):
        assert not Disclosure.objects.exists()
    answer = send(browser, "print_for", cast.sama.pk, "file", whom="client")
    with acting(cast.maren):
        out = Disclosure.objects.get()
    assert answer.headers["Location"] == reverse("disclosure", args=[cast.sama.pk, out.pk])
    assert {"identity", "contact", "needs", "plan"} <= set(out.categories) and out.rests_on == "client"


@pytest.mark.demand("C2", "P9")
def test_the_clients_copy_of_the_plan_is_a_disclosure_to_them(cast: Cast) -> None:
    plan = signed_plan(cast.maren, cast.sama)
    browser = signed_in(cast, "maren")
    address = reverse("print_for", args=[cast.sama.pk, "plan"])
    number = plan.version.number
    assert f"{address}?version={number}" in read(browser, "plan", cast.sama.pk)
    answer = browser.post(f"{address}?version={number}", {"whom": "client"})
    assert answer.headers["Location"] == reverse("plan_version_pdf", args=[cast.sama.pk, number]) + "?own=1"
    with acting(cast.maren):
        assert Disclosure.objects.get().categories == ["plan"]
    refused = browser.post(f"{address}?version=99", {"whom": "client"})
    assert refused.status_code == 422 and "Sign or complete it first; drafts are not shared." in words_of(refused)
    assert browser.get(reverse("print_for", args=[cast.sama.pk, "letters"])).status_code == 404


@pytest.mark.demand("C2")
def test_the_clients_list_prints_as_an_accounting(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    papers, browser = printed(monkeypatch), signed_in(cast, "maren")
    reads(cast, "English")
    browser.get(reverse("accounting", args=[cast.sama.pk]))
    assert "Nothing has been shared with anybody." in papers[-1]
    sent(cast, signed(cast))
    browser.get(reverse("accounting", args=[cast.sama.pk]))
    for words in ("What was shared about me", SCHOOL, WHY, "Name, birth date and language", "A release"):
        assert words in papers[-1]
    assert "class list" not in papers[-1]


def reads(cast: Cast, language: str) -> None:
    """Write down what Sama reads."""
    with acting(cast.maren):
        Person.objects.filter(pk=cast.sama.client_id).update(reads_language=language)


@pytest.mark.demand("C2", "R5")
@pytest.mark.parametrize(
    ("language", "head", "said"),
    [("Arabic", '<html lang="ar" dir="rtl">', ("ما تمت مشاركته عني", "إذن بالمشاركة", "قرأها لي")),
     ("Spanish, a little English", '<html lang="es" dir="ltr">', ("Lo que se compartió sobre mí", "Un permiso", "me la leyó")),
     ("Kurdish", '<html lang="en" dir="ltr">', ("What was shared about me", "A release", "I read Kurdish."))],
)  # fmt: skip
def test_the_clients_list_is_in_the_language_that_they_read_and_what_was_typed_stays(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, language: str, head: str, said: tuple[str, ...]
) -> None:
    """Where there is no paper in it, it is in English, with a line for who read it aloud. The page goes on in English."""
    papers, browser = printed(monkeypatch), signed_in(cast, "maren")
    sent(cast, signed(cast))
    reads(cast, language)
    browser.get(reverse("accounting", args=[cast.sama.pk]))
    assert all(one in papers[-1] for one in (head, WHY, SCHOOL, *said)), papers[-1]
    assert ("With whom" in papers[-1]) is (language == "Kurdish")
    assert "What was shared" in read(browser, "consent", cast.sama.pk)


def test_the_accounting_and_the_packet_are_pdfs(cast: Cast) -> None:
    out, browser = sent(cast, signed(cast)), signed_in(cast, "maren")
    for answer in (
        browser.get(reverse("accounting", args=[cast.sama.pk])),
        browser.get(reverse("packet", args=[cast.sama.pk, out.pk])),
    ):
        assert io.BytesIO(answer.content).read(4) == b"%PDF"


@pytest.mark.demand("C4")
def test_strangers_find_nothing_and_a_reader_lets_nothing_out(cast: Cast) -> None:
    release = signed(cast)
    out = sent(cast, release)
    with acting(cast.maren):
        Assignment(
            case=cast.sama,
            staff=cast.staff["quinn"],
            role="review",
            reason="Review",
            until="2099-01-01",
            since=clock.today(),
        ).save(force_insert=True)
    for who in ("tadesse", "noor"):
        assert signed_in(cast, who).get(reverse("disclosure", args=[cast.sama.pk, out.pk])).status_code == 404
    reader = signed_in(cast, "quinn")
    assert SCHOOL in read(reader, "disclosure", cast.sama.pk, out.pk)
    for address in (under(cast, release), reverse("packet", args=[cast.sama.pk, out.pk])):
        assert reader.get(address).status_code == 403


def test_what_was_typed_is_shown_as_words_only(cast: Cast) -> None:
    from tests.visits import SCRIPT

    out = sent(cast, signed(cast), purpose=SCRIPT, relevant=SCRIPT)
    is_only_text(signed_in(cast, "maren").get(reverse("disclosure", args=[cast.sama.pk, out.pk])))


@pytest.mark.demand("C2")
def test_what_left_again_on_the_same_day_is_one_line_with_its_times(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the page, on the client's own list and in the printed file; another purpose, part or recipient is a line of its own."""
    release = signed(cast, recipients=(SCHOOL, "Ferry Street Clinic"), categories=("identity", "contact"))
    morning = timezone.localtime(clock.now()).replace(hour=9, minute=5)
    for minutes in (0, 7, 20):
        with clock.held(morning + timedelta(minutes=minutes)):
            last = sent(cast, release)
    for more in ({"recipient": "Ferry Street Clinic"}, {"ticked": ("contact:rule",)}, {"purpose": "To enroll her"}):
        with clock.held(morning + timedelta(hours=1)):
            sent(cast, release, **more)
    browser, papers = signed_in(cast, "maren"), printed(monkeypatch)
    page = read(browser, "consent", cast.sama.pk)
    listed = page[page.index('id="out"') :]
    assert listed.count("3 times:") == 1 and listed.count('<a class="what"') >= 4
    assert re.findall(r">(\d\d:\d\d)<span", listed) == ["09:05", "09:12", "09:25"]
    assert reverse("disclosure", args=[cast.sama.pk, last.pk]) in listed
    reads(cast, "English")
    for name in ("accounting", "case_file"):
        browser.get(reverse(name, args=[cast.sama.pk]))
        words = papers[-1]
        assert words.count("3 times:") == 1 and all(at in words for at in ("09:05", "09:12", "09:25"))
        assert words.count("10:05") == 3


@pytest.mark.demand("C2", "C3")
def test_what_still_asks_for_something_is_not_folded_away(cast: Cast) -> None:
    for _time in range(2):
        leave = Leave(ground=Ground.EMERGENCY, urgent=True, told=Told.LATER, not_told_because="She slept")
        sent(cast, signed(cast), leave=leave)
    page = read(signed_in(cast, "maren"), "consent", cast.sama.pk)
    assert page.count("Consultation owed") == 2 and "2 times:" not in page
