"""Referrals that were not accepted."""

from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.queries.suggested import SUGGESTED, Suggested

SUGGESTED.put(
    Suggested(
        "referrals", "practice D6, E4", "referral", "answer", 3,
        "Agency policy; 2 CFR 200.334 keeps the records of a federal award for three years",
        _("Someone who was not taken on is not kept longer than it takes to account for the answer."),
    )
)  # fmt: skip
