"""What the client sees otherwise, in the printed file, so that it goes along wherever the record goes (practice D5)."""

from django.utils.translation import gettext_lazy

from alongside.confidentiality.queries import label_of, statements_of
from alongside.documentation.queries.file import CASE_FILE, Content, FilePart
from alongside.people.models import Case


def _read(case: Case) -> Content:
    return Content({"statements": [(label_of(one.kind), one) for one in statements_of(case)]})


TITLE = gettext_lazy("What the client sees otherwise")
CASE_FILE.put(FilePart("statements", "practice D5", 75, TITLE, "confidentiality/file_statements.html", _read))
