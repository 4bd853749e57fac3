"""What comes in as a file: held in memory and never on the disk, bounded, and known by what it holds, not by its name.

Three kinds are taken (decision 0020): a PDF, which is kept as it came; a JPEG or PNG picture, which is drawn anew, so that
neither the place a telephone wrote into it nor anything hidden behind the picture is kept.
"""

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from alongside.foundations.errors import RuleBroken

MEGABYTE = 1_000_000
MOST_BYTES, MOST_REQUEST, MOST_FILES = 10 * MEGABYTE, 24 * MEGABYTE, 10
"""Of one file, of all that a browser sends at once, and how many files one document has."""
MOST_PIXELS = {"JPEG": 80_000_000, "PNG": 24_000_000}
"""A JPEG is read at a part of its size; a PNG can be read only whole, at three or four bytes a pixel."""
LONGEST_SIDE, QUALITY, NAME_LENGTH = 3_000, 88, 120
PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
ENDINGS = {PDF: "pdf", JPEG: "jpg", PNG: "png"}
CALLED = {PDF: {"pdf"}, JPEG: {"jpg", "jpeg", "jpe", "jfif"}, PNG: {"png"}}
"""The ending under which a file is given out, and those under which it may come in."""
RULE = "practice C4"


@dataclass(frozen=True)
class Taken:
    """A file as it is kept: its name without any path, its media type, and its bytes."""

    name: str
    media: str
    data: bytes


class InMemory(MemoryFileUploadHandler):
    """Holds each file in memory up to one byte more than may be kept, so that no client's paper lies in a temporary folder.

    A longer one is read no further; `taken` then refuses it in words.
    """

    def handle_raw_input(
        self, input_data: Any, META: dict[str, Any], content_length: int, boundary: str, encoding: str | None = None
    ) -> None:
        """Every file goes to memory: how large the whole request may be is held before it gets here."""
        self.activated = True
        self.held = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Take the chunk while there is room. Raises StopUpload when all files together are more than is ever taken."""
        self.held += len(raw_data)
        if self.held > MOST_REQUEST:
            raise StopUpload(connection_reset=True)
        if start <= MOST_BYTES:
            self.file.write(raw_data)
        return None


def too_large(length: str) -> bool:
    """True for a request whose stated length is beyond all that is ever taken, or that does not state one as it should."""
    return bool(length) and (not length.isdecimal() or int(length) > MOST_REQUEST)


def taken(file: "UploadedFile[Any]") -> Taken:
    """The file as it may be kept. Raises `RuleBroken` with the reason in words."""
    data = file.read(MOST_BYTES + 1)
    name = plain_name(file.name or "")
    if not data:
        raise RuleBroken(_("%(name)s is empty.") % {"name": name}, RULE, "papers")
    if len(data) > MOST_BYTES:
        raise RuleBroken(
            _("%(name)s is larger than %(most)d MB.") % {"name": name, "most": MOST_BYTES // MEGABYTE}, RULE, "papers"
        )
    if data.startswith(b"%PDF-") and b"%%EOF" in data[-2048:]:
        return Taken(_called_what_it_is(name, PDF), PDF, data)
    for start, kind, media in ((b"\xff\xd8\xff", "JPEG", JPEG), (b"\x89PNG\r\n\x1a\n", "PNG", PNG)):
        if data.startswith(start):
            return Taken(_called_what_it_is(name, media), media, _drawn_anew(name, data, kind))
    raise RuleBroken(
        _("%(name)s is neither a PDF nor a JPEG or PNG picture. Save a text as PDF first.") % {"name": name}, RULE, "papers"
    )  # fmt: skip


def plain_name(name: str) -> str:
    """The last part of a name, whatever system wrote its path, without what cannot be seen, and short enough to show."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    shown = re.sub(r"[^\w .,()+\-]", "", last).strip(" .")
    return shown[-NAME_LENGTH:] or _("file")


def _called_what_it_is(name: str, media: str) -> str:
    """The name, which ends as what the file holds does; one without an ending is given it.

    Raises `RuleBroken` for another ending: whoever sends such a file is mistaken, or means to mislead.
    """
    before, dot, ending = name.rpartition(".")
    if not (before and dot and ending.isalnum() and len(ending) <= 5):
        return f"{name}.{ENDINGS[media]}"
    if ending.lower() not in CALLED[media]:
        words = {"name": name, "ending": f".{ENDINGS[media]}"}
        raise RuleBroken(
            _("%(name)s does not hold what its name says. Its name should end in %(ending)s.") % words, RULE, "papers"
        )
    return name


def _drawn_anew(name: str, data: bytes, kind: str) -> bytes:
    """The picture alone, upright and no longer than is needed to read a page, without anything that came with it."""
    drawn = BytesIO()
    try:
        with Image.open(BytesIO(data), formats=[kind]) as picture:
            if picture.width * picture.height > MOST_PIXELS[kind]:
                sentence = _(
                    "%(name)s has too many pixels to be opened safely. Take the picture again, or choose another file."
                )
                raise RuleBroken(sentence % {"name": name}, RULE, "papers")
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture).convert("RGB" if kind == "JPEG" else _shades(picture.mode))
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            upright.info.clear()
            upright.save(drawn, kind, quality=QUALITY, optimize=True)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as fault:
        sentence = _("%(name)s is no picture that can be opened. Take the picture again, or choose another file.")
        raise RuleBroken(sentence % {"name": name}, RULE, "papers") from fault
    return drawn.getvalue()


def _shades(mode: str) -> str:
    return mode if mode in ("1", "L", "LA", "RGB", "RGBA") else "RGBA"
