"""The agency's own rule, where no special law stands behind the record (NASW 1992 standard 4; practice C1)."""

from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.models import Mark
from alongside.confidentiality.queries.basis import BASES, ENGLISH, Basis

STATEMENTS = (
    "You decide whether we share this. Nothing you receive from us depends on your yes.",
    "We share only what is listed here, only with those named here, and only for the reason given here.",
    "You can take this back on any day, in writing or by telling us. From that moment we share nothing more. "
    "What was told before cannot be called back.",
    "You can ask us at any time for a list of what was shared, with whom and when.",
)

BASES.put(
    Basis(
        key="local", source="practice C1; NASW 1992 standard 4", name=_("Our own rule"),
        when=_("For most sharing: a school, a landlord, another agency."),
        default_days=180, longest_days=365, written=False,
        never_marks=frozenset({Mark.PSYCHOTHERAPY, Mark.SUBSTANCE_USE}),
        statements={(ENGLISH, 1): STATEMENTS},
        notice={ENGLISH: "This was shared with the person’s consent, for the purpose named above. Use it for nothing else, pass "
                         "it to nobody else, and keep it no longer than that purpose needs."},
    )
)  # fmt: skip
