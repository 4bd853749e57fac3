"""Substance use disorder treatment records: the consent of 42 CFR Part 2 as amended in 2024.

Source: 42 CFR 2.31 (elements of written consent; one consent may cover all future uses for treatment, payment and health
care operations, and may then name recipients as a class), 2.32 (the notice that accompanies each disclosure), 2.31(a)(6)
and (7) (revocation and end: no longer than the purpose needs), 2.22 (notice to patients). Two years at the most is this house's.
"""

from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.models import Mark
from alongside.confidentiality.queries.basis import BASES, ENGLISH, Basis

STATEMENTS = (
    "Records of treatment for substance use have their own protection in federal law. They leave only with your written consent.",
    "You may take this back in writing at any time, except for what was already done in reliance on it.",
    "If it covers treatment, payment and health care operations, those who receive it may pass it on for these as health "
    "privacy law allows, but not for use against you in court.",
    "You may ask who has received your records. Your treatment does not depend on consent to share beyond what it takes to treat you.",
)

BASES.put(
    Basis(
        key="part2", source="42 CFR 2.31, 2.32 (2024)", name=_("Substance use treatment (42 CFR Part 2)"),
        when=_("For records of treatment for substance use, also to those who treat the same person."),
        default_days=365, longest_days=730, general=True, general_for=_("Treatment, payment and health care operations"),
        must_mark=frozenset({Mark.SUBSTANCE_USE}), never_marks=frozenset({Mark.PSYCHOTHERAPY}),
        statements={(ENGLISH, 1): STATEMENTS},
        notice={ENGLISH: "These records are protected by 42 CFR Part 2. You may not use or disclose them in any civil, criminal, "
                         "administrative or legislative proceeding against the patient without the patient’s specific written "
                         "consent or a court order under that part. Further use or disclosure is barred unless the consent or "
                         "that part permits it. A copy of the consent, or what it covers, goes along with this."},
    )
)  # fmt: skip
