"""Papers that clients bring along, made here: a page as PDF, a photograph, and the hostile kind."""

import struct
import zlib
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language, override
from PIL import Image

from alongside.documentation.actions import Paper, document_add
from alongside.documentation.models import Document
from alongside.foundations import clock, paper
from alongside.foundations.uploads import JPEG, PDF, Taken
from tests.cast import Cast

GPS, TAKEN_AT, ORIENTATION = 0x8825, 0x0132, 0x0112


def pdf(words: str = "Lease of the flat in Mill Lane") -> bytes:
    """The smallest file that is a PDF."""
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n% " + words.encode() + b"\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def photograph(width: int = 64, height: int = 32, kind: str = "JPEG", **more: Any) -> bytes:
    """A picture as a telephone makes it: with the place where it was taken, on its side, and words hidden in it."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[TAKEN_AT] = "2026:02:01 10:00:00"
    exif.get_ifd(GPS)[2] = (35.0, 7.0, 12.0)
    held = BytesIO()
    Image.new("RGB", (width, height), "white").save(held, kind, exif=exif, **more)
    return held.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A file of few bytes that would be opened to width times height pixels."""

    def part(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(b"\0" * 1000)) + part(b"IEND", b"")


LEASE = Taken("lease.pdf", PDF, pdf())
PHOTO = Taken("page.jpg", JPEG, photograph())


def about(title: str = "Lease, Mill Lane", **more: Any) -> Paper:
    """What Maren says about it."""
    told: dict[str, Any] = {"title": title, "sort": "housing", "on": clock.today(), "source": "The landlord"}
    return Paper(**told | more)


def added(cast: Cast, *files: Taken, marks: tuple[str, ...] = (), **more: Any) -> Document:
    """A document in Sama's record, taken in by Maren."""
    return document_add(cast.maren, case=cast.sama, paper=about(**more), files=files or (LEASE,), marks=marks)


def drawn_as_words(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whatever is printed from here on is not drawn but kept, so that its words can be read."""
    papers: list[str] = []

    def keep(template: str, context: dict[str, Any], request: HttpRequest | None = None, language: str = "") -> bytes:
        with override(language or get_language()):
            papers.append(unescape(render_to_string(template, context, request=request)))
        return papers[-1].encode()

    monkeypatch.setattr(paper, "pdf_of", keep)
    return papers
