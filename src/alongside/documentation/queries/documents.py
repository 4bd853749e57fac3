"""Documents of a case as they are listed, and the bytes of one file."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from alongside.documentation.models import Document, DocumentFile
from alongside.foundations import keys
from alongside.foundations.master import Damaged
from alongside.people.models import Case


@dataclass(frozen=True)
class Listed:
    """A document with how many files it has and how many bytes they come to."""

    row: Document
    files: int
    size: int


def documents_of(case: Case) -> list[Listed]:
    """Every document of the case that the actor may open, newest first; those put aside come last."""
    rows = Document.objects.filter(case=case).select_related("by").annotate(n=Count("files"), size=Sum("files__size"))
    found = [Listed(row, row.n, row.size or 0) for row in rows.order_by("-on", "-pk")]
    return sorted(found, key=lambda one: one.row.aside_at is not None)


def document_at(case: Case, key: UUID) -> Document | None:
    """One document of this case, or None where there is none that the actor may open."""
    return Document.objects.select_related("case", "by", "aside_by").filter(pk=key, case=case).first()


def files_of(document: Document) -> list[DocumentFile]:
    """Its files in their order, without their bytes."""
    return list(DocumentFile.objects.filter(document=document).defer("sealed").order_by("number"))


def files_by_document(documents: Iterable[Document]) -> dict[UUID, list[DocumentFile]]:
    """The same for several documents at once, by the key of the document."""
    found: dict[UUID, list[DocumentFile]] = {}
    for file in DocumentFile.objects.filter(document__in=list(documents)).defer("sealed").order_by("number"):
        found.setdefault(file.document_id, []).append(file)
    return found


def file_at(case: Case, key: UUID) -> DocumentFile | None:
    """One file of a document of this case, with its noise, or None where there is none that the actor may open."""
    return DocumentFile.objects.select_related("document").filter(pk=key, case=case).first()


def bytes_of(file: DocumentFile) -> bytes:
    """The file as it was taken in. Raises `Damaged` where what is stored is not what was stored, and `Destroyed`."""
    noise = bytes(file.sealed)
    if hashlib.sha256(noise).hexdigest() != file.checksum:
        raise Damaged(file.lies_at)
    return keys.open_bytes(noise, place=file.lies_at)


def size_words(size: int) -> str:
    """A size in bytes as people say it."""
    if size < 100_000:
        return _("%(n)d kB") % {"n": max(1, round(size / 1000))}
    return _("%(n).1f MB") % {"n": size / 1_000_000}
