"""Documents as items that can leave: what is said about each, and its files beside the packet (practice C2)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.confidentiality.models import Category
from alongside.confidentiality.queries.packet import PACKET, Item, PacketPart, marks_of, told_lines
from alongside.documentation.models import Document, DocumentFile
from alongside.documentation.queries.documents import files_by_document, size_words
from alongside.people.models import Case


def _read(case: Case) -> Sequence[Item]:
    rows = list(Document.objects.filter(case=case, aside_at=None).order_by("on", "pk"))
    files = files_by_document(rows)
    return [_item(row, files.get(row.pk, [])) for row in rows]


def _item(row: Document, files: Sequence[DocumentFile]) -> Item:
    names = tuple((_label(file.number, file.media, file.size), file.pk) for file in files)
    lines = told_lines(
        (_("Kind of document"), row.get_sort_display()), (_("From whom"), row.source), (_("Files"), "; ".join(name for name, _key in names))
    )  # fmt: skip
    return Item(f"documents:{row.pk}", Category.DOCUMENTS, row.title, lines, row.on, marks_of(row), files=names)


def _label(number: int, media: str, size: int) -> str:
    kind = media.rpartition("/")[2].upper()
    return _("%(number)d. %(kind)s, %(size)s") % {"number": number, "kind": kind, "size": size_words(size)}


TITLE = gettext_lazy("Documents and pictures")
PACKET.put(PacketPart("documents", "practice C2, D2", 100, Category.DOCUMENTS, TITLE, _read))
