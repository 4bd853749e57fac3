"""Psychotherapy notes: an authorization of their own, which may be joined to no other.

Source: 45 CFR 164.508(a)(2) and (b)(3)(ii).

The Spanish and the Arabic are translations made by this house: no lawyer and no certified translator has read them yet.
"""

from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.catalogue.basis_hipaa import SINCE, STATEMENTS
from alongside.confidentiality.models import Mark
from alongside.confidentiality.queries.basis import ARABIC, BASES, ENGLISH, SPANISH, Basis

ABOUT = {
    ENGLISH: "This paper is about psychotherapy notes only.",
    SPANISH: "Este papel trata solo de las notas de psicoterapia.",
    ARABIC: "تخص هذه الورقة ملاحظات العلاج النفسي فقط.",
}
NOTICE = {
    ENGLISH: "Psychotherapy notes, disclosed under an authorization of their own. Use them only for the purpose named in it.",
    SPANISH: "Notas de psicoterapia, comunicadas con una autorización propia. Úselas solo para el fin que se indica en ella.",
    ARABIC: "ملاحظات علاج نفسي تم الإفصاح عنها بموجب تفويض خاص بها. لا تستخدموها إلا للغرض المذكور فيه.",
}

BASES.put(
    Basis(
        key="psychotherapy", source="45 CFR 164.508(a)(2), (b)(3)(ii)", name=_("Psychotherapy notes (HIPAA)"),
        when=_("For psychotherapy notes and nothing else. Other health information needs its own release."),
        default_days=90, longest_days=365, must_mark=frozenset({Mark.PSYCHOTHERAPY}),
        never_marks=frozenset(Mark) - {Mark.PSYCHOTHERAPY},
        statements={(language, n): (ABOUT[language], *said) for (language, n), said in STATEMENTS.items()},
        since=SINCE, notice=NOTICE,
    )
)  # fmt: skip
