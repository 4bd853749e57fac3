"""Homeless services data: the privacy floor for sharing through an HMIS.

Source: HUD's HMIS Data and Technical Standards, 69 FR 45888 (30 July 2004), section 4: purpose and limits are posted and
told, what goes beyond them needs consent, the client can see and mend what was entered. A victim service provider does not
enter survivors into an HMIS (42 U.S.C. 11363), so what is marked as domestic violence never leaves under this basis.
"""

from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.models import Mark
from alongside.confidentiality.queries.basis import BASES, ENGLISH, Basis

STATEMENTS = (
    "Agencies that help people without a home share some facts, so that you need not tell them again and again.",
    "You can say no, to all of it or to one fact, and still get every service you are entitled to.",
    "You can see what was entered about you, have a mistake mended, and ask for the list of agencies that see it.",
    "You can take this back at any time. From then on nothing new is shared.",
)

BASES.put(
    Basis(
        key="hmis", source="69 FR 45888 section 4", name=_("Homeless services data (HMIS)"),
        when=_("For entry into the shared system of homeless services, and the agencies that use it."),
        default_days=365, longest_days=1095, general=True, written=False,
        never_marks=frozenset({Mark.DOMESTIC_VIOLENCE, Mark.PSYCHOTHERAPY, Mark.SUBSTANCE_USE}),
        statements={(ENGLISH, 1): STATEMENTS},
        notice={ENGLISH: "Shared for homeless services with the person’s consent, under the privacy notice of this community’s HMIS."},
    )
)  # fmt: skip
