"""What documents the record holds, in the printed file (practice D2, D3). The papers themselves are not in the print."""

from django.utils.translation import gettext_lazy

from alongside.documentation.queries.documents import documents_of
from alongside.documentation.queries.file import CASE_FILE, Content, FilePart
from alongside.people.models import Case


def _read(case: Case) -> Content:
    return Content({"documents": [one for one in documents_of(case) if one.row.aside_at is None]}, ())


TITLE = gettext_lazy("Documents in the record")
CASE_FILE.put(FilePart("documents", "practice D2, D3", 72, TITLE, "documentation/file_documents.html", _read))
