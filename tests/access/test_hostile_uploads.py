"""Files that mean harm are sent to the form of documents, as a browser would not (practice C4, ASVS V5)."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from alongside.documentation.models import DocumentFile
from alongside.documentation.queries.documents import bytes_of
from alongside.foundations.actor import acting
from alongside.foundations.uploads import JPEG, MOST_REQUEST, plain_name
from tests.attacks import Tried
from tests.cast import Cast
from tests.papers import huge_png, pdf, photograph
from tests.visits import signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C4")]

SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'


def bomb() -> bytes:
    """A few kilobytes that unpack to a hundred megabytes."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"\0" * 100_000_000)
    return held.getvalue()


HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "script in a drawing": ("drawing.svg", SCRIPT, "image/svg+xml"),
    "script called a picture": ("picture.jpg", SCRIPT, "image/jpeg"),
    "page called a PDF": ("paper.pdf", b"<html><script>alert(1)</script></html>", "application/pdf"),
    "PDF that begins late": ("paper.pdf", b"MZ\x90" + pdf(), "application/pdf"),
    "PDF without an end": ("paper.pdf", b"%PDF-1.7\n" + b"0" * 5000, "application/pdf"),
    "program": ("lease.pdf.exe", b"MZ\x90\x00" * 400, "application/pdf"),
    "zip bomb": ("letter.docx", bomb(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "zip called a picture": ("a.png", bomb(), "image/png"),
    "picture that opens to 40 gigapixels": ("a.png", huge_png(200_000, 200_000), "image/png"),
    "picture that opens to 25 megapixels": ("a.png", huge_png(5_000, 5_000), "image/png"),
    "half a picture": ("a.jpg", photograph(800, 800)[:300], "image/jpeg"),
    "only the beginning of a picture": ("a.png", b"\x89PNG\r\n\x1a\n" + SCRIPT, "image/png"),
    "nothing": ("a.pdf", b"", "application/pdf"),
    "picture called a PDF": ("a.pdf", photograph(), "application/pdf"),
    "PDF called a picture": ("a.jpg", pdf(), "image/jpeg"),
    "program that reads as a PDF": ("\u202efdp.exe", pdf(), "application/pdf"),
    "PDF called a program": ("lease.pdf.exe", pdf(), "application/pdf"),
    "one byte too many": ("a.pdf", pdf() + b"\0" * 10_000_000 + pdf(), "application/pdf"),
}
SORT = {
    "script in a drawing": "script", "script called a picture": "script", "only the beginning of a picture": "script",
    "zip bomb": "bomb", "zip called a picture": "bomb", "one byte too many": "too large",
    "picture that opens to 40 gigapixels": "bomb", "picture that opens to 25 megapixels": "bomb",
}  # fmt: skip
"""As which attack each counts, where it is not for a wrong type."""
NAMES = (
    "../../../etc/passwd.pdf", "..\\..\\windows\\system32\\a.pdf", "/etc/ssh/a.pdf", "C:\\a.pdf", "a\x00.pdf", "a\r\nX-Evil: 1.pdf",
    "<script>alert(1)</script>.pdf", "';DROP TABLE people_case;--.pdf", "=HYPERLINK(\"x\").pdf", "x" * 300 + ".pdf", "....",
    "\u202efdp.pdf",
)  # fmt: skip


def send(cast: Cast, *files: SimpleUploadedFile, **more: Any) -> Any:
    """Send files to the form as Maren."""
    told = {"title": "", "sort": "other", "on": "2026-02-01", "source": "", "papers": list(files)}
    return signed_in(cast, "maren").post(reverse("document_new", args=[cast.sama.pk]), told, **more)


def kept(cast: Cast) -> list[DocumentFile]:
    """Every file that is stored."""
    with acting(cast.maren):
        return list(DocumentFile.objects.order_by("pk"))


@pytest.mark.attack("file, wrong type", "file, too large", "file, bomb", "file, script")
@pytest.mark.parametrize("what", HOSTILE)
def test_it_is_refused_in_words_and_nothing_is_kept(cast: Cast, tried: Tried, what: str) -> None:
    name, data, kind = HOSTILE[what]
    tried(of=f"file, {SORT.get(what, 'wrong type')}")
    answer = send(cast, SimpleUploadedFile(name, data, kind))
    assert answer.status_code == 422 and "error-text" in answer.content.decode()
    assert not kept(cast)


@pytest.mark.attack("file, path")
@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_a_path_or_a_command_is_only_a_name(cast: Cast, name: str) -> None:
    held = SimpleUploadedFile("a.pdf", pdf(), "application/pdf")
    vars(held)["_name"] = name  # past the cleaning that a browser's library does
    answer = send(cast, held)
    assert answer.status_code == 302
    page = words_of(signed_in(cast, "maren").get(answer.headers["Location"]))
    (stored,) = kept(cast)
    assert not set(stored.name) & set("/\\\0\r\n<>:\u202e=") and 0 < len(stored.name) <= 120
    assert "<script>alert" not in page


def test_names_keep_what_people_read(cast: Cast) -> None:
    assert plain_name("Mietvertrag Müller (1).pdf") == "Mietvertrag Müller (1).pdf"
    assert plain_name("عقد الإيجار.pdf") == "عقد الإيجار.pdf"


@pytest.mark.attack("file, too large")
def test_two_hundred_megabytes_are_refused_before_they_are_read(cast: Cast, tried: Tried) -> None:
    """The size that is stated is enough; a form field of that size is refused too."""

    class Never(BytesIO):
        def read(self, *_: Any) -> bytes:
            raise AssertionError("a byte was read")

    browser, address = signed_in(cast, "maren"), reverse("document_new", args=[cast.sama.pk])
    for stated in ("200000000", str(MOST_REQUEST + 1), "-1", "many"):
        hostile: dict[str, Any] = {"CONTENT_LENGTH": stated, "wsgi.input": Never()}
        answer = browser.post(address, {"title": "x"}, **hostile)
        tried()
        assert answer.status_code == 413 and "at most 24 MB" in words_of(answer)
    words = browser.post(address, {"title": "x" * 3_000_000}, content_type="application/x-www-form-urlencoded")
    assert words.status_code in (400, 413, 422)


def test_what_a_telephone_wrote_into_a_picture_is_not_kept(cast: Cast) -> None:
    hidden = photograph(comment=b"words behind the picture") + b"<script>alert(1)</script>PK\x03\x04"
    assert send(cast, SimpleUploadedFile("a.jpg", hidden, JPEG)).status_code == 302
    (stored,) = kept(cast)
    with acting(cast.maren):
        data = bytes_of(stored)
    with Image.open(BytesIO(data)) as picture:
        assert not picture.getexif() and picture.size == (32, 64), "it stands upright and tells no place"
    for trace in (b"script", b"PK\x03\x04", b"words behind", b"Exif", b"2026:02:01"):
        assert trace not in data


@pytest.mark.parametrize(
    ("name", "kept_as"),
    [("IMG_0041.JPEG", "IMG_0041.JPEG"), ("image", "image.jpg"), ("Seite 1. Teil", "Seite 1. Teil.jpg")],
)
def test_a_name_without_an_ending_is_given_the_one_of_what_the_file_holds(cast: Cast, name: str, kept_as: str) -> None:
    assert send(cast, SimpleUploadedFile(name, photograph(), "image/jpeg")).status_code == 302
    assert [(one.media, one.name) for one in kept(cast)] == [(JPEG, kept_as)]
