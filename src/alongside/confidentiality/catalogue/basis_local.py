"""The agency's own rule, where no special law stands behind the record (NASW 1992 standard 4; practice C1).

The Spanish and the Arabic are translations made by this house: no lawyer and no certified translator has read them yet.
"""

from datetime import date

from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.models import Mark
from alongside.confidentiality.queries.basis import ARABIC, BASES, ENGLISH, SPANISH, Basis

STATEMENTS = {
    (ENGLISH, 1): (
        "You decide whether we share this. Nothing you receive from us depends on your yes.",
        "We share only what is listed here, only with those named here, and only for the reason given here.",
        "You can take this back on any day, in writing or by telling us. From that moment we share nothing more. "
        "What was told before cannot be called back.",
        "You can ask us at any time for a list of what was shared, with whom and when.",
    ),
    (SPANISH, 1): (
        "Usted decide si compartimos esto. Nada de lo que recibe de nosotros depende de que diga que sí.",
        "Compartimos solo lo que está escrito aquí, solo con quienes se nombran aquí y solo por el motivo que se "
        "indica aquí.",
        "Puede retirar este permiso cualquier día, por escrito o diciéndonoslo. Desde ese momento no compartimos nada "
        "más. Lo que se comunicó antes no se puede recuperar.",
        "Puede pedirnos en cualquier momento una lista de lo que se compartió, con quién y cuándo.",
    ),
    (ARABIC, 1): (
        "القرار لكم في مشاركة هذه المعلومات أو عدمها. ولا يتوقف أي شيء تحصلون عليه منا على موافقتكم.",
        "لا نشارك إلا ما هو مكتوب هنا، ومع المذكورين هنا فقط، وللسبب المذكور هنا فقط.",
        "يمكنكم سحب هذا الإذن في أي يوم، كتابةً أو بإبلاغنا. ومن تلك اللحظة لا نشارك أي شيء آخر. أما ما قيل قبل ذلك "
        "فلا يمكن استرجاعه.",
        "يمكنكم أن تطلبوا منا في أي وقت قائمة بما شاركناه، ومع من، ومتى.",
    ),
}
NOTICE = {
    ENGLISH: (
        "This was shared with the person’s consent, for the purpose named above. Use it for nothing else, pass it to "
        "nobody else, and keep it no longer than that purpose needs."
    ),
    SPANISH: (
        "Esto se compartió con el consentimiento de la persona, para el fin indicado. No lo use para nada más, no lo "
        "pase a nadie más y no lo guarde más tiempo del que ese fin requiere."
    ),
    ARABIC: (
        "تمت مشاركة هذه المعلومات بموافقة الشخص المعني وللغرض المذكور. لا تستخدموها لأي غرض آخر، ولا تنقلوها إلى أي "
        "جهة أخرى، ولا تحتفظوا بها مدة أطول مما يتطلبه ذلك الغرض."
    ),
}

BASES.put(
    Basis(
        key="local", source="NASW 1992 standard 4", name=_("Our own rule"),
        when=_("For most sharing: a school, a landlord, another agency."),
        default_days=180, longest_days=365, written=False,
        never_marks=frozenset({Mark.PSYCHOTHERAPY, Mark.SUBSTANCE_USE}),
        statements=STATEMENTS, since={1: date(2026, 11, 29)}, notice=NOTICE,
    )
)  # fmt: skip
