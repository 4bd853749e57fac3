"""Victim services: a release must be informed, written, specific and reasonably limited in time, and never a condition.

Sources: Violence Against Women Act, 34 U.S.C. 12291(b)(2) with 28 CFR 90.4(b); Family Violence Prevention and Services
Act, 42 U.S.C. 10406(c)(5) with 45 CFR 1370.4. Programs under them may not ask for a release as a price of service, and
what is known of a survivor is not entered into a shared database. Those laws give no number of days: 30 by default and 90 at
the most are this house's reading of a reasonable time, and the release closes at once when the safety need has passed.
"""

from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.models import Mark
from alongside.confidentiality.queries.basis import BASES, ENGLISH, Basis

STATEMENTS = (
    "You do not have to sign. Our help stays the same whether you sign or not.",
    "We have talked about what could happen if this is shared, and about other ways to reach the same end.",
    "Only the facts listed here are shared, only with those named here. Once they have them we cannot promise what they do.",
    "This ends on the day written here, and sooner if the need it serves has passed or if you take it back.",
    "You can take it back at any time, in writing or aloud. We stop at once.",
)

BASES.put(
    Basis(
        key="vawa", source="34 U.S.C. 12291(b)(2); 28 CFR 90.4(b); 45 CFR 1370.4", name=_("Victim services (VAWA, FVPSA)"),
        when=_("For survivors of domestic or sexual violence, stalking or trafficking. Named parties only, for a short time."),
        default_days=30, longest_days=90,
        never_marks=frozenset({Mark.PSYCHOTHERAPY, Mark.SUBSTANCE_USE}), event=_("The safety need that this serves has passed."),
        statements={(ENGLISH, 1): STATEMENTS},
        notice={ENGLISH: "This concerns a person who receives victim services. It was shared by their written, limited leave. It "
                         "may not be shared further, entered into a shared database, or used to find them."},
    )
)  # fmt: skip
