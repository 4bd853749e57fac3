"""The pages of documents: a paper is photographed, looked at, described, put aside, and goes beside a packet."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from alongside.confidentiality.actions import release_take_back
from alongside.documentation.models import Document
from alongside.documentation.queries.file import CASE_FILE
from alongside.foundations.actor import acting
from tests.cast import Cast
from tests.papers import LEASE, added, pdf, photograph
from tests.releasing import sent, signed
from tests.visits import changed, signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("D2", "C4")]


def file(name: str = "lease.pdf", data: bytes = b"", kind: str = "application/pdf") -> SimpleUploadedFile:
    """What a browser sends of a file."""
    return SimpleUploadedFile(name, data or pdf(), kind)


def post(browser: Client, cast: Cast, *files: SimpleUploadedFile, **more: Any) -> Any:
    """Send the form with these files."""
    given: dict[str, object] = {
        "title": "Lease, Mill Lane",
        "sort": "housing",
        "on": "2026-02-01",
        "source": "The landlord",
    }
    told = changed(given, **more) | ({"papers": list(files)} if files else {})
    return browser.post(reverse("document_new", args=[cast.sama.pk]), told)


def stored(cast: Cast) -> Document:
    """The one document there is."""
    with acting(cast.maren):
        return Document.objects.get()


def test_maren_photographs_the_lease_and_finds_it_in_the_record(cast: Cast) -> None:
    browser = signed_in(cast, "maren")
    answer = post(browser, cast, file("1.jpg", photograph(), "image/jpeg"), file())
    assert answer.status_code == 302
    page = words_of(browser.get(answer.headers["Location"]))
    assert "Lease, Mill Lane" in page and "2 files" in page and "Picture 1 of Lease, Mill Lane" in page
    assert "Lease, Mill Lane" in words_of(browser.get(reverse("consent", args=[cast.sama.pk])))
    assert "Document added: lease or housing." in words_of(browser.get(reverse("timeline", args=[cast.sama.pk])))


def test_what_was_typed_is_still_there_when_the_file_is_refused(cast: Cast) -> None:
    answer = post(
        signed_in(cast, "maren"), cast, file("lease.docx", b"PK\x03\x04 a text"), source="Her uncle, at the door"
    )
    page = words_of(answer)
    assert answer.status_code == 422 and "lease.docx is neither a PDF nor a JPEG or PNG picture." in page
    assert "Her uncle, at the door" in page and "Choose the files once more" in page


def test_the_form_sent_without_a_file_says_so_beside_it(cast: Cast) -> None:
    answer = post(signed_in(cast, "maren"), cast)
    assert answer.status_code == 422 and "Choose the file, or take a picture of the paper." in words_of(answer)


def test_the_same_form_sent_twice_keeps_one_document(cast: Cast) -> None:
    browser, once = signed_in(cast, "maren"), "018f0000-0000-7000-8000-000000000001"
    led = {post(browser, cast, file(), once=once).headers["Location"] for _ in range(2)}
    assert len(led) == 1 and stored(cast).title == "Lease, Mill Lane"


def test_a_file_is_shown_and_kept_nowhere_under_a_name_that_tells_nothing(cast: Cast) -> None:
    with acting(cast.maren):
        key = added(cast).files.get().pk
    answer = signed_in(cast, "maren").get(reverse("document_file", args=[cast.sama.pk, key]))
    assert answer.content == LEASE.data and answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'inline; filename="document-{cast.sama.number}-1.pdf"'
    assert answer.headers["Cache-Control"] == "no-store" and answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_it_is_described_anew_put_aside_and_put_back(cast: Cast) -> None:
    made, browser = added(cast), signed_in(cast, "maren")
    at = {name: reverse(name, args=[cast.sama.pk, made.pk]) for name in ("document", "document_edit", "document_aside")}
    assert 'value="Lease, Mill Lane"' in words_of(browser.get(at["document_edit"]))
    told = {"title": "Lease, signed", "sort": "housing", "on": "2026-02-01", "source": "", "edition": "1"}
    assert browser.post(at["document_edit"], told).status_code == 302
    assert browser.post(at["document_edit"], told | {"title": "Mine"}).status_code == 409
    assert browser.post(at["document_aside"], {"because": "Her neighbor's", "edition": "2"}).status_code == 302
    page = words_of(browser.get(at["document"]))
    assert "Put aside by Maren" in page and "Her neighbor" in page
    assert "1 put aside" in words_of(browser.get(reverse("consent", args=[cast.sama.pk])))
    assert browser.post(at["document_aside"], {"back": "1"}).status_code == 302
    assert stored(cast).aside_at is None


@pytest.mark.demand("C2")
def test_the_files_go_beside_the_packet_while_the_release_is_in_force(cast: Cast) -> None:
    made, browser = added(cast), signed_in(cast, "maren")
    release = signed(cast, categories=("documents", "identity"))
    out, other = sent(cast, release, [f"documents:{made.pk}"]), sent(cast, release)
    with acting(cast.maren):
        key = made.files.get().pk
    beside = reverse("disclosed_file", args=[cast.sama.pk, out.pk, key])
    assert beside in words_of(browser.get(reverse("disclosure", args=[cast.sama.pk, out.pk])))
    assert browser.get(beside).content == LEASE.data
    unsent = browser.get(reverse("disclosed_file", args=[cast.sama.pk, other.pk, key]))
    assert unsent.status_code == 422 and "did not leave with that disclosure" in words_of(unsent)
    release_take_back(cast.delphine, release=release, by="Sama", how="By phone", edition=2)
    refused = browser.get(beside)
    assert refused.status_code == 422 and "Nothing leaves under it any more." in words_of(refused)


@pytest.mark.demand("D3")
def test_the_case_file_lists_it_and_a_marked_one_with_its_mark(cast: Cast) -> None:
    added(cast, title="Visa", marks=("immigration",))
    with acting(cast.maren):
        content = CASE_FILE["documents"].read(cast.sama)
        page = render_to_string("documentation/file_documents.html", {"part": content.shown})
    assert "Visa" in page and "[Immigration]" in page
