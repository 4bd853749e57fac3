"""Homeless services data: the privacy floor for sharing through an HMIS.

Source: HUD's HMIS Data and Technical Standards, 69 FR 45888 (30 July 2004), section 4: purpose and limits are posted and
told, what goes beyond them needs consent, the client can see and mend what was entered. A victim service provider does not
enter survivors into an HMIS (42 U.S.C. 11363), so what is marked as domestic violence never leaves under this basis.

The Spanish and the Arabic are translations made by this house: no lawyer and no certified translator has read them yet.
"""

from datetime import date

from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.models import Mark
from alongside.confidentiality.queries.basis import ARABIC, BASES, ENGLISH, SPANISH, Basis

STATEMENTS = {
    (ENGLISH, 1): (
        "Agencies that help people without a home share some facts, so that you need not tell them again and again.",
        "You can say no, to all of it or to one fact, and still get every service you are entitled to.",
        "You can see what was entered about you, have a mistake mended, and ask for the list of agencies that see it.",
        "You can take this back at any time. From then on nothing new is shared.",
    ),
    (SPANISH, 1): (
        "Las organizaciones que ayudan a personas sin hogar comparten algunos datos, para que usted no tenga que "
        "contarlos una y otra vez.",
        "Puede decir que no, a todo o a un solo dato, y aun así recibir todos los servicios a los que tiene derecho.",
        "Puede ver lo que se anotó sobre usted, pedir que se corrija un error y pedir la lista de las organizaciones "
        "que lo ven.",
        "Puede retirar este permiso en cualquier momento. A partir de entonces no se comparte nada nuevo.",
    ),
    (ARABIC, 1): (
        "تتشارك المؤسسات التي تساعد من لا مأوى لهم بعض المعلومات، كي لا تضطروا إلى تكرارها مرة بعد مرة.",
        "يمكنكم الرفض، كليًا أو لمعلومة واحدة، وتحصلون مع ذلك على كل خدمة تحق لكم.",
        "يمكنكم الاطلاع على ما تم تسجيله عنكم، وطلب تصحيح أي خطأ، وطلب قائمة بالمؤسسات التي تطلع عليه.",
        "يمكنكم سحب هذا الإذن في أي وقت. ومن ذلك الحين لا تتم مشاركة أي شيء جديد.",
    ),
}
NOTICE = {
    ENGLISH: (
        "Shared for homeless services with the person’s consent, under the privacy notice of this community’s HMIS."
    ),
    SPANISH: (
        "Compartido para servicios a personas sin hogar con el consentimiento de la persona, según el aviso de "
        "privacidad del HMIS de esta comunidad."
    ),
    ARABIC: (
        "تمت المشاركة لأغراض خدمات من لا مأوى لهم بموافقة الشخص المعني، وفق إشعار الخصوصية الخاص بنظام HMIS في هذه "
        "المنطقة."
    ),
}

BASES.put(
    Basis(
        key="hmis", source="69 FR 45888 section 4", name=_("Homeless services data (HMIS)"),
        when=_("For entry into the shared system of homeless services, and the agencies that use it."),
        default_days=365, longest_days=1095, general=True, written=False,
        never_marks=frozenset({Mark.DOMESTIC_VIOLENCE, Mark.PSYCHOTHERAPY, Mark.SUBSTANCE_USE}),
        statements=STATEMENTS, since={1: date(2026, 11, 29)}, notice=NOTICE,
    )
)  # fmt: skip
