"""The copies of policies that the client was given: one of the minimum contents of a file (practice C6, D3)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.confidentiality.queries.policies import copies_given, not_given
from alongside.documentation.queries.file import CASE_FILE, Content, FilePart
from alongside.people.models import Case


def _read(case: Case) -> Content:
    copies = copies_given(case)
    ever = {copy.version.policy_id for copy in copies}
    missing = [
        _("No copy of the policy “%(title)s” was given to the client.") % {"title": version.policy.title}
        for version in not_given(case, copies)
        if version.policy_id not in ever
    ]
    return Content({"copies": copies}, tuple(missing))


TITLE = gettext_lazy("Policies given to the client")
CASE_FILE.put(FilePart("policies", "practice C6, D3", 16, TITLE, "confidentiality/file_policies.html", _read))
