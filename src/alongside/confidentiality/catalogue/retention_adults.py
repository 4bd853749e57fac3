"""Case files of programs that serve adults."""

from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.queries.suggested import SUGGESTED, Suggested

SUGGESTED.put(
    Suggested(
        "adults", "practice D6", "case", "last_contact", 7,
        "Agency policy; longer than the six years that 45 CFR 164.316(b)(2) asks of HIPAA papers",
        _("Programs for adults. Many states and funders ask for six or seven years; check yours before you use it."),
    )
)  # fmt: skip
