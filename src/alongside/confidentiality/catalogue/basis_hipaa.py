"""Health information: the core elements and the required statements of a HIPAA authorization.

Source: 45 CFR 164.508(c)(1) (a specific description, who discloses, who receives, each purpose, an end by date or event,
signature and date, and the authority of whoever signs for another) and (c)(2) (the right to revoke, that treatment is not
conditioned on signing, that what is told may be told on); 164.508(b)(5) for revocation. A class of persons may be named
as recipient. The rule sets no longest time; a year at the most is this house's.
"""

from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.models import Mark
from alongside.confidentiality.queries.basis import BASES, ENGLISH, Basis

STATEMENTS = (
    "You may take this back at any time by telling us in writing. It does not undo what was shared while it was in force.",
    "Your care, its payment and what you are entitled to do not depend on signing this.",
    "Those who receive this may not be bound by the same privacy law. They could pass it on.",
    "You get a copy of this paper when you have signed it.",
)

BASES.put(
    Basis(
        key="hipaa", source="45 CFR 164.508(c)", name=_("Health information (HIPAA)"),
        when=_("For health records: to a clinic, a hospital, an insurer, or from one."),
        default_days=180, longest_days=365, general=True,
        never_marks=frozenset({Mark.PSYCHOTHERAPY, Mark.SUBSTANCE_USE}),
        statements={(ENGLISH, 1): STATEMENTS},
        notice={ENGLISH: "Health information, disclosed under a signed authorization. Use it only for the purpose named in it."},
    )
)  # fmt: skip
