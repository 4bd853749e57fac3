"""Consent and what was explained, in the printed file (practice D3, E5)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.client_level.engagement.models import Explanation, Preference, ReferralIn, Subject
from alongside.documentation.queries.file import CASE_FILE, Content, FilePart
from alongside.people.models import Case


def _read(case: Case) -> Content:
    told = list(Explanation.objects.filter(case=case).select_related("by").order_by("on", "pk"))
    agreed = {one.subject for one in told if one.agreed}
    missing = [
        _("Not on record: %(subject)s.") % {"subject": label} for value, label in Subject.choices if value not in agreed
    ]
    shown = {
        "told": told,
        "referral": ReferralIn.objects.filter(case=case).first(),
        "wishes": Preference.objects.filter(case=case).order_by("-id").first(),
    }
    return Content(shown, tuple(missing))


TITLE = gettext_lazy("How it began, and what was agreed")
CASE_FILE.put(FilePart("consent", "practice D3, E5", 15, TITLE, "engagement/file_consent.html", _read))
