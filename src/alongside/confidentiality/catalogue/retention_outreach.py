"""Outreach that led to no referral."""

from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.queries.suggested import SUGGESTED, Suggested

SUGGESTED.put(
    Suggested(
        "outreach", "practice D6, E1", "outreach", "meeting", 3,
        "Agency policy; 2 CFR 200.334 keeps the records of a federal award for three years",
        _("Who was met and never came is not kept longer than it takes to account for the work."),
    )
)  # fmt: skip
