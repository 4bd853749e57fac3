"""Papers that Sama brought along: invented pages, drawn here, taken in by the verb as a telephone would send them."""

from datetime import timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from alongside.documentation.actions import Paper, document_add
from alongside.foundations import clock
from alongside.foundations.uploads import Taken, taken
from alongside.site.demo.life import Life

PAGE, SIDE, MARGIN, LINE = (1000, 1300), (1000, 630), 110, 46
LETTER = (
    "Elm Street Homes", "", "To whom it may concern", "", "Your name was put on our list for a flat with", "two rooms. Number on the list: 41.",
    "", "We write again when a flat is free. Please tell", "us when your way to be reached changes.", "", "This letter is invented.",
)  # fmt: skip
CARD = ("LIBRARY CARD", "", "Harborville Public Library", "Reader 20-4471", "", "This card is invented.")
BACK = ("If found, please hand in at any branch.", "", "Open Monday to Friday, 10 to 18.")


def brought(life: Life) -> None:
    """A letter as a PDF, and a card that was photographed and is marked."""
    today = clock.today()
    with life.on(today - timedelta(days=18)) as actor:
        paper = Paper(
            "Letter of Elm Street Homes: number 41 on the list",
            "housing",
            today - timedelta(days=20),
            "Their office, by post",
        )
        document_add(actor, case=life.case, paper=paper, files=[_page("letter.pdf", LETTER, "PDF")])
    with life.on(today - timedelta(days=6)) as actor:
        paper = Paper("Library card, both sides", "identity", today - timedelta(days=200), "Sama")
        sides = [_page("front.jpg", CARD, "JPEG", SIDE), _page("back.jpg", BACK, "JPEG", SIDE)]
        document_add(actor, case=life.case, paper=paper, files=sides, marks=["immigration"])


def _page(name: str, lines: tuple[str, ...], kind: str, size: tuple[int, int] = PAGE) -> Taken:
    page = Image.new("RGB", size, "#fdfcf8")
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(size=34)
    for number, line in enumerate(lines):
        draw.text((MARGIN, MARGIN + number * LINE), line, "#22303a", font=font)
    held = BytesIO()
    page.save(held, kind)
    return taken(SimpleUploadedFile(name, held.getvalue()))
