"""Releases and what left under them or without, in the printed file (practice D3, C1, C2)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.confidentiality.models import Release
from alongside.confidentiality.queries.disclosures import disclosures_of, folded
from alongside.documentation.queries.file import CASE_FILE, Content, FilePart
from alongside.people.models import Case


def _read(case: Case) -> Content:
    """No release is ever missing by itself: nobody has to sign one. A consultation that is owed is."""
    out = disclosures_of(case)
    owed = [
        _("The consultation on what was told to %(whom)s is not written down.") % {"whom": one.row.recipient}
        for one in out
        if one.consult_by
    ]
    return Content(
        {"releases": list(Release.objects.filter(case=case).order_by("pk")), "out": folded(out)}, tuple(owed)
    )


TITLE = gettext_lazy("Releases, and what was shared")
CASE_FILE.put(FilePart("releases", "practice D3, C1, C2", 17, TITLE, "documentation/file_releases.html", _read))
