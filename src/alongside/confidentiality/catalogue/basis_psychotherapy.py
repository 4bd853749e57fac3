"""Psychotherapy notes: an authorization of their own, which may be joined to no other.

Source: 45 CFR 164.508(a)(2) and (b)(3)(ii).
"""

from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.catalogue.basis_hipaa import STATEMENTS
from alongside.confidentiality.models import Mark
from alongside.confidentiality.queries.basis import BASES, ENGLISH, Basis

BASES.put(
    Basis(
        key="psychotherapy", source="45 CFR 164.508(a)(2), (b)(3)(ii)", name=_("Psychotherapy notes (HIPAA)"),
        when=_("For psychotherapy notes and nothing else. Other health information needs its own release."),
        default_days=90, longest_days=365, must_mark=frozenset({Mark.PSYCHOTHERAPY}),
        never_marks=frozenset(Mark) - {Mark.PSYCHOTHERAPY},
        statements={(ENGLISH, 1): ("This paper is about psychotherapy notes only.", *STATEMENTS)},
        notice={ENGLISH: "Psychotherapy notes, disclosed under an authorization of their own. Use them only for the purpose named in it."},
    )
)  # fmt: skip
